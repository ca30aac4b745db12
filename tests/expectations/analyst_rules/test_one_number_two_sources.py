"""AN01, AN02 and AN09: a number that another number must be equal to."""

import pytest


def tertials(field, values, unit="2012", year="2018"):
    return "\n".join(f"T {unit} {year}-T{number} {field} {value}" for number, value in enumerate(values.split(), 1))


def against_kostra(values, counted, field="meldinger", code="01", **where):
    return f"{tertials(field, values, **where)}\nfigure {where.get('unit', '2012')} {where.get('year', '2018')} {code} {counted}"


def against_the_form(values, field, **bought):
    return "\n".join((tertials(field, values), *(f"D 2012 2018 {name} {value}" for name, value in bought.items())))


# AN01

@pytest.mark.parametrize("text", [
    against_kostra("156 119 169", "444"),
    against_kostra("92 71 100", "263", "undersoekelser", "05N"),
    against_kostra("53 40 57", "150", "undersoekelser_innen_frist", "05T"),
    against_kostra("156 119", "444"),                     # the year lacks a report
    against_kostra("156 .. 169", "444"),                  # or a number
    against_kostra("156 119 169", ".."),
    against_kostra("125", "353", year="2016"),            # of 2016 only the last tertial is asked for
    against_kostra("156 119 169", "263", code="05N"),     # another key figure
    tertials("meldinger", "156 119 169"),
    against_the_form("6 5 7", "kjoep_private", kjoep_private_fosterhjem=8, kjoep_private_besoekshjem=3,
                     kjoep_private_institusjon=7),
    against_the_form("6 5 7", "kjoep_private", kjoep_private_fosterhjem=11, kjoep_private_besoekshjem=".",
                     kjoep_private_institusjon=7),        # a kind that does not apply is nothing
    against_the_form("6 5 7", "kjoep_private", kjoep_private_fosterhjem=8, kjoep_private_besoekshjem="..",
                     kjoep_private_institusjon=7),        # a kind that is not reported may be anything
    against_the_form("1 - 1", "medvirkningstiltak", medvirkningstiltak=2),
])
def test_tertials_that_make_the_years_number_or_cannot_be_compared_are_innocent(found, text):
    assert found("AN01", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (against_kostra("156 119 169", "434"), ("advarsel", "444", "434")),
    (against_kostra("156 119 169", "440"), ("informasjon", "444", "440")),      # 2 per cent of 444 is 8.9
    (against_kostra("156 119 169", "453"), ("informasjon", "444", "453")),      # of 453, 9.1
    (against_kostra("156 119 169", "454"), ("advarsel", "444", "454")),
    (against_kostra("5 5 5", "17"), ("informasjon", "15", "17")),               # two are fine however few there are
    (against_kostra("5 5 5", "18"), ("advarsel", "15", "18")),
    (against_kostra("92 71 100", "150", "undersoekelser", "05N"), ("advarsel", "263", "150")),
    (against_kostra("53 40 57", "263", "undersoekelser_innen_frist", "05T", unit="0729"), ("advarsel", "150", "263")),
    (against_the_form("6 5 7", "kjoep_private", kjoep_private_fosterhjem=8, kjoep_private_besoekshjem=3,
                      kjoep_private_institusjon=3), ("advarsel", "18", "14")),
    (against_the_form("2 2 2", "kjoep_bufetat", kjoept_institusjon=1, kjoept_mst=1, kjoept_atferd=3),
     ("informasjon", "6", "5")),
    (against_the_form("1 - 4", "medvirkningstiltak", medvirkningstiltak=2), ("advarsel", "5", "2")),
])
def test_tertials_that_make_another_number_are_graded_by_how_far(found, text, told):
    (finding,) = found("AN01", text)
    assert (finding.level, finding.found, finding.expected) == told


def test_both_places_and_the_tertial_a_slip_explains_are_told(found):
    (finding,) = found("AN01", against_kostra("156 191 169", "444"))
    assert finding.message == (
        "Alta, 2018: tertialrapportene har til sammen 516 i celle D3 i arket «B Forebygging» (Meldinger i alt; 156 i T1 celle "
        "D1, 191 i T2 celle D2, 169 i T3 celle D3), men nøkkeltall 01 (Meldinger i alt) er 444 (value[4] i "
        "kostra_statistics_2012_2018). Forskjellen er 72. Mulig grunn: sifrene 9 og 1 har byttet plass. Med 119 i andre tertial "
        "2018 stemmer summen. Rett det tallet som er feil, eller skriv i forklaringsfeltet hva de to teller ulikt.")
    assert (finding.sheet, finding.cell, finding.source) == ("B Forebygging", "D3", "tertial_reports")


def test_reports_that_count_from_january_are_told_so(found):
    (finding,) = found("AN01", against_kostra("156 275 444", "444"))
    assert "ser ut til å telle fra 1. januar" in finding.message
    (finding,) = found("AN01", against_kostra("6 7 9", "9"))
    assert "1. januar" not in finding.message


# AN02

@pytest.mark.parametrize("text", [
    "T 2012 2018-T3 aarsverk_barnevern 24\nD 2012 2018 aarsverk 24",
    "T 2012 2018-T1 aarsverk_barnevern 22\nT 2012 2018-T3 aarsverk_barnevern 24\nD 2012 2018 aarsverk 24",
    "T 2012 2019-T1 aarsverk_barnevern 25\nD 2012 2019 aarsverk 25",
    "T 2012 2018-T2 aarsverk_barnevern 22\nD 2012 2018 aarsverk 24",       # the year's last report is not here
    "T 2012 2017-T3 aarsverk_barnevern 22\nD 2012 2018 aarsverk 24",
    "T 2012 2018-T3 aarsverk_barnevern ..\nD 2012 2018 aarsverk 24",
    "D 2012 2018 fosterhjem_private 8\nD 2012 2018 kjoep_private_fosterhjem 8",
    "D 2012 2018 fosterhjem_private ..\nD 2012 2018 kjoep_private_fosterhjem 8",
    "D 2012 2018 kjoept_atferd 3\nbufetat 2012 2018 kjøp 3 measure=atferdsinstitusjon",
    "D 2012 2018 kjoept_atferd 3\nbufetat 2012 2018 kjøp 2 measure=akuttinstitusjon",
    "D 2012 2018 kjoept_atferd 3\nbufetat 0729 2018 kjøp 2 measure=atferdsinstitusjon",
    "D 2012 2018 kjoept_mst 3",
])
def test_a_number_that_is_the_same_or_stands_alone_is_innocent(found, text):
    assert found("AN02", text) == []


@pytest.mark.parametrize(("text", "told"), [
    ("T 2012 2018-T3 aarsverk_barnevern 24\nD 2012 2018 aarsverk 42", ("42", "24")),
    ("T 2012 2018-T3 aarsverk_barnevern 37.8\nD 2012 2018 aarsverk 37.9", ("37,9", "37,8")),
    ("T 2012 2018-T1 aarsverk_barnevern 24\nT 2012 2018-T3 aarsverk_barnevern 22\nD 2012 2018 aarsverk 24", ("24", "22")),
    ("T 2012 2019-T1 aarsverk_barnevern 25\nD 2012 2019 aarsverk 24", ("24", "25")),
    ("D 2012 2018 fosterhjem_private 8\nD 2012 2018 kjoep_private_fosterhjem 3", ("8", "3")),
    ("D 2012 2018 fosterhjem_private -\nD 2012 2018 kjoep_private_fosterhjem 1", ("0", "1")),
    ("D 0729 2018 kjoept_institusjon 4\nbufetat 0729 2018 kjøp 5 measure=annen_institusjon", ("4", "5")),
    ("D 0729 2018 kjoept_senter 3\nbufetat 0729 2018 kjøp 1 measure=senter_foreldre_barn", ("3", "1")),
    ("D 0729 2018 kjoept_familiehjem 3\nbufetat 0729 2018 kjøp 2 measure=familiehjem", ("3", "2")),
    ("D 2012 2018 kjoept_akuttinstitusjon 1\nbufetat 2012 2018 kjøp 2 measure=akuttinstitusjon", ("1", "2")),
])
def test_a_number_that_differs_from_itself_is_a_finding_with_both(found, text, told):
    (finding,) = found("AN02", text)
    assert (finding.level, finding.found, finding.expected, finding.source) == ("advarsel", *told, "data_requests")


def test_where_the_other_number_stands_and_the_likely_slip_are_told(found):
    (finding,) = found("AN02", "T 2012 2018-T3 aarsverk_barnevern 24\nD 2012 2018 aarsverk 42")
    for words in ("fant 42 i celle D2 i arket «Ansatte»", "tertialrapporten for 2018-T3 har 24", "A Kompetanse, celle D1",
                  "forskjellen er 18", "har byttet plass"):
        assert words in finding.message


# AN09

def co_payments(*numbers, unit="2012", measure=""):
    periods = ("2018-T1", "2018-T2", "2018-T3", "2018")
    return "\n".join(f"bufetat {unit} {period} egenandel {number} {measure}" for period, number in zip(periods, numbers, strict=True))


@pytest.mark.parametrize("text", [
    co_payments(3437, 1460, 1213, 6110),
    co_payments(3437, 1460, 1213, 6112),                  # half a thousand kroner in each of four numbers
    co_payments(3437, 1460, "...", 6110),
    co_payments(3437, 1460, 1213, "..."),
    co_payments(12535, 7675, 8830, 29040, unit="R-SOR"),
    "bufetat 2012 2018-T1 egenandel 3437\nbufetat 2012 2018 egenandel 6110",
    "\n".join((co_payments(3437, 1460, 1213, 6110), co_payments(10, 20, 30, 60, measure="measure=institusjon"))),
])
def test_a_year_that_is_its_tertials_is_innocent(found, text):
    assert found("AN09", text) == []


@pytest.mark.parametrize(("text", "told", "lines"), [
    (co_payments(3437, 1460, 1213, 6113), ("6\u00a0113", "6\u00a0110"), (4, 1, 2, 3)),
    (co_payments(3437, 1640, 1213, 6110), ("6\u00a0110", "6\u00a0290"), (4, 1, 2, 3)),
    (co_payments(3437, 1460, 1213, 61100), ("61\u00a0100", "6\u00a0110"), (4, 1, 2, 3)),
    (co_payments(3437, 4897, 6110, 6110), ("6\u00a0110", "14\u00a0444"), (4, 1, 2, 3)),
    (co_payments(10, 20, 30, 65, measure="measure=institusjon"), ("65", "60"), (4, 1, 2, 3)),
    (co_payments(12535, 7675, 8830, 29400, unit="R-SOR"), ("29\u00a0400", "29\u00a0040"), (4, 1, 2, 3)),
])
def test_a_year_that_is_not_its_tertials_is_a_finding(found, text, told, lines):
    (finding,) = found("AN09", text)
    assert (finding.level, finding.found, finding.expected, finding.line_numbers) == ("feil", *told, lines)


@pytest.mark.parametrize(("text", "words"), [
    (co_payments(3437, 1640, 1213, 6110), "Med 1\u00a0460 i andre tertial 2018 stemmer summen"),
    (co_payments(3437, 1460, 1213, 61100), "10 ganger"),
    (co_payments(12535, 7675, 8830, 29400, unit="R-SOR"), "sifrene 4 og 0 har byttet plass"),
])
def test_the_slip_in_the_year_or_in_a_tertial_is_named(found, text, words):
    (finding,) = found("AN09", text)
    assert words in finding.message
