"""AN22: a species that child welfare has on a function every other year does not leave it for another function.

Judged in the accounts (0A) by an amount: what a function lacks of its usual, another function has more than its usual, of
the same species and about the same size. Practice may change; then it is explained. Where the ledger holds the
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

# `usual` is the median of the other years, where each of them has the species on the function.
SELECT = f"""
WITH place AS (
    SELECT source_municipality_code AS code, unit_code, accounting_year AS year, function_code, species_code,
        sum(amount_thousand_nok) AS amount, any_value(delivery_id) AS delivery_id, min(line_number) AS line_number
    FROM core.account_line
    WHERE account_class = '1'
    GROUP BY ALL
),
year_of AS (
    SELECT DISTINCT code, unit_code, year FROM place
),
usual AS (
    SELECT year_of.code, year_of.unit_code, year_of.year, other.function_code, other.species_code,
        median(other.amount) AS usual
    FROM year_of
    INNER JOIN place AS other ON other.code = year_of.code AND other.year <> year_of.year
    WHERE other.function_code IN ('244', '251', '252')
    GROUP BY year_of.code, year_of.unit_code, year_of.year, other.function_code, other.species_code
    HAVING count(*) >= {FEWEST_YEARS} AND abs(median(other.amount)) >= {SMALLEST_THOUSAND_NOK}
    AND count(*) = (SELECT count(*) - 1 FROM year_of AS every WHERE every.code = year_of.code)
    AND min(other.amount) * max(other.amount) > 0
),
gone AS (
    SELECT usual.*, coalesce(place.amount, 0) AS amount, usual.usual - coalesce(place.amount, 0) AS lacks
    FROM usual
    LEFT JOIN place
        ON place.code = usual.code AND place.year = usual.year AND place.function_code = usual.function_code
        AND place.species_code = usual.species_code
    WHERE coalesce(place.amount, 0) / usual.usual BETWEEN -{LARGEST_SHARE_LEFT} AND {LARGEST_SHARE_LEFT}
),
come AS (
    SELECT gone.*, here.function_code AS new_function, here.amount AS new_amount, here.delivery_id, here.line_number,
        coalesce((
            SELECT median(other.amount) FROM place AS other
            WHERE other.code = here.code AND other.year <> here.year AND other.function_code = here.function_code
            AND other.species_code = here.species_code
        ), 0) AS usual_there
    FROM gone
    INNER JOIN place AS here
        ON here.code = gone.code AND here.year = gone.year AND here.species_code = gone.species_code
        AND here.function_code <> gone.function_code
)
SELECT come.*, CAST(come.year AS VARCHAR) AS period, unit.unit_name, delivery.file_name, 'kostra_accounts' AS stem
FROM come
INNER JOIN reference.unit ON unit.unit_code = come.unit_code
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
        f"Kommune {row['code']}, {row['period']}: {row['file_name']} har {amount_text(row['amount'])} tusen kroner på funksjon "
        f"{row['function_code']}, art {row['species_code']}; i de andre årene er det omkring {amount_text(row['usual'])}. På "
        f"funksjon {row['new_function']} er samme art {amount_text(row['new_amount'])} (linje {row['line_number']}), mot "
        f"{amount_text(row['usual_there'])} ellers. Beløpet ser ut til å være ført på funksjon {row['new_function']} i stedet "
        f"for {row['function_code']}. Rett funksjonen, eller forklar endringen.",
        cell=f"funksjon {row['function_code']}, art {row['species_code']}, {row['code']}", line_numbers=(row["line_number"],),
        found=amount_text(row["amount"]), expected=f"omkring {amount_text(row['usual'])}")


RULE = Rule("AN22", SELECT, judge)
