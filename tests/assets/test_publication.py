"""The built release of the demo, searched in every file for the numbers it hides."""

import csv
import io
import json
from html.parser import HTMLParser

import pyarrow.parquet
import pytest

from assets.build import rebuild
from assets.publication import PUBLISHED_COLUMNS, publish, release_of
from dashboards.labels import breakdown_label, slug
from pipelines.settings import DEMO_CLOCK
from warehouse.database import copy_in_memory, one, records
from warehouse.home import Home
from warehouse.reference_data import reference_rows

pytestmark = pytest.mark.house

UNIT_NAMES = {row["unit_code"]: row["unit_name"] for row in reference_rows("unit")}


def files_of(folder):
    """{relative path: bytes} of a release."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def key_of(row):
    return row["indicator_id"], row["unit_code"], row["period"], row["breakdown"]


class Tables(HTMLParser):
    """The cells of a page: {(table id, group heading, row heading, column heading): text}."""

    def __init__(self, text):
        super().__init__()
        self.cells, self._table, self._group, self._columns = {}, None, "", []
        self._row, self._cell, self._rows_of_group = None, None, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "table":
            self._group, self._columns = "", []
        elif tag == "caption":
            self._table = given["id"]
        elif tag == "tr":
            self._row, self._is_group = [], given.get("class") == "group"
        elif tag in ("td", "th"):
            self._cell = []

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._row.append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "tr" and self._is_group:
            self._group = self._row[0]
        elif tag == "tr" and not self._columns:
            self._columns = self._row
        elif tag == "tr":
            for column, text in zip(self._columns[1:], self._row[1:], strict=True):
                self.cells[self._table, self._group, self._row[0], column] = text


class Figures(HTMLParser):
    """The figures of a page by id: their sentence for those who cannot see, and their data."""

    def __init__(self, text):
        super().__init__()
        self.sentences, self.traces, self._inside = {}, {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("class") == "plot":
            self.sentences[given["id"]] = given["aria-label"]
        if tag == "script" and given.get("type") == "application/json":
            self._inside = given["id"].removesuffix("-data")

    def handle_data(self, data):
        if self._inside:
            self.traces[self._inside] = json.loads(data)["data"]
            self._inside = None


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def release(warehouse, tmp_path_factory):
    """The folder of the demo's release."""
    return publish(warehouse, Home(tmp_path_factory.mktemp("home")), 3).folder


@pytest.fixture(scope="module")
def hidden(warehouse, release):
    """{key: true value} of every number the evaluators know and the release does not show."""
    known = {key_of(row): row["value"] for row in records(warehouse, "SELECT * FROM marts.indicator_value")}
    shown = json.loads((release / "tables" / "indicator_value.json").read_text(encoding="utf-8"))
    return {key_of(row): known[key_of(row)] for row in shown if row["status"] == "suppressed"}


@pytest.fixture(scope="module")
def pages(release):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((release / "site").glob("*.html"))}


# No hidden number in any file

def test_the_demo_has_numbers_to_hide(hidden, warehouse):
    assert hidden["C5-04", "0729", "2015", ""] == hidden["C1-02", "0729", "2015", "category=2.5"] == 3
    assert hidden["C6-02", "0627", "2013", ""] == hidden["C6-01", "0627", "2013", ""] == 0
    small_rests = records(warehouse, "SELECT * FROM marts.indicator_value WHERE indicator_id = 'B1-08' "
                          "AND count_complement BETWEEN 1 AND 3")
    assert small_rests and {key_of(row) for row in small_rests} <= set(hidden)


def test_no_count_from_one_to_three_and_no_unconfirmed_zero_is_in_the_tables(release, warehouse):
    counts = {row["indicator_id"] for row in reference_rows("indicator") if row["small_number_rule"] == "SN1"}
    confirmed = {key_of(row): row["is_confirmed_zero"] for row in records(warehouse, "FROM marts.indicator_value")}
    shown = json.loads((release / "tables" / "indicator_value.json").read_text(encoding="utf-8"))
    small = [row for row in shown if row["indicator_id"] in counts and row["value"] is not None and row["value"] <= 3]
    assert all(row["value"] == 0 and confirmed[key_of(row)] for row in small)


def test_a_hidden_number_has_neither_value_nor_mark_in_csv_json_and_parquet(release, hidden):
    tables = release / "tables"
    as_csv = list(csv.DictReader(io.StringIO((tables / "indicator_value.csv").read_text(encoding="utf-8-sig")),
                                 delimiter=";"))
    as_json = json.loads((tables / "indicator_value.json").read_text(encoding="utf-8"))
    as_parquet = pyarrow.parquet.read_table(tables / "indicator_value.parquet").to_pylist()
    for several in (as_csv, as_json, as_parquet):
        rows = [row for row in several if key_of(row) in hidden]
        assert len(rows) == len(hidden)
        assert all(row["status"] == "suppressed" for row in rows)
        assert not any(row[name] for row in rows for name in ("value", "basis", "fact_id"))


def test_the_three_files_say_the_same_and_have_the_published_columns_only(release):
    tables = release / "tables"
    text = (tables / "indicator_value.csv").read_text(encoding="utf-8-sig")
    assert tuple(text.splitlines()[0].split(";")) == PUBLISHED_COLUMNS
    as_json = json.loads((tables / "indicator_value.json").read_text(encoding="utf-8"))
    as_parquet = pyarrow.parquet.read_table(tables / "indicator_value.parquet")
    assert {tuple(row) for row in as_json} == {tuple(as_parquet.column_names)} == {PUBLISHED_COLUMNS}
    assert as_parquet.to_pylist() == as_json
    as_csv = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [key_of(row) for row in as_csv] == [key_of(row) for row in as_json]
    assert [float(row["value"]) if row["value"] else None for row in as_csv] == [row["value"] for row in as_json]


def test_the_release_holds_nothing_of_counts_behind_numbers(release):
    for name, content in files_of(release).items():
        for word in (b"count_numerator", b"count_complement", b"count_denominator", b"is_confirmed_zero"):
            assert word not in content, name


def test_the_table_cell_of_a_hidden_number_shows_the_sign_and_no_digit(pages, hidden):
    cells = [cell for page in pages.values() for cell in Tables(page).cells.items()]
    for indicator_id, unit_code, period, breakdown in hidden:
        table, groups = f"tabell-{indicator_id.lower()}", {breakdown_label(breakdown)} if breakdown else {"", "I alt"}
        mine = [text for (table_id, heading, row, column), text in cells
                if (table_id, column, row) == (table, period, UNIT_NAMES[unit_code]) and heading in groups]
        assert mine and set(mine) == {":skjermet"}, (indicator_id, unit_code, period, breakdown)


def test_the_point_and_the_hover_of_a_hidden_number_are_empty(pages, hidden):
    figures = [(name, traces) for page in pages.values() for name, traces in Figures(page).traces.items()]
    seen, drawn = set(), set()
    for indicator_id, unit_code, period, breakdown in hidden:
        wanted = f"figur-{indicator_id.lower()}" + (f"-{slug(breakdown)}" if breakdown else "")
        drawn |= {(indicator_id, unit_code, period, breakdown) for name, _ in figures if name == wanted}
        for name, traces in figures:
            for trace in traces:
                if name == wanted and trace["name"] == UNIT_NAMES[unit_code] and period in trace["x"]:
                    place = trace["x"].index(period)
                    assert trace["y"][place] is None
                    assert trace["hovertext"][place] == f"{trace['name']} {period}<br><b>skjermet</b>"
                    assert "text" not in trace or not trace["text"][place]
                    seen.add((indicator_id, unit_code, period, breakdown))
    # A series that has nothing to show is not drawn at all.
    assert seen == drawn and {"A1-01", "C2-01", "C5-02", "C6-03", "C7-05", "E3-05", "F1-02"} <= {key[0] for key in seen}


def test_the_sentence_of_a_figure_names_no_hidden_number_as_the_lowest(pages):
    sentences = Figures(pages["delmaal-c.html"]).sentences
    assert "lavest Røyken i 2015 (5)" in sentences["figur-c5-04"]


# A release says nothing that depends on a hidden number: planted numbers

def plant(connection, numbers):
    """Writes key figures into raw: {(region, year, code): value}, and makes every table anew."""
    for (region, year, code), value in numbers.items():
        connection.execute("UPDATE raw.kostra_statistics_cell SET value = ?, status_sign = NULL WHERE region_code = ? "
                           "AND year = ? AND key_figure_code = ?", [value, region, year, code])
        assert one(connection, "SELECT count(*) FROM core.key_figure WHERE unit_code = ? AND year = ? "
                   "AND key_figure_code = ?", [region, year, code]) == 1
    rebuild(connection, DEMO_CLOCK)


TWOS = {
    ("2012", 2018, "13"): 2,                                                    # a category
    ("0729", 2015, "17"): 2,                                                    # a category with a name of its own
    ("0627", 2013, "15"): 2,                                                    # children in institutions
    ("2012", 2017, "08"): 2, ("2012", 2017, "07"): 250, ("2012", 2017, "15"): 0,  # placed children of 252
    ("0729", 2015, "08"): 212, ("0729", 2015, "07"): 2,                         # the baseline year
    ("0627", 2018, "15"): 44,                                                   # 2 of 46 placed not in institutions
    ("0729", 2017, "04"): 0.99, ("0729", 2017, "04T"): 266,                     # 2 of 268 reports late
    ("2012", 2016, "02"): 0.01, ("2012", 2016, "02T"): 2,                       # 2 reports investigated
    ("0627", 2014, "01"): 2, ("0627", 2014, "02T"): 2, ("0627", 2014, "04T"): 2,  # 2 reports in all
    ("2012", 2015, "05"): 0.99, ("2012", 2015, "05T"): 260,                     # 2 of 262 after the time limit
}
OTHERS = TWOS | {
    ("2012", 2018, "13"): 3, ("0729", 2015, "17"): 1, ("0627", 2013, "15"): 0,
    ("2012", 2017, "08"): 3, ("2012", 2017, "07"): 249, ("2012", 2017, "15"): 3,
    ("0729", 2015, "08"): 211, ("0729", 2015, "07"): 3,
    ("0627", 2018, "15"): 45, ("0729", 2017, "04"): 1.0, ("0729", 2017, "04T"): 265,
    ("2012", 2016, "02"): 0.005, ("2012", 2016, "02T"): 1,
    ("0627", 2014, "01"): 3, ("0627", 2014, "02T"): 1, ("0627", 2014, "04T"): 3,
    ("2012", 2015, "05"): 0.995, ("2012", 2015, "05T"): 261,
}


def release_with(home, numbers, folder):
    with copy_in_memory(home) as connection:
        plant(connection, numbers)
        published = publish(connection, Home(folder), 3).folder
        known = {key_of(row): row["value"] for row in records(connection, "FROM marts.indicator_value")}
    return files_of(published), known


def test_planted_twos_appear_nowhere_and_other_small_numbers_in_their_place_make_the_same_release(demo_home, tmp_path):
    twos, known = release_with(demo_home, TWOS, tmp_path / "twos")
    others, _ = release_with(demo_home, OTHERS, tmp_path / "others")
    assert twos == others
    shown = {key_of(row): row["value"] for row in json.loads(twos["tables/indicator_value.json"])}
    planted = {("C1-02", "2012", "2018", "category=7"), ("C5-04", "0729", "2015", ""), ("C6-01", "0627", "2013", ""),
               ("B3-05", "2012", "2017", ""), ("B3-04", "0729", "2015", ""), ("B1-03", "0627", "2014", "")}
    assert all(known[key] == 2 and shown[key] is None for key in planted)
    assert all(shown[key] is None for key in (
        ("B3-04", "2012", "2017", ""), ("B3-01", "2012", "2017", ""), ("B3-02", "2012", "2017", ""),
        ("B3-02", "0729", "2018", ""), ("C6-01", "0627", "2018", ""), ("C6-02", "0627", "2018", ""),
        ("B1-04", "0627", "2014", ""), ("B1-05", "2012", "2016", ""), ("D2-01", "2012", "2015", ""),
        ("E2-03", "2012", "2017", "function=252;trial_cost=excluded"), ("G1-02", "2012", "2017", "purpose=252")))


def test_a_number_that_is_shown_does_change_the_release(demo_home, tmp_path):
    four, _ = release_with(demo_home, {("2012", 2018, "13"): 4}, tmp_path / "four")
    five, _ = release_with(demo_home, {("2012", 2018, "13"): 5}, tmp_path / "five")
    changed = {name for name in four if four[name] != five[name]}
    assert {"tables/indicator_value.csv", "tables/indicator_value.parquet", "site/delmaal-c.html"} <= changed


def test_a_higher_threshold_hides_more_and_the_manifest_says_it(warehouse, tmp_path, hidden):
    folder = publish(warehouse, Home(tmp_path), 6).folder
    shown = json.loads((folder / "tables" / "indicator_value.json").read_text(encoding="utf-8"))
    more = {key_of(row) for row in shown if row["status"] == "suppressed"}
    assert more - set(hidden)
    # A total that is hidden itself no longer tells its parts, so that a true zero among them may stand.
    assert {hidden[key] for key in set(hidden) - more} <= {0, None}
    assert ("C5-04", "0627", "2018", "") in more  # 6 children
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["small_number_threshold"] == 6


def test_the_same_warehouse_lists_its_sources_in_the_same_order(warehouse):
    several = [release_of(warehouse, 3).sources for _ in range(5)]
    assert len({(row["stem"], row["file_name"]) for row in several[0]}) < len(several[0])  # equal names, other senders
    assert all(sources == several[0] for sources in several)
    assert list(several[0]) == sorted(several[0], key=lambda row: tuple(row.values()))
