"""Grants over the state budget: one grant to one municipality in one year a row, in thousand kroner."""

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of
from assets.sources.fields import Field, municipality, text, thousand_kroner, year, yes_no
from assets.sources.reading import Reading

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
    """The grants read. Raises DeliveryRefused for missing columns and faulty cells."""
    lines = read_lines(STEM, FIELDS, content, file_name)
    return reading_of(STEM, lines, scope=("municipality_code", "year"), value="amount_thousand_nok", unit="1000 NOK")
