"""Finds the number behind a name in an expression: an indicator's value, or one of a few named queries on core.

Which names exist is said here and nowhere else. Arithmetic over the numbers is not done here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assets.methods.expression import Token
from warehouse.database import Connection, records

_INDICATOR = re.compile(r"[A-G]\d-\d{2}")

# Each query gives argument, unit_code, period, amount, delivery_id, place_number, one row a delivered number.
# An empty unit or period means that the number is the same for all of them. Money is in mill NOK, rates in NOK.
NAMED_QUERIES: Mapping[str, str] = {
    "key_figure": """
        SELECT key_figure_code AS argument, unit_code, CAST(year AS VARCHAR) AS period, value AS amount, delivery_id,
            cell_number AS place_number
        FROM core.key_figure WHERE status = 'ok'""",
    "population": """
        SELECT '0-17' AS argument, unit_code, CAST(year AS VARCHAR) AS period, inhabitants_count AS amount,
            delivery_id, cell_number AS place_number
        FROM core.inhabitant""",
    "rate": """
        SELECT measure_code AS argument, '' AS unit_code, CAST(year AS VARCHAR) AS period,
            CAST(rate_nok_per_month AS DOUBLE) AS amount, delivery_id, line_number AS place_number
        FROM core.co_payment_rate""",
    "grant": """
        SELECT 'one_off' AS argument, unit_code, '' AS period, amount_thousand_nok / 1000 AS amount, delivery_id,
            line_number AS place_number
        FROM core.grant_line WHERE is_one_off""",
    "own_institution": """
        SELECT 'gross' AS argument, line.unit_code, CAST(line.accounting_year AS VARCHAR) AS period,
            CAST(line.amount_nok AS DOUBLE) / 1000000 AS amount, line.delivery_id, line.line_number AS place_number
        FROM core.ledger_line AS line
        INNER JOIN reference.own_institution USING (source_municipality_code, responsibility_code)
        WHERE line.species_code < '600'""",
    "bufetat": """
        SELECT concat_ws('/', bufetat_figure_code, measure_type_code) AS argument, unit_code, period, value AS amount,
            delivery_id, line_number AS place_number
        FROM core.bufetat_figure WHERE bufetat_figure_code IN ('inntektskrav', 'kjøp', 'oppholdsdager')
        UNION ALL
        SELECT 'oppholdsdager/' || measure_type_code, unit_code, substring(period, 1, 4), value, delivery_id, line_number
        FROM core.bufetat_figure WHERE bufetat_figure_code = 'oppholdsdager'
        WINDOW one_year AS (PARTITION BY measure_type_code, unit_code, substring(period, 1, 4))
        QUALIFY count(DISTINCT CASE WHEN length(period) > 4 AND status = 'ok' THEN period END) OVER one_year = 3
            AND count(CASE WHEN length(period) = 4 THEN 1 END) OVER one_year = 0""",
    "survey": """
        SELECT concat_ws('/', survey_code, question_id, answer_code) || part.suffix AS argument, unit_code,
            CAST(year AS VARCHAR) AS period,
            CASE part.suffix WHEN '' THEN answer_count ELSE respondents_count END AS amount, delivery_id,
            line_number AS place_number
        FROM core.survey_answer CROSS JOIN (VALUES (''), ('/n')) AS part (suffix)""",
    "supervision": """
        SELECT matter_code AS argument, unit_code, CAST(year AS VARCHAR) AS period, matter_count AS amount, delivery_id,
            line_number AS place_number
        FROM core.supervision_matter""",
    "invoice_months": """
        SELECT measure_type_code AS argument, unit_code, CAST(service_year AS VARCHAR) AS period,
            months_count AS amount, delivery_id, line_number AS place_number
        FROM core.supplier_invoice_line""",
    "invoice_days": """
        SELECT measure_type_code AS argument, unit_code, CAST(service_year AS VARCHAR) AS period,
            days_count AS amount, delivery_id, line_number AS place_number
        FROM core.supplier_invoice_line WHERE days_count IS NOT NULL""",
    "invoice_suppliers": """
        SELECT measure_type_code AS argument, unit_code, CAST(service_year AS VARCHAR) AS period, 1 AS amount,
            min(delivery_id) AS delivery_id, min(line_number) AS place_number
        FROM core.supplier_invoice_line WHERE supplier_org_number IS NOT NULL
        GROUP BY measure_type_code, unit_code, service_year, supplier_org_number""",
    "invoice_price_part": """
        SELECT measure_type_code AS argument, unit_code, CAST(service_year AS VARCHAR) AS period,
            CAST(amount_nok - co_payment_nok AS DOUBLE) / 1000000 AS amount, delivery_id,
            line_number AS place_number
        FROM core.supplier_invoice_line WHERE co_payment_nok IS NOT NULL""",
    "form": """
        SELECT stem || ':' || field_id AS argument, unit_code, period, value AS amount, delivery_id,
            cell_number AS place_number
        FROM core.form_value WHERE status = 'ok'
        UNION ALL
        SELECT argument, unit_code, report_year, value, delivery_id, cell_number
        FROM (
            SELECT stem || ':' || field_id AS argument, unit_code, substring(period, 1, 4) AS report_year, value,
                delivery_id, cell_number,
                count(*) OVER (PARTITION BY unit_code, field_id, substring(period, 1, 4)) AS here_count
            FROM core.form_value
            WHERE stem = 'tertial_reports' AND status = 'ok'
            AND period IN (SELECT period FROM reference.reporting_period)
        )
        INNER JOIN (
            SELECT substring(period, 1, 4) AS reporting_year, count(*) AS due_count
            FROM reference.reporting_period GROUP BY substring(period, 1, 4) HAVING max(period) LIKE '%-T3'
        ) ON reporting_year = report_year AND due_count = here_count""",
    "reports": """
        SELECT stem AS argument, unit_code, '' AS period, 1 AS amount, delivery_id, min(cell_number) AS place_number
        FROM core.form_value GROUP BY stem, unit_code, period, delivery_id""",
    "informants": """
        SELECT informant_group AS argument, unit_code, CAST(interview_year AS VARCHAR) AS period, 1 AS amount,
            delivery_id, cell_number AS place_number
        FROM core.interview_document WHERE unit_code IS NOT NULL
        UNION ALL
        SELECT informant_group, 'FORSOK', CAST(interview_year AS VARCHAR), 1, delivery_id, cell_number
        FROM core.interview_document""",
}

# Names whose number is one delivered value, neither added nor divided by anything of ours.
_PASSED_THROUGH_QUERIES = frozenset({"key_figure", "rate", "grant", "bufetat", "survey", "supervision", "form"})
_PASSED_THROUGH = frozenset({
    "A1-01", "A1-07", "A1-08", "B1-03", "B1-05", "B1-08", "B3-04", "B3-05", "B3-07", "C1-02", "C2-01", "C2-02", "C2-04",
    "C2-05", "C2-06", "C2-07", "C3-02", "C4-02", "C5-01", "C5-04", "C6-01", "C7-05", "D1-01", "E1-02", "E2-08", "E3-04",
    "F1-02", "F1-03", "F1-06", "G1-03"})
_PASSED_THROUGH_BY_BREAKDOWN = frozenset({"A3-01", "F1-01", "G1-10"})
_PASSED_THROUGH_FOR_GROUPS = frozenset({"B1-04", "B3-01", "B3-03", "E2-02", "E2-03"})


@dataclass(frozen=True)
class DeliveredNumber:
    """A number and the loosest basis among the delivered parts behind it."""

    value: float
    basis: str


def is_passed_through(token: Token) -> bool:
    """Whether the token's number is one delivered value as it was delivered."""
    if is_indicator(token):
        return (token.name in _PASSED_THROUGH
                or (bool(token.breakdown) and token.name in _PASSED_THROUGH_BY_BREAKDOWN)
                or (token.unit_code.startswith("EKG") and token.name in _PASSED_THROUGH_FOR_GROUPS))
    query, _, argument = token.name.partition(":")
    # The year of a tertial report is a sum of its tertials.
    is_year_of_tertials = argument.startswith("tertial_reports:") and "-" not in token.period
    return query in _PASSED_THROUGH_QUERIES and not is_year_of_tertials


def is_indicator(token: Token) -> bool:
    """Whether the token names an indicator and not a query."""
    return bool(_INDICATOR.fullmatch(token.name))


class DeliveredNumbers:
    """Every number that an expression may name, in one open warehouse; each query runs once, when first needed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables: dict[str, dict[tuple[str, str, str], DeliveredNumber]] = {}

    def find(self, token: Token) -> DeliveredNumber | None:
        """The number, or None where nothing was delivered or the value is missing. Raises KeyError for an unknown
        query."""
        if is_indicator(token):
            indicators = self._table("indicator")
            return indicators.get((f"{token.name}|{token.breakdown}", token.unit_code, token.period))
        query, _, argument = token.name.partition(":")
        found = self._table(query)
        places = ((token.unit_code, token.period), ("", token.period), (token.unit_code, ""))
        return next((found[argument, *place] for place in places if (argument, *place) in found), None)

    def _table(self, query: str) -> dict[tuple[str, str, str], DeliveredNumber]:
        if query not in self._tables:
            sql = _INDICATORS if query == "indicator" else _summed(NAMED_QUERIES[query])
            self._tables[query] = {
                (row["argument"], row["unit_code"], row["period"]): _number(row)
                for row in records(self._connection, sql) if row["value"] is not None
            }
        return self._tables[query]


_INDICATORS = """
    SELECT indicator_id || '|' || breakdown AS argument, unit_code, period, value, basis
    FROM marts.indicator_value WHERE status = 'ok'"""


def _summed(query: str) -> str:
    """The query's numbers added up by name, unit and period, with the loosest basis of their places."""
    return f"""
        SELECT argument, unit_code, period, round(sum(amount), 9) AS value,
            CASE max(CASE provenance.basis
                WHEN 'constructed' THEN 3 WHEN 'constrained' THEN 2 WHEN 'published' THEN 1 ELSE 0 END)
                WHEN 3 THEN 'constructed' WHEN 2 THEN 'constrained' WHEN 1 THEN 'published' ELSE 'delivered'
            END AS basis
        FROM ({query}) AS delivered
        LEFT JOIN register.provenance
            ON provenance.delivery_id = delivered.delivery_id
            AND delivered.place_number BETWEEN provenance.place_from AND provenance.place_to
        GROUP BY argument, unit_code, period"""


def _number(row: Mapping[str, Any]) -> DeliveredNumber:
    return DeliveredNumber(row["value"], row["basis"])
