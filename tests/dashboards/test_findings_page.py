"""The page of findings and the marks findings leave on numbers: which numbers, which words, and what is never told."""

import re

import pytest

from dashboards.measures import Measure
from dashboards.pages.findings import summary
from dashboards.published import Cell, published_cell, touching_findings
from dashboards.tables import table_cell

REPORTS = Measure("B1-03", "Meldinger i alt", "count", "meldinger", 0, is_signed=False)


def finding(**changes):
    return {"level": "feil", "unit_code": "2012", "period": "2018", "state": "åpen", "indicator_ids": ["B1-03"],
            **changes}


def page_text(site, path):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", site[path].decode("utf-8")))


NUMBERS = {("B1-03", "2012", "2018"), ("F1-03", "2012", "2018"), ("F1-03", "2012", "2018-T1")}


@pytest.mark.parametrize(("changes", "touched"), [
    ({}, {("B1-03", "2012", "2018"): "åpen"}),
    ({"period": "2018-T3"}, {("B1-03", "2012", "2018"): "åpen"}),
    ({"period": "2018-T1", "indicator_ids": ["F1-03"]}, {("F1-03", "2012", "2018-T1"): "åpen"}),
    ({"period": "2018", "indicator_ids": ["F1-03"]}, {("F1-03", "2012", "2018"): "åpen"}),
    ({"period": "2017"}, {}),
    ({"unit_code": "0729"}, {}),
    ({"state": "forklart"}, {("B1-03", "2012", "2018"): "forklart"}),
    ({"indicator_ids": []}, {}),
    ({"unit_code": None}, {}),
    ({"period": None}, {}),
    ({"level": "informasjon"}, {}),
])
def test_a_finding_touches_its_indicators_in_its_unit_and_period(changes, touched):
    assert touching_findings([finding(**changes)], NUMBERS) == touched


@pytest.mark.parametrize("order", [("åpen", "forklart"), ("forklart", "åpen"), ("akseptert", "åpen")])
def test_an_open_finding_goes_before_an_explained_one_in_any_order(order):
    assert set(touching_findings([finding(state=state) for state in order], NUMBERS).values()) == {"åpen"}


def test_a_number_that_is_not_shown_bears_no_mark_of_a_finding():
    touched = touching_findings([finding()], NUMBERS)
    row = {"indicator_id": "B1-03", "unit_code": "2012", "period": "2018", "value": 2, "basis": None}
    assert published_cell({**row, "status": "suppressed"}, touched) == Cell(None, "suppressed", "delivered", "")
    assert published_cell({**row, "status": "ok"}, touched).finding == "åpen"


@pytest.mark.parametrize(("state", "sign"), [("åpen", "▲"), ("forklart", "△"), ("akseptert", "△"), ("", None)])
def test_the_cell_of_a_touched_number_bears_the_sign_of_the_findings_state(state, sign):
    mark = table_cell(REPORTS, Cell(444.0, "ok", "published", state)).finding
    assert (mark.sign if mark else None) == sign


def test_the_table_of_a_touched_number_links_the_sign_to_the_findings(small_site):
    balance = small_site["delmaal-g.html"].decode("utf-8")
    assert 'class="mark finding-mark" href="funn.html" title="åpent funn"' in balance
    assert '<a href="funn.html">åpent funn</a>' in balance
    reports = small_site["delmaal-b.html"].decode("utf-8")
    assert 'title="forklart funn"' in reports and "åpent funn" not in reports


def test_the_page_counts_open_and_explained_findings_by_level(small_release):
    counted = {name: (open_count, explained) for name, open_count, explained, _ in summary(small_release.findings)}
    assert counted == {"Kritisk feil": ("0", "0"), "Feil": ("1", "0"), "Advarsel": ("0", "1"),
                       "Informasjon": ("1\u00a0200", "0")}


def test_an_entry_says_what_was_found_and_what_it_touches(small_site):
    text = page_text(small_site, "funn.html")
    assert "Feil åpent 2018 · Tall fra Bufetat · VR37 Endringen stemmer ikke Fant 178; regnet 234." in text
    assert "Angår: Netto gevinst" in text
    assert 'href="delmaal-g.html#g1-04"' in small_site["funn.html"].decode("utf-8")


def test_an_explained_entry_without_numbers_gives_neither_numbers_nor_advice(small_site):
    text = page_text(small_site, "funn.html")
    assert "Advarsel forklart 2018-T3 · Tertialrapporter · VR02 To kilder teller ulikt Angår: Meldinger i alt" in text
    assert "Forklar avviket." not in text


def test_findings_without_a_unit_stand_under_a_heading_of_their_own(small_site):
    assert "Ikke knyttet til én enhet (1200)" in page_text(small_site, "funn.html")


def test_a_municipality_is_led_to_its_findings(small_site):
    assert 'href="funn.html#enhet-2012">Funn i kommunens leveranser (2)' in small_site["kommune-alta.html"].decode()
    assert "Funn i kommunens leveranser" not in small_site["kommune-royken.html"].decode()
