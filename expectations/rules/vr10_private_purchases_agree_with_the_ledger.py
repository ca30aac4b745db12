"""VR10: what private suppliers invoiced for a service year is what the ledger of that year holds, within 2 %.

The ledger holds purchases from private suppliers (species 370) on 251, 252 and, with the trial's project, 285.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import million_text
from warehouse.number_format import format_percent

FINE_SHARE = 0.02
WORTH_KNOWING_SHARE = 0.05

# A list that came before its year was over holds a part of the year, and is not compared.
SELECT = """
WITH booked_line AS (
    SELECT unit_code, accounting_year AS year, invoice_number, amount_nok
    FROM core.ledger_line
    WHERE species_code = '370' AND area_code IS NULL
    AND (function_code IN ('251', '252') OR function_code = '285' AND is_trial)
),
booked AS (
    SELECT ledger.unit_code, ledger.year, CAST(coalesce(sum(booked_line.amount_nok), 0) AS DOUBLE) AS booked_nok
    FROM (SELECT DISTINCT unit_code, accounting_year AS year FROM core.ledger_line) AS ledger
    LEFT JOIN booked_line ON booked_line.unit_code = ledger.unit_code AND booked_line.year = ledger.year
    GROUP BY ledger.unit_code, ledger.year
),
invoice AS (
    SELECT unit_code, service_year AS year, invoice_number, sum(amount_nok) AS amount_nok
    FROM core.supplier_invoice_line
    WHERE posting_year <> service_year
    GROUP BY unit_code, service_year, invoice_number
),
posted_later AS (
    SELECT invoice.unit_code, invoice.year, CAST(sum(invoice.amount_nok - coalesce((
        SELECT sum(booked_line.amount_nok) FROM booked_line
        WHERE booked_line.unit_code = invoice.unit_code AND booked_line.year = invoice.year
        AND booked_line.invoice_number = invoice.invoice_number
    ), 0)) AS DOUBLE) AS posted_later_nok
    FROM invoice
    GROUP BY invoice.unit_code, invoice.year
),
listed AS (
    SELECT line.unit_code, line.service_year AS year, CAST(sum(line.amount_nok) AS DOUBLE) AS listed_nok,
        max(line.delivery_id) AS delivery_id, max(delivery.file_name) AS file_name
    FROM core.supplier_invoice_line AS line
    INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
    GROUP BY line.unit_code, line.service_year
    HAVING min(year(delivery.received_at)) > line.service_year
)
SELECT listed.*, unit.unit_name, CAST(listed.year AS VARCHAR) AS period, booked.booked_nok,
    coalesce(posted_later.posted_later_nok, 0) AS posted_later_nok, 'supplier_invoices' AS stem
FROM listed
INNER JOIN booked ON booked.unit_code = listed.unit_code AND booked.year = listed.year
INNER JOIN reference.unit ON unit.unit_code = listed.unit_code
LEFT JOIN posted_later ON posted_later.unit_code = listed.unit_code AND posted_later.year = listed.year
ORDER BY listed.unit_code, listed.year
"""


def judge(row: Row) -> Finding | None:
    """Informasjon from 2 %, Advarsel above 5 % of the larger of the two."""
    listed, booked = row["listed_nok"], row["booked_nok"]
    larger = max(abs(listed), abs(booked))
    share = abs(listed - booked) / larger if larger else 0.0
    if share <= FINE_SHARE:
        return None
    return found_in(
        "VR10", row,
        f"{row['unit_name']}, {row['period']}: fakturaene fra private leverandører er {million_text(listed)} for tjenester i "
        f"{row['period']} ({row['file_name']}), mens hovedboken har {million_text(booked)} på "
        "art 370 og funksjon 251, 252 og 285 (forsøkets prosjekt). Forskjellen er "
        f"{million_text(listed - booked)}, {format_percent(share, 1)}. {slip_sentence(listed, booked)}{_posted_later(row)}Finn fakturaene som mangler "
        "i den ene kilden, eller forklar periodiseringen.",
        level="advarsel" if share > WORTH_KNOWING_SHARE else "informasjon",
        cell="private kjøp", found=million_text(booked), expected=million_text(listed))


def _posted_later(row: Row) -> str:
    if not row["posted_later_nok"]:
        return ""
    return f"Av fakturaene er {million_text(row['posted_later_nok'])} ført i et annet år. "


RULE = Rule("VR10", SELECT, judge, is_graded=True)
