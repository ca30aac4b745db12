"""AN11–AN13: signs, sizes, parts and what is worked out of others. AN16, AN17: marks and invoices in the ledger."""

import pytest

# AN11


@pytest.mark.parametrize("text", [
    "figure 2012 2018 02 0.61", "figure 2012 2018 02 1", "figure 2012 2018 02 -", "figure EKG12 2018 N 12700",
    "figure 2012 2018 02 ..",
    "grant 2012 2018 kompensasjon 25500",
    "bufetat 2012 2018 egenandel 6110", "bufetat R-NORD 2017 budsjettendring -10400",
    "T 2012 2018-T1 ventetid_tiltak 2", "T 2012 2018-T1 avsatt_til_fond -900",
    "invoice 2012 2018 institusjon A1 240000 paid=70320", "invoice 2012 2018 institusjon A1 70320 paid=70320",
    "invoice 2012 2018 institusjon A1 -240000 paid=-70320",        # credited
    "invoice 2012 2018 institusjon A1 240000",
])
def test_a_number_that_can_be_is_innocent(found, text):
    assert found("AN11", text) == []


@pytest.mark.parametrize(("text", "values"), [
    ("figure 2012 2018 02 -0.61", ("\u22120,61", "fra 0 til 1")),
    ("figure EKG13 2017 05 8.9", ("8,9", "fra 0 til 1")),
    ("figure 0627 2014 14 -6", ("\u22126", "minst 0")),
    ("figure 2012 2018 01 -444", ("\u2212444", "minst 0")),
    ("figure EKG12 2018 N -12700", ("\u221212\u00a0700", "minst 0")),
    ("grant 2012 2018 kompensasjon -25500", ("\u221225\u00a0500", "minst 0")),
    ("bufetat 2012 2018 egenandel -6110", ("\u22126\u00a0110", "minst 0")),
    ("bufetat 2012 2018-T1 oppholdsdager -485 measure=institusjon", ("\u2212485", "minst 0")),
    ("T 2012 2018-T1 ventetid_tiltak -2", ("\u22122", "minst 0")),
    ("T 2012 2018-T1 forsoek_budsjett -25450", ("\u221225\u00a0450", "minst 0")),
    ("D 2012 2018 aarsverk -24", ("\u221224", "minst 0")),
    ("invoice 2012 2018 institusjon A1 70320 paid=240000", ("240\u00a0000", "fra 0 til 70320")),
    ("invoice 2012 2018 institusjon A1 240000 paid=-70320", ("\u221270\u00a0320", "fra 0 til 240000")),
    ("invoice 2012 2018 institusjon A1 -240000 paid=70320", ("70\u00a0320", "fra 0 til -240000")),
])
def test_a_number_that_cannot_be_is_a_finding(found, text, values):
    (finding,) = found("AN11", text)
    assert (finding.level, finding.found, finding.expected) == ("feil", *values)


def test_the_invoices_of_a_year_are_one_finding_and_a_form_names_its_cell(found):
    (finding,) = found("AN11", "invoice 2012 2018 institusjon A1 70320 paid=240000\n"
                               "invoice 2012 2018 institusjon A2 70320 paid=250000")
    assert finding.line_numbers == (1, 2) and "ha byttet kolonne" in finding.message
    (finding,) = found("AN11", "T 2012 2018-T1 ventetid_tiltak -2")
    assert (finding.sheet, finding.cell) == ("C Tiltak", "D1")


# AN12

@pytest.mark.parametrize("text", [
    "T 2012 2018-T1 aarsverk_barnevern 22\nT 2012 2018-T1 ansatte_barnevern 24",
    "T 2012 2018-T1 aarsverk_barnevern 24\nT 2012 2018-T1 ansatte_barnevern 24",
    "T 2012 2018-T1 aarsverk_barnevern 26\nT 2012 2018-T2 ansatte_barnevern 24",
    "T 2012 2018-T1 aarsverk_barnevern 26\nT 2012 2018-T1 ansatte_barnevern ..",
    "T 2012 2018-T3 forsoek_i_alt 34900\nT 2012 2018-T3 forsoek_prognose 34900",
    "D 2012 2018 ventetid_nedre 2\nD 2012 2018 ventetid_fosterhjem 2.5\nD 2012 2018 ventetid_oevre 3",
    "D 2012 2018 leverandoerer_institusjon 3\nD 2012 2018 kjoep_private_institusjon 7",
    "D 2012 2018 leverandoerer_institusjon 3\nD 2012 2018 kjoep_private_fosterhjem 1",
    "D 2012 2018 tilfoert_institusjon 12\nD 2012 2018 aarsverk 10",        # another service's positions
    "inspected 2012 2019-04-30 barn_uten_tiltaksplan 27\ninspected 2012 2019-04-30 barn_med_tiltak 270",
    "inspected 2012 2019-04-30 barn_uten_tiltaksplan 27\ninspected 2012 2019-03-12 barn_med_tiltak 2",
    "inspected 2012 2019-04-30 barn_med_tiltak 345\nfigure 2012 2018 07 167\nfigure 2012 2018 08 109",   # 1.25 of 276
    "inspected 2012 2019-04-30 barn_med_tiltak 2700\nfigure 2012 2018 07 167",
    "inspected 2012 2019-04-30 barn_med_tiltak 2700\nfigure 2012 2015 07 167\nfigure 2012 2015 08 109",
])
def test_a_part_within_its_whole_is_innocent(found, text):
    assert found("AN12", text) == []


@pytest.mark.parametrize(("text", "values"), [
    ("T 2012 2018-T1 aarsverk_barnevern 42\nT 2012 2018-T1 ansatte_barnevern 24", ("42", "høyst 24")),
    ("T 2012 2018-T1 kompetanse_barnevern 30\nT 2012 2018-T1 ansatte_barnevern 24", ("30", "høyst 24")),
    ("T 2012 2018-T3 forsoek_i_alt 34900\nT 2012 2018-T3 forsoek_prognose 3490", ("34\u00a0900", "høyst 3\u00a0490")),
    ("D 2012 2018 ventetid_nedre 20\nD 2012 2018 ventetid_fosterhjem 2.5", ("20", "høyst 2,5")),
    ("D 2012 2018 ventetid_fosterhjem 25\nD 2012 2018 ventetid_oevre 3", ("25", "høyst 3")),
    ("D 2012 2018 leverandoerer_institusjon 30\nD 2012 2018 kjoep_private_institusjon 7", ("30", "høyst 7")),
    ("D 2012 2018 leverandoerer_fosterhjem 1\nD 2012 2018 kjoep_private_fosterhjem -", ("1", "høyst 0")),
    ("D 2012 2018 kompetanse_tiltaksteam 10\nD 2012 2018 ansatte_tiltaksteam 9", ("10", "høyst 9")),
    ("D 2012 2018 tilfoert_barnevern 65\nD 2012 2018 aarsverk 25", ("65", "høyst 25")),
    ("inspected 2012 2019-04-30 barn_uten_tiltaksplan 270\ninspected 2012 2019-04-30 barn_med_tiltak 27", ("270", "høyst 27")),
    ("inspected 2012 2019-03-12 ungdom_uten_handlingsplan 8\ninspected 2012 2019-03-12 ungdom_ved_tilsyn 5", ("8", "høyst 5")),
    ("inspected 2012 2019-04-30 barn_med_tiltak 2700\nfigure 2012 2018 07 167\nfigure 2012 2018 08 109", ("2\u00a0700", "høyst 345")),
    ("inspected 2012 2019-04-30 barn_med_tiltak 346\nfigure 2012 2018 07 167\nfigure 2012 2018 08 109", ("346", "høyst 345")),
])
def test_a_part_above_its_whole_is_a_finding(found, text, values):
    (finding,) = found("AN12", text)
    assert (finding.level, finding.found, finding.expected) == ("advarsel", *values)


def test_both_places_and_the_slip_are_told(found):
    (finding,) = found("AN12", "T 2012 2018-T1 aarsverk_barnevern 42\nT 2012 2018-T1 ansatte_barnevern 24")
    for words in ("fant 42 i celle D1 i arket «A Kompetanse» (Årsverk i barneverntjenesten), men bare 24 i celle D2",
                  "forskjellen er 18", "har byttet plass", "forklaringsfeltet"):
        assert words in finding.message


# AN13

def figures(**values):
    return "\n".join(f"figure {'EKG12' if code.startswith('N') else '2012'} 2018 {code.lstrip('k')} {value}"
                     for code, value in values.items())


@pytest.mark.parametrize("text", [
    figures(k01=444, k02T=271, k02=0.61),                 # 0.6104
    figures(k01=444, k04T=440, k04=0.99),                 # 0.9910
    figures(k01=200, k02T=101, k02=0.50), figures(k01=200, k02T=101, k02=0.51),       # 0.505 may be told as either
    figures(k01="..", k02T=271, k02=0.9), figures(k01=444, k02=0.9), figures(k01=0, k02T=0, k02=0.9),
    figures(N=12700, N244=3800, N251=2100, N252=6800), figures(N=12702, N244=3800, N251=2100, N252=6800),
    figures(N=12700, N244=3800, N251=2100),
    figures(k01=444, k04T=440, k04=-0.99),                # AN11's
    figures(k05N=263, k05T=150, k05=0.9),                 # VR46's
])
def test_a_key_figure_that_is_what_its_parts_give_is_innocent(found, text):
    assert found("AN13", text) == []


@pytest.mark.parametrize(("text", "values"), [
    (figures(k01=444, k02T=271, k02=0.16), ("0,16", "0,61")),
    (figures(k01=444, k02T=217, k02=0.61), ("0,61", "0,49")),
    (figures(k01=434, k04T=440, k04=0.99), ("0,99", "1,01")),
    (figures(k01=444, k04T=440, k04=0.89), ("0,89", "0,99")),
    (figures(k01=200, k02T=103, k02=0.50), ("0,50", "0,52")),       # 0.515 as people round it
    (figures(N=16700, N244=3800, N251=2100, N252=6800), ("16\u00a0700", "12\u00a0700")),
    (figures(N=12700, N244=3080, N251=2100, N252=6800), ("12\u00a0700", "11\u00a0980")),
    (figures(N=12703, N244=3800, N251=2100, N252=6800), ("12\u00a0703", "12\u00a0700")),
])
def test_a_key_figure_that_is_not_what_its_parts_give_is_a_finding(found, text, values):
    (finding,) = found("AN13", text)
    assert (finding.level, finding.found, finding.expected) == ("feil", *values)


# AN16

EM = """
    ledger 0729 2017 252 010 7300000 area=EM
    ledger 0729 2017 252 810 -8150000 area=EM
    ledger 0729 2018 252 810 -8150000 area=EM
"""


@pytest.mark.parametrize("text", [
    EM + "ledger 0729 2018 252 010 6100000 area=EM",
    EM,                                                   # no such line this year
    EM + "ledger 0729 2018 252 020 6100000",              # never marked
    EM + "ledger 0729 2017 252 010 900000\nledger 0729 2018 252 010 900000",          # ordinary lines there in both years
    EM + "ledger 2012 2018 252 010 900000",               # another municipality's
    EM + "ledger 0729 2018 285 010 900000",
    EM + "ledger 0729 2018 252 010 6100000 area=EM\nledger 0729 2018 252 010 100000",  # 1.6 per cent
])
def test_lines_marked_as_in_other_years_are_innocent(found, text):
    assert found("AN16", text) == []


@pytest.mark.parametrize(("text", "told", "lines"), [
    (EM + "ledger 0729 2018 252 010 6100000", "6\u00a0100\u00a0000 kroner", (4,)),
    (EM + "ledger 0729 2018 252 010 5500000 area=EM\nledger 0729 2018 252 010 500000", "500\u00a0000 kroner", (5,)),
    (EM.replace("2018 252 810 -8150000 area=EM", "2018 252 810 -8150000"), "\u22128\u00a0150\u00a0000 kroner", (3,)),
    (EM.replace("2017 252 010 7300000 area=EM", "2017 252 010 7300000")
     + "ledger 0729 2018 252 010 6100000 area=EM", "7\u00a0300\u00a0000 kroner", (1,)),
    (EM.replace("2018 252 810 -8150000 area=EM", "2018 252 810 -8150000") + "ledger 0729 2018 252 010 6100000",
     "\u22122\u00a0050\u00a0000 kroner", (3, 4)),
    (EM.replace("0729 2017", "0722 2017") + "ledger 0729 2018 252 010 6100000", "6\u00a0100\u00a0000 kroner", (4,)),
])
def test_lines_that_have_lost_their_mark_are_one_finding_a_year(found, text, told, lines):
    (finding,) = found("AN16", text)
    assert (finding.level, finding.unit_code, finding.found, finding.line_numbers) == ("advarsel", "0729", told, lines)


def test_the_function_the_species_and_the_marked_years_are_told(found):
    (finding,) = found("AN16", EM + "ledger 0729 2018 252 010 6100000")
    assert "funksjon 252, art 010 (6\u00a0100\u00a0000 kroner). I 2017 er alt der merket" in finding.message


# AN17

LISTS = ("invoice 2012 2017 institusjon B1 240000 supplier=361245806\n"
         "invoice 2012 2018 institusjon A1 240000 supplier=361245806\n")


def pair(number, year=2018, supplier="361245806"):
    return "".join(f"ledger 2012 {year} {function} 370 {amount} invoice={number} supplier={supplier}\n"
                   for function, amount in (("252", 70320), ("285", 169680)))


@pytest.mark.parametrize("text", [
    LISTS + pair("A1"),
    LISTS + pair("B1"),                                   # last year's service, posted this year
    LISTS + pair("A2", supplier="372518405"),             # a supplier the list does not know
    LISTS + "ledger 2012 2018 252 370 5 invoice=A2 supplier=361245806",                # not split
    LISTS + pair("A2", year=2016),                        # no list of the year
    pair("A2"),
    LISTS + pair("A2") + pair("A2").replace("370 ", "370 -"),                          # credited
    LISTS.replace(" supplier=361245806", "") + pair("A1"),
])
def test_an_invoice_in_the_list_or_not_to_be_there_is_innocent(found, text):
    assert found("AN17", text) == []


@pytest.mark.parametrize(("text", "level", "told", "lines"), [
    (LISTS + pair("A2"), "advarsel", "240\u00a0000 kroner", (3, 4)),
    (LISTS + pair("A2") + pair("A3"), "advarsel", "480\u00a0000 kroner", (3, 5)),
    (LISTS.replace("2017", "2016") + pair("A2"), "informasjon", "240\u00a0000 kroner", (3,)),
    (LISTS + pair("A1") + pair("A19"), "advarsel", "240\u00a0000 kroner", (5,)),
    (LISTS + pair("A2").replace(" supplier=361245806", ""), "advarsel", "240\u00a0000 kroner", (3,)),
    (LISTS + pair("B2", year=2017), "informasjon", "240\u00a0000 kroner", (3,)),
])
def test_an_invoice_that_is_booked_but_not_listed_is_found(found, text, level, told, lines):
    (finding,) = found("AN17", text)
    assert (finding.level, finding.found, finding.line_numbers[:1]) == (level, told, lines[:1])
    assert "står ikke i fakturalisten" in finding.message
