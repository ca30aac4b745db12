"""Published numbers drawn at random, each worked out again from nothing but the places its trace names.

The warehouse gives the traces only. The numbers are read out of the stored originals by their readers.
"""

import json
import random
from functools import cache

import pytest

from assets.sources import kept_name, reader_of
from assets.sources.cube import place_of
from pipelines.trace import trace
from warehouse.database import copy_in_memory, rows
from warehouse.reference_data import reference_rows

SEED = 20261125
NUMBER = {
    "kostra_accounts": "amount_thousand_nok", "ledger": "amount_nok", "grants": "amount_thousand_nok",
    "supervision": "matter_count", "supplier_invoices": "amount_nok"}
# What one delivered unit is in the indicator's unit; the sign is the trace's to tell.
SCALES = {
    ("mill NOK", "NOK"): 1e-6, ("mill NOK", "1000 NOK"): 1e-3, ("ratio", "NOK"): 1e-6, ("ratio", "1000 NOK"): 1e-3,
    ("1000 NOK", "NOK"): 1e-3, ("NOK per innb 0-17", "1000 NOK"): 1e3, ("per 1000", "barn"): 1e3,
    ("per 1000", "meldinger"): 1e3, ("barn", "måneder"): 1 / 12, ("NOK/døgn", "måneder"): 365 / 12}
SCALED_BY_OTHER_LINES = ("C6-04", "E3-07")  # judged in test_trace_prices.py


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def drawn(demo_home, warehouse):
    """(published row, its trace): one number at random of each indicator that has one, and forty more of any."""
    published = json.loads((demo_home.current / "tables" / "indicator_value.json").read_text(encoding="utf-8"))
    shown = [row for row in published if row["status"] == "ok"]
    dice = random.Random(SEED)
    dice.shuffle(shown)
    chosen = [*{row["indicator_id"]: row for row in shown}.values(), *shown[:40]]
    return [(row, next(one for one in trace(warehouse, row["indicator_id"], row["unit_code"], row["period"])
                       if one.breakdown == row["breakdown"])) for row in chosen]


@pytest.fixture(scope="module")
def number_at(demo_home, warehouse):
    """The function that gives the number at a part's place in the stored original; None for a sign."""
    stored = {delivery_id: (stem, demo_home.deliveries / sha256 / kept_name(reader_of(stem), name))
              for delivery_id, stem, sha256, name in rows(
                  warehouse, "SELECT delivery_id, stem, sha256, file_name FROM register.delivery "
                  "WHERE delivery_state = 'accepted'")}

    @cache
    def read(delivery_id):
        stem, path = stored[delivery_id]
        found = reader_of(stem).read(path.read_bytes(), path.name).rows.to_pylist()
        return {(row.get("sheet"), row.get("cell") or ("cell_number" in row and place_of(row["cell_number"])) or None,
                 row.get("line_number")): row for row in found}

    def number(part):
        row = read(part["delivery_id"])[part["sheet"], part["cell"], part["line"]]
        if part["stem"] == "interview_codings":
            return 1.0
        if row.get("status_sign"):
            return 0.0 if row["status_sign"] == "-" else None
        column = "months_count" if part["delivered_unit"] == "måneder" else NUMBER.get(part["stem"], "value")
        return float(row[column])

    return number


def worked_out(one, number_at):
    """The indicator's value from the traced places alone: sum over terms of numerators / denominators."""
    sums = {}
    for part in one.parts:
        delivered = number_at(part)
        amount = part["offset"] + (part["factor"] * delivered if delivered else 0.0)
        sums[part["term"], part["role"]] = sums.get((part["term"], part["role"]), 0.0) + amount
    return sum(above / sums.get((term, "denominator"), 1.0) for (term, role), above in sums.items() if role == "numerator")


def test_published_numbers_drawn_at_random_come_out_again_from_the_traced_places_alone(drawn, number_at):
    catalogue = {row["indicator_id"]: row for row in reference_rows("indicator")}
    for row, one in drawn:
        shown_with = catalogue[row["indicator_id"]]
        # Prices behind few agreements and shares of few informants leave the house with the decimals they are shown with.
        rounding = 0.5 * 10 ** -int(shown_with["decimals"]) if shown_with["small_number_rule"] in ("SN3", "SN4") else 0.0
        assert worked_out(one, number_at) == pytest.approx(row["value"], rel=1e-8, abs=rounding + 1e-9), row
    assert len(drawn) > 90


def test_the_draw_takes_part_in_every_kind_of_source_and_every_published_indicator(drawn):
    assert {part["stem"] for _, one in drawn for part in one.parts} == {
        "kostra_accounts", "ledger", "grants", "population", "kostra_statistics", "supplier_invoices",
        "interview_codings", "tertial_reports", "data_requests", "bufetat", "supervision"}
    assert len({row["indicator_id"] for row, _ in drawn}) > 55


def test_the_trace_tells_the_number_that_stands_at_its_place(drawn, number_at):
    for _, one in drawn:
        assert all(part["delivered"] == number_at(part) for part in one.parts), one.indicator_id


def test_the_factor_is_a_change_of_unit_with_a_sign_and_nothing_else(drawn):
    for _, one in drawn:
        for part in one.parts if one.indicator_id not in SCALED_BY_OTHER_LINES else ():
            if part["factor"] is None:
                assert not part["delivered"]
            elif part["stem"] == "interview_codings":
                assert part["factor"] in (0, 1)
            else:
                scale = SCALES.get((one.unit, part["delivered_unit"]), 1.0)
                if one.unit == "andel" and part["delivered_unit"] == "NOK" and one.indicator_id in ("E3-03", "G2-02"):
                    scale = 1e-3  # ledger lines beside accounts in 1000 kroner
                assert abs(part["factor"]) == pytest.approx(scale, rel=1e-9), (one.indicator_id, part)


def test_only_the_share_that_is_turned_round_has_something_added(drawn):
    assert {(one.indicator_id, part["offset"], part["factor"]) for _, one in drawn for part in one.parts
            if part["offset"]} == {("D2-01", 1.0, -1.0)}


def test_every_part_names_the_version_of_its_delivery_and_the_day_it_came(drawn, warehouse):
    came = dict(rows(warehouse, "SELECT delivery_id, strftime(received_at, '%Y-%m-%d') FROM register.delivery"))
    versions = {(delivery_id, version) for delivery_id, version in rows(
        warehouse, "SELECT delivery_id, version FROM register.delivery_scope")}
    for part in (part for _, one in drawn for part in one.parts):
        assert part["received_on"] == came[part["delivery_id"]]
        assert (part["delivery_id"], part["version"]) in versions
