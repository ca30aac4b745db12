"""VR25: invoice months × day price × 365/12 gives what the suppliers invoiced, within 2 %. A rule on the report.

The report prints months and average day price for each kind of placement; the list holds the invoices they are of.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import million_text
from warehouse.number_format import format_percent

FINE_SHARE = 0.02
DAYS_A_YEAR, MONTHS_A_YEAR = 365, 12

# The printed months and the printed price of the same placements.
SELECT = f"""
WITH pair (months_fact_id, price_fact_id, measure_type_code) AS (
    VALUES ('AL071', 'AL074', 'institusjon'), ('AL073', 'AL075', 'fosterhjem')
),
listed AS (
    SELECT line.unit_code, CAST(line.service_year AS VARCHAR) AS period, line.measure_type_code,
        CAST(sum(line.amount_nok) AS DOUBLE) AS listed_nok, max(line.delivery_id) AS delivery_id,
        max(delivery.file_name) AS file_name
    FROM core.supplier_invoice_line AS line
    INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
    GROUP BY line.unit_code, line.service_year, line.measure_type_code
)
SELECT months.unit_code, unit.unit_name, months.period,
    sum(months.published * price.published) * {DAYS_A_YEAR} / {MONTHS_A_YEAR} AS printed_nok,
    sum(listed.listed_nok) AS listed_nok, max(listed.delivery_id) AS delivery_id, max(listed.file_name) AS file_name,
    'supplier_invoices' AS stem
FROM pair
INNER JOIN reference.published_figure AS months ON months.fact_id = pair.months_fact_id
INNER JOIN reference.published_figure AS price ON price.fact_id = pair.price_fact_id AND price.period = months.period
INNER JOIN reference.unit ON unit.unit_code = months.unit_code
LEFT JOIN listed
    ON listed.unit_code = months.unit_code AND listed.period = months.period
    AND listed.measure_type_code = pair.measure_type_code
GROUP BY months.unit_code, unit.unit_name, months.period
HAVING count(listed.listed_nok) = count(*)
ORDER BY 1, 3
"""


def judge(row: Row) -> Finding | None:
    """A finding when the printed months and prices do not give the listed total."""
    printed, listed = row["printed_nok"], row["listed_nok"]
    if abs(printed - listed) <= FINE_SHARE * abs(listed):
        return None
    away = f", {format_percent(abs(printed - listed) / abs(listed), 1)}" if listed else ""
    return found_in(
        "VR25", row,
        f"{row['unit_name']}, {row['period']}: rapportens fakturamåneder ganger døgnpris og 365/12 gir "
        f"{million_text(printed)}, mens fakturaene er {million_text(listed)} ({row['file_name']}). Forskjellen er "
        f"{million_text(printed - listed)}{away}. Kontroller månedene og døgnprisen mot fakturaene.",
        cell="måneder ganger døgnpris", found=million_text(printed), expected=million_text(listed))


RULE = Rule("VR25", SELECT, judge)
