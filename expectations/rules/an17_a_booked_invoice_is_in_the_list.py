"""AN17: an invoice that the ledger has split between co-payment and price part is in the list of invoices.

Judged for suppliers the year's list knows, so that an invoice number on something else says nothing. Where no list of
the year before is delivered, an invoice for last year's service may be the reason: then it is worth knowing only. The
way around, an invoice in the list that is not booked, is VR23's.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, some
from warehouse.number_format import format_number

SELECT = """
WITH listed_year AS (
    SELECT DISTINCT unit_code, service_year FROM core.supplier_invoice_line
),
split AS (
    SELECT unit_code, accounting_year, invoice_number, coalesce(supplier_org_number, '') AS supplier,
        CAST(sum(amount_nok) AS DOUBLE) AS amount_nok, min(line_number) AS line_number,
            any_value(delivery_id) AS delivery_id
    FROM core.ledger_line
    WHERE invoice_number IS NOT NULL AND area_code IS NULL AND species_code = '370'
    AND (function_code IN ('251', '252') OR function_code = '285' AND is_trial)
    GROUP BY ALL
    HAVING count(DISTINCT function_code = '285') = 2 AND sum(amount_nok) <> 0
),
missing AS (
    SELECT split.*, EXISTS (
        SELECT 1 FROM listed_year AS before
        WHERE before.unit_code = split.unit_code AND before.service_year = split.accounting_year - 1
    ) AS has_list_before
    FROM split
    WHERE EXISTS (
        SELECT 1 FROM core.supplier_invoice_line AS known
        WHERE known.unit_code = split.unit_code AND known.service_year = split.accounting_year
        AND split.supplier IN ('', known.supplier_org_number)
    )
    AND NOT EXISTS (
        SELECT 1 FROM core.supplier_invoice_line AS listed
        WHERE listed.unit_code = split.unit_code AND listed.invoice_number = split.invoice_number
        AND (split.supplier = '' OR coalesce(listed.supplier_org_number, split.supplier) = split.supplier)
    )
)
SELECT missing.unit_code, unit.unit_name, CAST(missing.accounting_year AS VARCHAR) AS period, missing.has_list_before,
    count(*) AS invoice_count, sum(missing.amount_nok) AS amount_nok,
    list(missing.invoice_number ORDER BY missing.line_number) AS invoices,
    list(missing.line_number ORDER BY missing.line_number) AS lines, any_value(missing.delivery_id) AS delivery_id,
    any_value(delivery.file_name) AS file_name, 'ledger' AS stem
FROM missing
INNER JOIN reference.unit ON unit.unit_code = missing.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = missing.delivery_id
GROUP BY missing.unit_code, unit.unit_name, missing.accounting_year, missing.has_list_before
ORDER BY missing.unit_code, missing.accounting_year
"""


def judge(row: Row) -> Finding:
    """Every row has at least one invoice: those of a unit and a year are one finding."""
    is_one = row["invoice_count"] == 1
    return found_in(
        "AN17", row,
        f"{row['unit_name']}, {row['period']}: {format_number(row['invoice_count'], 0)} "
        f"{'faktura' if is_one else 'fakturaer'} i "
        f"{row['file_name']}, til sammen {kroner_text(row['amount_nok'])}, er delt mellom egenandel og prisdel, men "
        "står ikke i "
        f"fakturalisten. Det gjelder {some(row['invoices'])}. Legg {'den' if is_one else 'dem'} til i listen, eller "
        "rett "
        "fakturanummeret.",
        level="advarsel" if row["has_list_before"] else "informasjon", cell="faktura som ikke står i listen",
        line_numbers=tuple(row["lines"]), found=kroner_text(row["amount_nok"]))


RULE = Rule("AN17", SELECT, judge, is_graded=True)
