"""VR31: gross and net cost of child welfare grow alike from year to year; where they do not, refunds explain it.

Net is the measure. Gross that runs away from it is usually the refunds for unaccompanied minors.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text
from warehouse.number_format import format_number, format_percent

LARGEST_DIFFERENCE = 0.15
"""Fifteen percentage points: the difference that makes a reader of gross and a reader of net tell two stories."""

SELECT = f"""
WITH cost AS (
    SELECT unit_code, accounting_year,
        max(amount_thousand_nok) FILTER (WHERE concept_code = 'AGD10') AS gross,
        max(amount_thousand_nok) FILTER (WHERE concept_code = 'AGD2') AS net
    FROM core.account_concept
    WHERE function_code = 'FGK13' AND concept_code IN ('AGD10', 'AGD2')
    GROUP BY unit_code, accounting_year
),
grown AS (
    SELECT now.unit_code, now.accounting_year, now.gross, now.net, before.gross AS gross_before,
        before.net AS net_before,
        now.gross / before.gross - 1 AS gross_growth, now.net / before.net - 1 AS net_growth
    FROM cost AS now
    INNER JOIN cost AS before
        ON before.unit_code = now.unit_code AND before.accounting_year = now.accounting_year - 1
    WHERE before.gross > 0 AND before.net > 0
),
accounts AS (
    SELECT municipality_code.unit_code, in_force.period, max(in_force.delivery_id) AS delivery_id
    FROM core.delivery_in_force AS in_force
    INNER JOIN reference.municipality_code
        ON municipality_code.source_municipality_code = in_force.source_unit_code
    WHERE in_force.stem = 'kostra_accounts'
    GROUP BY municipality_code.unit_code, in_force.period
)
SELECT 'kostra_accounts' AS stem, grown.unit_code, unit.unit_name, CAST(grown.accounting_year AS VARCHAR) AS period,
    grown.gross, grown.net, grown.gross_before, grown.net_before, grown.gross_growth, grown.net_growth,
    accounts.delivery_id, delivery.file_name
FROM grown
INNER JOIN reference.unit ON unit.unit_code = grown.unit_code
INNER JOIN accounts
    ON accounts.unit_code = grown.unit_code AND accounts.period = CAST(grown.accounting_year AS VARCHAR)
INNER JOIN register.delivery ON delivery.delivery_id = accounts.delivery_id
WHERE round(abs(grown.gross_growth - grown.net_growth), 6) > {LARGEST_DIFFERENCE}
ORDER BY grown.unit_code, grown.accounting_year
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: gross and net tell two stories."""
    gross, net = (format_percent(row[name], 1) for name in ("gross_growth", "net_growth"))
    apart = format_number(100 * abs(row["gross_growth"] - row["net_growth"]), 1)
    return found_in(
        "VR31", row,
        f"{row['unit_name']}, {row['period']}: brutto driftsutgifter til barnevern endret seg {gross} fra året før "
        f"({amount_text(row['gross_before'])} til {amount_text(row['gross'])} tusen kroner), mens netto endret seg "
        f"{net} ({amount_text(row['net_before'])} til {amount_text(row['net'])}), etter regnskapet "
        f"({row['file_name']}). Det er {apart} prosentpoeng fra hverandre. Kontroller refusjonene, særlig for enslige "
        "mindreårige, og bruk netto.",
        cell="brutto og netto på funksjon 244, 251 og 252", found=gross, expected=net)


RULE = Rule("VR31", SELECT, judge)
