"""Delmål C: the measures children have."""


def test_c1_02_children_by_category_are_never_summed(drawn):
    assert drawn("C1-02", """
        figure 2012 2018 09 193
        figure 2012 2018 10 197
        figure 2012 2018 11 35
        figure 2012 2018 12 86
        figure 2012 2018 13 12
        figure 2012 2018 14 30
        figure 2012 2018 15 22
        figure 2012 2018 16 69
        figure 2012 2018 17 11
        figure 2012 2018 08 109
    """) == {  # rows 9 to 17 of the table, in its own order: 3, 4, 5, 6, 7, 8, 1, 2, 2.5
        "2012 2018 category=3": 193, "2012 2018 category=4": 197, "2012 2018 category=5": 35,
        "2012 2018 category=6": 86, "2012 2018 category=7": 12, "2012 2018 category=8": 30,
        "2012 2018 category=1": 22, "2012 2018 category=2": 69, "2012 2018 category=2.5": 11}


def test_c1_02_a_hidden_category_leaves_the_others_standing(drawn):
    assert drawn("C1-02", """
        figure 2012 2013 13 :
        figure 2012 2013 14 49
        figure 0627 2013 14 -
        figure 0627 2013 15 0
    """) == {"2012 2013 category=7": "suppressed", "2012 2013 category=8": 49, "0627 2013 category=8": 0,
             "0627 2013 category=1": 0}


def test_c5_04_children_in_emergency_homes_are_category_2_5(drawn):
    assert drawn("C5-04", """
        figure 0729 2015 17 3
        figure 0729 2016 17 ..
        figure 0729 2016 16 68
    """) == {"0729 2015": 3, "0729 2016": "not_reported"}


def test_c6_01_children_in_institutions_are_category_1(drawn):
    assert drawn("C6-01", """
        figure 2012 2018 15 22
        figure 2012 2017 15 :
        figure 2012 2018 14 30
    """) == {"2012 2018": 22, "2012 2017": "suppressed"}


def test_c6_02_share_in_institutions_is_category_1_over_placed_children(drawn):
    assert drawn("C6-02", """
        figure 2012 2018 15 22
        figure 2012 2018 08 109
    """) == {"2012 2018": 0.201834862}  # 22 / 109


def test_c6_02_a_missing_part_makes_the_share_missing_and_one_count_alone_makes_none(drawn):
    assert drawn("C6-02", """
        figure 2012 2016 15 :
        figure 2012 2016 08 117
        figure 2012 2017 15 12
        figure 2012 2017 08 ..
        figure 0729 2017 15 12
        figure 0729 2018 08 78
    """) == {"2012 2016": "suppressed", "2012 2017": "not_reported"}


def test_c6_02_a_share_of_no_placed_children_does_not_apply(drawn):
    assert drawn("C6-02", """
        figure 2012 2018 15 -
        figure 2012 2018 08 0
    """) == {"2012 2018": "not_applicable"}
