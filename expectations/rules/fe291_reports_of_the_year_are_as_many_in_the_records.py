"""FE291: the three tertial reports of a year tell of as many reports (meldinger) as the individual records (form 15F).

Both count what was received in the year; a report about a child reported before counts again in both.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, WHOLE_YEARS, indicators_of
from expectations.rule import Row, Rule, found_in
from expectations.year_of_tertials import sum_of, tertials_of_year, told_by_tertial
from warehouse.number_format import format_number

FIELD = "meldinger"

SELECT = f"""
WITH {PLACED}, {WHOLE_YEARS}, {tertials_of_year(FIELD)}
SELECT
    counted.unit_code, unit.unit_name, CAST(counted.year AS VARCHAR) AS period, counted.value,
    delivery.file_name AS records_file, tertials_of_year.tertials
FROM core.child_record_count AS counted
INNER JOIN tertials_of_year
    ON tertials_of_year.unit_code = counted.unit_code
    AND tertials_of_year.report_year = CAST(counted.year AS VARCHAR)
INNER JOIN reference.unit ON unit.unit_code = counted.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = counted.delivery_id
WHERE counted.count_code = 'reports_received'
ORDER BY counted.unit_code, counted.year
"""


def judge(row: Row) -> Finding | None:
    """A finding when the year's sum is not the number of reports received in the records."""
    told, counted = sum_of(row["tertials"]), row["value"]
    if told == counted:
        return None
    found, expected = format_number(told, 0), format_number(counted, 0)
    return found_in(
        "FE291", row,
        f"{row['unit_name']}, {row['period']}: tertialrapportene har {found} meldinger "
        f"({told_by_tertial(row['tertials'])}), men individdataene ({row['records_file']}) har {expected} mottatt i året. Forskjellen er "
        f"{format_number(abs(told - counted), 0)}. Finn meldingene som bare er med i den ene kilden, eller skriv i "
        "forklaringsfeltet hva de to teller ulikt.",
        source="tertial_reports", cell=FIELD, found=found, expected=expected,
        indicators=indicators_of("tertial_reports", [FIELD]))


RULE = Rule("FE291", SELECT, judge)
