"""Delmål B3: children with measures, placed and not placed."""

TWO_YEARS = """
    figure 2012 2015 07 179
    figure 2012 2015 08 117
    figure 2012 2018 07 167
    figure 2012 2018 08 109
"""


def test_b3_01_share_placed_is_placed_over_all_children_with_measures(drawn):
    assert drawn("B3-01", TWO_YEARS) == {
        "2012 2015": 0.39527027,    # 117 / (179 + 117)
        "2012 2018": 0.394927536}   # 109 / (167 + 109)


def test_b3_01_a_group_delivers_the_share_itself(drawn):
    assert drawn("B3-01", "figure EKG12 2018 08A 0.314") == {"EKG12 2018": 0.314}


def test_b3_01_a_missing_part_makes_the_share_missing(drawn):
    assert drawn("B3-01", """
        figure 2012 2016 07 178
        figure 2012 2016 08 :
        figure 2012 2017 07 ..
        figure 2012 2017 08 81
        figure 0627 2017 07 :
        figure 0627 2017 08 ..
    """) == {"2012 2016": "suppressed", "2012 2017": "not_reported", "0627 2017": "suppressed"}


def test_b3_01_one_count_alone_makes_no_share(drawn):
    assert drawn("B3-01", """
        figure 2012 2016 08 117
        figure 2012 2017 07 171
    """) == {}  # 117 / 117 would say that every child is placed


def test_b3_01_a_share_of_no_children_does_not_apply(drawn):
    assert drawn("B3-01", """
        figure 0627 2018 07 -
        figure 0627 2018 08 -
        figure 2012 2018 07 12
        figure 2012 2018 08 -
    """) == {"0627 2018": "not_applicable", "2012 2018": 0}


def test_b3_02_change_is_the_share_of_the_year_minus_that_of_2015(drawn):
    assert drawn("B3-02", TWO_YEARS) == {"2012 2018": -0.000342734}  # 109/276 - 117/296


def test_b3_02_nothing_before_2016_and_nothing_without_2015(drawn):
    assert drawn("B3-02", TWO_YEARS + """
        figure 2012 2014 07 182
        figure 2012 2014 08 126
        figure 0729 2018 07 197
        figure 0729 2018 08 78
        figure 0627 2015 08 40
        figure 0627 2018 07 193
        figure 0627 2018 08 46
    """) == {"2012 2018": -0.000342734}


def test_b3_02_a_missing_2015_makes_every_change_missing(drawn):
    assert drawn("B3-02", """
        figure 2012 2015 07 :
        figure 2012 2015 08 117
        figure 2012 2017 07 171
        figure 2012 2017 08 81
        figure 2012 2018 07 167
        figure 2012 2018 08 ..
    """) == {"2012 2017": "suppressed", "2012 2018": "suppressed"}


def test_b3_03_children_with_measures_per_thousand_inhabitants_0_to_17(drawn):
    assert drawn("B3-03", """
        figure      2012 2018 07 167
        figure      2012 2018 08 109
        inhabitants 2012 2018 4929
    """) == {"2012 2018": 55.995130858}  # 1000 * (167 + 109) / 4929


def test_b3_03_a_municipality_is_computed_and_a_group_is_as_delivered(drawn):
    assert drawn("B3-03", """
        figure      2012  2018 07 160
        figure      2012  2018 08 90
        figure      2012  2018 03 56
        inhabitants 2012  2018 5000
        figure      EKG12 2018 03 51.9
    """) == {"2012 2018": 50, "EKG12 2018": 51.9}  # 1000 * 250 / 5000; the delivered 56 is rounded


def test_b3_03_needs_both_counts_and_the_inhabitants(drawn):
    assert drawn("B3-03", """
        figure      2012 2016 07 178
        inhabitants 2012 2016 5000
        figure      2012 2017 07 171
        figure      2012 2017 08 81
        figure      2012 2018 07 167
        figure      2012 2018 08 :
        inhabitants 2012 2018 4929
    """) == {"2012 2018": "suppressed"}


def test_b3_04_and_b3_05_are_the_delivered_counts(drawn):
    text = TWO_YEARS + "figure 2012 2016 07 ..\n figure 2012 2016 08 :"
    assert drawn("B3-04", text) == {"2012 2015": 179, "2012 2018": 167, "2012 2016": "not_reported"}
    assert drawn("B3-05", text) == {"2012 2015": 117, "2012 2018": 109, "2012 2016": "suppressed"}


def test_b3_07_network_measures_are_category_6(drawn):
    assert drawn("B3-07", """
        figure 0627 2017 12 85
        figure 0627 2018 12 ..
        figure 0627 2018 13 6
    """) == {"0627 2017": 85, "0627 2018": "not_reported"}
