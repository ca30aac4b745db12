"""Corrections as data: what the file may say, and that a number is corrected only while the source says what was expected."""

from datetime import datetime

import pytest

from assets.build import build_sql_table, set_clock
from assets.corrected_sql import STEM_OF, written_out
from assets.corrections import (
    HEADINGS, FaultyCorrections, all_corrections, demand_one_of_each, read_corrections, register_corrections,
)
from assets.sql_files import in_order, sql_tables
from expectations.rule import all_rules
from pipelines.fingerprint import fingerprint
from pipelines.settings import DEMO_CLOCK
from pipelines.trace import trace
from warehouse.database import copy_in_memory, records, rows

GOOD = {
    "correction_id": "R1", "stem": "kostra_statistics", "source_unit_code": "2012", "period": "2018", "dataset_code": "",
    "place_key": "key_figure_code=01", "correction_action": "override", "expected_value": "0", "corrected_value": "300",
    "reason_nb": "Kommunen har talt om igjen.", "told_to": "barnevernleder", "told_on": "2019-01-10",
    "recorded_on": "2019-01-11", "valid_until": "2020-12-31"}


def written(*several):
    """A file of corrections; each is GOOD with what is given."""
    lines = [",".join(HEADINGS), *(",".join(f'"{({**GOOD, **one})[name]}"' for name in HEADINGS) for one in several)]
    return "\n".join(lines).encode()


def read(*several):
    return read_corrections(written(*several), "corrections.csv")


# What the file may say

@pytest.mark.parametrize("change", [
    {}, {"corrected_value": "-"}, {"corrected_value": ":"}, {"expected_value": ".."}, {"corrected_value": "0.5"},
    {"correction_action": "drop", "corrected_value": ""}, {"correction_action": "flag", "corrected_value": ""},
    {"place_key": "year=2018;key_figure_code=01"}, {"stem": "ledger", "place_key": "voucher_number=1;species_code=010"},
    {"stem": "ledger", "place_key": "voucher_number=1", "corrected_value": "-12.50"}])
def test_a_good_line_is_taken(change):
    assert len(read(change)) == 1


@pytest.mark.parametrize(("change", "said"), [
    ({"correction_id": ""}, "correction_id er tom"),
    ({"correction_id": "R 1"}, "correction_id «R 1» er ikke en lovlig verdi"),
    ({"stem": "interview_codings"}, "kilden «interview_codings» har ingen tall som kan rettes"),
    ({"stem": "child_records"}, "kilden «child_records» har ingen tall som kan rettes"),
    ({"period": "18"}, "period «18»"),
    ({"place_key": "barn=1"}, "place_key har feltet «barn», som ikke finnes"),
    ({"place_key": "year:2018"}, "skal være felt=verdi"),
    ({"place_key": "year=2018;year=2017"}, "samme felt to ganger"),
    ({"place_key": "cell_number=4"}, "place_key har feltet «cell_number»"),
    ({"correction_action": "scale"}, "correction_action «scale» finnes ikke"),
    ({"corrected_value": ""}, "corrected_value er tom"),
    ({"corrected_value": "1 200"}, "corrected_value «1 200» er ikke et tall"),
    ({"corrected_value": "1,5"}, "corrected_value «1,5» er ikke et tall"),
    ({"corrected_value": "nan"}, "corrected_value «nan» er ikke et tall"),
    ({"stem": "ledger", "place_key": "voucher_number=1", "corrected_value": "-"}, "er ikke et tall. Skriv"),
    ({"stem": "ledger", "place_key": "voucher_number=1", "corrected_value": "1.005"}, "høyst 2 desimaler"),
    ({"stem": "surveys", "place_key": "answer_code=1", "corrected_value": "1.5"}, "høyst 0 desimaler"),
    ({"stem": "surveys", "place_key": "answer_code=1", "corrected_value": "-1"}, "passer ikke i answer_count"),
    ({"correction_action": "drop"}, "skal være tom når correction_action er drop"),
    ({"told_on": "10.01.2019"}, "told_on «10.01.2019» er ikke en dato"),
    ({"valid_until": "2019-01-10"}, "valid_until er før recorded_on"),
    ({"told_to": ""}, "told_to er tom"), ({"reason_nb": ""}, "reason_nb er tom"), ({"valid_until": ""}, "valid_until er tom"),
])
def test_a_faulty_line_is_refused_with_file_line_and_what_to_do(change, said):
    with pytest.raises(FaultyCorrections) as refused:
        read({}, {**{"correction_id": "R2"}, **change})
    assert str(refused.value).startswith("corrections.csv, linje 3: ") and said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(("content", "said"), [
    (b"", "linje 1: overskriftene skal"), (b"a,b\n1,2", "linje 1: overskriftene skal"),
    (written({}) + b"\nR2,ledger", "linje 3: fant 2 celler, ventet 14"),
    ("reason_nb\næ".encode("cp1252"), "kan ikke leses som CSV i UTF-8"), (b'"a', "kan ikke leses som CSV")])
def test_a_file_of_another_form_is_refused(content, said):
    with pytest.raises(FaultyCorrections, match=said):
        read_corrections(content, "corrections.csv")


def test_two_for_one_place_are_refused_unless_one_ends_before_the_other_begins():
    first = {"place_key": "year=2018;key_figure_code=01", "valid_until": "2019-06-30"}
    again = {"correction_id": "R2", "place_key": "key_figure_code=01;year=2018"}
    one, two = read(first, again)
    with pytest.raises(FaultyCorrections, match="b.csv, linje 3: plassen rettes også i a.csv, linje 2"):
        demand_one_of_each([("a.csv", one), ("b.csv", two)])
    one, two = read(first, {**again, "recorded_on": "2019-07-01"})
    demand_one_of_each([("a.csv", one), ("b.csv", two)])
    with pytest.raises(FaultyCorrections, match="correction_id «R1» står også i a.csv, linje 2"):
        demand_one_of_each([("a.csv", one), ("b.csv", {**one, "source_unit_code": "0627"})])


def test_a_home_without_a_file_has_no_corrections_and_the_shipped_file_is_good(tmp_path):
    assert all_corrections(tmp_path / "corrections.csv") == []


# What a correction does

@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


MADE_ANEW = ("delivery_in_force", "correction", "key_figure", "b1_03")


@pytest.fixture
def corrected(warehouse):
    """The function that puts corrections into force and makes anew the tables these tests look at, and the others named."""
    def correct(*several, as_of=DEMO_CLOCK, others=()):
        register_corrections(warehouse, read(*several) if several else [])
        set_clock(warehouse, as_of)
        for table in in_order():
            if table.name in (*MADE_ANEW, *others):
                build_sql_table(warehouse, table)
        return {row["correction_id"]: row["correction_state"] for row in records(warehouse, "FROM core.correction")}
    yield correct
    register_corrections(warehouse, [])


@pytest.fixture(scope="module")
def delivered(warehouse):
    """The number of reports of Alta in 2018 as it was delivered."""
    return rows(warehouse, "SELECT value FROM raw.kostra_statistics_cell WHERE region_code = '2012' AND year = 2018 "
                "AND key_figure_code = '01'")[0][0]


def reports(connection):
    """The value and status of the reports of Alta in 2018, as the indicator has them."""
    found = rows(connection, "SELECT amount, status FROM indicators.b1_03 WHERE unit_code = '2012' AND period = '2018'")
    return found[0] if found else None


def findings(connection):
    """What the rules about corrections find."""
    return [finding for rule in all_rules() if rule.rule_id in ("FE292", "FE293", "FE294")
            for finding in rule.findings(records(connection, rule.select))]


def test_an_override_is_used_while_the_source_says_what_was_expected_and_raw_is_never_changed(
        warehouse, corrected, delivered):
    raw = rows(warehouse, "SELECT sum(hash(cell)) FROM raw.kostra_statistics_cell AS cell")
    assert corrected({"expected_value": f"{delivered:g}"}) == {"R1": "in_use"}
    assert reports(warehouse) == (300, "ok") != (delivered, "ok")
    [one] = trace(warehouse, "B1-03", "2012", "2018")
    assert one.parts[0]["delivered"] == delivered and one.parts[0]["amount"] == 300
    assert (one.parts[0]["factor"], one.from_parts) == (1.0, 300)
    assert one.parts[0]["correction"] == {"correction_id": "R1", "action": "override", "corrected": "300",
                                          "reason": "Kommunen har talt om igjen."}
    assert rows(warehouse, "SELECT sum(hash(cell)) FROM raw.kostra_statistics_cell AS cell") == raw


def test_when_the_source_has_been_corrected_the_correction_is_not_used_and_must_go(warehouse, corrected, delivered):
    assert corrected({"expected_value": f"{delivered + 1:g}"}) == {"R1": "source_corrected"}
    assert reports(warehouse) == (delivered, "ok")
    [finding] = findings(warehouse)
    assert (finding.rule_id, finding.level, finding.unit_code) == ("FE292", "feil", "2012")
    assert (finding.found, finding.expected) == (f"{delivered}", f"{delivered + 1:g}")
    assert "Kilden er rettet, og rettelsen er ikke brukt" in finding.message


@pytest.mark.parametrize(("change", "state", "rule_id", "level"), [
    ({"place_key": "key_figure_code=99"}, "not_found", "FE293", "feil"),
    ({"period": "2030"}, "not_found", "FE293", "feil"),
    ({"place_key": "region_code=0627;key_figure_code=01"}, "not_found", "FE293", "feil"),
    ({"place_key": "year=2018"}, "ambiguous", "FE293", "feil"),
    ({"valid_until": "2019-02-01"}, "expired", "FE294", "advarsel")])
def test_a_correction_without_one_place_or_past_its_end_is_a_finding_and_not_used(
        warehouse, corrected, delivered, change, state, rule_id, level):
    assert corrected({"expected_value": f"{delivered:g}", **change}) == {"R1": state}
    assert reports(warehouse) == (delivered, "ok")
    assert [(finding.rule_id, finding.level) for finding in findings(warehouse)] == [(rule_id, level)]


def test_two_keys_that_name_one_cell_are_both_left_out(warehouse, corrected, delivered):
    states = corrected({"expected_value": f"{delivered:g}"}, {
        "correction_id": "R2", "expected_value": f"{delivered:g}", "place_key": "year=2018;key_figure_code=01"})
    assert states == {"R1": "ambiguous", "R2": "ambiguous"} and reports(warehouse) == (delivered, "ok")


def test_a_correction_is_known_from_the_day_it_was_recorded(warehouse, corrected, delivered):
    good = {"expected_value": f"{delivered:g}", "recorded_on": "2019-10-04"}
    assert corrected(good, as_of=datetime(2019, 10, 3, 23)) == {} and reports(warehouse) == (delivered, "ok")
    assert corrected(good, as_of=datetime(2019, 10, 4)) == {"R1": "in_use"} and reports(warehouse) == (300, "ok")


def test_a_flag_leaves_the_number_and_a_sign_makes_it_missing_and_a_drop_takes_it_away(warehouse, corrected, delivered):
    good = {"expected_value": f"{delivered:g}"}
    assert corrected({**good, "correction_action": "flag", "corrected_value": ""}) == {"R1": "in_use"}
    assert reports(warehouse) == (delivered, "ok")
    assert trace(warehouse, "B1-03", "2012", "2018")[0].parts[0]["correction"]["action"] == "flag"
    corrected({**good, "corrected_value": ".."})
    assert reports(warehouse) == (None, "not_reported")
    corrected({**good, "correction_action": "drop", "corrected_value": ""})
    assert reports(warehouse) is None


def test_a_ledger_line_a_form_cell_and_an_account_line_are_corrected_by_the_same_mechanism(warehouse, corrected):
    trial, account = ("SELECT sum(amount_nok) FROM core.ledger_line WHERE is_trial",
                      "SELECT sum(amount_thousand_nok) FROM core.account_line")
    before = [rows(warehouse, sql)[0][0] for sql in (trial, account)]
    [(voucher, function, species, responsibility, amount)] = rows(
        warehouse, "SELECT voucher_number, function_code, species_code, responsibility_code, amount_nok "
        "FROM core.ledger_line WHERE unit_code = '2012' AND accounting_year = 2018 AND is_trial QUALIFY count(*) OVER "
        "(PARTITION BY voucher_number) = 1 ORDER BY amount_nok DESC, voucher_number LIMIT 1")
    [(code, kind, thousand)] = rows(
        warehouse, "SELECT function_code, species_code, amount_thousand_nok FROM core.account_line WHERE unit_code = '2012' "
        "AND accounting_year = 2018 AND function_code = '244' AND account_class = '1' AND species_code = '010'")
    [(field, number)] = rows(
        warehouse, "SELECT field_id, value FROM core.form_value WHERE stem = 'tertial_reports' AND unit_code = '2012' "
        "AND period = '2018-T3' AND field_id = 'meldinger'")
    states = corrected(
        {"stem": "ledger", "place_key": f"voucher_number={voucher};function_code={function}",
         "expected_value": str(amount), "corrected_value": f"{amount - 1000000}"},
        {"correction_id": "R2", "stem": "kostra_accounts", "expected_value": f"{thousand:g}",
         "place_key": f"form_code=0A;function_code={code};species_code={kind};account_class=1",
         "corrected_value": f"{thousand + 2000:g}"},
        {"correction_id": "R3", "stem": "tertial_reports", "period": "2018-T3", "place_key": f"field_id={field}",
         "expected_value": f"{number:g}", "corrected_value": f"{number + 5:g}"},
        others=("ledger_line", "account_line", "form_value"))
    assert states == {"R1": "in_use", "R2": "in_use", "R3": "in_use"}
    assert [rows(warehouse, sql)[0][0] for sql in (trial, account)] == [before[0] - 1000000, before[1] + 2000]
    assert rows(warehouse, "SELECT value FROM core.form_value WHERE unit_code = '2012' AND period = '2018-T3' "
                "AND field_id = 'meldinger'") == [(number + 5,)]


# The mechanism

def test_every_raw_table_with_numbers_is_read_in_core_through_its_corrections():
    corrected = {name for table in sql_tables("core") for name in STEM_OF if f"{{corrected:{name}}}" in table.text}
    assert corrected == set(STEM_OF)
    plain = {(table.name, read) for table in sql_tables("core") for schema, read in table.reads
             if schema == "raw" and not table.is_correctable and table.name != "correction"}
    assert plain == {("child_record_count", "child_records_count"), ("interview_coding", "interview_codings_coding"),
                     ("interview_document", "interview_codings_coding"), ("progress_text", "tertial_reports_cell")}


def test_where_nothing_is_corrected_raw_is_read_as_it_is():
    assert written_out("SELECT 1 FROM {corrected:ledger_line} AS line", ()) == "SELECT 1 FROM raw.ledger_line AS line"
    assert "raw." not in written_out("WITH known AS (SELECT '' AS correction_id) {correction_places}", ())
    assert "core.correction" in written_out("SELECT 1 FROM {corrected:ledger_line} AS line", ("ledger",))


def test_a_changed_file_and_a_day_that_passes_make_a_refresh_do_work(warehouse, corrected, tmp_path):
    file = tmp_path / "corrections.csv"
    without = fingerprint(warehouse, DEMO_CLOCK, 3, file)
    file.write_bytes(written({}))
    assert fingerprint(warehouse, DEMO_CLOCK, 3, file) != without
    corrected({"valid_until": "2019-10-05"})
    days = [fingerprint(warehouse, datetime(2019, 10, day), 3, file) for day in (4, 5, 6)]
    assert days[0] == days[1] != days[2]
