"""AN24: the one-off grant for administration is the same amount for every municipality of the trial.

The ministry gave each of them as much. The amount that most of them have is taken for the right one; where all differ,
each is a finding.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text

FEWEST_MUNICIPALITIES = 3

SELECT = f"""
WITH one_off AS (
    SELECT line.*, median(amount_thousand_nok) OVER (PARTITION BY year, grant_name) AS usual,
        count(*) OVER (PARTITION BY year, grant_name) AS municipality_count
    FROM core.grant_line AS line
    WHERE is_one_off
)
SELECT one_off.unit_code, unit.unit_name, CAST(one_off.year AS VARCHAR) AS period, one_off.grant_name,
    one_off.amount_thousand_nok, one_off.usual, one_off.line_number, one_off.delivery_id, delivery.file_name,
    'grants' AS stem
FROM one_off
INNER JOIN reference.unit ON unit.unit_code = one_off.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = one_off.delivery_id
WHERE municipality_count >= {FEWEST_MUNICIPALITIES} AND amount_thousand_nok <> usual
ORDER BY one_off.unit_code, one_off.year, one_off.grant_name
"""


def judge(row: Row) -> Finding:
    """Every row is another amount than the others'."""
    found, expected = amount_text(row["amount_thousand_nok"]), amount_text(row["usual"])
    return found_in(
        "AN24", row,
        f"{row['unit_name']}, {row['period']}: engangstilskuddet «{row['grant_name']}» er {found} tusen kroner (linje "
        f"{row['line_number']} i {row['file_name']}), men de andre kommunene har fått {expected}. "
        f"{slip_sentence(row['amount_thousand_nok'], row['usual'])}Kontroller beløpet mot statsbudsjettet.",
        cell=f"{row['grant_name']}, {row['unit_code']}", line_numbers=(row["line_number"],), found=found,
        expected=expected)


RULE = Rule("AN24", SELECT, judge)
