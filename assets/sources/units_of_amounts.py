"""Amounts in another unit than our own column's: the unit stands in the heading, and is never guessed."""

from collections.abc import Sequence
from decimal import Decimal

from assets.sources.fields import Field
from assets.sources.headings import normalised, own_heading
from assets.sources.numbers import NotANumber, number
from assets.sources.refusals import UNIT_OF_AMOUNT, Faults
from assets.sources.table_file import Record

_THOUSAND = ("1000kr", "1000kroner", "1000nok", "tusenkroner", "tusenkr", "itusenkroner", "i1000kroner", "i1000kr")
_KRONER = ("kr", "kroner", "nok", "ikroner", "ikr")
_NOUNS = ("beloep", "belop", "egenandel", "sats")


def unit_in(heading: str) -> str | None:
    """`kr` or `1000kr` when the heading of an amount says so, else None: `Beløp (1000 kr)` gives `1000kr`."""
    plain = normalised(heading)
    for noun in _NOUNS:
        rest = plain.removeprefix(noun)
        if rest != plain and rest in (*_THOUSAND, *_KRONER):
            return "1000kr" if rest in _THOUSAND else "kr"
    return None


def in_own_units(stem: str, fields: Sequence[Field], headings: Sequence[str], records: list[Record],
                 faults: Faults) -> tuple[list[str], list[Record]]:
    """The table with amounts in the unit of our own column. A heading `Beløp` alone becomes a fault: it says no unit."""
    own = [field.heading for field in fields]
    present = {own_heading(stem, heading, own) for heading in headings}
    told, scales = list(headings), {}
    for at, heading in enumerate(headings):
        if own_heading(stem, heading, own) is not None:
            continue
        wanted = _amount_column(heading, own)
        if wanted is None or wanted in present:
            continue
        unit = unit_in(heading)
        if unit is None:
            faults.add(UNIT_OF_AMOUNT, f", overskriften: «{heading.strip()}» står uten enhet. Kall kolonnen «{wanted}» "
                       f"når beløpene er i {'tusen kroner' if '1000' in wanted else 'kroner'}, eller "
                       f"«{_other(wanted)}» ellers.", cell=wanted, found=heading.strip(), expected=wanted)
        told[at] = wanted
        if unit is not None and unit != _unit_of(wanted):
            scales[at] = Decimal(1000) if unit == "1000kr" else Decimal("0.001")
    if scales:
        records = [(line, [_scaled(cell, scales.get(at)) for at, cell in enumerate(record)]) for line, record in records]
    return told, records


def _amount_column(heading: str, own_headings: Sequence[str]) -> str | None:
    """The amount of ours that a heading is about: same noun, other unit or none."""
    plain = normalised(heading)
    for own in own_headings:
        noun = own.partition("_")[0]
        if noun not in _NOUNS or _unit_of(own) is None:
            continue
        same = {"beloep": ("beloep", "belop")}.get(noun, (noun,))
        if plain in same or (unit_in(heading) and any(plain.startswith(word) for word in same)):
            return own
    return None


def _unit_of(own: str) -> str | None:
    return {"kr": "kr", "1000kr": "1000kr"}.get(own.partition("_")[2])


def _other(own: str) -> str:
    noun = own.partition("_")[0]
    return f"{noun}_kr" if own.endswith("_1000kr") else f"{noun}_1000kr"


def _scaled(cell: str, scale: Decimal | None) -> str:
    """A number in the other unit; what is no number is handed on to be refused as it was written."""
    if scale is None or not cell.strip():
        return cell
    try:
        return f"{(number(cell.strip()) * scale).normalize():f}".replace(".", ",")
    except NotANumber:
        return cell
