"""AN09: a full year from Bufetat is the sum of its three tertials, but for rounding of each.

Co-payments of a municipality or a region, for each measure type that is told by itself, and days of stay.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_among, slip_sentence
from expectations.wording import amount_text, period_text

ROUNDING = 2
"""Half a thousand kroner, or half a day, for each of the four numbers."""

SELECT = """
WITH figure AS (
    SELECT figure.*, substring(figure.period, 1, 4) AS year, delivery.file_name
    FROM core.bufetat_figure AS figure
    INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
    WHERE figure.bufetat_figure_code IN ('egenandel', 'oppholdsdager') AND figure.value IS NOT NULL
),
tertials AS (
    SELECT source_unit_code, year, bufetat_figure_code, measure_type_code, list({
        'period': period, 'value': value, 'line': line_number} ORDER BY period) AS tertials
    FROM figure
    WHERE period <> year
    GROUP BY source_unit_code, year, bufetat_figure_code, measure_type_code
    HAVING count(*) = 3 AND count(DISTINCT period) = 3
)
SELECT figure.*, unit.unit_name, tertials.tertials, 'bufetat' AS stem
FROM figure
INNER JOIN tertials
    ON tertials.source_unit_code = figure.source_unit_code AND tertials.year = figure.period
    AND tertials.bufetat_figure_code = figure.bufetat_figure_code
    AND tertials.measure_type_code IS NOT DISTINCT FROM figure.measure_type_code
INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
ORDER BY figure.delivery_id, figure.line_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the year is not its tertials, with the one number a slip of the hand would explain."""
    whole, parts = row["value"], [tertial["value"] for tertial in row["tertials"]]
    summed = sum(parts)
    if abs(whole - summed) <= ROUNDING:
        return None
    told = ", ".join(f"{amount_text(one['value'])} (linje {one['line']})" for one in row["tertials"])
    what = "egenandelene i tusen kroner" if row["bufetat_figure_code"] == "egenandel" else "oppholdsdagene"
    return found_in(
        "AN09", row,
        f"{row['file_name']}, linje {row['line_number']}: {row['unit_name']}, {row['year']}. For hele året er {what} "
        f"{amount_text(whole)}; tertialene er {told}, til sammen {amount_text(summed)}. Forskjellen er "
        f"{amount_text(whole - summed)}. {_reason(row, parts, whole)}Rett det tallet som er feil, og lever filen på "
        "nytt.",
        cell=", ".join(filter(None, [row["bufetat_figure_code"], row["source_unit_code"], row["measure_type_code"]])),
        line_numbers=(row["line_number"], *(one["line"] for one in row["tertials"])), found=amount_text(whole),
        expected=amount_text(summed))


def _reason(row: Row, parts: list[float], whole: float) -> str:
    in_the_year = slip_sentence(whole, sum(parts))
    slip = slip_among(parts, whole)
    if not slip or in_the_year:
        return in_the_year
    index, value, words = slip
    return (f"Mulig grunn: {words}. Med {amount_text(value)} i {period_text(row['tertials'][index]['period'])} stemmer "
            "summen. ")


RULE = Rule("AN09", SELECT, judge)
