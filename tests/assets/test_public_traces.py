"""The trace pages of the release: every number that is shown has its files there, and nothing else can be read of them."""

import json
import re
from html.parser import HTMLParser

import pytest

from assets.build import build_sql_table
from assets.corrections import register_corrections
from assets.public_traces import public_traces
from assets.sql_files import in_order
from dashboards.published import trace_anchor, trace_page
from dashboards.release import Release
from dashboards.site import build_site
from warehouse.database import copy_in_memory, rows
from warehouse.reference_data import reference_rows

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}


class Page(HTMLParser):
    """The anchors, links and script tags of a page, and its text."""

    def __init__(self, content):
        super().__init__()
        self.ids, self.links, self.scripts, self.words = [], [], 0, []
        self.feed(content.decode())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.scripts += tag == "script"

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def values(demo_home):
    """The rows of the demo's release."""
    return json.loads((demo_home.current / "tables" / "indicator_value.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def traces(warehouse, values):
    return public_traces(warehouse, values)


@pytest.fixture(scope="module")
def site(demo_home):
    """{path: content} of the demo's site, as it was published."""
    root = demo_home.current.resolve() / "site"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(content) for path, content in site.items() if path.startswith("spor/")}


def number_key(row):
    return row["indicator_id"], row["unit_code"], row["period"], row["breakdown"]


def test_every_number_that_is_shown_has_one_anchor_and_no_other_number_has_any(values, pages):
    wanted = {}
    for value in values:
        if value["status"] == "ok":
            wanted.setdefault(trace_page(value["indicator_id"]), []).append(
                trace_anchor(value["unit_code"], value["period"], value["breakdown"]))
    assert any(value["status"] == "suppressed" for value in values)
    assert {path: sorted(one for one in page.ids if re.match(r"[A-Z0-9-]+-\d{4}", one)) for path, page in pages.items()} == {
        path: sorted(anchors) for path, anchors in wanted.items()}
    assert all(len(set(anchors)) == len(anchors) for anchors in wanted.values())


def test_the_tables_numbers_lead_to_their_anchor_and_every_link_of_a_trace_page_leads_to_a_file(site, pages):
    led = {link for path, content in site.items() if path.endswith(".html") and "/" not in path
           for link in Page(content).links if link.startswith("spor/")}
    assert len(led) > 400
    for link in led:
        path, _, anchor = link.partition("#")
        assert anchor in pages[path].ids
    for page in pages.values():
        for link in page.links:
            if not link.startswith(("#", "data:")):
                assert link.startswith("../") and link.removeprefix("../").partition("#")[0] in site, link


def test_a_trace_page_has_no_script_and_is_light(site, pages):
    assert not any(page.scripts for page in pages.values())
    assert max(len(site[path]) for path in pages) < 80_000


def test_a_file_is_told_by_name_version_and_day_and_a_workbook_by_its_sheets(traces):
    of = {number_key(trace): trace["files"] for trace in traces}
    assert of["C5-02", "2012", "2018-T3", ""] == [
        {"stem": "tertial_reports", "sender_code": "2012", "file_name": "tertialrapport_2018-T3.xlsx", "version": 1,
         "received_on": "2019-10-01", "sheets": ("C Tiltak",), "lines": ()}]
    assert {file["stem"] for file in of["E2-01", "0729", "2016", "trial_cost=included"]} == {"kostra_accounts", "ledger"}
    assert len(of["E2-01", "0729", "2016", "trial_cost=included"]) == 4  # Nøtterøy and Tjøme, accounts and ledger


def test_lines_are_told_of_accounts_only_and_never_where_the_number_tells_of_a_count(traces):
    with_lines = {(trace["indicator_id"], file["stem"]) for trace in traces for file in trace["files"]
                  if file["lines"]}
    assert with_lines and {stem for _, stem in with_lines} == {"kostra_accounts"}
    assert {RULES[indicator_id] for indicator_id, _ in with_lines} == {"SN0"}


def test_no_amount_and_no_number_of_parts_stands_on_a_trace_page(pages):
    """Outside years, tertials, file names, versions, dates, sheets, lines of accounts and headings there is no number."""
    told = re.compile(
        r" fra \d{4}: |[\w.-]+\.(?:csv|json|dat|xlsx|qdpx|txt)\b|versjon \d+|mottatt \d\d\.\d\d\.\d{4}|linje [\d–, ]+|ark (?:«[^»]*»(?:, )?)+")
    for path, page in pages.items():
        entries = [told.sub("", line) for line in page.words if "versjon" in line or "mottatt" in line or "linje " in line]
        left = [line for line in entries if re.search(r"\d", line.replace("15F", ""))]
        assert left == [], path


def test_the_ledger_is_told_beside_the_accounts_whether_or_not_a_line_of_it_counts(warehouse, values, traces):
    kept = rows(warehouse, "SELECT count(*) FROM indicators.e2_01 AS part INNER JOIN register.delivery USING (delivery_id) "
                "WHERE stem = 'ledger'")[0][0]
    warehouse.execute("CREATE TABLE kept AS SELECT * FROM indicators.e2_01")
    try:
        warehouse.execute("DELETE FROM indicators.e2_01 WHERE delivery_id IN "
                          "(SELECT delivery_id FROM register.delivery WHERE stem = 'ledger')")
        assert kept > 0 and public_traces(warehouse, values) == traces
    finally:
        warehouse.execute("INSERT INTO indicators.e2_01 SELECT * FROM kept WHERE delivery_id IN "
                          "(SELECT delivery_id FROM register.delivery WHERE stem = 'ledger')")
        warehouse.execute("DROP TABLE kept")


def test_fewer_lines_behind_a_count_or_a_price_make_the_same_pages(warehouse, values, traces):
    """An attacker who knows all files but not how many lines of them count learns nothing from the pages."""
    for table in ("e3_05", "e3_06", "g1_02", "d1_04"):
        warehouse.execute(f"CREATE TABLE kept AS SELECT * FROM indicators.{table}")
        try:
            warehouse.execute(
                f"DELETE FROM indicators.{table} WHERE place_number NOT IN (SELECT min(place_number) FROM kept "
                "GROUP BY unit_code, period, breakdown, term, role, delivery_id)")
            fewer = rows(warehouse, f"SELECT count(*) < (SELECT count(*) FROM kept) FROM indicators.{table}")[0][0]
            assert fewer and public_traces(warehouse, values) == traces, table
        finally:
            warehouse.execute(f"DELETE FROM indicators.{table}")
            warehouse.execute(f"INSERT INTO indicators.{table} SELECT * FROM kept")
            warehouse.execute("DROP TABLE kept")


def test_a_corrected_number_bears_the_note_without_what_was_delivered(warehouse, values):
    delivered = rows(warehouse, "SELECT value FROM raw.kostra_statistics_cell WHERE region_code = '2012' AND year = 2018 "
                     "AND key_figure_code = '01'")[0][0]
    register_corrections(warehouse, [{
        "correction_id": "R1", "stem": "kostra_statistics", "source_unit_code": "2012", "period": "2018",
        "dataset_code": "", "place_key": "key_figure_code=01", "correction_action": "override",
        "expected_value": f"{delivered}", "corrected_value": "467", "reason_nb": "Hemmelig grunn.", "told_to": "leder",
        "told_on": "2019-01-10", "recorded_on": "2019-01-11", "valid_until": "2020-12-31"}])
    for table in in_order():
        if table.name in ("correction", "key_figure", "b1_03"):
            build_sql_table(warehouse, table)
    reports = [value for value in values if value["indicator_id"] == "B1-03"]
    traces = public_traces(warehouse, reports)
    assert [number_key(trace) for trace in traces if trace["is_corrected"]] == [("B1-03", "2012", "2018", "")]
    page = build_site(Release(
        values=tuple(reports), indicators={row["indicator_id"]: row for row in reference_rows("indicator")},
        units={row["unit_code"]: row for row in reference_rows("unit")}, sources=(), as_of="2019-10-01", threshold=3,
        is_constructed=True, traces=tuple(traces)))["spor/B1-03.html"].decode()
    assert page.count("rettet av evaluator") == 1
    assert f"{delivered:g}" not in page and "Hemmelig" not in page and "467" not in page


def test_a_number_that_is_not_shown_has_no_trace_whatever_is_known_of_it(warehouse, values):
    for status in ("suppressed", "not_reported", "held_back"):
        assert public_traces(warehouse, [{**value, "status": status} for value in values]) == []
