"""Which files this home takes in: whose, for which year, of which form. Each rule where it fails, and its innocents."""

from datetime import datetime
from pathlib import Path

import pytest

from assets.admission import reasons_to_refuse, trial_unit_of
from assets.sources import recognise

DELIVERIES = Path(__file__).parents[1] / "deliveries"
ACCOUNTS = (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes()
LEDGER = (DELIVERIES / "ledger" / "innocent.csv").read_bytes()
GRANTS = (DELIVERIES / "grants" / "known_grant_names.csv").read_bytes()
LONG_AFTER = datetime(2030, 1, 1)


def refusals(content, sender=None, now=LONG_AFTER, name="fil.dat"):
    return reasons_to_refuse(recognise(content, name).read(content, name), sender, name, now)


def rules(content, sender=None, now=LONG_AFTER):
    return [finding.rule_id for finding in refusals(content, sender, now)]


def accounts(municipality, year):
    return ACCOUNTS.replace(b"0A2018 2012", f"0A{year} {municipality}".encode())


def ledger(municipality, year):
    return LEDGER.replace(b"\n2012;2018;", f"\n{municipality};{year};".encode())


def grants(municipality, year):
    moved = GRANTS.replace(b"2012;", f"{municipality};".encode())
    return moved.replace(b";2018;", f";{year};".encode())


def bufetat(region, municipality, year):
    return ("region;kommunenr;aar;tertial;post;maal;tiltakstype;verdi;enhet;endring_fra_2015\n"
            f"{region};{municipality};{year};1;3855.60;egenandel;;1;1000 NOK;\n").encode()


def survey(municipality, year):
    return f"undersoekelse;aar;kommunenr;spoersmaal_id;svar;antall;n\nA;{year};{municipality};q;ja;1;2\n".encode()


def inspection(municipality, year):
    return f"kommunenr;dato;tilsyn;forhold;antall;alvor\n{municipality};{year}-05-01;T;sak;1;\n".encode()


def given(folder, name):
    return (DELIVERIES / folder / name).read_bytes()


@pytest.mark.parametrize(("content", "sender"), [
    (accounts("2012", 2018), "2012"), (accounts("2012", 2018), None), (accounts("0729", 2018), "0729"),
    (accounts("0722", 2017), "0722"), (accounts("0722", 2017), "0723"), (accounts("0723", 2016), "0729"),
    (accounts("2012", 2019), "5403"), (accounts("0627", 2018), "0627"), (ledger("0722", 2015), "0729"),
    (grants("0627", 2018), "0627"), (given("population", "innocent.json"), None),
    (given("rates", "innocent.csv"), None), (given("kostra_statistics", "innocent.json"), None),
    (given("bufetat", "innocent.csv"), None), (bufetat("sør", "", 2018), None), (bufetat("sør", "0722", 2017), None),
    (bufetat("sør", "", 2022), None), (survey("0729", 2019), None), (survey("2012", 2018), "2012"),
    (inspection("2012", 2019), None),
])
def test_a_municipality_may_deliver_for_itself_and_for_those_it_was_merged_from(content, sender):
    assert rules(content, sender) == []


@pytest.mark.parametrize(("content", "sender", "found"), [
    (accounts("0729", 2018), "2012", "0729"), (accounts("2012", 2018), "0301", "2012"),
    (ledger("0627", 2018), "0729", "0627"), (grants("2012", 2018), "0627", "2012"),
    (bufetat("nord", "", 2018), "2012", "R-NORD"), (survey("2012", 2018), "0627", "2012"),
])
def test_a_file_about_another_municipality_than_the_senders_folder_is_refused(content, sender, found):
    (finding,) = refusals(content, sender)
    assert (finding.rule_id, finding.level, finding.found, finding.expected) == ("A01", "kritisk_feil", found, sender)
    assert finding.message.startswith(f"fil.dat: filen gjelder {found}, men lå i mappen til {sender}.")


@pytest.mark.parametrize(("municipality", "year", "unit"), [
    ("2012", 2015, "2012"), ("5403", 2019, None), ("5403", 2020, "2012"), ("0722", 2017, "0729"), ("0722", 2018, None),
    ("0723", 2017, "0729"), ("0729", 2017, None), ("0729", 2018, "0729"), ("0627", 2019, "0627"), ("0627", 2020, None),
    ("0301", 2018, None), ("", 2018, None),
])
def test_a_municipality_number_belongs_to_a_trial_unit_in_its_own_years(municipality, year, unit):
    assert trial_unit_of(municipality, year) == unit


@pytest.mark.parametrize("content", [
    bufetat("sør", "0729", 2016), bufetat("nord", "0301", 2018), survey("0301", 2018), inspection("0722", 2018),
    accounts("0301", 2018), accounts("0722", 2018), accounts("0729", 2017), ledger("0723", 2018), grants("0627", 2020),
    given("kostra_accounts", "municipality_outside_the_trial.dat"),
])
def test_a_municipality_that_is_not_in_the_trial_that_year_is_refused(content):
    assert set(rules(content)) == {"A02"}


@pytest.mark.parametrize(("year", "expected"), [(2021, []), (2022, ["VR62"])])
def test_a_year_after_the_trial_is_refused(year, expected):
    assert rules(accounts("5403", year)) == expected


@pytest.mark.parametrize(("content", "now", "expected"), [
    (accounts("2012", 2018), datetime(2019, 1, 1), []),
    (accounts("2012", 2018), datetime(2018, 12, 31), ["R004"]),
    (given("kostra_accounts", "year_not_over.dat"), datetime(2019, 10, 1), ["R004"]),
    (ledger("2012", 2018), datetime(2018, 1, 1), []),
    (ledger("2012", 2018), datetime(2017, 12, 31), ["R004"]),
    (grants("2012", 2018), datetime(2018, 1, 1), []),
])
def test_annual_accounts_wait_for_the_year_to_end_and_other_figures_for_it_to_begin(content, now, expected):
    assert rules(content, now=now) == expected


def test_a_year_that_is_not_over_is_told_with_the_day():
    (finding,) = refusals(accounts("2012", 2019), now=datetime(2019, 10, 1))
    assert "årgangen 2019 er ikke avsluttet ennå (i dag er det 01.10.2019)" in finding.message
    assert (finding.found, finding.expected) == ("2019", "høyst 2018")


@pytest.mark.parametrize(("name", "rule_id", "lines", "text"), [
    ("balance_0b.dat", "R003", (1, 2, 3, 4, 5, 6), "linje 1, 2, 3, 4, 5 og 1 til er skjema 0B, men her ventes 0A"),
    ("one_line_of_the_balance.dat", "R003", (12,), "linje 12 er skjema 0B, men her ventes 0A"),
    ("quarterly_accounts.dat", "R005", tuple(range(1, 22)), "linje 1, 2, 3, 4, 5 og 16 til er kvartalsregnskap"),
    ("wrong_year_inside.dat", "R004", (5,), "linje 5 har årgang 2017, resten av filen har 2018"),
    ("district_on_one_line.dat", "R006", (3,), "linje 3 har region 201203, resten av filen har 201200"),
])
def test_accounts_are_one_annual_0a_of_one_municipality_and_other_lines_are_named(name, rule_id, lines, text):
    (finding,) = refusals(given("kostra_accounts", name), name=name)
    assert (finding.rule_id, finding.level, finding.line_numbers) == (rule_id, "kritisk_feil", lines)
    assert finding.message.startswith(f"{name}: {text}")


@pytest.mark.parametrize("name", [
    "innocent.dat", "unknown_function.dat", "line_ends_as_in_windows.dat", "fund_allocation_on_285.dat"])
def test_what_the_accounts_say_is_no_reason_to_refuse_them(name):
    assert refusals(given("kostra_accounts", name)) == []


def test_an_unknown_grant_is_refused_by_its_line():
    (finding,) = refusals(given("grants", "unknown_grant_name.csv"), name="tilskudd.csv")
    assert (finding.rule_id, finding.line_numbers, finding.found) == ("A03", (3,), "kompensasjonn")
    assert "tilskudd.csv: linje 3: tilskuddet «kompensasjonn» er ukjent" in finding.message


def test_known_grants_are_no_reason_to_refuse():
    assert refusals(GRANTS) == []


@pytest.mark.parametrize(("folder", "code", "cell"), [
    ("population", "9999", "value[4]"), ("kostra_statistics", "EKG99", "value[6]")])
def test_an_unknown_region_is_refused_by_its_first_cell(folder, code, cell):
    (finding,) = refusals(given(folder, "unknown_region.json"), name="tall.json")
    assert (finding.rule_id, finding.found, finding.cell) == ("F13", code, cell)
    assert f"tall.json, {cell}: regionen «{code}» finnes ikke" in finding.message


def test_every_reason_is_told_at_once():
    content = given("kostra_accounts", "one_line_of_the_balance.dat").replace(b"0A2018 ", b"0A20194")
    assert set(rules(content, sender="0729", now=datetime(2019, 10, 1))) == {"A01", "R003", "R004", "R005"}


def _account_line(function, species):
    return f"0A2018 062700{'':18}1{function:4}{species:3}{900:>9}\n".encode()


@pytest.mark.parametrize(("function", "species"), [(" 244", "010"), ("244 ", "10 "), ("244 ", " 10")])
def test_a_code_out_of_its_place_is_refused_by_its_line_and_never_counted_wrong(function, species):
    (refusal,) = refusals(_account_line("252 ", "010") + _account_line(function, species))
    assert (refusal.rule_id, refusal.line_numbers) == ("R002", (2,))


def test_codes_in_their_place_are_no_reason_to_refuse():
    assert refusals(_account_line("252 ", "010") + _account_line("244 ", "990")) == []
