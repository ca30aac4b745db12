"""Purchases in two places: VR10 private (list and ledger), VR17 from the state (accounts and Bufetat)."""

import pytest

def listed_and_booked(listed, booked, *, year=2018, received="2019-10-01"):
    return f"invoice 2012 {year} institusjon A1 {listed}\nledger 2012 {year} 252 370 {booked}", received


# VR10

@pytest.mark.parametrize(("text", "received"), [
    listed_and_booked(1000000, 1000000),
    listed_and_booked(1000000, 980000),                                  # 2 % of the larger, below
    listed_and_booked(980000, 1000000),                                  # and above
    listed_and_booked(0, 0),
    listed_and_booked(1000000, 1, received="2018-12-31"),                # a list of a year that still runs is a part of it
    ("invoice 2012 2018 institusjon A1 1000000\nledger 2012 2017 252 370 1", "2019-10-01"),   # that year's ledger is not here
    ("ledger 2012 2018 252 370 1000000", "2019-10-01"),                  # no list at all
    ("invoice 2012 2018 institusjon A1 1000\nledger 2012 2018 252 370 400 invoice=A1\n"
     "ledger 2012 2018 251 370 100\nledger 2012 2018 285 370 500 invoice=A1", "2019-10-01"),  # all three functions
    ("invoice 0722 2017 institusjon A1 1000\nledger 0722 2017 252 370 600\nledger 0723 2017 252 370 400", "2019-10-01"),
    ("invoice 2012 2018 institusjon A1 1000\nledger 2012 2018 252 370 1000\nledger 2012 2018 252 370 900 area=EM\n"
     "ledger 2012 2018 285 370 900 project=28590\nledger 2012 2018 252 300 900\nledger 2012 2018 244 370 900",
     "2019-10-01"),                                                      # none of these is a private placement in the trial
])
def test_a_list_the_ledger_agrees_with_is_innocent(places, text, received):
    assert places("VR10", text, received=received) == []


@pytest.mark.parametrize(("text", "level", "listed", "booked"), [
    (listed_and_booked(1000000, 979000)[0], "informasjon", "1,00", "0,98"),
    (listed_and_booked(1000000, 950000)[0], "informasjon", "1,00", "0,95"),        # 5 % is still no more than worth knowing
    (listed_and_booked(1000000, 940000)[0], "advarsel", "1,00", "0,94"),
    (listed_and_booked(940000, 1000000)[0], "advarsel", "0,94", "1,00"),
    (listed_and_booked(25041667, 23000000)[0], "advarsel", "25,04", "23,00"),      # the report's own case
    ("invoice 2012 2018 institusjon A1 1000000\nledger 2012 2018 252 010 1", "advarsel", "1,00", "0,00"),
    ("invoice 2012 2018 institusjon A1 1000000\nledger 2012 2018 285 370 1000000 project=28590", "advarsel", "1,00", "0,00"),
    ("invoice 2012 2018 institusjon A1 1000000\nledger 2012 2018 252 370 1000000 area=EM", "advarsel", "1,00", "0,00"),
    ("invoice 0722 2017 institusjon A1 1000000\nledger 0722 2017 252 370 600000\nledger 0723 2017 252 370 300000",
     "advarsel", "1,00", "0,90"),
    ("invoice 2012 2018 besøkshjem B1 1000000\nledger 2012 2018 252 370 1", "advarsel", "1,00", "0,00"),
])
def test_a_list_the_ledger_does_not_agree_with_is_graded_by_the_share(places, text, level, listed, booked):
    ((found_level, _, _, found, expected),) = places("VR10", text)
    assert (found_level, found, expected) == (
        level, f"{booked} millioner kroner", f"{listed} millioner kroner")


def test_the_message_tells_how_much_is_posted_in_another_year(found):
    (finding,) = found("VR10", "invoice 2012 2018 institusjon A1 1000000\ninvoice 2012 2018 institusjon A2 500000 posted=2019\n"
                               "ledger 2012 2018 252 370 1000000 invoice=A1\nledger 2012 2018 252 370 70320 invoice=A2")
    for words in ("Alta, 2018", "1,50 millioner kroner", "(supplier_invoices_2012_2018.csv)", "1,07 millioner kroner",
                  "28,6\u00a0%", "Av fakturaene er 0,43 millioner kroner ført i et annet år", "forklar periodiseringen"):
        assert words in finding.message
    assert (finding.unit_code, finding.period, finding.source, finding.cell) == (
        "2012", "2018", "supplier_invoices", "private kjøp")


def test_the_message_says_nothing_of_another_year_when_none_is_named(found):
    (finding,) = found("VR10", listed_and_booked(1000000, 900000)[0])
    assert "annet år" not in finding.message


# VR17

def bought_and_invoiced(bought, invoiced, unit="0627", year=2018):
    return f"account {unit} {year} 252 300 {bought}\nbufetat {unit} {year} egenandel {invoiced}"


@pytest.mark.parametrize("text", [
    bought_and_invoiced(23620, 23620),
    bought_and_invoiced(10000, 9500),                                    # 5 % of the larger
    bought_and_invoiced(9500, 10000),
    bought_and_invoiced(0, 0),
    bought_and_invoiced(1000, "..."),
    "account 0627 2018 252 300 1000\nbufetat 0627 2018-T1 egenandel 300",           # a tertial is not the year
    "bufetat 0627 2018 egenandel 300",                                              # the year's accounts are not here
    "account 0627 2018 251 300 1820\naccount 0627 2018 252 300 9700\nledger 0627 2018 285 300 12100000\n"
    "bufetat 0627 2018 egenandel 23620",                                            # the report's 23 620, in three places
    "account 0627 2018 252 300 1000\naccount 0627 2018 285 300 900\naccount 0627 2018 252 370 900\n"
    "ledger 0627 2018 285 300 900000 project=28590\nbufetat 0627 2018 egenandel 1000",   # nothing of this is the trial's
])
def test_state_purchases_bufetat_has_invoiced_are_innocent(places, text):
    assert places("VR17", text) == []


@pytest.mark.parametrize(("text", "bought", "invoiced"), [
    (bought_and_invoiced(10000, 9499), "10 000", "9 499"),
    (bought_and_invoiced(9499, 10000), "9 499", "10 000"),
    (bought_and_invoiced(10761, 23620), "10 761", "23 620"),
    (bought_and_invoiced(0, 500), "0", "500"),
    (bought_and_invoiced(500, 0), "500", "0"),
    ("account 0627 2018 252 010 1\nbufetat 0627 2018 egenandel 500", "0", "500"),
    ("account 0627 2018 252 300 1000\nledger 0627 2018 285 300 1000000\nbufetat 0627 2018 egenandel 1000", "2 000", "1 000"),
    ("account 0627 2018 252 300 1000\nledger 0627 2018 285 300 1000000 project=-\nbufetat 0627 2018 egenandel 2000",
     "1 000", "2 000"),
    ("account 0722 2017 252 300 600\naccount 0723 2017 252 300 300\nbufetat 0729 2017 egenandel 1000", "900", "1 000"),
])
def test_state_purchases_bufetat_has_not_invoiced_are_a_warning(places, text, bought, invoiced):
    ((level, _, _, found, expected),) = places("VR17", text)
    assert (level, found, expected) == ("advarsel", bought, invoiced)
