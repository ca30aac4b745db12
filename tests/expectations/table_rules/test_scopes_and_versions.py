"""VR65 and VR74: what KOSTRA is asked about, and which version of the evaluation matrix numbers answer."""

import pytest

from warehouse.reference_data import reference_rows

FIGURES = "core.key_figure\nunit_code | year | key_figure_code | value | status\n"
INDICATORS = "reference.indicator\nindicator_id | unit | kind | small_number_rule | problemstilling_no | problemstilling_nb\n"
MATRIX = "reference.evaluation_matrix\nmatrix_version | problemstilling_no | problemstilling_nb | valid_from_date\n"
CODES = "reference.code_mapping\ncode_name | delmaal | problemstilling_no | indicator_id\n"


# VR65; the tables are built for 1 October 2019

@pytest.mark.parametrize("text", [
    FIGURES + "2012 | 2018 | 01 | 444 | ok",
    FIGURES + "2012 | 2019 | 01 | ~ | not_yet",
    FIGURES + "2012 | 2018 | 01 | 444 | ok\n0627 | 2013 | 15 | 0 | ok",
    INDICATORS + "B1-03 | meldinger | count | SN1 | B1 | Tidlig innsats",
    INDICATORS + "B2-02 | antall | count | SN1 | B2 | Forebygging",             # not made of a key figure
])
def test_key_figures_that_are_out_and_asked_about_what_they_cover_are_innocent(found, text):
    assert found("VR65", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (FIGURES + "2012 | 2019 | 01 | 148 | ok", ("2012", "2019", "tidligst 15.03.2020")),
    (FIGURES + "2012 | 2019 | 01 | 148 | ok\n2012 | 2019 | 15 | 9 | ok", ("2012", "2019", "tidligst 15.03.2020")),
    (FIGURES + "0627 | 2020 | 16 | 30 | ok\n0627 | 2018 | 16 | 33 | ok", ("0627", "2020", "tidligst 15.03.2021")),
    (INDICATORS + "B2-01 | meldinger | count | SN1 | B2 | Forebygging\nreference.figure_indicator\n"
     "key_figure_code | indicator_id\n11 | B2-01", (None, None, "en annen kilde")),
    (INDICATORS + "B1-03 | meldinger | count | SN1 | B1 | Tidlig\nreference.source_scope\nstem | problemstilling_no | reason_nb\n"
     "kostra_statistics | B1 | KOSTRA teller ikke dette.", (None, None, "en annen kilde")),
])
def test_a_claim_kostra_cannot_carry_is_a_finding(found, text, told):
    (finding,) = found("VR65", text)
    assert (finding.unit_code, finding.period, finding.expected, finding.level) == (*told, "advarsel")


def test_a_year_that_is_not_out_is_one_finding_with_every_indicator_it_touches(found):
    (finding,) = found("VR65", FIGURES + "2012 | 2019 | 01 | 148 | ok\n2012 | 2019 | 15 | 9 | ok")
    assert "fant 2 nøkkeltall for 2019" in finding.message and {"B1-03", "C6-01"} <= set(finding.indicators)


# VR74

@pytest.mark.parametrize("text", [
    "",                                                                        # the shipped catalogue and codebook
    INDICATORS + "D1-01 | antall | count | SN0 | D1 | Medvirkning\n" + MATRIX + "to | D1 | Medvirkning | 2019-01-01\n" + CODES,
    INDICATORS + MATRIX + "to | D1 | Medvirkning | 2019-01-01\n" + CODES + "Blir hørt | D | D1 | ~",
    INDICATORS + "D1-01 | antall | count | SN0 | D1 | Ny\n" + MATRIX + "en | D1 | Gammel | 2018-01-01\nto | D1 | Ny | 2019-01-01\n"
    + CODES,
    INDICATORS + "D1-01 | antall | count | SN0 | D1 | Gammel\n" + MATRIX
    + "en | D1 | Gammel | 2018-01-01\nto | D1 | Ny | 2020-01-01\n" + CODES,     # the next version has not begun
])
def test_a_problemstilling_of_the_version_in_force_is_innocent(found, text):
    assert found("VR74", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (INDICATORS + "D1-01 | antall | count | SN0 | D1 | Ny\n" + MATRIX + "en | D1 | Gammel | 2018-01-01\n" + CODES,
     ("Ny", "Gammel")),
    (INDICATORS + "D1-01 | antall | count | SN0 | D1 | Gammel\n" + MATRIX
     + "en | D1 | Gammel | 2018-01-01\nto | D1 | Ny | 2019-01-01\n" + CODES, ("Gammel", "Ny")),
    (INDICATORS + "D3-01 | antall | count | SN0 | D3 | Annet\n" + MATRIX + "to | D1 | Ny | 2019-01-01\n" + CODES, ("D3", "i to")),
    (INDICATORS + MATRIX + "to | D1 | Ny | 2019-01-01\n" + CODES + "Blir hørt | D | D2 | ~", ("D2", "i to")),
    (INDICATORS + MATRIX + "en | D2 | Gammel | 2018-01-01\nto | D1 | Ny | 2019-01-01\n" + CODES + "Blir hørt | D | D2 | ~",
     ("D2", "i to")),
])
def test_a_problemstilling_the_version_in_force_does_not_have_in_those_words_is_a_finding(found, text, told):
    (finding,) = found("VR74", text)
    assert (finding.found, finding.expected, finding.level) == (*told, "advarsel") and "evaluation_matrix.csv" in finding.message


def test_the_words_of_the_shipped_catalogue_are_the_matrixs():
    words = {row["problemstilling_no"]: row["problemstilling_nb"] for row in reference_rows("evaluation_matrix")}
    assert {(row["problemstilling_no"], row["problemstilling_nb"]) for row in reference_rows("indicator")} <= set(words.items())
