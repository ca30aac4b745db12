"""AN15: an age has about as many inhabitants as its cohort had the year before and has the year after.

Moving in and out changes a cohort of 250 by some 5 to 8 a year, a third to a half on the scale of square roots. A cell
must lie to the same side of both its neighbours in the cohort; with one neighbour only, it must lie further off. One
finding a municipality and year, since a row that is shifted moves many ages.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import likely_slip
from expectations.wording import some
from warehouse.number_format import format_number

BETWEEN_TWO, BESIDE_ONE = 1.0, 2.0
"""On the scale of square roots: of a cohort of 250, some 16 and 33; of one of 50, some 7 and 15."""

# The cohort is followed within a municipality code; over a merger, from all the codes of a unit to the one that took
# over.
SELECT = f"""
WITH cell AS (
    SELECT unit_code, source_municipality_code AS code, year, CAST(age_code AS INTEGER) AS age,
        inhabitants_count AS value,
        delivery_id, cell_number, count(*) OVER (PARTITION BY unit_code, year, age_code) AS code_count,
        sum(inhabitants_count) OVER (PARTITION BY unit_code, year, age_code) AS unit_value
    FROM core.population_cell
    WHERE inhabitants_count >= 0
),
by_unit AS (
    SELECT DISTINCT unit_code, year, age, unit_value, code_count FROM cell
),
compared AS (
    SELECT cell.*, coalesce(before.value, CASE WHEN cell.code_count = 1 THEN unit_before.unit_value END) AS younger,
        coalesce(after.value, CASE WHEN cell.code_count = 1 THEN unit_after.unit_value END) AS older
    FROM cell
    LEFT JOIN cell AS before ON before.code = cell.code AND before.year = cell.year - 1 AND before.age = cell.age - 1
    LEFT JOIN cell AS after ON after.code = cell.code AND after.year = cell.year + 1 AND after.age = cell.age + 1
    LEFT JOIN by_unit AS unit_before
        ON unit_before.unit_code = cell.unit_code AND unit_before.year = cell.year - 1
            AND unit_before.age = cell.age - 1
    LEFT JOIN by_unit AS unit_after
        ON unit_after.unit_code = cell.unit_code AND unit_after.year = cell.year + 1 AND unit_after.age = cell.age + 1
),
scored AS (
    SELECT compared.*, 2 * (sqrt(value) - sqrt(younger)) AS from_younger, 2 * (sqrt(value) - sqrt(older)) AS from_older
    FROM compared
),
unlike AS (
    SELECT * FROM scored
    WHERE younger IS NOT NULL AND older IS NOT NULL AND from_younger * from_older > 0
        AND least(abs(from_younger), abs(from_older)) > {BETWEEN_TWO}
    OR (younger IS NULL) <> (older IS NULL) AND abs(coalesce(from_younger, from_older)) > {BESIDE_ONE}
        AND NOT EXISTS (
            SELECT 1 FROM scored AS neighbour
            WHERE neighbour.code = scored.code AND neighbour.younger IS NOT NULL AND neighbour.older IS NOT NULL
            AND neighbour.from_younger * neighbour.from_older > 0
            AND least(abs(neighbour.from_younger), abs(neighbour.from_older)) > {BETWEEN_TWO}
            AND neighbour.year - neighbour.age = scored.year - scored.age AND abs(neighbour.year - scored.year) = 1
        )
)
SELECT unlike.unit_code, unlike.code, unit.unit_name, CAST(unlike.year AS VARCHAR) AS period, list({{
        'age': age, 'value': value, 'younger': younger, 'older': older, 'cell_number': cell_number}}
        ORDER BY abs(coalesce(from_younger, from_older)) DESC, age) AS cells,
            any_value(unlike.delivery_id) AS delivery_id,
    any_value(delivery.file_name) AS file_name, 'population' AS stem
FROM unlike
INNER JOIN reference.unit ON unit.unit_code = unlike.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = unlike.delivery_id
GROUP BY unlike.unit_code, unlike.code, unit.unit_name, unlike.year
ORDER BY unlike.code, unlike.year
"""


def judge(row: Row) -> Finding:
    """Every row has at least one age that its cohort does not bear out."""
    worst = row["cells"][0]
    near = [worst[name] for name in ("younger", "older") if worst[name] is not None]
    slip = next(filter(None, (likely_slip(worst["value"], other) for other in near)), "")
    rest = [f"{cell['age']} år ({format_number(cell['value'], 0)})" for cell in row["cells"][1:]]
    also = f" Det samme gjelder {some(rest)}." if rest else ""
    return found_in(
        "AN15", row,
        f"Kommune {row['code']}, {row['period']}: fant {format_number(worst['value'], 0)} innbyggere på {worst['age']} "
        "år, "
        f"value[{worst['cell_number']}] i {row['file_name']}. Årskullet var "
        f"{some([format_number(one, 0) for one in near])} i "
        f"årene ved siden av.{also} {f'Mulig grunn: {slip}. ' if slip else ''}Hent tabellen på nytt, og lever den.",
        cell=f"folkemengde, {row['code']}", found=format_number(worst["value"], 0),
        expected=some([format_number(one, 0) for one in near]))


RULE = Rule("AN15", SELECT, judge)
