"""Cells over several answers: cut by the limit, put together by code, of one update, or not at all."""

import json
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources.json_stat import cube_of, read_cube
from pipelines.failures import FetchFailed, WrongUsage
from pipelines.pxweb.paging import Page, cell_count, pages_of, put_together


def cube_of_fetched(fetched):
    return read_cube("kostra_statistics", fetched.content, "tabell.json")


def cells(fetched):
    names = ("Region", "ContentsCode", "Tid")
    return {tuple(cell.keys[name] for name in names): cell.sign or cell.value for cell in cube_of_fetched(fetched).cells()}


def turned(document):
    """The same data set with its dimensions in the other order, categories turned, and values and signs as objects."""
    cube = cube_of(document)
    names = document["id"][::-1]
    codes = {name: cube.by_name[name].codes[::-1] for name in names}
    by_keys = {tuple(cell.keys[name] for name in names): cell for cell in cube.cells()}
    keys = [()]
    for name in names:
        keys = [(*key, code) for key in keys for code in codes[name]]
    ordered = [by_keys[key] for key in keys]
    return document | {
        "id": names, "size": document["size"][::-1],
        "dimension": {name: {"category": {"index": list(codes[name]), "label": cube.by_name[name].labels}} for name in names},
        "value": {str(place): cell.value for place, cell in enumerate(ordered) if cell.value is not None},
        "status": {str(place): cell.sign for place, cell in enumerate(ordered) if cell.sign}}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 60))
def test_the_pages_are_within_the_limit_and_hold_every_cell_once(sizes, limit):
    choice = {f"V{number}": tuple(f"{number}.{code}" for code in range(size)) for number, size in enumerate(sizes)}
    pages = pages_of(choice, limit)
    assert all(cell_count(page) <= limit for page in pages)
    found = [frozenset(key) for page in pages for key in _keys(page)]
    assert len(found) == len(set(found)) == prod(sizes)


def _keys(choice):
    keys = [()]
    for name, codes in choice.items():
        keys = [(*key, (name, code)) for key in keys for code in codes]
    return keys


@given(st.data(), st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(1, 20))
def test_a_data_set_in_pages_of_any_size_and_order_is_put_together_as_it_was(data, sizes, limit):
    choice = {f"V{number}": tuple(f"{number}.{code}" for code in range(size)) for number, size in enumerate(sizes)}
    cells = {frozenset(key): data.draw(st.none() | st.integers(-9, 9) | st.sampled_from([":", "..", ".", "-"]))
             for key in _keys(choice)}
    pages = []
    for piece in pages_of(choice, limit):
        names = data.draw(st.permutations(list(piece)))
        codes = {name: data.draw(st.permutations(piece[name])) for name in names}
        found = [cells[frozenset(key)] for key in _keys(codes)]
        document = {
            "class": "dataset", "id": names, "size": [len(codes[name]) for name in names],
            "dimension": {name: {"category": {"index": codes[name]}} for name in names},
            "value": [None if isinstance(cell, str) else cell for cell in found],
            "status": [cell if isinstance(cell, str) else None for cell in found]}
        pages.append(Page(piece, json.dumps(document).encode(), document, cube_of(document)))
    whole = read_cube("kostra_statistics", put_together(choice, pages), "tabell.json")
    assert {frozenset(cell.keys.items()): cell.sign or cell.value for cell in whole.cells()} == cells


def test_a_choice_is_cut_along_its_largest_variable():
    choice = {"Region": ("a", "b"), "Tid": tuple("12345")}
    assert [page["Tid"] for page in pages_of(choice, 4)] == [("1", "2"), ("3", "4"), ("5",)]
    assert {page["Region"] for page in pages_of(choice, 4)} == {("a", "b")}


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 12])
def test_all_cells_and_signs_come_through_the_services_own_limit(counter, limit):
    counter.bank.limit = limit
    fetched = counter.fetch(Region="*", Tid="*")
    assert cells(fetched) == dict(counter.bank.tables["prove"].cells)
    assert set(cells(fetched).values()) >= {":", ".."}
    assert all(prod(map(len, choice.values())) <= limit for _, _, choice in counter.bank.asked)
    assert fetched.page_count == len(counter.bank.asked)


def test_one_answer_is_stored_as_it_came(counter):
    fetched = counter.fetch(Region="*", Tid="*")
    sent = counter.bank.tables["prove"].data_set({"Region": ["2012", "0729", "0627", "0722"], "ContentsCode": ["Antall"],
                                                  "Tid": ["2016", "2017", "2018"]}, counter.bank.updated)
    assert fetched.content == json.dumps(sent).encode()


def test_dimensions_that_change_order_between_answers_are_put_right_by_their_codes(counter):
    counter.bank.limit = 4
    counter.bank.every = lambda number, document: turned(document) if number % 2 == 0 else document
    fetched = counter.fetch(Region="*", Tid="*")
    assert cells(fetched) == dict(counter.bank.tables["prove"].cells)
    assert cube_of_fetched(fetched).by_name["Region"].labels["0722"] == "Navn 0722"


@pytest.mark.parametrize("form", ["string", "array"])
def test_a_sign_for_all_cells_of_a_page_stays_on_that_pages_cells(counter, form):
    def suppressed(number, document):
        count = prod(document["size"])
        return document | {"value": [None] * count, "status": ":" if form == "string" else [":"] * count} \
            if number == 2 else document

    counter.bank.limit, counter.bank.every = 4, suppressed
    found = cells(counter.fetch(Region="*", Tid="*"))
    pages = [choice for _, _, choice in counter.bank.asked]
    second = {key for key in found if key[0] in pages[1]["Region"] and key[2] in pages[1]["Tid"]}
    assert {found[key] for key in second} == {":"}
    assert {key: cell for key, cell in found.items() if key not in second} == {
        key: cell for key, cell in counter.bank.tables["prove"].cells.items() if key not in second}


@pytest.mark.parametrize("number", [403, 413, 400])
def test_a_limit_the_service_did_not_tell_is_sought_by_halves(counter, number):
    counter.bank.limit, counter.bank.enforced_limit = None, (number, 5)
    assert cells(counter.fetch(Region="*", Tid="*")) == dict(counter.bank.tables["prove"].cells)
    assert "tjenesten gir ikke 12 celler om gangen; prøver 6" in counter.patience.said


def test_a_service_that_refuses_even_one_cell_is_given_up(counter):
    counter.bank.enforced_limit = (403, 0)
    with pytest.raises(FetchFailed, match="avviser selv én celle: Too many cells selected"):
        counter.fetch(Region="*", Tid="*")


def test_figures_that_are_updated_midway_are_fetched_again_from_the_start(counter):
    later = "2019-06-17T06:00:00Z"
    counter.bank.limit = 4
    counter.bank.every = lambda number, document: document | {"updated": later} if number > 2 else document
    fetched = counter.fetch(Region="*", Tid="*")
    assert (fetched.updated.isoformat(), cube_of_fetched(fetched).updated) == ("2019-06-17T06:00:00", later)
    assert "tallene ble endret underveis; begynner på nytt" in counter.patience.said


def test_figures_that_keep_changing_are_not_stored(counter):
    counter.bank.limit = 4
    counter.bank.every = lambda number, document: document | {"updated": f"2019-06-17T06:00:{number:02d}Z"}
    with pytest.raises(FetchFailed, match="endret underveis 3 ganger. Ingenting er lagret"):
        counter.fetch(Region="*", Tid="*")


@pytest.mark.parametrize("updated", [None, "i fjor"])
def test_figures_without_a_time_of_update_are_not_stored(counter, updated):
    counter.bank.updated = updated
    with pytest.raises(FetchFailed, match="sier ikke når tallene sist ble endret"):
        counter.fetch(Region="*", Tid="*")


def without(name, code):
    def changed(number, document):
        node = document["dimension"][name]["category"]
        node["index"] = [each for each in node["index"] if each != code]
        size = [len(document["dimension"][each]["category"]["index"]) for each in document["id"]]
        return document | {"size": size, "value": [1] * prod(size), "status": {}}
    return changed


@pytest.mark.parametrize(("change", "told"), [
    (without("Region", "0729"), r"svaret mangler Region 0729 \(1 av 4\)"),
    (lambda number, d: d | {"size": [0, 1, 3], "value": [], "dimension": d["dimension"] | {
        "Region": {"category": {"index": []}}}}, "datasettet har ingen celler"),
    (lambda number, d: json.loads(json.dumps(d).replace("0729", "0999")), "svaret mangler Region 0729"),
    (lambda number, d: json.loads(json.dumps(d).replace('"Tid"', '"Aar"')), "svaret mangler dimensjonen Tid"),
    (lambda number, d: d | {"id": [*d["id"], "Kjonn"], "size": [*d["size"], 2], "value": d["value"] * 2, "status": {},
                            "dimension": d["dimension"] | {"Kjonn": {"category": {"index": ["1", "2"]}}}},
     "har 2 kategorier i Kjonn, som det ikke ble spurt etter"),
    (lambda number, d: d | {"value": d["value"][1:]}, "«value» har 11 plasser"),
])
def test_an_answer_to_another_question_is_not_stored(counter, change, told):
    counter.bank.every = change
    with pytest.raises(FetchFailed, match=told):
        counter.fetch(Region="*", Tid="*")


def test_codes_that_were_not_asked_for_are_not_stored(counter):
    counter.bank.every = lambda number, document: counter.bank.tables["prove"].data_set(
        {"Region": ["2012", "0729"], "ContentsCode": ["Antall"], "Tid": ["2018"]}, document["updated"])
    with pytest.raises(FetchFailed, match="svaret har Region 0729, som det ikke ble spurt etter"):
        counter.fetch(Region="2012", Tid="2018")


def page(table, **choice):
    document = table.data_set(choice, "2019-02-22T07:00:00Z")
    return Page({}, json.dumps(document).encode(), document, cube_of(document))


def test_a_cell_that_two_pages_give_or_none_is_refused(draw):
    table = draw(Region="a,b", Tid="1,2,3")
    whole = {"Region": ("a", "b"), "Tid": ("1", "2", "3")}
    one = page(table, Region=["a", "b"], Tid=["1", "2"])
    with pytest.raises(FetchFailed, match="to svar har samme celle"):
        put_together(whole, [one, page(table, Region=["a", "b"], Tid=["2", "3"])])
    with pytest.raises(FetchFailed, match="svarene mangler 1 av 6 celler"):
        put_together(whole, [one, page(table, Region=["a"], Tid=["3"])])
    with pytest.raises(FetchFailed, match="ikke de samme dimensjonene"):
        put_together(whole, [one, page(draw(Region="a,b", Alder="3"), Region=["a", "b"], Alder=["3"])])


def test_more_questions_than_are_decent_are_not_asked(counter, draw):
    counter.bank.tables["stor"] = draw(Region="a,b", ContentsCode="Antall", Tid=",".join(map(str, range(300))))
    counter.bank.limit = 1
    with pytest.raises(WrongUsage, match="600 spørsmål; grensen er 500"):
        counter.fetch("stor", Region="*", Tid="*")
    assert counter.bank.asked == []
