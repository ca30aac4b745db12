"""VR13, VR14, VR20 and VR21: what a municipality says of homes and purchases against KOSTRA, invoices and Bufetat."""

import pytest


def homes(bought_before, bought, own, emergency, kostra, *, unit="0627", year=2018):
    """A data request of two years and KOSTRA's children in emergency homes in the second."""
    return (f"D {unit} {year - 1} kjoept_beredskapshjem {bought_before}\n"
            f"D {unit} {year} kjoept_beredskapshjem {bought}\n D {unit} {year} beredskapshjem_kommunale {own}\n"
            f"D {unit} {year} akutt_beredskapshjem {emergency}\n figure {unit} {year} 17 {kostra}")


# VR13: emergency homes

@pytest.mark.parametrize("text", [
    homes(6, 8, 1, 4, 6),                                               # the report's own case
    homes(0, 3, 2, 4, 9),                                               # exactly as many as can be explained
    homes("-", "-", "-", "-", "-"),
    homes(6, 8, 1, 4, ":"),                                             # suppressed
    homes("..", 1, 1, 1, 9), homes(1, "..", 1, 1, 9), homes(1, 1, "..", 1, 9), homes(1, 1, 1, "..", 9),
    "D 0627 2016 kjoept_beredskapshjem 1\n D 0627 2016 beredskapshjem_kommunale 1\n"
    "D 0627 2016 akutt_beredskapshjem 1\n figure 0627 2016 17 9",       # nobody knows of the year before
])
def test_children_the_homes_explain_are_innocent(found, text):
    assert found("VR13", text) == []


@pytest.mark.parametrize(("text", "told", "least"), [
    (homes(0, 3, 2, 4, 10), "3", "4"),
    (homes(6, 8, 1, 4, 25), "8", "14"),
    (homes(0, 0, 0, 0, 5), "0", "5"),
    (homes("-", "-", 1, "-", 2), "0", "1"),
    (homes(1, 2, 0, 3, 60), "2", "56"),
    (homes(4, 3, 0, 4, 12, unit="2012", year=2017), "3", "4"),
    (homes(2, 0, 2, 6, 11, unit="0729"), "0", "1"),
])
def test_more_children_than_the_homes_explain_is_worth_knowing(found, text, told, least):
    (finding,) = found("VR13", text)
    assert (finding.level, finding.found, finding.expected) == ("informasjon", told, f"minst {least}")
    assert (finding.sheet, finding.cell) == ("Kjøp fra Bufetat", "D2")


def test_the_text_of_emergency_homes_counts_them_up(found):
    (finding,) = found("VR13", homes(0, 3, 2, 4, 10))
    for words in ("Røyken, 2018", "KOSTRA har 10 barn", "nøkkeltall 17", "høyst 9", "3 kjøpt av Bufetat", "celle D2",
                  "0 kjøpt året før", "2 kommunale", "4 akuttplasseringer", "forklaringsfeltet"):
        assert words in finding.message


# VR14: state institutions

def stays(first, second, third, children, *, unit="0729", year=2015, measure="institusjon", more=""):
    days = "\n".join(f"bufetat {unit} {year}-T{number} oppholdsdager {value} {measure}"
                     for number, value in enumerate((first, second, third), 1))
    return f"{days}\n figure {unit} {year} 15 {children}\n {more}"


@pytest.mark.parametrize("text", [
    stays(30, 10, 9, 7),                                                # a week a child
    stays(310, 322, 335, 8),
    stays("-", "-", "-", "-"),
    stays(8, 12, 21, ":"), stays(8, "..", 21, 7),
    "bufetat 0729 2015-T1 oppholdsdager 8 institusjon\n figure 0729 2015 15 7",           # a third of the year
    stays(8, 12, 21, 7, measure="fosterhjem", more="bufetat 0729 2015-T1 oppholdsdager 900 akuttinstitusjon"),
    stays(0, 0, 0, 14, year=2018, more="D 0729 2018 kjoep_private_institusjon 7"),
    stays(0, 0, 0, 14, year=2018, more="T 0729 2018-T2 nye_institusjon_egen 5"),
    stays(0, 0, 0, 14, year=2018, more="invoice 0729 2018 institusjon 12 - A1"),
])
def test_days_and_children_that_go_together_or_lived_elsewhere_are_innocent(found, text):
    assert found("VR14", text) == []


@pytest.mark.parametrize(("text", "days", "children"), [
    (stays(8, 12, 21, 7), "41", "7"),                                   # the report's own case
    (stays(30, 10, 8, 7), "48", "7"),
    (stays("-", "-", "-", 4), "0", "4"),
    (stays(900, 900, 900, 7, measure="fosterhjem"), "0", "7"),          # days in other measures do not count
    (stays(8, 12, 21, "-"), "41", "0"),
    (stays(8, 12, 21, "-", year=2018, more="D 0729 2018 kjoep_private_institusjon 7"), "41", "0"),
    (stays(0, 0, 0, 14, year=2018, more="D 0729 2018 kjoep_private_institusjon -"), "0", "14"),
    (stays(0, 0, 0, 14, year=2018, more="D 0729 2017 kjoep_private_institusjon 7"), "0", "14"),
    (stays(3, "-", "-", 5, unit="2012", measure="atferdsinstitusjon"), "3", "5"),
    ("bufetat 0729 2015 oppholdsdager 41 institusjon\n figure 0729 2015 15 7", "41", "7"),
])
def test_children_without_days_and_days_without_children_are_a_warning(found, text, days, children):
    (finding,) = found("VR14", text)
    assert (finding.level, finding.found, finding.expected) == ("advarsel", f"{days} døgn", f"{children} barn")
    assert "bufetat_" in finding.message and "kostra_statistics_" in finding.message


# VR20: days in private foster homes

def private_homes(in_use, bought, stay, *, unit="0729", year=2018, invoiced=None, measure="fosterhjem"):
    """The homes in a data request and a stay, as months and days, in a list of invoices."""
    return (f"D {unit} {year} familiehjem_private {in_use}\n D {unit} {year} kjoep_private_fosterhjem {bought}\n"
            f"invoice {unit} {invoiced or year} {measure} {stay} A1")


@pytest.mark.parametrize("text", [
    private_homes(3, 1, "38 1150"), private_homes(2, "-", "24 730"), private_homes(1, 0, "12 366", year=2016),
    private_homes(0, 8, "72 -", unit="2012"),
    private_homes(2, "..", "38 1150"), private_homes("..", 0, "38 1150"),
    private_homes(2, 0, "38 1150", measure="institusjon"), private_homes(2, 0, "38 1150", year=2017, invoiced=2018),
])
def test_days_that_fit_in_the_homes_are_innocent(found, text):
    assert found("VR20", text) == []


@pytest.mark.parametrize(("text", "homes", "least"), [
    (private_homes(2, 0, "38 1150"), "2", "4"),                         # the report's own case: 1 150 days, 730 at most
    (private_homes(2, "-", "24 731"), "2", "3"),
    (private_homes("-", "-", "1 31"), "0", "1"),
    (private_homes(1, 0, "12 367", year=2016), "1", "2"),
    (private_homes(0, 5, "72 -", unit="2012"), "0", "1"),               # 72 months are 2 190 days: six homes
    (private_homes(1, 1, "36 1095", unit="0627", year=2017), "1", "2"),
    (private_homes(3, 0, "380 11500", unit="2012"), "3", "32"),         # a digit too many
    (private_homes(0, 0, "0.5 -", unit="2012"), "0", "1"),
])
def test_more_days_than_the_homes_have_are_a_warning(found, text, homes, least):
    (finding,) = found("VR20", text)
    assert (finding.level, finding.found, finding.expected) == ("advarsel", homes, f"minst {least}")
    assert (finding.sheet, finding.cell) == ("Fosterhjem", "D1")


def test_the_text_of_days_says_how_many_there_is_room_for(found):
    (finding,) = found("VR20", private_homes(2, 0, "24 700") + "\n invoice 0729 2018 fosterhjem 15 450 B1")
    for words in ("høyst 730 døgn", "1\u00a0150 døgn på 2 avtaler", "supplier_invoices_0729_2018",
                  "avsluttet i løpet av året"):
        assert words in finding.message


# VR21: said not to be bought

@pytest.mark.parametrize("text", [
    "D 0729 2018 kjoep_private_fosterhjem 1\n invoice 0729 2018 fosterhjem 38 1150 A1",    # how many is another rule's
    "D 0729 2018 kjoep_private_fosterhjem ..\n invoice 0729 2018 fosterhjem 38 1150 A1",
    "D 0729 2017 kjoep_private_fosterhjem 0\n invoice 0729 2018 fosterhjem 38 1150 A1",
    "D 0729 2018 kjoep_private_fosterhjem 0\n invoice 0729 2018 institusjon 38 1150 A1",
    "D 2012 2018 kjoep_private_fosterhjem 0\n invoice 0729 2018 fosterhjem 38 1150 A1",
    "D 0729 2018 kjoept_familiehjem 2\n bufetat 0729 2018 kjøp 2 familiehjem",
    "D 0729 2018 kjoept_familiehjem 0\n bufetat 0729 2018 kjøp - familiehjem",
    "D 0729 2018 kjoept_institusjon -\n bufetat 0729 2018 kjøp 4 akuttinstitusjon",
    "D 0729 2018 fosterhjem_bufetat 0\n bufetat 0729 2018 oppholdsdager 600 fosterhjem",      # stays are no purchases
])
def test_a_no_no_list_contradicts_is_innocent(found, text):
    assert found("VR21", text) == []


@pytest.mark.parametrize(("text", "listed"), [
    ("D 0729 2018 kjoep_private_fosterhjem 0\n invoice 0729 2018 fosterhjem 38 1150 A1", "1 fakturalinje"),
    ("D 0729 2018 kjoep_private_fosterhjem -\n invoice 0729 2018 fosterhjem 1 31 A1\n"
     "invoice 0729 2018 fosterhjem 1 28 A1", "2 fakturalinjer"),
    ("D 0729 2018 kjoep_private_institusjon 0\n invoice 0729 2018 institusjon 1 31 A1", "1 fakturalinje"),
    ("D 0729 2018 kjoep_private_besoekshjem 0\n invoice 0729 2018 besøkshjem 1 4 A1", "1 fakturalinje"),
    ("D 0729 2018 fosterhjem_bufetat 0\n bufetat 0729 2018 kjøp 2 familiehjem", "2 kjøp"),   # the report's own case
    ("D 0729 2018 fosterhjem_bufetat 0\n bufetat 0729 2018 kjøp 2 familiehjem\n"
     "bufetat 0729 2018 kjøp 3 fosterhjem", "5 kjøp"),
    ("D 0729 2018 kjoept_atferd 0\n bufetat 0729 2018 kjøp 3 atferdsinstitusjon", "3 kjøp"),
    ("D 0729 2018 kjoept_senter -\n bufetat 0729 2018 kjøp 1 senter_foreldre_barn", "1 kjøp"),
    ("D 0729 2018 kjoept_institusjon 0\n bufetat 0729 2018 kjøp 5 annen_institusjon", "5 kjøp"),
])
def test_a_no_a_list_contradicts_is_worth_knowing(found, text, listed):
    (finding,) = found("VR21", text)
    assert (finding.level, finding.found, finding.expected, finding.cell) == ("informasjon", "0", listed, "D1")


def test_the_text_of_a_no_names_the_list_and_the_measure(found):
    (finding,) = found("VR21", "D 0729 2018 fosterhjem_bufetat 0\n bufetat 0729 2018 kjøp 2 familiehjem")
    for words in ("celle D1 i arket «Rekruttering»", "2 kjøp av statlig familiehjem for 2018",
                  "bufetat_0729_2018, fra linje 2",
                  "avtaler fra før"):
        assert words in finding.message
    assert finding.indicators == ("C2-04",)
