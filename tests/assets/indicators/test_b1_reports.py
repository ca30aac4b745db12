"""Delmål B1: reports to the child welfare service."""


def test_b1_03_reports_received_is_the_delivered_count(drawn):
    assert drawn("B1-03", """
        figure 2012 2017 01 294
        figure 2012 2018 01 444
        figure 2012 2018 07 167
        figure 0627 2018 01 221
    """) == {"2012 2017": 294, "2012 2018": 444, "0627 2018": 221}


def test_b1_03_a_missing_count_has_a_status_and_no_value(drawn):
    assert drawn("B1-03", """
        figure 2012 2015 01 ..
        figure 2012 2016 01 :
        figure 2012 2017 01 ...
        figure 2012 2018 01 -
    """) == {"2012 2015": "not_reported", "2012 2016": "suppressed", "2012 2017": "not_yet", "2012 2018": 0}


def test_b1_04_reports_per_thousand_inhabitants_0_to_17(drawn):
    assert drawn("B1-04", """
        figure      2012 2018 01 444
        inhabitants 2012 2018 4929
    """) == {"2012 2018": 90.079123554}  # 1000 * 444 / 4929; the 9999 aged 18 are not among them


def test_b1_04_a_group_delivers_the_rate_itself(drawn):
    assert drawn("B1-04", """
        figure EKG12 2018 01R 51.8
        figure EKG13 2018 01R ..
    """) == {"EKG12 2018": 51.8, "EKG13 2018": "not_reported"}


def test_b1_04_needs_both_reports_and_inhabitants(drawn):
    assert drawn("B1-04", """
        figure      2012 2017 01 294
        figure      2012 2018 01 :
        inhabitants 2012 2018 4929
        inhabitants 2012 2016 4950
    """) == {"2012 2018": "suppressed"}


def test_b1_05_share_investigated_is_the_delivered_share_whatever_the_counts_say(drawn):
    assert drawn("B1-05", """
        figure 2012  2018 02  0.61
        figure 2012  2018 02T 271
        figure 2012  2018 01  444
        figure 2012  2017 01  294
        figure EKG12 2018 02  0.80
    """) == {"2012 2018": 0.61, "EKG12 2018": 0.80}  # not 271 / 444 = 0.610360


def test_b1_05_a_share_that_is_not_delivered_is_missing_though_its_counts_are_here(drawn):
    assert drawn("B1-05", """
        figure 2012 2018 02  ..
        figure 2012 2018 02T 271
        figure 2012 2018 01  444
    """) == {"2012 2018": "not_reported"}


def test_b1_08_share_handled_within_seven_days_is_the_delivered_share(drawn):
    assert drawn("B1-08", """
        figure 0729  2017 04  0.99
        figure 0729  2017 04T 265
        figure 0729  2017 01  268
        figure 0729  2018 04  1.00
        figure EKG13 2017 04  0.98
        figure 2012  2017 04  :
    """) == {"0729 2017": 0.99, "0729 2018": 1.0, "EKG13 2017": 0.98, "2012 2017": "suppressed"}
