"""`folgeeval findings explain|accept|reopen FUNN`: the arguments, the decision, and what is told of it."""

import argparse
import json
from datetime import date
from pathlib import Path

from pipelines.exit_codes import FINE
from pipelines.failures import WrongUsage
from warehouse.columns_of_decisions import ROLES
from warehouse.finding_levels import GRAVE_LEVELS, LEVEL_NAMES

_HELP = {
    "explain": "forklar et funn: hvorfor tallene er som de er",
    "accept": "aksepter et funn til en dag; så er det åpent igjen (bare evaluator)",
    "reopen": "åpne et funn igjen; det som er forklart eller akseptert før, gjelder ikke lenger",
}
_NOTE = ("Grunnen vises for evaluatorene, i historikken og i kommunens egen kontrollrapport, aldri på nettstedet. Skriv aldri "
         "navn eller noe om ett barn. "
         "Avgjørelsen gjelder for verdiene funnet har nå; med andre verdier er funnet åpent igjen.")


def add_decisions(parser: argparse.ArgumentParser) -> None:
    """The three decisions as commands under `findings`; without one of them the findings are listed."""
    decisions = parser.add_subparsers(dest="decision", metavar="[AVGJØRELSE]", required=False,
                                      help="explain, accept eller reopen; uten vises funnene")
    for name, words in _HELP.items():
        sub = decisions.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=_NOTE)
        sub.add_argument("finding", metavar="FUNN", help="funnets nøkkel, eller minst seks tegn av begynnelsen")
        sub.add_argument("--reason", required=True, metavar="GRUNN", help="hvorfor, i en setning eller to")
        sub.add_argument("--by", required=True, choices=ROLES, metavar="ROLLE",
                         help=f"rollen til den som avgjør, aldri et navn: {', '.join(ROLES)}")
        sub.add_argument("--until", required=name == "accept", metavar="DATO",
                         help="siste dag aksepten gjelder, for eksempel 2019-12-31"
                         if name == "accept" else argparse.SUPPRESS)
        sub.add_argument("--home", type=Path, default=argparse.SUPPRESS, metavar="MAPPE",
                         help="hjemmet (ellers FOLGEEVAL_HOME, ellers ./data)")
        sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS,
                         help="skriv én JSON-liste med funnet slik det nå står")


def run_decision(arguments: argparse.Namespace) -> int:
    """Enters the decision and makes the snapshot anew; the site changes at the next refresh. Raises WrongUsage."""
    from assets.finding_review import DecisionRefused, decide
    from pipelines.settings import now
    from warehouse.database import reading, take_snapshot, writing
    from warehouse.home import Home
    from warehouse.lock import exclusive

    home = Home(arguments.home)
    with reading(home):
        """A home without a warehouse is told so before one is made."""
    with exclusive(home.lock):
        # What the last refresh made must not vouch for the home any longer, also when this stops halfway.
        home.refresh_state.unlink(missing_ok=True)
        try:
            with writing(home) as connection:
                decided = decide(connection, arguments.finding, decision=arguments.decision, by=arguments.by,
                                 reason=arguments.reason, until=_day(arguments.until), at=now())
        except DecisionRefused as refused:
            raise WrongUsage(str(refused)) from None
        take_snapshot(home)
    told = {**decided, "valid_until": str(decided["valid_until"] or "") or None}
    print(json.dumps([told], ensure_ascii=False) if arguments.json else as_text(decided, arguments.by))
    return FINE


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUsage(f"«{text}» er ikke en dato; skriv for eksempel 2019-12-31") from None


def as_text(decided: dict, by: str) -> str:
    """How the finding stands now, in two or three lines."""
    from dashboards.labels import long_date

    about = f"{LEVEL_NAMES[decided['level']].upper()} {decided['rule_id']} ({decided['finding_id']})"
    until = f" til og med {long_date(str(decided['valid_until']))}" if decided["valid_until"] else ""
    lines = [f"{about} er {decided['state']}{until}."]
    if decided["state"] == "åpen" and decided["explanation_nb"] and decided["level"] in GRAVE_LEVELS:
        lines.append("Forklaringen er notert. Et funn av denne graden står åpent til evaluator har gått gjennom den "
                     "(«findings explain … --by evaluator»).")
    elif decided["state"] != "åpen" and decided["explained_by"] == "evaluator" and by != "evaluator":
        lines.append("Forklaringen er notert; det evaluator alt har avgjort, står.")
    return "\n".join([*lines, "Kjør «folgeeval refresh» for at nettstedet skal følge med."])
