"""Co-payment rates as raw rows: by year and measure, missing when not known."""

from decimal import Decimal
from pathlib import Path

import pytest

from assets.sources import recognise
from assets.sources.rates import STEM, read
from assets.sources.reading import ScopeKey
from expectations.finding import DeliveryRefused

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "rates"


def delivered(name: str):
    return read((DELIVERIES / name).read_bytes(), name)


def test_a_rate_that_is_not_known_is_missing_and_never_another_years():
    reading = delivered("innocent.csv")
    assert reading.rows["rate_nok_per_month"].to_pylist() == [Decimal("70320.00"), None]
    assert [(cell.line, cell.value, cell.status) for cell in reading.cells] == [
        (2, 70320, "ok"), (3, None, "not_reported")]


def test_rates_are_national_one_scope_per_year():
    assert delivered("innocent.csv").scope_keys == (ScopeKey("EAK", "2018"), ScopeKey("EAK", "2019"))


def test_two_rates_for_the_same_measure_and_year_are_refused():
    with pytest.raises(DeliveryRefused) as caught:
        delivered("same_rate_twice.csv")
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.line_numbers, finding.found) == ("F15", (3,), "institusjon")
    assert "står også på linje 2" in finding.message


def test_a_negative_rate_is_refused():
    with pytest.raises(DeliveryRefused) as caught:
        read(b"aar;tiltak;sats_kr_per_maaned;kilde\n2018;institusjon;-1;x\n", "satser.csv")
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.found) == ("F03", "-1")


@pytest.mark.parametrize("headings", ["aar;tiltak;sats_kr_per_maaned;kilde", "År;Tiltak;Sats kr per måned"])
def test_rates_are_recognised_by_their_headings(headings):
    assert recognise(f"{headings}\n2018;institusjon;70320\n".encode(), "satser.csv").STEM == STEM
