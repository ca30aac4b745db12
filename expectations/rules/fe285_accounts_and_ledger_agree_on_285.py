"""FE285: the accounts' net on function 285 equals the ledger's, within rounding of each accounts line."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from warehouse.number_format import format_number

ROUNDING_THOUSAND_NOK = 0.5

# Both sums leave out investment and species outside the year's net formula, as the two files must agree on net.
SELECT = """
WITH net_species AS (SELECT * FROM reference.concept_formula WHERE concept_code = 'AGD2'),
accounts AS (
    SELECT unit_code, source_municipality_code, accounting_year, sum(amount_thousand_nok) AS amount,
        count(*) AS line_count
    FROM core.account_line INNER JOIN net_species
        ON accounting_year BETWEEN valid_from_year AND valid_to_year
        AND species_code BETWEEN species_from AND species_to
    WHERE function_code = '285' AND account_class = '1' GROUP BY ALL
),
ledger AS (
    SELECT unit_code, source_municipality_code, accounting_year, CAST(sum(amount_nok) AS DOUBLE) / 1000 AS amount
    FROM core.ledger_line INNER JOIN net_species
        ON accounting_year BETWEEN valid_from_year AND valid_to_year
        AND species_code BETWEEN species_from AND species_to
    WHERE function_code = '285' GROUP BY ALL
)
SELECT unit_code, source_municipality_code, accounting_year, CAST(accounting_year AS VARCHAR) AS period,
    coalesce(accounts.amount, 0) AS accounts_thousand_nok, coalesce(ledger.amount, 0) AS ledger_thousand_nok,
    coalesce(accounts.line_count, 0) AS line_count
FROM accounts FULL JOIN ledger USING (unit_code, source_municipality_code, accounting_year)
WHERE 2 = (
    SELECT count(DISTINCT stem) FROM core.delivery_in_force
    WHERE stem IN ('kostra_accounts', 'ledger') AND source_unit_code = source_municipality_code
    AND delivery_in_force.period = CAST(accounting_year AS VARCHAR)
)
ORDER BY unit_code, source_municipality_code, accounting_year
"""


def judge(row: Row) -> Finding | None:
    """A finding when the two sums (thousand NOK) differ by more than the accounts' own rounding."""
    accounts, ledger = row["accounts_thousand_nok"], row["ledger_thousand_nok"]
    if abs(accounts - ledger) <= ROUNDING_THOUSAND_NOK * max(1, row["line_count"]):
        return None
    in_accounts, in_ledger, difference = (
        format_number(amount, 0) for amount in (accounts, ledger, accounts - ledger))
    return found_in(
        "FE285", row,
        f"Kommune {row['source_municipality_code']}, {row['accounting_year']}: regnskapet har netto {in_accounts} "
        f"tusen kroner på funksjon 285, hovedboken {in_ledger}; forskjellen er {difference}. "
        f"{slip_sentence(accounts, ledger)}Finn linjene som mangler i hovedboken eller regnskapet, og lever "
        "det som er feil på nytt.",
        source="ledger", cell=f"funksjon 285, {row['source_municipality_code']}", found=in_ledger, expected=in_accounts)


RULE = Rule("FE285", SELECT, judge)
