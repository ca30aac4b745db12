"""AN07 and AN08: numbers that have been delivered before. AN10: numbers unlike the municipality's own."""

from itertools import accumulate
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.chance import at_least_probability, equal_counts_probability
from expectations.history import better_exchanged, better_moved, is_unlike_events, is_unlike_level
from warehouse.reference_data import reference_rows

PERIODS = [row["period"] for row in reference_rows("reporting_period")][:8]

# chance


@pytest.mark.parametrize(("count", "probability"), [
    (1, 0.3085), (2, 0.2070), (5, 0.1278), (50, 0.0400), (60, 0.0364)])
def test_two_counts_are_equal_by_chance_as_often_as_bessels_function_says(count, probability):
    """e^(−2m)·I₀(2m), from tables of I₀; from 50 on the limit 1/(2√(πm))."""
    assert equal_counts_probability(count) == pytest.approx(probability, abs=6e-5)


@pytest.mark.parametrize(("probabilities", "hits", "together"), [
    ([0.5, 0.5], 2, 0.25), ([0.5, 0.5], 1, 0.75), ([0.5, 0.5], 0, 1.0), ([0.1, 0.2, 0.3], 3, 0.006),
    ([0.1, 0.2, 0.3], 2, 0.098), ([], 0, 1.0)])           # 0.02·0.7 + 0.03·0.8 + 0.06·0.9 + 0.006
def test_how_often_so_many_of_several_happen_is_added_up(probabilities, hits, together):
    assert at_least_probability(probabilities, hits) == pytest.approx(together)


# AN07

FIELDS = ("meldinger", "meldinger_0_og_ufoedt", "meldinger_1_5", "meldinger_6_12", "meldinger_13_17", "undersoekelser",
          "undersoekelser_innen_frist")
SMALL = ("akuttplasseringer", "akutt_institusjon", "nye_institusjon", "flyttinger_tilsiktet", "rekruttert_ordinaere")


def report(period, values, fields=FIELDS, unit="2012", form="T"):
    return "".join(f"{form} {unit} {period} {field} {value}\n" for field, value in zip(fields, values.split(), strict=True))


@pytest.mark.parametrize("text", [
    report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "119 6 32 45 36 71 40"),
    report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 36 71 40"),       # four of seven
    report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 48 92 53", unit="0729"),
    report("2018-T1", "1 1 1 2 1", SMALL) + report("2018-T2", "1 1 1 2 1", SMALL),               # that is ordinary
    report("2018-T1", "156 .. .. .. .. 92 53") + report("2018-T2", "156 .. .. .. .. 92 53"),     # three numbers
    report("2018-T1", "- - - - - - -") + report("2018-T2", "- - - - - - -"),
    report("2018-T1", "27 60 15 1", ("ansatte_barnevern", "barn_i_fosterhjem", "barn_fra_andre_kommuner", "avtaler_akutt"))
    + report("2018-T2", "27 60 15 1", ("ansatte_barnevern", "barn_i_fosterhjem", "barn_fra_andre_kommuner", "avtaler_akutt")),
])
def test_a_report_with_numbers_of_its_own_is_innocent(found, text):
    assert found("AN07", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 48 92 53"), "7 like"),
    (report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 48 71 53"), "6 like"),
    (report("2017-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 48 92 53"), "7 like"),
    (report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 48 92 53")
     + report("2018-T1", "4 5 6 7 8", SMALL) + report("2018-T2", "9 8 7 6 5", SMALL), "7 like"),    # one sheet of two
    (report("2017", "56 24 23 23 20", ("fosterhjem_i_alt", "over_1ks", "veiledning_individuell", "veiledning_gruppe",
                                       "besoekshjem"), form="D")
     + report("2018", "56 24 23 23 20", ("fosterhjem_i_alt", "over_1ks", "veiledning_individuell", "veiledning_gruppe",
                                         "besoekshjem"), form="D"), "5 like"),
    (report("2018-T1", "14 12 13 9 8", SMALL) + report("2018-T2", "14 12 13 9 8", SMALL)
     + report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 48 92 53"), "12 like"),
])
def test_a_report_or_a_sheet_that_repeats_an_earlier_one_is_found(found, text, told):
    (finding,) = found("AN07", text)
    assert (finding.level, finding.found) == ("advarsel", told)


def test_which_report_was_repeated_and_which_cell_was_not_are_told(found):
    (finding,) = found("AN07", report("2018-T1", "156 8 41 59 48 92 53") + report("2018-T2", "156 8 41 59 48 71 53"))
    for words in ("6 av 7 tall over null", "samme som for første tertial 2018 (tertial_reports_2012_2018-T1)",
                  "bare celle D13 er ulike", "én av en million"):
        assert words in finding.message
    assert (finding.period, finding.cell) == ("2018-T2", "D8")


# AN08

def lists(kind, year, amounts):
    lines = {
        "ledger": "ledger 2012 {year} 252 370 {amount} voucher={number}", "account": "account 2012 {year} 252 0{number} {amount}",
        "invoice": "invoice 2012 {year} institusjon F{number} {amount}",
        "bufetat": "bufetat 2012 {year}-T{tertial} oppholdsdager {amount} measure={measure}"}
    measures = ("institusjon", "fosterhjem", "mst", "senter_foreldre_barn")
    return "\n".join(lines[kind].format(year=year, number=number, amount=amount, tertial=1 + number % 3, measure=measures[number % 4])
                     for number, amount in enumerate(amounts, 10)) + "\n"


YEAR = [1000 + 37 * number for number in range(12)]


@pytest.mark.parametrize("kind", ["ledger", "account", "invoice", "bufetat"])
def test_a_list_that_is_last_years_with_another_year_is_found_and_a_new_one_is_not(found, kind):
    (finding,) = found("AN08", lists(kind, 2017, YEAR) + lists(kind, 2018, YEAR))
    assert (finding.level, finding.period, finding.found) == ("advarsel", "2018", "100\u00a0%")
    assert "12 av 12 linjer" in finding.message and "fjorårets uttrekk" in finding.message
    assert found("AN08", lists(kind, 2017, YEAR) + lists(kind, 2018, [amount + 1 for amount in YEAR])) == []


@pytest.mark.parametrize(("earlier", "later", "is_found"), [
    (YEAR, [*YEAR[:11], 5], True),                        # 11 of 12 are the same
    (YEAR, [*YEAR[:10], 5, 6], False),                    # 10 of 12 are not nine of ten
    (YEAR, YEAR[:11], False),                             # a list of eleven lines is too short to judge
    (YEAR, YEAR[::-1], False),                            # the same amounts with other vouchers
    ([*YEAR, 7, 8, 9], YEAR, True),                       # a part of last year's
])
def test_nine_lines_of_ten_make_a_copy(found, earlier, later, is_found):
    assert bool(found("AN08", lists("ledger", 2017, earlier) + lists("ledger", 2018, later))) is is_found


def test_two_years_apart_or_two_municipalities_are_not_compared(found):
    assert found("AN08", lists("ledger", 2016, YEAR) + lists("ledger", 2018, YEAR)) == []
    assert found("AN08", lists("ledger", 2017, YEAR) + lists("ledger", 2018, YEAR).replace("2012", "0729")) == []


# AN10: the arithmetic

@pytest.mark.parametrize(("value", "others"), [
    (7, [4, 4, 5, 4]), (16, [5, 5, 6, 6]), (0, [12, 14, 11]), (14, [0, 0, 0, 0, 0]), (79, [125, 103, 112, 156, 119]),
    (400, [100, 110]), (30, [8, 30, 9, 25]), (20, [20, 20, 20])])
def test_a_count_that_chance_a_season_or_an_event_may_give_is_innocent(value, others):
    assert not is_unlike_events(value, others)


@pytest.mark.parametrize(("value", "others"), [
    (20, [2, 2, 2, 3]), (50, [5, 6, 5]), (1560, [103, 112, 119]), (15, [103, 112, 119]), (20, [5, 5, 6, 6]), (1, [20, 22, 18]),
    (300, [100, 110, 95, 120]), (3, [40, 44, 39])])
def test_a_count_far_from_every_other_is_not(value, others):
    assert is_unlike_events(value, others)


@pytest.mark.parametrize(("value", "others", "ratio", "unlike"), [
    (27, [22, 24, 25, 26], 1.4, False), (72, [22, 24, 25, 26], 1.4, True), (35, [22, 24, 25, 26], 1.4, True),
    (60, [10, 22, 45, 80], 1.4, False), (25_450, [25_450, 24_500, 26_000], 1.75, False),
    (25_450_000, [25_450, 24_500, 26_000], 1.75, True), (0, [22, 24, 25], 1.4, False), (-5, [22, 24, 25], 1.4, False)])
def test_a_state_or_an_amount_is_held_up_against_its_usual_size(value, others, ratio, unlike):
    assert is_unlike_level(value, others, ratio) is unlike


def _poisson(random, mean):
    """Events in one unit of time, by adding waiting times: the standard library has no Poisson."""
    return sum(1 for moment in accumulate(random.expovariate(mean) for _ in range(int(4 * mean + 40))) if moment < 1)


def test_counts_that_swing_by_chance_are_called_unlike_in_less_than_one_report_in_fifty():
    random, reports, fields = Random(1), 60, 27
    wrong = sum(is_unlike_events(values[0], values[1:]) for _ in range(reports * fields) for values in [[
        _poisson(random, mean) for mean in [random.choice((3, 8, 20, 60))] * 7]])
    assert wrong <= reports / 50 + 1


@given(st.integers(1, 200), st.integers(1, 200))
def test_changing_places_is_better_exactly_when_the_larger_number_stands_at_the_smaller_usual(one, other):
    assert better_exchanged(one, one, other, other) <= 0 <= better_exchanged(other, one, one, other)


@given(st.lists(st.integers(1, 200), min_size=3, max_size=9))
def test_a_block_moved_one_row_down_fits_the_row_above_at_least_as_well(usual):
    moved = [usual[0], *usual[:-1]]
    assert better_moved(moved, usual, -1) >= 0 >= better_moved(usual, usual, -1)


# AN10

USUAL = "156 8 41 59 48 92 53"


def years(last, usual=USUAL, unlike="2018-T2", unit="2012"):
    return "".join(report(period, last if period == unlike else usual, unit=unit) for period in PERIODS)


@pytest.mark.parametrize("text", [
    years(USUAL),
    years("119 6 32 45 36 71 40"),
    years("190 12 50 70 58 110 60"),
    years("156 - 41 59 48 92 53"),                        # a zero is VR58's
    years("156 .. 41 59 48 92 53"),
    report("2018-T1", USUAL) + report("2018-T2", "1560 8 41 59 48 92 53"),                       # too few to compare with
    years(USUAL) + report("2018-T2", "900 80 400 500 400 900 500", unit="0729"),                 # another municipality's
])
def test_numbers_like_the_municipalitys_own_are_innocent(found, text):
    assert found("AN10", text) == []


@pytest.mark.parametrize(("text", "told", "words"), [
    (years("1560 8 41 59 48 92 53"), ("1\u00a0560", "omkring 156"), "omkring 10 ganger det vanlige, et siffer for mye"),
    (years("16 8 41 59 48 92 53"), ("16", "omkring 156"), "omkring en tidel"),
    (years("156 41 8 59 48 92 53"), ("41", "omkring 8"), "tallene i celle D37 og D38 har byttet plass"),
    (years("156 156 8 41 59 48 92"), ("156", "omkring 8"), "en rad for langt ned"),
    (years("8 41 59 48 92 53 53"), ("8", "omkring 156"), "en rad for langt opp"),
    (years("156 8 41 59 480 92 53"), ("480", "omkring 48"), "(48 tertialet før og 48 samme tertial året før)"),
    (years("350 8 41 59 48 92 53"), ("350", "omkring 156"), "større enn tilfeldigheter gir. Kontroller"),
])
def test_a_number_unlike_the_municipalitys_own_is_one_finding_a_sheet_with_its_reason(found, text, told, words):
    (finding,) = found("AN10", text)
    assert (finding.level, finding.period, finding.found, finding.expected) == ("advarsel", "2018-T2", *told)
    assert words in finding.message


def test_an_amount_in_another_unit_and_staff_with_their_digits_swapped_are_found(found):
    money = "".join(f"T 2012 {period} forsoek_budsjett {25_450_000 if period == '2018-T1' else 25_450}\n" for period in PERIODS)
    (finding,) = found("AN10", money)
    assert "omkring 1\u00a0000 ganger det vanlige, kroner i stedet for tusen kroner" in finding.message
    staff = "".join(f"T 2012 {period} aarsverk_barnevern {82 if period == '2018-T1' else 28}\n" for period in PERIODS)
    (finding,) = found("AN10", staff)
    assert (finding.found, finding.sheet) == ("82", "A Kompetanse")


@pytest.mark.parametrize(("usual", "now", "is_found"), [
    ("1", "8", True), ("1", "10", True), ("2", "20", True), ("1", "5", False), ("-", "8", False), ("1", "2", False)])
def test_agreements_in_force_do_not_become_many_at_once(found, usual, now, is_found):
    text = "".join(f"T 2012 {period} avtaler_omsorg {now if period == '2018-T1' else usual}\n" for period in PERIODS)
    assert bool(found("AN10", text)) is is_found
