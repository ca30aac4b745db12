"""VR28, VR52, VR58 and VR63: what is missing, what changed, and what must be read with caution."""

import pytest

from expectations.chance import ratio_interval, wilson_interval
from warehouse.reference_data import reference_rows

EVERY_PERIOD = [row["period"] for row in reference_rows("reporting_period")]


# VR28

@pytest.mark.parametrize("text", ["ledger 2012 2017 285 010 900 trial", "ledger 2012 2016 285 010 900",
                                  "ledger 2012 2015 285 010 900 trial"])
def test_other_years_and_lines_outside_the_trial_need_no_caution(found, text):
    assert found("VR28", text) == []


@pytest.mark.parametrize("unit", ["2012", "0729", "0627"])
def test_the_trials_cost_of_2016_is_read_with_caution_once_a_municipality(found, unit):
    (finding,) = found("VR28", f"ledger {unit} 2016 285 010 900 trial\n ledger {unit} 2016 285 370 9 trial")
    assert (finding.unit_code, finding.period, finding.level) == (unit, "2016", "advarsel")


# VR52

def two_years(code, before, after):
    return f"figure 2012 2017 {code} {before}\n figure 2012 2018 {code} {after}"


@pytest.mark.parametrize("text", [
    two_years("01", "200", "260"),          # exactly 30 per cent
    two_years("01", "100", "71"),
    two_years("15", "12", "22"),            # +83 per cent, but chance may do that
    two_years("15", "9", "40"),             # one of the years is below ten
    two_years("02", "0.3", "0.6"),          # a share
    two_years("02T", "100", "200"),         # a part of a share
    two_years("FAG", "100", "200"),
    two_years("01", ":", "300"),
    "figure 2012 2016 01 100\n figure 2012 2018 01 300",     # not the year after
    "D 2012 2017 fosterhjem_i_alt 20\n D 2012 2018 fosterhjem_i_alt 27",
    "D 2012 2017 aarsverk 20\n D 2012 2018 aarsverk 60",     # positions do not come by chance
])
def test_small_changes_small_counts_and_chance_need_no_comment(found, text):
    assert found("VR52", text) == []


@pytest.mark.parametrize("text", [
    two_years("01", "200", "302"),
    two_years("01", "302", "200"),
    two_years("15", "10", "30"),
    two_years("07", "100", "150"),
    two_years("09", "40", "80"),
    two_years("12", "80", "40"),
    two_years("16", "100", "60"),
    two_years("17", "10", "28"),
    "D 2012 2017 fosterhjem_i_alt 20\n D 2012 2018 fosterhjem_i_alt 60",
    "D 0627 2016 kompetanse_barnevern 40\n D 0627 2017 kompetanse_barnevern 10",
    "figure 2012 2017 01 100\n figure 2012 2018 01 200\n figure 2012 2016 01 100",
])
def test_a_large_change_beyond_chance_needs_a_comment(found, text):
    (finding,) = found("VR52", text)
    assert finding.level == "advarsel" and "Kontroller tallet" in finding.message


def test_the_change_and_its_interval_stand_beside_the_number(found):
    (finding,) = found("VR52", two_years("01", "200", "302"))
    assert finding.message.startswith(
        "Alta, 2018: fant 302 i nøkkeltall 01 (Meldinger i alt), value[2] i kostra_statistics_2012_2018; året før var det 200.")
    assert "51\u00a0% flere" in finding.message and "+26\u00a0% til +80\u00a0%" in finding.message
    assert finding.indicators == ("B1-03", "B1-04", "B1-05", "B1-08")


def test_a_field_of_a_form_is_told_with_its_unit_year_and_cell(found):
    (finding,) = found("VR52", "D 2012 2017 fosterhjem_i_alt 20\n D 2012 2018 fosterhjem_i_alt 60")
    assert finding.message.startswith(f"Alta, 2018: fant 60 i celle D2 i arket «{finding.sheet}» (")
    assert finding.cell == "D2"


@pytest.mark.parametrize(("rule_id", "fault", "place"), [
    ("VR52", two_years("01", "200", "302"), "nøkkeltall 01"),
    ("VR53", "figure 0627 2017 FAG 30\n figure 0627 2018 FAG 16", "nøkkeltall FAG"),
    ("VR56", "figure 2012 2018 08 10\n figure 2012 2018 17 11", "nøkkeltall 17"),
])
def test_a_fault_in_a_key_figure_is_the_same_finding_when_the_data_set_has_more_cells_before_it(found, rule_id, fault, place):
    (before,), (after,) = found(rule_id, fault), found(rule_id, f"figure 2012 2012 FAG 1\n {fault}")
    assert before.cell == after.cell == place and before.finding_id == after.finding_id
    assert "value[2] i kostra_statistics_" in before.message and "value[3] i kostra_statistics_" in after.message


def test_two_key_figures_of_a_year_are_two_findings(found):
    several = found("VR52", two_years("01", "200", "302") + "\n" + two_years("09", "40", "80"))
    assert len({finding.finding_id for finding in several}) == len(several) == 2


@pytest.mark.parametrize(("count", "of", "low", "high"), [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)])
def test_wilsons_interval_gives_newcombes_published_examples(count, of, low, high):
    assert wilson_interval(count, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "of"), [(1, 0), (3, 2), (-1, 4)])
def test_there_is_no_interval_of_a_share_that_cannot_be(count, of):
    with pytest.raises(ValueError, match="andel"):
        wilson_interval(count, of)


def test_the_interval_of_a_ratio_holds_the_ratio_and_turns_with_it():
    low, high = ratio_interval(200, 302)
    back_low, back_high = ratio_interval(302, 200)
    assert low < 302 / 200 < high and (1 / back_high, 1 / back_low) == pytest.approx((low, high))
    with pytest.raises(ValueError, match="over null"):
        ratio_interval(0, 5)


# VR58

def tertials(values, field="flyttinger_utilsiktet", unit="2012"):
    return "\n".join(f"T {unit} {period} {field} {value}" for period, value in (pair.split("=") for pair in values.split()))


@pytest.mark.parametrize("text", [
    tertials("2018-T1=3 2018-T2=2 2018-T3=3"),
    tertials("2017-T1=.. 2017-T2=.."),                          # never reported: nothing is known to be missing
    tertials("2018-T1=3 2018-T2=. 2018-T3=3"),                  # does not apply
    tertials("2018-T1=3 2018-T2=... 2018-T3=3"),                # not yet
    tertials("2018-T1=3 2018-T2=0 2018-T3=8"),                  # small numbers: a zero is nothing unusual
    tertials("2018-T1=12 2018-T2=- 2018-T3=8"),                 # a true zero
    tertials("2018-T1=12 2018-T2=0"),                           # one other period says little
    tertials("2018-T1=3", unit="0729") + "\n" + tertials("2018-T2=.."),
    "D 2012 2018 over_1ks 9\n D 2012 2019 over_1ks ..",          # the year is not over on 1 October 2019
])
def test_what_is_reported_confirmed_or_never_reported_is_innocent(found, text):
    assert found("VR58", text) == []


@pytest.mark.parametrize(("text", "periods"), [
    (tertials("2017-T1=.. 2018-T1=3"), ["2017-T1"]),
    (tertials("2017-T1=.. 2017-T2=.. 2017-T3=.. 2018-T1=3 2018-T2=2 2018-T3=3"), ["2017-T1", "2017-T2", "2017-T3"]),
    (tertials("2018-T1=3 2018-T2=..", field="meldinger"), ["2018-T2"]),
    ("D 0627 2016 over_1ks ..\n D 0627 2017 over_1ks ..\n D 0627 2018 over_1ks 9", ["2016", "2017"]),
    (tertials("2018-T1=- 2018-T2=.."), ["2018-T2"]),
])
def test_what_is_reported_at_other_times_but_not_now_is_a_finding_at_its_cell(found, text, periods):
    several = found("VR58", text)
    assert [finding.period for finding in several] == periods
    assert {(finding.level, finding.found) for finding in several} == {("advarsel", "..")}
    assert all(finding.cell.startswith("D") and "regnes aldri som null" in finding.message for finding in several)


@pytest.mark.parametrize("text", [
    tertials("2018-T1=12 2018-T2=0 2018-T3=8"),
    tertials("2017-T1=50 2017-T2=61 2018-T2=0", field="meldinger"),
    "D 2012 2016 fosterhjem_i_alt 60\n D 2012 2017 fosterhjem_i_alt 0\n D 2012 2018 fosterhjem_i_alt 56"])
def test_a_plain_zero_where_the_number_is_never_small_is_worth_a_word(found, text):
    (finding,) = found("VR58", text)
    assert (finding.level, finding.found) == ("informasjon", "0") and "bekreftet null" in finding.message


# VR63

def delivered(*missing, units=(("2012", "2012"), ("0729", "0729"), ("0627", "0627"))):
    return "\n".join(
        f"delivered tertial_reports {'0722' if old == '0729' and period < '2018' else old} {period}"
        for unit, old in units for period in EVERY_PERIOD if (unit, period) not in missing)


def test_all_reports_in_place_are_innocent_and_before_2018_noetteroey_reports_for_faerder(found):
    assert found("VR63", delivered()) == []


@pytest.mark.parametrize("missing", [
    (("2012", "2019-T1"),), (("0729", "2016-T3"), ("0729", "2018-T2")), (("0627", "2017-T1"),)])
def test_a_report_that_is_missing_after_its_deadline_is_a_finding_each(found, missing):
    several = found("VR63", delivered(*missing))
    assert [(finding.unit_code, finding.period) for finding in several] == list(missing)
    assert {finding.level for finding in several} == {"feil"}


def test_the_text_says_which_report_which_dates_and_what_the_deadline_was(found):
    (finding,) = found("VR63", delivered(("0627", "2019-T1")))
    assert finding.message == (
        "Røyken: tertialrapporten for første tertial 2019 (01.01.2019 til 30.04.2019) er ikke levert. Fristen var 30.05.2019. "
        "Hent malen for tertialet, fyll den ut og lever den.")


@pytest.mark.parametrize(("day", "last_missing"), [
    ("2019-05-30 23:59", ["2018-T3"]), ("2019-05-31", ["2019-T1"]), ("2019-01-30", ["2018-T2"]), ("2017-01-30", []),
    ("2017-01-31", ["2016-T3"])])
def test_a_report_is_missing_from_the_day_after_its_deadline(found, clock, day, last_missing):
    clock(day)
    asked = [finding.period for finding in found("VR63", "delivered ledger 2012 2018") if finding.unit_code == "2012"]
    assert asked[-1:] == last_missing and asked == EVERY_PERIOD[:len(asked)]


def test_the_host_reports_and_a_guests_report_is_not_enough(found):
    guest = delivered(("0729", "2017-T1")) + "\n delivered tertial_reports 0723 2017-T1"
    assert [(finding.unit_code, finding.period) for finding in found("VR63", guest)] == [("0729", "2017-T1")]


def test_april_to_august_2016_is_never_asked_for():
    assert EVERY_PERIOD[0] == "2016-T3" and len(EVERY_PERIOD) == 8
    assert {period for period in EVERY_PERIOD if period.startswith("2016")} == {"2016-T3"}
