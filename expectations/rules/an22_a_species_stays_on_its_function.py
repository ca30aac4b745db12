"""AN22: a species that child welfare has on a function every other year does not leave it for another function.

Judged in the accounts (0A) by an amount: what a function lacks of its usual, another function has more than its usual,
of the same species and about the same size. Practice may change; then it is explained. Where the ledger holds the
function and species too, AN05 tells the two files apart.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text

SMALLEST_THOUSAND_NOK = 50
FEWEST_YEARS = 2
LARGEST_SHARE_LEFT = 0.4
"""Of the usual: what is left when most of a year's postings have gone elsewhere."""

SAME_SIZE = (0.7, 1.4)
LARGEST_USUAL_THERE = 0.5
"""Of what has come: the function it came to had little or nothing of the species before."""

# `usual` is the median of the years. A year that is missing is the sum of all years less the sum of those there are.
SELECT = f"""
WITH year_of AS (
    SELECT code, count(*) AS year_count, sum(year) AS year_sum
    FROM (SELECT DISTINCT source_municipality_code AS code, accounting_year AS year FROM core.account_line)
    GROUP BY code
),
place AS (
    SELECT source_municipality_code AS code, accounting_year AS year, function_code, species_code,
        sum(amount_thousand_nok) AS amount
    FROM core.account_line
    WHERE account_class = '1' AND function_code IN ('244', '251', '252')
    GROUP BY source_municipality_code, accounting_year, function_code, species_code
),
series AS (
    SELECT code, function_code, species_code, count(*) AS there_count, sum(year) AS there_sum, median(amount) AS usual
    FROM place
    GROUP BY code, function_code, species_code
    HAVING count(*) >= {FEWEST_YEARS} AND abs(median(amount)) >= {SMALLEST_THOUSAND_NOK}
),
gone AS (
    SELECT series.code, CAST(year_of.year_sum - series.there_sum AS INTEGER) AS year, series.function_code,
        series.species_code, series.usual, 0 AS amount
    FROM series
    INNER JOIN year_of ON year_of.code = series.code AND year_of.year_count = series.there_count + 1
    UNION ALL
    SELECT series.code, place.year, series.function_code, series.species_code, series.usual, place.amount
    FROM series
    INNER JOIN year_of ON year_of.code = series.code AND year_of.year_count = series.there_count
    INNER JOIN place
        ON place.code = series.code AND place.function_code = series.function_code
        AND place.species_code = series.species_code
    WHERE series.there_count > {FEWEST_YEARS}
    AND place.amount / series.usual BETWEEN -{LARGEST_SHARE_LEFT} AND {LARGEST_SHARE_LEFT}
),
elsewhere AS (
    SELECT gone.code, gone.year, gone.function_code, gone.species_code, line.function_code AS new_function,
        line.accounting_year, line.unit_code, sum(line.amount_thousand_nok) AS amount,
            any_value(line.delivery_id) AS delivery_id,
        min(line.line_number) AS line_number
    FROM gone
    INNER JOIN core.account_line AS line
        ON line.source_municipality_code = gone.code AND line.species_code = gone.species_code
        AND line.function_code <> gone.function_code AND line.account_class = '1'
    GROUP BY ALL
),
come AS (
    SELECT here.code, here.unit_code, here.year, here.function_code, here.species_code, gone.usual, gone.amount,
        gone.usual - gone.amount AS lacks, here.new_function, here.amount AS new_amount, here.delivery_id,
        here.line_number, coalesce(median(other.amount), 0) AS usual_there
    FROM elsewhere AS here
    INNER JOIN gone
        ON gone.code = here.code AND gone.year = here.year AND gone.function_code = here.function_code
        AND gone.species_code = here.species_code
    LEFT JOIN elsewhere AS other
        ON other.code = here.code AND other.year = here.year AND other.function_code = here.function_code
        AND other.species_code = here.species_code AND other.new_function = here.new_function
        AND other.accounting_year <> here.year
    WHERE here.accounting_year = here.year
    GROUP BY ALL
)
SELECT come.*, CAST(come.year AS VARCHAR) AS period, delivery.file_name, 'kostra_accounts' AS stem
FROM come
INNER JOIN register.delivery ON delivery.delivery_id = come.delivery_id
WHERE (new_amount - usual_there) / lacks BETWEEN {SAME_SIZE[0]} AND {SAME_SIZE[1]}
AND abs(usual_there) <= {LARGEST_USUAL_THERE} * abs(new_amount - usual_there)
QUALIFY row_number() OVER (
    PARTITION BY come.code, come.year, come.function_code, come.species_code
    ORDER BY abs(new_amount - usual_there - lacks), new_function
) = 1
ORDER BY come.code, come.year, come.function_code, come.species_code
"""


def judge(row: Row) -> Finding:
    """Every row is a species that seems to have been posted on another function."""
    return found_in(
        "AN22", row,
        f"Kommune {row['code']}, {row['period']}: {row['file_name']} har {amount_text(row['amount'])} tusen kroner på "
        "funksjon "
        f"{row['function_code']}, art {row['species_code']}; i de andre årene er det omkring "
        f"{amount_text(row['usual'])}. På "
        f"funksjon {row['new_function']} er samme art {amount_text(row['new_amount'])} (linje {row['line_number']}), "
        "mot "
        f"{amount_text(row['usual_there'])} ellers. Beløpet ser ut til å være ført på funksjon {row['new_function']} i "
        "stedet "
        f"for {row['function_code']}. Rett funksjonen, eller forklar endringen.",
        cell=f"funksjon {row['function_code']}, art {row['species_code']}, {row['code']}",
        line_numbers=(row["line_number"],), found=amount_text(row["amount"]),
        expected=f"omkring {amount_text(row['usual'])}")


RULE = Rule("AN22", SELECT, judge)
