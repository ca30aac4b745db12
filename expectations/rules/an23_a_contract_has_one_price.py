"""AN23: the invoices of a contract have one price a day, or a month, through the year.

For invoices nothing else holds to account, since the ledger of the year they are posted in is not here (AN06). Judged
where three of four invoices of the contract agree on a price; a price that is adjusted in the middle of a year is none.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import kroner_text, some

FEWEST_INVOICES = 4
SMALLEST_SHARE_ALIKE = 0.75
LARGEST_DIFFERENCE = 0.0005
"""Of the price: a krone of rounding on an invoice of some ten thousand."""

# `basis` is days where they are told for all of the contract's invoices, and months; the one more invoices agree on
# counts.
SELECT = f"""
WITH line AS (
    SELECT line.*, CAST(amount_nok AS DOUBLE) AS nok, EXISTS (
        SELECT 1 FROM core.ledger_line
        WHERE ledger_line.unit_code = line.unit_code AND ledger_line.invoice_number = line.invoice_number
        AND ledger_line.accounting_year = coalesce(line.posting_year, line.service_year)
    ) AS is_booked
    FROM core.supplier_invoice_line AS line
    WHERE contract_id IS NOT NULL AND amount_nok > 0
),
priced AS (
    SELECT line.*, 'dag' AS basis, nok / days_count AS price, days_count AS quantity FROM line WHERE days_count > 0
    UNION ALL
    SELECT line.*, 'måned', nok / months_count, months_count FROM line WHERE months_count > 0
),
usual AS (
    SELECT unit_code, service_year, supplier_org_number, contract_id, measure_type_code, basis, median(price) AS usual
    FROM priced
    GROUP BY unit_code, service_year, supplier_org_number, contract_id, measure_type_code, basis
    HAVING count(*) >= {FEWEST_INVOICES}
),
compared AS (
    SELECT priced.*, usual.usual, abs(priced.price - usual.usual) <= {LARGEST_DIFFERENCE} * usual.usual AS is_alike
    FROM priced
    INNER JOIN usual
        ON usual.unit_code = priced.unit_code AND usual.service_year = priced.service_year
        AND usual.supplier_org_number IS NOT DISTINCT FROM priced.supplier_org_number
        AND usual.contract_id = priced.contract_id AND usual.measure_type_code = priced.measure_type_code
        AND usual.basis = priced.basis
),
chosen AS (
    SELECT compared.*, avg(CAST(is_alike AS INTEGER)) OVER (
        PARTITION BY unit_code, service_year, supplier_org_number, contract_id, measure_type_code, basis
    ) AS alike_share
    FROM compared
),
best AS (
    SELECT chosen.*, max(alike_share) OVER (
        PARTITION BY unit_code, service_year, supplier_org_number, contract_id, measure_type_code
    ) AS best_share, row_number() OVER (
        PARTITION BY delivery_id, line_number ORDER BY alike_share DESC, basis
    ) AS place
    FROM chosen
)
SELECT best.unit_code, unit.unit_name, CAST(best.service_year AS VARCHAR) AS period, list({{
        'invoice': invoice_number, 'line': line_number, 'nok': nok, 'expected': usual * quantity, 'basis': basis,
        'price': price, 'usual': usual}} ORDER BY abs(price / usual - 1) DESC, line_number) AS invoices,
    any_value(best.delivery_id) AS delivery_id, any_value(delivery.file_name) AS file_name, 'supplier_invoices' AS stem
FROM best
INNER JOIN reference.unit ON unit.unit_code = best.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = best.delivery_id
WHERE place = 1 AND alike_share = best_share AND alike_share >= {SMALLEST_SHARE_ALIKE} AND NOT is_alike
    AND NOT is_booked
GROUP BY best.unit_code, unit.unit_name, best.service_year
ORDER BY best.unit_code, best.service_year
"""


def judge(row: Row) -> Finding:
    """Every row has at least one invoice: those of a unit and a year are one finding, the furthest off first."""
    worst, *others = row["invoices"]
    named = some([f"faktura {one['invoice']}" for one in others]) if others else ""
    rest = f" Det samme gjelder {named}." if named else ""
    expected = round(worst["expected"])
    return found_in(
        "AN23", row,
        f"{row['unit_name']}, {row['period']}: faktura {worst['invoice']} (linje {worst['line']} i {row['file_name']}) "
        "er på "
        f"{kroner_text(worst['nok'])}, {kroner_text(round(worst['price']))} per {worst['basis']}. De andre fakturaene "
        "for "
        f"samme avtale har {kroner_text(round(worst['usual']))}, og det gir {kroner_text(expected)}.{rest} "
        f"{slip_sentence(worst['nok'], expected)}Kontroller mot fakturaen, rett beløpet, eller forklar prisen.",
        cell="pris i avtalen", line_numbers=tuple(sorted(one["line"] for one in row["invoices"])),
        found=kroner_text(worst["nok"]), expected=kroner_text(expected))


RULE = Rule("AN23", SELECT, judge)
