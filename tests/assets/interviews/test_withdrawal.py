"""Consent withdrawn: the interview leaves every delivery and every extract, stays out, and the others stand
untouched.
"""

import hashlib
import json
from datetime import datetime

import pytest

from assets import withdrawal
from assets.raw_loading import demand_all_loaded, load_delivery
from assets.sources.interview_keys import document_key
from assets.withdrawal import known_keys, withdraw
from pipelines.settings import DEMO_CLOCK
from warehouse.database import rows

LATER = datetime(2019, 11, 1)


def held(desk):
    return rows(desk.connection, "SELECT delivery_id, document_key, count(*) FROM raw.interview_codings_coding "
                "WHERE document_key IS NOT NULL GROUP BY ALL ORDER BY ALL")


def extracts(desk):
    return "".join(path.read_text(encoding="utf-8") for path in sorted(desk.home.root.rglob("extract.json*")))


def counts(desk):
    return [count for (count,) in rows(desk.connection, "SELECT row_count FROM register.delivery ORDER BY delivery_id")]


@pytest.fixture
def keys(drawing):
    return {number: document_key(drawing.guid("source", number)) for number in (1, 2, 3)}


@pytest.fixture
def delivered(desk, drawing):
    """Two projects of the same year: the first with interviews 1 and 2, the second with 1, 2 and 3; in order 1 and
    2.
    """
    first = [drawing.source(1, "own 0-5 A\nodd 6-9 A"), drawing.source(2, "own 0-5 A")]
    for name, sources in (("a.qdpx", first), ("b.qdpx", [*first, drawing.source(3, "early 1-2 B")])):
        desk.put(name, drawing.qdpx(*sources))
        desk.take_in()
    return desk


def test_an_interview_leaves_every_delivery_and_every_extract_and_the_others_stand(delivered, keys, drawing):
    assert counts(delivered) == [5, 7]
    removed = withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    assert (removed.delivery_ids, removed.row_count) == ((1, 2), 6)  # 1 interview and 2 codings, in two deliveries
    assert held(delivered) == [(1, keys[2], 2), *sorted([(2, keys[2], 2), (2, keys[3], 2)])]
    assert counts(delivered) == [2, 4]
    left = extracts(delivered)
    assert keys[1] not in left and drawing.guid("coding", 1, 0, "own") not in left
    assert keys[2] in left and drawing.guid("coding", 2, 0, "own") in left


def test_the_withdrawal_is_entered_once_with_who_when_what_and_without_the_key(delivered, keys):
    for moment in (LATER, DEMO_CLOCK):
        withdraw(delivered.connection, delivered.home, keys[1], "evaluator", moment)
    wanted = hashlib.sha256(f"withdrawn:{keys[1]}".encode()).hexdigest()
    assert rows(delivered.connection, "SELECT * FROM register.withdrawal") == [(wanted, LATER, "evaluator", "1 2", 6)]


def test_a_code_only_the_withdrawn_interview_had_is_no_longer_named(delivered, keys):
    assert "Ukjent kode" in extracts(delivered)
    withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    for delivery_id in (1, 2):
        load_delivery(delivered.connection, delivered.home, delivery_id)
    assert "Ukjent kode" not in extracts(delivered)
    assert rows(delivered.connection, "SELECT DISTINCT rule_id FROM findings.delivery_finding") == [("Q10",)]


def test_a_delivery_whose_every_interview_is_withdrawn_still_lets_the_house_be_built(desk, drawing, keys):
    desk.put("a.qdpx", drawing.qdpx(drawing.source(1)))
    desk.take_in()
    withdraw(desk.connection, desk.home, keys[1], "evaluator", LATER)
    assert held(desk) == [] and counts(desk) == [0]
    demand_all_loaded(desk.connection, LATER)


def test_an_accepted_project_that_is_not_loaded_yet_loses_the_interview_too(desk, drawing, keys):
    from assets.intake import take_in, waiting_files

    desk.put("a.qdpx", drawing.qdpx(drawing.source(1), drawing.source(2)))
    list(take_in(desk.connection, desk.home, waiting_files(desk.home), DEMO_CLOCK))
    assert held(desk) == [] and known_keys(desk.connection, desk.home, keys.values()) == [keys[1], keys[2]]
    removed = withdraw(desk.connection, desk.home, keys[1], "evaluator", LATER)
    assert (removed.delivery_ids, removed.row_count, counts(desk)) == ((1,), 2, [2])
    load_delivery(desk.connection, desk.home, 1)
    assert held(desk) == [(1, keys[2], 2)]


def test_a_power_cut_after_the_withdrawal_is_entered_brings_nothing_back_and_is_mended_by_doing_it_again(
        delivered, keys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(withdrawal, "write_whole", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    assert keys[1] in extracts(delivered)
    for delivery_id in (1, 2):
        load_delivery(delivered.connection, delivered.home, delivery_id)
    assert keys[1] not in str(held(delivered))
    assert known_keys(delivered.connection, delivered.home, [keys[1]]) == [keys[1]]
    withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    assert keys[1] not in extracts(delivered) and counts(delivered) == [2, 4]


def test_a_power_cut_before_it_is_entered_changes_nothing(delivered, keys, monkeypatch):
    before = held(delivered), counts(delivered), extracts(delivered)
    with monkeypatch.context() as patch:
        patch.setattr(withdrawal, "_rows_left", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    assert (held(delivered), counts(delivered), extracts(delivered)) == before
    assert rows(delivered.connection, "SELECT * FROM register.withdrawal") == []


def test_a_later_project_that_still_holds_it_is_refused_by_its_place_and_is_not_kept(delivered, drawing, keys):
    withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    delivered.put("c.qdpx", drawing.qdpx(drawing.source(2), drawing.source(1, name="Ola Hemmelig")))
    (outcome,) = delivered.take_in(LATER)
    (finding,) = outcome.findings
    assert (outcome.state, finding.rule_id, finding.level) == ("refused", "VR73", "kritisk_feil")
    assert "intervju nr. 2" in finding.message and "Fjern intervjuet" in finding.message
    assert "Hemmelig" not in finding.message
    assert not [path for path in delivered.home.root.rglob("*.qdpx")]


def test_a_later_project_without_it_is_taken_in(delivered, drawing, keys):
    withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    delivered.put("c.qdpx", drawing.qdpx(drawing.source(2), drawing.source(3)))
    assert [outcome.state for outcome in delivered.take_in(LATER)] == ["accepted"]


def test_other_sources_are_not_asked_about_withdrawals(delivered, keys):
    withdraw(delivered.connection, delivered.home, keys[1], "evaluator", LATER)
    delivered.put("tilskudd.csv", b"kommunenr;aar;tilskudd;beloep_1000kr;engang\n2012;2018;kompensasjon;1;nei\n")
    assert [outcome.state for outcome in delivered.take_in()] == ["accepted"]


def test_a_document_nobody_has_is_not_known(delivered, keys):
    assert known_keys(delivered.connection, delivered.home, ["0" * 16]) == []
    assert known_keys(delivered.connection, delivered.home, [keys[3], "0" * 16]) == [keys[3]]


def test_the_extract_that_is_left_reads_as_before_but_for_the_interview(delivered, keys):
    from assets.sources import interview_codings

    before = {path: json.loads(path.read_bytes()) for path in delivered.home.deliveries.rglob("extract.json")}
    withdraw(delivered.connection, delivered.home, keys[2], "evaluator", LATER)
    for path, kept in before.items():
        rows_left = interview_codings.read(path.read_bytes(), "x").rows.to_pylist()
        assert rows_left == [row for row in kept["rows"] if row["document_key"] != keys[2]]
