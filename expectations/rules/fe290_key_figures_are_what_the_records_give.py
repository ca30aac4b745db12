"""FE290: a KOSTRA key figure is what the individual records (form 15F) of the same municipality and year give.

KOSTRA is made of these records, so the two are one number counted twice. Where it is not known which of two ways of
counting KOSTRA uses, the figure may be either or lie between: reports taken into an investigation already open, and
foster homes with or without emergency homes. A share is compared as it is printed, in whole percents.
"""

from functools import cache

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

HALF_A_PERCENT = 0.005

SELECT = """
WITH recounted AS (
    SELECT
        figure.key_figure_code, counted.unit_code, counted.year, counted.delivery_id,
        CASE WHEN figure.denominator_count_code IS NULL THEN counted.value
            WHEN whole.value > 0 THEN counted.value / whole.value END AS value
    FROM reference.child_record_figure AS figure
    INNER JOIN core.child_record_count AS counted
        ON counted.count_code = figure.count_code
        AND counted.count_category_code IS NOT DISTINCT FROM figure.count_category_code
    LEFT JOIN core.child_record_count AS whole
        ON whole.count_code = figure.denominator_count_code
        AND whole.unit_code = counted.unit_code AND whole.year = counted.year AND whole.count_category_code IS NULL
)
SELECT
    key_figure.unit_code, unit.unit_name, CAST(key_figure.year AS VARCHAR) AS period, key_figure.key_figure_code,
    key_figure.value, kind.kind, key_figure.delivery_id, key_figure.cell_number, delivery.file_name,
    records.file_name AS records_file, min(recounted.value) AS low, max(recounted.value) AS high
FROM core.key_figure
INNER JOIN recounted
    ON recounted.key_figure_code = key_figure.key_figure_code
    AND recounted.unit_code = key_figure.unit_code AND recounted.year = key_figure.year
INNER JOIN reference.key_figure AS kind ON kind.key_figure_code = key_figure.key_figure_code
INNER JOIN reference.unit ON unit.unit_code = key_figure.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = key_figure.delivery_id
INNER JOIN register.delivery AS records ON records.delivery_id = recounted.delivery_id
WHERE key_figure.status = 'ok'
GROUP BY ALL
HAVING min(recounted.value) IS NOT NULL
ORDER BY key_figure.unit_code, period, key_figure.key_figure_code
"""


def judge(row: Row) -> Finding | None:
    """A finding when the key figure lies outside what the records give."""
    is_share = row["kind"] == "share"
    slack = HALF_A_PERCENT + 1e-9 if is_share else 0
    if row["low"] - slack <= row["value"] <= row["high"] + slack:
        return None
    found, expected = _text(row["value"], is_share), _text(row["low"], is_share)
    if row["low"] != row["high"]:
        expected = f"{expected} til {_text(row['high'], is_share)}"
    return found_in(
        "FE290", row,
        f"{row['unit_name']}, {row['period']}: {figure_text(row['key_figure_code'])} er {found} i {row['file_name']}, "
        f"value[{row['cell_number']}], men individdataene ({row['records_file']}) gir {expected}. Finn barna eller "
        "sakene som bare er med i den ene kilden, eller skriv hva de to teller ulikt: enslige mindreårige, saker ført "
        "etter at filen ble laget, eller en rettelse som bare er sendt det ene stedet.",
        source="kostra_statistics", cell=f"nøkkeltall {row['key_figure_code']}", found=found, expected=expected,
        indicators=_indicators_of().get(row["key_figure_code"], ()))


def _text(value: float, is_share: bool) -> str:
    return f"{format_number(100 * value, 1)} prosent" if is_share else format_number(value, 0)


@cache
def _indicators_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in reference_rows("figure_indicator"):
        found[row["key_figure_code"]] = (*found.get(row["key_figure_code"], ()), row["indicator_id"])
    return found


RULE = Rule("FE290", SELECT, judge)
