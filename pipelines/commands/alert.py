"""`folgeeval alert`: tells municipalities, evaluators and Bufdir what is new among the findings, once."""

import argparse
import json
from typing import Any

from pipelines.exit_codes import FINE, OUR_FAULT, WRONG_USAGE

HELP = ("Meld nye, gjenåpnede og rettede funn: én melding per kommune og tertial, én til evaluatorene, og til Bufdir om det "
        "ønskes.")
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="vis meldingene; ingenting sendes, skrives eller merkes")
    parser.add_argument("--check", action="store_true", help="vis hvem som får meldinger hvor, og hva som mangler i oppsettet")
    parser.add_argument("--again", action="store_true", help="prøv også meldingene som er gitt opp, på nytt")
    parser.add_argument("--unit", metavar="ENHET", help="bare meldingen til denne kommunen, for eksempel 2012")
    parser.add_argument("--heartbeat", action="store_true",
                        help="skriv til evaluatorene også når ingenting er nytt, som tegn på at varslingen lever")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med meldingene")


def run(arguments: argparse.Namespace) -> int:
    from pipelines import settings
    from pipelines.alerts.outcome import NOT_ARRIVED
    from warehouse.home import Home

    _demand_municipality(arguments.unit)
    home, now = Home(arguments.home), settings.now()
    if arguments.check:
        return _check(home, arguments)
    outcomes = _outcomes(home, now, arguments)
    if arguments.json:
        print(json.dumps([as_record(outcome) for outcome in outcomes], ensure_ascii=False))
    else:
        print("\n\n".join(map(as_text, outcomes)) or "Ingenting nytt å melde. Ingen melding er laget.")
    return OUR_FAULT if any(outcome.outcome in NOT_ARRIVED for outcome in outcomes) else FINE


def _outcomes(home, now, arguments: argparse.Namespace) -> list:
    from pipelines import settings
    from pipelines.alerts import alert
    from pipelines.alerts.queueing import rehearse
    from pipelines.alerts.sending import send_again

    settings.smtp()
    to = None if arguments.unit is None else (arguments.unit,)
    if arguments.dry_run:
        return rehearse(home, now, to=to, heartbeat=arguments.heartbeat)
    if arguments.again:
        send_again(home, now)
    return alert(home, now, to=to, heartbeat=arguments.heartbeat)


def as_record(outcome) -> dict[str, Any]:
    """One message, or news that has to wait, as `folgeeval alert --json` prints it."""
    message, recipient, route = outcome.message, outcome.recipient, outcome.route
    return {"recipient": recipient.code, "recipient_name": recipient.name, "channel": route.channel,
            "language": route.language, "outcome": outcome.outcome, "withheld_count": outcome.count if not message else 0,
            "addresses": list(route.addresses), "path": outcome.path, "reason": outcome.reason,
            "period": message.period if message else "", "subject": message.subject if message else "",
            "new_count": message.digest.new_count if message else 0,
            "mended_count": message.digest.mended_count if message else 0,
            "message_id": message.message_id if message else "", "text": message.text if message else ""}


def as_text(outcome) -> str:
    """One line a message; a rehearsal shows the whole message and where it would go."""
    from pipelines.alerts.routing import way

    if outcome.message is None:
        return f"{outcome.recipient.name}: ingen melding nå ({outcome.reason}). Nye funn til neste melding: {outcome.count}"
    if outcome.outcome == "dry_run":
        return (f"=== Til {outcome.recipient.name}, {way(outcome.route)}: {outcome.message.subject}\n\n"
                f"{outcome.message.text}")
    what = {"sent": f"sendt: {way(outcome.route)}", "written": f"lagt i {outcome.path}",
            "not_accepted": "IKKE SENDT, prøves igjen", "not_set_up": "IKKE SENDT, venter på oppsettet",
            "given_up": "GITT OPP; rett oppsettet og kjør «folgeeval alert --again»",
            "withheld": "ikke sendt"}[outcome.outcome]
    return f"{outcome.message.subject}\n  {what}" + (f" ({outcome.reason})" if outcome.reason else "")


def _check(home, arguments: argparse.Namespace) -> int:
    from pipelines.alerts.routing import routing, traffic_line

    found = routing(home)
    if arguments.json:
        print(json.dumps([vars(line) for line in found], ensure_ascii=False))
    else:
        print("\n".join(f"{line.recipient_name}: {line.way}" + (f"\n  MANGLER: {line.lacks}" if line.lacks else "")
                        for line in found))
        print(traffic_line(home))
    return WRONG_USAGE if any(line.lacks for line in found) else FINE


def _demand_municipality(unit_code: str | None) -> None:
    from pipelines.alerts.news import municipalities
    from pipelines.failures import WrongUsage

    known = [f"{municipality.code} ({municipality.name})" for municipality in municipalities()]
    if unit_code is not None and unit_code not in [municipality.code for municipality in municipalities()]:
        raise WrongUsage(f"kommunen «{unit_code}» finnes ikke. Kommunene er {', '.join(known)}.")
