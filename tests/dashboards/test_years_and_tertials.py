"""Years and tertials on a delmål page: each kind with a figure and a table of its own, and none mixed."""

import pytest

from dashboards.figures.block import draws_as_bars
from dashboards.labels import period_kind_label
from dashboards.measures import measure_of
from dashboards.pages.frame import Frame
from dashboards.pages.indicator_section import indicator_section
from dashboards.pages.municipality import municipality_context
from dashboards.published import by_kind
from warehouse.reference_data import reference_rows

CO_PAYMENTS = tuple(
    ("F1-03", unit, period, "", value, "ok", "published") for unit, period, value in (
        ("2012", "2017", 12047), ("2012", "2018", 6110), ("2012", "2018-T1", 3437), ("2012", "2018-T2", 1460),
        ("R-SOR", "2018", 29040)))
BUDGET = tuple(("G1-10", "R-SOR", "2017", breakdown, value, "ok", "published") for breakdown, value in (
    ("", -27200), ("post=0855.01", -16300), ("post=3855.60", -900)))
SHARE = (("D1-02", "2012", "2018", "", 0.1, "ok", "published"), ("D1-02", "2012", "2018-T1", "", 0.2, "ok", "published"))


def section(make_release, rows, indicator_id):
    return indicator_section(Frame(make_release(rows)), indicator_id)


@pytest.mark.parametrize(("periods", "kinds"), [
    (["2017", "2018"], [["2017", "2018"]]), (["2018-T1", "2018-T2"], [["2018-T1", "2018-T2"]]),
    (["2018", "2018-T1", "2019", "2019-T1"], [["2018", "2019"], ["2018-T1", "2019-T1"]]), ([], []),
])
def test_periods_are_parted_by_kind_with_the_years_first(periods, kinds):
    assert by_kind(periods) == kinds


def test_years_and_tertials_have_a_view_each_with_its_own_columns(make_release):
    years, tertials = section(make_release, CO_PAYMENTS, "F1-03").views
    assert (years.title, years.table.columns) == ("Hele året", ("2017", "2018"))
    assert (tertials.title, tertials.table.columns) == ("Per tertial", ("2018-T1", "2018-T2"))
    assert years.table.table_id != tertials.table.table_id
    assert years.figure.panels[0].panel_id != tertials.figure.panels[0].panel_id
    assert tertials.table.caption == "Egenandeler til Bufetat, per tertial"


def test_a_unit_stands_only_where_it_has_numbers_of_that_kind(make_release):
    years, tertials = section(make_release, CO_PAYMENTS, "F1-03").views
    labels = [[row.label for group in view.table.groups for row in group.rows] for view in (years, tertials)]
    assert labels == [["Alta", "Bufetat region sør"], ["Alta"]]


def test_one_kind_alone_needs_no_title(make_release):
    (only,) = section(make_release, CO_PAYMENTS[:2], "F1-03").views
    assert (only.title, only.table.caption, only.figure.panels[0].panel_id) == (
        "", "Egenandeler til Bufetat", "figur-f1-03")


def test_budget_posts_stand_under_gross_with_the_incomes_apart(make_release):
    (view,) = section(make_release, BUDGET, "G1-10").views
    assert [group.label for group in view.table.groups] == [
        "Brutto, kapittel 0855", "Post 0855.01 Drift av egne tiltak", "Post 3855.60 Egenandeler fra kommunene"]
    assert view.is_stacked and not view.is_wide


def test_a_table_of_many_tertials_takes_the_whole_page(make_release):
    rows = tuple(("F1-03", "2012", f"{year}-T{number}", "", 1000, "ok", "published")
                 for year in (2015, 2016, 2017) for number in (1, 2, 3))
    (view,) = section(make_release, rows, "F1-03").views
    assert view.is_wide


@pytest.mark.parametrize(("count", "as_bars"), [(3, True), (6, True), (7, False), (10, False)])
def test_a_change_over_many_periods_is_drawn_as_lines(count, as_bars):
    change = next(row for row in reference_rows("indicator") if row["indicator_id"] == "G1-08")
    assert draws_as_bars(measure_of(change), ["x"] * count) is as_bars


@pytest.mark.parametrize(("period", "label"), [("2018", "Hele året"), ("2018-T3", "Per tertial")])
def test_the_kinds_are_said_in_words(period, label):
    assert period_kind_label(period) == label


def test_a_municipalitys_card_shows_the_years_where_there_are_both(make_release):
    context = municipality_context(Frame(make_release(SHARE)), "2012")
    (card,) = [one for one in context["children_cards"] if one.card_id == "d1-02"]
    assert card.table.columns == ("2018",)
