"""The ledgers: the product's headings, several manners of writing, marks for trial, purpose and minors."""

import re

import pytest

from assets.demo import demo_deliveries

HEADINGS = ("kommunenr;regnskapsaar;bilagsnr;bilagsdato;funksjon;art;ansvar;prosjekt;formaal_funksjon;fakturanr;"
            "leverandoer_orgnr;tekst;beloep_kr;omraade")
LEDGER_PATHS = sorted(file.path for file in demo_deliveries() if "hovedbok" in file.path)


def test_there_is_a_ledger_for_every_accounts_file(files):
    accounts = {path[:4] + path[-8:-4] for path in files if path.endswith(".dat")}
    assert {path[:4] + path[-8:-4] for path in LEDGER_PATHS} == accounts


@pytest.mark.parametrize(("path", "encoding", "has_mark"), [
    ("2012/hovedbok_2018.csv", "utf-8", True), ("0729/hovedbok_2018.csv", "utf-8", True),
    ("0627/hovedbok_2018.csv", "utf-8", False), ("0723/hovedbok_2017.csv", "utf-8", False),
    ("0722/hovedbok_2017.csv", "iso-8859-1", False),
])
def test_ledgers_come_in_the_encodings_municipalities_use(files, path, encoding, has_mark):
    content = files[path].content
    assert content.startswith(b"\xef\xbb\xbf") == has_mark
    text = content.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    assert text.splitlines()[0] == HEADINGS
    assert path.startswith("0723") or re.search("[æøå]", text)
    if encoding == "iso-8859-1":
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


@pytest.mark.parametrize(("path", "amount", "date"), [
    ("0627/hovedbok_2018.csv", r"-?\d{1,3}(\u00a0\d{3})*,\d\d", r"\d\d\.\d\d\.2018"),
    ("0722/hovedbok_2017.csv", r"-?\d+,\d\d", r"\d\d\.\d\d\.2017"),
    ("2012/hovedbok_2018.csv", r"-?\d+,\d\d", r"2018-\d\d-\d\d"),
])
def test_amounts_and_dates_are_written_as_the_accounting_system_does(files, path, amount, date):
    encoding = "iso-8859-1" if path.startswith("0722") else "utf-8-sig"
    cells = [line.split(";") for line in files[path].content.decode(encoding).splitlines()[1:]]
    assert all(re.fullmatch(amount, row[12]) and re.fullmatch(date, row[3]) for row in cells)


@pytest.mark.parametrize("path", LEDGER_PATHS)
def test_every_line_is_the_senders_own_and_of_one_year(ledger, path):
    lines = [line for line in ledger if line.path == path]
    assert lines
    assert {(line.municipality, line.year) for line in lines} == {(path[:4], int(path[-8:-4]))}


def test_voucher_numbers_are_unique_within_a_file(files):
    for path in LEDGER_PATHS:
        encoding = "iso-8859-1" if path.startswith("0722") else "utf-8-sig"
        numbers = [line.split(";")[2] for line in files[path].content.decode(encoding).splitlines()[1:]]
        assert len(set(numbers)) == len(numbers)


def test_the_trials_project_stands_on_285_only_and_from_april_2016(ledger):
    trial = [line for line in ledger if line.project == "28516"]
    assert {line.function for line in trial} == {"285"}
    assert min(line.year for line in trial) == 2016
    months = {line.date[3:5] if "." in line.date else line.date[5:7] for line in trial if line.year == 2016}
    assert min(months) == "04"


def test_purposes_stand_on_the_trials_lines_only(ledger):
    assert {line.purpose for line in ledger if line.project == "28516"} == {"", "244", "251", "252"}
    assert {line.purpose for line in ledger if line.project != "28516"} == {""}
    without = {(line.municipality, line.year) for line in ledger
               if line.project == "28516" and not line.purpose and line.species != "550"}
    assert without == {("2012", 2018), ("0722", 2017), ("0729", 2018)}


def test_unaccompanied_minors_stand_on_the_ordinary_functions_with_cost_and_refunds(ledger):
    minors = [line for line in ledger if line.area]
    assert {line.area for line in minors} == {"EM"}
    assert {line.function for line in minors} == {"244", "251", "252"}
    assert {line.municipality for line in minors} == {"2012", "0722", "0729"}
    assert {line.species for line in minors if line.nok < 0} == {"700", "810"}


def test_the_texts_are_a_short_list_of_general_ones(ledger):
    texts = {line.text for line in ledger}
    assert "Plasseringstiltak, samlepost" in texts
    general = ("samlepost", "egenandel", "prisdel", "refusjon", "fond", "vertskommunesamarbeidet")
    assert all(text.endswith(general) for text in texts)
    assert len(texts) < 45


def test_fund_transfers_stand_in_the_ledger_as_in_the_accounts(accounts, ledger):
    in_accounts = {(line.path[:4], line.year, line.function, line.species): line.thousand for line in accounts
                   if line.species in ("550", "940") and line.function in ("252", "285")}
    in_ledger = {(line.municipality, line.year, line.function, line.species): line.nok / 1000 for line in ledger
                 if line.species in ("550", "940")}
    assert in_ledger == in_accounts
