"""VR06: recruited foster homes are as many in the tertial reports as in the data request, or it is said which one counts.

The indicators use the data request (`indicator_field.csv`). The reason for choosing it stands in the explanation of the
field, or in the reviewed list; until one of them is there, the finding is open.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, WHOLE_YEARS, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.year_of_tertials import sum_of, tertials_of_year, told_by_tertial
from warehouse.number_format import format_number

FIELDS = ("rekruttert_ordinaere", "rekruttert_nettverk")

SELECT = f"""
WITH {PLACED}, {WHOLE_YEARS}, {tertials_of_year(*FIELDS)}
SELECT placed.*, tertials_of_year.tertials
FROM placed
INNER JOIN tertials_of_year
    ON tertials_of_year.unit_code = placed.unit_code AND tertials_of_year.report_year = placed.period
    AND tertials_of_year.field_id = placed.field_id
WHERE placed.stem = 'data_requests' AND placed.status = 'ok'
ORDER BY placed.unit_code, placed.period, placed.cell_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the year's tertials have another sum than the data request."""
    reported = sum_of(row["tertials"])
    if reported == row["value"]:
        return None
    return found_in(
        "VR06", row,
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}), men tertialrapportene for {row['period']} har "
        f"{format_number(reported, 0)} ({told_by_tertial(row['tertials'])}). Forskjellen er "
        f"{format_number(abs(reported - row['value']), 0)}. Plattformen bruker tallet her. Rett det tallet som er feil, eller "
        "skriv i forklaringsfeltet hvilken kilde som gjelder, og hvorfor.",
        found=number_text(row), expected=format_number(reported, 0),
        indicators=indicators_of("data_requests", [row["field_id"]]))


RULE = Rule("VR06", SELECT, judge)
