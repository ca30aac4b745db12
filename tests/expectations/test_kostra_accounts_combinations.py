"""R020–R081 from 2020: a drawn table with one line that breaks the rule and one that comes close without."""

import pytest

from expectations.kostra_accounts import check_accounts
from expectations.kostra_accounts.account_line import AccountLine

RULES = """
    rule year form | guilty: class function species | innocent: class function species | level
    R020 2021 0A   | 1 841 729 | 0 841 729 | feil
    R020 2021 0M   | 3 841 729 | 4 841 729 | feil
    R025 2021 0A   | 1 252 280 | 0 252 280 | feil
    R025 2021 0A   | 1 870 922 | 1 870 920 | feil
    R030 2021 0A   | 1 252 285 | 0 252 285 | informasjon
    R030 2021 0A   | 1 252 660 | 1 252 650 | informasjon
    R035 2026 0A   | 1 252 520 | 1 281 520 | advarsel
    R035 2026 0A   | 1 252 920 | 0 252 920 | advarsel
    R040 2021 0A   | 0 850 810 | 1 850 810 | feil
    R040 2021 0A   | 0 860 990 | 0 870 910 | feil
    R045 2021 0A   | 0 100 200 | 1 100 200 | informasjon
    R045 2021 0C   | 0 470 200 | 0 472 200 | informasjon
    R050 2021 0A   | 0 222 240 | 0 222 230 | feil
    R050 2021 0A   | 0 222 070 | 1 222 070 | feil
    R055 2021 0A   | 0 222 650 | 0 222 670 | informasjon
    R055 2021 0A   | 0 222 900 | 1 870 900 | informasjon
    R060 2021 0A   | 0 222 729 | 0 841 729 | feil
    R060 2021 0A   | 0 850 729 | 1 252 729 | feil
    R065 2021 0A   | 1 252 980 | 1 899 980 | feil
    R065 2021 0A   | 0 899 010 | 0 899 589 | feil
    R070 2021 0A   | 1 252 530 | 1 880 530 | feil
    R070 2021 0A   | 0 870 530 | 0 880 530 | feil
    R075 2021 0A   | 1 840 870 | 1 800 870 | feil
    R075 2023 0M   | 3 252 873 | 3 252 877 | feil
    R075 2021 0A   | 1 252 874 | 1 800 874 | feil
    R075 2024 0A   | 1 252 875 | 1 252 874 | feil
    R075 2025 0A   | 1 252 879 | 1 252 875 | feil
    R075 2021 0C   | 1 430 870 | 1 800 870 | feil
    R075 2021 0I   | 3 252 870 | 3 252 877 | feil
    R035 2024 0A   | 1 281 520 | 0 281 520 | informasjon
    R035 2020 0P   | 3 701 920 | 3 701 910 | informasjon
    R035 2025 0A   | 1 252 920 | 1 325 920 | advarsel
    R025 2021 0F   | 3 041 285 | 4 041 285 | feil
    R025 2021 0F   | 3 041 910 | 3 041 512 | feil
    R050 2021 0F   | 4 041 570 | 3 041 570 | feil
    R050 2021 0F   | 4 041 990 | 4 041 070 | feil
    R080 2021 0A   | 1 252 800 | 1 840 800 | feil
    R080 2021 0A   | 1 850 800 | 1 850 810 | feil
    R081 2026 0A   | 1 850 700 | 1 850 850 | advarsel
    R081 2026 0A   | 1 850 010 | 1 252 010 | advarsel
"""


def drawn():
    cut = [[part.split() for part in row.split("|")] for row in RULES.strip().splitlines()[1:]]
    return [(*head, guilty, innocent, level) for head, guilty, innocent, [level] in cut]


def found(rule_id, codes, *, year, form="0A", quarter=None, amount=100):
    account_class, function, species = codes
    line = AccountLine(3, form, int(year), quarter, "201200", None, None, account_class, function, species, amount)
    return [finding for finding in check_accounts([line], file="x.dat", form=form) if finding.rule_id == rule_id]


@pytest.mark.parametrize("rule_id, year, form, guilty, innocent, level", drawn())
def test_a_forbidden_combination_is_a_finding_and_its_neighbour_is_not(rule_id, year, form, guilty, innocent, level):
    [finding] = found(rule_id, guilty, year=year, form=form)
    assert (finding.level, finding.line_numbers) == (level, (3,))
    assert f"funksjon {guilty[1]} og art {guilty[2]}" in finding.message
    assert found(rule_id, innocent, year=year, form=form) == []


@pytest.mark.parametrize("rule_id, year, form, guilty, innocent, level", drawn())
def test_an_amount_of_zero_breaks_no_combination(rule_id, year, form, guilty, innocent, level):
    assert found(rule_id, guilty, year=year, form=form, amount=0) == []


@pytest.mark.parametrize("rule_id, year, form, guilty, innocent, level", drawn())
def test_the_newer_rules_are_silent_about_2019(rule_id, year, form, guilty, innocent, level):
    assert found(rule_id, guilty, year=2019, form=form) == []


def test_the_rule_about_function_850_is_silent_about_2024():
    assert found("R081", "1 850 700".split(), year=2025)
    assert found("R081", "1 850 700".split(), year=2024) == []


@pytest.mark.parametrize("rule_id, codes, in_quarter", [
    ("R025", "1 252 280", False), ("R025", "1 252 529", True), ("R025", "1 870 921", False), ("R025", "1 252 970", True),
    ("R040", "0 850 810", False), ("R040", "0 840 810", True),
    ("R050", "0 222 240", False), ("R050", "0 222 570", True), ("R050", "0 222 600", False), ("R050", "0 222 990", True),
])
def test_a_quarterly_file_is_held_to_shorter_lists_than_the_annual_one(rule_id, codes, in_quarter):
    assert found(rule_id, codes.split(), year=2024)
    assert bool(found(rule_id, codes.split(), year=2024, quarter="2")) is in_quarter


LOAN_FUNDS = """
    form region org       function species | R025 R010
    0I   030100 958935420 870      921     | .    .
    0I   030100 958935420 870      922     | feil .
    0I   030100 958935420 850      450     | .    feil
    0I   030100 123456785 850      450     | .    .
    0I   030100 123456785 870      921     | feil .
    0K   500000 817920632 870      921     | .    .
    0K   500000 123456785 870      921     | feil .
    0M   460100 -         870      921     | .    .
    0M   201200 -         870      921     | feil .
    0P   500000 -         870      921     | .    .
    0P   180000 -         870      921     | feil .
"""


@pytest.mark.parametrize("row", LOAN_FUNDS.strip().splitlines()[1:])
def test_the_loan_funds_may_receive_instalments_in_operation_and_have_no_function_850(row):
    (form, region, number, function, species), levels = (part.split() for part in row.split("|"))
    line = AccountLine(1, form, 2022, None, region, None if number == "-" else number, None, "3", function, species, 5)
    told = {finding.rule_id: finding.level for finding in check_accounts([line], file="x.dat")}
    assert [told.get(rule_id, ".") for rule_id in ("R025", "R010")] == levels


QUARTERS = """
    rule codes       Q1          Q2          Q3          Q4          year
    R020 1,841,729   advarsel    advarsel    feil        feil        2021
    R030 1,252,285   informasjon informasjon informasjon informasjon 2021
    R040 0,800,870   advarsel    advarsel    feil        feil        2021
    R080 1,252,800   advarsel    advarsel    feil        feil        2021
    R081 1,850,700   advarsel    advarsel    feil        feil        2026
"""


@pytest.mark.parametrize("row", QUARTERS.strip().splitlines()[1:])
def test_the_level_depends_on_the_quarter(row):
    rule_id, codes, *levels, year = row.split()
    assert [found(rule_id, codes.split(","), year=year, quarter=quarter)[0].level for quarter in "1234"] == levels


@pytest.mark.parametrize("species, annual, quarterly", [("670", 1, 1), ("280", 1, 0), ("512", 1, 0), ("970", 1, 1)])
def test_quarters_forbid_fewer_species_in_operation(species, annual, quarterly):
    codes = ("1", "252", species)
    assert len(found("R025", codes, year=2021)) == annual
    assert len(found("R025", codes, year=2021, quarter="2")) == quarterly
