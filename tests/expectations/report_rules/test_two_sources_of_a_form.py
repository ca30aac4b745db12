"""VR04, VR06, VR12 and VR64: what the forms tell twice, and what they tell beside KOSTRA."""

import pytest

from expectations.rules.vr64_kostra_is_the_main_source import FIGURE_OF_FIELD
from warehouse.reference_data import reference_rows


def year(number, field, *tertials, told, unit="2012"):
    """A year told by the data request and by three tertials."""
    return "\n".join([f"D {unit} {number} {field} {told}", *(
        f"T {unit} {number}-T{tertial} {field} {value}" for tertial, value in enumerate(tertials, 1))])


# VR04

EMERGENCY = "akuttplasseringer"


@pytest.mark.parametrize("text", [
    year(2017, EMERGENCY, 6, 5, 6, told=18) + "\n" + year(2018, EMERGENCY, 5, 5, 16, told=26),   # Alta
    year(2018, EMERGENCY, 5, 5, 14, told=26),              # two apart
    year(2018, EMERGENCY, 10, 10, 16, told=40),            # a tenth of forty
    year(2017, EMERGENCY, 2, 2, 2, told=6) + "\n" + year(2018, EMERGENCY, 2, 2, 2, told=8),      # one stands still
    year(2018, EMERGENCY, 5, "..", 2, told=26),            # two tertials are not a year
    year(2018, EMERGENCY, 5, 5, 2, told=".."),
    "D 2012 2016 akuttplasseringer 9\nT 2012 2016-T3 akuttplasseringer 4",
])
def test_emergency_placements_about_as_many_and_the_same_way_are_innocent(found, text):
    assert found("VR04", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (year(2018, EMERGENCY, 5, 5, 13, told=26), ("26", "23")),
    (year(2018, EMERGENCY, 10, 10, 15, told=40), ("40", "35")),
    (year(2018, EMERGENCY, 3, 3, 3, told=6), ("6", "9")),
    (year(2018, "akutt_institusjon", 2, 3, 3, told=13), ("13", "8")),
    (year(2017, EMERGENCY, 3, 2, 3, told=7) + "\n" + year(2018, EMERGENCY, 2, 3, 2, told=9), ("9", "7")),  # +2 and −1
    (year(2017, EMERGENCY, 2, 2, 3, told=9) + "\n" + year(2018, EMERGENCY, 3, 3, 3, told=8), ("8", "9")),  # −1 and +2
])
def test_emergency_placements_far_apart_or_the_other_way_are_one_finding(found, text, told):
    (finding,) = found("VR04", text)
    assert (finding.found, finding.expected, finding.level, finding.period) == (*told, "advarsel", "2018")


def test_the_two_directions_are_told_side_by_side(found):
    (finding,) = found("VR04", year(2017, EMERGENCY, 3, 2, 3, told=7) + "\n" + year(2018, EMERGENCY, 2, 3, 2, told=9))
    assert "+2 her og −1 i tertialrapportene" in finding.message and "Inntil" not in finding.message


# VR06

@pytest.mark.parametrize("text", [
    year(2017, "rekruttert_nettverk", 2, 2, 2, told=6),
    year(2018, "rekruttert_ordinaere", 1, "-", "-", told=1, unit="0627"),
    year(2018, "rekruttert_ordinaere", "-", "-", "-", told="-"),
    year(2018, "rekruttert_nettverk", 1, 1, "..", told=6),
    year(2018, "rekruttert_nettverk", 1, 1, 2, told="..."),
])
def test_recruited_homes_told_alike_are_innocent(found, text):
    assert found("VR06", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (year(2018, "rekruttert_nettverk", 1, 1, 2, told=6), ("6", "4")),
    (year(2018, "rekruttert_ordinaere", 2, 1, 2, told=4), ("4", "5")),
    (year(2018, "rekruttert_ordinaere", "-", "-", "-", told=1), ("1", "0")),
    (year(2017, "rekruttert_nettverk", 1, 1, 1, told="-", unit="0729"), ("0", "3")),
    (year(2018, "rekruttert_nettverk", 9, 9, 9, told=26), ("26", "27")),
])
def test_recruited_homes_told_unlike_ask_which_source_counts(found, text, told):
    (finding,) = found("VR06", text)
    assert (finding.found, finding.expected) == told and "hvilken kilde som gjelder" in finding.message


# VR12

USE, HOME = "bistandsavtale_institusjon", "bistandsavtale_beredskapshjem"


def agreement(values, unit="0729", period="2018"):
    return "\n".join(f"D {unit} {period} {pair.replace('=', ' ')}" for pair in values.split())


@pytest.mark.parametrize("values", [
    f"{USE}=5 kjoept_institusjon=5 kjoept_akuttinstitusjon=-",
    f"{USE}=5 kjoept_institusjon=1 kjoept_akuttinstitusjon=4",
    f"{USE}=2 kjoept_institusjon=11 kjoept_akuttinstitusjon=-",            # bought outside the agreement too
    f"{HOME}=2 kjoept_beredskapshjem=8", f"{HOME}=- kjoept_beredskapshjem=-",
    f"{USE}=5 kjoept_institusjon=.. kjoept_akuttinstitusjon=4",            # a part of the list is missing
    f"{HOME}=.. kjoept_beredskapshjem=-",
])
def test_a_use_that_is_among_the_purchases_is_innocent(found, values):
    assert found("VR12", agreement(values)) == []


@pytest.mark.parametrize(("values", "told"), [
    (f"{HOME}=1 kjoept_beredskapshjem=-", ("1", "høyst 0")), (f"{HOME}=9 kjoept_beredskapshjem=8", ("9", "høyst 8")),
    (f"{USE}=5 kjoept_institusjon=- kjoept_akuttinstitusjon=4", ("5", "høyst 4")),
    (f"{USE}=4 kjoept_institusjon=3 kjoept_akuttinstitusjon=-", ("4", "høyst 3")),
    (f"{USE}=1 kjoept_institusjon=0 kjoept_akuttinstitusjon=0", ("1", "høyst 0")),
    (f"{HOME}=1 kjoept_beredskapshjem=0 kjoept_institusjon=20", ("1", "høyst 0")),
])
def test_a_use_that_was_never_bought_is_a_finding(found, values, told):
    (finding,) = found("VR12", agreement(values))
    assert (finding.found, finding.expected, finding.level, finding.sheet) == (*told, "advarsel", "Samhandling")


def test_each_kind_of_purchase_is_named_with_its_cell(found):
    (finding,) = found("VR12", agreement(f"{USE}=5 kjoept_institusjon=1 kjoept_akuttinstitusjon=3"))
    assert "har 4 (1 + 3)" in finding.message and "celle D2 i arket «Kjøp fra Bufetat»" in finding.message


# VR64

def beside_kostra(field, *tertials, kostra, unit="2012"):
    code = FIGURE_OF_FIELD[field]
    return f"figure {unit} 2018 {code} {kostra}\n" + "\n".join(
        f"T {unit} 2018-T{tertial} {field} {value}" for tertial, value in enumerate(tertials, 1))


@pytest.mark.parametrize("text", [
    beside_kostra("meldinger", 150, 146, 148, kostra=444), beside_kostra("undersoekelser", 60, 56, 58, kostra=174),
    beside_kostra("undersoekelser_innen_frist", "-", "-", "-", kostra="-"),
    beside_kostra("meldinger", 150, "..", 148, kostra=444), beside_kostra("meldinger", 150, 146, 148, kostra=":"),
    beside_kostra("meldinger", 1, 1, 1, kostra=444).replace("2018 01", "2017 01"),
])
def test_reports_that_tell_what_kostra_tells_are_innocent(found, text):
    assert found("VR64", text) == []


@pytest.mark.parametrize(("text", "level", "told"), [
    (beside_kostra("meldinger", 150, 146, 148, kostra=400), "advarsel", ("444", "400")),
    (beside_kostra("meldinger", 130, 120, 130, kostra=401), "advarsel", ("380", "401")),       # 5.2 %
    (beside_kostra("meldinger", 130, 121, 130, kostra=401), "informasjon", ("381", "401")),    # 4.99 %
    (beside_kostra("undersoekelser", 60, 56, 58, kostra=173), "informasjon", ("174", "173")),
    (beside_kostra("undersoekelser_innen_frist", 60, 56, 58, kostra="-"), "advarsel", ("174", "0")),
    (beside_kostra("undersoekelser", 6, 56, 58, kostra=174, unit="0627"), "advarsel", ("120", "174")),
])
def test_every_difference_from_kostra_is_logged_and_a_large_one_is_to_be_followed_up(found, text, level, told):
    (finding,) = found("VR64", text)
    assert (finding.level, finding.found, finding.expected) == (level, *told)
    assert ("før oppfølgingen inn" in finding.message) == (level == "advarsel") and "KOSTRA er hovedkilden" in finding.message


def test_the_fields_and_the_key_figures_held_together_are_there():
    fields = {row["field_id"] for row in reference_rows("form_field") if row["stem"] == "tertial_reports"}
    assert set(FIGURE_OF_FIELD) <= fields
    assert set(FIGURE_OF_FIELD.values()) <= {row["key_figure_code"] for row in reference_rows("key_figure")}
