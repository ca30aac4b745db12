"""Delmål F1, G1 and D1: co-payments to Bufetat, their change, the requirement, the budget; children without a plan."""

import pytest

CO_PAYMENTS = """
    bufetat 2012  2015-T1 egenandel  3280
    bufetat 2012  2015    egenandel  7488
    bufetat 2012  2018-T1 egenandel  3437
    bufetat 2012  2018    egenandel  6110
    bufetat 0729  2015-T1 egenandel  2429
    bufetat 0729  2018-T1 egenandel  2663
    bufetat 0627  2015-T1 egenandel  2041
    bufetat 0627  2018-T1 egenandel  9873
    bufetat R-SOR 2015-T1 egenandel  4470
    bufetat R-SOR 2018-T1 egenandel 12535
"""


def of(values, *units):
    return {key: value for key, value in values.items() if key.split()[0] in units}


def test_f1_03_co_payments_stand_as_delivered_for_the_tertial_and_the_year(drawn):
    assert of(drawn("F1-03", CO_PAYMENTS), "2012") == {
        "2012 2015-T1": 3280, "2012 2015": 7488, "2012 2018-T1": 3437, "2012 2018": 6110}


def test_f1_03_a_regions_own_number_counts_also_where_its_municipalities_add_up_to_another(drawn):
    assert drawn("F1-03", CO_PAYMENTS)["R-SOR 2018-T1"] == 12535  # 2663 + 9873 = 12 536


def test_f1_03_a_region_without_its_own_number_is_the_sum_of_its_municipalities(drawn):
    found = drawn("F1-03", CO_PAYMENTS.replace("bufetat R-SOR 2018-T1 egenandel 12535", ""))
    assert of(found, "R-SOR") == {"R-SOR 2015-T1": 4470, "R-SOR 2018-T1": 12536}  # 2663 + 9873
    assert of(found, "R-NORD") == {
        "R-NORD 2015-T1": 3280, "R-NORD 2015": 7488, "R-NORD 2018-T1": 3437, "R-NORD 2018": 6110}


@pytest.mark.parametrize(("lines", "wanted"), [
    ("bufetat 0729 2018 egenandel 5420", None),                                        # Røyken has not come
    ("bufetat 0729 2018 egenandel 5420\nbufetat 0627 2018 egenandel 23620", 29040),
    ("bufetat 0729 2018 egenandel 5420\nbufetat 0627 2018 egenandel ..", "not_reported"),
    ("bufetat 0729 2020 egenandel 5420", 5420),                                        # Røyken has left
    ("bufetat 0729 2018 egenandel 5420\nbufetat R-SOR 2018 egenandel ..", "not_reported"),
])
def test_f1_03_a_sum_needs_every_municipality_the_region_has_that_year(drawn, lines, wanted):
    found = of(drawn("F1-03", lines), "R-SOR")
    assert list(found.values()) == ([] if wanted is None else [wanted])


@pytest.mark.parametrize(("sign", "status"), [("..", "not_reported"), ("...", "not_yet"), (".", "not_applicable")])
def test_f1_03_a_missing_number_is_missing_and_never_zero(drawn, sign, status):
    assert of(drawn("F1-03", f"bufetat 2012 2019 egenandel {sign}"), "2012") == {"2012 2019": status}


@pytest.mark.parametrize("line", [
    "bufetat 2012 2018 oppholdsdager 900 measure=institusjon", "bufetat 2012 2018 kjøp 3 measure=atferdsinstitusjon",
    "bufetat R-NORD 2018 inntektskrav 10400 post=3855.60", "bufetat R-NORD 2018 budsjettendring -10400 post=3855.60"])
def test_f1_03_and_g1_08_other_figures_are_not_co_payments(drawn, line):
    assert drawn("F1-03", CO_PAYMENTS + line) == drawn("F1-03", CO_PAYMENTS)
    assert drawn("G1-08", CO_PAYMENTS + line) == drawn("G1-08", CO_PAYMENTS)


TYPED = """
    bufetat 2012 2018 egenandel 4000 measure=institusjon
    bufetat 2012 2018 egenandel 2110 measure=fosterhjem
"""


@pytest.mark.parametrize(("lines", "wanted"), [
    (TYPED, 6110),                                                             # 4000 + 2110
    (TYPED + "bufetat 2012 2018 egenandel 6110", 6110),                        # not 12 220
    (TYPED + "bufetat 2012 2018 egenandel 6200", 6200),                        # the total counts, right or wrong
    (TYPED + "bufetat 2012 2018 egenandel ..", "not_reported"),                # and when it is said not to be known
    (TYPED + "bufetat 2012 2018 egenandel .. measure=besøkshjem", "not_reported"),   # a part of the sum is missing
    (TYPED + "bufetat 2012 2018-T1 egenandel 3437", 6110),                     # another period's total
    (TYPED + "bufetat 0729 2018 egenandel 5420", 6110),                        # another unit's total
])
def test_f1_03_the_total_counts_once_and_the_measure_types_only_without_it(drawn, lines, wanted):
    found = drawn("F1-03", lines)
    assert (found["2012 2018"], found["R-NORD 2018"]) == (wanted, wanted)


def test_f1_03_a_total_of_one_municipality_before_the_merger_does_not_hide_the_other(drawn):
    assert drawn("F1-03", """
        bufetat 0729 2016 egenandel 6000 from=0722
        bufetat 0729 2016 egenandel 5000 from=0722 measure=institusjon
        bufetat 0729 2016 egenandel  994 from=0723 measure=institusjon
    """) == {"0729 2016": 6994}  # 6000 + 994


def test_g1_08_a_year_told_by_measure_is_held_against_a_year_told_whole(drawn):
    found = drawn("G1-08", TYPED + "bufetat 2012 2018 egenandel 6110\nbufetat 2012 2015 egenandel 7488")
    assert found == {"2012 2018": -1378, "R-NORD 2018": -1378}  # 6110 - 7488


def test_g1_08_change_is_against_the_same_period_of_2015(drawn):
    assert drawn("G1-08", CO_PAYMENTS) == {
        "2012 2018-T1": 157,       # 3437 - 3280
        "2012 2018": -1378,        # 6110 - 7488
        "R-NORD 2018-T1": 157, "R-NORD 2018": -1378,
        "0729 2018-T1": 234,       # 2663 - 2429, where 178 is printed
        "0627 2018-T1": 7832,      # 9873 - 2041
        "R-SOR 2018-T1": 8065}     # 12 535 - 4470


def test_g1_08_the_first_tertial_is_never_held_against_the_year(drawn):
    assert drawn("G1-08", """
        bufetat 2012 2015    egenandel 7488
        bufetat 2012 2018-T1 egenandel 3437
        bufetat 2012 2018-T2 egenandel 1460
        bufetat 2012 2015-T2 egenandel 1994
    """) == {"2012 2018-T2": -534, "R-NORD 2018-T2": -534}  # 1460 - 1994


@pytest.mark.parametrize(("lines", "status"), [
    ("bufetat 2012 2015 egenandel 7488\nbufetat 2012 2019 egenandel ...", "not_yet"),
    ("bufetat 2012 2015 egenandel ..\nbufetat 2012 2018 egenandel 6110", "not_reported"),
])
def test_g1_08_a_change_from_or_to_a_missing_number_is_missing(drawn, lines, status):
    assert set(drawn("G1-08", lines).values()) == {status}


LEFT = """
    bufetat 0729 2015    egenandel  5062
    bufetat 0627 2015    egenandel  4300
    bufetat 0729 2015-T1 egenandel  2429
    bufetat 0627 2015-T1 egenandel  2041
    bufetat 0729 2019    egenandel  6000
    bufetat 0627 2019    egenandel  9000
    bufetat 0729 2020    egenandel  5500
    bufetat 0729 2020-T1 egenandel  2500
    bufetat 2012 2015    egenandel  7488
    bufetat 2012 2020    egenandel  7000
"""


def test_g1_08_a_region_a_municipality_has_left_is_not_held_against_what_it_was_with_it(drawn):
    assert drawn("G1-08", LEFT) == {
        "0729 2019": 938, "0627 2019": 4700, "R-SOR 2019": 5638,  # 6000 - 5062; 9000 - 4300; their sum
        "0729 2020": 438, "0729 2020-T1": 71,                     # 5500 - 5062; 2500 - 2429; not 5500 - 9362 for the region
        "2012 2020": -488, "R-NORD 2020": -488}                   # 7000 - 7488: Alta is in the trial until 2021


def test_f1_03_a_region_a_municipality_has_left_still_has_its_own_co_payments(drawn):
    assert drawn("F1-03", LEFT)["R-SOR 2020"] == 5500


@pytest.mark.parametrize(("period", "wanted"), [("2019", {"R-SOR 2019": 638}),  # 10 000 - 9362
                                                ("2020", {}), ("2020-T1", {})])
def test_g1_08_a_regions_own_number_is_treated_alike(drawn, period, wanted):
    baseline = "bufetat R-SOR 2015 egenandel 9362\nbufetat R-SOR 2015-T1 egenandel 4470\n"
    assert drawn("G1-08", f"{baseline}bufetat R-SOR {period} egenandel 10000") == wanted


REQUIREMENT = """
    bufetat 2012   2015    egenandel     7488
    bufetat 2012   2018    egenandel     6110
    bufetat 2012   2018-T1 egenandel     3437
    bufetat R-NORD 2018    inntektskrav 10400 post=3855.60
    bufetat R-SOR  2015    egenandel     9362
    bufetat R-SOR  2017    egenandel    16719
    bufetat R-SOR  2018    egenandel    29040
    bufetat R-SOR  2018    inntektskrav   900 post=3855.60
"""


def test_g1_09_gap_is_the_years_change_minus_the_requirement_of_the_region(drawn):
    assert drawn("G1-09", REQUIREMENT) == {
        "R-NORD 2018": -11778,     # 6110 - 7488 - 10 400
        "R-SOR 2018": 18778}       # 29 040 - 9362 - 900


@pytest.mark.parametrize("line", [
    "bufetat 2012 2018 inntektskrav 10400 post=3855.60",        # the requirement is the region's
    "bufetat R-SOR 2019 inntektskrav 900 post=3855.60",         # no co-payments that year
    "bufetat R-SOR 2018-T1 inntektskrav 300 post=3855.60"])
def test_g1_09_only_regions_and_years_with_both_sides(drawn, line):
    assert drawn("G1-09", REQUIREMENT + line) == drawn("G1-09", REQUIREMENT)


def test_g1_09_a_region_a_municipality_has_left_has_no_gap(drawn):
    of_2020 = "bufetat {0} 2020 egenandel 7000\nbufetat {0} 2020 inntektskrav 900 post=3855.60\n"
    assert drawn("G1-09", REQUIREMENT + of_2020.format("R-SOR")) == drawn("G1-09", REQUIREMENT)
    assert drawn("G1-09", REQUIREMENT + of_2020.format("R-NORD"))["R-NORD 2020"] == -1388  # 7000 - 7488 - 900


def test_g1_09_without_a_known_requirement_there_is_no_gap(drawn):
    found = drawn("G1-09", REQUIREMENT.replace("inntektskrav   900", "inntektskrav .."))
    assert found == {"R-NORD 2018": -11778, "R-SOR 2018": "not_reported"}


BUDGET = """
    bufetat R-SOR 2017 budsjettendring -16300 post=0855.01
    bufetat R-SOR 2017 budsjettendring  -9400 post=0855.22
    bufetat R-SOR 2017 budsjettendring  -1500 post=0855.60
    bufetat R-SOR 2017 budsjettendring   -900 post=3855.60
"""


def test_g1_10_the_whole_is_gross_and_incomes_stand_by_themselves(drawn):
    assert drawn("G1-10", BUDGET) == {
        "R-SOR 2017": -27200,  # -16 300 - 9400 - 1500, without the 900
        "R-SOR 2017 post=0855.01": -16300, "R-SOR 2017 post=0855.22": -9400, "R-SOR 2017 post=0855.60": -1500,
        "R-SOR 2017 post=3855.60": -900}


@pytest.mark.parametrize("line", [
    "bufetat 0729 2017 budsjettendring -100 post=0855.01", "bufetat R-SOR 2017 inntektskrav 900 post=3855.60",
    "bufetat R-SOR 2017 egenandel 16719 post=3855.60"])
def test_g1_10_what_is_not_a_regions_budget_change(drawn, line):
    assert drawn("G1-10", BUDGET + line) == drawn("G1-10", BUDGET)


def test_g1_10_a_post_that_is_not_known_makes_the_whole_unknown(drawn):
    found = drawn("G1-10", BUDGET.replace("-9400", ".."))
    assert (found["R-SOR 2017"], found["R-SOR 2017 post=0855.22"]) == ("not_reported", "not_reported")
    assert found["R-SOR 2017 post=0855.01"] == -16300


def test_d1_02_share_without_a_plan_is_among_the_children_with_measures(drawn):
    assert drawn("D1-02", """
        matter 2012 2019-04-30 fylkesmannen barn_uten_tiltaksplan      27
        matter 2012 2019-04-30 fylkesmannen barn_med_tiltak           270
        matter 2012 2019-03-12 storbakken   ungdom_uten_handlingsplan   3
    """) == {"2012 2019": 0.1}  # 27 / 270


def test_d1_02_the_newest_inspection_of_the_year_that_gives_both_counts(drawn):
    assert drawn("D1-02", """
        matter 2012 2019-02-01 fylkesmannen barn_uten_tiltaksplan  60
        matter 2012 2019-02-01 fylkesmannen barn_med_tiltak       240
        matter 2012 2019-06-01 fylkesmannen barn_uten_tiltaksplan  50
        matter 2012 2019-06-01 fylkesmannen barn_med_tiltak       250
        matter 2012 2019-09-01 fylkesmannen barn_uten_tiltaksplan  10
        matter 2012 2018-06-01 fylkesmannen barn_uten_tiltaksplan  30
        matter 2012 2018-06-01 fylkesmannen barn_med_tiltak       100
    """) == {"2012 2019": 0.2, "2012 2018": 0.3}  # 50 / 250 and 30 / 100


@pytest.mark.parametrize(("lines", "wanted"), [
    ("matter 2012 2019-04-30 a barn_uten_tiltaksplan 27", {}),
    ("matter 2012 2019-04-30 a barn_uten_tiltaksplan 27\nmatter 2012 2019-04-30 b barn_med_tiltak 270", {}),
    ("matter 2012 2019-04-30 a barn_uten_tiltaksplan ..\nmatter 2012 2019-04-30 a barn_med_tiltak 270",
     {"2012 2019": "not_reported"}),
])
def test_d1_02_two_counts_of_one_inspection_or_no_share(drawn, lines, wanted):
    assert drawn("D1-02", lines) == wanted
