"""VR02: the year's new placements in private institutions are as many as the purchases from private suppliers."""

from expectations.finding import Finding
from expectations.form_fields import PLACED, WHOLE_YEARS, indicators_of, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.year_of_tertials import sum_of, tertials_of_year, told_by_tertial
from warehouse.number_format import format_number

FIELD, PURCHASES = "nye_institusjon_privat", "kjoep_private_institusjon"

SELECT = f"""
WITH {PLACED}, {WHOLE_YEARS}, {tertials_of_year(FIELD)}
SELECT placed.*, tertials_of_year.tertials
FROM placed
INNER JOIN tertials_of_year
    ON tertials_of_year.unit_code = placed.unit_code AND tertials_of_year.report_year = placed.period
WHERE placed.stem = 'data_requests' AND placed.field_id = '{PURCHASES}' AND placed.status = 'ok'
ORDER BY placed.unit_code, placed.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when the sum of the tertials differs from the yearly purchases."""
    placements = sum_of(row["tertials"])
    if placements == row["value"]:
        return None
    return found_in(
        "VR02", row,
        f"Fant {number_text(row)} kjøp av institusjonsplasser fra private i {place_text(row)}, men tertialrapportene for "
        f"{row['period']} har {format_number(placements, 0)} nye plasseringer i privat institusjon "
        f"({told_by_tertial(row['tertials'])}). Forskjellen er {format_number(abs(placements - row['value']), 0)}. Rett det "
        "tallet som er feil, eller skriv i forklaringsfeltet hvorfor de er ulike.",
        found=number_text(row), expected=format_number(placements, 0),
        indicators=(*indicators_of("tertial_reports", [FIELD]), *indicators_of("data_requests", [PURCHASES])))


RULE = Rule("VR02", SELECT, judge)
