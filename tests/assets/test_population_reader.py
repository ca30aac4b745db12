"""Population: one raw row per cell, single years of age, both sexes together, real municipalities only."""

import json
from pathlib import Path

import pytest

from assets.sources import recognise
from assets.sources.population import STEM, read, read_cells
from assets.sources.reading import ScopeKey
from assets.sources.regions import is_valid_in, known_regions, unknown_regions
from expectations.finding import DeliveryRefused
from warehouse.contracts import contract_of

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "population"


def content_of(name: str) -> bytes:
    return (DELIVERIES / name).read_bytes()


def delivered(name: str):
    return read(content_of(name), name)


def changed(**changes) -> bytes:
    return json.dumps(json.loads(content_of("innocent.json")) | changes).encode()


def refused(content: bytes) -> list:
    with pytest.raises(DeliveryRefused) as caught:
        read(content, "befolkning.json")
    return caught.value.findings


def test_population_becomes_one_raw_row_per_cell():
    reading = delivered("innocent.json")
    assert reading.rows.column_names == [
        c for c in contract_of("raw", "population_cell").column_names if c != "delivery_id"]
    assert [tuple(row.values()) for row in reading.rows.to_pylist()] == [
        (0, "2012", "000", 2017, 240.0, None), (1, "2012", "000", 2018, 231.0, None),
        (2, "2012", "017", 2017, 262.0, None), (3, "2012", "017", 2018, 258.0, None)]
    assert reading.scope_keys == (ScopeKey("2012", "2017"), ScopeKey("2012", "2018"))
    assert reading.findings == ()


def test_a_missing_cell_keeps_its_sign_and_is_no_zero():
    reading = read(changed(value=[240, None, 262, None], status={"1": "..", "3": ":"}), "befolkning.json")
    rows = reading.rows.to_pylist()
    assert [(row["value"], row["status_sign"]) for row in rows] == [(240, None), (None, ".."), (262, None), (None, ":")]
    assert [cell.status for cell in reading.cells] == ["ok", "not_reported", "ok", "suppressed"]


@pytest.mark.parametrize(("status", "periods"), [
    ({"1": ".", "3": "."}, ["2017"]), ({"1": ".", "3": ".."}, ["2017", "2018"]), ({}, ["2017"]),
])
def test_a_year_is_in_scope_when_a_possible_number_is_told(status, periods):
    reading = read(changed(value=[240, None, 262, None], status=status), "befolkning.json")
    assert [key.period for key in reading.scope_keys] == periods


def test_zeros_before_and_after_a_municipality_existed_are_not_in_scope():
    reading = delivered("zeros_before_the_merger.json")
    assert reading.scope_keys == (ScopeKey("0722", "2017"), ScopeKey("0729", "2018"))
    (finding,) = reading.findings
    assert (finding.rule_id, finding.level) == ("F14", "informasjon")
    assert "0722 i 2018, 0729 i 2017 har bare nuller" in finding.message


def test_numbers_on_a_code_outside_its_years_are_kept():
    reading = read(content_of("innocent.json").replace(b"2012", b"0729"), "befolkning.json")
    assert reading.scope_keys == (ScopeKey("0729", "2017"), ScopeKey("0729", "2018"))


@pytest.mark.parametrize(("name", "rule_id", "told"), [
    ("age_groups.json", "F04", "alderen «F000-017» er ikke ettårig"),
    ("one_sex_only.json", "F08", "bare det ene kjønnet"),
    ("both_sexes.json", "F08", "fant dimensjonene Region (1), Alder (2), ContentsCode (1), Tid (2), Kjonn (2)"),
])
def test_what_would_have_to_be_guessed_is_refused_at_intake_but_shown(name, rule_id, told):
    (finding,) = refused(content_of(name))
    assert (finding.rule_id, finding.level) == (rule_id, "kritisk_feil")
    assert told in finding.message
    cells, (remark,) = read_cells(content_of(name), name)
    assert cells[0].cell == "value[0]"
    assert remark.level == "informasjon"
    assert remark.message.startswith(f"Kan vises, men tas ikke inn. {name}")


def test_an_unknown_region_is_a_named_reason_to_refuse():
    (finding,) = unknown_regions(delivered("unknown_region.json"), known_regions(), "unknown_region.json")
    assert (finding.rule_id, finding.level, finding.found, finding.cell) == ("F13", "kritisk_feil", "9999", "value[4]")
    assert "unknown_region.json, value[4]: regionen «9999» finnes ikke" in finding.message


def test_an_unknown_region_is_told_when_the_file_is_only_shown():
    cells, (remark,) = read_cells(content_of("unknown_region.json"), "unknown_region.json")
    assert len(cells) == 8
    assert "Region 9999" in remark.message


def test_known_regions_are_no_finding():
    assert unknown_regions(delivered("zeros_before_the_merger.json"), known_regions()) == []


@pytest.mark.parametrize(("code", "known"), [
    ("2012", True), ("5403", True), ("0729", True), ("0301", True), ("EKG01", True), ("EKG17", True), ("EAK", True),
    ("EAKUO", True), ("EKG18", False), ("EKG1", False), ("9999", False), ("729", False), ("", False),
])
def test_the_regions_that_exist(code, known):
    assert (code in known_regions()) is known


@pytest.mark.parametrize(("code", "year", "valid"), [
    ("0729", 2017, False), ("0729", 2018, True), ("0729", 2019, True), ("0729", 2020, False), ("0722", 2017, True),
    ("0722", 2018, False), ("5601", 2024, True), ("EKG12", 2018, True), ("9999", 2018, False),
])
def test_when_a_code_was_in_use(code, year, valid):
    assert is_valid_in(code, year) is valid


@pytest.mark.parametrize(("value", "told"), [(-1, "fant -1"), (240.5, "fant 240.5")])
def test_a_number_that_cannot_be_inhabitants_is_refused_with_its_cell(value, told):
    (finding,) = refused(changed(value=[240, value, 262, 258]))
    assert (finding.rule_id, finding.cell) == ("F03", "value[1]")
    assert told in finding.message


@pytest.mark.parametrize("code", ["999", "999A", "0", "17", "0017", "H050"])
def test_an_age_that_is_not_a_single_year_is_refused(code):
    (finding,) = refused(content_of("innocent.json").replace(b'"017"', f'"{code}"'.encode()))
    assert (finding.rule_id, finding.found) == ("F04", code)


@pytest.mark.parametrize("code", ["016", "099", "104", "105+", "119"])
def test_a_single_year_of_age_is_taken(code):
    reading = read(content_of("innocent.json").replace(b'"017"', f'"{code}"'.encode()), "befolkning.json")
    assert reading.rows["age_code"].to_pylist()[2] == code


@pytest.mark.parametrize("period", ["2018K1", "1999", "18", "2018-T1"])
def test_a_period_that_is_not_a_year_is_refused(period):
    (finding,) = refused(content_of("innocent.json").replace(b'"2018"', f'"{period}"'.encode()))
    assert (finding.rule_id, finding.found) == ("F05", period)


@pytest.mark.parametrize("name", sorted(path.name for path in DELIVERIES.iterdir()))
def test_population_is_recognised_by_its_dimensions(name):
    assert recognise(content_of(name), "fil.json").STEM == STEM
