"""`folgeeval texts`: the progress texts that wait for review, and a reader's decision about one of them."""

import argparse
import json
from typing import TYPE_CHECKING

from pipelines.exit_codes import FINE

if TYPE_CHECKING:
    from assets.text_review import WaitingText

HELP = "Vis fremdriftstekster som venter på gjennomgang, godkjenn en tekst eller hold den tilbake."
NEEDS_HOME = True
_SHOWN_OF_SUM = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--approve", metavar="SUM", help="godkjenn teksten med denne summen; den kan vises")
    decision.add_argument("--withhold", metavar="SUM", help="hold teksten tilbake; den vises aldri")
    parser.add_argument("--by", metavar="ROLLE", help="rollen til den som har lest teksten, aldri et navn")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste over tekstene som venter")


def run(arguments: argparse.Namespace) -> int:
    from assets.text_review import waiting_texts
    from warehouse.database import reading
    from warehouse.home import Home

    home = Home(arguments.home)
    if arguments.approve or arguments.withhold:
        return _decide(home, arguments)
    with reading(home) as connection:
        waiting = waiting_texts(connection)
    print(json.dumps([vars(text) for text in waiting], ensure_ascii=False) if arguments.json else as_text(waiting))
    return FINE


def _decide(home, arguments: argparse.Namespace) -> int:
    """Records the decision in the warehouse and in the snapshot; the site changes at the next refresh."""
    from assets.text_review import APPROVED, WITHHELD, UnknownText, full_sum, record_review
    from pipelines.failures import WrongUsage
    from pipelines.settings import now
    from warehouse.database import reading, take_snapshot, writing

    if not arguments.by:
        raise WrongUsage("oppgi hvem som har lest teksten, med --by ROLLE.")
    state = APPROVED if arguments.approve else WITHHELD
    try:
        with reading(home) as connection:
            text = full_sum(connection, arguments.approve or arguments.withhold)
    except UnknownText as error:
        raise WrongUsage(str(error)) from None
    with writing(home) as connection:
        record_review(connection, [text], state, arguments.by, now())
    take_snapshot(home)
    print(f"Teksten {text[:_SHOWN_OF_SUM]} er {'godkjent' if state == APPROVED else 'holdt tilbake'}. "
          "Kjør «folgeeval refresh» for at nettstedet skal følge med.")
    return FINE


def as_text(waiting: "list[WaitingText]") -> str:
    """One paragraph a text: the sum to decide by, unit, tertial and delmål, and the text itself."""
    if not waiting:
        return "Ingen tekster venter på gjennomgang."
    told = [f"{text.text_sha256[:_SHOWN_OF_SUM]}  {text.unit_name} {text.period} delmål {text.delmaal}\n  "
            + text.text.replace("\n", "\n  ") for text in waiting]
    many = "1 tekst venter" if len(waiting) == 1 else f"{len(waiting)} tekster venter"
    return "\n".join([*told, f"{many} på gjennomgang. Godkjenn med --approve SUM --by ROLLE, eller hold tilbake med "
                      "--withhold SUM --by ROLLE."])
