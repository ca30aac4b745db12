"""VR20: invoiced days in private foster homes are no more than the homes have days in the year, one child a home.

The homes are those in use when the year ended and those bought in it: a home counted both ways gives room to spare. A
home that was given up during the year is in neither, and is to be written at the number.
"""

from math import ceil

from expectations.finding import Finding
from expectations.form_fields import PLACED, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import counted_text
from warehouse.number_format import format_number

DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12

SELECT = f"""
WITH {PLACED},
invoiced AS (
    SELECT line.unit_code, CAST(line.service_year AS VARCHAR) AS year,
        count(DISTINCT line.contract_id) AS contracts_count,
        sum(coalesce(line.days_count, line.months_count * {DAYS_A_YEAR} / {MONTHS_A_YEAR})) AS days_count,
        max(delivery.file_name) AS invoice_file,
        dayofyear(make_date(line.service_year, 12, 31)) AS year_days_count
    FROM core.supplier_invoice_line AS line
    INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
    WHERE line.measure_type_code = 'fosterhjem'
    GROUP BY line.unit_code, line.service_year
)
SELECT placed.*, invoiced.days_count AS invoiced_days_count, invoiced.contracts_count, invoiced.invoice_file,
    bought.value AS bought_count, invoiced.year_days_count,
    (placed.value + bought.value) * invoiced.year_days_count AS most_days_count
FROM placed
INNER JOIN invoiced ON invoiced.unit_code = placed.unit_code AND invoiced.year = placed.period
INNER JOIN core.form_value AS bought
    ON bought.stem = placed.stem AND bought.unit_code = placed.unit_code AND bought.period = placed.period
    AND bought.field_id = 'kjoep_private_fosterhjem' AND bought.status = 'ok'
WHERE placed.stem = 'data_requests' AND placed.field_id = 'familiehjem_private' AND placed.status = 'ok'
AND round(invoiced.days_count) > (placed.value + bought.value) * invoiced.year_days_count
ORDER BY placed.unit_code, placed.period
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: more days than the homes have."""
    days, most = format_number(row["invoiced_days_count"], 0), format_number(row["most_days_count"], 0)
    needed = ceil(round(row["invoiced_days_count"]) / row["year_days_count"]) - row["bought_count"]
    contracts = (f" på {counted_text(row['contracts_count'], 'avtale', 'avtaler')}" if row["contracts_count"] else "")
    return found_in(
        "VR20", row,
        f"Fant {number_text(row)} private familiehjem i bruk i {place_text(row)} og "
        f"{format_number(row['bought_count'], 0)} kjøp av fosterhjem fra private i {row['period']}. Med ett barn i "
        f"hvert hjem er det høyst {most} døgn, men fakturaene ({row['invoice_file']}) har {days} døgn{contracts}. "
        "Rett tallet, eller skriv i forklaringsfeltet hvilke hjem som ble avsluttet i løpet av året.",
        found=number_text(row), expected=f"minst {format_number(needed, 0)}")


RULE = Rule("VR20", SELECT, judge)
