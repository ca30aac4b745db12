"""What a municipality has reported, as tables: years and tertials apart, one row for an indicator without breakdowns."""

import pytest

from dashboards.pages.frame import Frame
from dashboards.pages.report_tables import is_reported, report_tables

ROWS = (
    ("B1-07", "2012", "2018", "age=13_17", 136, "ok", "constructed"),
    ("B1-07", "2012", "2018", "age=1_5", 118, "ok", "constructed"),
    ("C2-01", "2012", "2017", "", 5, "ok", "constructed"),
    ("C2-01", "2012", "2018", "", None, "suppressed", None),
    ("C5-02", "2012", "2018-T3", "", 0.5, "ok", "constructed"),
    ("C6-01", "2012", "2018", "", 22, "ok", "published"),
    ("C2-01", "0729", "2018", "", 9, "ok", "published"),
)


@pytest.fixture(scope="module")
def tables(make_release):
    return report_tables(Frame(make_release(ROWS)), "2012")


def test_each_delmaal_has_its_tables_years_before_tertials(tables):
    assert [(one.href, [table.columns for table in one.tables]) for one in tables] == [
        ("delmaal-b.html", [("2018",)]), ("delmaal-c.html", [("2017", "2018"), ("2018-T3",)])]


def test_an_indicator_without_breakdowns_is_one_row_with_its_name_and_unit(tables):
    group = tables[1].tables[0].groups[0]
    assert (group.label, [row.label for row in group.rows]) == (None, ["Rekrutterte ordinære fosterhjem (fosterhjem)"])
    assert [cell.text for cell in group.rows[0].cells] == ["5", ":"]


def test_breakdowns_stand_under_the_indicators_name_the_young_before_the_old(tables):
    group = tables[0].tables[0].groups[0]
    assert group.label == "Meldinger etter alder (meldinger)"
    assert [row.label for row in group.rows] == ["1–5 år", "13–17 år"]


def test_what_others_count_is_not_among_what_the_municipality_reports(tables):
    named = [row.label for one in tables for table in one.tables for group in table.groups for row in group.rows]
    assert not any("institusjonstiltak" in name for name in named)
    assert is_reported({"sources_nb": "tertialrapporter; befolkning"})
    assert not is_reported({"sources_nb": "KOSTRA nøkkeltall"})


def test_another_municipality_has_its_own_numbers(make_release):
    (only,) = report_tables(Frame(make_release(ROWS)), "0729")
    assert [cell.text for cell in only.tables[0].groups[0].rows[0].cells] == ["9"]
