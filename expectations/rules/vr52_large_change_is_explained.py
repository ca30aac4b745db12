"""VR52: a count that changes by more than 30 per cent from the year before needs a comment before it is published.

Only where both years are at least 10 and the interval of the change leaves out no change at all: small counts swing by
chance, and nobody is to be asked to explain chance. A series break is another rule's.
"""

from expectations.chance import ratio_interval
from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, place_text
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number, format_percent

LARGEST_CHANGE = 0.30
FEWEST = 10

# The place of a key figure is its code: its index in the data set shifts when the set has one more year.
# Key figures with two digits are counts by themselves; those with a letter are parts of a share that has its own.
SELECT = f"""
WITH {PLACED},
told AS (
    SELECT 'kostra_statistics' AS stem, key_figure.unit_code, key_figure.year, key_figure.key_figure_code AS field_id,
        CAST(NULL AS VARCHAR) AS label, key_figure.value, key_figure.delivery_id,
        CAST(NULL AS VARCHAR) AS sheet, 'nøkkeltall ' || key_figure.key_figure_code AS cell, key_figure.cell_number,
        delivery.file_name, (
            SELECT string_agg(indicator_id, ' ' ORDER BY indicator_id) FROM reference.figure_indicator
            WHERE figure_indicator.key_figure_code = key_figure.key_figure_code
        ) AS indicator_ids
    FROM core.key_figure
    INNER JOIN reference.key_figure AS kind
        ON kind.key_figure_code = key_figure.key_figure_code AND kind.kind = 'count' AND length(kind.key_figure_code) = 2
    INNER JOIN reference.unit ON unit.unit_code = key_figure.unit_code AND unit.unit_type = 'municipality'
    INNER JOIN register.delivery ON delivery.delivery_id = key_figure.delivery_id
    WHERE key_figure.status = 'ok'
    UNION ALL
    SELECT stem, unit_code, CAST(period AS INTEGER), field_id, label, value, delivery_id, sheet, cell, cell_number, file_name,
        NULL
    FROM placed
    WHERE stem = 'data_requests' AND field_kind = 'count' AND status = 'ok'
)
SELECT later.*, unit.unit_name, CAST(later.year AS VARCHAR) AS period, earlier.value AS value_before
FROM told AS later
INNER JOIN reference.unit ON unit.unit_code = later.unit_code
INNER JOIN told AS earlier
    ON earlier.stem = later.stem AND earlier.unit_code = later.unit_code AND earlier.field_id = later.field_id
    AND earlier.year = later.year - 1
WHERE NOT EXISTS (
    SELECT 1 FROM reference.series_break
    WHERE later.stem = 'kostra_statistics' AND series_break.unit_code = later.unit_code
    AND series_break.key_figure_code = later.field_id AND series_break.period = CAST(later.year AS VARCHAR)
)
AND least(earlier.value, later.value) >= {FEWEST}
AND abs(later.value - earlier.value) > CAST({LARGEST_CHANGE} AS DOUBLE) * earlier.value
ORDER BY later.unit_code, later.stem, later.field_id, later.year
"""


def judge(row: Row) -> Finding | None:
    """A finding when the change is large, both counts are large enough, and chance does not explain it.

    The SELECT asks for the first two; whether chance explains the change is no question for SQL.
    """
    before, after = row["value_before"], row["value"]
    if min(before, after) < FEWEST or abs(after - before) <= LARGEST_CHANGE * before:
        return None
    low, high = ratio_interval(before, after)
    if low <= 1 <= high:
        return None
    touched = tuple(row["indicator_ids"].split()) if row["indicator_ids"] else indicators_of(row["stem"], [row["field_id"]])
    found, earlier, change = format_number(after, 0), format_number(before, 0), format_percent(abs(after / before - 1), 0)
    return found_in(
        "VR52", row,
        f"{row['unit_name']}, {row['period']}: fant {found} i {_where(row)}; året før var det {earlier}. Det er {change} "
        f"{'flere' if after > before else 'færre'}, mer enn den tilfeldige variasjonen (95 prosent intervall for endringen: "
        f"{_percent(low)} til {_percent(high)}). Kontroller tallet, og skriv hva som ligger bak endringen.",
        found=found, expected=f"{earlier} ± {format_percent(LARGEST_CHANGE, 0)}", indicators=touched)


def _where(row: Row) -> str:
    if row["stem"] == "kostra_statistics":
        return f"{figure_text(row['field_id'])}, value[{row['cell_number']}] i {row['file_name']}"
    return f"{place_text(row)} ({label_text(row)})"


def _percent(ratio: float) -> str:
    return format_number((ratio - 1) * 100, 0, signed=True) + "\u00a0%"


RULE = Rule("VR52", SELECT, judge)
