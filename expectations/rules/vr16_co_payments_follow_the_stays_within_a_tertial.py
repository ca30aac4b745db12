"""VR16: Bufetat's co-payments, dated by voucher, follow the stays they are for within one tertial.

Money goes by the day of the voucher and stays by the day of the stay: the two are never the same tertial by tertial.
But money without any stay in its tertial or the one before, and stays no money follows in the same tertial or the next,
are dated by something else.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text, counted_text, period_text

LARGEST_LAG = 1
"""Tertials. A stay in April is invoiced in May; a whole tertial later it has been forgotten."""

# Only where both tertials are told: what is not delivered is not zero.
SELECT = f"""
WITH money AS (
    SELECT figure.unit_code, figure.period, sum(figure.amount_thousand_nok) AS amount_thousand_nok,
        3 * CAST(substring(figure.period, 1, 4) AS INTEGER) + CAST(substring(figure.period, 7) AS INTEGER)
            AS tertial_number,
        max(figure.delivery_id) AS delivery_id, max(figure.line_number) AS line_number
    FROM core.co_payment_figure AS figure
    WHERE figure.period LIKE '%-T%'
    GROUP BY figure.unit_code, figure.period
    HAVING count(figure.amount_thousand_nok) = count(*)
),
stay AS (
    SELECT figure.unit_code, figure.period, sum(figure.value) AS days_count,
        3 * CAST(substring(figure.period, 1, 4) AS INTEGER) + CAST(substring(figure.period, 7) AS INTEGER)
            AS tertial_number,
        max(figure.delivery_id) AS delivery_id, max(figure.line_number) AS line_number
    FROM core.bufetat_figure AS figure
    WHERE figure.bufetat_figure_code = 'oppholdsdager' AND figure.period LIKE '%-T%'
    GROUP BY figure.unit_code, figure.period
    HAVING count(figure.value) = count(*)
),
apart AS (
    SELECT 'egenandel' AS what_nb, money.*, money.amount_thousand_nok AS found, earlier.period AS other_period
    FROM money
    INNER JOIN stay AS now ON now.unit_code = money.unit_code AND now.tertial_number = money.tertial_number
    INNER JOIN stay AS earlier
        ON earlier.unit_code = money.unit_code AND earlier.tertial_number = money.tertial_number - {LARGEST_LAG}
    WHERE money.amount_thousand_nok > 0 AND now.days_count = 0 AND earlier.days_count = 0
    UNION ALL
    SELECT 'oppholdsdager', stay.*, stay.days_count, later.period
    FROM stay
    INNER JOIN money AS now ON now.unit_code = stay.unit_code AND now.tertial_number = stay.tertial_number
    INNER JOIN money AS later
        ON later.unit_code = stay.unit_code AND later.tertial_number = stay.tertial_number + {LARGEST_LAG}
    WHERE stay.days_count > 0 AND now.amount_thousand_nok = 0 AND later.amount_thousand_nok = 0
)
SELECT 'bufetat' AS stem, apart.what_nb, apart.unit_code, unit.unit_name, apart.period, apart.other_period, apart.found,
    apart.delivery_id, apart.line_number, delivery.file_name
FROM apart
INNER JOIN reference.unit ON unit.unit_code = apart.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = apart.delivery_id
ORDER BY apart.unit_code, apart.period, apart.what_nb
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: money without stays, or stays without money."""
    periods = f"{period_text(row['period'])} eller {period_text(row['other_period'])}"
    if row["what_nb"] == "egenandel":
        found, expected = f"{amount_text(row['found'])} tusen kroner", "oppholdsdager"
        told = f"Bufetat har fakturert {found} i egenandeler, men ingen oppholdsdager i {periods}"
    else:
        found, expected = counted_text(row["found"], "oppholdsdag", "oppholdsdager"), "egenandeler"
        told = f"Bufetat har {found}, men ingen fakturerte egenandeler i {periods}"
    return found_in(
        "VR16", row,
        f"{row['unit_name']}, {row['period']}: {told} ({row['file_name']}, linje {row['line_number']}). Egenandelene "
        "er datert etter bilaget og kan komme høyst ett tertial etter oppholdet. Kontroller hvilket tertial tallene "
        "gjelder, og rett det som er feil.",
        cell=f"{row['what_nb']}, {row['unit_code']}", line_numbers=(row["line_number"],), found=found,
        expected=expected)


RULE = Rule("VR16", SELECT, judge)
