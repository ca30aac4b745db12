"""Inspections as raw rows: a matter without a count is missing its number, never zero."""

from datetime import date
from pathlib import Path

import pytest

from assets.sources import recognise
from assets.sources.reading import ScopeKey
from assets.sources.supervision import STEM, read
from expectations.finding import DeliveryRefused

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "supervision"


def delivered(name):
    return read((DELIVERIES / name).read_bytes(), name)


def test_matters_become_one_raw_row_per_line():
    reading = delivered("innocent.csv")
    assert reading.rows.to_pylist()[0] == {
        "line_number": 2, "municipality_code": "2012", "supervision_date": date(2019, 4, 30),
        "supervision_name": "Fylkesmannen", "matter_code": "barn_uten_tiltaksplan", "matter_count": 27,
        "severity": "lovbrudd"}
    assert reading.scope_keys == (ScopeKey("2012", "2019", "Fylkesmannen"),)


def test_a_matter_without_a_count_is_missing_and_not_zero():
    assert [(cell.value, cell.status) for cell in delivered("innocent.csv").cells] == [
        (27, "ok"), (270, "ok"), (None, "not_reported")]


@pytest.mark.parametrize(("name", "rule_id", "cell"), [
    ("date_that_does_not_exist.csv", "F05", "dato[3]"), ("negative_count.csv", "F03", "antall[2]"),
    ("matter_in_free_words.csv", "F04", "forhold[4]"), ("same_matter_twice.csv", "F15", None),
    ("municipality_lost_its_zero.csv", "F04", "kommunenr[2]"),
])
def test_a_file_with_one_fault_is_refused_for_that_fault(name, rule_id, cell):
    with pytest.raises(DeliveryRefused) as caught:
        delivered(name)
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.cell, finding.source) == (rule_id, cell, STEM)


@pytest.mark.parametrize("name", sorted(path.name for path in DELIVERIES.glob("*.csv")))
def test_inspections_are_recognised_by_their_headings(name):
    assert recognise((DELIVERIES / name).read_bytes(), "hva_som_helst.txt").STEM == STEM


def drawn(*lines):
    return "\n".join(("kommunenr;dato;tilsyn;forhold;antall;alvor", *lines, "")).encode()


def test_each_inspection_is_a_data_set_of_its_own():
    content = drawn("2012;2019-03-12;Egen institusjon;plan;1;", "2012;2019-04-30;Fylkesmannen, 2: plan;plan;2;",
                    "2012;2018-04-30;Fylkesmannen, 2: plan;plan;2;")
    assert read(content, "t.csv").scope_keys == (
        ScopeKey("2012", "2018", "Fylkesmannen, 2: plan"), ScopeKey("2012", "2019", "Egen institusjon"),
        ScopeKey("2012", "2019", "Fylkesmannen, 2: plan"))


@pytest.mark.parametrize("name", ["Fylkesmannen ...", '"Fylkes\tmannen"', "x" * 121])
def test_a_name_that_cannot_be_a_key_is_refused(name):
    with pytest.raises(DeliveryRefused) as caught:
        read(drawn(f"2012;2019-03-12;{name};plan;1;"), "t.csv")
    assert [(finding.rule_id, finding.cell) for finding in caught.value.findings] == [("F04", "tilsyn[2]")]


@pytest.mark.parametrize("name", ["Fylkesmannen, egen institusjon", "Fylkesmannen: plan..", "x" * 120])
def test_a_name_in_free_words_is_taken_as_it_stands(name):
    (row,) = read(drawn(f"2012;2019-03-12;{name};plan;1;"), "t.csv").rows.to_pylist()
    assert row["supervision_name"] == name


def test_the_same_matter_in_another_inspection_is_another_matter():
    content = ("kommunenr;dato;tilsyn;forhold;antall;alvor\n2012;2019-03-12;A;plan;1;\n2012;2019-03-12;B;plan;2;\n"
               "2012;2019-03-13;A;plan;3;\n").encode()
    assert read(content, "t.csv").rows["matter_count"].to_pylist() == [1, 2, 3]
