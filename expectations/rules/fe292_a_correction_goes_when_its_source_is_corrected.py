"""FE292: a correction is used only while the delivered value is the one it corrects."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import correction_named

SELECT = """
SELECT correction.correction_id, correction.stem, correction.source_unit_code AS unit_code, correction.period,
    correction.place_key, correction.expected_value, correction.delivered_value, correction.valid_until,
    correction.correction_state, correction.delivery_id, delivery.file_name
FROM core.correction
LEFT JOIN register.delivery ON delivery.delivery_id = correction.delivery_id
WHERE correction.correction_state IN ('source_corrected')
ORDER BY correction.correction_id
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the source says something else now, and what was a correction would be a fault."""
    return found_in(
        "FE292", row,
        f"{correction_named(row)}: ventet {row['expected_value']}, fant {row['delivered_value']} i {row['file_name']}. "
        "Kilden er rettet, og rettelsen er ikke brukt. Ta den bort, eller skriv en ny mot det som nå er levert.",
        cell=f"rettelse {row['correction_id']}", found=row["delivered_value"], expected=row["expected_value"])


RULE = Rule("FE292", SELECT, judge)
