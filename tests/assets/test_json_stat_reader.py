"""JSON-stat 2 in every variant a file may choose: the same cells come out, and no status sign is lost."""

import json
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources.cube import Cube, Dimension
from assets.sources.cube_reading import cells_of, sign_findings
from assets.sources.json_stat import dimension_names, is_json, read_cube
from assets.sources.signs import meaning
from expectations.finding import DeliveryRefused

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "kostra_statistics"
SIGNS = [None, ".", "..", "...", ":", "-", "*", "e"]


def data_set(value, status=None, *, sizes=(2, 3), **changes) -> dict:
    """A data set with dimensions D0, D1, … of the given sizes and categories 0, 1, …"""
    names = [f"D{number}" for number in range(len(sizes))]
    dimension = {name: {"category": {"index": [str(code) for code in range(size)]}}
                 for name, size in zip(names, sizes, strict=True)}
    document = {"version": "2.0", "class": "dataset", "id": names, "size": list(sizes), "dimension": dimension,
                "value": value}
    return document | ({} if status is None else {"status": status}) | changes


def cube_of(document) -> Cube:
    return read_cube("kostra_statistics", json.dumps(document).encode(), "tabell.json")


def cells(document) -> list[tuple]:
    return [(tuple(cell.keys.values()), cell.value, cell.sign) for cell in cube_of(document).cells()]


def refusal(content: bytes) -> str:
    with pytest.raises(DeliveryRefused) as caught:
        read_cube("kostra_statistics", content, "tabell.json")
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.level, finding.file) == ("F07", "kritisk_feil", "tabell.json")
    return finding.message


@st.composite
def cubes(draw) -> Cube:
    """A small cube with one to three dimensions."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    dimensions = tuple(
        Dimension(f"D{number}", tuple(draw(st.permutations([f"k{code}" for code in range(size)]))),
                  {f"k{code}": f"Kategori {code}" for code in range(size)}, {})
        for number, size in enumerate(sizes))
    count = prod(sizes)
    numbers = st.none() | st.integers(-10**6, 10**6) | st.floats(-1e6, 1e6, allow_nan=False)
    return Cube(dimensions, tuple(draw(st.lists(numbers, min_size=count, max_size=count))),
                tuple(draw(st.lists(st.sampled_from(SIGNS), min_size=count, max_size=count))))


def as_object(entries: list) -> dict:
    return {str(index): entry for index, entry in enumerate(entries) if entry is not None}


def written(cube: Cube, order: list[int], index_form: str, value_form: str, status_form: str) -> bytes:
    """The cube as a file with its dimensions in another order and every part in the form asked for."""
    dimensions = [cube.dimensions[number] for number in order]
    by_keys = {frozenset(cell.keys.items()): cell for cell in cube.cells()}
    template = Cube(tuple(dimensions), cube.values, cube.signs)
    ordered = [by_keys[frozenset(cell.keys.items())] for cell in template.cells()]
    values, signs = [cell.value for cell in ordered], [cell.sign for cell in ordered]
    document = {
        "class": "dataset", "id": [d.name for d in dimensions], "size": [len(d.codes) for d in dimensions],
        "dimension": {d.name: {"category": category(d, index_form)} for d in dimensions},
        "value": values if value_form == "array" else as_object(values),
    }
    if any(signs):
        document["status"] = signs if status_form == "array" else as_object(signs)
    return json.dumps(document).encode()


def category(dimension: Dimension, form: str) -> dict:
    if form == "none" and len(dimension.codes) == 1:
        return {"label": dimension.labels}
    positions = {code: position for position, code in enumerate(dimension.codes)}
    return {"index": list(dimension.codes) if form == "array" else positions, "label": dimension.labels}


@given(cubes(), st.data())
def test_a_cube_written_in_any_variant_is_read_back_with_every_value_and_sign(cube, data):
    order = data.draw(st.permutations(range(len(cube.dimensions))))
    content = written(cube, order, data.draw(st.sampled_from(["array", "object", "none"])),
                      data.draw(st.sampled_from(["array", "object"])), data.draw(st.sampled_from(["array", "object"])))
    back = read_cube("kostra_statistics", content, "tabell.json")
    assert ({(frozenset(c.keys.items()), c.value, c.sign) for c in back.cells()}
            == {(frozenset(c.keys.items()), c.value, c.sign) for c in cube.cells()})


@given(cubes(), st.sampled_from([sign for sign in SIGNS if sign]))
def test_one_sign_for_all_cells_is_the_same_as_string_one_entry_array_array_and_object(cube, sign):
    sizes = [len(dimension.codes) for dimension in cube.dimensions]
    forms = (sign, [sign], [sign] * prod(sizes), {str(index): sign for index in range(prod(sizes))})
    read_back = [cells(data_set(list(cube.values), form, sizes=sizes)) for form in forms]
    assert all(one == read_back[0] for one in read_back)
    assert {cell[2] for cell in read_back[0]} == {sign}


@given(st.binary(max_size=60))
def test_arbitrary_bytes_after_a_brace_are_refused_and_never_crash(tail):
    assert "tabell.json: " in refusal(b"{" + tail)


@given(st.integers(0, 400))
def test_a_file_cut_anywhere_is_refused(cut):
    whole = json.dumps(data_set([1, 2, 3, 4, 5, 6], {"2": ":"}), indent=1).encode()
    assert "JSON-teksten" in refusal(b"{" + whole[1:min(cut, len(whole) - 1)])


def test_the_last_dimension_runs_fastest():
    assert cells(data_set([10, 11, 12, 20, 21, 22])) == [
        (("0", "0"), 10, None), (("0", "1"), 11, None), (("0", "2"), 12, None),
        (("1", "0"), 20, None), (("1", "1"), 21, None), (("1", "2"), 22, None)]


def test_categories_follow_their_positions_and_not_the_order_of_writing():
    document = data_set([1, 2], sizes=(2,))
    document["dimension"]["D0"]["category"] = {"index": {"b": 1, "a": 0}, "label": {"b": "B", "a": "A"}}
    assert cells(document) == [(("a",), 1, None), (("b",), 2, None)]


def test_the_place_of_a_cell_is_its_index_in_the_value_list():
    assert [cell.place for cell in cube_of(data_set([1, 2, 3], sizes=(3,))).cells()] == ["value[0]", "value[1]", "value[2]"]


def test_the_time_of_update_the_extension_and_the_units_are_kept():
    document = data_set([1], sizes=(1,), updated="2019-06-14T06:00:00Z", extension={"folgeeval": {"dataset": "x"}})
    document["dimension"]["D0"]["category"] |= {"unit": {"0": {"base": "1000 kr", "decimals": 0}}}
    cube = cube_of(document)
    assert (cube.updated, cube.extension["folgeeval"]["dataset"]) == ("2019-06-14T06:00:00Z", "x")
    assert cube.dimensions[0].units == {"0": "1000 kr"}


@pytest.mark.parametrize(("value", "sign", "number", "status"), [
    (12, None, 12, "ok"), (0, None, 0, "ok"), (0, "-", 0, "ok"), (None, "-", 0, "ok"), (12, "*", 12, "ok"),
    (12, "q", 12, "ok"), (None, None, None, "not_reported"), (None, "*", None, "not_reported"),
    (None, ".", None, "not_applicable"), (None, "..", None, "not_reported"), (None, "...", None, "not_yet"),
    (None, ":", None, "suppressed"), (2, ":", None, "suppressed"), (0, ".", None, "not_applicable"),
])
def test_what_a_value_and_its_sign_mean_together(value, sign, number, status):
    assert meaning(value, sign) == (number, status)


@pytest.mark.parametrize(("value", "sign", "level"), [
    (12, "*", "informasjon"), (12, "r", "informasjon"), (12, "q", "advarsel"), (2, ":", "advarsel"), (5, "-", "advarsel"),
])
def test_a_sign_that_remarks_or_contradicts_is_a_finding_with_its_cell(value, sign, level):
    cube = cube_of(data_set([1, value, 3], [None, sign, None], sizes=(3,)))
    (finding,) = sign_findings(cube, "kostra_statistics", "tabell.json")
    assert (finding.rule_id, finding.level, finding.cell, finding.found) == ("F11", level, "value[1]", sign)
    assert f"tabell.json, value[1]: tegnet «{sign}»" in finding.message


@pytest.mark.parametrize(("value", "sign"), [
    (None, ":"), (None, "."), (None, ".."), (None, "..."), (None, "-"), (0, "-"), (0, "."), (12, None), (None, None),
])
def test_the_standard_signs_in_their_place_are_no_finding(value, sign):
    assert list(sign_findings(cube_of(data_set([value], [sign], sizes=(1,))), "kostra_statistics", "tabell.json")) == []


def test_a_sign_on_many_cells_is_one_finding_with_the_first_places():
    cube = cube_of(data_set(list(range(8)), "q", sizes=(8,)))
    (finding,) = sign_findings(cube, "kostra_statistics", "tabell.json")
    assert "value[0], value[1], value[2], value[3], value[4] og 3 til: tegnet «q»" in finding.message


@pytest.mark.parametrize("name", ["status_as_string.json", "status_as_array.json", "status_as_object.json"])
def test_suppressed_cells_are_suppressed_whatever_form_the_status_has(name):
    cube = read_cube("kostra_statistics", (DELIVERIES / name).read_bytes(), name)
    assert {(cell.value, cell.status) for cell in cells_of(cube, lambda cell: None)} == {(None, "suppressed")}
    assert len(cube.values) == 6


@pytest.mark.parametrize(("document", "told"), [
    (data_set([1, 2, 3, 4, 5]), "«value» har 5 plasser, men dimensjonene gir 6 celler"),
    (data_set([1, 2, 3, 4, 5, 6, 7]), "«value» har 7 plasser"),
    (data_set({"6": 1}), "«value» har plassen «6», men plassene går fra 0 til 5"),
    (data_set({"-1": 1}), "«value» har plassen «-1»"),
    (data_set({"01": 1}), "«value» har plassen «01»"),
    (data_set({"x": 1}), "«value» har plassen «x»"),
    (data_set([1, "2", 3, None, True, [5]]), "ikke et tall i value[1] «2», value[4] «True», value[5] «[5]» (3 i alt)"),
    (data_set([1, 2, 3, 4, 5, 10**400]), "ikke et tall i value[5] «1000"),
    (data_set([1, 2, 3, 4, 5, 6], [None] * 5), "«status» har 5 plasser"),
    (data_set([1, 2, 3, 4, 5, 6], [7] * 6), "ikke et tegn i status[0] «7»"),
    (data_set([1, 2, 3, 4, 5, 6], 7), "«status» er verken liste eller objekt"),
    (data_set("alt"), "«value» er verken liste eller objekt"),
    (data_set([1] * 6, size=[2, 2]), "«size» sier 2 kategorier i D1, men dimensjonen har 3"),
    (data_set([1] * 6, size=[2]), "«id» har 2 dimensjoner og «size» 1"),
    (data_set([1] * 6, id=["D0", "D0"]), "samme navn står to ganger"),
    (data_set([1] * 6, id=["D0", "D9"]), "kategoriene i D9 har ingen entydig rekkefølge"),
    (data_set([], sizes=(0, 3)), "datasettet har ingen celler"),
    (data_set({}, sizes=(300, 300, 300)), "datasettet har 27000000 celler"),
    ({"dataset": data_set([1] * 6)}, "Eldre JSON-stat leses ikke"),
    ({"class": "dataset"}, "filen mangler «id», «size» eller «value»"),
    ({"class": "collection", "link": {"item": [data_set([1] * 6)]}}, "«class» «collection» og ikke «dataset»"),
    (data_set([1] * 6) | {"class": "dimension"}, "«class» «dimension» og ikke «dataset»"),
    (data_set([1] * 6) | {"class": None}, "«class» None og ikke «dataset»"),
    (data_set([1], sizes=(1,), size=[True]), "«size» sier True kategorier i D0"),
    (data_set([1] * 6, size=[2.0, 3]), "«size» sier 2.0 kategorier i D0"),
    (data_set([1] * 6, id=["D0", 1]), "«id» har navn som ikke er tekst"),
    ({name: node for name, node in data_set([1]).items() if name != "value"}, "filen mangler «value»"),
    (data_set({}, sizes=(1000, 1001)), "datasettet har 1001000 celler, og grensen er 1000000"),
    (data_set({}, sizes=(2,) * 19), "datasettet har 19 dimensjoner og 524288 celler"),
])
def test_a_data_set_that_does_not_add_up_is_refused(document, told):
    message = refusal(json.dumps(document).encode())
    assert message.startswith("tabell.json: ")
    assert told in message


@pytest.mark.parametrize("index", [["a", "a"], {"a": 0, "b": 2}, {"a": 0, "b": 0}, {"a": 0, "b": "1"}, [1, 2], None, "ab"])
def test_categories_without_one_order_are_refused(index):
    document = data_set([1, 2], sizes=(2,))
    document["dimension"]["D0"]["category"] = {"index": index, "label": {"a": "A", "b": "B"}}
    assert "kategoriene i D0 har ingen entydig rekkefølge" in refusal(json.dumps(document).encode())


@pytest.mark.parametrize(("content", "told"), [
    (b'{"id": [', "JSON-teksten er brutt ved linje 1, tegn 9. Filen er trolig avkortet"),
    (b'{\n "id": 1,,\n}', "brutt ved linje 2, tegn 10"),
    (b'{"label": "\xf8"}', "byte 11 er ikke UTF-8"),
    (b'{"value": [NaN]}', "JSON-teksten kan ikke leses (fant NaN)"),
    (b'{"id": ' + b"[" * 100_000, "JSON-teksten kan ikke leses"),
    (b'{"value": [-Infinity]}', "JSON-teksten kan ikke leses (fant -Infinity)"),
    (b'{"value": [' + b"9" * 5000 + b"]}", "JSON-teksten kan ikke leses (et tall har for mange sifre)"),
    (b'{"status": {"2": ":", "2": null}}', "har navnet «2» to ganger i samme objekt"),
    (b'{"label": "\\ud800"}', "har et halvt tegn"),
    (b'{"label": "\xed\xa0\x80"}', "har et halvt tegn"),
    (b"[1]", "filen er JSON, men ikke et datasett"),
])
def test_broken_json_is_refused_with_its_position(content, told):
    assert told in refusal(content)


@pytest.mark.parametrize(("content", "json_like", "names"), [
    (json.dumps(data_set([1], sizes=(1,))).encode(), True, ("D0",)),
    (b"\xef\xbb\xbf \n" + json.dumps(data_set([1], sizes=(1,))).encode(), True, ("D0",)),
    (b'{"constructed_demo": true, "pieces": []}', True, None),
    (b'{"class": "collection", "link": {"item": []}}', True, ()),
    (b'{"version": "2.0", "class": "dimension", "category": {"index": ["a"]}}', True, None),
    (b'{"id": [', True, ()),
    (b"0A2018 201200", False, ()),
])
def test_json_stat_is_told_from_other_content(content, json_like, names):
    assert is_json(content) is json_like
    assert dimension_names(content) == names
