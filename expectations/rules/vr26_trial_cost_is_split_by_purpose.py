"""VR26: the trial's cost on 285 is allotted to 244, 251 and 252; what is not, is more than half a percent only by fault.

Only species that count in net operating expenditure: funds have no purpose.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import million_text
from warehouse.number_format import format_percent

FINE_SHARE = 0.005

SELECT = """
WITH line AS (
    SELECT ledger_line.* FROM core.ledger_line
    INNER JOIN reference.concept_formula AS net
        ON net.concept_code = 'AGD2' AND ledger_line.accounting_year BETWEEN net.valid_from_year AND net.valid_to_year
        AND ledger_line.species_code BETWEEN net.species_from AND net.species_to
    WHERE ledger_line.function_code = '285' AND ledger_line.is_trial
)
SELECT line.unit_code, unit.unit_name, CAST(line.accounting_year AS VARCHAR) AS period,
    CAST(sum(line.amount_nok) AS DOUBLE) AS total_nok,
    CAST(coalesce(sum(CASE WHEN line.purpose_function_code IN ('244', '251', '252') THEN line.amount_nok END), 0) AS DOUBLE)
        AS split_nok,
    max(line.delivery_id) AS delivery_id, max(delivery.file_name) AS file_name, 'ledger' AS stem
FROM line
INNER JOIN reference.unit ON unit.unit_code = line.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
GROUP BY line.unit_code, unit.unit_name, line.accounting_year
ORDER BY 1, 3
"""


def judge(row: Row) -> Finding | None:
    """A finding when the purposes do not make up the year's 285."""
    total, unsplit = row["total_nok"], row["total_nok"] - row["split_nok"]
    if abs(unsplit) <= FINE_SHARE * abs(total):
        return None
    share = f" ({format_percent(abs(unsplit / total), 0)})" if total else ""
    return found_in(
        "VR26", row,
        f"{row['unit_name']}, {row['period']}: {million_text(unsplit)} av {million_text(total)} på funksjon 285{share} er ikke "
        f"fordelt på formål 244, 251 eller 252 ({row['file_name']}). De vises for seg, som "
        "ikke delt. Fyll ut formål på linjene, eller forklar hvorfor de ikke kan deles.",
        cell="formål på funksjon 285", found=million_text(row["split_nok"]), expected=million_text(total))


RULE = Rule("VR26", SELECT, judge)
