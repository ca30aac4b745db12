"""AN16: what the ledger marks as unaccompanied minors (EM) in other years, function and species, it marks this year.

A line that has lost its mark is counted as ordinary child welfare. Where the same responsibility (ansvar) has lines of
ordinary child welfare besides, that cannot be judged, and is left alone. A ledger without any mark is VR30's where the
municipality has said it has them.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, some

ALL_SHARE = 0.95
"""Of the amounts on a function and species: so much is marked in every other year that has marks there."""

SELECT = f"""
WITH place AS (
    SELECT unit_code, accounting_year AS year, function_code, species_code,
        coalesce(responsibility_code, '') AS responsibility_code, CAST(sum(abs(amount_nok)) AS DOUBLE) AS amount,
        CAST(sum(CASE WHEN area_code = 'EM' THEN abs(amount_nok) ELSE 0 END) AS DOUBLE) AS marked,
        CAST(sum(CASE WHEN area_code IS NULL THEN amount_nok ELSE 0 END) AS DOUBLE) AS unmarked_nok,
        list(line_number ORDER BY line_number) FILTER (WHERE area_code IS NULL) AS lines,
            any_value(delivery_id) AS delivery_id
    FROM core.ledger_line
    WHERE function_code IN ('244', '251', '252')
    GROUP BY unit_code, accounting_year, function_code, species_code, coalesce(responsibility_code, '')
    HAVING sum(abs(amount_nok)) > 0
),
unmarked AS (
    SELECT here.*, list(other.year ORDER BY other.year) AS marked_years
    FROM place AS here
    INNER JOIN place AS other
        ON other.unit_code = here.unit_code AND other.function_code = here.function_code
        AND other.species_code = here.species_code AND other.responsibility_code = here.responsibility_code
        AND other.year <> here.year AND other.marked > 0
    WHERE here.marked < {ALL_SHARE} * here.amount
    GROUP BY ALL
    HAVING bool_and(other.marked >= {ALL_SHARE} * other.amount)
)
SELECT unmarked.unit_code, unit.unit_name, CAST(unmarked.year AS VARCHAR) AS period, sum(unmarked_nok) AS unmarked_nok,
    list({{'function_code': function_code, 'species_code': species_code, 'amount': unmarked_nok, 'years': marked_years}}
        ORDER BY abs(unmarked_nok) DESC, function_code, species_code) AS places,
    flatten(list(lines ORDER BY function_code, species_code)) AS lines, any_value(unmarked.delivery_id) AS delivery_id,
    any_value(delivery.file_name) AS file_name, 'ledger' AS stem
FROM unmarked
INNER JOIN reference.unit ON unit.unit_code = unmarked.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = unmarked.delivery_id
GROUP BY unmarked.unit_code, unit.unit_name, unmarked.year
ORDER BY unmarked.unit_code, unmarked.year
"""


def judge(row: Row) -> Finding:
    """Every row is a year with at least one function and species that is marked in every other year."""
    places = row["places"]
    told = some([f"funksjon {place['function_code']}, art {place['species_code']} ({kroner_text(place['amount'])})"
                 for place in places])
    years = some(sorted({str(year) for place in places for year in place["years"]}))
    return found_in(
        "AN16", row,
        f"{row['unit_name']}, {row['period']}: i {row['file_name']} står det linjer uten merket EM på {told}. I "
        f"{years} er alt "
        "der merket enslige mindreårige. Uten merket regnes linjene som ordinært barnevern, og netto driftsutgifter "
        "blir feil. "
        "Merk linjene i kolonnen for område, eller forklar at de ikke gjelder enslige mindreårige.",
        cell="linjer uten merket EM", line_numbers=tuple(sorted(row["lines"])), found=kroner_text(row["unmarked_nok"]),
        expected="linjer merket EM")


RULE = Rule("AN16", SELECT, judge)
