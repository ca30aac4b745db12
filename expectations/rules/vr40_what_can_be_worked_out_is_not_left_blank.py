"""VR40: no change since 2015 is blank when both amounts are there, and no requirement when it stood the year before.

Bufetat works changes out for first tertials and full years only, so the other tertials' changes are not missed. A
requirement is a lasting budget change; one that is missing after it was set is worth knowing, not wrong.
"""

from expectations.co_payments import CO_PAYMENTS, place_of
from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text, period_text

SELECT = f"""
WITH {CO_PAYMENTS},
requirement AS (
    SELECT figure.*, unit.unit_name, delivery.file_name
    FROM core.bufetat_figure AS figure
    INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
    INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
    WHERE figure.bufetat_figure_code = 'inntektskrav'
)
SELECT 'change' AS blank, co_payment.unit_code, co_payment.unit_name, co_payment.period, co_payment.file_name,
    co_payment.measure_type_code, co_payment.line_number, co_payment.delivery_id, co_payment.stem, co_payment.change_since_2015 AS derived,
    co_payment.value AS input_now, baseline.value AS input_before, baseline.line_number AS input_line
FROM co_payment
INNER JOIN co_payment AS baseline
    ON baseline.unit_code = co_payment.unit_code AND baseline.year = '2015'
    AND baseline.part_of_year = co_payment.part_of_year
    AND baseline.measure_type_code IS NOT DISTINCT FROM co_payment.measure_type_code
WHERE co_payment.year > '2015' AND co_payment.part_of_year IN ('', '-T1')
AND co_payment.value IS NOT NULL AND baseline.value IS NOT NULL
UNION ALL
SELECT 'requirement', requirement.unit_code, requirement.unit_name, requirement.period, requirement.file_name,
    NULL, requirement.line_number, requirement.delivery_id, 'bufetat', requirement.value, NULL, earlier.value,
    earlier.line_number
FROM requirement
INNER JOIN requirement AS earlier
    ON earlier.unit_code = requirement.unit_code
    AND CAST(earlier.period AS INTEGER) = CAST(requirement.period AS INTEGER) - 1
WHERE requirement.period NOT LIKE '%-T%' AND earlier.period NOT LIKE '%-T%' AND earlier.value IS NOT NULL
AND requirement.status <> 'not_applicable'
ORDER BY 8, 7
"""


def judge(row: Row) -> Finding | None:
    """A finding when the derived cell is blank though what it is made of is there."""
    if row["derived"] is not None:
        return None
    return _change(row) if row["blank"] == "change" else _requirement(row)


def _change(row: Row) -> Finding:
    now, before = row["input_now"], row["input_before"]
    return found_in(
        "VR40", row,
        f"{_place(row)} Endringen i egenandeler fra 2015 er ikke fylt ut, men kan regnes ut: {amount_text(now)} (linje "
        f"{row['line_number']}) minus {amount_text(before)} (linje {row['input_line']}) er {amount_text(now - before)} "
        "tusen kroner. Fyll den ut, og lever filen på nytt.",
        cell=place_of(row, "endring fra 2015"), line_numbers=(row["line_number"], row["input_line"]),
        expected=amount_text(now - before))


def _requirement(row: Row) -> Finding:
    before = amount_text(row["input_before"])
    return found_in(
        "VR40", row,
        f"{_place(row)} Kravet til egenandeler er ikke fylt ut. Året før var det {before} tusen kroner (linje "
        f"{row['input_line']}), og en budsjettendring gjelder til den endres. Fyll ut kravet, eller skriv . (ikke aktuelt) "
        "hvis det ikke gjelder lenger.",
        level="informasjon", cell=f"inntektskrav, {row['unit_code']}",
        line_numbers=(row["line_number"], row["input_line"]), expected=before)


def _place(row: Row) -> str:
    return f"{row['file_name']}, linje {row['line_number']}: {row['unit_name']}, {period_text(row['period'])}."


RULE = Rule("VR40", SELECT, judge, is_graded=True)
