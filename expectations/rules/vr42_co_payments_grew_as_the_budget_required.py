"""VR42: a region's co-payments grew since 2015 by about what its budget required, within a quarter of the requirement.

A year when the region's trial municipalities are not those of 2015 is not judged: what left with one is no fall.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text
from warehouse.number_format import format_percent

MOST_AWAY_SHARE = 0.25

SELECT = """
WITH co_payment AS (
    SELECT unit_code, period, sum(amount_thousand_nok) AS value
    FROM core.co_payment_figure
    WHERE is_comparable_to_2015
    GROUP BY unit_code, period
    HAVING count(amount_thousand_nok) = count(*)
)
SELECT figure.unit_code, unit.unit_name, figure.period, figure.value AS requirement, year.value AS now,
    baseline.value AS baseline, delivery.file_name, figure.line_number, figure.delivery_id, 'bufetat' AS stem
FROM core.bufetat_figure AS figure
INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
INNER JOIN co_payment AS year ON year.unit_code = figure.unit_code AND year.period = figure.period
INNER JOIN co_payment AS baseline ON baseline.unit_code = figure.unit_code AND baseline.period = '2015'
WHERE figure.bufetat_figure_code = 'inntektskrav' AND figure.value > 0 AND figure.period NOT LIKE '%-T%'
ORDER BY figure.unit_code, figure.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when the change since 2015 is further from the requirement than the share allows."""
    change, requirement = row["now"] - row["baseline"], row["requirement"]
    away = change - requirement
    if abs(away) <= MOST_AWAY_SHARE * requirement:
        return None
    return found_in(
        "VR42", row,
        f"{row['unit_name']}, {row['period']}: budsjettet krever {amount_text(requirement)} tusen kroner mer i egenandeler "
        f"fra forsøkskommunene enn i 2015 ({row['file_name']}, linje {row['line_number']}). Egenandelene var "
        f"{amount_text(row['baseline'])} i 2015 og {amount_text(row['now'])} i {row['period']}, en endring på "
        f"{amount_text(change)}. Det er {amount_text(abs(away))} {'over' if away > 0 else 'under'} kravet, mer enn "
        f"{format_percent(MOST_AWAY_SHARE, 0)} av det. Kontroller tallene, og skriv hva avviket kommer av.",
        cell=f"inntektskrav, {row['unit_code']}", line_numbers=(row["line_number"],), found=amount_text(change),
        expected=amount_text(requirement))


RULE = Rule("VR42", SELECT, judge)
