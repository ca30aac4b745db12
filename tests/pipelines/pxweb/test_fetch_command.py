"""`folgeeval fetch` from the command line to a delivery in force; and nothing else in the product asks anybody."""

import ast
import json
import re
import shlex
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from pipelines.command_line import main
from warehouse.database import rows

ROOT = Path(__file__).parents[3]
ROOMS = ("warehouse", "expectations", "dashboards", "assets", "pipelines")
README = [line.split("#")[0].strip() for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
          if line.startswith("folgeeval fetch")]
OPEN_CONNECTIONS = {"requests", "urllib3", "httpx", "aiohttp", "socket", "ssl", "http", "smtplib", "ftplib", "asyncio",
                    "xmlrpc", "telnetlib", "socketserver", "urllib.request"}
NAME = "07459_2019-02-22T070000Z.json"


def key_figures(draw):
    return draw(KOKkommuneregion0000="EAK,EKG12,0729,2012", ContentsCode="KOSa,KOSb", Tid="2015,2016")


@pytest.fixture
def full_bank(bank_address, population, draw):
    """The bank with the tables the README names, and a clock after all of their years."""
    bank_address.tables |= {"07459": population, "12279": replace(key_figures(draw), title="12279: Nøkkeltall")}
    return bank_address


def fetch(home, *arguments) -> int:
    return main(["fetch", *arguments, "--home", str(home.root)])


@pytest.mark.parametrize("line", README)
def test_every_fetch_of_the_readme_runs_against_a_service(line, full_bank, fresh_home, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert fetch(fresh_home, *shlex.split(line)[2:]) == 0
    assert capsys.readouterr().out.strip()


def test_the_readme_shows_how_to_fetch():
    assert len(README) == 3


@pytest.mark.parametrize("api", ["v0", "v2"])
def test_the_population_is_fetched_to_the_inbox_taken_in_and_shown_with_its_update(api, full_bank, desk, capsys):
    assert fetch(desk.home, "07459", "--api", api) == 0
    said = capsys.readouterr()
    assert f"Hentet 240 celler, sist endret 2019-02-22 kl. 07:00:00 UTC, til {desk.home.inbox / NAME}" in said.out
    assert said.err.splitlines() == ["07459: Befolkning", "Kjonn er ikke valgt; tjenesten gir tallene samlet"]
    desk.put(NAME, (desk.home.inbox / NAME).read_bytes())
    (outcome,) = desk.take_in()
    assert (outcome.state, outcome.stem, len(outcome.findings)) == ("accepted", "population", 1)
    assert rows(desk.connection, "SELECT source_updated FROM register.delivery") == [(datetime(2019, 2, 22, 7),)]
    desk.build()
    assert rows(desk.connection, "SELECT inhabitants_count FROM core.inhabitant WHERE unit_code = '0729' AND year = 2018 "
                "ORDER BY ALL LIMIT 1") == [(10,)]


def test_preliminary_figures_fetched_after_the_final_ones_do_not_take_their_place(full_bank, population, desk):
    final = dict(population.cells) | {("2012", "000", "Personer1", "2018"): 999}
    for updated, cells, day in (("2019-06-17T06:00:00Z", final, 1), ("2019-03-15T07:00:00Z", population.cells, 2)):
        full_bank.updated, full_bank.tables["07459"] = updated, replace(population, cells=cells)
        assert fetch(desk.home, "07459", "--quiet") == 0
        (path,) = desk.home.inbox.glob("*.json")
        desk.put(path.name, path.read_bytes())
        assert [outcome.state for outcome in desk.take_in(datetime(2019, 9, day))] == ["accepted"]
    desk.build()
    assert rows(desk.connection, "SELECT max(inhabitants_count) FROM core.inhabitant WHERE unit_code = '2012' "
                "AND year = 2018") == [(999,)]


def test_json_says_what_was_fetched_and_nothing_else(full_bank, fresh_home, tmp_path, capsys):
    assert fetch(fresh_home, "12279", "--to", str(tmp_path / "ny"), "--json") == 0
    said = capsys.readouterr()
    (made,) = json.loads(said.out)
    assert said.err == ""
    path = Path(made["file"])
    assert (path.parent, path.name) == (tmp_path / "ny", "12279_2019-02-22T070000Z.json")
    assert {key: made[key] for key in ("table_id", "title", "updated", "cells", "pages", "is_new", "is_delivered")} == {
        "table_id": "12279", "title": "12279: Nøkkeltall", "updated": "2019-02-22T07:00:00Z", "cells": 16, "pages": 1,
        "is_new": True, "is_delivered": False}
    assert made["selection"] == {"KOKkommuneregion0000": ["EAK", "EKG12", "0729", "2012"],
                                 "ContentsCode": ["KOSa", "KOSb"], "Tid": ["2015", "2016"]}
    assert main(["read", str(path), "--json"]) == 0
    shown = capsys.readouterr()
    assert {cell["status"] for cell in json.loads(shown.out)} == {"ok", "suppressed", "not_reported", "not_applicable"}
    assert "Kan vises, men tas ikke inn" in shown.err and "ikke avgjort hvilke av tallene" in shown.err


def test_the_same_table_again_writes_nothing_and_another_choice_beside_it(full_bank, fresh_home, tmp_path, capsys):
    place = ("--to", str(tmp_path / "ny"), "--quiet")
    assert fetch(fresh_home, "12279", *place) == fetch(fresh_home, "12279", *place) == 0
    assert "finnes fra før med samme innhold" in capsys.readouterr().out
    assert fetch(fresh_home, "12279", "--select", "Tid=2016", *place) == 0
    names = sorted(path.name for path in (tmp_path / "ny").iterdir())
    assert names[0] == "12279_2019-02-22T070000Z.json"
    assert re.fullmatch(r"12279_2019-02-22T070000Z_[0-9a-f]{8}\.json", names[1]) and len(names) == 2


@pytest.mark.parametrize(("arguments", "told"), [
    ([], "skriv nummeret på tabellen"), (["../x"], "er ikke et tabellnummer"), (["07459", "--base", "x"], "er ikke en adresse"),
    (["07459", "--select", "Tid"], "skriv variabel, likhetstegn og koder"),
    (["07459", "--select", "Region=9999"], "«9999» finnes ikke i Region"), (["99999"], "har ikke tabellen 99999"),
    (["12279"], "tas ikke inn, og ville blitt avvist fra innboksen. Oppgi en mappe med --to"),
])
def test_what_cannot_be_asked_for_is_exit_code_2_and_leaves_nothing(arguments, told, full_bank, fresh_home, capsys):
    assert fetch(fresh_home, *arguments) == 2
    assert told in capsys.readouterr().err
    assert full_bank.asked == [] and not fresh_home.inbox.exists()


def test_a_file_where_the_folder_should_be_is_exit_code_2(full_bank, fresh_home, tmp_path, capsys):
    (tmp_path / "fil").touch()
    assert fetch(fresh_home, "12279", "--to", str(tmp_path / "fil")) == 2
    assert fetch(fresh_home, "12279", "--to", str(tmp_path / "fil" / "under"), "--quiet") == 2
    said = capsys.readouterr().err
    assert "er en fil; --to skal være en mappe" in said and "kan ikke skrives i" in said


def test_a_service_that_cannot_be_used_is_exit_code_11_and_leaves_nothing(full_bank, fresh_home, capsys):
    full_bank.updated = None
    assert fetch(fresh_home, "07459", "--quiet") == 11
    said = capsys.readouterr()
    assert said.err.startswith("folgeeval: svaret sier ikke når tallene sist ble endret") and said.out == ""
    assert not fresh_home.inbox.exists()


@pytest.mark.parametrize(("selection", "told"), [
    ("Kjonn=1", "har bare det ene kjønnet"), ("Alder=F5", "alderen «F5» er ikke ettårig"),
    ("Region=0", "regionen «0» finnes ikke i SSBs kodelister"), ("Tid=2018", "årgangen 2018 er ikke avsluttet"),
])
def test_what_the_inbox_would_refuse_is_not_put_there(
        selection, told, full_bank, population, fresh_home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FOLGEEVAL_NOW", "2017-06-01")
    cells = dict(population.cells) | {(region, "F5", *rest): 50 for region, _, *rest in population.cells}
    cells |= {(region, "1", *rest): cell for (region, *rest), cell in cells.items()}
    full_bank.tables["07459"] = replace(population, cells=cells)
    years = [] if selection.startswith("Tid") else ["--select", "Tid=2017"]
    given = ["07459", "--select", selection, *years, "--quiet"]
    assert fetch(fresh_home, *given) == 11
    said = capsys.readouterr().err
    assert "ville blitt avvist fra innboksen" in said and told in said
    assert not fresh_home.inbox.exists()
    assert fetch(fresh_home, *given, "--to", str(tmp_path / "ny")) == 0


def test_the_known_tables_are_listed_without_asking_anybody(bank_address, fresh_home, capsys):
    assert fetch(fresh_home, "--list") == 0
    text = capsys.readouterr().out
    assert re.search(r"^07459 .* tas inn$", text, re.MULTILINE)
    assert re.search(r"^12279 .* vises; ferdig utvalg$", text, re.MULTILINE)
    assert re.search(r"^12362 .* vises; velg KOKart0000, KOKfunksjon0000$", text, re.MULTILINE)
    assert re.search(r"^12163 .* vises$", text, re.MULTILINE)
    assert fetch(fresh_home, "--list", "--json") == 0
    assert {row["table_id"] for row in json.loads(capsys.readouterr().out)} > {"07459", "12367", "12870"}


@cache
def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_only_fetch_and_what_alerts_were_set_up_to_use_can_open_a_connection():
    found = {}
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        names = {name for name in imported(path) if name in OPEN_CONNECTIONS or name.split(".")[0] in OPEN_CONNECTIONS}
        if names:
            found[path.relative_to(ROOT).as_posix()] = {name.split(".")[0] for name in names}
    mail, rooms = (found.pop(f"pipelines/alerts/{name}.py") for name in ("smtp", "webhook"))
    certificates = found.pop("pipelines/settings.py")
    assert found == {"pipelines/pxweb/transport.py": {"requests", "urllib3"}}
    assert certificates == {"ssl"} and mail <= {"smtplib", "ssl"} and rooms <= {"http", "urllib", "ssl", "socket"}


def test_no_refresh_can_reach_the_client():
    users = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")
             if any(name.startswith("pipelines.pxweb") for name in imported(path))}
    assert {user for user in users if not user.startswith("pipelines/pxweb/")} == {"pipelines/commands/fetch.py"}
