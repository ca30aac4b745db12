"""VR01, VR08, VR53 and VR56: the municipality's counts against KOSTRA, and KOSTRA against itself."""

import pytest

from warehouse.reference_data import reference_rows


# VR01: institution, children per measure against distinct children

@pytest.mark.parametrize("text", [
    "figure 2012 2018 15 22\n D 2012 2018 barn_i_institusjon 22",
    "figure 2012 2018 15 20\n D 2012 2018 barn_i_institusjon 16",       # exactly a quarter more
    "figure 2012 2018 15 -\n D 2012 2018 barn_i_institusjon -",
    "figure 2012 2018 15 22\n D 2012 2018 barn_i_institusjon ..",
    "figure 2012 2018 15 :\n D 2012 2018 barn_i_institusjon 14",
    "figure 2012 2017 15 22\n D 2012 2018 barn_i_institusjon 14",       # another year
    "figure 0729 2018 15 22\n D 2012 2018 barn_i_institusjon 14",       # another municipality
])
def test_counts_that_go_together_or_cannot_be_compared_are_innocent(found, text):
    assert found("VR01", text) == []


@pytest.mark.parametrize(("text", "told"), [
    ("figure 2012 2018 15 22\n D 2012 2018 barn_i_institusjon 14", ("14", "22")),
    ("figure 2012 2018 15 21\n D 2012 2018 barn_i_institusjon 16", ("16", "21")),
    ("figure 2012 2018 15 13\n D 2012 2018 barn_i_institusjon 14", ("14", "13")),
    ("figure 2012 2018 15 5\n D 2012 2018 barn_i_institusjon -", ("0", "5")),
    ("figure 2012 2018 15 -\n D 2012 2018 barn_i_institusjon 5", ("5", "0")),
    ("figure 0627 2016 15 12\n D 0627 2016 barn_i_institusjon 8", ("8", "12")),
    ("figure 0729 2017 15 6\n D 0729 2017 barn_i_institusjon 10", ("10", "6")),
])
def test_counts_far_apart_or_the_wrong_way_round_are_a_finding(found, text, told):
    (finding,) = found("VR01", text)
    assert (finding.found, finding.expected, finding.level) == (*told, "advarsel")
    assert finding.sheet == "Akutt og institusjon" and "kostra_statistics_" in finding.message


def test_the_text_says_why_kostra_may_have_more_and_how_much_is_usual(found):
    (finding,) = found("VR01", "figure 2012 2018 15 22\n D 2012 2018 barn_i_institusjon 14")
    for words in ("14 barn", "22 i KOSTRA", "inntil 25 prosent", "Forskjellen er 8", "celle D2"):
        assert words in finding.message
    assert "C6-01" in finding.indicators


# VR08: foster homes against children with foster homes

@pytest.mark.parametrize("text", [
    "figure 2012 2018 16 69\n D 2012 2018 fosterhjem_i_alt 56",
    "figure 0627 2018 16 33\n D 0627 2018 fosterhjem_i_alt 33",
    "figure 0729 2018 16 ..\n D 0729 2018 fosterhjem_i_alt 72",
    "figure 0729 2018 16 58\n D 0729 2018 fosterhjem_i_alt ..",
])
def test_no_more_homes_than_children_is_innocent(found, text):
    assert found("VR08", text) == []


@pytest.mark.parametrize(("year", "homes", "children"), [
    ("2016", "82", "68"), ("2017", "72", "61"), ("2018", "72", "58"), ("2018", "59", "58")])
def test_more_homes_than_children_is_a_finding(found, year, homes, children):
    (finding,) = found("VR08", f"figure 0729 {year} 16 {children}\n D 0729 {year} fosterhjem_i_alt {homes}")
    assert (finding.period, finding.found, finding.expected) == (year, homes, f"høyst {children}")
    assert "enslige mindreårige" in finding.message


# VR53: series break

@pytest.mark.parametrize("text", [
    "figure 0627 2018 FAG 16",                              # nothing to compare with
    "figure 0627 2016 FAG 28\n figure 0627 2017 FAG 30.6",  # both before the break
    "figure 0627 2017 FAG ..\n figure 0627 2018 FAG 16",
    "figure 2012 2017 FAG 30\n figure 2012 2018 FAG 16",    # a municipality without a break
])
def test_a_series_without_numbers_on_both_sides_of_a_break_is_innocent(found, text):
    assert found("VR53", text) == []


@pytest.mark.parametrize(("before", "after", "told"), [
    ("30.6", "16", ("16", "30,6")), ("16", "30.6", ("30,6", "16")), ("16", "16", ("16", "16")), ("20", "-", ("0", "20"))])
def test_numbers_on_both_sides_of_a_break_are_a_finding_whatever_they_are(found, before, after, told):
    (finding,) = found("VR53", f"figure 0627 2017 FAG {before}\n figure 0627 2018 FAG {after}")
    assert (finding.found, finding.expected, finding.period) == (*told, "2018")
    assert "lagt om fra 2018" in finding.message and finding.indicators == ("A1-08",)


# VR56: one category against its group

@pytest.mark.parametrize("text", [
    "figure 2012 2018 07 148\n figure 2012 2018 08 109\n figure 2012 2018 16 69\n figure 2012 2018 15 22",
    "figure 2012 2018 07 60\n figure 2012 2018 08 10\n figure 2012 2018 09 70",
    "figure 2012 2018 07 60\n figure 2012 2018 08 10\n figure 2012 2018 16 10",
    "figure 2012 2018 08 10\n figure 2012 2018 09 70",                          # those at home are not known
    "figure 2012 2018 07 60\n figure 2012 2018 08 :\n figure 2012 2018 16 70",
    "figure EKG12 2018 07 6\n figure EKG12 2018 08 1\n figure EKG12 2018 16 70",  # a group's average
])
def test_a_category_within_its_group_is_innocent(found, text):
    assert found("VR56", text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("figure 2012 2018 07 60\n figure 2012 2018 08 10\n figure 2012 2018 16 11", "høyst 10"),
    ("figure 2012 2018 08 10\n figure 2012 2018 17 11", "høyst 10"),
    ("figure 2012 2018 07 60\n figure 2012 2018 08 10\n figure 2012 2018 15 70", "høyst 10"),
    ("figure 2012 2018 07 60\n figure 2012 2018 08 10\n figure 2012 2018 09 71", "høyst 70"),
    ("figure 2012 2018 07 60\n figure 2012 2018 08 10\n figure 2012 2018 14 99", "høyst 70"),
    ("figure 2012 2018 07 -\n figure 2012 2018 08 -\n figure 2012 2018 12 1", "høyst 0"),
])
def test_a_category_above_its_group_is_a_finding(found, text, expected):
    (finding,) = found("VR56", text)
    assert (finding.expected, finding.level, finding.unit_code) == (expected, "feil", "2012")


# VR69: codes of measures

@pytest.mark.parametrize("code", ["09", "15", "16", "17", "01", "08"])
def test_a_category_in_the_code_list_and_a_figure_that_is_no_category_are_innocent(found, code):
    assert found("VR69", f"figure 2012 2018 {code} 20\n figure 0729 2017 {code} 9") == []


@pytest.mark.parametrize("text", [
    "figure 2012 2018 14 30", "figure 2012 2018 14 30\n figure 0729 2017 14 9", "figure 0627 2016 14 ..",
    "figure 2012 2018 14 -\n figure 2012 2018 09 3", "figure 2012 2013 14 4\n figure 2012 2014 14 5",
    "figure EKG13 2018 14 30"])
def test_housing_which_the_code_list_lacks_is_one_finding_for_all_units_and_years(found, text):
    (finding,) = found("VR69", text)
    assert (finding.unit_code, finding.period, finding.found) == (None, None, "8") and "Bolig" in finding.message


def test_codes_of_measures_are_text_so_that_three_ten_is_not_three_one():
    codes = {row["category_code"]: row["name_nb"] for row in reference_rows("measure_code")}
    assert codes["3.10"] != codes["3.1"] and {"3.1", "3.10", "2.5"} <= set(codes) and "8" not in codes
