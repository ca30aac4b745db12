"""Survey answers as raw rows: counts and how many answered, never a person's own words."""

from pathlib import Path

import pytest

from assets.sources import recognise
from assets.sources.reading import ScopeKey
from assets.sources.surveys import STEM, read
from expectations.finding import DeliveryRefused

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "surveys"


def delivered(name):
    return read((DELIVERIES / name).read_bytes(), name)


def test_answers_become_one_raw_row_per_line():
    reading = delivered("innocent.csv")
    assert reading.rows.to_pylist()[0] == {
        "line_number": 2, "survey_code": "Ansatte 2018", "year": 2018, "municipality_code": "2012",
        "question_id": "tid_til_utvikling", "answer_code": "nei", "answer_count": 27, "respondents_count": 49}
    assert [(cell.line, cell.value, cell.unit) for cell in reading.cells] == [
        (2, 27, "antall"), (3, 3, "antall"), (4, 25, "antall")]


def test_each_survey_has_a_scope_of_its_own_in_a_municipality_and_year():
    assert delivered("innocent.csv").scope_keys == (
        ScopeKey("0729", "2019", "Fosterforeldre"), ScopeKey("2012", "2018", "Ansatte 2018"))


@pytest.mark.parametrize(("name", "rule_id", "cell"), [
    ("more_answers_than_people.csv", "F20", "antall[3]"), ("half_a_person.csv", "F03", "antall[2]"),
    ("same_answer_twice.csv", "F15", None), ("open_answer.csv", "F04", "svar[4]"), ("without_n.csv", "F02", "n"),
    ("name_with_colon.csv", "F04", "undersoekelse[4]"),
])
def test_a_file_with_one_fault_is_refused_for_that_fault(name, rule_id, cell):
    with pytest.raises(DeliveryRefused) as caught:
        delivered(name)
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.cell, finding.source) == (rule_id, cell, STEM)


@pytest.mark.parametrize(("given", "people", "is_taken"), [(0, 0, True), (28, 28, True), (29, 28, False), (1, 0, False)])
def test_all_may_give_one_answer_but_not_more_than_all(given, people, is_taken):
    content = f"undersoekelse;aar;kommunenr;spoersmaal_id;svar;antall;n\nA;2018;2012;q;ja;{given};{people}\n".encode()
    if is_taken:
        assert read(content, "s.csv").rows["answer_count"].to_pylist() == [given]
    else:
        with pytest.raises(DeliveryRefused, match=f"bare {people} svarte"):
            read(content, "s.csv")


@pytest.mark.parametrize("name", sorted(path.name for path in DELIVERIES.glob("*.csv")))
def test_surveys_are_recognised_by_their_headings(name):
    assert recognise((DELIVERIES / name).read_bytes(), "hva_som_helst.txt").STEM == STEM
