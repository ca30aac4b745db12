"""VR24: a measure that is paid at a monthly rate has the rate of the very year; another year's is never used."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import million_text
from warehouse.number_format import format_number

SELECT = """
SELECT line.unit_code, unit.unit_name, CAST(line.service_year AS VARCHAR) AS period, line.measure_type_code,
    measure_type.measure_type_name, sum(line.months_count) AS months_count,
    CAST(sum(line.amount_nok) AS DOUBLE) AS amount_nok,
    sum(CASE WHEN line.expected_co_payment_nok IS NULL THEN 1 ELSE 0 END) AS without_rate_count,
    string_agg(CASE WHEN line.expected_co_payment_nok IS NULL THEN CAST(line.line_number AS VARCHAR) END, ','
        ORDER BY line.delivery_id, line.line_number) AS lines,
    max(line.delivery_id) AS delivery_id, max(delivery.file_name) AS file_name, 'supplier_invoices' AS stem
FROM core.supplier_invoice_line AS line
INNER JOIN reference.measure_type
    ON measure_type.measure_type_code = line.measure_type_code AND measure_type.rate_measure_code IS NOT NULL
INNER JOIN reference.unit ON unit.unit_code = line.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
GROUP BY ALL
ORDER BY 1, 3, 4
"""


def judge(row: Row) -> Finding | None:
    """A finding for a unit, a service year and a measure whose rate is not known."""
    if not row["without_rate_count"]:
        return None
    months = format_number(row["months_count"], 2, pad=False)
    return found_in(
        "VR24", row,
        f"{row['unit_name']}, {row['period']}: {months} {'måned' if row['months_count'] == 1 else 'måneder'} i "
        f"{row['measure_type_name'].lower()}, {million_text(row['amount_nok'])} ({row['file_name']}), kan ikke deles mellom "
        f"ordinær egenandel og prisdel, fordi satsen for {row['period']} ikke er kjent. Satsen for et annet år brukes "
        "ikke. Legg årets sats i satstabellen, og lever den.",
        cell=f"sats, {row['measure_type_code']}", line_numbers=tuple(int(number) for number in row["lines"].split(",")))


RULE = Rule("VR24", SELECT, judge)
