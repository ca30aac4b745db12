"""R003–R009: the key of each line against what the file was announced as."""

import pytest

from expectations.kostra_accounts import check_accounts

LINE = {"line_number": 1, "form_code": "0A", "accounting_year": 2018, "quarter": None, "region_code": "201200",
        "org_number": None, "company_number": None, "account_class": "1", "function_code": "252",
        "species_code": "010", "amount_thousand_nok": 5}


def findings(rule_id, *changes, **announced):
    rows = [{**LINE, **change, "line_number": number} for number, change in enumerate(changes, 1)]
    return [finding for finding in check_accounts(rows, file="alta.dat", **announced) if finding.rule_id == rule_id]


COMPANY = {"form_code": "0I", "account_class": "3", "org_number": "123456785"}


@pytest.mark.parametrize("rule_id, guilty, innocent, announced", [
    ("R003", {"form_code": "0B"}, {"form_code": "0A"}, {"form": "0A"}),
    ("R003", {"form_code": "0C"}, {"form_code": "0A"}, {"form": "0AK4"}),
    ("R004", {"accounting_year": 2017}, {"accounting_year": 2018}, {"year": 2018}),
    ("R005", {"quarter": "4"}, {"quarter": None}, {"quarter": ""}),
    ("R005", {"quarter": None}, {"quarter": "4"}, {"quarter": "4"}),
    ("R005", {"quarter": "3"}, {"quarter": "4"}, {"form": "0AK4"}),
    ("R006", {"region_code": "062700"}, {"region_code": "201200"}, {"region": "201200"}),
    ("R006", {"region_code": "201201"}, {"region_code": "201200"}, {"region": "2012"}),
    ("R007", {"org_number": "123456785"}, {"org_number": None}, {"form": "0A"}),
    ("R007", {**COMPANY, "org_number": None}, COMPANY, {"form": "0I"}),
    ("R008", {"company_number": "123456785"}, {"company_number": None}, {}),
    ("R008", {**COMPANY, "company_number": "987654321"}, {**COMPANY, "company_number": "123456785"}, {"form": "0I"}),
    ("R009", {"account_class": "2"}, {"account_class": "1"}, {"form": "0A"}),
    ("R009", {"account_class": "3"}, {"account_class": "0"}, {"form": "0A"}),
    ("R009", {"form_code": "0M", "account_class": "1"}, {"form_code": "0M", "account_class": "3"}, {"form": "0M"}),
    ("R009", {"form_code": "0B", "account_class": "1"}, {"form_code": "0B", "account_class": "2"}, {"form": "0B"}),
    ("R009", {"form_code": "0X", "account_class": "1"}, {"form_code": "0X", "account_class": " "}, {"form": "0X"}),
])
def test_a_line_with_another_key_than_announced_is_a_fault(rule_id, guilty, innocent, announced):
    [finding] = findings(rule_id, innocent, guilty, **announced)
    assert (finding.level, finding.line_numbers) == ("feil", (2,))
    assert findings(rule_id, innocent, innocent, **announced) == []


def test_what_is_not_announced_comes_from_the_first_line():
    [finding] = findings("R004", {}, {"accounting_year": 2017})
    assert (finding.found, finding.expected, finding.line_numbers) == ("2017", "2018", (2,))


def test_equal_faults_are_one_finding_with_all_their_lines():
    [finding] = findings("R006", {}, {"region_code": "062700"}, {"region_code": "062700"})
    assert finding.line_numbers == (2, 3)
    assert finding.message.startswith("alta.dat: linje 2 og 3 har region 062700, men filen gjelder region 201200.")


def test_a_file_may_hold_several_companies_but_none_without_a_number_of_nine_digits():
    several = ({**COMPANY, "org_number": number} for number in ("123456785", "987654321", None, "12345678X", "123456785"))
    assert [(finding.found, finding.line_numbers) for finding in findings("R007", *several)] == [
        ("tomt", (3,)), ("12345678X", (4,))]


@pytest.mark.parametrize("quarter, account_class, levels", [
    ("2", "Z", []), ("2", "~", []), ("2", "2", []), ("2", "5", ["feil"]), (None, "Z", ["feil"]), (None, "2", [])])
def test_a_quarterly_balance_may_have_a_placeholder_for_its_class(quarter, account_class, levels):
    found = findings("R009", {"form_code": "0B", "quarter": quarter, "account_class": account_class})
    assert [finding.level for finding in found] == levels


@pytest.mark.parametrize("form_code, rule_ids", [("0A", {"R010", "R012"}), ("0C", {"R003", "R010", "R012"}), ("0B", {"R003"})])
def test_a_line_of_another_kind_of_form_is_judged_by_its_keys_only(form_code, rule_ids):
    told = check_accounts([{**LINE, "form_code": form_code, "quarter": "4", "function_code": "999", "species_code": "999"}],
                          file="x.dat", form="0A", year=2018, quarter="4", region="201200")
    assert {finding.rule_id for finding in told} - {"R009"} == rule_ids


def test_a_company_without_any_org_number_is_a_fault():
    assert [finding.line_numbers for finding in findings("R007", {**COMPANY, "org_number": None})] == [(1,)]


def test_a_finding_names_municipality_period_file_and_source():
    [finding] = findings("R004", {"accounting_year": 2017}, year=2018)
    assert (finding.unit_code, finding.period, finding.file, finding.source, finding.state) == (
        "2012", "2018", "alta.dat", "kostra_accounts", "åpen")


def test_a_quarter_is_a_period_of_its_own():
    [finding] = findings("R004", {"accounting_year": 2017, "quarter": "4"}, year=2018)
    assert finding.period == "2018-K4"


def test_no_lines_give_no_findings():
    assert check_accounts([], file="tom.dat") == []
