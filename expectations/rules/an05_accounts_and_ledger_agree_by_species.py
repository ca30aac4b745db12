"""AN05: accounts and ledger agree function by function and species by species, where the ledger holds all of it.

The ledger holds function 285 whole, and purchases (species 300 and 370) and fund transfers (550) on 244, 251 and 252.
Where the net of 285 differs, FE285 says so; here the sum may agree while a posting stands on the wrong function or
species.
"""

from collections.abc import Sequence

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text, some

ROUNDING_THOUSAND_NOK = 1
"""Each line of the accounts is rounded so that the sum of them is right: up to one thousand kroner off."""

_SAME_SIZE_SHARE = 0.001

# One row a municipality and year: the places where the two differ, on 285 only where its net agrees.
SELECT = f"""
WITH place AS (
    SELECT source_municipality_code, unit_code, accounting_year, function_code, species_code,
        CAST(sum(amount_nok) AS DOUBLE) / 1000 AS ledger, 0.0 AS accounts, 0 AS line_count
    FROM core.ledger_line
    WHERE function_code = '285' OR function_code IN ('244', '251', '252') AND species_code IN ('300', '370', '550')
    GROUP BY ALL
    UNION ALL
    SELECT source_municipality_code, unit_code, accounting_year, function_code, species_code, 0.0,
        sum(amount_thousand_nok), count(*)
    FROM core.account_line
    WHERE account_class = '1'
    AND (function_code = '285' OR function_code IN ('244', '251', '252') AND species_code IN ('300', '370', '550'))
    GROUP BY ALL
),
compared AS (
    SELECT source_municipality_code, unit_code, accounting_year, function_code, species_code, sum(ledger) AS ledger,
        sum(accounts) AS accounts, greatest(sum(line_count), 1) * {ROUNDING_THOUSAND_NOK} AS tolerance
    FROM place
    GROUP BY ALL
),
net_agrees AS (
    SELECT compared.source_municipality_code, compared.accounting_year,
        abs(sum(compared.ledger - compared.accounts)) <= sum(compared.tolerance) / 2 AS is_equal
    FROM compared
    INNER JOIN reference.concept_formula AS net
        ON net.concept_code = 'AGD2' AND compared.accounting_year BETWEEN net.valid_from_year AND net.valid_to_year
        AND compared.species_code BETWEEN net.species_from AND net.species_to
    WHERE compared.function_code = '285'
    GROUP BY ALL
)
SELECT compared.unit_code, compared.source_municipality_code, CAST(compared.accounting_year AS VARCHAR) AS period,
    list({{'function_code': compared.function_code, 'species_code': compared.species_code, 'ledger': compared.ledger,
        'accounts': compared.accounts}} ORDER BY abs(compared.ledger - compared.accounts) DESC, compared.function_code,
        compared.species_code) AS places, any_value(ledger_force.delivery_id) AS delivery_id,
    any_value(delivery.file_name) AS file_name, 'ledger' AS stem
FROM compared
INNER JOIN core.delivery_in_force AS ledger_force
    ON ledger_force.stem = 'ledger' AND ledger_force.source_unit_code = compared.source_municipality_code
    AND ledger_force.period = CAST(compared.accounting_year AS VARCHAR)
INNER JOIN core.delivery_in_force AS accounts_force
    ON accounts_force.stem = 'kostra_accounts' AND accounts_force.source_unit_code = compared.source_municipality_code
    AND accounts_force.period = CAST(compared.accounting_year AS VARCHAR)
INNER JOIN register.delivery ON delivery.delivery_id = ledger_force.delivery_id
LEFT JOIN net_agrees
    ON net_agrees.source_municipality_code = compared.source_municipality_code
    AND net_agrees.accounting_year = compared.accounting_year
WHERE abs(compared.ledger - compared.accounts) > compared.tolerance
AND (compared.function_code <> '285' OR coalesce(net_agrees.is_equal, TRUE))
GROUP BY compared.unit_code, compared.source_municipality_code, compared.accounting_year
ORDER BY compared.unit_code, compared.source_municipality_code, compared.accounting_year
"""


def judge(row: Row) -> Finding | None:
    """Every row has at least one place that differs: all of them are one finding."""
    places = row["places"]
    first = places[0]
    told = some([f"funksjon {place['function_code']}, art {place['species_code']}: {amount_text(place['accounts'])} i "
                 f"regnskapet og {amount_text(place['ledger'])} i hovedboken" for place in places])
    return found_in(
        "AN05", row,
        f"Kommune {row['source_municipality_code']}, {row['period']}: regnskapet og hovedboken ({row['file_name']}) er "
        "ulike "
        f"(tusen kroner): {told}. {_moved(places) or slip_sentence(round(first['ledger']), first['accounts'])}Finn "
        "bilagene, "
        "rett funksjonen, arten eller beløpet der det er feil, og lever filen på nytt.",
        cell=f"funksjon og art, {row['source_municipality_code']}", found=amount_text(first["ledger"]),
        expected=amount_text(first["accounts"]))


def _moved(places: Sequence[Row]) -> str:
    """When what is too much in one place is too little in another: an amount on the wrong function or species."""
    if len(places) != 2:
        return ""
    one, other = (place["ledger"] - place["accounts"] for place in places)
    if one * other >= 0 or abs(one + other) > max(2 * ROUNDING_THOUSAND_NOK, _SAME_SIZE_SHARE * abs(one)):
        return ""
    much, little = places if one > 0 else places[::-1]
    return (f"Mulig grunn: {amount_text(abs(one))} tusen kroner er ført på funksjon {much['function_code']}, art "
            f"{much['species_code']} i hovedboken, men på funksjon {little['function_code']}, art "
            f"{little['species_code']} i "
            "regnskapet. ")


RULE = Rule("AN05", SELECT, judge)
