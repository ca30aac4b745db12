"""What corrections do between raw and core, drawn: two years' lines from four sources, and what core then says."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from assets.build import build_reference_table, build_sql_table, set_clock
from assets.correction_findings import correction_findings
from assets.register import Arrival, record_accepted
from assets.sources.reading import ScopeKey
from assets.sql_files import sql_tables
from warehouse.arrow import arrow_table
from warehouse.contracts import RAW_BY_STEM, REFERENCE, contract_of
from warehouse.database import append, in_memory, records, rows
from warehouse.raw_places import CORRECTABLE
from warehouse.tables import create_table_sql

DAY = datetime(2019, 10, 1)
CORE = {table.name: table for table in sql_tables("core")}
BUILT = ("delivery_in_force", "correction", "ledger_line", "bufetat_figure", "form_value", "key_figure")
LEDGER = {"municipality_code": "2012", "accounting_year": 2018, "function_code": "285", "species_code": "370",
          "project_code": "3285", "purpose_function_code": "252"}
FORM = {"municipality_code": "2012", "period": "2018", "sheet": "C Tiltak"}


def filled(stem, row):
    return {**{name: None for name in RAW_BY_STEM[stem].column_names}, **row}


DELIVERIES = (
    ("ledger", [ScopeKey("2012", "2018")], [
        {**LEDGER, "line_number": 2, "voucher_number": "10", "amount_nok": 100},
        {**LEDGER, "line_number": 3, "voucher_number": "11", "amount_nok": 200},
        {**LEDGER, "line_number": 4, "voucher_number": "11", "amount_nok": 300}]),
    ("bufetat", [ScopeKey("0729", "2018-T1", "egenandel"), ScopeKey("R-SOR", "2018-T1", "egenandel")], [
        {"line_number": 2, "bufetat_region_code": "R-SOR", "municipality_code": "0729", "year": 2018,
         "tertial_number": 1, "bufetat_figure_code": "egenandel", "budget_post_code": "3855.60", "value": 500.0,
         "unit": "1000 NOK", "change_since_2015": 178.0},
        {"line_number": 3, "bufetat_region_code": "R-SOR", "year": 2018, "tertial_number": 1,
         "bufetat_figure_code": "egenandel", "budget_post_code": "3855.60", "status_sign": "..", "unit": "1000 NOK"}]),
    ("data_requests", [ScopeKey("2012", "2018")], [
        {**FORM, "cell_number": 1, "field_id": "fosterhjem_i_alt", "value": 7.0, "cell": "B7"},
        {**FORM, "cell_number": 2, "field_id": "frikjoept_maanedspris", "status_sign": "..", "cell": "B8"}]),
    ("kostra_statistics", [ScopeKey("2012", "2018")], [
        {"cell_number": 0, "dataset_code": "x", "region_code": "2012", "key_figure_code": "01", "year": 2018, "value": 14.0}]),
)
CORRECTION = {
    "correction_id": "1", "dataset_code": None, "period": "2018", "source_unit_code": "2012", "column_name": "value",
    "correction_action": "override", "expected": None, "corrected": None, "correction_reason_nb": "Kjent feil.",
    "told_to": None, "told_on": None, "valid_from": date(2019, 9, 1), "valid_until": None, "recorded_by": "evaluator",
    "recorded_on": date(2019, 9, 1)}
OF_LEDGER = {"stem": "ledger", "place_key": "voucher_number=10", "column_name": "amount_nok", "expected": "100",
             "corrected": "90"}
OF_BUFETAT = {"stem": "bufetat", "source_unit_code": "0729", "period": "2018-T1", "dataset_code": "egenandel",
              "place_key": "budget_post_code=3855.60", "column_name": "change_since_2015", "expected": "178",
              "corrected": "234"}
OF_REGION = {**OF_BUFETAT, "source_unit_code": "R-SOR", "column_name": "value", "expected": "..", "corrected": "19678"}
OF_FORM = {"stem": "data_requests", "place_key": "field_id=fosterhjem_i_alt", "expected": "7", "corrected": "9"}
OF_FIGURE = {"stem": "kostra_statistics", "place_key": "key_figure_code=01", "expected": "14", "corrected": ".."}


@pytest.fixture(scope="module")
def base():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        fields = {row["field_id"] for row in records(connection, "SELECT field_id FROM reference.form_field")}
        assert "frikjoept_maanedspris" in fields
        for table in sql_tables("indicators"):
            connection.execute(create_table_sql(table.contract))
        for number, (stem, scope, lines) in enumerate(DELIVERIES):
            arrival = Arrival(f"{number:064d}", f"{stem}.fil", None, datetime(2019, 3, 1))
            delivery_id = record_accepted(connection, arrival, stem=stem, form_version="1", row_count=len(lines),
                                          scope_keys=scope)
            append(connection, RAW_BY_STEM[stem], arrow_table(
                RAW_BY_STEM[stem], [filled(stem, {**line, "delivery_id": delivery_id}) for line in lines]))
        yield connection


@pytest.fixture
def core(base):
    """The function that builds core with some corrections for a day; gives the connection."""
    def build(*corrections, day=DAY):
        contract = contract_of("register", "correction")
        base.execute("DELETE FROM register.correction")
        if corrections:
            append(base, contract, arrow_table(contract, [
                {**CORRECTION, "correction_id": str(number), **one} for number, one in enumerate(corrections, 1)]))
        set_clock(base, day)
        for name in BUILT:
            build_sql_table(base, CORE[name])
        return base
    return build


def ledger(connection):
    return [(int(line), float(amount)) for line, amount in rows(
        connection, "SELECT line_number, amount_nok FROM core.ledger_line ORDER BY 1")]


def states(connection):
    return [state for (state,) in rows(
        connection, "SELECT correction_state FROM core.correction ORDER BY CAST(correction_id AS INTEGER)")]


def everything(connection):
    return [rows(connection, f"SELECT * FROM core.{name} ORDER BY ALL") for name in BUILT if name != "correction"]


def test_no_core_table_reads_a_source_that_can_be_corrected_past_its_corrections():
    folder = Path(__file__).resolve().parents[2] / "assets" / "core"
    tables = "|".join(place.contract.name for place in CORRECTABLE)
    read = {path.name for path in folder.glob("*.sql") if re.search(rf"raw\.({tables})\b", path.read_text())}
    corrected = {name for path in folder.glob("*.sql") for name in re.findall(r"\{corrected:(\w+)\}", path.read_text())}
    assert read == set() and corrected == {place.contract.name for place in CORRECTABLE}


def test_a_number_is_overridden_in_core_and_raw_stands_as_delivered(core):
    built = core(OF_LEDGER)
    assert ledger(built) == [(2, 90), (3, 200), (4, 300)] and states(built) == ["in_force"]
    assert rows(built, "SELECT amount_nok FROM raw.ledger_line WHERE line_number = 2") == [(100,)]


def test_a_line_is_dropped_and_the_others_stay(core):
    assert ledger(core({**OF_LEDGER, "correction_action": "drop", "corrected": None})) == [(3, 200), (4, 300)]


def test_a_mark_keeps_the_value_and_is_a_finding_at_the_place(core):
    built = core({**OF_FORM, "correction_action": "flag", "corrected": None})
    assert rows(built, "SELECT value FROM core.form_value WHERE field_id = 'fosterhjem_i_alt'") == [(7.0,)]
    [finding] = correction_findings(built)
    assert (finding.rule_id, finding.level, finding.sheet, finding.cell) == ("RT04", "advarsel", "C Tiltak", "B7")
    assert "Kjent feil." in finding.message


def test_one_column_is_corrected_and_the_rest_of_the_row_is_as_delivered(core):
    [row] = records(core(OF_BUFETAT), "SELECT * FROM core.bufetat_figure WHERE unit_code = '0729'")
    assert (row["value"], row["change_since_2015"], row["status"]) == (500, 234, "ok")


def test_a_code_is_corrected_and_two_columns_of_one_line_together(core):
    built = core(OF_LEDGER, {**OF_LEDGER, "column_name": "purpose_function_code", "expected": "252", "corrected": "251"})
    assert states(built) == ["in_force", "in_force"]
    assert rows(built, "SELECT amount_nok, purpose_function_code FROM core.ledger_line WHERE line_number = 2") == [(90, "251")]


def test_a_missing_number_gets_its_number_and_a_number_becomes_missing(core):
    built = core(OF_REGION, OF_FIGURE)
    assert rows(built, "SELECT value, status FROM core.bufetat_figure WHERE unit_code = 'R-SOR'") == [(19678.0, "ok")]
    assert rows(built, "SELECT value, status FROM core.key_figure") == [(None, "not_reported")]


def test_a_form_field_that_was_not_reported_is_filled_in_or_confirmed_as_nothing(core):
    field = {**OF_FORM, "place_key": "field_id=frikjoept_maanedspris", "expected": ".."}
    select = "SELECT value, status, is_confirmed_zero FROM core.form_value WHERE field_id = 'frikjoept_maanedspris'"
    assert rows(core({**field, "corrected": "12000"}), select) == [(12000.0, "ok", False)]
    assert rows(core({**field, "corrected": "-"}), select) == [(0.0, "ok", True)]


@pytest.mark.parametrize(("change", "state", "rule_id", "level", "words"), [
    ({"expected": "101"}, "source_changed", "RT01", "feil", "kilden er rettet; fjern rettelsen"),
    ({"expected": None}, "source_changed", "RT01", "feil", "nå levert som 100;"),
    ({"place_key": "voucher_number=99"}, "not_found", "RT02", "feil", "finner ikke stedet"),
    ({"period": "2017"}, "not_found", "RT02", "feil", "finner ikke stedet"),
    ({"source_unit_code": "0729"}, "not_found", "RT02", "feil", "finner ikke stedet"),
    ({"place_key": "voucher_number=11", "expected": "200"}, "ambiguous", "RT02", "feil", "er flere linjer"),
    ({"valid_until": date(2019, 9, 30)}, "expired", "RT03", "advarsel", "kilden er ikke rettet"),
])
def test_a_correction_that_no_longer_fits_changes_nothing_and_says_so(core, change, state, rule_id, level, words):
    untouched = everything(core())
    built = core({**OF_LEDGER, **change})
    assert everything(built) == untouched and states(built) == [state]
    [finding] = correction_findings(built)
    assert (finding.rule_id, finding.level) == (rule_id, level) and words in finding.message


def test_a_correction_whose_last_day_is_past_and_whose_fault_is_gone_is_quiet(core):
    built = core({**OF_LEDGER, "expected": "101", "valid_until": date(2019, 9, 30)})
    assert states(built) == ["ended"] and correction_findings(built) == []


@pytest.mark.parametrize("other", [
    {"place_key": "line_number=2", "corrected": "80"},
    {"place_key": "line_number=2", "correction_action": "drop", "corrected": None}])
def test_two_corrections_that_name_one_place_in_different_words_are_both_refused(core, other):
    built = core(OF_LEDGER, {**OF_LEDGER, **other})
    assert states(built) == ["conflict", "conflict"] and ledger(built) == [(2, 100), (3, 200), (4, 300)]
    assert {finding.rule_id for finding in correction_findings(built)} == {"RT05"}


def test_lines_that_are_alike_are_told_apart_by_their_number(core):
    one = {**OF_LEDGER, "place_key": "voucher_number=11;line_number=4", "expected": "300.00"}
    assert ledger(core(one)) == [(2, 100), (3, 200), (4, 90)]


@pytest.mark.parametrize(("day", "amount"), [
    (datetime(2019, 8, 31, 23), 100), (datetime(2019, 9, 1), 90), (datetime(2019, 9, 30, 23), 90),
    (datetime(2019, 10, 1), 100)])
def test_a_correction_is_known_from_the_day_it_was_recorded_until_its_last_day(core, day, amount):
    assert ledger(core({**OF_LEDGER, "valid_until": date(2019, 9, 30)}, day=day))[0] == (2, amount)


def test_two_corrections_that_fit_no_place_are_two_findings(core):
    found = correction_findings(core({**OF_LEDGER, "place_key": "voucher_number=98"},
                                     {**OF_LEDGER, "place_key": "voucher_number=99"}))
    assert len({finding.finding_id for finding in found}) == 2
