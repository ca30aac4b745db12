"""VR37: Bufetat's own change since 2015 is the co-payment minus that of the same part of 2015, ±1 for rounding."""

from expectations.co_payments import CO_PAYMENTS, differs, place_of
from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text, period_text

SELECT = f"""
WITH {CO_PAYMENTS}
SELECT co_payment.*, baseline.value AS baseline_value, baseline.line_number AS baseline_line
FROM co_payment
INNER JOIN co_payment AS baseline
    ON baseline.unit_code = co_payment.unit_code AND baseline.year = '2015'
    AND baseline.part_of_year = co_payment.part_of_year
    AND baseline.measure_type_code IS NOT DISTINCT FROM co_payment.measure_type_code
WHERE co_payment.change_since_2015 IS NOT NULL AND co_payment.value IS NOT NULL AND baseline.value IS NOT NULL
ORDER BY co_payment.delivery_id, co_payment.line_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the delivered change is not the difference of the two delivered amounts."""
    change, recomputed = row["change_since_2015"], row["value"] - row["baseline_value"]
    if not differs(change, recomputed):
        return None
    return found_in(
        "VR37", row,
        f"{row['file_name']}, linje {row['line_number']}: {row['unit_name']}, {period_text(row['period'])}. Endringen i "
        f"egenandeler fra 2015 står som {amount_text(change)} tusen kroner. Egenandelene i samme fil er "
        f"{amount_text(row['value'])} (linje {row['line_number']}) og i 2015 {amount_text(row['baseline_value'])} "
        f"(linje {row['baseline_line']}); det gir {amount_text(recomputed)}. Forskjellen er "
        f"{amount_text(change - recomputed)}. {slip_sentence(change, recomputed)}Rett endringen, eller egenandelen den er regnet av, og lever filen på nytt.",
        cell=place_of(row, "endring fra 2015"), line_numbers=(row["line_number"], row["baseline_line"]),
        found=amount_text(change), expected=amount_text(recomputed))


RULE = Rule("VR37", SELECT, judge)
