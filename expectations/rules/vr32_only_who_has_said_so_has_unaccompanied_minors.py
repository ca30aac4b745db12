"""VR32: only a municipality that has said it has unaccompanied minors has lines for them in its ledger."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text

SELECT = """
SELECT line.unit_code, unit.unit_name, line.source_municipality_code, CAST(line.accounting_year AS VARCHAR) AS period,
    count(*) AS line_count, CAST(coalesce(sum(CASE WHEN line.amount_nok > 0 THEN line.amount_nok END), 0) AS DOUBLE) AS cost_nok,
    CAST(coalesce(sum(CASE WHEN line.amount_nok < 0 THEN line.amount_nok END), 0) AS DOUBLE) AS refund_nok,
    bool_or(host.source_municipality_code IS NOT NULL) AS has_said_so, max(line.delivery_id) AS delivery_id,
    max(delivery.file_name) AS file_name, 'ledger' AS stem
FROM core.ledger_line AS line
INNER JOIN reference.unit ON unit.unit_code = line.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
LEFT JOIN reference.unaccompanied_minors_host AS host
    ON host.source_municipality_code = line.source_municipality_code
    AND line.accounting_year BETWEEN host.valid_from_year AND host.valid_to_year
WHERE line.area_code = 'EM'
GROUP BY line.unit_code, unit.unit_name, line.source_municipality_code, line.accounting_year
ORDER BY 3, 4
"""


def judge(row: Row) -> Finding | None:
    """A finding for a year with marked lines in a municipality that has not said it has any."""
    if row["has_said_so"]:
        return None
    return found_in(
        "VR32", row,
        f"{row['unit_name']}, {row['period']}: hovedboken har linjer merket enslige mindreårige "
        f"({row['file_name']}), {kroner_text(row['cost_nok'])} i utgifter og {kroner_text(-row['refund_nok'])} i refusjoner, "
        "men kommunen er ikke meldt å ha enslige mindreårige. Pengene trekkes fra; det gjør ikke antallet barn. Kontroller "
        "om barna også er med i antallene, og trekk dem fra der.",
        cell=f"område, {row['source_municipality_code']}", found=f"{row['line_count']} linjer", expected="0 linjer")


RULE = Rule("VR32", SELECT, judge)
