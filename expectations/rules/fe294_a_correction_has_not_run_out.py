"""FE294: a correction past its last day is no longer used."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import correction_named

SELECT = """
SELECT correction.correction_id, correction.stem, correction.source_unit_code AS unit_code, correction.period,
    correction.place_key, correction.expected_value, correction.delivered_value, correction.valid_until,
    correction.correction_state, correction.delivery_id, delivery.file_name
FROM core.correction
LEFT JOIN register.delivery ON delivery.delivery_id = correction.delivery_id
WHERE correction.correction_state IN ('expired')
ORDER BY correction.correction_id
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the number is again as it was delivered, right or wrong."""
    return found_in(
        "FE294", row,
        f"{correction_named(row)}: gjaldt til {row['valid_until']} og er ikke brukt. Se om kilden er rettet; ta rettelsen "
        "bort, eller skriv en ny.", cell=f"rettelse {row['correction_id']}", expected=str(row["valid_until"]))


RULE = Rule("FE294", SELECT, judge)
