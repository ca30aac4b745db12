"""VR39: a full year's co-payments come when the year is over, and are not less than its first tertial's.

Whether the year was over is told by the day the file came: a number for a year that still ran is a forecast.
"""

from expectations.co_payments import CO_PAYMENTS, differs, place_of
from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text

SELECT = f"""
WITH {CO_PAYMENTS}
SELECT co_payment.*, first_tertial.value AS first_tertial_value, first_tertial.line_number AS first_tertial_line,
    year(co_payment.received_at) > CAST(co_payment.year AS INTEGER) AS is_over
FROM co_payment
LEFT JOIN co_payment AS first_tertial
    ON first_tertial.unit_code = co_payment.unit_code AND first_tertial.year = co_payment.year
    AND first_tertial.part_of_year = '-T1'
    AND first_tertial.measure_type_code IS NOT DISTINCT FROM co_payment.measure_type_code
WHERE co_payment.part_of_year = '' AND co_payment.value IS NOT NULL
ORDER BY co_payment.delivery_id, co_payment.line_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the year was open, or when it is less than its own first tertial."""
    whole, first = row["value"], row["first_tertial_value"]
    place = f"{row['file_name']}, linje {row['line_number']}: {row['unit_name']}, {row['year']}."
    if not row["is_over"]:
        return found_in(
            "VR39", row,
            f"{place} Egenandelene for hele året står som {amount_text(whole)} tusen kroner, men filen kom "
            f"{row['received_at']:%d.%m.%Y}, før året var over. Skriv ... (ikke ennå) til året er slutt, eller rett "
            "årstallet.",
            cell=place_of(row, "egenandel"), line_numbers=(row["line_number"],), found=amount_text(whole), expected="...")
    if first is None or whole >= first or not differs(whole, first):
        return None
    return found_in(
        "VR39", row,
        f"{place} Egenandelene for hele året er {amount_text(whole)} tusen kroner, men bare første tertial er "
        f"{amount_text(first)} (linje {row['first_tertial_line']}). Forskjellen er {amount_text(first - whole)}. Rett det "
        "tallet som er feil, og lever filen på nytt.",
        cell=place_of(row, "egenandel"), line_numbers=(row["line_number"], row["first_tertial_line"]), found=amount_text(whole),
        expected=f"minst {amount_text(first)}")


RULE = Rule("VR39", SELECT, judge)
