"""A year made of three tertials, held up against a number for the whole year."""

from collections.abc import Sequence

from expectations.form_fields import Field, number_text, sum_text

# Only years whose three tertials are all reported with a number: a sum of two is not a year.
_TERTIALS_OF_A_YEAR = """
tertials_of_year AS (
    SELECT unit_code, substring(period, 1, 4) AS report_year, field_id, list({{
        'period': period, 'field_kind': field_kind, 'value': value, 'sheet': sheet, 'cell': cell}} ORDER BY period) AS tertials
    FROM placed
    WHERE stem = 'tertial_reports' AND field_id IN ({field_ids}) AND status = 'ok'
    AND substring(period, 1, 4) IN (SELECT report_year FROM whole_year)
    GROUP BY unit_code, substring(period, 1, 4), field_id HAVING count(*) = 3
)"""


def tertials_of_year(*field_ids: str) -> str:
    """A common table expression after `placed` and `whole_year`: a row a unit, year and field of the tertial report.

    `tertials` is a list of fields, one a tertial.
    """
    return _TERTIALS_OF_A_YEAR.format(field_ids=", ".join(f"'{field_id}'" for field_id in field_ids))


def sum_of(tertials: Sequence[Field]) -> float:
    """The year's number."""
    return sum(tertial["value"] for tertial in tertials)


def told_by_tertial(tertials: Sequence[Field]) -> str:
    """`3 + 4 + 2, celle D20 i arket «C Tiltak»`; where the cell differs between the reports, each is named."""
    places = {(tertial["sheet"], tertial["cell"]) for tertial in tertials}
    if len(places) == 1:
        ((sheet, cell),) = places
        return f"{sum_text(tertials)}, celle {cell} i arket «{sheet}»"
    return ", ".join(f"{number_text(tertial)} i {tertial['period'][-2:]} celle {tertial['cell']}" for tertial in tertials)
