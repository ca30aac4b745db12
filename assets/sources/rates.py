"""Monthly co-payment rates (egenandel): one measure in one year a row, in kroner a month, for the whole country.

A year whose rate is not known has an empty rate, never another year's.
"""

from typing import Any

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of
from assets.sources.fields import Field, optional, rate, text, year
from assets.sources.reading import Reading
from assets.sources.refusals import SAME_TWICE, Faults

STEM = "rates"
SIGNATURE = ("tiltak", "sats_kr_per_maaned", "kilde")
FIELDS = (
    Field("year", "aar", year),
    Field("measure_code", "tiltak", text),
    Field("rate_nok_per_month", "sats_kr_per_maaned", rate, value_required=False),
    optional("rate_source", "kilde", text),
)


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the first line carries headings only a list of rates has."""
    return has_headings(content, STEM, SIGNATURE)


def read(content: bytes, file_name: str) -> Reading:
    """The rates read. Raises DeliveryRefused for missing columns, faulty cells and two rates for the same thing."""
    lines = read_lines(STEM, FIELDS, content, file_name)
    _refuse_two_rates_for_one_thing(lines.rows, file_name)
    return reading_of(STEM, lines, scope=(None, "year"), value="rate_nok_per_month", unit="NOK per måned")


def _refuse_two_rates_for_one_thing(rows: tuple[dict[str, Any], ...], file_name: str) -> None:
    faults, first_line = Faults(STEM, file_name), {}
    for row in rows:
        key = (row["year"], row["measure_code"])
        if key in first_line:
            faults.add(SAME_TWICE, f": satsen for «{key[1]}» i {key[0]} står også på linje {first_line[key]}. "
                       "Behold én av linjene.", line=row["line_number"], found=key[1])
        first_line.setdefault(key, row["line_number"])
    faults.stop()
