"""What a reader can learn of hidden numbers from the pages of traces: nothing, because no amount is there to learn from.

The attacker compares the pages of two warehouses that differ in everything that is not published: if the pages are the
same, they tell nothing of it.
"""

import re

import pytest

from assets import lineage
from assets.lineage import SOURCES_WITH_PLACES_TOLD, traced_parts
from assets.publication import release_of
from assets.sql_files import sql_tables
from dashboards.pages.frame import Frame
from dashboards.pages.trace import trace_context, trace_pages
from dashboards.site import build_site
from warehouse.database import copy_in_memory, one, rows
from warehouse.raw_places import PLACES

pytestmark = pytest.mark.house


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def release(warehouse):
    return release_of(warehouse, 3)


@pytest.fixture(scope="module")
def site(release):
    return build_site(release)


def test_every_number_that_is_shown_has_its_trace_and_no_hidden_or_missing_one_has(release):
    keys = {status: {(row["indicator_id"], row["breakdown"], row["unit_code"], row["period"]) for row in release.values
                     if (row["status"] == "ok") == status} for status in (True, False)}
    assert set(release.traces) == keys[True] and len(keys[True]) > 1000
    assert all(parts for parts in release.traces.values()) and len(keys[False]) > 100


def test_other_amounts_behind_every_number_make_the_same_traces(warehouse, release):
    warehouse.execute("BEGIN")
    try:
        for table in sql_tables("indicators"):
            warehouse.execute(f"UPDATE indicators.{table.name} SET amount = 3 * amount + 1 FROM register.delivery AS d "
                              f"WHERE d.delivery_id = {table.name}.delivery_id AND d.stem <> 'population'")
        assert traced_parts(warehouse, release.values) == release.traces
    finally:
        warehouse.execute("ROLLBACK")


def test_other_values_in_the_delivered_files_make_the_same_traces(warehouse, release):
    warehouse.execute("BEGIN")
    try:
        for place in PLACES.values():
            numbers = [name for name in place.values if name in ("value", "amount_nok", "months_count", "answer_count")]
            for name in numbers:
                warehouse.execute(f"UPDATE {place.contract.full_name} SET {name} = {name} + 1")
        assert traced_parts(warehouse, release.values) == release.traces
    finally:
        warehouse.execute("ROLLBACK")


def stand_once_more(warehouse, table):
    """Each line of a delivery behind the indicator stands once more, as another stay, voucher or coding would."""
    stem, delivery_id = rows(
        warehouse, f"SELECT stem, part.delivery_id FROM indicators.{table} AS part INNER JOIN register.delivery AS d "
        "ON d.delivery_id = part.delivery_id WHERE role = 'numerator' ORDER BY ALL LIMIT 1")[0]
    place = PLACES[stem]
    for name, number in ((place.contract.full_name, place.number), (f"indicators.{table}", "place_number")):
        columns = [column for (column,) in rows(warehouse, f"SELECT column_name FROM (DESCRIBE {name})")]
        picked = ", ".join(f"{number} + 1000000" if column == number else column for column in columns)
        warehouse.execute(f"INSERT INTO {name} SELECT {picked} FROM {name} WHERE delivery_id = {delivery_id}")
    assert one(warehouse, f"SELECT max(place_number) FROM indicators.{table}") > 1000000


@pytest.mark.parametrize("table", ["e3_05", "g1_02", "d1_04"])
def test_more_stays_vouchers_and_codings_behind_a_number_make_the_same_traces(warehouse, release, table):
    warehouse.execute("BEGIN")
    try:
        stand_once_more(warehouse, table)
        assert traced_parts(warehouse, release.values) == release.traces
    finally:
        warehouse.execute("ROLLBACK")


def test_the_attacker_would_see_them_if_the_lines_were_told(warehouse, release, monkeypatch):
    monkeypatch.setattr(lineage, "SOURCES_WITH_PLACES_TOLD", SOURCES_WITH_PLACES_TOLD | {"ledger"})
    before = traced_parts(warehouse, release.values)
    warehouse.execute("BEGIN")
    try:
        stand_once_more(warehouse, "g1_02")
        assert traced_parts(warehouse, release.values) != before != release.traces
    finally:
        warehouse.execute("ROLLBACK")


def test_a_sum_in_a_municipalitys_own_workbook_has_no_place_for_it_may_stand_below_a_list_of_children(
        warehouse, release):
    where = "WHERE stem = 'tertial_reports'"
    assert any(part.places for parts in release.traces.values() for part in parts if part.stem == "tertial_reports")
    warehouse.execute("BEGIN")
    try:
        warehouse.execute(f"UPDATE register.delivery SET form_version = 'mapping 1' {where}")
        parts = [part for parts in traced_parts(warehouse, release.values).values() for part in parts]
        assert {part.places for part in parts if part.stem == "tertial_reports"} == {""}
        assert any(part.places for part in parts if part.stem == "data_requests")
    finally:
        warehouse.execute("ROLLBACK")


def test_no_place_is_told_of_sources_whose_lines_are_cases_and_no_amount_but_inhabitants(release):
    parts = [part for parts in release.traces.values() for part in parts]
    assert {part.stem for part in parts if part.places} <= SOURCES_WITH_PLACES_TOLD
    assert not SOURCES_WITH_PLACES_TOLD & {"ledger", "supplier_invoices", "supervision", "interview_codings", "surveys"}
    assert {part.stem for part in parts if part.amount is not None} == {"population"}
    assert {part.stem for part in parts} >= {"ledger", "supplier_invoices", "interview_codings", "tertial_reports"}


def test_the_pages_hold_no_number_beside_the_published_ones_places_and_dates(release, site):
    """Every figure with a decimal or a thousands space on the pages is a published number or a count of inhabitants."""
    frame = Frame(release)
    shown = {number.number for indicator_id in trace_pages(frame)
             for _, numbers in trace_context(frame, indicator_id)["units"] for number in numbers}
    inhabitants = {f"{part.amount:,.0f}".replace(",", "\u00a0") for parts in release.traces.values() for part in parts
                   if part.amount is not None}
    allowed = {found for text in shown | inhabitants for found in re.findall(r"\d[\d\u00a0]*(?:,\d+)?", text)}
    assert len([path for path in site if path.startswith("spor-")]) == len(trace_pages(frame)) > 60
    for path, content in site.items():
        if path.startswith("spor-"):
            text = re.sub(r"<[^>]*>", "", content.decode().split("<main", 1)[1].split("</nav>", 1)[1])
            assert set(re.findall(r"\d[\d\u00a0]*,\d+|\d+\u00a0\d{3}[\d\u00a0]*", text)) <= allowed, path


def test_a_hidden_number_has_no_anchor_and_no_link(release, site):
    hrefs = {href for path, content in site.items() if path.endswith(".html")
             for href in re.findall(r'href="(spor-[^"]+#[^"]+)"', content.decode())}
    anchors = {f"{path}#{anchor}" for path, content in site.items() if path.startswith("spor-")
               for anchor in re.findall(r'class="trace" id="([^"]+)"', content.decode())}
    assert hrefs <= anchors and len(anchors) == len(release.traces)
