"""`folgeeval check`: what is wrong in a file, as JSON and as text, and the exit code."""

import argparse
import json
from pathlib import Path

import pytest

from pipelines.commands import check

DELIVERIES = Path(__file__).parents[1] / "deliveries"
ACCOUNTS = DELIVERIES / "kostra_accounts"


def run(capsys, *arguments):
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    code = check.run(parser.parse_args([str(argument) for argument in arguments]))
    return code, *capsys.readouterr()


def findings(capsys, *arguments):
    code, out, _ = run(capsys, *arguments, "--json")
    return code, [(row["rule_id"], row["level"], row["line_numbers"]) for row in json.loads(out)]


@pytest.mark.parametrize("name, code, expected", [
    ("innocent.dat", 0, []),
    ("line_ends_as_in_windows.dat", 0, []),
    ("balance_0b.dat", 0, []),
    ("line_of_47_characters.dat", 11, [("R001", "kritisk_feil", [4])]),
    ("tab_in_place_of_spaces.dat", 11, [("R001", "kritisk_feil", [4])]),
    ("amount_with_decimals.dat", 11, [("R014", "feil", [5])]),
    ("empty.dat", 11, [("F01", "kritisk_feil", [])]),
    ("unknown_function.dat", 10, [("R010", "feil", [9])]),
    ("wrong_year_inside.dat", 10, [("R004", "feil", [5])]),
    ("fund_allocation_on_285.dat", 10, [("L12", "kritisk_feil", [])]),
])
def test_each_file_has_its_one_fault_and_exit_code(capsys, name, code, expected):
    assert findings(capsys, ACCOUNTS / name) == (code, expected)


@pytest.mark.parametrize("announced, expected", [
    (("--form", "0A"), []), (("--form", "0C"), ["R003"]), (("--year", "2018"), []), (("--year", "2017"), ["R004"]),
    (("--quarter", "0"), []), (("--quarter", "4"), ["R005"]), (("--region", "2012"), []),
    (("--region", "201200"), []), (("--region", "0627"), ["R006"]),
])
def test_what_the_file_is_announced_as_is_held_against_it(capsys, announced, expected):
    _, found = findings(capsys, ACCOUNTS / "innocent.dat", *announced)
    assert [rule_id for rule_id, _, _ in found if rule_id in ("R003", "R004", "R005", "R006")] == expected


def test_a_finding_as_json_has_the_promised_keys(capsys):
    _, out, _ = run(capsys, ACCOUNTS / "unknown_function.dat", "--json")
    [row] = json.loads(out)
    assert list(row) == ["rule_id", "level", "unit_code", "period", "file", "sheet", "cell", "line_numbers", "found",
                         "expected", "message", "state"]
    assert (row["unit_code"], row["period"], row["file"], row["found"], row["state"]) == (
        "2012", "2018", "unknown_function.dat", "999", "åpen")


def test_the_highest_exit_code_wins_and_the_others_go_on(capsys):
    code, found = findings(capsys, ACCOUNTS / "unknown_function.dat", ACCOUNTS / "empty.dat", ACCOUNTS / "innocent.dat",
                           ACCOUNTS / "wrong_year_inside.dat")
    assert code == 11
    assert [rule_id for rule_id, _, _ in found] == ["R010", "F01", "R004"]


@pytest.mark.parametrize("other, code", [("innocent.dat", 2), ("unknown_function.dat", 10), ("empty.dat", 11)])
def test_a_file_that_is_not_there_is_wrong_usage_unless_something_is_worse(capsys, tmp_path, other, code):
    exit_code, _, err = run(capsys, tmp_path / "nei.dat", ACCOUNTS / other)
    assert exit_code == code
    assert "nei.dat: filen finnes ikke" in err


@pytest.mark.parametrize("level, code", [("informasjon", 0), ("advarsel", 0), ("feil", 10), ("kritisk_feil", 10)])
def test_only_feil_or_worse_fails_the_check(level, code):
    from expectations.finding import Finding

    assert check.Checked("x", (Finding("R", level, "x"),), refused=False).exit_code == code


def test_text_has_a_heading_the_findings_worst_first_and_the_counts(capsys, tmp_path):
    lines = (ACCOUNTS / "innocent.dat").read_bytes().splitlines()
    file = tmp_path / "alta.dat"
    file.write_bytes(b"\n".join([*lines, lines[0], lines[1].replace(b"244 099", b"999 020"),
                                lines[1].replace(b"244 099", b"244 020").replace(b"300", b"  0")]))
    _, out, _ = run(capsys, file)
    told = out.splitlines()
    assert told[0] == "alta.dat"
    assert [line.split(":")[0] for line in told[1:-1]] == [
        "  Kritisk feil L12", "  Feil R010", "  Advarsel R015", "  Informasjon L20"]
    assert told[-1] == "  Funnet: 1 kritisk feil, 1 feil, 1 advarsel, 1 informasjon."


def test_several_findings_of_a_level_are_counted_in_the_plural(capsys, tmp_path):
    file = tmp_path / "to_ganger.dat"
    file.write_bytes((ACCOUNTS / "unknown_function.dat").read_bytes().replace(b"202 590", b"999 590"))
    assert run(capsys, file)[1].endswith("  Funnet: 1 feil.\n")
    file.write_bytes((ACCOUNTS / "innocent.dat").read_bytes() * 2)
    assert run(capsys, file)[1].endswith("  Funnet: 21 advarsler.\n")


def test_text_says_when_nothing_is_wrong_and_when_a_file_will_be_refused(capsys):
    assert run(capsys, ACCOUNTS / "innocent.dat")[1] == "innocent.dat\n  Ingen feil funnet.\n"
    assert run(capsys, ACCOUNTS / "empty.dat")[1].endswith("  Filen blir avvist: 1 kritisk feil.\n")


@pytest.mark.parametrize("name, code", [
    ("ledger/innocent.csv", 0), ("grants/innocent.csv", 0), ("rates/innocent.csv", 0), ("population/innocent.json", 0),
    ("kostra_statistics/innocent.json", 0), ("kostra_statistics/unknown_region.json", 11),
    ("kostra_statistics/truncated.json", 11), ("ledger/without_project_column.csv", 11),
    ("ledger/supplier_with_wrong_check_digit.csv", 10),
])
def test_every_other_known_form_is_checked_by_its_own_reader(capsys, name, code):
    assert run(capsys, DELIVERIES / name)[0] == code


def test_a_sound_data_set_of_somebody_else_is_only_worth_a_word(capsys):
    code, found = findings(capsys, DELIVERIES / "kostra_statistics" / "another_table.json")
    assert (code, [level for _, level, _ in found]) == (0, ["informasjon"])


def test_a_file_of_unknown_form_is_refused(capsys, tmp_path):
    file = tmp_path / "brev.txt"
    file.write_text("Kjære direktorat")
    assert findings(capsys, file) == (11, [("F00", "kritisk_feil", [])])
