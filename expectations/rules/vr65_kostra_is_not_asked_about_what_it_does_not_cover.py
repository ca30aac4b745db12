"""VR65: KOSTRA tells nothing of prevention without a decision, and nothing of a year before its figures are published.

What KOSTRA is not an answer to is a list (`source_scope.csv`). An indicator that answers such a problemstilling with a key
figure, and a key figure of a year that cannot be out yet, are claims from the wrong source.
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

PUBLISHED_MONTH, PUBLISHED_DAY = 3, 15
"""The first, unguaranteed figures of a year come on 15 March the year after."""

SELECT = f"""
SELECT 'year' AS what, figure.unit_code, unit.unit_name, CAST(figure.year AS VARCHAR) AS period,
    make_date(figure.year + 1, {PUBLISHED_MONTH}, {PUBLISHED_DAY}) AS published_on,
    count(DISTINCT figure.key_figure_code) AS figures_count,
    min(figure.key_figure_code) AS key_figure_code, min(figure.cell_number) AS cell_number,
    max(figure.delivery_id) AS delivery_id, max(delivery.file_name) AS file_name, NULL AS indicator_id, NULL AS problemstilling_no, NULL AS reason_nb,
    string_agg(DISTINCT touched.indicator_id, ' ' ORDER BY touched.indicator_id) AS indicator_ids
FROM core.key_figure AS figure
CROSS JOIN register.clock
INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
LEFT JOIN reference.figure_indicator AS touched ON touched.key_figure_code = figure.key_figure_code
WHERE figure.status = 'ok'
AND make_date(figure.year + 1, {PUBLISHED_MONTH}, {PUBLISHED_DAY}) > CAST(clock.as_of AS DATE)
GROUP BY figure.unit_code, unit.unit_name, figure.year
UNION ALL
SELECT 'scope', NULL, NULL, NULL, NULL, NULL, min(touched.key_figure_code), NULL, NULL, NULL, indicator.indicator_id,
    indicator.problemstilling_no, scope.reason_nb, indicator.indicator_id
FROM reference.indicator
INNER JOIN reference.source_scope AS scope
    ON scope.stem = 'kostra_statistics' AND scope.problemstilling_no = indicator.problemstilling_no
INNER JOIN reference.figure_indicator AS touched ON touched.indicator_id = indicator.indicator_id
GROUP BY indicator.indicator_id, indicator.problemstilling_no, scope.reason_nb
ORDER BY 1, 2, 4, 11
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: a key figure that cannot be out yet, or one used for what KOSTRA does not cover."""
    touched = tuple((row["indicator_ids"] or "").split())
    if row["what"] == "scope":
        return found_in(
            "VR65", row,
            f"Fant {figure_text(row['key_figure_code'])} i {row['indicator_id']}, som svarer på problemstilling "
            f"{row['problemstilling_no']}. {row['reason_nb']} Bruk en annen kilde, eller ta bort indikatoren.",
            source="kostra_statistics", cell=row["indicator_id"], found="KOSTRA", expected="en annen kilde", indicators=touched)
    count = format_number(row["figures_count"], 0)
    return found_in(
        "VR65", row,
        f"{row['unit_name']}: fant {count} nøkkeltall for {row['period']} i {row['file_name']}, det første i "
        f"value[{row['cell_number']}]. KOSTRA gir ut tallene for {row['period']} tidligst {row['published_on']:%d.%m.%Y}, så "
        "tallene kan ikke være derfra. Kontroller året i filen, og oppgi den kilden tallene har.",
        source="kostra_statistics", cell=f"nøkkeltall for {row['period']}", found=row["period"],
        expected=f"tidligst {row['published_on']:%d.%m.%Y}", indicators=touched)


RULE = Rule("VR65", SELECT, judge)
