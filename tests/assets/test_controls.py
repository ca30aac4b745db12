"""The controls a report says were run: every one that can find something is among them, and none that was not run."""

from pathlib import Path

import pytest

from assets.controls import controls_across, controls_of_file, stems_read
from assets.sources import SOURCES, recognise
from expectations.rule import all_rules
from pipelines.commands.check import check_file
from warehouse.rule_table import rule_of

DELIVERIES = Path(__file__).parents[1] / "deliveries"
STEM_OF_FOLDER = sorted(set(SOURCES) & {path.name for path in DELIVERIES.iterdir()})


def ids(controls):
    return [rule_id for rule_id, _ in controls]


@pytest.mark.parametrize("stem", STEM_OF_FOLDER)
def test_whatever_is_found_in_a_file_is_by_a_control_that_its_source_lists(stem):
    for path in sorted((DELIVERIES / stem).iterdir()):
        content = path.read_bytes()
        found = {finding.rule_id for finding in check_file(path.name, content).findings}
        reader = recognise(content, path.name)
        listed = ids(controls_of_file(reader.STEM if reader else None, content, is_delivered=False))
        assert found - set(listed) - {"R002", "R003", "R004", "R006", "R009", "F00", "F01"} == set(), path.name


@pytest.mark.parametrize("stem", [*SOURCES, None])
def test_every_control_of_a_source_stands_once_with_a_level_and_is_described(stem):
    controls = controls_of_file(stem)
    assert controls and len(set(ids(controls))) == len(controls)
    assert all(rule_of(rule_id).name_nb and level for rule_id, level in controls)


@pytest.mark.parametrize(("form", "has", "has_not"), [("0A", "L07", "R040"), ("0B", "R011", "R010")])
def test_accounts_are_held_to_the_rules_in_force_for_their_form_and_year(form, has, has_not):
    line = f"{form}2018 201200".ljust(48).encode()
    listed = ids(controls_of_file("kostra_accounts", line))
    assert has in listed and has_not not in listed and {"R001", "R002", "R014"} <= set(listed)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"0A20x8 201200"])
def test_of_accounts_whose_first_line_cannot_be_read_only_the_readers_controls_are_listed(content):
    assert not [rule_id for rule_id in ids(controls_of_file("kostra_accounts", content)) if rule_id.startswith("L")]


def test_before_delivery_the_controls_of_sender_and_time_are_not_run():
    before, after = (set(ids(controls_of_file("ledger", is_delivered=delivered))) for delivered in (False, True))
    assert after - before == {"A01", "A02", "VR62"} and before < after


@pytest.mark.parametrize(("stem", "has", "has_not"), [
    ("tertial_reports", {"VR05", "VR15", "VR58"}, {"VR07", "VR11"}), ("data_requests", {"VR05", "VR07", "VR11", "VR58"}, {"VR15"})])
def test_a_form_is_held_to_what_it_alone_can_break(stem, has, has_not):
    listed = set(ids(controls_of_file(stem)))
    assert has <= listed and not has_not & listed


@pytest.mark.parametrize(("rule_id", "stems"), [
    ("FE285", {"kostra_accounts", "ledger"}), ("VR01", {"data_requests", "kostra_statistics"}), ("VR15", {"tertial_reports"}),
    ("VR34", {"ledger", "tertial_reports"}), ("VR37", {"bufetat"}), ("VR70", {"interview_codings"})])
def test_the_sources_of_a_rule_follow_from_the_tables_it_reads(rule_id, stems):
    (rule,) = [rule for rule in all_rules() if rule.rule_id == rule_id]
    assert stems_read(rule.select) == stems


@pytest.mark.parametrize(("stem", "periods", "has", "has_not"), [
    ("tertial_reports", ["2018-T3"], {"VR02", "VR34", "VR58"}, {"VR07", "VR37", "VR01"}),
    ("data_requests", ["2018"], {"VR01", "VR07", "VR08"}, {"VR15", "VR34"}),
    ("ledger", ["2016"], {"FE285", "VR28"}, {"VR37"}), ("ledger", ["2018"], {"FE285"}, {"VR28"}),
    ("bufetat", ["2018"], {"VR37"}, {"VR41"}), ("supplier_invoices", ["2018"], {"VR22"}, {"VR24"})])
def test_across_sources_a_delivery_is_held_to_the_rules_of_its_source_and_year_that_judge_deliveries(
        stem, periods, has, has_not):
    """VR41 judges a printed report, VR24 our own tables, VR28 one year."""
    listed = set(ids(controls_across(stem, periods)))
    assert has - {"VR28"} <= listed and not has_not & listed
