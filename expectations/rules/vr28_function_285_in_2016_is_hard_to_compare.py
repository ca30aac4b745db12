"""VR28: what was booked on 285 in 2016 is shown with a word of caution; the practice was confirmed from 2017."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in

SELECT = """
SELECT unit_code, CAST(accounting_year AS VARCHAR) AS period, min(delivery_id) AS delivery_id
FROM core.child_welfare_cost_line
WHERE component = 'trial'
GROUP BY unit_code, accounting_year
ORDER BY unit_code, accounting_year
"""


def judge(row: Row) -> Finding | None:
    """A finding for 2016, whatever the amount."""
    if row["period"] != "2016":
        return None
    return found_in(
        "VR28", row,
        "Merkostnaden for 2016 er ført på funksjon 285 før føringen var avklart, og kommunene gjorde det ulikt. Les "
        "tallet med varsomhet; fra 2017 er praksis bekreftet.", source="ledger", cell="funksjon 285, 2016")


RULE = Rule("VR28", SELECT, judge)
