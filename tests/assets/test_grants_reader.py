"""Grants as raw rows, in thousand kroner, with one-off grants marked."""

from pathlib import Path

import pytest

from assets.sources import recognise
from assets.sources.grants import STEM, read
from assets.sources.reading import ScopeKey
from expectations.finding import DeliveryRefused

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "grants"


def delivered(name: str):
    return read((DELIVERIES / name).read_bytes(), name)


def test_grants_become_one_raw_row_per_line():
    reading = delivered("innocent.csv")
    assert reading.rows.to_pylist() == [
        {"line_number": 2, "municipality_code": "2012", "year": 2018, "grant_name": "rammetilskudd barnevernsforsøk",
         "amount_thousand_nok": 25500.0, "is_one_off": False},
        {"line_number": 3, "municipality_code": "2012", "year": 2016, "grant_name": "etableringstilskudd",
         "amount_thousand_nok": 2750.0, "is_one_off": True}]
    assert reading.scope_keys == (ScopeKey("2012", "2016"), ScopeKey("2012", "2018"))


def test_a_grant_is_shown_with_its_line_and_unit():
    cell = delivered("innocent.csv").cells[1]
    assert (cell.line, cell.value, cell.unit, cell.keys["is_one_off"]) == (3, 2750, "1000 NOK", "ja")


@pytest.mark.parametrize(("name", "rule_id", "cell"), [
    ("one_off_neither_yes_nor_no.csv", "F04", "engang[3]"),
    ("amount_without_its_unit.csv", "F18", "beloep_1000kr"),
])
def test_a_file_with_one_fault_is_refused_for_that_fault(name, rule_id, cell):
    with pytest.raises(DeliveryRefused) as caught:
        delivered(name)
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.cell, finding.source) == (rule_id, cell, "grants")


@pytest.mark.parametrize("name", ["innocent.csv", "one_off_neither_yes_nor_no.csv", "amount_without_its_unit.csv"])
def test_grants_are_recognised_by_their_headings(name):
    assert recognise((DELIVERIES / name).read_bytes(), "hva_som_helst.txt").STEM == STEM


@pytest.mark.parametrize(("written", "one_off"), [("ja", True), ("Ja", True), ("NEI", False)])
def test_yes_and_no_in_any_case(written, one_off):
    content = f"kommunenr;aar;tilskudd;beloep_1000kr;engang\n0627;2018;x;1;{written}\n".encode()
    assert read(content, "g.csv").rows["is_one_off"].to_pylist() == [one_off]


def test_one_grant_told_twice_is_refused_with_both_lines() -> None:
    content = ("kommunenr;aar;tilskudd;beloep_1000kr;engang\n2012;2019;kompensasjon;26000;nei\n"
               "2012;2019;administrasjon;2750;ja\n2012;2019;kompensasjon;26000;nei\n").encode()
    with pytest.raises(DeliveryRefused, match="står også på linje 2") as refusal:
        read(content, "tilskudd.csv")
    assert [(finding.rule_id, finding.line_numbers) for finding in refusal.value.findings] == [("F15", (4,))]
