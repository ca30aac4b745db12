"""The measurement itself can be trusted: it sees nothing where there are no rules, and leaves the warehouse as it was."""

import csv

import pytest

from assets.sources import reader_of
from expectations.finding import DeliveryRefused, Finding
from expectations.rule import all_rules
from tests.power.delivered import CUBES, Place, is_number
from tests.power.door import said_at_the_door, written
from tests.power.fault import changed
from tests.power.faults import KINDS, drawn
from tests.power.judgement import Verdict, leads_to, names
from tests.power.measuring import Bench
from tests.power.second_source import LISTED, SecondSources, kept_together, listed
from tests.power.summary import by_kind
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import rows
from warehouse.reference_data import reference_rows

SEED = 7
KIND = {kind.key: kind for kind in KINDS}


def first_of(delivered, stem: str, **wanted) -> dict:
    """The first row of a source that is as wanted."""
    return next(row for key in delivered.deliveries(stem) for row in delivered.rows(key)
                if all(row[name] == value for name, value in wanted.items()))


def fault_at(row: dict, stem: str, **columns):
    from tests.power.fault import Fault
    return Fault("digit", stem, row["delivery_id"], (changed(row, **columns),))


@pytest.fixture(scope="module")
def silent(demo_home):
    """The demo where no rule says anything."""
    with Bench(demo_home, rules=()) as bench:
        yield bench


@pytest.mark.power
def test_with_every_rule_switched_off_no_number_that_is_read_is_found_wrong(silent, delivered):
    faults = [drawn(delivered, kind, SEED, number) for kind in KINDS for number in range(3)]
    verdicts = [silent.verdict(fault) for fault in faults if silent.municipality_of(fault) == "2012"
                and fault.stem != "kostra_accounts"]
    at_the_door = [verdict for verdict in verdicts if verdict.is_found]
    assert sum(verdict.changes_indicator for verdict in verdicts) > 6
    assert all(verdict.points_at_it and not verdict.indicators for verdict in at_the_door), "refused deliveries only"


@pytest.mark.power
def test_a_total_that_is_not_its_parts_is_found_in_its_own_cell(bench, delivered):
    row = first_of(delivered, "data_requests", field_id="akuttplasseringer", period="2018", municipality_code="2012")
    verdict = bench.verdict(fault_at(row, "data_requests", value=row["value"] + 30))
    assert verdict.changes_indicator and "VR05" in verdict.found_by and verdict.points_at_it
    assert verdict.has_second_source and verdict.highest_level == "feil"


@pytest.mark.power
def test_a_number_that_stands_alone_and_moves_a_little_is_not_found(bench, delivered):
    row = first_of(delivered, "data_requests", field_id="kompetanse_barnevern", period="2018", municipality_code="2012")
    verdict = bench.verdict(fault_at(row, "data_requests", value=row["value"] + 1))
    assert verdict.changes_indicator and not verdict.found_by and not verdict.has_second_source


@pytest.mark.power
def test_a_fault_too_small_to_be_shown_changes_no_indicator(bench, delivered):
    row = first_of(delivered, "ledger", function_code="285", accounting_year=2018, municipality_code="2012")
    assert not bench.verdict(fault_at(row, "ledger", amount_nok=row["amount_nok"] + 1)).changes_indicator


@pytest.mark.power
def test_the_warehouse_is_as_it_was_when_a_fault_is_taken_back(bench, delivered):
    judge = bench.judge_of("2012")
    connection, tables = judge.world.connection, [making.table for making in judge.world.makings]

    def state() -> list:
        names = [f"{table.schema}.{table.name}" for table in tables] + [table.full_name for table in RAW_BY_STEM.values()]
        return [rows(connection, f"SELECT count(*), sum(hash(line)) FROM {name} AS line") for name in names]

    before = state()
    row = first_of(delivered, "tertial_reports", field_id="meldinger", municipality_code="2012")
    with judge.world.with_changes("tertial_reports", [changed(row, value=999)]) as changed_world:
        assert changed_world.new_findings()
        assert state() != before
    assert state() == before


@pytest.mark.power
def test_the_rules_that_are_run_are_all_there_are(bench):
    assert bench.judge_of("2012").world.rules == all_rules()


@pytest.mark.parametrize("stem", ["ledger", "grants", "rates", "supplier_invoices", "bufetat", "surveys", "supervision",
                                  "kostra_accounts", *CUBES])
def test_what_is_written_of_a_delivery_is_read_back_as_it_was(delivered, stem):
    for key in delivered.deliveries(stem)[:3]:
        reading = reader_of(stem).read(written(delivered.stored[key], delivered.rows(key)), "fil")
        read = [{**row, "delivery_id": key} for row in reading.rows.to_pylist()]
        numbers = {row.pop("line_number", 0) or 1 for row in read}
        assert numbers and len(read) == len(delivered.rows(key))
        assert read == [{name: value for name, value in row.items() if name != "line_number"} for row in delivered.rows(key)]


@pytest.mark.parametrize(("stem", "column", "value"), [
    ("tertial_reports", "value", -3.0), ("tertial_reports", "value", 2.5), ("population", "value", -4.0),
    ("surveys", "answer_count", 4000), ("supplier_invoices", "months_count", -1.0), ("supervision", "matter_count", 1.5),
])
def test_what_the_reader_does_not_take_is_refused_at_the_door(delivered, stem, column, value):
    row = next(row for row in delivered.rows(delivered.deliveries(stem)[0]) if is_number(stem, row))
    refused, findings = said_at_the_door(
        delivered.stored[row["delivery_id"]], delivered.rows(row["delivery_id"]), (changed(row, **{column: value}),))
    assert refused and findings
    assert not said_at_the_door(delivered.stored[row["delivery_id"]], delivered.rows(row["delivery_id"]), ())[0]


def test_a_reader_that_is_broken_is_not_taken_for_a_refusal(delivered, monkeypatch):
    key = delivered.deliveries("grants")[0]
    monkeypatch.setattr(reader_of("grants"), "read", lambda content, name: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        said_at_the_door(delivered.stored[key], delivered.rows(key), ())
    assert issubclass(DeliveryRefused, Exception)


@pytest.mark.parametrize(("unit", "period", "leads"), [
    ("2012", "2018", True), ("2012", "2018-T3", True), ("2012", "2019", True), ("R-NORD", "2018", True), (None, None, True),
    ("0729", "2018", False), ("2012", "2016", False), ("R-SOR", "2018", False), ("EKG12", "2018", False),
])
def test_a_finding_leads_to_a_fault_of_its_own_unit_and_period(unit, period, leads):
    finding = Finding("VR05", "feil", "tekst", unit_code=unit, period=period)
    assert leads_to(finding, unit, [Place("2012", "2018-T2")]) is leads


def test_a_fault_in_the_baseline_year_may_be_found_in_any_later_one():
    finding = Finding("VR37", "feil", "tekst", unit_code="2012", period="2019")
    assert leads_to(finding, "2012", [Place("2012", "2015")])


@pytest.mark.parametrize(("details", "named"), [
    ({"source": "ledger", "line_numbers": (3, 9)}, True), ({"source": "ledger", "line_numbers": (4,)}, False),
    ({"source": "kostra_accounts", "line_numbers": (9,)}, False), ({"source": "ledger"}, False),
])
def test_a_finding_points_at_a_line_when_it_names_it_in_that_source(delivered, details, named):
    row = first_of(delivered, "ledger", function_code="285")
    fault = fault_at(row, "ledger", amount_nok=row["amount_nok"] + 5)
    finding = Finding("FE285", "feil", "tekst", **details)
    assert names(finding, fault, [Place("2012", "2018", line_number=9)]) is named


def test_every_kind_is_counted_and_the_sum_is_of_all():
    def verdict(key, found=(), second=True, changes=True):
        return Verdict(key, "ledger", "", "2012", "2018", "285", second, changes, found_by=found)

    told = [verdict("digit", ("VR05",)), verdict("digit"), verdict("sign", ("VR05",), second=False),
            verdict("sign", changes=False)]
    lines = {line.key: line for line in by_kind(told)}
    assert set(lines) == {*KIND, "alle"}
    assert (lines["digit"].other_changing, lines["digit"].other_found) == (2, 1)
    assert (lines["sign"].faults, lines["sign"].alone_changing, lines["sign"].alone_found) == (2, 1, 1)
    assert (lines["alle"].changing, lines["alle"].found) == (3, 2)


def test_the_list_of_second_sources_names_rules_and_rows_there_are(demo_in_memory, delivered):
    known = {rule.rule_id for rule in all_rules()} | {row["rule_id"] for row in reference_rows("accounts_rule")}
    assert {rule for line in listed() for rule in line["rule_ids"].split()} <= known
    for line in listed():
        assert rows(demo_in_memory, f"SELECT count(*) FROM {RAW_BY_STEM[line['stem']].full_name} WHERE {line['rows']}")[0][0]
    with LISTED.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["stem", "rows", "columns", "other_source_nb", "rule_ids"]


def test_a_copied_sum_has_no_second_source_in_its_own_form_but_a_single_part_has(demo_in_memory, delivered):
    sources = SecondSources(demo_in_memory, delivered)
    row = first_of(delivered, "data_requests", field_id="tilfoert_andre", period="2018", municipality_code="2012")
    by_field = {row["field_id"]: row for row in delivered.rows(row["delivery_id"])}
    group = next(group for group in kept_together("data_requests") if "tilfoert_andre" in group)
    assert sources.has("data_requests", [changed(by_field["tilfoert_andre"], value=9)])
    assert not sources.has("data_requests", [changed(by_field[name], value=9) for name in sorted(group)])
    assert not sources.has("data_requests", [changed(by_field["besoekshjem"], value=9)])


def test_that_accounts_balance_speaks_of_amounts_and_not_of_functions(demo_in_memory, delivered):
    sources = SecondSources(demo_in_memory, delivered)
    line = first_of(delivered, "kostra_accounts", function_code="244", species_code="010", account_class="1")
    assert sources.has("kostra_accounts", [changed(line, amount_thousand_nok=1)])
    assert sources.has("kostra_accounts", [(line, None)])
    assert not sources.has("kostra_accounts", [changed(line, function_code="251")])
