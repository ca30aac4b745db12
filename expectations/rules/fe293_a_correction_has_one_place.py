"""FE293: a correction is about one delivered line or cell, which nobody else corrects."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import correction_named

SELECT = """
SELECT correction.correction_id, correction.stem, correction.source_unit_code AS unit_code, correction.period,
    correction.place_key, correction.expected_value, correction.delivered_value, correction.valid_until,
    correction.correction_state, correction.delivery_id, delivery.file_name
FROM core.correction
LEFT JOIN register.delivery ON delivery.delivery_id = correction.delivery_id
WHERE correction.correction_state IN ('not_found', 'ambiguous')
ORDER BY correction.correction_id
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: nobody can say which number is meant."""
    wrong = ("plassen finnes ikke i leveransen som gjelder" if row["correction_state"] == "not_found"
             else "nøkkelen passer på flere linjer, eller flere rettelser treffer samme linje")
    return found_in(
        "FE293", row,
        f"{correction_named(row)}: {wrong}. Rettelsen er ikke brukt. Skriv place_key slik at den peker på én linje eller "
        "celle, eller ta rettelsen bort.", cell=f"rettelse {row['correction_id']}", found=row["correction_state"])


RULE = Rule("FE293", SELECT, judge)
