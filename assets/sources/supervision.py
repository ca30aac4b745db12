"""Inspections by the county governor and others: one matter a line, with the count the authority gives.

A matter may have no count: then it is a finding of the inspection, and its number is missing, never zero.
"""

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of, refuse_the_same_twice
from assets.sources.fields import Field, count, day, matching, municipality, optional, text
from assets.sources.reading import Reading

STEM = "supervision"
SIGNATURE = ("tilsyn", "forhold", "alvor")

_matter = matching(r"[a-zæøå][a-zæøå0-9_]{0,59}", "ikke er en nøkkel for et forhold",
                   "Skriv små bokstaver, sifre og understrek, for eksempel barn_uten_tiltaksplan.")
# The name is a part of the data set's key: on one line, and without the three dots Dagster reads as a range of keys.
_name = matching(r"(?!.*\.\.\.)[^\x00-\x1f]{1,120}", "ikke kan være navnet på et tilsyn",
                 "Skriv navnet på én linje, høyst 120 tegn og uten tre punktum etter hverandre.")

FIELDS = (
    Field("municipality_code", "kommunenr", municipality),
    Field("supervision_date", "dato", day),
    Field("supervision_name", "tilsyn", _name),
    Field("matter_code", "forhold", _matter),
    Field("matter_count", "antall", count, value_required=False),
    optional("severity", "alvor", text),
)
_SAME_LINE = ("municipality_code", "supervision_date", "supervision_name", "matter_code")


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the first line carries headings only a list of inspections has."""
    return has_headings(content, STEM, SIGNATURE)


def read(content: bytes, file_name: str) -> Reading:
    """The inspections read; each name is a data set of its own in its municipality and year.

    Raises DeliveryRefused for faulty cells and a matter of one inspection told twice (F15).
    """
    lines = read_lines(STEM, FIELDS, content, file_name)
    refuse_the_same_twice(STEM, file_name, lines.rows, _SAME_LINE, "forholdet")
    for row in lines.rows:
        row["year"] = row["supervision_date"].year
    return reading_of(STEM, lines, scope=("municipality_code", "year"), value="matter_count", unit="antall",
                      dataset="supervision_name")
