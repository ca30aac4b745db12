"""What is counted of form 15F, drawn as individuals with the counts worked out by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.child_records.individual import months_after
from warehouse.reference_data import reference_rows

PLACED_AND_MORE = """
    child 2010-05
    measure 2017-03-01 2018-01-01 2.1
    measure 2018-01-15 - 2.5
    measure 2018-02-01 - 4.1
    measure 2018-02-01 - 4.1
    child 2011-05
    measure 2018-12-31 - 3.10
    child 2012-05
    measure 2017-03-01 2017-12-31 1.1
    child 2013-05
    measure 2019-01-01 - 1.1
    child 2001-05
    measure 2018-05-01 2018-09-01 8.2
    child 2009-05
    measure 2018-05-01 2018-09-01 1.1 law=BVL/4/12
    measure 2018-09-01 - 2.2 law=BVL/4/12
"""
REPORTS = """
    child 2010-05
    report 2017-12-28 2018-01-04 2 by=11,9 of=7,8
    study 2018-01-04 2018-04-04 1
    report 2018-02-01 2018-02-09 1 by=11
    report 2018-03-01 2018-03-02 4
    report 2018-12-30 -
    child 2011-05
    report 2018-12-01 2019-01-02 1
    report 2018-05-01 2018-05-08 3 by=3
    child 2012-05
    report 2017-09-20 2017-09-27 2
    study 2017-09-27 2018-03-27 3
    child 2013-05
    report 2018-05-01 2018-05-02 2
    study 2018-05-02 2018-11-03 2
    child 2014-05
    report 2018-10-01 2018-10-02 2
    study 2018-10-02 -
    report 2018-11-01 2018-11-02 2
    study 2018-11-02 2019-01-05 3
"""
MOVES_AND_PLANS = """
    child 2010-05
    move 2018-06-01 1.1.4 to=4
    move 2018-09-01 2.1 to=2
    move 2017-06-01 1.1.4 to=4
    plan 2017-01-01 - 4
    plan 2018-01-01 2018-02-01 4
    plan 2017-01-01 2017-12-31 1
"""

AT_THE_COUNT = """
    child 2010-05
    report 2018-12-01 2018-12-02 2
    study 2018-12-02 2018-12-31 3
    report 2018-12-20 2018-12-21 2
    study 2018-12-31 -
    report 2018-12-30 2018-12-31 2
    study 2019-01-01 -
"""

# drawing, count, category, how many
COUNTED = [
    (PLACED_AND_MORE, "children", None, 6),
    (PLACED_AND_MORE, "children_with_measures", None, 4),           # not those of 2017 and 2019
    (PLACED_AND_MORE, "children_placed", None, 3),                  # housing with follow-up is a placement
    (PLACED_AND_MORE, "children_not_placed", None, 1),
    (PLACED_AND_MORE, "children_with_care_orders", None, 1),
    (PLACED_AND_MORE, "children_with_measures_at_year_end", None, 3),
    (PLACED_AND_MORE, "children_placed_at_year_end", None, 2),
    (PLACED_AND_MORE, "children_not_placed_at_year_end", None, 1),
    (PLACED_AND_MORE, "children_by_measure_group", "1", 1),
    (PLACED_AND_MORE, "children_by_measure_group", "2", 2),
    (PLACED_AND_MORE, "children_by_measure_group", "2u", 2),
    (PLACED_AND_MORE, "children_by_measure_group", "3", 1),
    (PLACED_AND_MORE, "children_by_measure_group", "4", 1),         # two measures of one child
    (PLACED_AND_MORE, "children_by_measure_group", "5", 0),
    (PLACED_AND_MORE, "children_by_measure_group", "8", 1),
    (PLACED_AND_MORE, "children_by_measure_code", "2.5", 1),
    (PLACED_AND_MORE, "children_by_measure_code", "3.10", 1),
    (PLACED_AND_MORE, "children_by_measure_code", "3.1", 0),        # 3.10 is not 3.1
    (PLACED_AND_MORE, "reports_concluded", None, 0),
    (REPORTS, "reports_received", None, 8),
    (REPORTS, "reports_concluded", None, 7),
    (REPORTS, "children_with_reports", None, 4),
    (REPORTS, "reports_by_conclusion", "1", 1),
    (REPORTS, "reports_by_conclusion", "2", 4),
    (REPORTS, "reports_by_conclusion", "3", 1),
    (REPORTS, "reports_by_conclusion", "4", 1),
    (REPORTS, "reports_to_investigation", None, 5),
    (REPORTS, "reports_within_7_days", None, 6),                    # the eighth day is too late
    (REPORTS, "reports_by_reporter", "11", 6),
    (REPORTS, "reports_by_reporter", "9", 1),
    (REPORTS, "reports_by_reporter", "3", 1),
    (REPORTS, "reports_by_content", "7", 7),
    (REPORTS, "reports_by_content", "8", 1),
    (REPORTS, "investigations_started", None, 4),
    (REPORTS, "investigations_concluded", None, 3),
    (REPORTS, "investigations_open", None, 2),
    (REPORTS, "children_with_investigations", None, 4),
    (REPORTS, "investigations_by_conclusion", "1", 1),
    (REPORTS, "investigations_by_conclusion", "2", 1),
    (REPORTS, "investigations_by_conclusion", "3", 1),
    (REPORTS, "investigations_by_duration", "0-3", 1),              # the very day three months after
    (REPORTS, "investigations_by_duration", "3-6", 1),              # the very day six months after
    (REPORTS, "investigations_by_duration", "6+", 1),               # a day later
    (AT_THE_COUNT, "investigations_open", None, 1),                 # not the one that ended, nor the next year's
    (AT_THE_COUNT, "investigations_concluded", None, 1),
    (AT_THE_COUNT, "investigations_started", None, 2),
    (MOVES_AND_PLANS, "moves", None, 2),
    (MOVES_AND_PLANS, "moves_by_reason", "1.1.4", 1),
    (MOVES_AND_PLANS, "moves_by_reason", "2.1", 1),
    (MOVES_AND_PLANS, "moves_by_destination", "4", 1),
    (MOVES_AND_PLANS, "moves_by_destination", "6", 0),
    (MOVES_AND_PLANS, "children_by_plan_type", "4", 1),             # two plans of one child
    (MOVES_AND_PLANS, "children_by_plan_type", "1", 0),
]


@pytest.fixture
def counts(read):
    def counted(text, **drawn):
        return {(row["count_code"], row["count_category_code"]): row["value"]
                for row in read(text, **drawn).rows.to_pylist()}
    return counted


@pytest.mark.parametrize(("text", "count_code", "category", "expected"), COUNTED)
def test_a_count_is_what_a_hand_count_gives(counts, text, count_code, category, expected):
    assert counts(text)[count_code, category] == expected


def test_emergency_homes_alone_are_not_foster_homes_without_them(counts):
    found = counts("child 2010-05\nmeasure 2018-01-01 - 2.5")
    assert [found["children_by_measure_group", group] for group in ("2", "2u")] == [1, 0]


def test_every_count_and_every_code_of_its_list_has_a_row_and_what_is_not_there_is_zero(counts):
    found = counts("child 2010-05")
    lists = {row["count_code"]: row["code_list"] for row in reference_rows("child_record_count")}
    expected = {(count_code, None) for count_code, code_list in lists.items() if not code_list} | {
        (count_code, row["code"]) for count_code, code_list in lists.items()
        for row in reference_rows("child_record_code") if row["code_list"] == code_list and code_list}
    assert set(found) == expected and sum(found.values()) == found["children", None] == 1


def test_an_older_file_may_give_several_codes_in_one_field(counts, draw):
    content = draw.file("child 2010-05\nreport 2018-01-10 2018-01-15 1").replace(b'Kode="11"', b'Kode="11 9"')
    assert [counts(content)["reports_by_reporter", code] for code in ("11", "9", "8")] == [1, 1, 0]


def test_an_investigation_directly_under_the_individual_counts_too(counts, draw):
    content = draw.file("child 2010-05").replace(
        b'Avslutta3112="2"/>', b'Avslutta3112="2"><Undersokelse Id="u" StartDato="2018-01-01" SluttDato="2018-02-01" '
        b'Konklusjon="3"/></Individ>')
    assert counts(content)["investigations_concluded", None] == 1


def test_the_sums_of_groups_and_key_figures_hang_together():
    """Every figure of the cross-check is a count, or a share of two; its category is in the count's list."""
    lists = {row["count_code"]: row["code_list"] for row in reference_rows("child_record_count")}
    codes = {(row["code_list"], row["code"]) for row in reference_rows("child_record_code")} | {("", "")}
    figures = {row["key_figure_code"]: row["kind"] for row in reference_rows("key_figure")}
    for row in reference_rows("child_record_figure"):
        assert (lists[row["count_code"]], row["count_category_code"]) in codes
        assert (figures[row["key_figure_code"]] == "share") is bool(row["denominator_count_code"])
        assert not row["denominator_count_code"] or lists[row["denominator_count_code"]] == ""
    assert {row["key_figure_code"] for row in reference_rows("measure_category")} <= {
        row["key_figure_code"] for row in reference_rows("child_record_figure")}


@pytest.mark.parametrize(("day", "months", "expected"), [
    (date(2018, 1, 31), 1, date(2018, 2, 28)), (date(2020, 1, 31), 1, date(2020, 2, 29)),
    (date(2018, 11, 30), 3, date(2019, 2, 28)), (date(2018, 12, 15), 12, date(2019, 12, 15)),
    (date(2018, 9, 30), 3, date(2018, 12, 30))])
def test_months_after_a_day_end_with_the_month(day, months, expected):
    assert months_after(day, months) == expected


@given(st.dates(date(2013, 1, 1), date(2040, 12, 31)), st.integers(0, 30))
def test_months_after_are_in_the_month_they_say_and_never_go_backwards(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months and later.day <= day.day
    assert later >= day
