"""FE287: co-payments by measure type add up to the number for all measures of the same municipality or region, ±1.

The number for all measures is the one that counts (core.co_payment_figure). A type without its number is no sum.
"""

from expectations.co_payments import CO_PAYMENTS, differs
from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text, period_text

SELECT = f"""
WITH {CO_PAYMENTS},
summed AS (
    SELECT source_unit_code, period, sum(value) AS value, list(line_number ORDER BY line_number) AS line_numbers
    FROM co_payment
    WHERE measure_type_code IS NOT NULL
    GROUP BY source_unit_code, period
    HAVING count(value) = count(*)
)
SELECT co_payment.*, summed.value AS summed_value, summed.line_numbers AS summed_lines
FROM co_payment
INNER JOIN summed ON summed.source_unit_code = co_payment.source_unit_code AND summed.period = co_payment.period
WHERE co_payment.measure_type_code IS NULL AND co_payment.value IS NOT NULL
ORDER BY co_payment.delivery_id, co_payment.line_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the number for all measures is not the sum of those by measure type."""
    whole, summed = row["value"], row["summed_value"]
    if not differs(whole, summed):
        return None
    lines = ", ".join(str(line) for line in row["summed_lines"])
    return found_in(
        "FE287", row,
        f"{row['file_name']}, linje {row['line_number']}: {row['unit_name']}, {period_text(row['period'])}. Egenandelene "
        f"for alle tiltak står som {amount_text(whole)} tusen kroner; tiltakstypene (linje {lines}) summerer til "
        f"{amount_text(summed)}. Forskjellen er {amount_text(whole - summed)}. {slip_sentence(whole, summed)}Rett totalen "
        "eller delene, og lever filen på nytt. Totalen er brukt.",
        cell=f"egenandel, {row['source_unit_code']}", line_numbers=(row["line_number"], *row["summed_lines"]),
        found=amount_text(whole), expected=amount_text(summed))


RULE = Rule("FE287", SELECT, judge)
