"""`folgeeval withdraw` on a whole home: removed everywhere, proved by a search that can fail, mended after a crash."""

import json
import os

import pytest

from assets.build import set_clock
from assets.intake import take_in, waiting_files
from assets.raw_loading import load_delivery
from pipelines import dagster_runs, withdrawal
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse.database import reading, rows, take_snapshot, writing

pytestmark = pytest.mark.house

SOURCE, OTHER = "11111111-aaaa-bbbb-cccc-000000000001", "22222222-aaaa-bbbb-cccc-000000000002"
NAME = "Samtale med Kari Plantet"


def project():
    """Two interviews, each with one coding of its own."""
    said = {"Informantgruppe": "ungdom", "Intervjuår": "2019", "Samtykke": "gitt", "Verifisert": "ja"}
    variables = "".join(f'<Variable guid="{name}" name="{name}"/>' for name in said)
    values = "".join(f'<VariableValue><VariableRef targetGUID="{name}"/><TextValue>{value}</TextValue></VariableValue>'
                     for name, value in said.items())
    sources = "".join(
        f'<TextSource guid="{guid}" name="{name}">{values}<PlainTextSelection startPosition="0" endPosition="4">'
        f'<Coding guid="{guid[:-4]}9999"><CodeRef targetGUID="k"/></Coding></PlainTextSelection></TextSource>'
        for guid, name in ((SOURCE, NAME), (OTHER, "Samtale 2")))
    return (f'<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes><Code guid="k" name="Medvirkning i egen sak"/>'
            f"</Codes></CodeBook><Variables>{variables}</Variables><Sources>{sources}</Sources></Project>").encode()


def run(home, *arguments):
    return main(["withdraw", *arguments, "--by", "evaluator", "--home", str(home.root), "--quiet"])


def files_with(home, text):
    return {path.relative_to(home.root).parts[0] for path in home.root.rglob("*")
            if path.is_file() and text.encode() in path.read_bytes()}


@pytest.fixture
def small_home(fresh_home, monkeypatch):
    """A home with the one project, taken in and loaded, where a rebuild is only a new snapshot."""
    fresh_home.inbox.mkdir(parents=True)
    (fresh_home.inbox / "a.qde").write_bytes(project())
    with writing(fresh_home) as connection:
        list(take_in(connection, fresh_home, waiting_files(fresh_home), DEMO_CLOCK))
        load_delivery(connection, fresh_home, 1)
        set_clock(connection, DEMO_CLOCK)
    take_snapshot(fresh_home)
    fresh_home.refresh_state.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(dagster_runs, "rebuild", lambda home, threshold, as_of: take_snapshot(home))
    return fresh_home


@pytest.mark.house
def test_an_interview_of_a_whole_home_is_removed_everywhere_and_the_proof_can_fail(
        copied_home, leave_out_dagster, capsys):
    leave_out_dagster()
    with reading(copied_home) as connection:
        ((key, codings),) = rows(connection, "SELECT document_key, list(cell) FROM raw.interview_codings_coding "
                                 "WHERE record_kind = 'coding' GROUP BY 1 ORDER BY count(*), 1 LIMIT 1")
    assert files_with(copied_home, key) == {"deliveries", "warehouse"}
    planted = copied_home.outbox / "glemt.txt"
    planted.parent.mkdir()
    planted.write_text(f"dokument {key}", encoding="utf-8")
    assert run(copied_home, key.upper(), "--json") == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert told["hits"] == ["outbox/glemt.txt"] and told["files_searched"] > 60
    assert files_with(copied_home, key) == {"outbox"} and len(codings) > 3
    assert all(files_with(copied_home, cell) == set() for cell in codings[:2])
    with reading(copied_home) as connection:
        assert rows(connection, "SELECT count_denominator FROM marts.indicator_value WHERE indicator_id = 'D1-04'") == [
            (16,)]
        assert rows(connection, "SELECT removed_row_count FROM register.withdrawal") == [(1 + len(codings),)]
    assert sorted(path.name for path in copied_home.releases.iterdir()) == ["1", "2"]


def test_a_crash_at_any_step_is_mended_by_the_same_command(small_home, monkeypatch, capsys):
    for step in ("_load_again", "rewrite_file", "take_snapshot", "search"):
        with monkeypatch.context() as patch:
            patch.setattr(withdrawal, step, lambda *arguments: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                run(small_home, SOURCE)
        assert not small_home.refresh_state.exists()
    assert run(small_home, SOURCE) == 0
    assert "var fjernet fra før" in capsys.readouterr().out
    assert files_with(small_home, SOURCE[:-4]) == set()
    assert files_with(small_home, OTHER[:-4]) == {"deliveries", "warehouse"}


@pytest.mark.parametrize("arguments", [
    [SOURCE], [f"{{{SOURCE.upper()}}}"], [NAME, "--project", "PROJECT"], [NAME.lower(), "--project", "PROJECT"]])
def test_an_interview_is_named_by_its_guid_or_by_its_name_in_the_project(small_home, tmp_path, arguments, capsys):
    file = tmp_path / "prosjekt.qde"
    file.write_bytes(project())
    assert run(small_home, *[str(file) if word == "PROJECT" else word for word in arguments]) == 0
    assert "Fjernet 2 rader fra leveranse 1." in capsys.readouterr().out
    assert file.read_bytes() == project()
    with reading(small_home) as connection:
        assert rows(connection, "SELECT count(DISTINCT document_key) FROM raw.interview_codings_coding") == [(1,)]


@pytest.mark.parametrize("place", ["outbox/glemt.txt", "inbox/a.qde"])
def test_what_still_holds_the_name_or_the_guid_is_told_with_what_to_do(small_home, tmp_path, place, capsys):
    file = tmp_path / "prosjekt.qde"
    file.write_bytes(project())
    (small_home.root / place).parent.mkdir(exist_ok=True)
    (small_home.root / place).write_bytes(project())
    assert run(small_home, NAME, "--project", str(file)) == 1
    told = capsys.readouterr().out
    assert f"  {place}\n" in told and "kjør kommandoen på nytt" in told


@pytest.mark.parametrize(("arguments", "said"), [
    (["0" * 16], "ingenting er endret"), (["Et intervju ingen har"], "ingenting er endret"),
    ([SOURCE, "Et intervju ingen har"], "ingenting er endret"),
    (["Samtale 99", "--project", "PROJECT"], "ikke noe dokument"),
    (["x", "--project", "finnes_ikke.qdpx"], "kan ikke åpnes")])
def test_a_document_that_is_not_there_is_wrong_usage_and_changes_nothing(small_home, tmp_path, arguments, said, capsys):
    file = tmp_path / "prosjekt.qde"
    file.write_bytes(project())
    assert run(small_home, *[str(file) if word == "PROJECT" else word for word in arguments]) == 2
    assert said in capsys.readouterr().err and small_home.refresh_state.exists()
    with reading(small_home) as connection:
        assert rows(connection, "SELECT count(*) FROM raw.interview_codings_coding") == [(4,)]


def test_who_removes_it_must_be_said_and_a_home_must_be_there(small_home, tmp_path, capsys):
    assert main(["withdraw", SOURCE, "--home", str(small_home.root)]) == 2
    assert "--by ROLLE" in capsys.readouterr().err
    assert main(["withdraw", "x", "--by", "evaluator", "--home", str(tmp_path / "ingen")]) == 2
    assert "ikke noe varehus" in capsys.readouterr().err and not os.path.exists(tmp_path / "ingen")
