"""VR59 and VR68: a waiting time says how it is measured, and a measure what it is due to."""

import pytest

from expectations.rules.vr59_waiting_times_have_the_same_definition import WORDS
from warehouse.reference_data import reference_rows

NOTICE, DECISION = "beskjed_til_flytting", "vedtak_til_flytting"


def waited(unit, period, days, definition=None):
    chosen = f"\nchoice {unit} {period} ventetid_definisjon {definition}" if definition else ""
    return f"D {unit} {period} ventetid_fosterhjem {days}{chosen}\n"


# VR59

@pytest.mark.parametrize("text", [
    waited("2012", "2018", 2.5, NOTICE),
    waited("2012", "2018", 2.5, NOTICE) + waited("0729", "2018", 4, NOTICE),
    waited("2012", "2017", 2.5, DECISION) + waited("2012", "2018", 3, DECISION),
    waited("2012", "2018", 2.5, NOTICE) + waited("0729", "2018", "..", DECISION),    # nothing to compare
    waited("2012", "2017", 2.5, NOTICE) + waited("0729", "2018", 4, DECISION),       # not the same year
    waited("2012", "2018", "..."),
])
def test_waiting_times_measured_alike_or_alone_are_innocent(found, text):
    assert found("VR59", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (waited("2012", "2018", 2.5), ("2012", "uten målemåte", "en målemåte")),
    (waited("2012", "2018", "-"), ("2012", "uten målemåte", "en målemåte")),
    (waited("2012", "2018", 2.5, NOTICE) + waited("0729", "2018", 4, DECISION) + waited("0627", "2018", 20, NOTICE),
     ("0729", "fra vedtak til flytting", "fra beskjed til flytting")),
    (waited("2012", "2018", 2.5, NOTICE) + waited("0729", "2018", 4, DECISION) + waited("0627", "2018", 20, DECISION),
     ("2012", "fra beskjed til flytting", "fra vedtak til flytting")),
    (waited("2012", "2018", 2.5, NOTICE) + waited("0729", "2018", 4, DECISION),
     ("0729", "fra vedtak til flytting", "fra beskjed til flytting")),
    (waited("2012", "2017", 2.5, NOTICE) + waited("2012", "2018", 4, DECISION),
     ("2012", "fra vedtak til flytting", "fra beskjed til flytting")),
])
def test_a_waiting_time_without_a_definition_or_with_another_is_a_finding(found, text, told):
    (finding,) = found("VR59", text)
    assert (finding.unit_code, finding.found, finding.expected) == told
    assert (finding.period, finding.level, finding.indicators) == ("2018", "feil", ("C2-06",))


def test_who_measures_otherwise_is_named(found):
    (finding,) = found("VR59", waited("2012", "2018", 2.5, NOTICE) + waited("0729", "2018", 4, DECISION)
                       + waited("0627", "2018", 20, NOTICE))
    assert "fant 4 dager i celle D3 i arket «Rekruttering»" in finding.message
    assert "Alta og Røyken måler fra beskjed til flytting samme år" in finding.message


def test_every_definition_of_the_form_has_words():
    (choices,) = [row["definition_nb"] for row in reference_rows("form_field") if row["field_id"] == "ventetid_definisjon"]
    assert set(choices.split(":")[0].split("|")) == set(WORDS)


# VR68

@pytest.mark.parametrize("text", [
    "D 2012 2018 medvirkningstiltak 3 skyldes forsøket", "D 0729 2018 medvirkningstiltak 3 BTI",
    "D 0627 2018 medvirkningstiltak 3 Uavhengig av forsøket", "D 2012 2018 ansatte_tiltaksteam 9 fire kom med Forsøket",
    "D 2012 2018 medvirkningstiltak -", "D 2012 2018 medvirkningstiltak ..", "T 2012 2018-T1 medvirkningstiltak 2"])
def test_a_measure_that_says_what_it_is_due_to_and_none_at_all_are_innocent(found, text):
    assert found("VR68", text) == []


@pytest.mark.parametrize(("text", "told"), [
    ("D 2012 2018 medvirkningstiltak 3", "ingen forklaring"), ("D 0729 2017 medvirkningstiltak 1 nye rutiner", "nye rutiner"),
    ("D 0627 2018 medvirkningstiltak 2 egne midler", "egne midler"), ("D 2012 2018 ansatte_tiltaksteam 9", "ingen forklaring"),
    ("D 2012 2019 ansatte_tiltaksteam 9 ni personer", "ni personer"),
    ("D 2012 2018 medvirkningstiltak 3\nD 2012 2017 medvirkningstiltak 2 BTI", "ingen forklaring"),
])
def test_a_measure_that_does_not_say_what_it_is_due_to_is_a_finding(found, text, told):
    (finding,) = found("VR68", text)
    assert (finding.found, finding.expected, finding.level) == (told, "forsøket, BTI eller uavhengig", "advarsel")


def test_the_form_asks_for_it_in_both_languages():
    asked = {row["definition_nb"] for row in reference_rows("form_field") if row["field_id"] in (
        "ansatte_tiltaksteam", "medvirkningstiltak") and row["stem"] == "data_requests"}
    (words,) = asked
    (nynorsk,) = [row["text_nn"] for row in reference_rows("form_text_nn") if row["text_nb"] == words]
    assert all(word in words.lower() and word in nynorsk.lower() for word in ("forsøk", "bti", "uavhengig"))
