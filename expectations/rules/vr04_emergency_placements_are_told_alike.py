"""VR04: emergency placements are about as many in the tertial reports as in the data request, and change the same way.

The two are dated differently, so the level may differ a little; whether there were more or fewer than the year before may
not. Both for all emergency placements and for each place.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, WHOLE_YEARS, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.year_of_tertials import sum_of, tertials_of_year, told_by_tertial
from warehouse.number_format import format_number, format_percent

FIELDS = ("akuttplasseringer", "akutt_beredskapshjem", "akutt_institusjon", "akutt_familie")

MOST_APART = 2
MOST_APART_SHARE = 0.10
"""Two placements decided just before a turn of the year and begun just after it, or a tenth of many."""

SELECT = f"""
WITH {PLACED}, {WHOLE_YEARS}, {tertials_of_year(*FIELDS)},
told_twice AS (
    SELECT placed.*, tertials_of_year.tertials
    FROM placed
    INNER JOIN tertials_of_year
        ON tertials_of_year.unit_code = placed.unit_code AND tertials_of_year.report_year = placed.period
        AND tertials_of_year.field_id = placed.field_id
    WHERE placed.stem = 'data_requests' AND placed.status = 'ok'
)
SELECT now.*, before.value AS value_before, before.tertials AS tertials_before
FROM told_twice AS now
LEFT JOIN told_twice AS before
    ON before.unit_code = now.unit_code AND before.field_id = now.field_id
    AND CAST(before.period AS INTEGER) = CAST(now.period AS INTEGER) - 1
ORDER BY now.unit_code, now.period, now.cell_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the levels are too far apart, or one source says more and the other fewer than the year before."""
    reported = sum_of(row["tertials"])
    apart = abs(reported - row["value"])
    faults = [*_too_far(apart, row["value"]), *_opposite_ways(row, reported)]
    if not faults:
        return None
    return found_in(
        "VR04", row,
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}), men tertialrapportene for {row['period']} har "
        f"{format_number(reported, 0)} ({told_by_tertial(row['tertials'])}). Forskjellen er {format_number(apart, 0)}. "
        f"{' '.join(faults)} Rett det tallet som er feil, eller skriv i forklaringsfeltet hva de to er datert etter.",
        found=number_text(row), expected=format_number(reported, 0),
        indicators=tuple(sorted({*indicators_of("tertial_reports", [row["field_id"]]),
                                 *indicators_of("data_requests", [row["field_id"]])})))


def _too_far(apart: float, value: float) -> list[str]:
    if apart <= max(MOST_APART, MOST_APART_SHARE * value):
        return []
    return [f"Inntil {MOST_APART}, eller {format_percent(MOST_APART_SHARE, 0)} av tallet, kan komme av ulike datoer."]


def _opposite_ways(row: Row, reported: float) -> list[str]:
    if row["value_before"] is None:
        return []
    change, change_reported = row["value"] - row["value_before"], reported - sum_of(row["tertials_before"])
    if change * change_reported >= 0:
        return []
    return [f"Fra året før er endringen {format_number(change, 0, signed=True)} her og "
            f"{format_number(change_reported, 0, signed=True)} i tertialrapportene: de peker hver sin vei."]


RULE = Rule("VR04", SELECT, judge)
