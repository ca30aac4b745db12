"""VR30: the ledger of a municipality that has said it has unaccompanied minors marks their lines, every year.

They are outside the trial; without the mark their cost would count in it. A ledger without the column is told at the
door (`assets/sources/ledger.py`).
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in

SELECT = """
SELECT code.unit_code, ledger.source_unit_code AS source_municipality_code, ledger.period, ledger.delivery_id,
    delivery.file_name, 'ledger' AS stem, (
        SELECT count(*) FROM core.ledger_line AS line
        WHERE line.delivery_id = ledger.delivery_id AND line.source_municipality_code = ledger.source_unit_code
        AND CAST(line.accounting_year AS VARCHAR) = ledger.period AND line.area_code = 'EM'
    ) AS marked_count
FROM core.delivery_in_force AS ledger
INNER JOIN core.delivery_in_force AS accounts
    ON accounts.stem = 'kostra_accounts' AND accounts.source_unit_code = ledger.source_unit_code
    AND accounts.period = ledger.period
INNER JOIN reference.unaccompanied_minors_host AS host
    ON host.source_municipality_code = ledger.source_unit_code
    AND CAST(ledger.period AS INTEGER) BETWEEN host.valid_from_year AND host.valid_to_year
INNER JOIN reference.municipality_code AS code
    ON code.source_municipality_code = ledger.source_unit_code
    AND CAST(ledger.period AS INTEGER) BETWEEN code.valid_from_year AND code.valid_to_year
INNER JOIN register.delivery ON delivery.delivery_id = ledger.delivery_id
WHERE ledger.stem = 'ledger'
ORDER BY 2, 3
"""


def judge(row: Row) -> Finding | None:
    """A finding for a year whose accounts hold them and whose ledger marks none."""
    if row["marked_count"]:
        return None
    return found_in(
        "VR30", row,
        f"Kommune {row['source_municipality_code']}, {row['period']}: kommunen har enslige mindreårige, og de står i "
        f"regnskapet (0A), men {row['file_name']} har ingen linjer merket EM i kolonnen «omraade». De kan ikke trekkes fra, "
        "så netto driftsutgifter blir for høye. Merk linjene med EM, og lever hovedboken på nytt.",
        cell=f"område, {row['source_municipality_code']}", found="0 linjer", expected="linjer merket EM")


RULE = Rule("VR30", SELECT, judge)
