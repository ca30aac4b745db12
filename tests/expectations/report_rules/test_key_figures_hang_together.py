"""VR46, VR47, VR54 and VR57: key figures against each other, the report's text, the population and own positions."""

import pytest


# VR46: the report prints 43 % breaches for Alta in 2018 and 64 % in 2017

@pytest.mark.parametrize("text", [
    "figure 2012 2018 05 0.57", "figure 2012 2017 05 0.36",             # the report's own case
    "figure 2012 2018 05 0.575",                                        # half a percentage point
    "figure 2012 2016 05 0.9", "figure 0729 2018 05 0.9",               # nothing is printed for these
    "figure 2012 2018 05 :", "figure EKG12 2018 05 0.1\n figure EKG12 2018 05T 9\n figure EKG12 2018 05N 10",
    "figure 0729 2018 05 0.96\n figure 0729 2018 05T 200\n figure 0729 2018 05N 208",     # 0.9615
    "figure 0729 2018 05 0.5\n figure 0729 2018 05T 200\n figure 0729 2018 05N :",
    "figure 0729 2018 05 0.5\n figure 0729 2018 05T -\n figure 0729 2018 05N -",
])
def test_a_share_told_alike_everywhere_is_innocent(found, text):
    assert found("VR46", text) == []


@pytest.mark.parametrize(("text", "share", "other"), [
    ("figure 2012 2018 05 0.43", "57,0", "43,0"),                       # the share written where the breaches should be
    ("figure 2012 2018 05 0.58", "42,0", "43,0"),
    ("figure 2012 2017 05 0.63", "37,0", "64,0"),
    ("figure 2012 2018 05 0.75", "25,0", "43,0"),                       # two digits swapped
    ("figure 0729 2018 05 0.96\n figure 0729 2018 05T 198\n figure 0729 2018 05N 208", "4,0", "4,8"),
    ("figure 0729 2018 05 0.04\n figure 0729 2018 05T 200\n figure 0729 2018 05N 208", "96,0", "3,8"),
    ("figure 0729 2018 05 0.96\n figure 0729 2018 05T 208\n figure 0729 2018 05N 200", "4,0", "-4,0"),
    ("figure 0729 2018 05 0.96\n figure 0729 2018 05T -\n figure 0729 2018 05N 208", "4,0", "100,0"),
    ("figure 0627 2016 05 1\n figure 0627 2016 05T 170\n figure 0627 2016 05N 181", "0,0", "6,1"),
])
def test_a_share_told_in_two_ways_is_a_fault(found, text, share, other):
    (finding,) = found("VR46", text)
    assert (finding.level, finding.found, finding.expected.replace("\u2212", "-")) == (
        "feil", f"{share}\u00a0%", f"{other}\u00a0%")


def test_the_text_of_breaches_names_both_sources(found):
    (printed,) = found("VR46", "figure 2012 2018 05 0.43")
    (counted,) = found("VR46", "figure 0729 2018 05 0.96\n figure 0729 2018 05T 198\n figure 0729 2018 05N 208")
    assert "er 0,43, value[1] i kostra_statistics_2012_2018" in printed.message and "tekst (AL016)" in printed.message
    assert "198 av 208 undersøkelser" in counted.message and printed.cell != counted.cell


# VR47: the population behind the rate

def rated(at_home, placed, rate, population=None, *, unit="2012", year=2018):
    text = f"figure {unit} {year} 07 {at_home}\n figure {unit} {year} 08 {placed}\n figure {unit} {year} 03 {rate}\n"
    return text + (f"population {unit} {year} {population}" if population else "")


@pytest.mark.parametrize("text", [
    rated(167, 109, 56, 4886),                                          # the report's own case: 4 929
    rated(167, 109, 56, 5133), rated(167, 109, 56, 4740),               # within 4 %
    rated(167, 109, ":", 9000), rated(167, ":", 56, 9000), rated(":", 109, 56, 9000),
    rated(167, 109, "-", 4886),
    rated(167, 109, 56),                                                # nothing to hold it up against
    rated(171, 81, 51, year=2017) + rated(167, 109, 56),                # 4 941 and 4 929, without the population
    rated(171, 81, 30, year=2017) + rated(167, 109, 56, 4886),          # the population decides; the year before was wrong
    "figure EKG12 2018 07 6\n figure EKG12 2018 08 1\n figure EKG12 2018 03 51.9\n population EKG12 2018 9000",
])
def test_a_rate_that_gives_the_population_is_innocent(found, text):
    assert found("VR47", text) == []


@pytest.mark.parametrize(("text", "implied", "other"), [
    (rated(167, 109, 56, 5136), "4\u00a0929", "5\u00a0136"),
    (rated(167, 109, 65, 4886), "4\u00a0246", "4\u00a0886"),            # two digits swapped
    (rated(167, 109, 5.6, 4886), "49\u00a0286", "4\u00a0886"),
    (rated(167, 19, 56, 4886), "3\u00a0321", "4\u00a0886"),
    (rated(1670, 109, 56, 4886), "31\u00a0768", "4\u00a0886"),
    (rated(167, 109, 14, 4886), "19\u00a0714", "4\u00a0886"),
    (rated(171, 81, 51, year=2017) + rated(167, 109, 60), "4\u00a0600", "4\u00a0941"),
    (rated(125, 80, 37, 6000, unit="0729", year=2016), "5\u00a0541", "6\u00a0000"),
])
def test_a_rate_that_gives_another_population_is_a_warning(found, text, implied, other):
    (finding,) = found("VR47", text)
    assert (finding.level, finding.found, finding.expected, finding.cell) == ("advarsel", implied, other, "nøkkeltall 03")


def test_the_text_of_the_rate_says_what_it_is_compared_with(found):
    (told,) = found("VR47", rated(167, 109, 65, 4886))
    (before,) = found("VR47", rated(171, 81, 51, year=2017) + rated(167, 109, 60))
    assert "276 barn" in told.message and "65 per 1000" in told.message and "population_2012_2018" in told.message
    assert "13,1" in told.message and "året før" in before.message


# VR54: positions. Alta 2018: (167 + 109 + 444 × 0.61) / 31.2 = 17.5

def positions(own, per_position, *, qualified="..", unit="2012", year=2018):
    return (f"D {unit} {year} aarsverk {own}\n figure {unit} {year} 06 {per_position}\n figure {unit} {year} 01 444\n"
            f"figure {unit} {year} 02 0.61\n figure {unit} {year} 07 167\n figure {unit} {year} 08 109\n"
            f"figure {unit} {year} FAG {qualified}")


@pytest.mark.parametrize("text", [
    positions(17.5, 31.2), positions(20.5, 31.2), positions(15, 31.2),
    positions(17.5, 31.2, qualified=17.4), positions(17.5, 31.2, qualified=20), positions(17.5, 31.2, qualified=3),
    positions("..", 31.2), positions(24, ".."), positions(24, "-"),
    "D 2012 2018 aarsverk 24\n figure 2012 2018 06 31.2\n figure 2012 2018 08 109\n figure 2012 2018 01 444\n"
    "figure 2012 2018 02 0.61",                                         # those at home are not known
    positions(15.5, 31.2, qualified=30.6, unit="0627", year=2017),      # before the break of the series
])
def test_positions_about_as_many_as_kostras_are_innocent(found, text):
    assert found("VR54", text) == []


@pytest.mark.parametrize(("text", "own", "kostra"), [
    (positions(24, 31.2), "24", "17,5"),                                # the report's own case
    (positions(20.7, 31.2), "20,7", "17,5"),
    (positions(14.8, 31.2), "14,8", "17,5"),
    (positions(240, 31.2), "240", "17,5"),                              # the decimal comma is lost
    (positions(17.5, 3.12), "17,5", "175,3"),
    (positions(17.5, 31.2, qualified=20.7), "17,5", "20,7"),
    (positions(14, 31.2, qualified=16, unit="0627"), "14", "17,5"),
    (positions(14, 31.2, qualified=40, unit="0627"), "14", "40"),
    (positions(14, "..", qualified=17), "14", "17"),
    (positions("-", 31.2), "0", "17,5"),
])
def test_positions_far_from_kostras_are_a_warning(found, text, own, kostra):
    (finding,) = found("VR54", text)
    assert (finding.level, finding.found, finding.expected, finding.sheet) == ("advarsel", own, kostra, "Ansatte")
    assert "E1-02" in finding.indicators


def test_the_text_of_positions_tells_all_that_disagree(found):
    (finding,) = found("VR54", positions(14, 31.2, qualified=17))
    for words in ("14 årsverk i celle D1", "gir barn per årsverk (nøkkeltall 06) og antallene av barn 17,5 årsverk",
                  "har 17 stillinger fagutdanning",
                  "20\u00a0%", "funksjon 244"):
        assert words in finding.message


# VR57: categories of placements

def placed(institution, foster_home, emergency, whole, *, unit="2012", year=2017):
    return "\n".join(f"figure {unit} {year} {code} {value}" for code, value in zip(
        ("15", "16", "17", "08"), (institution, foster_home, emergency, whole), strict=True))


@pytest.mark.parametrize("text", [
    placed(12, 65, 11, 81),                                             # the report's own case: 88 of 81
    placed(10, 50, 9, 60),                                              # exactly 15 % more
    placed(10, 20, 9, 60), placed("-", "-", "-", "-"), placed(12, 65, 11, ":"), placed(":", ":", ":", 81),
    placed(60, 90, 90, 100, unit="EKG12"),
])
def test_categories_with_a_little_more_than_the_placed_are_innocent(found, text):
    assert found("VR57", text) == []


@pytest.mark.parametrize(("text", "together", "most"), [
    (placed(10, 50, 10, 60), "70", "69"), (placed(12, 65, 11, 18), "88", "20"), (placed(21, 65, 11, 81), "97", "93"),
    (placed(12, 650, 11, 81), "673", "93"), (placed(12, 65, 11, "-"), "88", "0"),
    (placed(":", 65, 40, 81), "105", "93"), (placed(12, 65, 11, 76, unit="0729"), "88", "87"),
])
def test_categories_with_far_more_than_the_placed_are_worth_knowing(found, text, together, most):
    (finding,) = found("VR57", text)
    assert (finding.level, finding.found, finding.expected) == ("informasjon", together, f"høyst {most}")
    assert "15\u00a0%" in finding.message and "value[4]" in finding.message
