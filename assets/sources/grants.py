"""Grants over the state budget: one grant to one municipality in one year a row, in thousand kroner."""

from typing import Any

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of
from assets.sources.fields import Field, municipality, text, thousand_kroner, year, yes_no
from assets.sources.reading import Reading
from assets.sources.refusals import SAME_TWICE, Faults

STEM = "grants"
SIGNATURE = ("tilskudd", "beloep_1000kr", "engang")
FIELDS = (
    Field("municipality_code", "kommunenr", municipality),
    Field("year", "aar", year),
    Field("grant_name", "tilskudd", text),
    Field("amount_thousand_nok", "beloep_1000kr", thousand_kroner),
    Field("is_one_off", "engang", yes_no),
)


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the first line carries headings only a list of grants has."""
    return has_headings(content, STEM, SIGNATURE)


def read(content: bytes, file_name: str) -> Reading:
    """The grants read. Raises DeliveryRefused for missing columns, faulty cells and one grant told twice."""
    lines = read_lines(STEM, FIELDS, content, file_name)
    _refuse_one_grant_told_twice(lines.rows, file_name)
    return reading_of(STEM, lines, scope=("municipality_code", "year"), value="amount_thousand_nok", unit="1000 NOK")


def _refuse_one_grant_told_twice(rows: tuple[dict[str, Any], ...], file_name: str) -> None:
    faults, first_line = Faults(STEM, file_name), {}
    for row in rows:
        key = (row["municipality_code"], row["year"], row["grant_name"], row["is_one_off"])
        if key in first_line:
            faults.add(SAME_TWICE, f": «{key[2]}» til {key[0]} i {key[1]} står også på linje {first_line[key]}. "
                       "Behold én av linjene.", line=row["line_number"], found=key[2])
        first_line.setdefault(key, row["line_number"])
    faults.stop()
