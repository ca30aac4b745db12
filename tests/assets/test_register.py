"""The register: what came, what it covers, and which delivery is in force at a moment."""

from datetime import datetime, timedelta

import pytest

from assets.build import build_sql_table, set_clock
from assets.register import (
    Arrival, accepted_deliveries, accepted_delivery_with, deliveries_covering, record_accepted, record_set_aside,
    scope_keys_of,
)
from assets.sources.reading import ScopeKey
from assets.sql_files import sql_tables
from warehouse.database import ConstraintBroken, in_memory, one, records, rows

OCTOBER = datetime(2019, 10, 1)


@pytest.fixture
def register():
    with in_memory() as connection:
        yield connection


def arrival(letter, days=0):
    return Arrival(letter * 64, f"{letter}.dat", "2012", OCTOBER + timedelta(days=days))


def accept(register, letter, *keys, stem="kostra_accounts", days=0, provenance=()):
    return record_accepted(
        register, arrival(letter, days), stem=stem, form_version="0A", row_count=1,
        scope_keys=[ScopeKey(*key.split(":")) for key in keys], provenance=provenance)


def in_force(register, as_of):
    """{scope key: (delivery, version)} of the view, as of a moment."""
    set_clock(register, as_of)
    build_sql_table(register, next(table for table in sql_tables("core") if table.name == "delivery_in_force"))
    return {f"{unit}:{period}": (delivery, version) for unit, period, delivery, version in rows(
        register, "SELECT source_unit_code, period, delivery_id, version FROM core.delivery_in_force")}


def test_deliveries_are_numbered_as_they_come_whatever_becomes_of_them(register):
    numbers = [accept(register, "a", "2012:2018"), record_set_aside(register, arrival("b"), "refused", "tom", None),
               record_set_aside(register, arrival("a"), "duplicate", "som 1", None), accept(register, "c", "2012:2017")]
    assert numbers == [1, 2, 3, 4]
    assert accepted_deliveries(register) == [1, 4]


def test_only_accepted_bytes_are_known_again(register):
    accept(register, "a", "2012:2018")
    record_set_aside(register, arrival("b"), "refused", "tom", None)
    assert [accepted_delivery_with(register, letter * 64) for letter in "abc"] == [1, None, None]


def test_versions_count_within_source_unit_and_period(register):
    accept(register, "a", "2012:2018")
    accept(register, "b", "2012:2018", "2012:2017", stem="ledger")
    accept(register, "c", "2012:2018", "0729:2018")
    assert rows(register, "SELECT delivery_id, source_unit_code, period, version FROM register.delivery_scope "
                "ORDER BY ALL") == [
        (1, "2012", "2018", 1), (2, "2012", "2017", 1), (2, "2012", "2018", 1), (3, "0729", "2018", 1),
        (3, "2012", "2018", 2)]


def test_a_scope_key_named_twice_in_one_delivery_is_one_version(register):
    accept(register, "a", "2012:2018", "2012:2018")
    assert scope_keys_of(register, 1) == ["2012:2018"]


def test_the_marks_of_a_delivery_are_kept_by_place(register):
    accept(register, "a", "2012:2018", provenance=[
        {"place_from": 1, "place_to": 3, "basis": "published", "fact_id": "Q28"},
        {"place_from": 4, "place_to": 9, "basis": "constructed"}])
    assert rows(register, "SELECT * FROM register.provenance ORDER BY ALL") == [
        (1, 1, 3, "published", "Q28"), (1, 4, 9, "constructed", None)]


def test_a_delivery_that_cannot_be_entered_whole_leaves_nothing(register):
    accept(register, "a", "2012:2018")
    with pytest.raises(ConstraintBroken):
        accept(register, "b", "2012:2018", provenance=[{"place_from": 1, "place_to": 2, "basis": "gjettet"}])
    counts = [one(register, f"SELECT count(*) FROM register.{name}")
              for name in ("delivery", "delivery_scope", "provenance")]
    assert counts == [1, 1, 0]
    assert accept(register, "c", "2012:2018") == 2


def test_a_refusal_is_entered_with_its_reason_and_no_scope(register):
    record_set_aside(register, arrival("a"), "refused", "a.dat: filen er tom.", "ledger")
    (row,) = records(register, "SELECT stem, delivery_state, sender_code, row_count, reason FROM register.delivery")
    assert row == {"stem": "ledger", "delivery_state": "refused", "sender_code": "2012", "row_count": None,
                   "reason": "a.dat: filen er tom."}
    assert scope_keys_of(register, 1) == []


def test_the_deliveries_behind_a_partition_come_oldest_first_and_from_its_source_only(register):
    accept(register, "a", "2012:2018")
    accept(register, "b", "2012:2018", stem="ledger")
    accept(register, "c", "2012:2018", "2012:2017")
    accept(register, "d", "0729:2018")
    assert deliveries_covering(register, "kostra_accounts", ["2012:2018"]) == [1, 3]
    assert deliveries_covering(register, "kostra_accounts", ["2012:2017", "0729:2018"]) == [3, 4]
    assert deliveries_covering(register, "ledger", ["2012:2017"]) == []


# The second delivery corrects 2018 only, a day later; the third is another municipality.
@pytest.mark.parametrize(("days", "expected"), [
    (-1, {}),
    (0, {"2012:2017": (1, 1), "2012:2018": (1, 1)}),
    (0.99, {"2012:2017": (1, 1), "2012:2018": (1, 1)}),
    (1, {"2012:2017": (1, 1), "2012:2018": (2, 2)}),
    (2, {"2012:2017": (1, 1), "2012:2018": (2, 2), "0729:2018": (3, 1)}),
])
def test_per_key_the_newest_delivery_received_by_then_is_in_force(register, days, expected):
    accept(register, "a", "2012:2017", "2012:2018")
    accept(register, "b", "2012:2018", days=1)
    accept(register, "c", "0729:2018", days=2)
    assert in_force(register, OCTOBER + timedelta(days=days)) == expected


def test_of_two_deliveries_in_the_same_second_the_later_number_is_in_force(register):
    accept(register, "a", "2012:2018")
    accept(register, "b", "2012:2018")
    assert in_force(register, OCTOBER) == {"2012:2018": (2, 2)}


def test_refusals_and_duplicates_are_never_in_force(register):
    accept(register, "a", "2012:2018")
    record_set_aside(register, arrival("b", days=1), "refused", "tom", "kostra_accounts")
    record_set_aside(register, arrival("a", days=2), "duplicate", "som 1", None)
    assert in_force(register, OCTOBER + timedelta(days=9)) == {"2012:2018": (1, 1)}
