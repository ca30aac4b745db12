"""AN19: the compensation of the trial's municipalities grows at the same pace from one year to the next.

It is a part of the block grant, and is adjusted for prices alike. Each municipality's growth is held up against the
median of them all: with three, one that is wrong stands out, in the year and in the year after it. A halving or
doubling is AN18's.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text, some
from expectations.slips import slip_sentence
from warehouse.number_format import format_percent

LARGEST_DIFFERENCE = 0.02
"""Two percentage points: printed in hundred thousands, the growth of 20 million is known to half a point."""

FEWEST_MUNICIPALITIES = 3

SELECT = f"""
WITH yearly AS (
    SELECT unit_code, year, sum(amount_thousand_nok) AS amount, max(delivery_id) AS delivery_id,
        max(line_number) AS line_number
    FROM core.compensation_line
    GROUP BY unit_code, year
),
growth AS (
    SELECT later.*, earlier.amount AS amount_before, later.amount / earlier.amount - 1 AS growth
    FROM yearly AS later
    INNER JOIN yearly AS earlier ON earlier.unit_code = later.unit_code AND earlier.year = later.year - 1
    WHERE earlier.amount > 0 AND later.amount BETWEEN earlier.amount / 2 AND earlier.amount * 2
),
pace AS (
    SELECT year, median(growth) AS usual FROM growth GROUP BY year HAVING count(*) >= {FEWEST_MUNICIPALITIES}
)
SELECT growth.*, CAST(growth.year AS VARCHAR) AS period, pace.usual, unit.unit_name, delivery.file_name,
    'grants' AS stem
FROM growth
INNER JOIN pace ON pace.year = growth.year
INNER JOIN reference.unit ON unit.unit_code = growth.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = growth.delivery_id
WHERE abs(growth.growth - pace.usual) > {LARGEST_DIFFERENCE}
ORDER BY growth.unit_code, growth.year
"""


def judge(row: Row) -> Finding:
    """Every row grows at another pace than the others."""
    expected = row["amount_before"] * (1 + row["usual"])
    shown = some([amount_text(row["amount"]), amount_text(row["amount_before"])])
    return found_in(
        "AN19", row,
        f"{row['unit_name']}, {row['period']}: kompensasjonen i {row['file_name']} (linje {row['line_number']}) gikk "
        "fra "
        f"{amount_text(row['amount_before'])} til {amount_text(row['amount'])} tusen kroner, "
        f"{_percent(row['growth'])}. I "
        f"forsøkskommunene er veksten {_percent(row['usual'])}, og det ville gitt omkring {amount_text(expected)}. Et "
        "av de to "
        f"beløpene ({shown}) kan være feil. {slip_sentence(row['amount'], round(expected, -2))}Kontroller dem mot "
        "statsbudsjettet.",
        cell=f"kompensasjon, {row['unit_code']}", line_numbers=(row["line_number"],), found=_percent(row["growth"]),
        expected=_percent(row["usual"]))


def _percent(growth: float) -> str:
    return format_percent(growth, 1, signed=True)


RULE = Rule("AN19", SELECT, judge)
