"""VR23: price part on 285 and co-payment on 251/252 stand with one invoice number; nothing is posted twice or missing."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, some

# One row a unit, a year and a claim, with the invoices that break it. The sibling may stand in another year, and an
# invoice is looked for only when the ledger of the year it says it is posted in is here.
SELECT = """
WITH line AS (
    SELECT * FROM core.ledger_line
    WHERE invoice_number IS NOT NULL AND area_code IS NULL
    AND (function_code IN ('251', '252') OR function_code = '285' AND is_trial)
),
broken AS (
    SELECT 'orphan' AS fault, unit_code, accounting_year AS year, invoice_number, amount_nok, line_number, delivery_id
    FROM line
    WHERE function_code = '285' AND NOT EXISTS (
        SELECT 1 FROM line AS sibling
        WHERE sibling.source_municipality_code = line.source_municipality_code
        AND sibling.invoice_number = line.invoice_number AND sibling.function_code <> '285'
    )
    UNION ALL
    SELECT 'twice', unit_code, accounting_year, invoice_number, amount_nok, line_number, delivery_id
    FROM line
    WHERE amount_nok <> 0 AND EXISTS (
        SELECT 1 FROM line AS first
        WHERE first.source_municipality_code = line.source_municipality_code
        AND first.function_code = line.function_code AND first.species_code = line.species_code
        AND first.invoice_number = line.invoice_number AND first.amount_nok = line.amount_nok
        AND first.supplier_org_number IS NOT DISTINCT FROM line.supplier_org_number
        AND first.voucher_number <> line.voucher_number
        AND (first.accounting_year, first.line_number) < (line.accounting_year, line.line_number)
    )
    UNION ALL
    SELECT 'not_posted', listed.unit_code, listed.service_year, listed.invoice_number,
        sum(listed.amount_nok - coalesce(listed.co_payment_nok, listed.expected_co_payment_nok)),
        min(listed.line_number), listed.delivery_id
    FROM core.supplier_invoice_line AS listed
    WHERE coalesce(listed.co_payment_nok, listed.expected_co_payment_nok) IS NOT NULL
    AND EXISTS (
        SELECT 1 FROM core.ledger_line AS year
        WHERE year.unit_code = listed.unit_code
        AND year.accounting_year = coalesce(listed.posting_year, listed.service_year)
    )
    AND NOT EXISTS (
        SELECT 1 FROM line AS posted
        WHERE posted.unit_code = listed.unit_code AND posted.invoice_number = listed.invoice_number
        AND posted.function_code = '285'
    )
    GROUP BY listed.unit_code, listed.service_year, listed.invoice_number, listed.delivery_id
    HAVING sum(listed.amount_nok - coalesce(listed.co_payment_nok, listed.expected_co_payment_nok)) > 1
)
SELECT broken.fault, broken.unit_code, unit.unit_name, CAST(broken.year AS VARCHAR) AS period,
    CASE WHEN broken.fault = 'not_posted' THEN 'supplier_invoices' ELSE 'ledger' END AS stem,
    CAST(sum(broken.amount_nok) AS DOUBLE) AS amount_nok,
    string_agg(broken.invoice_number, ',' ORDER BY broken.delivery_id, broken.line_number) AS invoices,
    string_agg(CAST(broken.line_number AS VARCHAR), ',' ORDER BY broken.delivery_id, broken.line_number) AS lines,
    max(broken.delivery_id) AS delivery_id, max(delivery.file_name) AS file_name
FROM broken
INNER JOIN reference.unit ON unit.unit_code = broken.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = broken.delivery_id
GROUP BY broken.fault, broken.unit_code, unit.unit_name, broken.year
ORDER BY broken.unit_code, broken.year, broken.fault
"""

_SAYS = {
    "orphan": ("uten egenandel", "har linjer på funksjon 285, men ingen linje på 251 eller 252 med samme fakturanummer. "
               "Før egenandelen på 252, eller rett fakturanummeret."),
    "twice": ("ført to ganger", "er ført to ganger med samme beløp på samme funksjon og art. Ta bort den ene føringen, "
              "eller rett fakturanummeret."),
    "not_posted": ("uten prisdel", "står i fakturalisten, men hovedboken har ingen linje på funksjon 285 med samme "
                   "fakturanummer. Før prisdelen på 285, eller rett bokført år i fakturalisten."),
}


def judge(row: Row) -> Finding | None:
    """Every row is a fault: the invoices of a unit and a year that break one claim."""
    cell, says = _SAYS[row["fault"]]
    invoices = list(dict.fromkeys(row["invoices"].split(",")))
    counted = f"{len(invoices)} {'faktura' if len(invoices) == 1 else 'fakturaer'}"
    return found_in(
        "VR23", row,
        f"{row['unit_name']}, {row['period']}: {counted} i {row['file_name']}, til sammen "
        f"{kroner_text(row['amount_nok'])}, {says} Det gjelder {some(invoices)}.",
        cell=f"faktura {cell}", line_numbers=tuple(int(number) for number in row["lines"].split(",")),
        found=kroner_text(row["amount_nok"]))


RULE = Rule("VR23", SELECT, judge)
