"""The command line as others meet it: help, wrong usage, JSON and exit codes, the same for every command."""

import json
from pathlib import Path

import pytest

from pipelines.command_line import command_module, command_names, main
from pipelines.failures import RefreshFailed, WrongUsage
from warehouse.lock import WarehouseBusy

DELIVERIES = Path(__file__).parents[1] / "deliveries"
INNOCENT = str(DELIVERIES / "kostra_accounts" / "innocent.dat")
COMMANDS = {
    "accounts", "alert", "check", "deliveries", "demo", "describe", "dev", "findings", "indicators", "read", "refresh",
    "reproduce", "trace"}
WITH_JSON = {  # arguments that make each command print something; those without a home first
    "accounts": [INNOCENT], "check": [INNOCENT], "read": [INNOCENT], "describe": [], "deliveries": [], "findings": [],
    "alert": ["--dry-run"], "indicators": ["--id", "G1-04"], "reproduce": [], "trace": ["G1-04", "--unit", "2012", "--period", "2018"],
}
READ_THE_WAREHOUSE = {name: given for name, given in WITH_JSON.items()
                      if name in ("alert", "deliveries", "findings", "indicators", "reproduce", "trace")}
ENGLISH = ("usage:", "positional arguments", "options:", "show this help", "error:", "required", "choose from")


def said(capsys, *arguments):
    """Exit code, standard output and standard error of a command that may end by itself."""
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as end:
        code = end.code
    return code, *capsys.readouterr()


def failing_with(monkeypatch, error):
    def run(arguments):
        raise error

    monkeypatch.setattr(command_module("findings"), "run", run)


def test_the_commands_are_those_of_the_contract():
    assert set(command_names()) >= COMMANDS


@pytest.mark.parametrize("name", command_names())
def test_every_command_says_what_it_does_in_one_sentence_and_explains_each_argument(capsys, name):
    module = command_module(name)
    code, out, err = said(capsys, name, "--help")
    words = " ".join(out.split())
    assert (code, err) == (0, "")
    assert module.HELP.endswith(".") and module.HELP[0].isupper() and "\n" not in module.HELP
    assert " ".join(module.HELP.split()) in words and out.startswith(f"bruk: folgeeval {name}")
    assert [word for word in ENGLISH if word in out] == []


@pytest.mark.parametrize("name", command_names())
def test_every_argument_has_words_of_help(name):
    from argparse import ArgumentParser

    parser = ArgumentParser()
    command_module(name).add_arguments(parser)
    assert [action.dest for action in parser._actions if not action.help] == []


def test_the_overview_names_every_command(capsys):
    code, out, _ = said(capsys, "--help")
    assert code == 0 and all(f"    {name}" in out for name in command_names())


def test_without_a_command_the_overview_is_shown_and_it_is_wrong_usage(capsys):
    code, out, err = said(capsys)
    assert (code, out) == (2, "") and "KOMMANDO" in err and "refresh" in err


@pytest.mark.parametrize(("arguments", "text"), [
    (["tull"], "folgeeval: kommandoen «tull» finnes ikke. Kommandoene er accounts, "),
    (["--tull"], "dette mangler: KOMMANDO"),
    (["trace"], "folgeeval trace: dette mangler: INDIKATOR, --unit, --period"),
    (["indicators", "--tull"], "ukjente argumenter: --tull"),
    (["indicators", "--unit"], "argumentet --unit: ventet én verdi"),
    (["check"], "dette mangler: FIL"),
    (["dev", "--port", "x"], "argumentet --port: ikke et heltall: 'x'"),
])
def test_wrong_usage_is_told_in_bokmaal_with_exit_code_2(capsys, arguments, text):
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (2, "") and text in err
    assert [word for word in ENGLISH if word in err] == []


@pytest.mark.parametrize(("arguments", "text"), [
    (["indicators", "--id", "G9-99"], "indikator «G9-99» finnes ikke. Kjente: "),
    (["indicators", "--unit", "9999"], "enhet «9999» finnes ikke. Kjente: "),
    (["indicators", "--as-of", "i går"], "«i går» er ikke en dato"),
    (["trace", "G1-04", "--unit", "2012", "--period", "1999"], "G1-04 har ingen verdi for 2012 i 1999"),
    (["trace", "G1-04", "--unit", "2012", "--period", "2018", "--breakdown", "x=1"], "fordelingen «x=1» finnes ikke"),
    (["refresh", "--as-of", "snart"], "«snart» er ikke en dato"),
])
def test_a_code_or_date_that_does_not_exist_is_wrong_usage_with_a_message(capsys, demo_home, arguments, text):
    code, out, err = said(capsys, *arguments, "--home", demo_home.root)
    assert (code, out) == (2, "") and err.startswith("folgeeval: ") and text in err and "Traceback" not in err


@pytest.mark.parametrize("error", [RefreshFailed("Oppdateringen stoppet."), WarehouseBusy("Varehuset er opptatt.")])
def test_a_fault_of_ours_that_has_a_message_is_exit_code_1(capsys, monkeypatch, fresh_home, error):
    failing_with(monkeypatch, error)
    assert said(capsys, "findings", "--home", fresh_home.root) == (1, "", f"folgeeval: {error}\n")


def test_what_was_asked_wrongly_is_exit_code_2(capsys, monkeypatch, fresh_home):
    failing_with(monkeypatch, WrongUsage("finnes ikke"))
    assert said(capsys, "findings", "--home", fresh_home.root) == (2, "", "folgeeval: finnes ikke\n")


@pytest.mark.parametrize("error", [
    ValueError("zip"), KeyError("x"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "start")])
def test_any_other_error_is_never_called_wrong_usage(monkeypatch, fresh_home, error):
    failing_with(monkeypatch, error)
    with pytest.raises(type(error)):
        main(["findings", "--home", str(fresh_home.root)])


@pytest.mark.parametrize(("name", "given"), READ_THE_WAREHOUSE.items())
def test_a_home_without_a_warehouse_is_told_with_what_to_do(capsys, fresh_home, name, given):
    code, out, err = said(capsys, name, *given, "--home", fresh_home.root)
    assert (code, out) == (2, "")
    assert f"Fant ikke noe varehus i {fresh_home.root}" in err and "folgeeval refresh" in err
    assert not fresh_home.root.exists()


def test_the_home_is_found_by_its_setting(capsys, demo_home, monkeypatch):
    monkeypatch.setenv("FOLGEEVAL_HOME", str(demo_home.root))
    assert said(capsys, "deliveries", "--json")[0] == 0


@pytest.mark.parametrize(("name", "given"), WITH_JSON.items())
def test_json_is_one_array_of_records_with_the_same_keys_and_nothing_else_on_standard_output(
        capsys, demo_home, name, given):
    home = ["--home", demo_home.root] if command_module(name).NEEDS_HOME else []
    code, out, err = said(capsys, name, *given, "--json", *home)
    found = json.loads(out)
    assert code in (0, 10) and isinstance(found, list) and "Traceback" not in err
    assert len({tuple(record) for record in found}) <= 1
    assert found or name == "check"


@pytest.mark.parametrize(("name", "keys"), [
    ("indicators", {"indicator_id", "unit_code", "unit_type", "unit_name", "municipality_name", "period", "breakdown",
                    "value", "unit", "status", "basis"}),
    ("findings", {"rule_id", "level", "unit_code", "period", "file", "sheet", "cell", "line_numbers", "found",
                  "expected", "message", "state"}),
    ("alert", {"recipient", "period", "subject", "new_count", "mended_count", "outcome", "reason", "text"}),
    ("read", {"source", "file", "sheet", "cell", "line", "keys", "value", "unit", "status"}),
    ("accounts", {"file", "municipality_code", "year", "quarter", "function_code", "concept_code",
                  "amount_thousand_nok"}),
    ("reproduce", {"fact_id", "published", "computed", "tolerance", "how", "verdict"}),
])
def test_the_keys_others_build_on_are_there(capsys, demo_home, name, keys):
    home = ["--home", demo_home.root] if command_module(name).NEEDS_HOME else []
    found = json.loads(said(capsys, name, *WITH_JSON[name], "--json", *home)[1])
    assert keys <= set(found[0])


@pytest.mark.parametrize(("name", "given"), {"alert": ["--dry-run"], "deliveries": [], "findings": [], "indicators": ["--unit", "2012"],
                                             "trace": READ_THE_WAREHOUSE["trace"]}.items())
def test_without_json_a_person_gets_lines_to_read(capsys, demo_home, name, given):
    _, out, _ = said(capsys, name, *given, "--home", demo_home.root)
    assert len(out.splitlines()) > 2 and not out.startswith("[")


def test_findings_end_with_10_only_when_one_is_serious(capsys, copied_home):
    from warehouse.database import take_snapshot, writing

    with writing(copied_home) as connection:
        connection.execute("UPDATE findings.finding SET level = 'advarsel' WHERE level = 'feil'")
    take_snapshot(copied_home)
    assert said(capsys, "findings", "--home", copied_home.root)[0] == 0
    with writing(copied_home) as connection:
        connection.execute("UPDATE findings.finding SET level = 'feil' WHERE level = 'advarsel'")
    take_snapshot(copied_home)
    code, out, _ = said(capsys, "findings", "--home", copied_home.root)
    assert code == 10 and out.startswith("FEIL ")
