"""The tables people read: what is found by kind of fault, and what is not found and why."""

from collections.abc import Sequence

from tests.power.faults import KINDS
from tests.power.misses import Miss
from tests.power.summary import ALL_NB, Counts, share_text
from warehouse.number_format import format_number

HEADINGS = ("feil", "prøvd", "endrer en indikator", "funnet, har annen kilde", "funnet, står alene", "på cellen eller linjen")
MISS_HEADINGS = ("hva som ikke blir funnet", "antall", "hvorfor")
_NAMES = {kind.key: kind.name_nb for kind in KINDS}


def by_kind_table(lines: Sequence[Counts]) -> str:
    """A Markdown table, one line a kind; the sum stands last, in bold."""
    return _markdown(HEADINGS, [_cells(line) for line in lines])


def misses_table(misses: Sequence[Miss]) -> str:
    """A Markdown table of what is not found, the most common reason first."""
    return _markdown(MISS_HEADINGS, [(miss.what_nb, format_number(miss.count, 0), miss.why_nb) for miss in misses])


def _cells(line: Counts) -> tuple[str, ...]:
    cells = (_NAMES.get(line.key, line.key), format_number(line.faults, 0), format_number(line.changing, 0),
             share_text(line.other_found, line.other_changing), share_text(line.alone_found, line.alone_changing),
             share_text(line.pointed_at, line.found))
    return tuple(f"**{cell}**" for cell in cells) if line.key == ALL_NB else cells


def _markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
