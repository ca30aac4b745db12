"""VR38: a region's own co-payments are the sum of its trial municipalities', ±1 for rounding."""

from expectations.co_payments import CO_PAYMENTS, differs
from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text, period_text

# A period counts only when every municipality of the region has its number: a sum without one of them is no sum.
SELECT = f"""
WITH {CO_PAYMENTS},
member AS (
    SELECT DISTINCT unit.bufetat_region_code, unit.unit_code, code.valid_from_year, code.valid_to_year
    FROM reference.unit
    INNER JOIN reference.municipality_code AS code ON code.unit_code = unit.unit_code
    WHERE unit.bufetat_region_code IS NOT NULL
),
summed AS (
    SELECT bufetat_region_code, period, sum(value) AS value, count(DISTINCT unit_code) AS unit_count,
        string_agg(unit_name, ', ' ORDER BY unit_name) AS unit_names
    FROM co_payment
    WHERE bufetat_region_code IS NOT NULL AND value IS NOT NULL AND measure_type_code IS NULL
    GROUP BY bufetat_region_code, period
)
SELECT co_payment.*, summed.value AS summed_value, summed.unit_names
FROM co_payment
INNER JOIN summed ON summed.bufetat_region_code = co_payment.unit_code AND summed.period = co_payment.period
WHERE co_payment.value IS NOT NULL AND co_payment.measure_type_code IS NULL AND summed.unit_count = (
    SELECT count(DISTINCT member.unit_code) FROM member
    WHERE member.bufetat_region_code = co_payment.unit_code
    AND CAST(co_payment.year AS INTEGER) BETWEEN member.valid_from_year AND member.valid_to_year
)
ORDER BY co_payment.delivery_id, co_payment.line_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the region's number is not the sum of the municipalities'."""
    own, summed = row["value"], row["summed_value"]
    if not differs(own, summed):
        return None
    return found_in(
        "VR38", row,
        f"{row['file_name']}, linje {row['line_number']}: {row['unit_name']}, {period_text(row['period'])}. Egenandelene "
        f"for regionen står som {amount_text(own)} tusen kroner; kommunene ({row['unit_names']}) summerer til "
        f"{amount_text(summed)}. Forskjellen er {amount_text(own - summed)}. {slip_sentence(own, summed)}Rett summen eller kommunenes "
        "tall, og lever filen på nytt.",
        cell=f"egenandel, {row['unit_code']}", line_numbers=(row["line_number"],), found=amount_text(own),
        expected=amount_text(summed))


RULE = Rule("VR38", SELECT, judge)
