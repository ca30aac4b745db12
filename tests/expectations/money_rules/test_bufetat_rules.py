"""The rules on Bufetat's figures: the change since 2015, the region's sum, the open year, blanks, and the requirement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.co_payments import differs


def co_payments(*lines):
    return "\n".join(f"bufetat {unit} {period} egenandel {value} {' '.join(rest)}"
                     for unit, period, value, *rest in (line.split() for line in lines))


# VR37: the change since 2015

@pytest.mark.parametrize("lines", [
    ("0729 2015-T1 2429", "0729 2018-T1 2663 change=234"),
    ("0729 2015-T1 2429", "0729 2018-T1 2663 change=235"),               # one off by rounding
    ("2012 2015 7488", "2012 2016 13635 change=6146"),                   # the report's own rounding (6 147)
    ("2012 2015 7488", "2012 2018 6110 change=-1378"),
    ("0729 2015-T1 2429", "0729 2018-T1 2663"),                          # no change delivered: VR40's matter
    ("0729 2015 5062", "0729 2018-T1 2663 change=178"),                  # no first tertial of 2015 to compare with
    ("0627 2015-T1 2041", "0729 2018-T1 2663 change=178"),               # another unit's 2015
    ("0729 2015-T1 ..", "0729 2018-T1 2663 change=178"),
])
def test_a_change_that_is_the_difference_is_innocent(places, lines):
    assert places("VR37", co_payments(*lines)) == []


@pytest.mark.parametrize(("lines", "wanted"), [
    (("0729 2015-T1 2429", "0729 2018-T1 2663 change=178"), ("0729", "2018-T1", "178", "234")),
    (("0729 2015-T1 2429", "0729 2018-T1 2663 change=236"), ("0729", "2018-T1", "236", "234")),
    (("2012 2015 7488", "2012 2018 6110 change=1378"), ("2012", "2018", "1 378", "-1 378")),   # the sign forgotten
    (("R-SOR 2015 9362", "R-SOR 2017 16719 change=8000"), ("R-SOR", "2017", "8 000", "7 357")),
    (("0729 2015 5062", "0729 2018 5420 change=178", "0729 2015-T1 2429"), ("0729", "2018", "178", "358")),
    (("0627 2015 4300", "0627 2018 23620 change=23620"), ("0627", "2018", "23 620", "19 320")),  # the amount itself
    (("0627 2018 23620 change=9", "0627 2015 4300"), ("0627", "2018", "9", "19 320")),           # in any order
    (("0627 2015 4300 change=4300",), ("0627", "2015", "4 300", "0")),
])
def test_a_change_that_is_not_the_difference_is_found(places, lines, wanted):
    assert places("VR37", co_payments(*lines)) == [("feil", *wanted)]


def test_the_change_is_told_with_both_amounts_their_lines_and_the_difference(found):
    (finding,) = found("VR37", co_payments("0729 2015-T1 2429", "0729 2018-T1 2663 change=178"))
    for words in ("Færder, første tertial 2018", "178 tusen kroner", "2\u00a0663 (linje 2)", "2\u00a0429 (linje 1)", "234",
                  "\u221256", "Rett endringen"):
        assert words in finding.message
    assert (finding.file, finding.cell, finding.line_numbers) == (
        "bufetat_region_alle.csv", "endring fra 2015, 0729", (2, 1))


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(-1, 1))
def test_rounding_of_two_printed_thousands_is_never_a_fault(now, then, off):
    assert not differs(now - then + off, now - then)
    assert differs(now - then + 2, now - then) and differs(now - then - 2, now - then)


# VR38: the region is the sum of its municipalities

SOUTH = ("0627 2018-T1 9873", "0729 2018-T1 2663")


@pytest.mark.parametrize("lines", [
    (*SOUTH, "R-SOR 2018-T1 12536"),
    (*SOUTH, "R-SOR 2018-T1 12535"),                                     # printed so: the rounding of each
    ("0627 2018-T1 9873", "R-SOR 2018-T1 12535"),                        # a municipality is missing: no sum
    ("0627 2018-T1 9873", "0729 2018-T1 ..", "R-SOR 2018-T1 12535"),
    SOUTH,                                                               # the region gives no number of its own
    (*SOUTH, "R-SOR 2018-T1 ..."),
    ("2012 2018-T1 3437", "R-NORD 2018-T1 3437"),
    (*SOUTH, "R-SOR 2018 29040"),                                        # the year is not its first tertial
])
def test_a_region_that_is_the_sum_is_innocent(places, lines):
    assert places("VR38", co_payments(*lines)) == []


@pytest.mark.parametrize(("lines", "wanted"), [
    ((*SOUTH, "R-SOR 2018-T1 12534"), ("R-SOR", "2018-T1", "12 534", "12 536")),
    ((*SOUTH, "R-SOR 2018-T1 9873"), ("R-SOR", "2018-T1", "9 873", "12 536")),
    ((*SOUTH, "R-SOR 2018-T1 15973"), ("R-SOR", "2018-T1", "15 973", "12 536")),
    (("2012 2018 6110", "R-NORD 2018 6112"), ("R-NORD", "2018", "6 112", "6 110")),
    (("R-SOR 2018-T1 0", *SOUTH), ("R-SOR", "2018-T1", "0", "12 536")),
    (("0627 2015 4300", "0729 2015 5062", "R-SOR 2015 9400"), ("R-SOR", "2015", "9 400", "9 362")),
    (("0627 2018 -100", "0729 2018 5420", "R-SOR 2018 5420"), ("R-SOR", "2018", "5 420", "5 320")),
    ((*SOUTH, "R-SOR 2018-T1 12536", "0627 2018 2", "0729 2018 3", "R-SOR 2018 8"), ("R-SOR", "2018", "8", "5")),
])
def test_a_region_that_is_another_number_is_worth_knowing(places, lines, wanted):
    assert places("VR38", co_payments(*lines)) == [("informasjon", *wanted)]


# VR39: the year is over, and not less than its first tertial

@pytest.mark.parametrize(("lines", "received"), [
    (("2012 2018-T1 3437", "2012 2018 6110"), "2019-10-01"),
    (("2012 2018-T1 3437", "2012 2018 3437"), "2019-10-01"),             # all in the first tertial
    (("2012 2018-T1 3437", "2012 2018 3436"), "2019-10-01"),             # rounding
    (("2012 2019-T1 1943", "2012 2019 ..."), "2019-10-01"),              # not yet
    (("2012 2019-T1 1943",), "2019-10-01"),
    (("2012 2018 6110",), "2019-01-01"),                                 # the first day after the year
    (("2012 2018-T1 3437", "0627 2018 23"), "2019-10-01"),               # another unit's first tertial
])
def test_a_year_that_is_over_and_whole_is_innocent(places, lines, received):
    assert places("VR39", co_payments(*lines), received=received) == []


@pytest.mark.parametrize(("lines", "received", "wanted"), [
    (("2012 2019-T1 1943", "2012 2019 5800"), "2019-10-01", ("2012", "2019", "5 800", "...")),
    (("2012 2018 6110",), "2018-12-31", ("2012", "2018", "6 110", "...")),
    (("2012 2019 0",), "2019-10-01", ("2012", "2019", "0", "...")),      # a zero is no sign for not yet
    (("R-SOR 2019 19595",), "2019-10-01", ("R-SOR", "2019", "19 595", "...")),
    (("2012 2018-T1 3437", "2012 2018 3435"), "2019-10-01", ("2012", "2018", "3 435", "minst 3 437")),
    (("2012 2018 611", "2012 2018-T1 3437"), "2019-10-01", ("2012", "2018", "611", "minst 3 437")),
    (("R-SOR 2018-T1 12535", "R-SOR 2018 0"), "2019-10-01", ("R-SOR", "2018", "0", "minst 12 535")),
])
def test_a_year_that_is_open_or_too_low_is_found(places, lines, received, wanted):
    assert places("VR39", co_payments(*lines), received=received) == [("feil", *wanted)]


def test_two_measure_types_are_two_findings_told_apart_by_their_cell(found):
    lines = co_payments("0729 2015 100 measure=institusjon", "0729 2018 150 change=9 measure=institusjon",
                        "0729 2015 200 measure=fosterhjem", "0729 2018 280 change=9 measure=fosterhjem",
                        "0729 2015 300", "0729 2018 430 change=9")
    assert [finding.cell for finding in found("VR37", lines)] == [
        "endring fra 2015, 0729, institusjon", "endring fra 2015, 0729, fosterhjem", "endring fra 2015, 0729"]
    blank = lines.replace("change=9", "")
    assert sorted(finding.cell for finding in found("VR40", blank)) == [
        "endring fra 2015, 0729", "endring fra 2015, 0729, fosterhjem", "endring fra 2015, 0729, institusjon"]
    open_year = co_payments("2012 2019 5 measure=institusjon", "2012 2019 6 measure=fosterhjem", "2012 2019 11")
    assert [finding.cell for finding in found("VR39", open_year, received="2019-10-01")] == [
        "egenandel, 2012, institusjon", "egenandel, 2012, fosterhjem", "egenandel, 2012"]


# FE287: the measure types add up to the total

TYPED = ("2012 2018 4000 measure=institusjon", "2012 2018 2110 measure=fosterhjem")


@pytest.mark.parametrize("lines", [
    (*TYPED, "2012 2018 6110"),
    (*TYPED, "2012 2018 6111"),                                          # one off by rounding
    TYPED,                                                               # no total
    ("2012 2018 6110",),                                                 # no types
    (*TYPED, "2012 2018 .."),                                            # nothing to hold them against
    (*TYPED, "2012 2018 .. measure=besøkshjem", "2012 2018 9000"),       # a type without its number: no sum
    (*TYPED, "2012 2018-T1 3437"),                                       # another period's total
    (*TYPED, "0729 2018 5420", "R-NORD 2018 9000"),                      # another unit's, and the region's
    ("0722 2016 6000", "0723 2016 994 measure=institusjon"),             # two municipalities of one unit
])
def test_measure_types_that_add_up_or_cannot_be_compared_are_innocent(places, lines):
    assert places("FE287", co_payments(*lines)) == []


@pytest.mark.parametrize(("lines", "wanted"), [
    ((*TYPED, "2012 2018 6112"), ("2012", "2018", "6 112", "6 110")),
    ((*TYPED, "2012 2018 6108"), ("2012", "2018", "6 108", "6 110")),
    ((*TYPED, "2012 2018 12220"), ("2012", "2018", "12 220", "6 110")),  # the total already holds them twice
    (("2012 2018 4000", *TYPED), ("2012", "2018", "4 000", "6 110")),
    (("2012 2018 0", TYPED[0]), ("2012", "2018", "0", "4 000")),
    (("0729 2018-T2 500 measure=fosterhjem", "0729 2018-T2 1233"), ("0729", "2018-T2", "1 233", "500")),
    (("R-SOR 2018 9000 measure=institusjon", "R-SOR 2018 29040"), ("R-SOR", "2018", "29 040", "9 000")),
    (("2012 2018 -100 measure=institusjon", "2012 2018 300 measure=fosterhjem", "2012 2018 400"),
     ("2012", "2018", "400", "200")),
    (("0722 2016 6000", "0722 2016 5000 measure=institusjon", "0723 2016 994 measure=institusjon"),
     ("0729", "2016", "6 000", "5 000")),
])
def test_measure_types_that_add_up_to_another_number_are_found(places, lines, wanted):
    assert places("FE287", co_payments(*lines)) == [("feil", *wanted)]


def test_a_wrong_total_is_told_with_the_lines_behind_it(found):
    (finding,) = found("FE287", co_payments("2012 2018 6200", *TYPED))
    for words in ("linje 1: Alta, hele 2018", "6\u00a0200 tusen kroner", "(linje 2, 3)", "6\u00a0110", "Forskjellen er 90"):
        assert words in finding.message
    assert (finding.cell, finding.line_numbers) == ("egenandel, 2012", (1, 2, 3))


# VR40: what can be worked out is not left blank

REQUIREMENT = "bufetat R-NORD 2018 inntektskrav 10400\n"


@pytest.mark.parametrize("text", [
    co_payments("R-SOR 2015 9362", "R-SOR 2018 29040 change=19678"),
    co_payments("R-SOR 2015 9362", "R-SOR 2018 29040 change=0"),         # filled in, if wrongly: VR37's matter
    co_payments("R-SOR 2015 9362", "R-SOR 2019 ..."),                    # there is nothing to work out yet
    co_payments("R-SOR 2018 29040"),                                     # no 2015
    co_payments("R-SOR 2015 9362"),                                      # 2015 has no change from itself
    co_payments("0627 2015-T2 1081", "0627 2018-T2 6442"),               # never worked out by Bufetat
    REQUIREMENT + "bufetat R-NORD 2019 inntektskrav 10400",
    REQUIREMENT + "bufetat R-NORD 2019 inntektskrav .",                  # said not to apply
    REQUIREMENT + "bufetat R-SOR 2019 inntektskrav ..",                  # another region had it
    "bufetat R-NORD 2017 inntektskrav ..",
])
def test_a_cell_that_is_filled_in_or_cannot_be_is_innocent(places, text):
    assert places("VR40", text) == []


@pytest.mark.parametrize(("text", "wanted"), [
    (co_payments("R-SOR 2015 9362", "R-SOR 2018 29040"), ("advarsel", "R-SOR", "2018", None, "19 678")),
    (co_payments("2012 2015 7488", "2012 2018 6110"), ("advarsel", "2012", "2018", None, "-1 378")),
    (co_payments("0729 2018-T1 2663", "0729 2015-T1 2429"), ("advarsel", "0729", "2018-T1", None, "234")),
    (co_payments("2012 2015 7488", "2012 2016 7488"), ("advarsel", "2012", "2016", None, "0")),
    (co_payments("R-SOR 2015 9362", "R-SOR 2018 29040 change=19678", "R-SOR 2017 16719"),
     ("advarsel", "R-SOR", "2017", None, "7 357")),
    (REQUIREMENT + "bufetat R-NORD 2019 inntektskrav ..", ("informasjon", "R-NORD", "2019", None, "10 400")),
    (REQUIREMENT + "bufetat R-NORD 2019 inntektskrav ...", ("informasjon", "R-NORD", "2019", None, "10 400")),
    ("bufetat R-SOR 2019 inntektskrav ..\nbufetat R-SOR 2018 inntektskrav 900",
     ("informasjon", "R-SOR", "2019", None, "900")),
])
def test_a_blank_that_can_be_worked_out_is_found_with_the_number(places, text, wanted):
    assert places("VR40", text) == [wanted]


# VR42: co-payments grew as the budget required

def region(requirement, before, now, unit="R-SOR", year=2018):
    return (f"bufetat {unit} {year} inntektskrav {requirement}\nbufetat {unit} 2015 egenandel {before}\n"
            f"bufetat {unit} {year} egenandel {now}")


@pytest.mark.parametrize("text", [
    region(1000, 9000, 10000),
    region(1000, 9000, 10250),                                           # a quarter of the requirement, above
    region(1000, 9000, 9750),                                            # and below
    region(1000, 9000, "..."),
    region("..", 9000, 30000),
    region(0, 9000, 30000),                                              # nothing was required
    "bufetat R-SOR 2018 inntektskrav 900\nbufetat R-SOR 2018 egenandel 29040",        # no 2015
    region(900, 9362, 5500, year=2020),                                  # Røyken has left: no fall
])
def test_growth_within_a_quarter_of_the_requirement_is_innocent(places, text):
    assert places("VR42", text) == []


@pytest.mark.parametrize(("text", "wanted"), [
    (region(900, 9362, 29040), ("R-SOR", "2018", "19 678", "900")),
    (region(10400, 7488, 6110, "R-NORD"), ("R-NORD", "2018", "-1 378", "10 400")),
    (region(10400, 7488, 12047, "R-NORD", 2017), ("R-NORD", "2017", "4 559", "10 400")),
    (region(900, 9362, 29040, year=2019), ("R-SOR", "2019", "19 678", "900")),   # the last year with Røyken
    (region(900, 7488, 7000, "R-NORD", 2020), ("R-NORD", "2020", "-488", "900")),     # Alta has not left
    (region(1000, 9000, 10251), ("R-SOR", "2018", "1 251", "1 000")),
    (region(1000, 9000, 9749), ("R-SOR", "2018", "749", "1 000")),
    (region(1000, 9000, 9000), ("R-SOR", "2018", "0", "1 000")),
    ("bufetat R-NORD 2018 inntektskrav 10400\nbufetat 2012 2015 egenandel 7488\nbufetat 2012 2018 egenandel 6110",
     ("R-NORD", "2018", "-1 378", "10 400")),                            # the region is the sum of its municipalities
])
def test_growth_far_from_the_requirement_is_a_warning(places, text, wanted):
    assert places("VR42", text) == [("advarsel", *wanted)]
