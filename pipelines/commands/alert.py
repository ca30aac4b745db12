"""`folgeeval alert`: tells municipalities and evaluators what is new among the findings, once."""

import argparse
import json
from typing import Any

from pipelines.exit_codes import FINE, OUR_FAULT

HELP = "Meld nye, gjenåpnede og rettede funn: én melding per kommune og tertial, og én til evaluatorene."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="vis meldingene; ingenting sendes, skrives eller merkes")
    parser.add_argument("--unit", metavar="ENHET", help="bare meldingen til denne kommunen, for eksempel 2012")
    parser.add_argument("--heartbeat", action="store_true",
                        help="skriv til evaluatorene også når ingenting er nytt, som tegn på at varslingen lever")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med meldingene")


def run(arguments: argparse.Namespace) -> int:
    from pipelines import settings
    from pipelines.alerts.alerting import alert, rehearse
    from warehouse.home import Home

    _demand_municipality(arguments.unit)
    home, now = Home(arguments.home), settings.now()
    about = {"now": now, "unit_code": arguments.unit, "heartbeat": arguments.heartbeat}
    outcomes = rehearse(home, **about) if arguments.dry_run else alert(home, _post(home), **about)
    if arguments.json:
        print(json.dumps([as_record(outcome) for outcome in outcomes], ensure_ascii=False))
    else:
        print("\n\n".join(map(as_text, outcomes)) or "Ingenting nytt å melde. Ingen melding er laget.")
    return OUR_FAULT if any(outcome.outcome == "not_accepted" for outcome in outcomes) else FINE


def as_record(outcome) -> dict[str, Any]:
    """One message as `folgeeval alert --json` prints it."""
    message = outcome.message
    states = [change.finding.state for change in message.changes]
    return {"recipient": message.recipient.code, "recipient_name": message.recipient.name, "period": message.period,
            "subject": message.subject, "new_count": states.count("åpen"), "mended_count": states.count("rettet"),
            "outcome": outcome.outcome, "addresses": list(outcome.addresses), "path": outcome.path,
            "reason": outcome.reason, "message_id": message.message_id, "text": message.text}


def as_text(outcome) -> str:
    """One line a message; a dry run shows the whole message."""
    message = outcome.message
    if outcome.outcome == "dry_run":
        return f"=== Til {message.recipient.name}: {message.subject}\n\n{message.text}"
    what = {"sent": f"sendt til {', '.join(outcome.addresses)}", "written": f"lagt i {outcome.path}",
            "not_accepted": "IKKE SENDT, prøves igjen neste gang"}[outcome.outcome]
    return f"{message.subject}\n  {what}" + (f" ({outcome.reason})" if outcome.reason else "")


def _demand_municipality(unit_code: str | None) -> None:
    from pipelines.alerts.news import municipalities
    from pipelines.failures import WrongUsage

    known = [f"{municipality.code} ({municipality.name})" for municipality in municipalities()]
    if unit_code is not None and unit_code not in [municipality.code for municipality in municipalities()]:
        raise WrongUsage(f"kommunen «{unit_code}» finnes ikke. Kommunene er {', '.join(known)}.")


def _post(home):
    from pipelines import settings
    from pipelines.alerts.addresses import addresses_by_recipient
    from pipelines.alerts.alerting import Post
    from pipelines.alerts.channels import Outbox, Smtp

    smtp = settings.smtp()
    return Post(Outbox(home.outbox), Smtp(smtp) if smtp else None, addresses_by_recipient(home.recipients))
