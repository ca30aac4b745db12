"""What a JSON-stat 2 file says beside its numbers: signs, units, roles, encoding, and when its source was updated."""

import json
from datetime import datetime

import pytest

from assets.sources.cube_reading import cells_of, delivered_unit, source_updated, updated_findings
from assets.sources.json_stat import cube_of, read_cube


def data_set(value, status=None, *, sizes=(2, 3), **changes) -> dict:
    """A data set with dimensions D0, D1, … of the given sizes and categories 0, 1, …"""
    names = [f"D{number}" for number in range(len(sizes))]
    dimension = {name: {"category": {"index": [str(code) for code in range(size)]}}
                 for name, size in zip(names, sizes, strict=True)}
    return {"class": "dataset", "id": names, "size": list(sizes), "dimension": dimension, "value": value,
            "status": status} | changes


def cells(document) -> list[tuple]:
    return [(tuple(cell.keys.values()), cell.value, cell.sign) for cell in cube_of(document).cells()]


def test_numbers_dots_and_colons_are_told_apart_in_every_cell_that_is_shown():
    cube = cube_of(data_set([0, None, None, None, None, 7.5], {"1": ".", "2": "..", "3": ":", "4": "..."}, sizes=(6,)))
    assert [(cell.value, cell.status) for cell in cells_of(cube, lambda cell: None)] == [
        (0, "ok"), (None, "not_applicable"), (None, "not_reported"), (None, "suppressed"), (None, "not_yet"), (7.5, "ok")]


def test_a_data_set_with_a_byte_order_mark_or_in_utf_16_is_the_same_data_set():
    text = json.dumps(data_set([1, 2, 3, 4, 5, 6], {"2": ":"}, label="Færder"), ensure_ascii=False)
    plain = read_cube("kostra_statistics", text.encode(), "tabell.json")
    assert plain.label == "Færder"
    for content in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16-le")):
        assert read_cube("kostra_statistics", content, "tabell.json") == plain


@pytest.mark.parametrize(("unit", "shown"), [
    ({"base": "personer", "decimals": 0}, "personer"), ({"label": "kroner", "symbol": "kr"}, "kroner"),
    ({"symbol": "%", "position": "end"}, "%"), ({"decimals": 1}, None), ({"base": 7}, None), ("personer", None), (None, None),
])
def test_the_unit_is_the_one_the_category_states(unit, shown):
    document = data_set([1, 2], sizes=(2,))
    document["dimension"]["D0"]["category"]["unit"] = {"0": unit}
    cube = cube_of(document)
    assert [delivered_unit(cube, cell) for cell in cube.cells()] == [shown, None]


@pytest.mark.parametrize("changes", [
    {"role": {"time": ["D1"], "geo": ["D0"], "metric": ["D9"]}}, {"role": None}, {"extension": [1]}, {"note": ["x"]},
    {"link": {"describedby": [{}]}}, {"dimension": {**data_set([1])["dimension"], "D9": {"category": {"index": ["x"]}}}},
])
def test_what_the_standard_allows_beside_the_cells_changes_no_cell(changes):
    plain = data_set([1, 2, 3, 4, 5, 6], [None, ":", None, None, ".", None])
    assert cells(plain | changes) == cells(plain)


@pytest.mark.parametrize(("updated", "moment"), [
    ("2019-02-22T07:00:00Z", datetime(2019, 2, 22, 7)), ("2019-02-22T08:00:00+01:00", datetime(2019, 2, 22, 7)),
    ("2019-02-22T07:00:00.250Z", datetime(2019, 2, 22, 7)), ("2019-02-22", datetime(2019, 2, 22)),
    ("20190222T070000Z", datetime(2019, 2, 22, 7)), (None, None), ("", None),
    ("i fjor", None), ("22.02.2019", None), ("2019-02-30", None), ("0001-01-01T00:00:00+14:00", None), ("2019-W08", None),
])
def test_when_the_source_was_updated_is_a_moment_in_utc_or_told_not_to_be_one(updated, moment):
    cube = cube_of(data_set([1] * 6, updated=updated))
    assert source_updated(cube) == moment
    told = list(updated_findings(cube, "kostra_statistics", "tabell.json"))
    assert [(f.rule_id, f.level, f.found) for f in told] == (
        [] if moment or not updated else [("F05", "informasjon", updated)])
