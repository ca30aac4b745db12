"""Which tertial reports have come, which are missing, and how much of each is filled in: what a release tells of it.

Nothing here is a count of children, staff or cases: fields are those of the form, and that one is not reported is told
beside its number anyway.
"""

from typing import Any

from warehouse.database import Connection, records

# A unit is asked in the years it has a municipality code. Before 2018 Nøtterøy reports for Færder; a guest's report is not
# its host's.
_REPORTS = """
WITH asked AS (
    SELECT DISTINCT unit.unit_code, period, deadline, period_to
    FROM reference.reporting_period
    CROSS JOIN reference.unit
    INNER JOIN reference.municipality_code AS code
        ON code.unit_code = unit.unit_code
        AND CAST(substring(period, 1, 4) AS INTEGER) BETWEEN code.valid_from_year AND code.valid_to_year
    WHERE unit_type = 'municipality'
),
filled AS (
    SELECT unit_code, period, any_value(delivery_id) AS delivery_id, count(*) AS field_count,
        count(*) FILTER (WHERE status <> 'not_reported') AS told_count
    FROM core.form_value WHERE stem = 'tertial_reports' GROUP BY unit_code, period
)
SELECT asked.unit_code, asked.period, strftime(deadline, '%Y-%m-%d') AS deadline,
    CASE WHEN filled.delivery_id IS NOT NULL THEN 'delivered'
         WHEN deadline < CAST(as_of AS DATE) THEN 'missing'
         WHEN period_to < CAST(as_of AS DATE) THEN 'awaited' ELSE 'not_over' END AS report_state,
    strftime(received_at, '%Y-%m-%d') AS received_on, force.version, field_count, told_count
FROM asked
CROSS JOIN register.clock
LEFT JOIN filled ON filled.unit_code = asked.unit_code AND filled.period = asked.period
LEFT JOIN register.delivery ON delivery.delivery_id = filled.delivery_id
LEFT JOIN core.delivery_in_force AS force
    ON force.delivery_id = filled.delivery_id AND force.stem = 'tertial_reports' AND force.period = asked.period
ORDER BY asked.unit_code, asked.period
"""


def public_reports(connection: Connection) -> list[dict[str, Any]]:
    """One dict per municipality and tertial of the trial.

    Keys: unit_code, period, deadline, report_state (`delivered`, `missing`, `awaited`: over but in time, `not_over`),
    received_on, version, field_count, told_count; the last four are None without a report.
    """
    return records(connection, _REPORTS)
