"""The page of findings and the marks findings leave on numbers: which numbers, which words, and what is never told."""

import re

import pytest

from dashboards.measures import Measure
from dashboards.pages.findings import summary
from dashboards.published import Cell, published_cell
from dashboards.tables import table_cell
from dashboards.touching import Touch, touches
from warehouse.reference_data import reference_rows

REPORTS = Measure("B1-03", "Meldinger i alt", "count", "meldinger", 0, is_signed=False)


def finding(**changes):
    return {"level": "feil", "unit_code": "2012", "period": "2018", "state": "åpen", "indicator_ids": ["B1-03"],
            **changes}


def page_text(site, path):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", site[path].decode("utf-8")))


NUMBERS = {("B1-03", "2012", "2018"), ("F1-03", "2012", "2018"), ("F1-03", "2012", "2018-T1")}
UNITS = {row["unit_code"]: row for row in reference_rows("unit")}
ONE_OPEN, ONE_EXPLAINED = Touch(1, 0, "feil", "funn-1"), Touch(0, 1, "feil", "funn-1")


@pytest.mark.parametrize("order", [("åpen", "forklart"), ("forklart", "åpen"), ("akseptert", "åpen")])
def test_open_findings_are_counted_apart_from_explained_ones_in_any_order(order):
    (touch,) = touches([finding(state=state) for state in order], NUMBERS, UNITS).values()
    assert (touch.open_count, touch.explained_count, touch.anchor) == (1, 1, f"funn-{1 + order.index('åpen')}")


@pytest.mark.parametrize(("levels", "worst", "place"), [
    (["advarsel", "feil"], "feil", 2), (["feil", "feil"], "feil", 1), (["kritisk_feil", "feil"], "kritisk_feil", 1),
    (["informasjon", "advarsel"], "advarsel", 2)])
def test_the_mark_tells_and_leads_to_the_worst_of_the_findings(levels, worst, place):
    (touch,) = touches([finding(level=level) for level in levels], NUMBERS, UNITS).values()
    assert (touch.level, touch.anchor) == (worst, f"funn-{place}")


def test_an_open_advarsel_goes_before_an_explained_feil():
    (touch,) = touches([finding(state="forklart"), finding(level="advarsel", finding_id="b")], NUMBERS, UNITS).values()
    assert touch == Touch(1, 1, "advarsel", "funn-b")


def test_a_number_that_is_not_shown_bears_no_mark_of_a_finding():
    touched = touches([finding()], NUMBERS, UNITS)
    row = {"indicator_id": "B1-03", "unit_code": "2012", "period": "2018", "value": 2, "basis": None}
    assert published_cell({**row, "status": "suppressed"}, touched) == Cell(None, "suppressed", "delivered")
    assert published_cell({**row, "status": "ok"}, touched).touch == ONE_OPEN


@pytest.mark.parametrize(("touch", "sign", "count", "words"), [
    (Touch(1, 0, "feil", "x"), "◆", "", "1 åpent funn, grad Feil"),
    (Touch(3, 2, "kritisk_feil", "x"), "◆", "3", "3 åpne funn, verste grad Kritisk feil"),
    (Touch(1, 4, "advarsel", "x"), "▲", "", "1 åpent funn, grad Advarsel"),
    (Touch(12, 0, "advarsel", "x"), "▲", "12", "12 åpne funn, verste grad Advarsel"),
    (Touch(0, 1, "feil", "x"), "△", "", "1 forklart funn"),
    (Touch(0, 2, "feil", "x"), "△", "", "2 forklarte funn")])
def test_the_cell_of_a_touched_number_says_how_many_are_open_and_how_bad(touch, sign, count, words):
    mark = table_cell(REPORTS, Cell(444.0, "ok", "published", touch)).finding
    assert (mark.sign.sign, mark.count, mark.words, mark.href) == (sign, count, words, "funn.html#x")


def test_the_cell_of_an_untouched_number_has_no_mark():
    assert table_cell(REPORTS, Cell(444.0, "ok", "published")).finding is None


def test_the_table_of_a_touched_number_links_the_sign_to_the_findings(small_site):
    balance = small_site["delmaal-g.html"].decode("utf-8")
    assert 'class="mark finding-mark" href="funn.html#funn-a" title="1 åpent funn, grad Feil"' in balance
    assert '<a href="funn.html">åpent funn, Feil</a>' in balance
    assert 'id="funn-a"' in small_site["funn.html"].decode("utf-8")
    reports = small_site["delmaal-b.html"].decode("utf-8")
    assert 'title="1 forklart funn"' in reports and "åpent funn" not in reports


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
