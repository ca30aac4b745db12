"""R010–R013 and R015: the year's code lists, and combinations that stand twice."""

import pytest

from expectations.kostra_accounts import check_accounts
from expectations.kostra_accounts.account_line import AccountLine


def line(function="252", species="010", amount=5, *, number=1, form="0A", year=2018, quarter=None, region="201200",
         account_class="1"):
    return AccountLine(number, form, year, quarter, region, None, None, account_class, function, species, amount)


def findings(rule_id, *lines):
    return [finding for finding in check_accounts(lines, file="x.dat") if finding.rule_id == rule_id]


FUNCTION = """
    function year form  quarter region   level
    999      2018 0A    -       201200   feil
    252      2018 0A    -       201200   .
    254      2023 0A    -       201200   .
    254      2024 0A    -       201200   feil
    257      2023 0A    -       201200   feil
    257      2024 0A    -       201200   .
    190      2019 0A    -       201200   .
    190      2020 0A    -       201200   feil
    322      2020 0A    -       201200   feil
    322      2021 0A    -       201200   .
    465      2018 0A    -       201200   feil
    465      2018 0A    -       030100   .
    465      2018 0C    -       180000   .
    252      2018 0C    -       180000   feil
    691      2018 0A    -       201200   feil
    691      2018 0A    -       030105   .
    490      2019 0C    -       180000   .
    490      2020 0C    -       180000   feil
    850      2021 0A    -       201200   .
    850      2021 0C    -       180000   feil
    800      2021 0I    -       201200   feil
    841      2021 0I    -       201200   .
    999      2018 0A    1       201200   advarsel
    999      2018 0A    2       201200   advarsel
    999      2018 0A    3       201200   advarsel
    999      2018 0A    4       201200   feil
    999      2018 0F    -       201200   feil
    041      2018 0F    -       201200   .
    252      2022 0F    -       201200   feil
    400      2022 0X    -       201200   .
    252      2022 0X    -       201200   feil
    532      2023 0C    -       180000   .
    532      2024 0C    -       180000   feil
    510      2024 0C    -       180000   .
    510      2025 0C    -       180000   feil
    Z        2024 0A    2       201200   .
    ~        2024 0A    4       201200   .
    Z        2024 0A    -       201200   feil
"""

SPECIES = """
    species  year form  quarter region   level
    10       2018 0A    -       201200   feil
    010      2018 0A    -       201200   .
    728      2018 0A    -       201200   feil
    729      2018 0A    -       201200   .
    290      2015 0A    -       201200   .
    290      2016 0A    -       201200   feil
    375      2020 0A    -       201200   .
    375      2021 0A    -       201200   feil
    490      2019 0A    -       201200   .
    490      2020 0A    -       201200   feil
    548      2018 0A    -       201200   .
    589      2019 0A    -       201200   feil
    589      2020 0A    -       201200   .
    895      2020 0A    -       201200   .
    895      2021 0A    -       201200   feil
    930      2018 0A    -       201200   .
    958      2018 0A    -       201200   .
    271      2025 0A    -       201200   feil
    271      2026 0A    -       201200   .
    270      2025 0A    -       201200   .
    270      2026 0A    -       201200   feil
    298      2021 0A    -       201200   feil
    298      2021 0A    -       030101   .
    874      2021 0A    -       201200   .
    874      2021 0C    -       180000   feil
    010      2021 0C    -       180000   .
    888      2021 0A    1       201200   advarsel
    888      2021 0A    4       201200   feil
    870      2021 0A    1       201200   .
"""

BALANCE = """
    chapter  sector year form rule  level
    99       000    2021 0B   R011  feil
    10       000    2021 0B   R011  .
    16       000    2019 0B   R011  feil
    16       000    2020 0B   R011  .
    5950     000    2019 0B   R011  .
    5950     000    2020 0B   R011  feil
    17       000    2021 0J   R011  .
    17       000    2021 0B   R011  feil
    10       123    2021 0B   R013  feil
    10       080    2021 0B   R013  .
    10       890    2021 0D   R013  .
    10       1      2021 0D   R013  feil
"""


def drawn(table):
    return [row.split() for row in table.strip().splitlines()[1:]]


def levels(found):
    return [finding.level for finding in found] or ["."]


@pytest.mark.parametrize("code, year, form, quarter, region, level", drawn(FUNCTION))
def test_a_function_outside_the_years_list_is_a_finding(code, year, form, quarter, region, level):
    found = findings("R010", line(code, form=form, year=int(year), quarter=quarter.strip("-") or None, region=region))
    assert levels(found) == [level]


@pytest.mark.parametrize("code, year, form, quarter, region, level", drawn(SPECIES))
def test_a_species_outside_the_years_list_is_a_finding(code, year, form, quarter, region, level):
    found = findings("R012", line("252", f"{code:<3}", form=form, year=int(year),
                                  quarter=quarter.strip("-") or None, region=region))
    assert levels(found) == [level]


@pytest.mark.parametrize("chapter, sector, year, form, rule_id, level", drawn(BALANCE))
def test_a_chapter_or_sector_outside_the_list_is_a_finding(chapter, sector, year, form, rule_id, level):
    assert levels(findings(rule_id, line(chapter, f"{sector:<3}", form=form, year=int(year)))) == [level]


def test_unknown_codes_are_named_with_lines_and_advice():
    [finding] = findings("R010", line(number=1), line("999", number=2), line("999", "020", number=7))
    assert (finding.line_numbers, finding.found) == ((2, 7), "999")
    assert finding.message == ("x.dat: linje 2 og 7 har funksjon «999», som ikke gjelder for skjema 0A i 2018. "
                               "Rett funksjon til en kode i årets kontoplan.")


@pytest.mark.parametrize("rule_id, guilty, hint", [
    ("R010", line(" 252"), "skriv «252 »"),
    ("R010", line("254", year=2025), "gjelder bare til og med 2023"),
    ("R010", line("257", year=2020), "gjelder bare fra 2024"),
    ("R010", line("691"), "gjelder bare i Oslo"),
    ("R012", line(species="10 "), "skriv «010»"),
    ("R012", line(species="872", year=2018), "gjelder bare fra 2023"),
])
def test_a_code_that_is_nearly_right_gets_a_hint(rule_id, guilty, hint):
    assert hint in findings(rule_id, guilty)[0].message


@pytest.mark.parametrize("code, year, quarter, rules", [
    ("190", 2021, "4", ["R010u"]), ("254", 2025, "1", ["R010u"]), ("190", 2021, None, ["R010"]),
    ("254", 2021, "4", []), ("190", 2019, "4", []), ("999", 2021, "4", ["R010"]),
])
def test_retired_functions_are_a_warning_in_quarters_only(code, year, quarter, rules):
    found = check_accounts([line(code, year=year, quarter=quarter)], file="x")
    assert [finding.rule_id for finding in found if finding.rule_id.startswith("R010")] == rules
    assert {finding.level for finding in found if finding.rule_id == "R010u"} <= {"advarsel"}


@pytest.mark.parametrize("lines, numbers", [
    ([line(number=1), line(amount=7, number=2)], [(1, 2)]),
    ([line(number=1), line(number=2), line(number=3)], [(1, 2, 3)]),
    ([line("10", "000", form="0B", number=1), line("10", "000", form="0B", number=2)], [(1, 2)]),
    ([line(number=1), line("251", number=2)], []),
    ([line(number=1), line(species="020", number=2)], []),
    ([line(number=1), line(account_class="0", number=2)], []),
    ([line(number=1), line(region="062700", number=2)], []),
])
def test_the_same_combination_twice_is_a_warning(lines, numbers):
    found = findings("R015", *lines)
    assert [finding.line_numbers for finding in found] == numbers
    assert {finding.level for finding in found} <= {"advarsel"}


def test_the_amounts_that_are_added_together_are_shown():
    [finding] = findings("R015", line(amount=12500, number=1), line(amount=-7, number=2))
    assert "12\u00a0500 + \u22127" in finding.message


def test_a_line_with_amount_zero_may_hold_any_code():
    for year in (2018, 2021):
        assert len(findings("R010", line(function="999", year=year, amount=1))) == 1
        assert findings("R010", line(function="999", year=year, amount=0)) == []
        assert findings("R012", line(species="999", year=year, amount=0)) == []


def test_from_2020_only_lines_with_an_amount_can_stand_twice():
    zero, five = line(year=2021, amount=0, number=1), line(year=2021, number=2)
    assert findings("R015", zero, five) == []
    assert len(findings("R015", line(amount=0, number=1), line(number=2))) == 1


def test_trondheim_kept_county_functions_until_its_number_changed():
    assert findings("R010", line(function="400", year=2016, region="160100")) == []
    assert len(findings("R010", line(function="400", year=2016, region="160200"))) == 1
