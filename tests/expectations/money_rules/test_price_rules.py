"""VR67: a price that is compared is of at least four agreements in both years."""

import pytest


def agreements(measure, **by_year):
    """Invoices of so many agreements a year, each of one month: `y2018=7`."""
    return "\n".join(f"invoice 2012 {year[1:]} {measure} A{number} 240000 agreements=1"
                     for year, count in by_year.items() for number in range(count))


@pytest.mark.parametrize("text", [
    agreements("institusjon", y2017=4, y2018=7),
    agreements("fosterhjem", y2018=2),                                                 # no year to compare with
    agreements("institusjon", y2016=2, y2018=2),
    agreements("fosterhjem", y2017=3) + "\n" + agreements("institusjon", y2018=3),     # two types are never compared
    "invoice 2012 2017 institusjon A1 9000000 months=48\ninvoice 2012 2018 institusjon A2 9000000 months=75",
    agreements("besoekshjem", y2017=1, y2018=1),                                       # not paid by the month
])
def test_prices_of_enough_agreements_and_prices_nobody_compares_are_innocent(found, text):
    assert found("VR67", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (agreements("institusjon", y2017=2, y2018=7), "2 avtaler og 7 avtaler"),
    (agreements("fosterhjem", y2017=6, y2018=3), "6 avtaler og 3 avtaler"),
    (agreements("institusjon", y2017=1, y2018=1), "1 avtale og 1 avtale"),
    ("invoice 2012 2017 institusjon A1 9000000 months=24\ninvoice 2012 2018 institusjon A2 9000000 months=75",
     "2 barn i gjennomsnitt og 6,3 barn i gjennomsnitt"),
    (agreements("institusjon", y2017=4, y2018=7) + "\n" + agreements("fosterhjem", y2017=3, y2018=4), "3 avtaler og 4 avtaler"),
    (agreements("institusjon", y2018=3, y2019=8), "3 avtaler og 8 avtaler"),
])
def test_a_price_that_changes_with_a_few_agreements_is_a_finding(found, text, told):
    (finding,) = found("VR67", text)
    assert (finding.found, finding.expected, finding.level) == (told, "minst 4 i begge år", "advarsel")
    assert finding.indicators == ("E3-07",) and "ingen konklusjon" in finding.message
