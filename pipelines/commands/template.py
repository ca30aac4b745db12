"""`folgeeval template`: a form to fill in, for one municipality and period, with the period before for comparison."""

import argparse
import json
from pathlib import Path

from pipelines.exit_codes import FINE
from pipelines.new_file import write_new

HELP = "Lag et skjema (.xlsx) en kommune kan fylle ut: tertialrapporten eller evaluators dataforespørsel."
NEEDS_HOME = True

FORMS = {"tertial": "tertial_reports", "data": "data_requests"}
FILE_NAMES = {"tertial": "tertialrapport", "data": "dataforesporsel"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="KOMMUNE",
                        help="kommunenummeret som rapporterer, for eksempel 2012")
    parser.add_argument("--period", required=True, metavar="PERIODE",
                        help="tertialet (2018-T3), eller året (2018) for dataforespørselen")
    parser.add_argument("--form", choices=tuple(FORMS), default="tertial",
                        help="tertial: tertialrapporten (vanlig); data: dataforespørselen")
    parser.add_argument("--language", choices=("nb", "nn"), default="nb",
                        help="målformen skjemaet er skrevet på: nb bokmål (vanlig), nn nynorsk")
    parser.add_argument("--mapping", action="store_true",
                        help="lag i stedet en tom mapping, for en arbeidsbok kommunen har laget selv")
    parser.add_argument("--out", type=Path, metavar="FIL",
                        help="filen som skrives (ellers for eksempel tertialrapport_2012_2018-T3.xlsx der du står)")
    parser.add_argument("--force", action="store_true", help="skriv over filen hvis den finnes")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med filen som er laget")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.last_period import figures_before
    from warehouse.home import Home

    stem, unit, period = FORMS[arguments.form], arguments.unit, arguments.period
    demand_reporter(stem, unit, period)
    name = f"{FILE_NAMES[arguments.form]}_{unit}_{period}"
    if arguments.mapping:
        return _write_mapping(arguments, stem, arguments.out or Path(f"{name}.mapping.csv"))
    from assets.forms.workbook import workbook

    previous = figures_before(Home(arguments.home), stem, unit, period)
    path = arguments.out or Path(f"{name}.xlsx")
    write_new(path, workbook(stem, unit, period, previous=previous, language=arguments.language), arguments.force)
    print(json.dumps([as_json(path, stem, unit, period, arguments.language, len(previous))],
                     ensure_ascii=False) if arguments.json
          else as_text(path, unit, len(previous)))
    return FINE


def _write_mapping(arguments: argparse.Namespace, stem: str, path: Path) -> int:
    from assets.forms.mapping_skeleton import mapping_skeleton

    write_new(path, mapping_skeleton(stem, arguments.unit, arguments.period), arguments.force)
    made = {"file": str(path), "source": stem, "municipality_code": arguments.unit, "period": arguments.period}
    print(json.dumps([made], ensure_ascii=False) if arguments.json else
          f"Laget {path}. Skriv plassen til de feltene arbeidsboken har, se på det med «folgeeval read ARBEIDSBOK "
          f"--mapping {path}», og legg arbeidsboken og mappingen (<arbeidsbokens navn>.mapping.csv) i "
          f"inbox/{arguments.unit}/.")
    return FINE


def demand_reporter(stem: str, municipality_code: str, period: str) -> None:
    """Raises WrongUsage unless this municipality reports for this period in this form."""
    from assets.admission import last_trial_year, trial_unit_of
    from assets.forms.periods import HOW_WRITTEN, is_period
    from assets.sources.units import host_of
    from pipelines.failures import WrongUsage

    if not is_period(stem, period):
        raise WrongUsage(f"«{period}» er ikke {HOW_WRITTEN[stem]}.")
    year = int(period[:4])
    unit = trial_unit_of(municipality_code, year)
    if unit is None:
        raise WrongUsage(f"kommune «{municipality_code}» er ikke en forsøkskommune i {year}. Kontroller "
                         "kommunenummer og årstall; Færder er 0722 (Nøtterøy) til og med 2017 og 0729 fra 2018.")
    if year > last_trial_year(unit):
        raise WrongUsage(f"{year} er etter at forsøket sluttet for kommune {municipality_code}.")
    if host := host_of(municipality_code, year):
        raise WrongUsage(f"vertskommunen {host} rapporterer for kommune {municipality_code} i {year}. "
                         f"Bruk --unit {host}.")


def as_json(path: Path, stem: str, municipality_code: str, period: str, language: str, previous_count: int) -> dict:
    """The form made, as `--json` prints it."""
    return {"file": str(path), "source": stem, "municipality_code": municipality_code, "period": period,
            "language": language, "previous_count": previous_count}


def as_text(path: Path, municipality_code: str, previous_count: int) -> str:
    """What was made and what to do with it."""
    before = (f"Det viser {previous_count} tall fra forrige periode til sammenligning." if previous_count
              else "Det er ingen tall fra forrige periode å vise.")
    return (f"Laget {path}. {before}\nFyll det ut, se på det med «folgeeval check {path}», og legg det i "
            f"inbox/{municipality_code}/.")
