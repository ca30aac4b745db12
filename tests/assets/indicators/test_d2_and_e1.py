"""Delmål D2, investigations within the time limit, and E1, children per position."""


def test_d2_01_breach_is_one_minus_the_share_concluded_within_three_months(drawn):
    assert drawn("D2-01", """
        figure 2012  2017 05  0.36
        figure 2012  2017 05T 91
        figure 2012  2017 05N 252
        figure 2012  2018 05  0.57
        figure EKG12 2018 05  0.88
    """) == {"2012 2017": 0.64, "2012 2018": 0.43, "EKG12 2018": 0.12}  # 1 - 0.36, 1 - 0.57, 1 - 0.88


def test_d2_01_a_share_that_is_not_delivered_is_missing(drawn):
    assert drawn("D2-01", """
        figure 2012 2017 05  ..
        figure 2012 2017 05T 91
        figure 2012 2017 05N 252
        figure 2012 2018 05  :
        figure 0627 2018 05T 160
    """) == {"2012 2017": "not_reported", "2012 2018": "suppressed"}


def test_e1_02_children_per_position_is_the_delivered_figure(drawn):
    assert drawn("E1-02", """
        figure 2012  2018 06 31.2
        figure EKG12 2018 06 19.5
    """) == {"2012 2018": 31.2, "EKG12 2018": 19.5}


def test_e1_02_the_series_begins_in_2014_and_2013_is_missing_and_not_zero(drawn):
    assert drawn("E1-02", """
        figure 2012 2013 06 ..
        figure 2012 2014 06 30.4
    """) == {"2012 2013": "not_reported", "2012 2014": 30.4}
