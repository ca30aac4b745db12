"""What the rules on Bufetat's co-payments share: the figures with their place, as a named query. The rules are in `rules/`.
"""

from expectations.rule import Row

CO_PAYMENTS = """
co_payment AS (
    SELECT figure.unit_code, figure.source_unit_code, unit.unit_name, unit.bufetat_region_code, figure.period,
        substring(figure.period, 1, 4) AS year, substring(figure.period, 5) AS part_of_year, figure.measure_type_code,
        figure.value, figure.status, figure.change_since_2015, figure.line_number, figure.delivery_id,
        delivery.file_name, delivery.received_at, 'bufetat' AS stem
    FROM core.bufetat_figure AS figure
    INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
    INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
    WHERE figure.bufetat_figure_code = 'egenandel'
)
"""
"""One row a figure; `part_of_year` is empty for the year and `-T1` for its first tertial. Amounts in thousand NOK."""

ROUNDING_THOUSAND_NOK = 1
"""Bufetat works on kroner and prints thousands: a sum or difference of two printed numbers may be one off."""


def place_of(row: Row, what: str) -> str:
    """The cell of a finding about `what`, with the measure type when the line has one: each line is a finding of its own."""
    return ", ".join(part for part in (what, row["unit_code"], row["measure_type_code"]) if part)


def differs(one: float, other: float) -> bool:
    """Whether two amounts in thousand NOK differ by more than rounding."""
    return round(abs(one - other), 6) > ROUNDING_THOUSAND_NOK
