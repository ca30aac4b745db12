"""Open findings by unit and level, as a table in a message; and the order units stand in."""

from collections.abc import Iterable, Mapping

from pipelines.alerts.news import municipalities
from pipelines.alerts.words import Words
from warehouse.finding_levels import LEVELS
from warehouse.reference_data import reference_rows


def open_findings_table(counts: Mapping[str | None, Mapping[str, int]], words: Words) -> tuple[tuple[str, ...], ...]:
    """A heading and one row a unit; every municipality has a row, others only when they have findings."""
    levels = tuple(reversed(LEVELS))
    own = [municipality.code for municipality in municipalities()]
    codes = [*own, *in_order(set(counts) - set(own))]
    heading = (words("open_findings"), *(words.level(level).capitalize() for level in levels))
    return (heading, *((unit_name(code, words), *(str(counts.get(code, {}).get(level, 0)) for level in levels))
                       for code in codes))


def in_order(codes: Iterable[str | None]) -> list[str | None]:
    """Unit codes in the order of the reference data, strangers after them and no unit last."""
    order = list(_names())
    return sorted(codes, key=lambda code: (code is None, order.index(code) if code in order else len(order), code or ""))


def unit_name(code: str | None, words: Words) -> str:
    return _names().get(code, code) if code else words("no_unit")


def _names() -> dict[str, str]:
    return {row["unit_code"]: row["unit_name"] for row in reference_rows("unit")}
