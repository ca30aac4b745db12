"""An interview project through the whole house: only the extract stays, and nothing anybody said or is called.

The originals leave with the inbox, also when they are refused; a power cut loses nothing and leaves nothing behind.
"""

import hashlib
import json
import os

import pytest

from assets import intake
from assets.intake import NOT_KEPT
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse import durable
from warehouse.database import reading, records, rows

pytestmark = pytest.mark.house

SENTENCE = "jeg ble flyttet midt i skoleåret"
QUOTATION = "ingen spurte hva jeg ville"
DOCUMENT = "Samtale med Kari Plantet"
CODER = "Ola Koderplantet"
MEMO = "notat om familien Plantet"
PLANTED = (SENTENCE, QUOTATION, DOCUMENT, CODER, MEMO, "Plantet-caset", "fjorten år og tre måneder")


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="session")
def planted(drawing):
    """A project with a secret wherever there is room for one; `said` replaces variables of the second interview."""
    def made(**said):
        inner = (f"<PlainTextContent>{SENTENCE}</PlainTextContent><Description>{MEMO}</Description>"
                 f'<PlainTextSelection name="{QUOTATION}" startPosition="0" endPosition="9"><Description>{QUOTATION}'
                 f'</Description><Coding guid="{drawing.guid("planted")}"><CodeRef '
                 f'targetGUID="{drawing.guid("code", "own")}"/></Coding></PlainTextSelection>')
        more = (f'<Cases><Case name="Plantet-caset">{drawing.values({"Alder": "fjorten år og tre måneder"})}'
                f'<SourceRef targetGUID="{drawing.guid("source", 1)}"/></Case></Cases>'
                f'<Notes><Note name="{MEMO}"><PlainTextContent>{MEMO}</PlainTextContent></Note></Notes>')
        return drawing.qdpx(drawing.source(1, "own 0-5 A\nplus 0-5 A", name=DOCUMENT, inner=inner),
                            drawing.source(2, "own 0-5 A", name=f"{DOCUMENT} 2", **said), users=(CODER, "B"), more=more,
                            members={f"sources/{DOCUMENT}.txt": SENTENCE})

    return made


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def leaks(home):
    """Where a planted text stands in any file of the home, in its name or its bytes."""
    found = []
    for path in (path for path in home.root.rglob("*") if path.is_file()):
        content = path.read_bytes() + path.name.encode()
        found += [(path.name, text) for text in PLANTED for encoding in ("utf-8", "utf-16-le", "latin-1")
                  if text.encode(encoding) in content or json.dumps(text)[1:-1].encode() in content]
    return found


def texts_of(connection):
    """Every text in every table of the warehouse, as one."""
    columns = rows(connection, "SELECT table_schema, table_name, column_name FROM information_schema.columns "
                   "WHERE data_type = 'VARCHAR'")
    return "\n".join(text or "" for schema, table, column in columns for (text,) in rows(
        connection, f'SELECT DISTINCT "{column}" FROM "{schema}"."{table}"'))


def test_only_the_extract_of_an_accepted_project_is_kept(desk, planted):
    content = planted()
    desk.put("intervjuer.qdpx", content)
    (outcome,) = desk.take_in()
    assert (outcome.state, outcome.stem) == ("accepted", "interview_codings")
    assert files_in(desk.home.root) == [f"deliveries/{sha256(content)}/extract.json"]
    kept = json.loads((desk.home.deliveries / sha256(content) / "extract.json").read_bytes())
    assert set(kept) == {"extract", "form_version", "scope_keys", "rows", "findings"}
    assert [row["record_kind"] for row in kept["rows"]] == ["document", "document", "coding", "coding", "coding"]
    assert leaks(desk.home) == []


def test_raw_is_loaded_from_the_extract_and_the_register_knows_the_original(desk, planted):
    content = planted()
    desk.put("intervjuer.qdpx", content)
    desk.take_in()
    (row,) = records(desk.connection, "SELECT * FROM register.delivery")
    assert (row["sha256"], row["file_name"], row["row_count"]) == (sha256(content), "intervjuer.qdpx", 5)
    assert rows(desk.connection, "SELECT record_kind, count(*), count(municipality_code) "
                "FROM raw.interview_codings_coding GROUP BY 1 ORDER BY 1") == [("coding", 3, 0), ("document", 2, 2)]
    assert rows(desk.connection, "SELECT DISTINCT rule_id FROM findings.delivery_finding") == [("Q10",)]
    assert not any(text in texts_of(desk.connection) for text in PLANTED)


@pytest.mark.parametrize("said", [{"Verifisert": None}, {"Samtykke": "trukket"}, {"Kommune": SENTENCE},
                                  {"Informantgruppe": DOCUMENT}])
def test_a_refused_project_leaves_its_reason_only_and_says_that_it_is_gone(desk, planted, said):
    content = planted(**said)
    desk.put("intervjuer.qdpx", content)
    (outcome,) = desk.take_in()
    assert outcome.state == "refused" and all(finding.message.endswith(NOT_KEPT) for finding in outcome.findings)
    assert files_in(desk.home.root) == [f"quarantine/{sha256(content)}/reason.json"]
    reason = json.loads((desk.home.quarantine / sha256(content) / "reason.json").read_bytes())
    assert "intervju nr. 2" in reason["reasons"][0]["message"] and NOT_KEPT in reason["reasons"][0]["message"]
    assert leaks(desk.home) == [] and not any(text in texts_of(desk.connection) for text in PLANTED)


@pytest.mark.parametrize(("name", "cut"), [
    ("halv.qdpx", lambda whole: whole[:len(whole) // 2]), ("halv.zip", lambda whole: whole[:-40]),
    ("kodebok.qdc", lambda whole: f"<CodeBook>{SENTENCE}".encode()), ("intervju.mx20", lambda whole: whole),
    ("uten.qdpx", lambda whole: SENTENCE.encode())])
def test_what_cannot_even_be_opened_is_not_kept_either(desk, planted, name, cut):
    desk.put(name, cut(planted()))
    (outcome,) = desk.take_in()
    assert outcome.state == "refused" and leaks(desk.home) == []
    assert [path.rpartition("/")[2] for path in files_in(desk.home.root)] == ["reason.json"]


def test_marks_that_cannot_be_read_refuse_a_project_without_keeping_it(desk, planted):
    desk.put("intervjuer.qdpx", planted())
    desk.put("intervjuer.qdpx.provenance.json", b"{")
    assert [outcome.findings[0].rule_id for outcome in desk.take_in()] == ["F16"]
    assert [path.rpartition("/")[2] for path in files_in(desk.home.root)] == ["reason.json"]


def test_a_municipality_does_not_deliver_the_trials_interviews(desk, planted):
    desk.put("2012/intervjuer.qdpx", planted())
    assert [outcome.findings[0].rule_id for outcome in desk.take_in()] == ["A01"]
    assert leaks(desk.home) == []


def test_the_same_project_again_is_a_duplicate_and_leaves_too(desk, planted):
    for _ in range(2):
        desk.put("intervjuer.qdpx", planted())
        outcomes = desk.take_in()
    assert [outcome.state for outcome in outcomes] == ["duplicate"]
    assert [path.rpartition("/")[2] for path in files_in(desk.home.root)] == ["extract.json"]


class PowerCut(Exception):
    """The machine stops here."""


def power_cut(*arguments, **named):
    raise PowerCut


@pytest.mark.parametrize(("module", "step"), [
    (durable, "sync_file"), (intake, "record_accepted"), (intake, "_leave_inbox")])
def test_a_power_cut_at_any_step_leaves_no_copy_of_the_original_and_loses_nothing(desk, planted, monkeypatch, module, step):
    content = planted()
    path = desk.put("intervjuer.qdpx", content)
    with monkeypatch.context() as patch:
        patch.setattr(module, step, power_cut)
        with pytest.raises(PowerCut):
            desk.take_in()
    assert path.read_bytes() == content
    assert not list(desk.home.deliveries.rglob("intervjuer.qdpx*"))
    desk.take_in()
    assert rows(desk.connection, "SELECT count(*) FROM raw.interview_codings_coding") == [(5,)]
    assert [one for one in files_in(desk.home.root) if not one.endswith(".part")] == [
        f"deliveries/{sha256(content)}/extract.json"]
    assert leaks(desk.home) == []


def test_a_power_cut_while_a_project_is_refused_leaves_it_in_the_inbox_only(desk, planted, monkeypatch):
    content = planted(Samtykke=None)
    desk.put("intervjuer.qdpx", content)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "record_set_aside", power_cut)
        with pytest.raises(PowerCut):
            desk.take_in()
    assert files_in(desk.home.root) == ["inbox/intervjuer.qdpx", f"quarantine/{sha256(content)}/reason.json"]
    assert [outcome.state for outcome in desk.take_in()] == ["refused"]
    assert leaks(desk.home) == []


def test_no_byte_of_a_whole_home_holds_what_was_planted_after_a_refresh(fresh_home, planted, monkeypatch):
    """Accepted and refused projects, with Dagster's own records, the warehouse, its snapshot, release and site."""
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    for name, content in {"god.qdpx": planted(), "darlig.qdpx": planted(Verifisert=None),
                          "halv.qdpx": planted()[:-40]}.items():
        path = fresh_home.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (DEMO_CLOCK.timestamp(), DEMO_CLOCK.timestamp()))
    assert len(leaks(fresh_home)) > len(PLANTED)
    assert main(["refresh", "--home", str(fresh_home.root)]) == 11
    with reading(fresh_home) as connection:
        assert rows(connection, "SELECT delivery_state, count(*) FROM register.delivery GROUP BY 1 ORDER BY 1") == [
            ("accepted", 1), ("refused", 2)]
        assert rows(connection, "SELECT count(*) FROM core.interview_coding") == [(3,)]
        assert not any(text in texts_of(connection) for text in PLANTED)
    assert {"deliveries", "quarantine", "warehouse", "published", "dagster"} <= {
        path.name for path in fresh_home.root.iterdir()}
    assert leaks(fresh_home) == [] and files_in(fresh_home.inbox) == []
