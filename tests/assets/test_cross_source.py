"""Function 285 in the accounts against function 285 in the ledger, from core lines drawn as small tables."""

from decimal import Decimal

import pytest

from assets.build import build_reference_table, set_clock
from expectations.rules.fe285_accounts_and_ledger_agree_on_285 import RULE
from pipelines.settings import DEMO_CLOCK
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, records


@pytest.fixture(scope="module")
def empty_warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        set_clock(connection, DEMO_CLOCK)
        yield connection


@pytest.fixture
def disagreements(empty_warehouse):
    """(unit, municipality, period, accounts, ledger) for each finding. A drawn line: source municipality year function
    species thousand-NOK [class=0]."""
    def found(text):
        lines = [line.split() for line in text.strip().splitlines()]
        rows = {"account_line": [], "ledger_line": [], "complete_year": []}
        for number, (source, code, year, function, species, amount, *marks) in enumerate(lines, 1):
            common = {"unit_code": "0729" if code in ("0722", "0723") else code, "source_municipality_code": code,
                      "accounting_year": int(year), "function_code": function, "species_code": species,
                      "delivery_id": 1, "line_number": number}
            if source == "account":
                rows["account_line"].append(common | {
                    "account_class": "0" if marks == ["class=0"] else "1", "amount_thousand_nok": float(amount),
                    "is_internal": False})
            elif source == "ledger":
                rows["ledger_line"].append(common | {
                    "voucher_number": str(number), "is_trial": marks != ["other"], "amount_nok": 1000 * Decimal(amount)})
        rows["complete_year"] = [{"unit_code": unit, "accounting_year": year} for unit, year in {
            (row["unit_code"], row["accounting_year"]) for name in ("account_line", "ledger_line") for row in rows[name]
            if row["accounting_year"] != 2014}]
        rows["delivery_in_force"] = [
            {"stem": stem, "source_unit_code": code, "period": str(year), "dataset_code": "", "delivery_id": 1, "version": 1}
            for code, year in {(row["source_municipality_code"], row["accounting_year"])
                               for name in ("account_line", "ledger_line") for row in rows[name]}
            for stem in ("kostra_accounts", "ledger") if year != 2014]
        for name, several in rows.items():
            contract = contract_of("core", name)
            empty_warehouse.execute(f"DELETE FROM {contract.full_name}")
            append(empty_warehouse, contract, arrow_table(
                contract, [{**dict.fromkeys(contract.column_names), **row} for row in several]))
        return sorted((one.unit_code, one.cell.split(", ")[1], one.period, one.expected, one.found)
                      for one in RULE.findings(records(empty_warehouse, RULE.select)))
    return found


@pytest.mark.parametrize("text", [
    "account 2012 2018 285 010 34900\n ledger 2012 2018 285 010 34900",
    "account 2012 2018 285 010 34900\n ledger 2012 2018 285 010 34900.5",     # one line, rounded to a thousand
    "account 2012 2018 285 010 900\n account 2012 2018 285 370 100\n ledger 2012 2018 285 010 1001",  # two lines
    "account 2012 2018 285 010 900\n account 2012 2018 285 550 100\n ledger 2012 2018 285 010 900",   # a fund
    "account 2012 2018 285 010 900\n account 2012 2018 285 010 100 class=0\n ledger 2012 2018 285 010 900",
    "account 2012 2018 285 010 900\n ledger 2012 2018 285 010 900\n ledger 2012 2018 285 728 50",  # outside the formula
    "account 2012 2018 285 010 900\n ledger 2012 2018 285 010 800\n ledger 2012 2018 285 010 100 other",  # all projects
    "account 2012 2018 252 010 900\n ledger 2012 2018 252 010 100",            # other functions are not compared
    "account 2012 2014 285 010 900\n ledger 2012 2014 285 010 1",              # a year that lacks a file
])
def test_sums_that_agree_give_no_finding(disagreements, text):
    assert disagreements(text) == []


@pytest.mark.parametrize(("text", "wanted"), [
    ("account 2012 2018 285 010 34900\n ledger 2012 2018 285 010 34000", ("2012", "2012", "2018", "34\u00a0900", "34\u00a0000")),
    ("account 2012 2018 285 010 34900\n ledger 2012 2018 285 010 34900.6", ("2012", "2012", "2018", "34\u00a0900", "34\u00a0901")),
    ("account 2012 2018 285 010 700", ("2012", "2012", "2018", "700", "0")),
    ("ledger 2012 2018 285 010 700", ("2012", "2012", "2018", "0", "700")),
    ("account 0722 2017 285 010 500\n ledger 0723 2017 285 010 500", None),
])
def test_sums_that_differ_are_a_finding_with_both(disagreements, text, wanted):
    assert disagreements(text) == ([wanted] if wanted else [
        ("0729", "0722", "2017", "500", "0"), ("0729", "0723", "2017", "0", "500")])


def test_the_message_says_which_municipality_year_and_difference_and_what_to_do(disagreements, empty_warehouse):
    disagreements("account 0722 2017 285 010 900\n ledger 0722 2017 285 010 650")
    (one,) = RULE.findings(records(empty_warehouse, RULE.select))
    assert (one.rule_id, one.level, one.source) == ("FE285", "feil", "ledger")
    for words in ("0722", "2017", "900 tusen kroner", "650", "250", "lever det som er feil på nytt"):
        assert words in one.message
