"""VR27: every line on 285 has a project, from 2016: 285 is a general function, and only the project tells the trial.

A ledger without the column at all is refused at the door (`assets/sources/ledger.py`).
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, lines_text

FIRST_YEAR = 2016

SELECT = f"""
SELECT line.unit_code, line.source_municipality_code, CAST(line.accounting_year AS VARCHAR) AS period,
    sum(CASE WHEN line.project_code IS NULL THEN 1 ELSE 0 END) AS without_count, count(*) AS line_count,
    CAST(coalesce(sum(CASE WHEN line.project_code IS NULL THEN line.amount_nok END), 0) AS DOUBLE) AS without_nok,
    string_agg(CASE WHEN line.project_code IS NULL THEN CAST(line.line_number AS VARCHAR) END, ','
        ORDER BY line.line_number) AS lines,
    max(line.delivery_id) AS delivery_id, max(delivery.file_name) AS file_name, 'ledger' AS stem
FROM core.ledger_line AS line
INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
WHERE line.function_code = '285' AND line.accounting_year >= {FIRST_YEAR}
AND (line.source_municipality_code, line.accounting_year) IN (
    SELECT (source_municipality_code, accounting_year) FROM core.ledger_line
    WHERE function_code = '285' AND accounting_year >= {FIRST_YEAR} AND project_code IS NULL
)
GROUP BY line.unit_code, line.source_municipality_code, line.accounting_year
ORDER BY 2, 3
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: a municipality's ledger of a year with lines on 285 that name no project."""
    lines = tuple(int(number) for number in row["lines"].split(","))
    return found_in(
        "VR27", row,
        f"Kommune {row['source_municipality_code']}, {row['period']}: {row['without_count']} av {row['line_count']} linjer på "
        f"funksjon 285 mangler prosjekt ({lines_text(lines)} i {row['file_name']}), til sammen "
        f"{kroner_text(row['without_nok'])}. De regnes ikke med i forsøket, fordi 285 også brukes til annet. Fyll ut "
        "prosjektet, og lever hovedboken på nytt.",
        level="feil", cell=f"prosjekt på funksjon 285, {row['source_municipality_code']}", line_numbers=lines,
        found=kroner_text(row["without_nok"]), expected=kroner_text(0))


RULE = Rule("VR27", SELECT, judge, is_graded=True)
