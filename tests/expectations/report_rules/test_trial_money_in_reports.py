"""VR18, VR19, VR35 and VR36: the trial's money as the tertial reports tell it, against ledger and compensation."""

import pytest

from expectations.rules.vr36_money_is_in_current_kroner import FIXED_PRICES
from warehouse.database import in_memory, one

# VR18: cost so far in the year against function 285


def reported(told, booked, *, frame="25450", unit="2012", period="2018-T3"):
    return (f"T {unit} {period} forsoek_i_alt {told}\n T {unit} {period} forsoek_budsjett {frame}\n"
            f"ledger {unit} {period[:4]} 285 010 {booked} trial")


@pytest.mark.parametrize("text", [
    reported(34900, 34900), reported(34000, 34900),                     # the report's own case: 9 + 25 against 34.9
    reported(9700, 10000), reported(10000, 9700),                       # 3 % of the larger
    reported("-", 0),
    reported("..", 34900),
    reported(12000, 34900, period="2018-T2"),                           # the year is not over
    "T 2012 2018-T3 forsoek_i_alt 34900",                               # its ledger is not here
    reported(900, 900) + "\n ledger 2012 2018 285 550 4000 trial\n ledger 2012 2018 285 010 500",  # funds; another project
])
def test_a_reported_cost_the_ledger_has_is_innocent(found, text):
    assert found("VR18", text) == []


@pytest.mark.parametrize(("text", "told", "booked"), [
    (reported(43900, 34900), "43 900", "34 900"),                       # two digits swapped
    (reported(9699, 10000), "9 699", "10 000"), (reported(10000, 9699), "10 000", "9 699"),
    (reported(34.9, 34900), "35", "34 900"),                            # millions in a field of thousands
    (reported(34900000, 34900), "34 900 000", "34 900"),
    (reported("-", 34900), "0", "34 900"), (reported(-34900, 34900), "-34 900", "34 900"),
    (reported(12150, 34900), "12 150", "34 900"),                       # a single tertial in place of the year
    (reported(23800, 14900, unit="0729"), "23 800", "14 900"),
])
def test_a_reported_cost_the_ledger_does_not_have_is_a_warning(found, text, told, booked):
    (finding,) = found("VR18", text)
    assert (finding.level, plain(finding.found), plain(finding.expected)) == ("advarsel", told, booked)
    assert (finding.sheet, finding.cell) == ("G Økonomi", "D1")


def test_the_text_of_the_cost_tells_frame_and_overspend(found):
    (over,) = found("VR18", reported(43900, 34900))
    (under,) = found("VR18", reported(20000, 34900))
    (none,) = found("VR18", reported(20000, 34900, frame=".."))
    assert "rammen 25 450 og et merforbruk på 18 450" in plain(over.message) and "20,5" in over.message
    assert "et mindreforbruk på 5 450" in plain(under.message) and "rammen" not in none.message


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2212", "-")


# VR19: frame against compensation

@pytest.mark.parametrize("text", [
    "T 2012 2018-T3 forsoek_budsjett 25000\n grant 2012 2018 25500",    # the report's own case
    "T 2012 2018-T3 forsoek_budsjett 9800\n grant 2012 2018 10000",     # 2 %
    "T 2012 2018-T3 forsoek_budsjett 10200\n grant 2012 2018 10000",
    "T 2012 2018-T1 forsoek_budsjett 100\n T 2012 2018-T3 forsoek_budsjett 25450\n grant 2012 2018 25500",   # changed since
    "T 2012 2018-T3 forsoek_budsjett ..\n grant 2012 2018 25500",
    "T 2012 2018-T3 forsoek_budsjett 100\n grant 2012 2017 25500",
    "T 2012 2018-T3 forsoek_budsjett 100\n grant 0729 2018 25500",
])
def test_a_frame_about_the_compensation_is_innocent(found, text):
    assert found("VR19", text) == []


@pytest.mark.parametrize(("frame", "compensation", "period"), [
    ("9799", "10000", "2018-T3"), ("10201", "10000", "2018-T3"), ("25", "25500", "2018-T3"), ("52500", "25500", "2018-T3"),
    ("-", "25500", "2018-T3"), ("20400", "21100", "2018-T2"), ("500", "0", "2018-T1")])
def test_a_frame_that_is_something_else_is_worth_knowing(found, frame, compensation, period):
    (finding,) = found("VR19", f"T 0627 {period} forsoek_budsjett {frame}\n grant 0627 2018 {compensation}")
    assert (finding.level, finding.period, plain(finding.expected).replace(" ", "")) == ("informasjon", period, compensation)
    assert "grants_0627_2018" in finding.message and "celle D1" in finding.message


# VR35: trial money outside child welfare

def used(outside, cost, compensation, *, more="", period="2018-T3"):
    return (f"T 0627 {period} forsoek_utenfor {outside}\n T 0627 {period} forsoek_i_alt {cost}\n"
            f"ledger 0627 2018 285 010 {cost} trial\n grant 0627 2018 {compensation}\n {more}")


@pytest.mark.parametrize("text", [
    used(2500, 14600, 20500), used(5900, 14600, 20500), used("-", 22500, 21100), used(0, 22500, 21100),
    used("...", 22500, 21100),
    used(1600, 22500, 21100, period="2018-T2"),                         # the year's cost is not told before its end
    "T 0627 2018-T3 forsoek_utenfor ..",                                # nothing of the trial is told
    used("..", 14600, 20500, more="T 0627 2018-T2 forsoek_utenfor 900"),   # told before: missing now is VR58's
    used(700, 14600, 20500, more="ledger 0627 2018 201 010 700 trial"),
    used(0, 14600, 20500, more="ledger 0627 2018 201 010 700\n ledger 0627 2018 251 010 700 trial"),
])
def test_money_used_elsewhere_that_is_told_is_innocent(found, text):
    assert found("VR35", text) == []


@pytest.mark.parametrize(("text", "told", "expected"), [
    (used(1600, 22500, 21100), "1 600", "høyst 0"),                     # the report's own case
    (used(5901, 14600, 20500), "5 901", "høyst 5 900"),
    (used(16000, 14600, 20500), "16 000", "høyst 5 900"),               # a digit too many
    (used("..", 14600, 20500), "..", "et tall"),
    ("T 0627 2018-T1 forsoek_utenfor ..\n T 0627 2018-T1 forsoek_i_alt 4000", "..", "et tall"),
    (used(699, 14600, 20500, more="ledger 0627 2018 201 010 700 trial"), "699", "minst 700"),
    (used(0, 14600, 20500, more="ledger 0627 2018 201 010 700 trial"), "0", "minst 700"),
    (used("-", 14600, 20500, more="ledger 0627 2018 242 010 900 trial\n ledger 0627 2018 234 010 300 trial"), "0",
     "minst 1 200"),
])
def test_money_used_elsewhere_that_is_not_told_or_was_not_there_is_a_warning(found, text, told, expected):
    (finding,) = found("VR35", text)
    assert (finding.level, plain(finding.found), plain(finding.expected)) == ("advarsel", told, expected)
    assert finding.sheet == "G Økonomi" and finding.cell == "D1"


# VR36: current kroner

@pytest.mark.parametrize("text", [
    "text 2012 2018-T3 G merforbruket er meldt", "text 2012 2018-T3 G prisene hos private er reforhandlet",
    "text 2012 2018-T3 G prisveksten var høy i 2015", "text 2012 2018-T3 G fast ansatte kroner seg",
    "T 2012 2018-T3 forsoek_i_alt 34900 regnskapet er i løpende kroner", "T 2012 2018-T3 forsoek_i_alt 34900",
    "T 2012 2018-T3 meldinger 100 faste priser",                        # not beside an amount
])
def test_words_on_money_without_fixed_prices_are_innocent(found, text):
    assert found("VR36", text) == []


@pytest.mark.parametrize("text", [
    "text 2012 2018-T3 G utgiftene er regnet om til faste priser", "text 2012 2018-T3 E tallene er prisjusterte",
    "text 2012 2018-T3 G i Faste 2015-kroner er veksten lavere", "text 2012 2018-T3 G i 2015-prisar",
    "T 2012 2018-T3 forsoek_i_alt 34900 deflatert med KPI", "D 2012 2018 frikjoept_maanedspris 60000 i konstante priser",
    "T 2012 2018-T3 forsoek_prognose 34900 KPI-justert"])
def test_words_on_fixed_prices_beside_money_are_worth_knowing_and_never_repeated(found, text):
    (finding,) = found("VR36", text)
    assert (finding.level, finding.found, finding.expected, finding.cell) == ("informasjon", None, "løpende kroner", "D1")
    assert finding.unit_code == "2012" and "regnet om" not in finding.message and "veksten" not in finding.message


@pytest.mark.parametrize(("unit", "is_fixed"), [
    ("mill 2015-kroner", True), ("NOK i faste priser", True), ("mill NOK", False), ("NOK per innb 0-17", False)])
def test_the_unit_of_an_indicator_shows_fixed_prices(unit, is_fixed):
    with in_memory() as connection:
        assert one(connection, f"SELECT regexp_matches('{unit}', '{FIXED_PRICES}')") is is_fixed
