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
    assert reading.scope_keys == (ScopeKey("2012", "2019"),)


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


def test_the_same_matter_in_another_inspection_is_another_matter():
    content = ("kommunenr;dato;tilsyn;forhold;antall;alvor\n2012;2019-03-12;A;plan;1;\n2012;2019-03-12;B;plan;2;\n"
               "2012;2019-03-13;A;plan;3;\n").encode()
    assert read(content, "t.csv").rows["matter_count"].to_pylist() == [1, 2, 3]
