"""VR29: function 285 holds the price part of an invoice and nothing that is outside the trial."""

import pytest

INVOICE = "invoice 2012 2018 institusjon A1 200000 paid=70320 supplier=900000001"


@pytest.mark.parametrize("text", [
    f"{INVOICE}\nledger 2012 2018 285 370 129680 invoice=A1 supplier=900000001",
    f"{INVOICE}\nledger 2012 2018 285 370 129681 invoice=A1 supplier=900000001",                # ±1 krone
    f"{INVOICE}\nledger 2012 2018 285 370 129679 invoice=A1 supplier=900000001",
    f"{INVOICE}\nledger 2012 2018 285 370 129680 invoice=A1",                           # the ledger names no supplier
    f"{INVOICE}\n{INVOICE}\nledger 2012 2018 285 370 259362 invoice=A1 supplier=900000001",     # two stays, a krone each
    f"{INVOICE}\nledger 2012 2018 285 370 900000 invoice=A2 supplier=900000001",                # not in the list: VR10's
    f"{INVOICE}\nledger 2012 2018 285 370 900000 invoice=A1 supplier=900000002",                # another supplier's number
    f"{INVOICE}\nledger 2012 2018 285 370 200000 invoice=A1 project=28590 supplier=900000001",  # not the trial's
    f"{INVOICE}\n{INVOICE.replace('900000001', '900000002')}\nledger 2012 2018 285 370 129680 invoice=A1 "
    "supplier=900000001\nledger 2012 2018 285 370 129680 invoice=A1 supplier=900000002",   # two suppliers' own A1
    f"{INVOICE}\nledger 2012 2018 252 370 70320 invoice=A1 supplier=900000001",                 # 285 is VR23's to miss
    f"{INVOICE} posted=2019\nledger 2012 2018 285 370 50000 invoice=A1 supplier=900000001",     # the rest is in a ledger to come
    f"{INVOICE} posted=2019\nledger 2012 2018 285 370 50000 invoice=A1 supplier=900000001\n"
    "ledger 2012 2019 285 370 79680 invoice=A1 supplier=900000001",
    "invoice 2012 2018 senter_foreldre_barn A1 200000\nledger 2012 2018 285 370 150000 invoice=A1",   # no rate is known
    "ledger 2012 2018 252 010 900 area=EM\nledger 2012 2018 285 010 900 area=EM project=28590",
    f"{INVOICE.replace('2018', '2016')}\nledger 2012 2016 285 370 200000 invoice=A1 supplier=900000001",      # practice was not settled
    "bufetat 2012 2018 kjøp 3 measure=atferdsinstitusjon\nledger 2012 2018 252 300 5600\nledger 2012 2018 285 300 900",
    "bufetat 2012 2018 kjøp 3 measure=atferdsinstitusjon\nledger 2012 2018 285 010 900",
    "bufetat 2012 2018 kjøp 3 measure=akuttinstitusjon\nledger 2012 2018 285 300 900",
    "bufetat 2012 2017 kjøp 3 measure=atferdsinstitusjon\nledger 2012 2018 285 300 900",
])
def test_a_price_part_is_innocent_and_so_is_what_is_not_the_trials(places, text):
    assert places("VR29", text) == []


@pytest.mark.parametrize(("text", "booked", "expected"), [
    (f"{INVOICE}\nledger 2012 2018 285 370 200000 invoice=A1 supplier=900000001", "200 000", "129 680"),      # the whole invoice
    (f"{INVOICE}\nledger 2012 2018 285 370 129682 invoice=A1 supplier=900000001", "129 682", "129 680"),
    (f"{INVOICE}\nledger 2012 2018 285 370 129678 invoice=A1 supplier=900000001", "129 678", "129 680"),
    (f"{INVOICE}\nledger 2012 2018 285 370 70320 invoice=A1 supplier=900000001", "70 320", "129 680"),        # the parts swapped
    (f"{INVOICE}\nledger 2012 2018 285 370 192680 invoice=A1", "192 680", "129 680"),                 # digits swapped
    (f"{INVOICE}\n{INVOICE}\nledger 2012 2018 285 370 129680 invoice=A1 supplier=900000001", "129 680", "259 360"),
    (f"{INVOICE}\nledger 2012 2018 285 370 129680 invoice=A1 supplier=900000001\n"
     "ledger 2012 2018 285 370 50 invoice=A1 supplier=900000001", "129 730", "129 680"),
    (f"{INVOICE} posted=2019\nledger 2012 2018 285 370 200000 invoice=A1 supplier=900000001", "200 000", "129 680"),
    (f"{INVOICE} posted=2019\nledger 2012 2018 285 370 50000 invoice=A1 supplier=900000001\n"
     "ledger 2012 2019 285 370 50000 invoice=A1 supplier=900000001", "100 000", "129 680"),
    ("invoice 2012 2018 institusjon A1 200000 rate=70320\nledger 2012 2018 285 370 200000 invoice=A1", "200 000", "129 680"),
    ("ledger 2012 2018 285 010 900 area=EM", "900", "0"),
    ("ledger 2012 2018 285 010 900 area=EM\nledger 2012 2018 285 470 100 area=EM", "1 000", "0"),
    ("bufetat 2012 2018 kjøp 3 measure=atferdsinstitusjon\nledger 2012 2018 285 300 900", "900", "0"),
    ("bufetat 2012 2018 kjøp 3 measure=atferdsinstitusjon\nledger 2012 2018 285 300 900\nledger 2012 2018 252 370 5000",
     "900", "0"),
    ("bufetat 2012 2018 kjøp 1 measure=atferdsinstitusjon\nledger 2012 2018 285 300 900\nledger 2012 2018 285 300 300",
     "1 200", "0"),
    (f"{INVOICE.replace('2018', '2017')}\nledger 2012 2017 285 370 200000 invoice=A1 supplier=900000001", "200 000", "129 680"),
])
def test_more_or_less_than_the_price_part_and_what_is_outside_the_trial_is_a_fault(places, text, booked, expected):
    ((level, unit, _, found, wanted),) = places("VR29", text)
    assert (level, unit, found, wanted) == ("feil", "2012", f"{booked} kroner", f"{expected} kroner")


def test_one_finding_for_a_year_names_the_invoice_furthest_off(found):
    (finding,) = found("VR29", f"{INVOICE}\n{INVOICE.replace('A1', 'A2')}\n{INVOICE.replace('A1', 'A3')}\n"
                               "ledger 2012 2018 285 370 129780 invoice=A1\nledger 2012 2018 285 370 200000 invoice=A2\n"
                               "ledger 2012 2018 285 370 129680 invoice=A3")
    for words in ("Alta, 2018", "for 2 fakturaer", "linje 4 og 5", "ledger_2012_2018.csv", "329\u00a0780 kroner",
                  "259\u00a0360 kroner", "faktura A2: 200\u00a0000 kroner", "er 129\u00a0680 kroner"):
        assert words in finding.message
    assert (finding.source, finding.line_numbers, finding.cell) == ("ledger", (4, 5), "prisdel på funksjon 285")


def test_each_way_to_break_the_rule_is_a_finding_of_its_own_that_says_what_to_do(found):
    behaviour, area = found("VR29", "bufetat 2012 2018 kjøp 3 measure=atferdsinstitusjon\nledger 2012 2018 285 300 900\n"
                                    "ledger 2012 2018 285 010 80 area=EM")[::-1]
    assert "3 plasser for atferd" in behaviour.message and "funksjon 252" in behaviour.message
    assert "merket med et eget område" in area.message and behaviour.finding_id != area.finding_id
