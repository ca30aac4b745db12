"""Published numbers picked at random and worked out anew from the traced places alone, read again in the stored files."""

import json
import random
from collections import Counter
from functools import cache

import pytest

from assets.sources import kept_name, reader_of
from assets.sql_files import indicator_union
from pipelines.trace import trace
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import reading, rows
from warehouse.reference_data import reference_rows

SEED = 4
EACH = 3
"""At least so many numbers of every kind of source are worked out."""
KINDS = {"kostra_accounts", "kostra_statistics", "population", "ledger", "grants", "tertial_reports", "data_requests",
         "supplier_invoices", "bufetat", "supervision", "interview_codings"}
FACTORS = {1, 1e-3, 1e-6, 1000, 0}
PRICES = {"C6-04", "E3-05", "E3-06", "E3-07", "E3-09"}  # their factors are worked out by hand in test_trace_prices.py
FEW = {"supervision": 1, "interview_codings": 1}
"""There are no more of these in the demo's release."""


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with reading(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def value_at(demo_home, warehouse):
    """The function that reads a part's place anew in the stored file and gives what stands there."""
    files = {delivery_id: (sha256, stem, name) for delivery_id, sha256, stem, name in rows(
        warehouse, "SELECT delivery_id, sha256, stem, file_name FROM register.delivery WHERE delivery_state = 'accepted'")}

    @cache
    def lines(delivery_id):
        sha256, stem, name = files[delivery_id]
        reader = reader_of(stem)
        path = demo_home.deliveries / sha256 / kept_name(reader, name)
        read = reader.read(path.read_bytes(), name).rows.to_pylist()
        named = "cell" in RAW_BY_STEM[stem].column_names
        return {(row.get("sheet"), row["cell"]) if named else
                row["line_number"] if "line_number" in row else f"value[{row['cell_number']}]": row for row in read}

    def find(part):
        assert files[part["delivery_id"]][2] == part["file_name"]
        table = lines(part["delivery_id"])
        place = part["line"] if part["line"] is not None else part["cell"]
        row = table[place] if place in table else table[part["sheet"], part["cell"]]
        if row.get("status_sign") == "-":
            return 0.0
        return None if row[part["delivered_column"]] is None else float(row[part["delivered_column"]])

    return find


@pytest.fixture(scope="module")
def picked(demo_home, warehouse):
    """The published rows and their traces, at random until every kind of source is there."""
    published = json.loads((demo_home.current / "tables" / "indicator_value.json").read_text(encoding="utf-8"))
    shown = [row for row in published if row["status"] == "ok"]
    random.Random(SEED).shuffle(shown)
    wanted = {kind: FEW.get(kind, EACH) for kind in KINDS}
    sources: dict[str, set[str]] = {}
    for indicator_id, stem in rows(
            warehouse, f"SELECT DISTINCT indicator_id, stem FROM ({indicator_union()}) INNER JOIN register.delivery "
            "USING (delivery_id) WHERE role IN ('numerator', 'denominator')"):
        sources.setdefault(indicator_id, set()).add(stem)
    found, seen = [], Counter()
    for row in shown:
        if all(seen[kind] >= wanted[kind] for kind in sources[row["indicator_id"]]):
            continue
        one = next(one for one in trace(warehouse, row["indicator_id"], row["unit_code"], row["period"])
                   if one.breakdown == row["breakdown"])
        kinds = {part["stem"] for part in one.parts}
        if any(seen[kind] < wanted[kind] for kind in kinds):
            found.append((row, one))
            seen.update(kinds)
        if all(seen[kind] >= count for kind, count in wanted.items()):
            break
    return found


def worked_out(one, value_at):
    """The value from the places alone: the traced column there, times factor, plus offset, added up by the formula."""
    sums = {}
    for part in one.parts:
        amount = part["offset"] + part["factor"] * (value_at(part) or 0.0)
        key = part["term"], part["role"]
        sums[key] = sums.get(key, 0.0) + amount
    return sum(total / sums.get((term, "denominator"), 1.0) for (term, role), total in sums.items() if role == "numerator")


def test_every_kind_of_source_is_among_the_numbers_picked(picked):
    seen = Counter(kind for _, one in picked for kind in {part["stem"] for part in one.parts})
    assert set(seen) == KINDS and all(seen[kind] >= FEW.get(kind, EACH) for kind in KINDS)


def test_published_numbers_come_out_of_the_traced_places_alone(picked, value_at):
    catalogue = {row["indicator_id"]: row for row in reference_rows("indicator")}
    for row, one in picked:
        # Prices and amounts behind small groups leave with the decimals they are shown with.
        is_rounded = catalogue[row["indicator_id"]]["small_number_rule"] == "SN4"
        decimals = int(catalogue[row["indicator_id"]]["decimals"]) if is_rounded else 9
        assert abs(worked_out(one, value_at) - row["value"]) <= 0.5 * 10 ** -decimals + 1e-9 * abs(row["value"]), row


def test_what_the_trace_says_was_delivered_stands_at_the_place(picked, value_at):
    parts = [part for _, one in picked for part in one.parts]
    assert len(parts) > 200
    assert all(value_at(part) == pytest.approx(part["delivered"]) for part in parts)


def test_a_part_is_the_delivered_number_in_another_unit_and_nothing_else(picked):
    for _, one in picked:
        if one.indicator_id not in PRICES:
            assert {abs(part["factor"]) for part in one.parts} <= FACTORS, one.indicator_id
            turned = one.indicator_id in ("D1-04", "D2-01")
            assert {part["offset"] for part in one.parts} <= ({0.0, 1.0} if turned else {0.0})
