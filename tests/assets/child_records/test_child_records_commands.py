"""`folgeeval check` and `read` on a file of form 15F: rules and counts, exit codes, and no word of any individual."""

import json

import pytest

from pipelines.command_line import main

SOUND = "child 2010-05\nreport 2018-01-10 2018-01-15 1"
FAULTY = "child 2010-05\nreport 2018-01-15 2018-01-10 1\nchild 2011-06\nreport 2018-01-10 2018-01-30 1"


@pytest.fixture
def run(draw, tmp_path, capsys):
    """The function that runs a command on a drawn file: exit code, what it printed, and on standard error."""
    def printed(command, given, *options, **drawn):
        path = tmp_path / "15f.xml"
        path.write_bytes(given if isinstance(given, bytes) else draw.file(given, **drawn))
        return main([command, str(path), *options]), *capsys.readouterr()

    return printed


def test_check_gives_each_rule_with_its_level_place_and_count(run):
    code, out, _ = run("check", FAULTY, "--json")
    assert code == 10
    found = [(row["rule_id"], row["level"], row["line_numbers"], row["found"], row["cell"]) for row in json.loads(out)]
    assert found == [("15F_melding_02a", "feil", [5], "1 individ", "Melding"),
                     ("15F_melding_03", "advarsel", [11], "1 individ", "Melding")]
    assert {(row["unit_code"], row["period"], row["state"]) for row in json.loads(out)} == {("2012", "2018", "åpen")}


def test_check_takes_any_municipality_and_holds_the_file_against_what_is_announced(run):
    assert run("check", SOUND, "--json", municipality="1103")[:2] == (0, "[]\n")
    code, out, _ = run("check", SOUND, "--json", "--year", "2017", "--region", "0627")
    assert (code, [row["rule_id"] for row in json.loads(out)]) == (10, ["15F_avgiver_02", "15F_avgiver_04"])


def test_the_text_of_check_tells_where_and_what_to_do_and_nothing_of_the_individual(run, draw):
    code, out, err = run("check", FAULTY)
    assert "Feil 15F_melding_02a: 15f.xml, individ nr. 1 (linje 4): startdatoen er etter sluttdatoen. Rett" in out
    assert [one for one in draw.planted(FAULTY) if len(one) > 6 and one in out + err] == [] and code == 10


def test_a_file_that_cannot_be_read_ends_with_11_and_no_traceback(run, draw):
    code, out, err = run("check", draw.file(SOUND)[:-30])
    assert (code, "Traceback" in out + err) == (11, False) and "F60" in out and "Filen blir avvist" in out


def test_read_shows_counts_with_their_names_and_never_an_individual(run, draw):
    code, out, err = run("read", SOUND, "--json")
    cells = json.loads(out)
    assert code == 0 and {cell["source"] for cell in cells} == {"child_records"}
    assert [cell["value"] for cell in cells if cell["keys"]["telling"] == "Meldinger konkludert i året"] == [1.0]
    assert all(set(cell["keys"]) <= {"municipality_code", "year", "telling", "kategori"} for cell in cells)
    assert [one for one in draw.planted(SOUND) if len(one) > 6 and one in out + err] == []
