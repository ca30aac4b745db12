"""Which key figure takes part in which indicator, held up against the indicators' own SQL."""

import re
from pathlib import Path

from warehouse.reference_data import reference_rows

INDICATORS = Path(__file__).resolve().parents[2] / "assets" / "indicators"
NAMED = re.compile(r"key_figure_code\s*(?:=|IN)\s*(\([^)]*\)|'[^']*')")
CATEGORIES = "INNER JOIN reference.measure_category"


def what_the_value_is_made_of(text):
    """The SQL without the branches that give counts for disclosure control only: they are no part of the number."""
    return "\n".join(branch for branch in re.split(r"\bUNION ALL\b", text)
                     if "'count_" not in branch or "'numerator'" in branch or "'denominator'" in branch)


def pairs_in_the_sql():
    """(key figure, indicator) for every code an indicator's SQL names or takes through the measure categories."""
    pairs = set()
    for path in INDICATORS.glob("*.sql"):
        indicator_id, text = path.stem.upper().replace("_", "-"), path.read_text(encoding="utf-8")
        codes = {code for named in NAMED.findall(what_the_value_is_made_of(text))
                 for code in re.findall(r"'([^']*)'", named)}
        if CATEGORIES in text:
            codes |= {row["key_figure_code"] for row in reference_rows("measure_category")}
        pairs |= {(code, indicator_id) for code in codes}
    return pairs


def test_the_table_says_what_the_sql_reads():
    assert {(row["key_figure_code"], row["indicator_id"]) for row in reference_rows("figure_indicator")} == pairs_in_the_sql()


def test_every_series_break_is_of_a_key_figure_and_a_unit_there_is_and_says_why():
    figures = {row["key_figure_code"] for row in reference_rows("key_figure")}
    units = {row["unit_code"] for row in reference_rows("unit")}
    for row in reference_rows("series_break"):
        assert row["key_figure_code"] in figures and row["unit_code"] in units and row["reason_nb"].endswith(".")
