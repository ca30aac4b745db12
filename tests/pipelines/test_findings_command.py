"""`folgeeval findings`: the findings in force, worst first, with the exit code of the worst."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from assets.build import set_clock
from assets.finding_life import with_state, write_events
from assets.finding_rows import finding_rows
from expectations.finding import Finding
from pipelines.command_line import main
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, take_snapshot, writing
from warehouse.home import Home

KEYS = ["rule_id", "level", "unit_code", "period", "file", "sheet", "cell", "line_numbers", "found", "expected", "message",
        "state"]
MORE_KEYS = ["finding_id", "explanation", "explained_by", "valid_until", "indicators", "rule_name", "actor"]
NOW = datetime(2019, 10, 1)
INFORMATION = Finding("R015", "informasjon", "To linjer er like.", unit_code="0729", file="a.dat", line_numbers=(7, 12))
WARNING = Finding("R016", "advarsel", "Beløpet er stort.", unit_code="2012", file="b.dat", cell="C7", found="9", expected="1")
FAULT = Finding("FE285", "feil", "Regnskapet og hovedboken er uenige.", unit_code="2012", period="2018", file="z.csv")
REFUSAL = Finding("F01", "kritisk_feil", "Filen er tom.", file="tom.csv")


@pytest.fixture
def findings(tmp_path, capsys):
    """Runs the command on a home with the given findings: exit code, standard output."""
    home = Home(tmp_path / "home")

    def run(several, *arguments):
        contract = contract_of("findings", "finding")
        with writing(home) as connection:
            set_clock(connection, NOW)
            found = with_state(connection, finding_rows(several, "ledger", None))
            append(connection, contract, arrow_table(contract, found))
            write_events(connection, found)
        take_snapshot(home)
        code = main(["findings", "--home", str(home.root), *arguments])
        return code, capsys.readouterr().out
    return run


def test_each_finding_has_the_keys_of_the_contract_in_their_order(findings):
    _, printed = findings([INFORMATION, WARNING, FAULT, REFUSAL], "--json")
    assert [list(found) for found in json.loads(printed)] == [KEYS + MORE_KEYS] * 4


def test_the_worst_come_first(findings):
    _, printed = findings([INFORMATION, WARNING, FAULT, REFUSAL], "--json")
    assert [found["level"] for found in json.loads(printed)] == ["kritisk_feil", "feil", "advarsel", "informasjon"]


def test_places_are_lists_of_lines_or_a_cell(findings):
    _, printed = findings([INFORMATION, WARNING], "--json")
    warning, information = json.loads(printed)
    assert (warning["cell"], warning["line_numbers"], warning["found"], warning["expected"]) == ("C7", [], "9", "1")
    assert (information["cell"], information["line_numbers"], information["state"]) == (None, [7, 12], "åpen")


@pytest.mark.parametrize(("several", "code"), [
    ([], 0), ([INFORMATION, WARNING], 0), ([FAULT], 10), ([REFUSAL], 10), ([INFORMATION, FAULT], 10)])
def test_the_exit_code_is_10_when_something_is_feil_or_worse(findings, several, code):
    assert findings(several)[0] == findings(several, "--json")[0] == code


def test_one_unit_can_be_asked_for_and_decides_the_exit_code(findings):
    code, printed = findings([INFORMATION, WARNING, FAULT], "--unit", "0729", "--json")
    assert code == 0 and [found["rule_id"] for found in json.loads(printed)] == ["R015"]


def test_an_unknown_unit_is_not_the_same_as_no_findings(findings, capsys):
    code, printed = findings([FAULT], "--unit", "9999")
    assert code == 2 and printed == ""


def test_as_text_each_finding_is_its_level_its_rule_its_message_and_its_key(findings):
    assert findings([REFUSAL, WARNING])[1].splitlines() == [
        f"KRITISK FEIL F01: Filen er tom. [{REFUSAL.finding_id}]",
        f"ADVARSEL R016: Beløpet er stort. [{WARNING.finding_id}]"]


def test_no_findings_are_said_so(findings):
    assert findings([])[1].strip() == "Ingen funn."
    assert json.loads(findings([], "--json")[1]) == []


@pytest.mark.parametrize(("arguments", "rules"), [
    (["--level", "feil"], ["FE285"]), (["--rule", "R015"], ["R015"]), (["--period", "2018"], ["FE285"]),
    (["--state", "forklart"], ["R016"]), (["--state", "åpen", "--unit", "2012"], ["FE285"]),
    (["--level", "feil", "--rule", "R015"], [])])
def test_filters_choose_and_join(explained_findings, arguments, rules):
    _, printed = explained_findings(*arguments, "--json")
    assert [found["rule_id"] for found in json.loads(printed)] == rules


@pytest.mark.parametrize("arguments", [["--rule", "VR999"], ["--state", "rettet"], ["--level", "alvorlig"],
                                       ["--history", "finnesikke"]])
def test_a_filter_that_cannot_be_is_wrong_usage_and_not_an_empty_list(explained_findings, arguments):
    code, printed = explained_findings(*arguments)
    assert (code, printed) == (2, "")


@pytest.fixture
def explained_findings(findings, tmp_path, capsys):
    """The command on a home with three findings, of which R016 is explained."""
    home = Home(tmp_path / "home")
    with writing(home) as connection:
        connection.execute("INSERT INTO reference.finding_explanation VALUES "
                           "('R016', '2012', '2017', NULL, 'forklart', 'Et engangsbeløp.', 'evaluator', '2019-09-15', NULL, NULL, NULL)")
    findings([INFORMATION, replace(WARNING, period="2017"), FAULT])

    def run(*arguments):
        try:
            code = main(["findings", "--home", str(home.root), *arguments])
        except SystemExit as stopped:
            code = stopped.code
        return code, capsys.readouterr().out
    return run


def test_an_explained_finding_carries_its_explanation_and_who_gave_it(explained_findings):
    (found,) = json.loads(explained_findings("--rule", "R016", "--json")[1])
    assert (found["state"], found["explanation"], found["explained_by"]) == ("forklart", "Et engangsbeløp.", "evaluator")
    assert explained_findings("--rule", "R016")[1].splitlines()[1].strip() == "Forklart av evaluator: Et engangsbeløp."


def test_a_finding_says_whose_it_is_and_what_it_touches(explained_findings):
    (found,) = json.loads(explained_findings("--rule", "FE285", "--json")[1])
    assert found["actor"] == "municipality" and "G1-02" in found["indicators"] and "285" in found["rule_name"]


def test_the_history_of_a_finding_is_its_events_in_order(explained_findings):
    (found,) = json.loads(explained_findings("--rule", "FE285", "--json")[1])
    code, printed = explained_findings("--history", found["finding_id"], "--json")
    assert code == 0 and [(event["state"], event["event_at"][:10]) for event in json.loads(printed)] == [
        ("åpen", "2019-10-01")]


def test_help_says_what_the_exit_code_means(capsys):
    with pytest.raises(SystemExit):
        main(["findings", "--help"])
    assert "Avslutter med 10" in " ".join(capsys.readouterr().out.split())


def test_the_demos_findings_give_10_and_filters_decide_the_exit_code(demo_home, capsys):
    assert main(["findings", "--home", str(demo_home.root), "--json"]) == 10
    assert {found["level"] for found in json.loads(capsys.readouterr().out)} >= {"feil", "advarsel", "informasjon"}
    assert main(["findings", "--home", str(demo_home.root), "--json", "--level", "advarsel"]) == 0
    assert {found["level"] for found in json.loads(capsys.readouterr().out)} == {"advarsel"}
