"""The marks of ledger and grants: VR26 purpose, VR27 project, VR30 and VR32 unaccompanied minors, VR33 compensation."""

import pytest

from assets.build import build_sql_table
from assets.sql_files import sql_tables
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, records

# VR26


@pytest.mark.parametrize("text", [
    "ledger 0729 2018 285 010 1000 purpose=244\nledger 0729 2018 285 010 1000 purpose=251\n"
    "ledger 0729 2018 285 010 1000 purpose=252",
    "ledger 0729 2018 285 010 995 purpose=252\nledger 0729 2018 285 010 5",          # half a percent
    "ledger 0729 2018 285 010 1000 purpose=252\nledger 0729 2018 285 550 900",       # a fund has no purpose
    "ledger 0729 2018 285 010 1000 purpose=252\nledger 0729 2018 285 010 900 project=28590",   # not the trial's
    "ledger 0729 2018 244 010 1000",
    "ledger 0722 2017 285 350 -10\nledger 0723 2017 285 750 10\nledger 0722 2017 285 010 1000 purpose=252",  # they cancel
])
def test_a_trial_cost_that_is_split_is_innocent(places, text):
    assert places("VR26", text) == []


@pytest.mark.parametrize(("text", "split", "total"), [
    ("ledger 0729 2018 285 010 994000 purpose=252\nledger 0729 2018 285 010 6000", "0,99", "1,00"),
    ("ledger 0729 2018 285 010 14200000 purpose=252\nledger 0729 2018 285 010 9600000", "14,20", "23,80"),
    ("ledger 0729 2018 285 010 1000000", "0,00", "1,00"),
    ("ledger 0729 2018 285 010 1000000 purpose=252\nledger 0729 2018 285 010 -500000", "1,00", "0,50"),
    ("ledger 0729 2018 285 010 1000000 purpose=244\nledger 0722 2018 285 010 1000000", "1,00", "2,00"),
    ("ledger 0729 2018 285 010 1000000 purpose=252\nledger 0729 2018 285 010 -1000000", "1,00", "0,00"),
])
def test_a_trial_cost_that_is_not_split_is_a_warning(places, text, split, total):
    assert places("VR26", text) == [
        ("advarsel", "0729", "2018", f"{split} millioner kroner", f"{total} millioner kroner")]


# VR27

@pytest.mark.parametrize("text", [
    "ledger 2012 2018 285 010 1000",
    "ledger 2012 2018 285 010 1000 project=28590",                       # another project is a project
    "ledger 2012 2018 252 010 1000",                                     # only 285 needs one
    "ledger 2012 2015 285 010 1000 project=-",                           # before the trial
])
def test_lines_on_285_with_a_project_are_innocent(places, text):
    assert places("VR27", text) == []


@pytest.mark.parametrize(("text", "amount", "lines"), [
    ("ledger 2012 2018 285 010 1000 project=-", "1 000 kroner", (1,)),
    ("ledger 2012 2016 285 010 1000\nledger 2012 2016 285 010 250,50 project=-", "250,50 kroner", (2,)),
    ("ledger 2012 2018 285 010 5 project=-\nledger 2012 2018 285 010 -5 project=-", "0 kroner", (1, 2)),
    ("ledger 2012 2018 285 550 7 project=-\nledger 0627 2018 285 010 9", "7 kroner", (1,)),
])
def test_lines_on_285_without_a_project_are_found(found, text, amount, lines):
    (finding,) = found("VR27", text.replace(",", "."))
    assert (finding.level, finding.found.replace("\u00a0", " "), finding.line_numbers) == ("feil", amount, lines)


def test_two_municipalities_of_a_unit_are_two_ledgers_to_mend(found):
    findings = found("VR27", "ledger 0722 2017 285 010 5 project=-\nledger 0723 2017 285 010 6 project=-")
    assert [finding.unit_code for finding in findings] == ["0729", "0729"]
    assert len({finding.finding_id for finding in findings}) == 2


# VR30

BOTH = "delivered kostra_accounts {0} {1}\ndelivered ledger {0} {1}\n"


@pytest.mark.parametrize("text", [
    BOTH.format("0729", 2018) + "ledger 0729 2018 252 010 1000 area=EM",
    BOTH.format("0722", 2016) + "ledger 0722 2016 252 810 -1000 area=EM",
    BOTH.format("0723", 2016),                                           # Nøtterøy has them for both
    BOTH.format("2012", 2018),                                           # has not said it has any
    BOTH.format("0722", 2012),                                           # before anybody asked
    "delivered ledger 0729 2018",                                        # the accounts are not here: FE286's matter
    "delivered kostra_accounts 0729 2018",
])
def test_a_ledger_that_marks_them_or_need_not_is_innocent(places, text):
    assert places("VR30", text) == []


@pytest.mark.parametrize(("text", "period"), [
    (BOTH.format("0729", 2018), "2018"),
    (BOTH.format("0729", 2018) + "ledger 0729 2018 252 010 1000", "2018"),
    (BOTH.format("0722", 2015), "2015"),
    (BOTH.format("0722", 2017) + BOTH.format("0729", 2018) + "ledger 0729 2018 252 010 1 area=EM", "2017"),
    (BOTH.format("0722", 2016) + "ledger 0723 2016 252 010 1 area=EM", "2016"),
    (BOTH.format("3811", 2020), "2020"),
    (BOTH.format("0729", 2019), "2019"),
])
def test_a_ledger_that_marks_none_of_them_is_found(places, text, period):
    assert places("VR30", text) == [("feil", "0729", period, "0 linjer", "linjer merket EM")]


# VR32

@pytest.mark.parametrize("text", [
    "ledger 0729 2018 252 010 1000 area=EM", "ledger 0722 2015 252 010 1000 area=EM", "ledger 2012 2016 252 010 1000",
])
def test_marked_lines_of_who_has_said_so_are_innocent(places, text):
    assert places("VR32", text) == []


@pytest.mark.parametrize(("text", "unit", "period", "count"), [
    ("ledger 2012 2016 252 010 1000 area=EM\nledger 2012 2016 252 810 -1000 area=EM", "2012", "2016", 2),
    ("ledger 0627 2018 251 010 1 area=EM", "0627", "2018", 1),
    ("ledger 0723 2016 252 010 1 area=EM\nledger 0722 2016 252 010 1 area=EM", "0729", "2016", 1),
])
def test_marked_lines_of_who_has_not_said_so_are_a_warning(places, text, unit, period, count):
    assert places("VR32", text) == [("advarsel", unit, period, f"{count} linjer", "0 linjer")]


# VR33

@pytest.mark.parametrize("text", [
    "grant 2012 2018 kompensasjon 25500",
    "grant 2012 2016 administrasjon 2750 one_off=yes",
    "grant 2012 2016 kompensasjon 25000\ngrant 2012 2016 administrasjon 2750 one_off=yes",
    "grant 2012 2016 kompensasjon 2750\ngrant 0627 2016 administrasjon 2750 one_off=yes",     # another municipality's one-off
    "grant 2012 2017 kompensasjon 25500\ngrant 2012 2018 kompensasjon 25500",                 # the same each year
])
def test_the_yearly_increase_is_innocent(places, text):
    assert places("VR33", text) == []


@pytest.mark.parametrize(("text", "period", "amount"), [
    ("grant 2012 2016 kompensasjon 2750 one_off=yes", "2016", "2 750"),
    ("grant 2012 2018 kompensasjon 25500\ngrant 2012 2016 kompensasjon 2750 one_off=yes", "2016", "2 750"),
    ("grant 2012 2016 administrasjon 2750 one_off=yes\ngrant 2012 2016 kompensasjon 2750", "2016", "2 750"),
    ("grant 2012 2016 administrasjon 2750 one_off=yes\ngrant 2012 2017 kompensasjon 2750", "2017", "2 750"),
    ("grant 2012 2018 kompensasjon 25500 one_off=yes", "2018", "25 500"),
])
def test_the_one_off_told_as_compensation_is_found(places, text, period, amount):
    assert places("VR33", text) == [("feil", "2012", period, amount, None)]


def test_compensation_never_holds_the_one_off_grant(reference_warehouse):
    grants = [("kompensasjon", False, 25500.0), ("kompensasjon", True, 2750.0), ("administrasjon", True, 2750.0),
              ("administrasjon", False, 2750.0)]
    contract = contract_of("core", "grant_line")
    reference_warehouse.execute("DELETE FROM core.grant_line")
    append(reference_warehouse, contract, arrow_table(contract, [
        {"unit_code": "2012", "year": 2018, "grant_name": name, "is_one_off": one_off, "amount_thousand_nok": amount,
         "delivery_id": 1, "line_number": number} for number, (name, one_off, amount) in enumerate(grants, 1)]))
    build_sql_table(reference_warehouse, next(table for table in sql_tables("core") if table.name == "compensation_line"))
    assert [row["amount_thousand_nok"] for row in records(reference_warehouse, "SELECT * FROM core.compensation_line")] == [
        25500.0]
