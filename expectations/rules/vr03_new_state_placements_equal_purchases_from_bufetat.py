"""VR03: the year's new placements in state institutions are as many as the institution places bought from Bufetat.

The kinds of places cannot be added, since acute and behaviour places may be counted as institution places too: what was
bought is known as an interval. Behaviour placements are bought too, though they are outside the trial: the reason is
then to be written at the number.
"""

from collections.abc import Sequence

from expectations.finding import Finding
from expectations.form_fields import PLACED, WHOLE_YEARS, Field, indicators_of, label_text, number_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import some
from expectations.year_of_tertials import sum_of, tertials_of_year, told_by_tertial
from warehouse.number_format import format_number

FIELD = "nye_institusjon_stat"
INSTITUTION = "kjoept_institusjon"
PURCHASES = (INSTITUTION, "kjoept_akuttinstitusjon", "kjoept_atferd")

# The place of the finding is the first of the purchases that has a number.
SELECT = f"""
WITH {PLACED}, {WHOLE_YEARS}, {tertials_of_year(FIELD)},
bought AS (
    SELECT unit_code, period, list({{
        'field_id': field_id, 'label': label, 'field_kind': field_kind, 'value': value, 'sheet': sheet, 'cell': cell}}
        ORDER BY cell_number) AS purchases,
        stem, min(delivery_id) AS delivery_id, min(file_name) AS file_name, arg_min(sheet, cell_number) AS sheet,
        arg_min(cell, cell_number) AS cell
    FROM placed
    WHERE stem = 'data_requests' AND field_id IN {PURCHASES} AND status = 'ok'
    GROUP BY unit_code, period, stem
)
SELECT bought.*, tertials_of_year.tertials
FROM bought
INNER JOIN tertials_of_year
    ON tertials_of_year.unit_code = bought.unit_code AND tertials_of_year.report_year = bought.period
ORDER BY bought.unit_code, bought.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when the tertials' sum lies outside what the kinds of institution places bought may be together."""
    placements, (low, high) = sum_of(row["tertials"]), _bought(row["purchases"])
    if low <= placements <= high:
        return None
    found = format_number(low, 0) if low == high else f"mellom {format_number(low, 0)} og {format_number(high, 0)}"
    overlap = "" if low == high else " Plasser for akutt og atferd kan også være talt som institusjon."
    kinds = [f"{number_text(one)} i celle {one['cell']} ({label_text(one)})" for one in row["purchases"] if one["value"]]
    return found_in(
        "VR03", row,
        f"Fant {found} institusjonsplasser kjøpt fra Bufetat i arket «{row['sheet']}»{': ' + some(kinds) if kinds else ''}."
        f"{overlap} Tertialrapportene for {row['period']} har {format_number(placements, 0)} nye plasseringer i statlig "
        f"institusjon ({told_by_tertial(row['tertials'])}). Forskjellen "
        f"{'' if low == high else 'fra det nærmeste av de to tallene '}er "
        f"{format_number(max(low - placements, placements - high), 0)}. Rett det tallet som er feil, eller skriv i "
        "forklaringsfeltet hvorfor de er ulike: plassering for atferd er utenfor forsøket, og et kjøp kan være datert i et "
        "annet år enn plasseringen.",
        found=found, expected=format_number(placements, 0),
        indicators=(*indicators_of("tertial_reports", [FIELD]), *indicators_of("data_requests", PURCHASES)))


def _bought(purchases: Sequence[Field]) -> tuple[float, float]:
    """The fewest and the most places bought: all of acute and behaviour may stand under institution too, or none of it."""
    institution = sum(one["value"] for one in purchases if one["field_id"] == INSTITUTION)
    others = sum_of(purchases) - institution
    return max(institution, others), institution + others


RULE = Rule("VR03", SELECT, judge)
