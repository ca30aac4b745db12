"""Form 15F through the whole house: only counts stay, and no byte anywhere tells who a child is.

The originals leave with the inbox, also when they are refused; a power cut loses nothing and leaves nothing behind.
"""

import hashlib
import json
import os
from datetime import datetime

import pytest

from assets import intake
from assets.findings import gather_findings
from assets.intake import NOT_KEPT
from assets.public_findings import public_findings
from assets.sources import SOURCES, keeps_originals, reader_of
from pipelines import dagster_runs
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse.database import reading, records, rows

pytestmark = pytest.mark.house

CHILDREN = """
    child 2010-05
    report 2018-01-10 2018-01-15 2 by=22+ of=18+
    study 2018-01-15 2018-03-01 5 said=yes
    measure 2018-02-01 - 2.99+ law=BVL/4/12
    child 2011-06 journal=planteglass-77
    child - id=3102-18-55555 journal=planteglass-77
    measure 2018-01-01 - 4.1
"""


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def leaks(root, planted):
    """Where a planted text stands in any file below a folder, in its name or its bytes."""
    found = []
    for path in (path for path in root.rglob("*") if path.is_file()):
        content = path.read_bytes() + path.name.encode()
        found += [(path.name, text) for text in planted for encoding in ("utf-8", "utf-16-le", "latin-1")
                  if text.encode(encoding) in content or json.dumps(text)[1:-1].encode() in content]
    return found


@pytest.fixture(scope="session")
def planted(draw):
    """What may stand nowhere: identity numbers, their dates of birth written in each usual way, journals, words.

    A number of six digits may stand anywhere by chance, so a date is looked for with what comes after it in the number.
    """
    told = draw.planted(CHILDREN)
    numbers = [one for one in told if one.isdigit() and len(one) == 11]
    dates = [form for born in ((2010, 5), (2011, 6)) for form in (
        f"{born[0]}-{born[1]:02}-01", f"01.{born[1]:02}.{born[0]}", f"{born[0]}{born[1] + 80:02}01")]
    parts = [part for number in numbers for part in (number[:7], number[4:])]
    return [*(one for one in told if len(one) > 6), *dates, *parts]


def test_only_the_counts_of_an_accepted_file_are_kept(desk, draw, planted):
    content = draw.file(CHILDREN)
    desk.put("2012/15f.xml", content)
    assert leaks(desk.home.root, planted)
    (outcome,) = desk.take_in()
    assert (outcome.state, outcome.stem) == ("accepted", "child_records")
    assert files_in(desk.home.root) == [f"deliveries/{sha256(content)}/extract.json"]
    kept = json.loads((desk.home.deliveries / sha256(content) / "extract.json").read_bytes())
    assert set(kept) == {"extract", "form_version", "scope_keys", "rows", "findings"}
    assert {key for row in kept["rows"] for key in row} == {
        "cell_number", "municipality_code", "year", "count_code", "count_category_code", "value"}
    assert leaks(desk.home.root, planted) == []


def test_counts_and_findings_are_loaded_from_the_extract_and_reach_core(desk, draw, planted):
    desk.put("2012/15f.xml", draw.file(CHILDREN))
    desk.take_in()
    desk.build()
    gather_findings(desk.connection)
    assert rows(desk.connection, "SELECT unit_code, year, value FROM core.child_record_count "
                "WHERE count_code = 'children_placed'") == [("2012", 2018, 1.0)]
    (row,) = records(desk.connection, "SELECT level, found, line_numbers, message FROM findings.finding "
                     "WHERE rule_id = '15F_individ_05'")
    assert (row["level"], row["found"], row["line_numbers"]) == ("feil", "2 individer", "15,16")
    texts = rows(desk.connection, "SELECT string_agg(finding::VARCHAR, '') FROM findings.finding")[0][0]
    assert [one for one in planted if one in texts] == []


def test_a_newer_file_takes_the_older_ones_place_and_the_same_again_is_a_duplicate(desk, draw):
    states = []
    for day, text in ((1, CHILDREN), (2, CHILDREN), (3, "child 2010-05\nmeasure 2018-01-01 - 4.1")):
        desk.put("2012/15f.xml", draw.file(text))
        states += [outcome.state for outcome in desk.take_in(datetime(2019, 9, day))]
    desk.build()
    assert states == ["accepted", "duplicate", "accepted"]
    assert rows(desk.connection, "SELECT value FROM core.child_record_count WHERE count_code = 'children'") == [(1.0,)]


@pytest.mark.parametrize(("folder", "drawn", "rule_id"), [
    ("", {"municipality": "0301"}, "A02"), ("0729", {}, "A01"), ("", {"year": 2022}, "R004"),
    ("", {"year": 2019}, "R004"),
    ("", {"municipality": "0627", "year": 2020}, "A02"), ("", {"municipality": "0723", "year": 2017}, "A04")])
def test_a_file_this_house_may_not_keep_is_refused_and_gone(desk, draw, planted, folder, drawn, rule_id):
    content = draw.file(CHILDREN, **drawn)
    desk.put(f"{folder}/15f.xml".removeprefix("/"), content)
    (outcome,) = desk.take_in()
    assert (outcome.state, outcome.stem) == ("refused", "child_records")
    assert rule_id in [finding.rule_id for finding in outcome.findings]
    assert all(finding.message.endswith(NOT_KEPT) for finding in outcome.findings)
    assert files_in(desk.home.root) == [f"quarantine/{sha256(content)}/reason.json"]
    assert leaks(desk.home.root, planted) == []


@pytest.mark.parametrize(("name", "change"), [
    ("15f.xml", lambda whole: whole[:len(whole) // 2]), ("15f.txt", lambda whole: whole[40:]),
    ("15f.xml", lambda whole: whole.replace(b"Barnevern>", b"Annet>")),
    ("15f.xml", lambda whole: whole.replace(b"ISO-8859-1", b"UTF-16")),
    ("15f.zip", lambda whole: b"PK\x03\x04" + b"15f.xml" + whole),
    ("15f.xml", lambda whole: whole.replace(b'Kode="2.99"', b'Kode="9"')),
    ("15f.xml", lambda whole: whole.replace(b"2018-02-01", b"planteglass")),
])
def test_what_cannot_be_read_is_not_kept_either(desk, draw, planted, name, change):
    desk.put(name, change(draw.file(CHILDREN)))
    (outcome,) = desk.take_in()
    assert outcome.state == "refused" and leaks(desk.home.root, planted) == []
    assert [path.rpartition("/")[2] for path in files_in(desk.home.root)] == ["reason.json"]


def test_the_original_of_two_sources_only_is_not_kept():
    assert [stem for stem in SOURCES if not keeps_originals(reader_of(stem))] == ["interview_codings", "child_records"]


class PowerCut(Exception):
    """The machine stops here."""


def power_cut(*arguments, **named):
    raise PowerCut


@pytest.mark.parametrize("step", ["write_whole", "record_accepted", "_leave_inbox"])
def test_a_power_cut_at_any_step_leaves_no_copy_of_the_original_and_loses_nothing(
        desk, draw, planted, monkeypatch, step):
    content = draw.file(CHILDREN)
    path = desk.put("2012/15f.xml", content)
    with monkeypatch.context() as patch:
        patch.setattr(intake, step, power_cut)
        with pytest.raises(PowerCut):
            desk.take_in()
    assert path.read_bytes() == content and leaks(desk.home.deliveries, planted) == []
    desk.take_in()
    assert rows(desk.connection, "SELECT count(DISTINCT delivery_id) FROM raw.child_records_count") == [(1,)]
    assert leaks(desk.home.root, planted) == []


def test_of_the_individuals_own_findings_nothing_is_public(desk, draw):
    desk.put("2012/15f.xml", draw.file(CHILDREN))
    desk.put("15f-annen.xml", draw.file(CHILDREN, municipality="0301"))
    desk.take_in()
    desk.build()
    gather_findings(desk.connection)
    found = rows(desk.connection, "SELECT DISTINCT stem FROM findings.finding WHERE stem = 'child_records'")
    assert found and [one for one in public_findings(desk.connection, set()) if one["stem"] == "child_records"] == []


def test_no_byte_of_a_whole_home_tells_who_a_child_is_after_a_refresh(
        fresh_home, draw, planted, monkeypatch, leave_out_dagster):
    """Accepted and refused files, with Dagster's records of loading them, the warehouse, snapshot, release and site.

    Dagster loads the file; what is built of the counts afterwards is built without it, for the sake of time.
    """
    by_dagster = dagster_runs.load_raw
    leave_out_dagster()
    monkeypatch.setattr(dagster_runs, "load_raw", by_dagster)
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    good = draw.file(CHILDREN)
    for name, content in {"2012/god.xml": good, "halv.xml": good[:-40],
                          "fremmed.xml": draw.file(CHILDREN, municipality="0301"),
                          "bombe.xml": good.replace(b"<Barnevern>", b"<!DOCTYPE Barnevern><Barnevern>")}.items():
        path = fresh_home.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (DEMO_CLOCK.timestamp(), DEMO_CLOCK.timestamp()))
    assert {text for _, text in leaks(fresh_home.root, planted)} >= set(draw.planted(CHILDREN)) & set(planted)
    assert main(["refresh", "--home", str(fresh_home.root)]) == 11
    with reading(fresh_home) as connection:
        assert rows(connection, "SELECT delivery_state, count(*) FROM register.delivery GROUP BY 1 ORDER BY 1") == [
            ("accepted", 1), ("refused", 3)]
        assert rows(connection, "SELECT value FROM core.child_record_count WHERE count_code = 'children'") == [(3.0,)]
    assert {"deliveries", "quarantine", "warehouse", "published", "dagster"} <= {
        path.name for path in fresh_home.root.iterdir()}
    assert leaks(fresh_home.root, planted) == [] and files_in(fresh_home.inbox) == []
    for folder in (fresh_home.root / "published", fresh_home.root / "outbox"):
        assert leaks(folder, ["child_records", "15F", "god.xml", "fremmed.xml"]) == []
    planted_back = fresh_home.root / "warehouse" / "kontroll"
    planted_back.write_bytes(b"x" * 1000 + planted[0].encode("utf-16-le"))
    assert leaks(fresh_home.root, planted)
