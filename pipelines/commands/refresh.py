"""`folgeeval refresh`: takes in what lies in the inbox and brings warehouse, indicators and release up to date."""

import argparse
import json

from pipelines.exit_codes import FINE, REFUSED

HELP = "Ta inn nye leveranser og bygg varehus, indikatorer, utgivelse og nettsted på nytt."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="DATO", help="bygg slik tallene var kjent denne dagen, for eksempel 2019-10-01")
    parser.add_argument("--quiet", action="store_true", help="ikke vis fremdrift")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med hva som skjedde med hver fil")


def run(arguments: argparse.Namespace) -> int:
    from pipelines import settings
    from pipelines.progress import Progress
    from pipelines.refresh import STEP_COUNT, refresh
    from pipelines.told import summary_text
    from warehouse.home import Home

    home = Home(arguments.home)
    now = settings.now()
    as_of = settings.parse_moment(arguments.as_of) if arguments.as_of else now
    home.inbox.mkdir(parents=True, exist_ok=True)
    summary = refresh(home, now=now, as_of=as_of, threshold=settings.small_number_threshold(),
                      progress=Progress(STEP_COUNT, quiet=arguments.quiet or arguments.json))
    print(json.dumps(summary.outcomes, ensure_ascii=False) if arguments.json else summary_text(summary, home))
    return REFUSED if summary.refused else FINE
