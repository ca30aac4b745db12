"""The words of the site: labels, dates, file names, the balance in sentences."""

import pytest

from dashboards.labels import (breakdown_label, delmaal_heading, listed, long_date, short_date, slug,
                               small_number_rule, source_stems, whole_label)
from dashboards.pages.compensation import Balance, balance_sentence, verdict
from dashboards.published import Cell
from warehouse.reference_data import reference_rows


@pytest.mark.parametrize(("breakdown", "wanted"), [
    ("trial_cost=excluded", "Uten forsøket (285)"),
    ("function=244;trial_cost=included", "244 Barneverntjeneste, med forsøket (285)"),
    ("function=unsplit;trial_cost=included", "285 som ikke lar seg dele, med forsøket (285)"),
    ("category=2.5", "Beredskapshjem"), ("purpose=252", "Formål 252 Tiltak, plassert"),
    ("accumulation=since_2016", "Samlet siden 2016"),
    ("post=0855.22", "Post 0855.22 Kjøp av private tiltak"), ("ukjent=x", "Ukjent x"),
    ("age=0_og_ufoedt", "Nyfødte og ufødte"), ("service=barnevern", "Barneverntjenesten"),
    ("count=leverandører;type=besoekshjem", "Antall leverandører, besøkshjem"), ("part=trial", "Forsøket"),
])
def test_a_breakdown_is_said_in_words(breakdown, wanted):
    assert breakdown_label(breakdown) == wanted


def test_the_whole_is_no_breakdown():
    with pytest.raises(ValueError, match="Helheten"):
        breakdown_label("")
    assert whole_label(["", "purpose=252"]) == "I alt"
    assert whole_label(["", "accumulation=since_2016"]) == "Per år"
    assert whole_label(["", "post=0855.01", "post=3855.60"]) == "Brutto, kapittel 0855"


@pytest.mark.parametrize(("name", "wanted"), [("Alta", "alta"), ("Færder", "faerder"), ("Røyken", "royken"),
                                              ("Nordre Åsen", "nordre-asen")])
def test_a_name_becomes_a_plain_file_name(name, wanted):
    assert slug(name) == wanted


def test_dates_are_written_the_norwegian_way():
    assert long_date("2019-10-01") == "1. oktober 2019"
    assert short_date("2019-02-14T08:30:00") == "14.02.2019"


@pytest.mark.parametrize(("letter", "wanted"), [
    ("E", "Delmål E: God og effektiv ressursutnyttelse"), ("G", "Økonomiske konsekvenser (G)")])
def test_g_has_a_page_but_is_no_delmaal(letter, wanted):
    assert delmaal_heading(letter) == wanted


def test_every_source_and_small_number_rule_of_the_catalogue_has_words():
    for row in reference_rows("indicator"):
        assert source_stems(row["sources_nb"])
        assert small_number_rule(row["small_number_rule"], 3).endswith(".")


def test_every_breakdown_of_a_form_field_has_words():
    breakdowns = {row["breakdown"] for row in reference_rows("indicator_field")} - {""}
    assert len(breakdowns) > 40
    for breakdown in breakdowns:
        said = breakdown_label(breakdown).lower()
        assert not any(said.startswith(part.partition("=")[0] + " ") for part in breakdown.split(";")), said
        assert "_" not in said


def test_the_small_number_rule_names_the_threshold_of_the_release():
    assert "fra 1 til 4 " in small_number_rule("SN1", 4)


def test_an_unknown_source_is_not_passed_over():
    with pytest.raises(KeyError):
        source_stems("KOSTRA nøkkeltall; spåmann")


def test_names_are_listed_as_in_running_text():
    assert listed(["Alta"]) == "Alta"
    assert listed(["Alta", "Færder", "Røyken"]) == "Alta, Færder og Røyken"


@pytest.mark.parametrize(("compensation", "cost", "gain", "ending"), [
    (25.5, 34.9, -9.4, "Merkostnaden var 9,4 millioner kroner større enn kompensasjonen."),
    (28.7, 23.8, 4.9, "Kompensasjonen var 4,9 millioner kroner større enn merkostnaden."),
    (20.0, 20.04, -0.04, "Kompensasjonen og merkostnaden var like store."),
])
def test_the_balance_is_told_in_two_sentences(compensation, cost, gain, ending):
    cells = [Cell(value, "ok", "published") for value in (compensation, cost, gain)]
    sentence = balance_sentence("Alta", "2018", cells)
    assert sentence.startswith("I 2018 fikk Alta ")
    assert sentence.endswith(ending)


def test_a_hidden_part_is_not_told_beside_the_balance():
    cells = [Cell(None, "held_back", "published"), Cell(34.9, "ok", "published"), Cell(-9.4, "ok", "published")]
    assert balance_sentence("Alta", "2018", cells) == (
        "Merkostnaden var 9,4 millioner kroner større enn kompensasjonen.")


@pytest.mark.parametrize(("answers", "wanted"), [
    ((False, True, False), "I 2018 dekket kompensasjonen merkostnaden i Færder, men ikke i Alta og Røyken."),
    ((True, True, True), "I 2018 dekket kompensasjonen merkostnaden i Alta, Færder og Røyken."),
    ((False, False, None), "I 2018 dekket kompensasjonen ikke merkostnaden i Alta eller Færder."),
    ((None, None, None), ""),
])
def test_the_verdict_names_where_the_compensation_covers_the_cost(answers, wanted):
    names = ("Alta", "Færder", "Røyken")
    assert verdict([Balance(name, "2018", "", "", None, answer)
                    for name, answer in zip(names, answers, strict=True)]) == wanted
