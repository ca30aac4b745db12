"""VR23: price part on 285 and co-payment on 251/252 stand with one invoice number; nothing is posted twice or missing."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, some

# Lines that may be the same posting, or the reversal of it.
_POSTING = "source_municipality_code, function_code, species_code, invoice_number, supplier_org_number, amount_size"

# A posting that was reversed and made again stands once: only what stands after reversals is counted, and as many as
# stand in one voucher may be as many stays. The last lines are the extra ones.
#
# One row a unit, a year and a claim, with the invoices that break it. The sibling may stand in another year, and an
# invoice is looked for only when the ledger of the year it says it is posted in is here.
SELECT = f"""
WITH line AS (
    SELECT *, abs(amount_nok) AS amount_size FROM core.ledger_line
    WHERE invoice_number IS NOT NULL AND area_code IS NULL
    AND (function_code IN ('251', '252') OR function_code = '285' AND is_trial)
),
voucher AS (
    SELECT {_POSTING}, voucher_number, sum(CASE WHEN amount_nok > 0 THEN 1 ELSE -1 END) AS standing_count
    FROM line
    WHERE amount_nok <> 0
    GROUP BY {_POSTING}, voucher_number
),
several AS (
    SELECT {_POSTING}, sum(standing_count) - max(standing_count) AS extra_count
    FROM voucher
    GROUP BY {_POSTING} HAVING sum(standing_count) > max(standing_count)
),
posted_again AS (
    SELECT line.*, several.extra_count, row_number() OVER (
        PARTITION BY line.source_municipality_code, line.function_code, line.species_code, line.invoice_number,
            line.supplier_org_number, line.amount_nok
        ORDER BY line.accounting_year DESC, line.line_number DESC
    ) AS from_last
    FROM line
    INNER JOIN several
        ON several.source_municipality_code = line.source_municipality_code
        AND several.function_code = line.function_code AND several.species_code = line.species_code
        AND several.invoice_number = line.invoice_number AND several.amount_size = line.amount_nok
        AND several.supplier_org_number IS NOT DISTINCT FROM line.supplier_org_number
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
    FROM posted_again WHERE from_last <= extra_count
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
