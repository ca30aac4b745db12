"""Delmål B1: reports by the child's age, summed over the tertials of a year."""


def test_b1_07_a_year_is_the_sum_of_its_three_tertials(drawn):
    assert drawn("B1-07", """
        form T 0729 2018-T1 meldinger_13_17 40
        form T 0729 2018-T2 meldinger_13_17 35
        form T 0729 2018-T3 meldinger_13_17 44
        form T 0729 2018-T1 meldinger_0_og_ufoedt 7
        form T 0729 2018-T2 meldinger_0_og_ufoedt -
        form T 0729 2018-T3 meldinger_0_og_ufoedt 11
    """) == {"0729 2018 age=13_17": 119, "0729 2018 age=0_og_ufoedt": 18}  # 40 + 35 + 44; 7 + 0 + 11


def test_b1_07_a_year_without_all_its_reports_is_not_there(drawn):
    assert drawn("B1-07", """
        form T 0729 2017-T1 meldinger_1_5 20
        form T 0729 2017-T3 meldinger_1_5 22
        form T 0729 2019-T1 meldinger_1_5 21
    """) == {}


def test_b1_07_four_months_of_2016_are_not_a_year(drawn):
    assert drawn("B1-07", """
        form T 2012 2016-T3 meldinger_6_12 40
    """) == {}


def test_b1_07_a_tertial_without_the_number_makes_the_year_missing(drawn):
    assert drawn("B1-07", """
        form T 0729 2018-T1 meldinger_1_5 20
        form T 0729 2018-T2 meldinger_1_5 ..
        form T 0729 2018-T3 meldinger_1_5 22
    """) == {"0729 2018 age=1_5": "not_reported"}
