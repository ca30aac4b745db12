"""Every command the README shows works as it is written."""

import re
import shlex
from pathlib import Path

import pytest

from pipelines.command_line import command_names, main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
LINES = [line.split("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
FOLGEEVAL = [line for line in LINES if line.startswith("folgeeval ")]
MAKE = [line for line in LINES if line.startswith("make ")]
EXIT_CODES = {"findings": {0, 10}}
# `fetch` is run against a service of our own in tests/pipelines/pxweb
CHANGING = ("refresh", "alert", "fetch", "withdraw")
DECISIONS = ("explain", "accept", "reopen")


def changes_the_home(line: str) -> bool:
    words = shlex.split(line)
    is_decision = words[1] == "findings" and words[2:3] and words[2] in DECISIONS
    return is_decision or (words[1] in CHANGING and "--dry-run" not in line)


def test_every_line_of_the_readme_is_a_command_that_this_test_knows() -> None:
    assert sorted(FOLGEEVAL + MAKE) == sorted(LINES)


def test_the_readme_shows_every_command_but_those_make_runs() -> None:
    shown = {shlex.split(line)[1] for line in FOLGEEVAL}
    assert set(command_names()) - shown == {"demo", "dev", "diff"}, "diff needs two versions: test_diff_command.py runs it"


@pytest.mark.parametrize("line", MAKE)
def test_every_make_target_of_the_readme_exists(line: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{re.escape(line.split()[1])}:", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize("line", [line for line in FOLGEEVAL if not changes_the_home(line)])
def test_every_reading_command_of_the_readme_runs(line: str, demo_home, tmp_path, demo_files, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = tmp_path / "kostra_0A.dat"
    given.write_bytes(next(content for path, content in demo_files.items() if path.endswith(".dat")))
    arguments = [str(given) if word == "FIL" else word for word in shlex.split(line)[1:]]
    if arguments[0] not in ("check", "read", "accounts", "describe"):
        arguments += ["--home", str(demo_home.root)]
    assert main(arguments) in EXIT_CODES.get(arguments[0], {0})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("line", [line for line in FOLGEEVAL if changes_the_home(line)])
def test_every_changing_command_of_the_readme_is_understood(line: str, capsys) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*shlex.split(line)[1:], "--help"])
    assert stop.value.code == 0
    assert f"bruk: folgeeval {shlex.split(line)[1]}" in capsys.readouterr().out
