"""VR63: every tertial report that was to be delivered by now is here, from each municipality of the trial.

Which tertials are asked for is data (`reporting_period.csv`): the evaluation does not cover April to August 2016.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text

# A unit is asked in the years it has a municipality code: Røyken not after it became Asker. A guest's report is not the
# host's.
SELECT = """
SELECT DISTINCT unit.unit_code, unit.unit_name, reporting_period.period, reporting_period.period_from,
    reporting_period.period_to, reporting_period.deadline, EXISTS (
        SELECT 1 FROM core.delivery_in_force
        INNER JOIN reference.municipality_code AS sender
            ON sender.source_municipality_code = delivery_in_force.source_unit_code AND sender.unit_code = unit.unit_code
            AND CAST(substring(reporting_period.period, 1, 4) AS INTEGER)
                BETWEEN sender.valid_from_year AND sender.valid_to_year
        WHERE delivery_in_force.stem = 'tertial_reports' AND delivery_in_force.period = reporting_period.period
        AND NOT EXISTS (
            SELECT 1 FROM reference.service_host
            WHERE guest_municipality_code = delivery_in_force.source_unit_code
            AND CAST(substring(reporting_period.period, 1, 4) AS INTEGER)
                BETWEEN service_host.valid_from_year AND service_host.valid_to_year
        )
    ) AS is_here
FROM reference.reporting_period
CROSS JOIN register.clock
CROSS JOIN reference.unit
INNER JOIN reference.municipality_code
    ON municipality_code.unit_code = unit.unit_code
    AND CAST(substring(reporting_period.period, 1, 4) AS INTEGER)
        BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
WHERE unit.unit_type = 'municipality' AND reporting_period.deadline < CAST(clock.as_of AS DATE)
ORDER BY unit.unit_code, reporting_period.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when the deadline is over and no report of the unit and tertial is in force."""
    if row["is_here"]:
        return None
    return found_in(
        "VR63", row,
        f"{row['unit_name']}: tertialrapporten for {period_text(row['period'])} ({row['period_from']:%d.%m.%Y} til "
        f"{row['period_to']:%d.%m.%Y}) er ikke levert. Fristen var {row['deadline']:%d.%m.%Y}. Hent malen for tertialet, fyll "
        "den ut og lever den.",
        source="tertial_reports", cell="tertialrapporten", expected=f"levert innen {row['deadline']:%d.%m.%Y}")


RULE = Rule("VR63", SELECT, judge)
