"""AN03–AN06: what a report, the accounts and a list of invoices say, against the ledger."""

import pytest

# The ledger's year: 100 by 30 April, 250 by 31 August, 400 in all (thousand kroner); 244 has 160 of it and 252 has 240.
BOOKED = """
    trial 2012 2018-03-20 244 40
    trial 2012 2018-04-20 252 60
    trial 2012 2018-08-20 244 50
    trial 2012 2018-08-20 252 100
    trial 2012 2018-12-20 244 70
    trial 2012 2018-12-20 252 80
"""


def told(tertial, total, **parts):
    return "\n".join((f"T 2012 2018-T{tertial} forsoek_i_alt {total}",
                      *(f"T 2012 2018-T{tertial} forsoek_{purpose.lstrip('f')} {value}" for purpose, value in parts.items())))


# AN03

@pytest.mark.parametrize("text", [
    told(3, 400, f244=160, f252=240),
    told(3, 401),                                         # rounding
    told(3, 413), told(3, 400_000), told(3, 150),         # more than 3 per cent: VR18 says so
    told(3, 400, f244=150, f252=240),                     # the parts do not make the total: VR05 says so
    told(3, "..", f244=160, f252=240),
    told(1, 100), told(1, 60), told(1, 190),              # vouchers come late: within a factor of two
    told(2, 250), told(2, 130),
    told(1, 100) + "\n" + told(2, 90),                    # it falls within the year: AN04 says so
    "account 2012 2018 285 010 300\n" + told(3, 405),    # the ledger is not as the accounts: FE285 says so
    "account 2012 2018 285 010 300\n" + told(1, 201),
    "T 0729 2018-T3 forsoek_i_alt 900",                   # the ledger of the unit is not here
    "T 2012 2017-T3 forsoek_i_alt 900",                   # nor of the year
])
def test_a_report_that_tells_what_the_ledger_holds_is_innocent(found, text):
    assert found("AN03", BOOKED + text) == []


@pytest.mark.parametrize(("text", "level", "values"), [
    (told(3, 402), "informasjon", ("402", "400")),        # half a per cent
    (told(3, 412), "informasjon", ("412", "400")),        # 12 of 412 are 2.9 per cent
    (told(3, 388), "informasjon", ("388", "400")),        # 12 of 400 are 3.0
    (told(1, 100_000), "advarsel", ("100\u00a0000", "100")),
    (told(3, 400, f244=240, f252=160), "advarsel", ("240 og 160", "160 og 240")),
    (told(3, 400, f244=160, f251=240), "advarsel", ("240", "0")),
    (told(1, 201), "advarsel", ("201", "100")),
    ("account 2012 2018 285 010 400\n" + told(1, 201), "advarsel", ("201", "100")),
    (told(1, 49), "advarsel", ("49", "100")),
    (told(2, 120), "advarsel", ("120", "250")),
    (told(1, -100), "advarsel", ("\u2212100", "100")),
])
def test_a_report_that_tells_another_amount_is_graded_by_how_far(found, text, level, values):
    (finding,) = found("AN03", BOOKED + text)
    assert (finding.level, finding.found, finding.expected) == (level, *values)


@pytest.mark.parametrize(("text", "words"), [
    (told(2, 250_000), "kroner mot tusen kroner"),
    (told(1, 1_000), "et siffer for mye"),
    (told(3, 408), "bare ett siffer er ulikt, 8 mot 0"),
    (BOOKED.replace("trial 2012 2018-04-20 252 60", "trial 2012 2018-04-20 252 160") + told(2, 155),
     "Bilagene i tertialet alene er 150: beløpet ser ut til å gjelde bare tertialet"),
    (told(2, 120), ""),                                   # a fifth from the tertial's own 150: nothing is suggested
    (told(3, 400, f244=240, f252=160), "De to ser ut til å ha byttet plass."),
])
def test_the_reason_is_named_where_there_is_one(found, text, words):
    (finding,) = found("AN03", text if "trial" in text else BOOKED + text)
    assert words in finding.message
    assert words or "ser ut til" not in finding.message and "Mulig grunn" not in finding.message


def test_the_report_the_ledger_and_the_difference_are_told(found):
    (finding,) = found("AN03", BOOKED + told(3, 411))
    assert finding.message == (
        "Fant 411 tusen kroner i celle D7 i arket «G Økonomi» (Ført på forsøket så langt i år) for tredje tertial 2018. Hovedboken "
        "har 400 tusen kroner netto på funksjon 285 med forsøkets prosjekt, hele året. Forskjellen er 11, 2,7\u00a0% av det største. "
        "Rett beløpet i rapporten eller linjene i hovedboken, eller forklar avviket i forklaringsfeltet.")


# AN04

@pytest.mark.parametrize("text", [
    told(1, 100) + "\n" + told(2, 250) + "\n" + told(3, 400),
    told(1, 100) + "\n" + told(2, 100),
    told(3, 400) + "\nT 2012 2019-T1 forsoek_i_alt 90",   # a new year begins at nought
    "T 2012 2018-T1 forsoek_244 90\nT 2012 2018-T2 forsoek_244 80",   # moved to another purpose
    "T 2012 2018-T1 forsoek_prognose 90\nT 2012 2018-T2 forsoek_prognose 80",
    told(1, 100) + "\n" + told(2, ".."),
    "T 2012 2018-T1 forsoek_i_alt 90\nT 0729 2018-T2 forsoek_i_alt 80",
    "T 2012 2018-T1 avsatt_til_fond -\nT 2012 2018-T3 avsatt_til_fond 4900",
])
def test_an_amount_that_grows_or_stands_still_within_the_year_is_innocent(found, text):
    assert found("AN04", text) == []


@pytest.mark.parametrize(("text", "values"), [
    (told(1, 100) + "\n" + told(2, 90), ("90", "minst 100")),
    (told(1, 100) + "\n" + told(2, 250) + "\n" + told(3, 150), ("150", "minst 250")),
    (told(1, 100) + "\n" + told(3, 10), ("10", "minst 100")),         # the report between is missing
    (told(1, 100) + "\n" + told(2, "-"), ("0", "minst 100")),
    ("T 0729 2018-T2 avsatt_til_fond 4900\nT 0729 2018-T3 avsatt_til_fond 4090", ("4\u00a0090", "minst 4\u00a0900")),
    ("T 0627 2017-T2 forsoek_utenfor 1200\nT 0627 2017-T3 forsoek_utenfor 1100", ("1\u00a0100", "minst 1\u00a0200")),
])
def test_an_amount_that_falls_within_the_year_is_a_finding(found, text, values):
    (finding,) = found("AN04", text)
    assert (finding.level, finding.found, finding.expected) == ("advarsel", *values)


def test_a_tertials_own_amount_is_told_to_be_asked_for_from_january(found):
    (finding,) = found("AN04", told(1, 100) + "\n" + told(2, 90))
    for words in ("Fant 90 tusen kroner i celle D2", "første tertial 2018 hadde 100 (celle D1)", "teller fra 1. januar",
                  "skriv summen hittil i år"):
        assert words in finding.message


# AN05

def both(function, species, thousand):
    return f"account 2012 2018 {function} {species} {thousand}\nledger 2012 2018 {function} {species} {thousand}000\n"


SAME = both("285", "010", 900) + both("285", "370", 400) + both("252", "370", 300) + both("251", "300", 200)


@pytest.mark.parametrize("text", [
    SAME,
    SAME + "account 2012 2018 285 020 12\nledger 2012 2018 285 020 11400",        # rounding
    SAME + "account 2012 2018 252 010 5000",              # the ledger does not hold wages on 252
    SAME + "ledger 2012 2018 252 010 5000000",
    SAME + "account 2012 2018 285 020 7",                 # the net of 285 differs: FE285 says so
    "ledger 2012 2018 252 370 300000",                    # the accounts of the year are not here
    "account 2012 2018 252 370 300",
    SAME + "account 0729 2018 252 370 5",
])
def test_accounts_and_ledger_that_agree_or_cannot_be_compared_are_innocent(found, text):
    assert found("AN05", text) == []


@pytest.mark.parametrize(("text", "values"), [
    (both("285", "010", 900) + "account 2012 2018 252 370 300\nledger 2012 2018 252 370 310000", ("310", "300")),
    (both("285", "010", 900) + "account 2012 2018 252 370 300\nledger 2012 2018 251 370 300000", ("300", "0")),
    (both("285", "010", 900) + "account 2012 2018 285 300 50\nledger 2012 2018 285 370 50000", ("0", "50")),
    (both("285", "010", 900) + "account 2012 2018 252 370 300\nledger 2012 2018 252 370 30000", ("30", "300")),
    (both("252", "370", 900) + "ledger 2012 2018 244 370 40000", ("40", "0")),
    (both("252", "370", 900) + "account 2012 2018 252 550 1300", ("0", "1\u00a0300")),
])
def test_a_posting_on_another_function_or_species_is_a_finding(found, text, values):
    (finding,) = found("AN05", text)
    assert (finding.level, finding.found, finding.expected, finding.unit_code) == ("advarsel", *values, "2012")


@pytest.mark.parametrize(("text", "words"), [
    ("account 2012 2018 252 370 300\nledger 2012 2018 251 370 300000\n",
     "300 tusen kroner er ført på funksjon 251, art 370 i hovedboken, men på funksjon 252, art 370 i regnskapet"),
    ("account 2012 2018 252 370 300\nledger 2012 2018 252 370 30000\n", "et siffer for mye eller for lite"),
    ("account 2012 2018 252 370 300\nledger 2012 2018 252 370 310000\n", "funksjon 252, art 370: 300 i regnskapet og 310 i"),
])
def test_where_it_was_posted_and_where_it_belongs_are_told(found, text, words):
    (finding,) = found("AN05", both("285", "010", 900) + text)
    assert words in finding.message


# AN06

LISTED = "invoice 2012 2018 institusjon A1 240000 paid=70320 rate=70320\n"
PAIR = "ledger 2012 2018 252 370 70320 invoice=A1\nledger 2012 2018 285 370 169680 invoice=A1\n"


@pytest.mark.parametrize("text", [
    LISTED + PAIR,
    LISTED.replace("240000", "240001") + PAIR,            # a krone a stay
    LISTED + "ledger 2012 2018 252 370 70320 invoice=A1\n",                                      # VR23's
    LISTED + PAIR.replace("70320", "60320"),              # VR22's: and the whole is 10 000 too little because of it
    LISTED,
    PAIR,
    LISTED.replace("paid", "posted=2019 paid") + PAIR,    # the ledger of 2019 is not here: the rest may stand in it
    "invoice 2012 2018 besøkshjem A1 9000\nledger 2012 2018 252 370 8000 invoice=A1",            # not split
    LISTED.replace("rate", "supplier=361245806 rate") + PAIR.replace("=A1", "=A1 supplier=372518405").replace("169680", "5"),
    LISTED + PAIR + "ledger 2012 2018 252 370 5 invoice=A1 area=EM",
])
def test_an_invoice_booked_with_its_amount_or_judged_elsewhere_is_innocent(found, text):
    assert found("AN06", text) == []


@pytest.mark.parametrize(("text", "values"), [
    (LISTED.replace("240000", "204000") + PAIR, ("204\u00a0000 kroner", "240\u00a0000 kroner")),
    (LISTED + PAIR.replace("169680", "196680"), ("240\u00a0000 kroner", "267\u00a0000 kroner")),
    (LISTED.replace("240000", "2400000") + PAIR, ("2\u00a0400\u00a0000 kroner", "240\u00a0000 kroner")),
    (LISTED.replace("240000", "240002") + PAIR, ("240\u00a0002 kroner", "240\u00a0000 kroner")),
    (LISTED.replace("rate", "supplier=361245806 rate") + PAIR.replace("169680", "5"), ("240\u00a0000 kroner", "70\u00a0325 kroner")),
    (LISTED + PAIR + "ledger 2012 2018 285 370 500 invoice=A1", ("240\u00a0000 kroner", "240\u00a0500 kroner")),
    (LISTED.replace("paid", "posted=2018 paid") + PAIR.replace("285 370 169680", "285 370 1"),
     ("240\u00a0000 kroner", "70\u00a0321 kroner")),
])
def test_an_invoice_booked_with_another_amount_is_found(found, text, values):
    (finding,) = found("AN06", text)
    assert (finding.level, finding.found, finding.expected, finding.line_numbers) == ("feil", *values, (1,))


def test_the_invoices_of_a_year_are_one_finding_that_names_the_furthest_off_first(found):
    (finding,) = found("AN06", LISTED.replace("240000", "204000") + PAIR + "".join(
        part.replace("A1", "A2") for part in (LISTED.replace("240000", "241000"), PAIR)))
    for words in ("2 fakturaer er ført", "faktura A1 (linje 1)", "faktura A2 (linje 4)", "sifrene 0 og 4 har byttet plass",
                  "supplier_invoices_2012_2018"):
        assert words in finding.message
    assert finding.message.index("A1") < finding.message.index("A2") and finding.line_numbers == (1, 4)


# The slip, in the messages of the rules that find the difference

RATES = "rate institusjon 2017 68740\nrate institusjon 2018 70320\n"


@pytest.mark.parametrize(("paid", "words"), [
    ("68740", "Beløpene er måneder ganger satsen for 2017, ikke for 2018."), ("68000", "")])
def test_a_co_payment_at_another_years_rate_names_the_year(found, paid, words):
    (finding,) = found("VR22", RATES + f"invoice 2012 2018 institusjon A1 240000 paid={paid} rate=70320")
    assert words in finding.message and ("satsen for" in finding.message) == bool(words)


def test_only_the_invoices_at_another_years_rate_are_counted_as_such(found):
    (finding,) = found("VR22", RATES + "invoice 2012 2018 institusjon A1 240000 paid=68740 rate=70320\n"
                               "invoice 2012 2018 institusjon A2 240000 paid=5 rate=70320")
    assert "1 av beløpene er måneder ganger satsen for 2017, ikke for 2018." in finding.message


@pytest.mark.parametrize(("rule_id", "text", "words"), [
    ("FE285", "account 2012 2018 285 010 900\nledger 2012 2018 285 010 900", "kroner mot tusen kroner"),
    ("VR05", "T 2012 2018-T1 meldinger 156\nT 2012 2018-T1 meldinger_0_og_ufoedt 8\nT 2012 2018-T1 meldinger_1_5 41\n"
             "T 2012 2018-T1 meldinger_6_12 95\nT 2012 2018-T1 meldinger_13_17 48",
     "sifrene 9 og 5 har byttet plass i celle D4. Med 59 der stemmer summen."),
    ("VR05", "T 2012 2018-T1 meldinger 165\nT 2012 2018-T1 meldinger_0_og_ufoedt 8\nT 2012 2018-T1 meldinger_1_5 41\n"
             "T 2012 2018-T1 meldinger_6_12 59\nT 2012 2018-T1 meldinger_13_17 48", "sifrene 6 og 5 har byttet plass."),
])
def test_a_rule_that_finds_a_difference_names_the_slip_in_it(found, rule_id, text, words):
    (finding,) = found(rule_id, text)
    assert words in finding.message
