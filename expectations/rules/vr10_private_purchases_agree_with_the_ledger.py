"""VR10: what private suppliers invoiced for a service year is what the ledger of that year holds, within 2 %.

The ledger holds purchases from private suppliers (species 370) on 251, 252 and, with the trial's project, 285.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import million_text
from warehouse.number_format import format_percent

FINE_SHARE = 0.02
WORTH_KNOWING_SHARE = 0.05

# A list that came before its year was over holds a part of the year, and is not compared.
SELECT = """
WITH listed AS (
    SELECT line.unit_code, line.service_year AS year, CAST(sum(line.amount_nok) AS DOUBLE) AS listed_nok,
        CAST(coalesce(sum(CASE WHEN line.posting_year <> line.service_year THEN line.amount_nok END), 0) AS DOUBLE)
            AS posted_elsewhere_nok,
        count(*) AS line_count, max(line.delivery_id) AS delivery_id, max(delivery.file_name) AS file_name
    FROM core.supplier_invoice_line AS line
    INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
    GROUP BY line.unit_code, line.service_year
    HAVING min(year(delivery.received_at)) > line.service_year
),
booked AS (
    SELECT unit_code, accounting_year AS year, CAST(coalesce(sum(
        CASE WHEN species_code = '370' AND area_code IS NULL
            AND (function_code IN ('251', '252') OR function_code = '285' AND is_trial) THEN amount_nok END
    ), 0) AS DOUBLE) AS booked_nok
    FROM core.ledger_line
    GROUP BY unit_code, accounting_year
)
SELECT listed.*, unit.unit_name, CAST(listed.year AS VARCHAR) AS period, booked.booked_nok,
    'supplier_invoices' AS stem
FROM listed
INNER JOIN booked ON booked.unit_code = listed.unit_code AND booked.year = listed.year
INNER JOIN reference.unit ON unit.unit_code = listed.unit_code
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
        f"{row['period']} ({row['file_name']}, {row['line_count']} linjer), mens hovedboken har {million_text(booked)} på "
        "art 370 og funksjon 251, 252 og 285 (forsøkets prosjekt). Forskjellen er "
        f"{million_text(listed - booked)}, {format_percent(share, 1)}. {_posted_elsewhere(row)}Finn fakturaene som mangler "
        "i den ene kilden, eller forklar periodiseringen.",
        level="advarsel" if share > WORTH_KNOWING_SHARE else "informasjon",
        cell="private kjøp", found=million_text(booked), expected=million_text(listed))


def _posted_elsewhere(row: Row) -> str:
    if not row["posted_elsewhere_nok"]:
        return ""
    return f"Fakturaer på {million_text(row['posted_elsewhere_nok'])} er oppgitt som bokført i et annet år. "


RULE = Rule("VR10", SELECT, judge, is_graded=True)
