"""What the rules on money, Bufetat and the report's text find in the demo: what the report itself shows, and no more."""

from warehouse.database import reading, records

REPORTED = {
    "VR10": {("2012", "2018")},                                           # periodisation
    "VR15": {("0729", "2018-T3")},                                        # many mismatches and a price dispute
    "VR24": {("0729", "2018")},                                           # no rate of 2018 for centres is printed
    "VR26": {("0729", "2017"), ("0729", "2018")},                         # 244 and 251 could not be told apart
    "VR32": {("2012", "2016"), ("2012", "2017")},                         # IN20
    "VR37": {("0729", "2018-T1")},                                        # IN03
    "VR40": {("R-SOR", "2018"), ("R-NORD", "2019")},                      # IN04 and IN10
    "VR41": {(None, "2017"), ("R-SOR", "2017")},                          # IN01, IN02 and IN06
    "VR42": {(region, year) for region in ("R-NORD", "R-SOR") for year in ("2017", "2018")},
    "VR70": {("FORSOK", "2019")},                                         # IN14
}
INNOCENT = ("FE285", "FE286", "VR17", "VR22", "VR23", "VR25", "VR27", "VR30", "VR33", "VR38", "VR39")


def of_rules(home, rules):
    with reading(home) as connection:
        found = records(connection, "SELECT * FROM findings.finding")
    return [row for row in found if row["rule_id"] in rules]


def test_the_money_findings_of_the_demo_are_those_of_the_report(demo_home):
    found = {rule: set() for rule in REPORTED}
    for row in of_rules(demo_home, REPORTED):
        found[row["rule_id"]].add((row["unit_code"], row["period"]))
    assert found == REPORTED


def test_constructed_numbers_break_no_money_rule(demo_home):
    assert [row["message"] for row in of_rules(demo_home, INNOCENT)] == []
