"""VR02, VR03 and VR34: what the tertial reports of a year say, against the yearly form and the ledger."""

import pytest


def tertials(field, values, unit="2012", year="2018"):
    return "\n".join(f"T {unit} {year}-T{number} {field} {value}" for number, value in enumerate(values.split(), 1))


def private(values, bought, **where):
    unit, year = where.get("unit", "2012"), where.get("year", "2018")
    return f"{tertials('nye_institusjon_privat', values, unit, year)}\n D {unit} {year} kjoep_private_institusjon {bought}"


@pytest.mark.parametrize("text", [
    private("3 3 3", "9"),
    private("- - -", "-"),
    private("3 4", "9"),                      # a year that lacks a report
    private("3 .. 3", "9"),                   # a tertial without a number
    private("3 3 3", ".."),
    private("9", "7", year="2016"),           # of 2016 only the last tertial is asked for
])
def test_placements_that_equal_purchases_or_cannot_be_compared_are_innocent(found, text):
    assert found("VR02", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (private("3 4 2", "7"), ("7", "9")),
    (private("3 4 2", "10"), ("10", "9")),
    (private("- - 1", "-"), ("0", "1")),
    (private("- - -", "1", unit="0729"), ("1", "0")),
    (private("1 - -", "2", unit="0627"), ("2", "1")),
    (private("3 4 2", "8", year="2017"), ("8", "9")),
])
def test_placements_that_differ_from_purchases_are_a_finding_with_both(found, text, told):
    (finding,) = found("VR02", text)
    assert (finding.found, finding.expected, finding.sheet) == (*told, "Kjøp fra private")


def test_both_places_the_parts_and_the_difference_are_told(found):
    (finding,) = found("VR02", private("3 4 2", "7"))
    assert finding.message == (
        "Fant 7 kjøp av institusjonsplasser fra private i celle D4 i arket «Kjøp fra private», men tertialrapportene for "
        "2018 har 9 nye plasseringer i privat institusjon (3 i T1 celle D1, 4 i T2 celle D2, 2 i T3 celle D3). "
        "Forskjellen er 2. Rett det tallet som er feil, eller skriv i forklaringsfeltet hvorfor de er ulike.")
    assert finding.indicators == ("C6-03", "E3-04")


def state(values, purchases, unit="2012"):
    bought = "\n".join(f"D {unit} 2018 kjoept_{pair.replace('=', ' ')}" for pair in purchases.split())
    return f"{tertials('nye_institusjon_stat', values, unit)}\n {bought}"


@pytest.mark.parametrize("text", [
    state("2 1 -", "institusjon=1 akuttinstitusjon=2"),             # three if none is counted twice
    state("1 1 -", "institusjon=1 akuttinstitusjon=2"),             # two if the institution place is an acute one
    state("2 2 1", "institusjon=5 akuttinstitusjon=3 atferd=1"),    # 5: all four are among the five
    state("3 3 3", "institusjon=5 akuttinstitusjon=3 atferd=1"),    # 9: none of them is
    state("- 5 -", "institusjon=2 akuttinstitusjon=2 atferd=2"),
    state("- - -", "institusjon=- akuttinstitusjon=- atferd=-"),
    state("1 - -", "institusjon=1 beredskapshjem=4 mst=2"),         # other purchases are no institution places
    state("- - -", "institusjon=.. atferd=.."),
    state("- -", "atferd=3"),
])
def test_state_placements_that_equal_purchases_or_cannot_be_compared_are_innocent(found, text):
    assert found("VR03", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (state("- - -", "atferd=3 akuttinstitusjon=2"), ("5", "0")),
    (state("1 1 -", "akuttinstitusjon=4", unit="0729"), ("4", "2")),
    (state("1 1 1", "institusjon=- atferd=-"), ("0", "3")),
    (state("- - 1", "institusjon=2"), ("2", "1")),
    (state("- 3 -", "institusjon=2 akuttinstitusjon=2 atferd=2"), ("mellom 4 og 6", "3")),
    (state("2 2 -", "institusjon=5 akuttinstitusjon=3 atferd=1"), ("mellom 5 og 9", "4")),
    (state("2 4 4", "institusjon=5 akuttinstitusjon=3 atferd=1"), ("mellom 5 og 9", "10")),
    (state("- - -", "institusjon=1 atferd=5"), ("mellom 5 og 6", "0")),
])
def test_state_placements_that_differ_from_purchases_are_a_finding(found, text, told):
    (finding,) = found("VR03", text)
    assert (finding.found, finding.expected) == told
    assert "utenfor forsøket" in finding.message


def test_each_kind_that_was_bought_is_named_with_its_cell(found):
    (finding,) = found("VR03", state("- - -", "institusjon=- atferd=3 akuttinstitusjon=2"))
    assert "3 i celle D5 (Atferdsinstitusjon kjøpt fra Bufetat) og 2 i celle D6 (Akuttinstitusjon" in finding.message
    assert "Institusjonsplasser kjøpt fra Bufetat)" not in finding.message


@pytest.mark.parametrize(("values", "difference"), [("1 1 1", "2"), ("4 4 4", "3")])
def test_an_interval_is_told_with_the_difference_to_its_nearest_end(found, values, difference):
    (finding,) = found("VR03", state(values, "institusjon=5 akuttinstitusjon=3 atferd=1"))
    for words in ("Fant mellom 5 og 9 institusjonsplasser", "også være talt som institusjon",
                  f"Forskjellen fra det nærmeste av de to tallene er {difference}."):
        assert words in finding.message


def test_one_number_is_told_as_one_number(found):
    (finding,) = found("VR03", state("1 1 -", "akuttinstitusjon=4"))
    assert "Fant 4 institusjonsplasser" in finding.message and "Forskjellen er 2. Rett" in finding.message
    assert "mellom" not in finding.message and "nærmeste" not in finding.message


# VR34

@pytest.mark.parametrize("text", [
    "T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 550 1100 trial",
    "T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 550 1100.4 trial",       # rounded to a thousand
    "T 0729 2018-T3 avsatt_til_fond -\n ledger 0729 2018 252 550 1100",
    "T 0729 2018-T3 avsatt_til_fond -\n ledger 0729 2018 285 550 900",                   # not the trial's
    "T 0729 2018-T3 avsatt_til_fond -\n ledger 0729 2018 285 550 900 trial EM",          # of another area
    "T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 550 1100 trial\n ledger 0729 2018 285 550 900\n"
    " ledger 0729 2018 285 550 800 trial EM",
    "T 0729 2018-T3 avsatt_til_fond 1100",                                             # no ledger to look in
    "T 0729 2018-T2 avsatt_til_fond 1100\n ledger 0729 2018 285 010 1 trial",             # the year is not over
])
def test_an_allocation_that_is_booked_or_cannot_be_looked_up_is_innocent(found, text):
    assert found("VR34", text) == []


@pytest.mark.parametrize(("text", "told"), [
    ("T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 010 9 trial", ("1\u00a0100", "0")),
    ("T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 252 550 1100", ("1\u00a0100", "0")),
    ("T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 550 900 trial", ("1\u00a0100", "900")),
    ("T 0729 2018-T3 avsatt_til_fond -\n ledger 0729 2018 285 550 900 trial", ("0", "900")),
    ("T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 550 1100", ("1\u00a0100", "0")),
    ("T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 550 1100 trial EM", ("1\u00a0100", "0")),
    ("T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 285 550 600 trial\n ledger 0729 2018 285 550 500",
     ("1\u00a0100", "600")),
    ("T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2017 285 550 1100 trial\n ledger 0729 2018 285 010 9 trial",
     ("1\u00a0100", "0")),
])
def test_an_allocation_that_is_not_booked_on_285_the_same_year_is_a_finding(found, text, told):
    (finding,) = found("VR34", text)
    assert (finding.found, finding.expected, finding.period) == (*told, "2018-T3")


def test_an_allocation_booked_on_another_function_is_told(found):
    (finding,) = found("VR34", "T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 252 550 1100")
    assert "andre funksjoner har 1\u00a0100 tusen kroner" in finding.message


def test_an_allocation_of_another_area_is_not_told_as_child_welfares(found):
    (finding,) = found("VR34", "T 0729 2018-T3 avsatt_til_fond 1100\n ledger 0729 2018 252 550 1100 EM")
    assert finding.expected == "0" and "andre funksjoner" not in finding.message
