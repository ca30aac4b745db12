"""The marks beside a number that its findings give it: how many are open and how bad, and that it is held back."""

from dataclasses import dataclass

from dashboards.labels import FINDING_LEVELS, short_date
from dashboards.published import Cell
from dashboards.signs import EXPLAINED_MARK, GRAVE_MARK, HELD_BACK_MARK, OPEN_MARK, Sign
from dashboards.touching import Touch
from warehouse.finding_levels import GRAVE_LEVELS
from warehouse.number_format import format_number

FINDINGS_PAGE = "funn.html"


@dataclass(frozen=True)
class NumberMark:
    """A mark that leads to the finding behind it: its sign, the count beside the sign (empty for one), and the words."""

    sign: Sign
    words: str
    href: str
    count: str = ""


def finding_mark(cell: Cell) -> NumberMark | None:
    """The mark of the findings that touch the number; the open ones are counted, else those explained or accepted."""
    touch = cell.touch
    if touch is None:
        return None
    if not touch.open_count:
        words = "1 forklart funn" if touch.explained_count == 1 else f"{format_number(touch.explained_count, 0)} forklarte funn"
        return NumberMark(EXPLAINED_MARK, words, href_of(touch))
    name = FINDING_LEVELS[touch.level][0]
    words = (f"1 åpent funn, grad {name}" if touch.open_count == 1
             else f"{format_number(touch.open_count, 0)} åpne funn, verste grad {name}")
    return NumberMark(GRAVE_MARK if touch.level in GRAVE_LEVELS else OPEN_MARK, words, href_of(touch),
                      format_number(touch.open_count, 0) if touch.open_count > 1 else "")


def held_mark(cell: Cell) -> NumberMark | None:
    """The mark of a number that is held back, in front of the earlier one that is shown instead."""
    if cell.status != "held_back" or cell.value is None:
        return None
    return NumberMark(HELD_BACK_MARK, held_words(cell), href_of(cell.touch))


def held_words(cell: Cell) -> str:
    """Why the number is an earlier one, and of when."""
    made_for = f" (per {short_date(cell.value_as_of)})" if cell.value_as_of else ""
    return f"Holdt tilbake: et åpent funn av grad Feil; forrige publiserte verdi{made_for} vises"


def href_of(touch: Touch | None) -> str:
    """Where the worst finding stands; the page of findings where the number is held back with another."""
    return f"{FINDINGS_PAGE}#{touch.anchor}" if touch else FINDINGS_PAGE
