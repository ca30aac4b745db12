"""`folgeeval coverage`: how many informants of each group have spoken of each problemstilling; the evaluators'
level.
"""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis hvor mange informanter i hver gruppe som er kodet på hver problemstilling (evaluatorenes nivå)."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from assets.disclosure import FEWEST_INFORMANTS
    from warehouse.database import reading, records
    from warehouse.home import Home

    with reading(Home(arguments.home)) as connection:
        found = records(
            connection, "SELECT interview_year, informant_group, delmaal, problemstilling_no, informant_count, "
            "informant_count >= ? AS is_publishable FROM marts.interview_coverage "
            "ORDER BY interview_year, informant_group, problemstilling_no", [FEWEST_INFORMANTS])
    print(json.dumps(found, ensure_ascii=False) if arguments.json else as_text(found))
    return FINE


def as_text(found: list[dict]) -> str:
    """A matrix a year, a row a group; a star where there are too few to tell anyone else."""
    if not found:
        return "Ingen intervjuer er kodet ennå."
    blocks = []
    for year in sorted({cell["interview_year"] for cell in found}, reverse=True):
        cells = {(cell["informant_group"], cell["problemstilling_no"]): cell for cell in found
                 if cell["interview_year"] == year}
        columns = sorted({column for _, column in cells})
        lines = [f"{year:<16}" + "".join(f"{column:>6}" for column in columns)]
        lines += [f"{group:<16}" + "".join(_shown(cells[group, column]) for column in columns)
                  for group in sorted({group for group, _ in cells})]
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, "Informanter med minst én koding. * er færre enn fem: bare for evaluatorene, aldri i "
                                 "rapport "
                        "eller på nettstedet."])


def _shown(cell: dict) -> str:
    return f"{cell['informant_count']:>5}{' ' if cell['is_publishable'] else '*'}"
