"""AN06: what the list has of an invoice from a private supplier is what the ledger has booked with its invoice number.

Judged when the ledger holds the year the invoice is posted in and both its halves, and the co-payment half is as
listed: an invoice without a half is VR23's, a co-payment of another amount VR22's.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import kroner_text, some
from warehouse.number_format import format_number

ROUNDING_NOK = 1
_MOST_INVOICES = 3

# One row a unit and service year. Two suppliers may number alike: then the ledger must say whose invoice it is.
SELECT = f"""
WITH listed AS (
    SELECT unit_code, service_year, invoice_number, coalesce(supplier_org_number, '') AS supplier,
        CAST(sum(amount_nok) AS DOUBLE) AS listed_nok,
        CAST(sum(coalesce(co_payment_nok, expected_co_payment_nok)) AS DOUBLE) AS co_payment_nok,
            count(*) AS stay_count,
        max(coalesce(posting_year, service_year)) AS posted, min(line_number) AS line_number,
            any_value(delivery_id) AS delivery_id,
        count(*) OVER (PARTITION BY unit_code, invoice_number) AS namesakes
    FROM core.supplier_invoice_line
    GROUP BY unit_code, service_year, invoice_number, coalesce(supplier_org_number, '')
    HAVING count(coalesce(co_payment_nok, expected_co_payment_nok)) = count(*)
),
booked AS (
    SELECT unit_code, invoice_number, coalesce(supplier_org_number, '') AS supplier,
        CAST(sum(amount_nok) AS DOUBLE) AS booked_nok,
        CAST(sum(CASE WHEN function_code <> '285' THEN amount_nok ELSE 0 END) AS DOUBLE) AS booked_co_payment_nok,
        bool_or(function_code = '285') AS has_price_part
    FROM core.ledger_line
    WHERE invoice_number IS NOT NULL AND area_code IS NULL
    AND (function_code IN ('251', '252') OR function_code = '285' AND is_trial)
    GROUP BY ALL
),
wrong AS (
    SELECT listed.*, booked.booked_nok
    FROM listed
    INNER JOIN booked
        ON booked.unit_code = listed.unit_code AND booked.invoice_number = listed.invoice_number
        AND (booked.supplier = listed.supplier OR '' IN (booked.supplier, listed.supplier) AND listed.namesakes = 1)
    WHERE booked.has_price_part AND abs(listed.listed_nok - booked.booked_nok) > {ROUNDING_NOK} * listed.stay_count
    AND abs(listed.co_payment_nok - booked.booked_co_payment_nok) <= {ROUNDING_NOK} * listed.stay_count
    AND EXISTS (
        SELECT 1 FROM core.ledger_line AS year
        WHERE year.unit_code = listed.unit_code AND year.accounting_year = listed.posted
    )
)
SELECT wrong.unit_code, unit.unit_name, CAST(wrong.service_year AS VARCHAR) AS period, count(*) AS wrong_count,
    list({{'invoice': wrong.invoice_number, 'line': wrong.line_number, 'listed': wrong.listed_nok,
        'booked': wrong.booked_nok}} ORDER BY abs(wrong.listed_nok - wrong.booked_nok) DESC,
            wrong.line_number) AS invoices,
    any_value(wrong.delivery_id) AS delivery_id, any_value(delivery.file_name) AS file_name, 'supplier_invoices' AS stem
FROM wrong
INNER JOIN reference.unit ON unit.unit_code = wrong.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = wrong.delivery_id
GROUP BY wrong.unit_code, unit.unit_name, wrong.service_year
ORDER BY wrong.unit_code, wrong.service_year
"""


def judge(row: Row) -> Finding | None:
    """Every row has at least one invoice: those of a unit and a year are one finding, the furthest off first."""
    invoices = row["invoices"]
    worst = invoices[0]
    told = some([f"faktura {one['invoice']} (linje {one['line']}): {kroner_text(one['listed'])} i listen, "
                 f"{kroner_text(one['booked'])} i hovedboken" for one in invoices], most=_MOST_INVOICES)
    return found_in(
        "AN06", row,
        f"{row['unit_name']}, {row['period']}: {format_number(row['wrong_count'], 0)} "
        f"{'faktura er ført' if row['wrong_count'] == 1 else 'fakturaer er ført'} med et annet beløp enn i "
        f"{row['file_name']}. "
        f"Det gjelder {told}. {slip_sentence(worst['listed'], worst['booked'])}Kontroller mot fakturaen, rett beløpet "
        "i listen "
        "eller prisdelen på funksjon 285, og lever filen på nytt.",
        cell="fakturabeløp", line_numbers=tuple(sorted(one["line"] for one in invoices)),
        found=kroner_text(worst["listed"]), expected=kroner_text(worst["booked"]))


RULE = Rule("AN06", SELECT, judge)
