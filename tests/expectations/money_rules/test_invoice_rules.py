"""How an invoice is split: VR22 the rate, VR23 the shared invoice number, VR24 the year's own rate."""

import pytest

# VR22


@pytest.mark.parametrize("text", [
    "invoice 2012 2018 institusjon A1 240000 paid=70320 rate=70320",
    "invoice 2012 2018 institusjon A1 240000 paid=70319 rate=70320",     # ±1 krone for the months pro rata
    "invoice 2012 2018 fosterhjem A1 90000 paid=16555.50 rate=16555 months=0.5",
    "invoice 2012 2018 institusjon A1 240000 rate=70320",                # not said in the list, nor in the ledger
    "invoice 2012 2018 institusjon A1 240000 paid=1",                    # no rate is known: VR24's matter
    "invoice 2012 2018 institusjon A1 240000 paid=70320 rate=70320\nledger 2012 2018 252 370 70320 invoice=A1\n"
    "ledger 2012 2018 285 370 169680 invoice=A1",
    "invoice 2012 2018 institusjon A1 1 rate=70320\ninvoice 2012 2018 institusjon A1 1 rate=70320\n"
    "ledger 2012 2018 252 370 140638 invoice=A1",                        # a krone for each of two stays
    "invoice 2012 2018 institusjon A1 1 rate=70320 supplier=361245806\n"
    "ledger 2012 2018 252 370 5 invoice=A1 supplier=372518405",          # another supplier's invoice of that number
    "invoice 2012 2018 institusjon A1 1 rate=70320 supplier=361245806\n"
    "ledger 2012 2018 252 370 70320 invoice=A1 supplier=361245806\n"
    "ledger 2012 2018 252 370 5 invoice=A1 supplier=372518405",          # two suppliers number alike
    "invoice 2012 2018 institusjon A1 1 rate=70320\ninvoice 2012 2018 besøkshjem A1 1\n"
    "ledger 2012 2018 252 370 75000 invoice=A1",                         # one of its stays has no rate
    "invoice 2012 2018 institusjon A1 1 rate=70320\nledger 2012 2018 252 370 5 invoice=A1 area=EM",
])
def test_an_invoice_split_at_the_rate_is_innocent(places, text):
    assert places("VR22", text) == []


@pytest.mark.parametrize(("text", "split", "expected"), [
    ("invoice 2012 2018 institusjon A1 240000 paid=68740 rate=70320", "68 740 kroner", "70 320 kroner"),   # last year's rate
    ("invoice 2012 2018 institusjon A1 240000 paid=70321.01 rate=70320", "70 321,01 kroner", "70 320 kroner"),
    ("invoice 2012 2018 institusjon A1 240000 paid=70318.99 rate=70320", "70 318,99 kroner", "70 320 kroner"),
    ("invoice 2012 2018 fosterhjem A1 90000 paid=70320 rate=33110", "70 320 kroner", "33 110 kroner"),     # the wrong measure
    ("invoice 2012 2018 fosterhjem A1 90000 paid=33110 rate=16555 months=0.5", "33 110 kroner", "16 555 kroner"),
    ("invoice 2012 2018 institusjon A1 240000 paid=0 rate=70320", "0 kroner", "70 320 kroner"),
    ("invoice 2012 2018 institusjon A1 1 rate=70320\nledger 2012 2018 252 370 240000 invoice=A1",
     "240 000 kroner", "70 320 kroner"),                                 # all of it on 252, nothing on 285
    ("invoice 2012 2018 institusjon A1 1 rate=70320\nledger 2012 2018 252 370 60000 invoice=A1\n"
     "ledger 2012 2018 251 370 320 invoice=A1", "60 320 kroner", "70 320 kroner"),
    ("invoice 2012 2018 institusjon A1 1 rate=70320 supplier=361245806\nledger 2012 2019 252 370 5 invoice=A1",
     "5 kroner", "70 320 kroner"),                                       # booked in the next year, without supplier
    ("invoice 0722 2017 institusjon A1 1 rate=68740\nledger 0723 2017 252 370 5 invoice=A1", "5 kroner", "68 740 kroner"),
])
def test_an_invoice_split_at_another_amount_is_found(places, text, split, expected):
    ((level, _, _, *values),) = places("VR22", text)
    assert (level, values) == ("feil", [split, expected])


def test_the_wrong_invoices_of_a_year_are_one_finding_that_names_the_worst(found):
    (finding,) = found("VR22", "\n".join((
        "invoice 2012 2018 institusjon A1 240000 paid=70320 rate=70320",
        "invoice 2012 2018 institusjon A2 240000 paid=68740 rate=70320",
        "invoice 2012 2018 institusjon A3 240000 paid=50320 rate=70320")))
    for words in ("2 av 3 linjer (linje 2 og 3", "faktura A3, linje 3", "50\u00a0320 kroner", "70\u00a0320 kroner",
                  "\u221220\u00a0000 kroner", "21\u00a0580 kroner for lite"):
        assert words in finding.message
    assert finding.line_numbers == (2, 3) and finding.cell == "egenandel i fakturalisten"


def test_the_list_and_the_ledger_are_told_apart(found):
    findings = found("VR22", "invoice 2012 2018 institusjon A1 240000 paid=5 rate=70320\nledger 2012 2018 252 370 5 invoice=A1")
    assert [finding.source for finding in findings] == ["ledger", "supplier_invoices"]
    assert len({finding.finding_id for finding in findings}) == 2


# VR23

PAIR = "ledger 2012 2018 252 370 70320 invoice=A1\nledger 2012 2018 285 370 169680 invoice=A1\n"
LISTED = "invoice 2012 2018 institusjon A1 240000 paid=70320 rate=70320"


@pytest.mark.parametrize("text", [
    PAIR, PAIR + LISTED,
    "ledger 2012 2018 285 370 100",                                      # no invoice: a trial position, not a purchase
    "ledger 2012 2018 285 370 100 invoice=A1 project=28590",             # not the trial's
    "ledger 2012 2017 252 370 70320 invoice=A1\nledger 2012 2018 285 370 169680 invoice=A1",   # the sibling of last year
    "ledger 2012 2018 251 370 5 invoice=A1\nledger 2012 2018 285 370 6 invoice=A1",
    PAIR + "ledger 2012 2018 285 370 169681 invoice=A1",                 # another amount
    "ledger 2012 2018 252 370 5 invoice=A1 voucher=7\nledger 2012 2018 252 370 5 invoice=A1 voucher=7",  # two stays, one voucher
    "ledger 2012 2018 252 370 5 invoice=A1 supplier=361245806\nledger 2012 2018 252 370 5 invoice=A1 supplier=372518405",
    "ledger 2012 2018 252 370 5 invoice=A1\nledger 2012 2018 251 370 5 invoice=A1",            # two functions
    "ledger 0722 2017 252 370 5 invoice=A1\nledger 0723 2017 252 370 5 invoice=A1",            # two municipalities
    PAIR + "ledger 2012 2018 285 370 -169680 invoice=A1\nledger 2012 2018 285 370 169680 invoice=A1",   # reversed, made again
    PAIR + "ledger 2012 2018 252 370 -70320 invoice=A1\nledger 2012 2019 252 370 70320 invoice=A1",     # the year after
    PAIR + "ledger 2012 2018 285 370 169680 invoice=A1\nledger 2012 2018 285 370 -169680 invoice=A1",   # twice, then mended
    "ledger 2012 2018 252 370 5 invoice=A1 voucher=7\nledger 2012 2018 252 370 5 invoice=A1 voucher=7\n"
    "ledger 2012 2018 252 370 -5 invoice=A1 voucher=8\nledger 2012 2018 252 370 -5 invoice=A1 voucher=8\n"
    "ledger 2012 2018 252 370 5 invoice=A1 voucher=9\nledger 2012 2018 252 370 5 invoice=A1 voucher=9",  # two stays, made again
    PAIR + "ledger 2012 2018 285 370 -169680 invoice=A1",                # credited
    LISTED,                                                              # the year's ledger is not here
    "ledger 2012 2018 252 370 70320 invoice=A1\ninvoice 2012 2018 institusjon A1 240000 paid=70320 posted=2019",
    "ledger 2012 2018 252 370 70320 invoice=A1\ninvoice 2012 2018 institusjon A1 70320 paid=70320",   # no price above the rate
    "ledger 2012 2018 252 370 9 invoice=A1\ninvoice 2012 2018 besøkshjem A1 9000",             # not split: it has no rate
])
def test_invoices_that_stand_in_both_places_once_are_innocent(places, text):
    assert places("VR23", text) == []


ORPHAN, TWICE, NOT_POSTED = "faktura uten egenandel", "faktura ført to ganger", "faktura uten prisdel"


@pytest.mark.parametrize(("text", "cell", "lines"), [
    ("ledger 2012 2018 285 370 169680 invoice=A1", ORPHAN, (1,)),
    (PAIR + "ledger 2012 2018 285 370 5 invoice=A2", ORPHAN, (3,)),
    ("ledger 2012 2018 252 370 70320 invoice=A01\nledger 2012 2018 285 370 169680 invoice=A1", ORPHAN, (2,)),
    ("ledger 2012 2018 244 370 70320 invoice=A1\nledger 2012 2018 285 370 169680 invoice=A1", ORPHAN, (2,)),
    ("ledger 0723 2017 252 370 5 invoice=A1\nledger 0722 2017 285 370 5 invoice=A1", ORPHAN, (2,)),
    ("ledger 0627 2018 252 370 5 invoice=A1\nledger 2012 2018 285 370 5 invoice=A1", ORPHAN, (2,)),
    (PAIR + "ledger 2012 2018 285 370 169680 invoice=A1", TWICE, (3,)),
    (PAIR + "ledger 2012 2018 252 370 70320 invoice=A1", TWICE, (3,)),
    (PAIR + "ledger 2012 2019 285 370 169680 invoice=A1", TWICE, (3,)),  # again the year after
    (PAIR + "ledger 2012 2018 285 370 169680 invoice=A1\nledger 2012 2018 285 370 -169680 invoice=A1\n"
     "ledger 2012 2018 285 370 169680 invoice=A1", TWICE, (5,)),         # three, one reversed: two stand
    (PAIR + "ledger 2012 2018 285 370 169680 invoice=A1\nledger 2012 2018 285 370 169680 invoice=A1", TWICE, (3, 4)),
    (PAIR + "ledger 2012 2018 285 370 169680 invoice=A1\nledger 2012 2018 285 370 -169681 invoice=A1", TWICE, (3,)),
    (PAIR + "ledger 2012 2018 285 370 169680 invoice=A1\nledger 2012 2018 285 370 -169680 invoice=A2\n"
     "ledger 2012 2018 252 370 5 invoice=A2", TWICE, (3,)),              # the reversal is another invoice's
    ("ledger 2012 2018 252 370 5 invoice=A1 voucher=7\nledger 2012 2018 252 370 5 invoice=A1 voucher=7\n"
     "ledger 2012 2018 252 370 5 invoice=A1 voucher=8", TWICE, (3,)),    # two stays, and one of them again
    (PAIR + LISTED.replace("A1", "A2"), NOT_POSTED, (3,)),
    ("ledger 2012 2018 252 370 70320 invoice=A1\n" + LISTED, NOT_POSTED, (2,)),
    ("ledger 2012 2018 252 370 9 invoice=A1\ninvoice 2012 2018 institusjon A1 240000 rate=70320", NOT_POSTED, (2,)),
    ("ledger 2012 2019 252 370 9 invoice=A1\ninvoice 2012 2018 institusjon A1 240000 paid=70320 posted=2019", NOT_POSTED, (2,)),
    ("ledger 2012 2018 252 370 9 invoice=A1\nledger 2012 2018 285 370 9 invoice=A1 project=28590\n" + LISTED, NOT_POSTED, (3,)),
])
def test_an_invoice_that_lacks_a_part_or_stands_twice_is_found(found, text, cell, lines):
    (finding,) = found("VR23", text)
    assert (finding.level, finding.cell, finding.line_numbers) == ("feil", cell, lines)


def test_the_invoices_of_a_year_with_one_fault_are_one_finding_that_names_and_sums_them(found):
    (finding,) = found("VR23", "\n".join(f"ledger 2012 2018 285 370 1000 invoice=B{number}" for number in range(7)))
    for words in ("Alta, 2018: 7 fakturaer", "ledger_2012_2018.csv", "7\u00a0000 kroner", "B0, B1, B2, B3, B4 og 2 til",
                  "Før egenandelen på 252"):
        assert words in finding.message


# VR24

@pytest.mark.parametrize("text", [
    "invoice 2012 2018 institusjon A1 240000 rate=70320",
    "invoice 2012 2018 institusjon A1 240000 rate=0",                    # a rate of zero is a rate
    "invoice 2012 2018 besøkshjem A1 9000",                              # never paid at a monthly rate
    "ledger 2012 2018 252 370 9 invoice=A1",
])
def test_a_measure_with_the_years_rate_is_innocent(places, text):
    assert places("VR24", text) == []


@pytest.mark.parametrize(("text", "cell", "lines", "months"), [
    ("invoice 2012 2019 institusjon A1 240000", "sats, institusjon", (1,), "1 måned i"),
    ("invoice 2012 2019 fosterhjem A1 90000 months=0.5\ninvoice 2012 2019 fosterhjem A2 90000", "sats, fosterhjem", (1, 2),
     "1,5 måneder"),
    ("invoice 2012 2018 institusjon A1 1 rate=70320\ninvoice 2012 2019 institusjon A1 1", "sats, institusjon", (2,), "1 måned i"),
    ("invoice 0729 2018 institusjon A1 1 rate=70320\ninvoice 0729 2018 senter_foreldre_barn A2 1 months=3",
     "sats, senter_foreldre_barn", (2,), "3 måneder"),
])
def test_a_measure_without_the_years_rate_is_found_whatever_other_years_have(found, text, cell, lines, months):
    (finding,) = found("VR24", text)
    assert (finding.level, finding.cell, finding.line_numbers) == ("feil", cell, lines)
    assert months in finding.message and "Satsen for et annet år brukes ikke" in finding.message
