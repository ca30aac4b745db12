"""Every 0A file is a whole municipality that stands under Statistics Norway's rules of those years."""

from collections import Counter, defaultdict

import pytest

from assets.demo import demo_deliveries

LIMIT = 30
BUILDING_SPECIES = ("070", "075", "230", "250", "260")
BUILDING_FUNCTIONS = ("130", "221", "222", "261", "381", "386")
NOT_IN_OPERATION = ("280", "529", "548", "670", "910", "911", "929", "948", "958", "970")
NOT_IN_INVESTMENT = ("070", "080", "110", "114", "240", "509", "540", "570", "590", "600", "629", "630", "640", "800",
                     "870", "874", "875", "877", "909", "990")
EXPECTED_FILES = {
    "2012": (2015, 2016, 2017, 2018), "0627": (2015, 2016, 2017, 2018), "0722": (2015, 2016, 2017),
    "0723": (2015, 2016, 2017), "0729": (2018,),
}
ACCOUNTS_PATHS = sorted(file.path for file in demo_deliveries() if file.path.endswith(".dat"))


@pytest.fixture(params=ACCOUNTS_PATHS)
def file_lines(request, accounts):
    return [line for line in accounts if line.path == request.param]


def total(lines, account_class=None, function=None, species=None):
    return sum(line.thousand for line in lines if account_class in (None, line.account_class)
               and function in (None, line.function) and species in (None, line.species))


def test_each_municipality_delivers_the_years_it_existed(files):
    assert ACCOUNTS_PATHS == sorted(f"{code}/kostra_0A_{year}.dat" for code, years in EXPECTED_FILES.items()
                                    for year in years)


@pytest.mark.parametrize("path", ACCOUNTS_PATHS)
def test_every_line_is_48_characters_of_an_annual_0a_for_the_senders_municipality(files, path):
    folder, year = path[:4], path[-8:-4]
    lines = files[path].content.decode("iso-8859-1").split("\n")
    assert lines.pop() == ""
    assert {len(line) for line in lines} == {48}
    assert {line[:31] for line in lines} == {f"0A{year} {folder}00" + 18 * " "}
    assert b"\t" not in files[path].content and b"\r" not in files[path].content


def test_operation_and_investment_each_sum_to_zero_within_the_limit(file_lines):
    for account_class in "10":
        lines = [line for line in file_lines if line.account_class == account_class]
        expense = sum(line.thousand for line in lines if line.species < "600")
        income = sum(line.thousand for line in lines if line.species >= "600")
        assert expense > 0 > income
        assert abs(expense + income) < LIMIT


def test_the_transfer_from_operation_is_received_in_investment(file_lines):
    assert total(file_lines, "1", "880", "570") > 0
    assert abs(total(file_lines, "1", species="570") + total(file_lines, "0", species="970")) < LIMIT


def test_depreciation_has_its_contra_item_on_860_and_stands_on_services_only(file_lines):
    depreciation = total(file_lines, "1", species="590")
    assert depreciation > 0
    assert abs(depreciation + total(file_lines, "1", "860", "990")) < LIMIT
    assert all(line.function < "800" for line in file_lines if line.species == "590")
    assert all(line.function == "860" for line in file_lines if line.species == "990")


def test_tax_block_grant_and_interest_stand_on_their_own_functions(file_lines):
    assert total(file_lines, "1", "800", "870") < 0 and total(file_lines, "1", "840", "800") < 0
    places = defaultdict(set)
    for line in file_lines:
        places[line.species].add(line.function)
    assert places["870"] == {"800"} and places["800"] == {"840"}
    assert places["500"] == places["510"] == places["900"] == {"870"}
    assert places["580"] == {"899"} == {line.function for line in file_lines if line.function == "899"}


def test_species_stand_in_the_account_class_they_belong_to(file_lines):
    operation = [line for line in file_lines if line.account_class == "1"]
    investment = [line for line in file_lines if line.account_class == "0"]
    assert not [line for line in operation if line.species in NOT_IN_OPERATION or line.function == "841"]
    assert not [line for line in investment if line.species in NOT_IN_INVESTMENT]
    assert not [line for line in investment if line.function in ("800", "840", "850", "860")]
    assert {line.function for line in investment if line.species == "729"} == {"841"}


def test_building_species_stand_on_building_functions(file_lines):
    functions = {line.function for line in file_lines if line.species in BUILDING_SPECIES}
    assert functions and functions <= set(BUILDING_FUNCTIONS)


def test_internal_trade_exists_only_in_2015_and_cancels(file_lines):
    year = file_lines[0].year
    assert total(file_lines, species="290") + total(file_lines, species="790") == 0
    assert (total(file_lines, species="290") > 0) == (year == 2015)


def test_no_line_is_zero(file_lines):
    assert all(line.thousand for line in file_lines)


def test_value_added_tax_meets_its_compensation_on_each_service_within_rounding(file_lines):
    functions = {line.function for line in file_lines if line.account_class == "1" and line.species in ("429", "729")}
    assert all(abs(total(file_lines, "1", function, "429") + total(file_lines, "1", function, "729")) <= 1
               for function in functions)


def test_the_block_grant_holds_the_compensation_on_top_of_an_ordinary_grant(file_lines, grants):
    line = file_lines[0]
    compensation = grants.get((line.municipality, line.year, "kompensasjon"), 0)
    assert -total(file_lines, "1", "840", "800") > 5 * compensation
    assert not [line for line in file_lines if line.function in ("244", "251", "252", "285") and line.species == "800"]


def test_some_files_have_the_same_combination_on_two_lines(accounts):
    twice = Counter((line.path, line.account_class, line.function, line.species) for line in accounts)
    paths = {key[0] for key, count in twice.items() if count == 2}
    assert paths == {"0627/kostra_0A_2016.dat", "2012/kostra_0A_2018.dat"}


def test_child_welfare_has_investment_and_fund_lines_that_a_wrong_formula_would_count(accounts):
    invested = {line.municipality for line in accounts if line.account_class == "0" and line.function in ("244", "252")}
    funds = {(line.path[:4], line.year, line.function, line.species, line.thousand) for line in accounts
             if line.function in ("252", "285") and line.species in ("550", "940")}
    assert invested == {"2012", "0722", "0729", "0627"}
    assert funds == {("0722", 2016, "285", "550", 3200), ("0722", 2017, "285", "550", 4100),
                     ("0722", 2017, "252", "550", 1300), ("0729", 2018, "252", "550", 1100),
                     ("2012", 2018, "285", "940", -400), ("0627", 2017, "252", "940", -250)}


def test_the_guest_pays_its_host_what_the_host_books_as_refund(accounts):
    for year in (2015, 2016, 2017):
        for function in ("244", "251", "252", "285"):
            paid = total([line for line in accounts if (line.municipality, line.year) == ("0723", year)],
                         "1", function, "350")
            booked = total([line for line in accounts if (line.municipality, line.year) == ("0722", year)],
                           "1", function, "750")
            assert paid == -booked
            assert (paid > 0) == (function != "285" or year > 2015)


def test_alta_pays_no_employers_contribution(accounts):
    assert not [line for line in accounts if line.municipality == "2012" and line.species == "099"]
    assert [line for line in accounts if line.municipality == "0627" and line.species == "099"]
