"""The matrix of informant groups and problemstillinger: exact for the evaluators, in whole fives on the site, no
totals.
"""

import json

import pytest

from assets.public_coverage import public_coverage
from dashboards.pages.coverage import CoverageTable, coverage_tables
from pipelines.command_line import main
from warehouse.database import rows


@pytest.fixture
def covered(desk, drawing):
    """Six youths on D1, one of them twice; four of them and two parents on B1; in two municipalities."""
    youths = [drawing.source(number, "own 0-5 A\nmeetings 6-9 A" if number == 1 else "own 0-5 A"
                             if number > 4 else "own 0-5 A\nearly 6-9 B", Kommune="Alta" if number % 2 else "Færder")
              for number in range(1, 7)]
    parents = [drawing.source(number, "early 0-5 A\nodd 6-9 A", Informantgruppe="forelder") for number in (7, 8)]
    desk.put("a.qdpx", drawing.qdpx(*youths, *parents))
    desk.take_in()
    desk.build()
    return desk


def counts(desk):
    return {(group, number): count for group, number, count in rows(
        desk.connection, "SELECT informant_group, problemstilling_no, informant_count FROM marts.interview_coverage")}


def test_an_informant_counts_once_however_often_and_whoever_coded(covered):
    found = counts(covered)
    # Youths: D1 is six, also the one with two codes of it; B1 is numbers 2, 3 and 4. Parents: B1 is two.
    assert (found["ungdom", "D1"], found["ungdom", "B1"]) == (6, 3)
    assert (found["forelder", "D1"], found["forelder", "B1"]) == (0, 2)


def test_every_group_asked_stands_with_every_problemstilling_of_the_codebook_and_no_other(covered):
    problemstillinger = {number for (number,) in rows(covered.connection, "SELECT DISTINCT problemstilling_no "
                                                      "FROM reference.code_mapping")}
    groups = ("ungdom", "forelder")
    assert counts(covered).keys() == {(group, number) for group in groups for number in problemstillinger}


def test_on_the_site_a_cell_is_whole_fives_and_too_few_is_told_like_none(covered):
    shown = {(cell["informant_group"], cell["problemstilling_no"]): cell["at_least"]
             for cell in public_coverage(covered.connection)}
    assert {key: at_least for key, at_least in shown.items() if at_least} == {("ungdom", "D1"): 5}


def test_a_number_is_rounded_down_to_whole_fives(covered):
    expected = {0: None, 1: None, 4: None, 5: 5, 6: 5, 9: 5, 10: 10, 24: 20}
    found = {}
    for count in expected:
        covered.connection.execute("UPDATE marts.interview_coverage SET informant_count = ?", [count])
        (found[count],) = {cell["at_least"] for cell in public_coverage(covered.connection)}
    assert found == expected


def test_the_page_has_a_row_a_group_a_column_a_problemstilling_and_no_total():
    cells = [{"interview_year": year, "informant_group": group, "delmaal": "D", "problemstilling_no": number,
              "at_least": at_least} for year, group, number, at_least in (
        (2018, "ungdom", "D1", None), (2019, "ungdom", "D1", 5), (2019, "ungdom", "D2", None),
        (2019, "forelder", "D1", 10), (2019, "forelder", "D2", None))]
    assert coverage_tables(cells) == [
        CoverageTable(2019, ("D1", "D2"), (("Ungdom", ("minst 5", "for få")), ("Foreldre", ("minst 10", "for få")))),
        CoverageTable(2018, ("D1",), (("Ungdom", ("for få",)),))]


def test_no_file_of_the_demos_release_holds_an_exact_number_of_informants(demo_home):
    from assets.disclosure import FEWEST_INFORMANTS
    from warehouse.database import reading

    page = (demo_home.current / "site" / "om-tallene.html").read_text(encoding="utf-8")
    section = page[page.index('id="intervjuer"'):page.index('id="nedlasting"')]
    with reading(demo_home) as connection:
        exact = {count for (count,) in rows(connection, "SELECT informant_count FROM marts.interview_coverage")}
        few = rows(connection, "SELECT count(*) FROM marts.interview_coverage WHERE informant_count < ?",
                   [FEWEST_INFORMANTS])
    assert exact - {0, 5} and section.count("for få") == few[0][0]
    assert {part.split("<")[0] for part in section.split("<td>")[1:]} == {"for få", "minst 5"}
    others = [path for path in demo_home.current.resolve().rglob("*")
              if path.is_file() and path.name != "om-tallene.html"]
    assert not [path.name for path in others if b"informant_count" in path.read_bytes()]


def test_the_evaluators_see_every_number_and_which_are_too_few_to_tell(demo_home, capsys):
    assert main(["coverage", "--home", str(demo_home.root), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {cell["is_publishable"] for cell in found if cell["informant_count"] >= 5} == {True}
    assert {cell["is_publishable"] for cell in found if cell["informant_count"] < 5} == {False}
    assert not any("municipality" in key or "unit" in key for cell in found for key in cell)
    assert main(["coverage", "--home", str(demo_home.root)]) == 0
    assert "*" in (told := capsys.readouterr().out) and "aldri i rapport" in told


def test_without_interviews_there_is_nothing_to_show(desk):
    desk.build()
    assert counts(desk) == {} and public_coverage(desk.connection) == [] and coverage_tables([]) == []
