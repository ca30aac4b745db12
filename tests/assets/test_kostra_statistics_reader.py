"""Key figures: our data set becomes raw rows; any other JSON-stat is shown and never taken in."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from assets.sources import recognise
from assets.sources.kostra_statistics import STEM, read, read_cells
from assets.sources.reading import ScopeKey
from assets.sources.regions import known_regions, unknown_regions
from expectations.finding import DeliveryRefused
from warehouse.contracts import contract_of

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "kostra_statistics"


def content_of(name: str) -> bytes:
    return (DELIVERIES / name).read_bytes()


def delivered(name: str):
    return read(content_of(name), name)


def refused(content: bytes, name: str = "tall.json") -> list:
    with pytest.raises(DeliveryRefused) as caught:
        read(content, name)
    return caught.value.findings


def test_the_data_set_becomes_one_raw_row_per_cell():
    reading = delivered("innocent.json")
    assert reading.rows.column_names == [
        c for c in contract_of("raw", "kostra_statistics_cell").column_names if c != "delivery_id"]
    assert [tuple(row.values()) for row in reading.rows.to_pylist()] == [
        (0, "folgeeval:nokkeltall", "2012", "01", 2016, 255.0, None),
        (1, "folgeeval:nokkeltall", "2012", "01", 2017, 270.0, None),
        (2, "folgeeval:nokkeltall", "2012", "01", 2018, None, ".."),
        (3, "folgeeval:nokkeltall", "2012", "13", 2016, None, ":"),
        (4, "folgeeval:nokkeltall", "2012", "13", 2017, None, ":"),
        (5, "folgeeval:nokkeltall", "2012", "13", 2018, 0.0, "-")]
    assert reading.scope_keys == tuple(ScopeKey("2012", year) for year in ("2016", "2017", "2018"))


def test_each_cell_has_its_place_unit_and_status():
    assert [(c.cell, c.value, c.unit, c.status) for c in delivered("innocent.json").cells[1:4]] == [
        ("value[1]", 270, "meldinger", "ok"), ("value[2]", None, "meldinger", "not_reported"),
        ("value[3]", None, "barn", "suppressed")]


def test_value_and_status_as_objects_give_the_same_rows():
    assert delivered("value_and_status_as_object.json").rows == delivered("innocent.json").rows


def test_status_as_string_array_and_object_give_the_same_rows():
    rows = [delivered(f"status_as_{form}.json").rows for form in ("string", "array", "object")]
    assert rows[0] == rows[1] == rows[2]
    assert set(rows[0]["status_sign"].to_pylist()) == {":"}
    assert delivered("status_as_string.json").scope_keys[0] == ScopeKey("2012", "2016")


def test_a_suppressed_cell_that_still_has_a_number_is_not_let_through():
    document = json.loads(content_of("innocent.json"))
    document["value"][3] = 2
    reading = read(json.dumps(document).encode(), "tall.json")
    assert reading.rows["value"].to_pylist()[3] is None
    assert [(f.rule_id, f.level, f.cell) for f in reading.findings] == [("F11", "advarsel", "value[3]")]


@pytest.mark.parametrize(("name", "rule_id", "told"), [
    ("truncated.json", "F07", "JSON-teksten er brutt ved linje"),
    ("too_many_values.json", "F07", "«value» har 7 plasser, men dimensjonene gir 6 celler"),
    ("size_differs_from_categories.json", "F07", "«size» sier 2 kategorier i Tid, men dimensjonen har 3"),
    ("another_table.json", "F08", "ventet Region, Indikator, Tid"),
    ("unknown_key_figure.json", "F04", "nøkkeltallet «99» finnes ikke i katalogen"),
])
def test_a_file_with_one_fault_is_refused_for_that_fault(name, rule_id, told):
    (finding,) = refused(content_of(name), name)
    assert (finding.rule_id, finding.level, finding.file) == (rule_id, "kritisk_feil", name)
    assert finding.message.startswith(name)
    assert told in finding.message


def test_every_period_that_is_not_a_year_is_named():
    assert [(f.rule_id, f.found) for f in refused(content_of("quarter_as_period.json"))] == [
        ("F05", "2016K1"), ("F05", "2017K1"), ("F05", "2018K1")]


@pytest.mark.parametrize(("extension", "is_taken"), [
    ({"folgeeval": {"dataset": "nokkeltall"}}, True), ({}, True), ({"px": {"tableid": "1"}}, True),
    ({"folgeeval": {"dataset": "satser"}}, False),
])
def test_a_data_set_that_names_itself_otherwise_is_refused(extension, is_taken):
    content = json.dumps(json.loads(content_of("innocent.json")) | {"extension": extension}).encode()
    if is_taken:
        assert read(content, "tall.json").rows.num_rows == 6
    else:
        (finding,) = refused(content)
        assert (finding.rule_id, finding.found, finding.expected) == ("F08", "satser", "nokkeltall")


def test_another_table_is_shown_with_all_its_dimensions_and_its_own_unit():
    cells, (remark,) = read_cells(content_of("another_table.json"), "another_table.json")
    assert [(cell.value, cell.unit) for cell in cells] == [(20100, "1000 kr"), (54321.5, "1000 kr")]
    assert cells[1].keys == {"KOKkommuneregion0000": "2012", "KOKfunksjon0000": "252",
                             "ContentsCode": "KOSbelop0000", "Tid": "2018"}
    assert "Kan vises, men tas ikke inn" in remark.message
    assert "KOKfunksjon0000 (2)" in remark.message


@pytest.mark.parametrize(("says", "told"), [
    ({"extension": {"px": {"tableid": "12279"}}}, "SSBs tabell 12279 (Nøkkeltall for barnevern, utgifter). Den kan leses, men "
     "tas ikke inn: det er ikke avgjort hvilke av tallene som er plattformens nøkkeltall"),
    ({"label": "12615: Barn med melding, etter region og år"}, "SSBs tabell 12615 (Barn med melding)"),
    ({"label": "07459: Befolkning, etter region og år"}, "Den tas inn når den har dimensjonene Region, Alder og Tid"),
    ({"label": "99999: Annet"}, "ventet Region, Indikator, Tid"), ({"extension": {"px": {"tableid": 7}}}, "ventet Region"),
])
def test_a_table_of_the_statistics_bank_is_refused_by_its_name_and_shown(says, told):
    content = json.dumps(json.loads(content_of("another_table.json")) | says).encode()
    (finding,) = refused(content)
    assert (finding.rule_id, finding.level) == ("F08", "kritisk_feil") and told in finding.message
    cells, (remark,) = read_cells(content, "tall.json")
    assert len(cells) == 2 and told in remark.message


def test_our_own_data_set_is_ours_whatever_its_title_begins_with():
    content = json.dumps(json.loads(content_of("innocent.json")) | {"label": "12279: Nøkkeltall"}).encode()
    assert read(content, "tall.json").rows.num_rows == 6


def test_the_reading_says_when_the_source_was_updated():
    document = json.loads(content_of("innocent.json"))
    assert read(json.dumps(document | {"updated": "2019-06-17T08:00:00+02:00"}).encode(), "t.json").source_updated == \
        datetime(2019, 6, 17, 6)
    reading = read(json.dumps(document | {"updated": "nylig"}).encode(), "t.json")
    assert reading.source_updated is None
    assert [(f.rule_id, f.level, f.cell) for f in reading.findings] == [("F05", "informasjon", "updated")]


def test_an_unknown_region_is_a_named_reason_to_refuse():
    (finding,) = unknown_regions(delivered("unknown_region.json"), known_regions(), "unknown_region.json")
    assert (finding.rule_id, finding.found, finding.cell) == ("F13", "EKG99", "value[6]")


@pytest.mark.parametrize("name", sorted(path.name for path in DELIVERIES.iterdir()))
def test_json_stat_and_broken_json_come_here_whatever_the_file_is_called(name):
    assert recognise(content_of(name), "fil.dat").STEM == STEM


@pytest.mark.parametrize("content", [b'{"constructed_demo": true, "pieces": []}', b"[1, 2]", b"PK\x03\x04", b"a;b\n1;2\n"])
def test_what_is_not_json_stat_is_left_to_others(content):
    assert recognise(content, "fil.json") is None
