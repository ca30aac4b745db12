"""What is told in words against what is counted: VR15 the tertial report, VR41 and VR70 the evaluation report's text."""

import pytest

from warehouse.contracts import contract_of
from warehouse.rule_table import rule_of

# VR15


def told(mismatches, disputes, period="2018-T3"):
    return f"report 0729 {period} avvik_tilbud_faktura {mismatches}\nreport 0729 {period} tvistesaker {disputes}"


@pytest.mark.parametrize("text", [
    told(0, 0), told(14, 0), told(0, 1), told("..", 1), told(14, ".."), told(".", "."),
    "report 0729 2018-T3 avvik_tilbud_faktura 14",
    "report 0729 2018-T3 avvik_tilbud_faktura 14\nreport 0729 2019-T1 tvistesaker 1",          # of another tertial
    "report 0729 2018-T3 avvik_tilbud_faktura 14\nreport 2012 2018-T3 tvistesaker 1",          # of another municipality
])
def test_mismatches_that_are_settled_are_innocent(places, text):
    assert places("VR15", text) == []


@pytest.mark.parametrize(("text", "period", "count"), [
    (told(14, 1), "2018-T3", "14"), (told(1, 1), "2018-T3", "1"), (told(1, 3, "2017-T1"), "2017-T1", "1"),
    (told(14, 1) + "\n" + told(0, 1, "2019-T1"), "2018-T3", "14"),
    ("report 0729 2018-T3 tvistesaker 2\nreport 0729 2018-T3 avvik_tilbud_faktura 3", "2018-T3", "3"),
    (told(5, 1, "2019-T1"), "2019-T1", "5"), (told(2, 2, "2016-T3"), "2016-T3", "2"), (told(7, 9), "2018-T3", "7"),
    (told(14, 1) + "\nreport 0729 2018-T3 akuttplasseringer 4", "2018-T3", "14"),
])
def test_mismatches_with_an_open_dispute_are_found(places, text, period, count):
    assert places("VR15", text) == [("feil", "0729", period, count, "0")]


def test_both_cells_are_named(found):
    (finding,) = found("VR15", told(14, 1))
    for words in ("tertial_reports_0729_2018-T3.csv", "Færder melder for tredje tertial 2018", "14 saker (ark «F Samhandling», "
                  "celle D1)", "1 tvistesak om pris er åpen (ark «F Samhandling», celle D2)", "med Bufetat"):
        assert words in finding.message
    assert (finding.sheet, finding.cell, finding.source) == ("F Samhandling", "D1", "tertial_reports")


# VR41: the text says 37.4 and 7.9 million in all, and for the southern region 8 (to 2017), 20 (to 2018) and 0.9

def budget(cut, required):
    return (f"bufetat R-SOR 2017 budsjettendring -{cut} post=0855.01\nbufetat R-NORD 2017 budsjettendring -400 post=0855.22\n"
            f"bufetat R-SOR 2017 budsjettendring -{required} post=3855.60")


def southern(before, after, year=2017):
    return f"bufetat R-SOR 2015 egenandel {before}\nbufetat R-SOR {year} egenandel {after}"


@pytest.mark.parametrize("text", [
    budget(37000, 7900), budget(36630, 7950), budget(37370, 7850),       # within 1 % and the text's own rounding
    southern(9000, 17000), southern(9000, 17500), southern(9362, 29040, 2018),        # 19 678 is 20 million
    "bufetat R-SOR 2017 inntektskrav 900", "bufetat R-SOR 2017 inntektskrav 949",
    "bufetat R-SOR 2018 budsjettendring -1 post=0855.01",                # the text is about 2017
    southern("..", 17000), "bufetat R-NORD 2015 egenandel 1\nbufetat R-NORD 2017 egenandel 2",
])
def test_an_amount_in_the_text_that_bufetats_figures_give_is_innocent(places, text):
    assert places("VR41", text) == []


@pytest.mark.parametrize(("text", "unit", "said", "given"), [
    (budget(36200, 7900), None, "37,4", "36,6"), (budget(37000, 11300), None, "7,9", "11,3"),
    (budget(36600, 7900), None, "37,4", "37,0"), (budget(37000, 7800), None, "7,9", "7,8"),
    (budget(0, 7900), None, "37,4", "0,4"),
    (southern(9362, 16719), "R-SOR", "8,0", "7,4"), (southern(9362, 9362), "R-SOR", "8,0", "0,0"),
    (southern(9362, 18000), "R-SOR", "8,0", "8,6"), (southern(9362, 28000, 2018), "R-SOR", "20,0", "18,6"),
    ("bufetat R-SOR 2017 inntektskrav 10400", "R-SOR", "0,9", "10,4"),
    ("bufetat R-SOR 2017 inntektskrav 1000", "R-SOR", "0,9", "1,0"),
])
def test_an_amount_in_the_text_that_they_do_not_give_is_found(places, text, unit, said, given):
    ((level, found_unit, _, *values),) = places("VR41", text)
    assert (level, found_unit, values) == ("feil", unit, [f"{said} millioner", f"{given} millioner"])


@pytest.mark.parametrize(("text", "fact", "touched"), [
    (budget(36200, 7900), "BU001", "G1-10"), (budget(37000, 11300), "BU003", "G1-10"),
    (southern(9362, 16719), "BU004", "G1-08"), (southern(9362, 28000, 2018), "BU007", "G1-08"),
    ("bufetat R-SOR 2017 inntektskrav 10400", "BU005", "G1-09"),
])
def test_each_amount_touches_the_indicator_it_is_about_and_no_other(found, text, fact, touched):
    (finding,) = found("VR41", text)
    assert finding.cell.endswith(fact) and finding.indicators == (touched,)


# VR70: the text says eight youths (twice), and eight parents and foster parents together

def interviews(year=2019, **groups):
    return "\n".join(f"interview {year} {group}" for group, count in groups.items() for _ in range(count))


@pytest.mark.parametrize("text", [
    interviews(ungdom=8, forelder=3, fosterforelder=5),
    interviews(ungdom=8, forelder=8),
    interviews(ungdom=8, forelder=4, fosterforelder=4, ansatt=20, leder=6),
    interviews(2018, ungdom=1),                                          # the text is about 2019
    "",
])
def test_as_many_informants_as_the_text_says_is_innocent(places, text):
    assert places("VR70", text or "delivered ledger 2012 2018") == []


@pytest.mark.parametrize(("text", "wanted"), [
    (interviews(ungdom=9, forelder=3, fosterforelder=5), [("8", "9"), ("8", "9")]),     # the report's own case
    (interviews(ungdom=7, forelder=3, fosterforelder=5), [("8", "7"), ("8", "7")]),
    (interviews(ungdom=8, forelder=3), [("8", "3")]),
    (interviews(ungdom=8, forelder=3, fosterforelder=6), [("8", "9")]),
    (interviews(forelder=3, fosterforelder=5), [("8", "0"), ("8", "0")]),
])
def test_more_or_fewer_informants_than_the_text_says_is_found_at_each_place(places, text, wanted):
    assert places("VR70", text) == [("feil", "FORSOK", "2019", *counts) for counts in wanted]


def test_the_places_in_the_text_are_named(found):
    messages = [finding.message for finding in found("VR70", interviews(ungdom=9, forelder=3, fosterforelder=5))]
    assert "tekst kap. 1.4.3" in messages[0] and "tekst kap. 5.1" in messages[1]


def test_the_count_of_informants_touches_what_the_interviews_are_about(found):
    several = found("VR70", interviews(ungdom=9, forelder=3, fosterforelder=5))
    assert {finding.indicators for finding in several} == {()} and rule_of("VR70").indicator_ids == ("D1-04",)


# VR72: what an informant said never stands with the municipality

def test_no_table_of_codings_holds_the_municipality():
    assert not {"unit_code", "source_municipality_code", "municipality_code"} & set(
        contract_of("core", "interview_coding").column_names)
