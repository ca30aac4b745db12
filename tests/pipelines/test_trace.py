"""Traces of every number of the demo: the parts add up, and each stands in the delivered file where the trace says."""

import json
from functools import cache

import openpyxl
import pytest

from pipelines.failures import WrongUsage
from pipelines.trace import Trace, trace
from warehouse.database import copy_in_memory, records, rows
from warehouse.reference_data import reference_rows

pytestmark = pytest.mark.house

ENCODINGS = ("utf-8-sig", "cp1252")


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def traces(warehouse):
    """The trace of every value there is."""
    keys = rows(warehouse, "SELECT DISTINCT indicator_id, unit_code, period FROM marts.indicator_value ORDER BY ALL")
    return [found for key in keys for found in trace(warehouse, *key)]


def test_every_value_has_its_trace(traces, warehouse):
    values = records(warehouse, "SELECT * FROM marts.indicator_value")
    assert {(one.indicator_id, one.unit_code, one.period, one.breakdown, one.value, one.unit, one.status, one.basis)
            for one in traces} == {tuple(row[name] for name in (
                "indicator_id", "unit_code", "period", "breakdown", "value", "unit", "status", "basis")) for row in values}
    assert len(traces) == len(values) > 700
    assert {one.indicator_id for one in traces} == {row["indicator_id"] for row in reference_rows("indicator")}


def test_the_parts_of_every_value_add_up_to_it(traces):
    assert all(abs(one.from_parts - one.value) < 1e-6 for one in traces if one.status == "ok")
    assert all(one.from_parts is None for one in traces if one.status != "ok")


def test_every_part_names_its_delivery_its_file_and_one_place_in_it(traces, warehouse):
    names = dict(rows(warehouse, "SELECT delivery_id, file_name FROM register.delivery"))
    for part in (part for one in traces for part in one.parts):
        assert part["file_name"] == names[part["delivery_id"]]
        assert (part["line"] is None) != (part["cell"] is None)
        assert (part["sheet"] is not None) == (part["stem"] in ("tertial_reports", "data_requests"))
        assert part["role"] in ("numerator", "denominator")


def test_only_deliveries_in_force_take_part(traces, warehouse):
    in_force = {delivery_id for (delivery_id,) in rows(warehouse, "SELECT delivery_id FROM core.delivery_in_force")}
    assert {part["delivery_id"] for one in traces for part in one.parts} <= in_force


# The number that stands at the place, read without our readers

class Originals:
    """The delivered files as they were stored."""

    def __init__(self, home, connection):
        self.paths = {delivery_id: home.deliveries / sha256 / file_name for delivery_id, sha256, file_name in rows(
            connection, "SELECT delivery_id, sha256, file_name FROM register.delivery WHERE delivery_state = 'accepted'")}
        self._lines, self._cells = cache(self._read_lines), cache(self._read_cells)
        self._books = cache(self._read_book)

    def _read_lines(self, delivery_id):
        content = self.paths[delivery_id].read_bytes()
        for encoding in ENCODINGS:
            try:
                return content.decode(encoding).splitlines()
            except UnicodeDecodeError:
                continue
        raise AssertionError(self.paths[delivery_id])

    def _read_cells(self, delivery_id):
        return json.loads(self.paths[delivery_id].read_text(encoding="utf-8"))["value"]

    def _read_book(self, delivery_id):
        """Values by sheet and cell, as openpyxl sees them."""
        book = openpyxl.load_workbook(self.paths[delivery_id])
        return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row}

    def _directions(self, delivery_id):
        """The direction of each coding by its guid; of interviews only the extract is stored."""
        kept = json.loads(self.paths[delivery_id].with_name("extract.json").read_text(encoding="utf-8"))
        return {row["cell"]: row["direction"] for row in kept["rows"]}

    def number(self, part):
        """The number at the part's place, in the unit of the file."""
        if part["stem"] == "interview_codings":
            return self._directions(part["delivery_id"])[part["cell"]]
        if part["sheet"] is not None:
            cells = self._books(part["delivery_id"])
            reason = cells[part["sheet"], "C" + part["cell"].removeprefix("B")]
            return 0 if reason == "bekreftet null" else cells[part["sheet"], part["cell"]]
        if part["cell"] is not None:
            cells = self._cells(part["delivery_id"])
            place = int(part["cell"].removeprefix("value[").removesuffix("]"))
            return cells[place] if isinstance(cells, list) else cells.get(str(place))
        lines = self._lines(part["delivery_id"])
        line = lines[part["line"] - 1]
        if part["stem"] == "kostra_accounts":
            return float(line.split()[-1])
        heading = lines[0].split(";")
        column = next(name for name in heading if name.startswith("beloep") or name in ("verdi", "antall"))
        text = line.split(";")[heading.index(column)]
        if not text.strip("."):
            return None
        return float(text.replace("\u00a0", "").replace(" ", "").replace("\u2212", "-").replace(",", "."))


IN_MILLIONS = {"kostra_accounts": 1e-3, "grants": 1e-3, "ledger": 1e-6, "population": 1.0, "supplier_invoices": 1e-6}
IN_THOUSANDS = {"kostra_accounts": 1.0, "ledger": 1e-3}
PER_CHILD = {"kostra_accounts": 1e3, "grants": 1e3, "ledger": 1.0, "population": 1.0}
SCALE_OF = {"NOK per innb 0-17": PER_CHILD, "1000 NOK": IN_THOUSANDS, "andel": IN_THOUSANDS}
PRICES = {"C6-04", "E3-05", "E3-06", "E3-07", "E3-09"}  # judged in test_trace_prices.py


def contribution(one, part, delivered):
    """The size of the part's amount as it follows from the delivered number."""
    if part["stem"] == "interview_codings":
        return float(part["role"] == "denominator" or delivered == 1)
    if part["stem"] in ("bufetat", "supervision", "tertial_reports", "data_requests"):
        return abs(delivered) * (1e-3 if one.unit == "mill NOK" else 1)
    if part["stem"] != "kostra_statistics":
        return abs(delivered) * SCALE_OF.get(one.unit, IN_MILLIONS)[part["stem"]]
    if one.indicator_id == "D2-01":
        return 1 - delivered
    is_rate = one.indicator_id in ("B1-04", "B3-03") and not one.unit_code.startswith("EKG")
    return (1000 if is_rate else 1) * delivered


def test_at_the_place_of_every_part_stands_the_delivered_number(traces, demo_home, warehouse):
    originals, seen = Originals(demo_home, warehouse), set()
    for one in traces:
        for part in one.parts if one.indicator_id not in PRICES else ():
            delivered = originals.number(part)
            if part["amount"] is None:
                assert delivered is None
                continue
            assert abs(part["amount"]) == pytest.approx(contribution(one, part, delivered), rel=1e-9, abs=1e-12)
            seen.add((one.indicator_id, part["stem"]))
    assert {stem for _, stem in seen} == {
        "kostra_accounts", "ledger", "grants", "population", "kostra_statistics", "supplier_invoices",
        "interview_codings", "tertial_reports", "data_requests", "bufetat", "supervision"}
    assert {indicator_id for indicator_id, _ in seen} == {
        row["indicator_id"] for row in reference_rows("indicator")} - PRICES


def test_cost_before_2018_in_faerder_comes_from_the_files_of_both_municipalities(traces, demo_home, warehouse):
    one = next(one for one in traces if (one.indicator_id, one.unit_code, one.period, one.breakdown) == (
        "E2-01", "0729", "2016", "trial_cost=included"))
    codes = {content.decode("cp1252")[7:11] for delivery_id in {
        part["delivery_id"] for part in one.parts if part["stem"] == "kostra_accounts"}
        for content in [Originals(demo_home, warehouse).paths[delivery_id].read_bytes()]}
    assert codes == {"0722", "0723"}


def test_the_formula_is_said_in_words(traces):
    formulas = {row["indicator_id"]: row["formula_nb"] for row in reference_rows("indicator")}
    assert all(one.formula_nb == formulas[one.indicator_id] for one in traces)


# Recomputing from parts, drawn

def drawn(*parts):
    """A trace with the given parts: (term, role, amount)."""
    return Trace("B3-02", "2012", "2018", "", None, "prosentpoeng", "ok", "delivered", "x", tuple(
        {"term": term, "role": role, "amount": amount} for term, role, amount in parts))


@pytest.mark.parametrize(("parts", "wanted"), [
    ([(1, "numerator", 3.0), (1, "numerator", 4.0)], 7.0),
    ([(1, "numerator", 3.0), (1, "denominator", 2.0), (1, "denominator", 4.0)], 0.5),
    ([(1, "numerator", 1.0), (1, "denominator", 2.0), (2, "numerator", -1.0), (2, "denominator", 4.0)], 0.25),
    ([(1, "numerator", 3.0), (1, "numerator", None)], None),
    ([(1, "numerator", 3.0), (1, "denominator", None)], None),
    ([(1, "numerator", 0.0), (1, "denominator", 0.0)], None),
])
def test_a_value_from_parts_is_the_sum_over_terms_and_missing_when_a_part_is(parts, wanted):
    assert drawn(*parts).from_parts == wanted


@pytest.mark.parametrize("key", [("G1-04", "2012", "2014"), ("G1-04", "EKG12", "2018"), ("X9-99", "2012", "2018")])
def test_a_number_that_is_not_there_is_said_so(warehouse, key):
    with pytest.raises(WrongUsage, match=f"{key[0]} har ingen verdi for {key[1]} i {key[2]}"):
        trace(warehouse, *key)
