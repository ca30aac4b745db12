"""Numbers in bokmål against the ICU and SSB reference values, and what the reference does not say."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.number_format import (
    MINUS, NO_BREAK_SPACE, format_number, format_percent, format_percentage_points, rounded,
)

GOLDEN = Path(__file__).parents[1] / "golden"


def _golden_numbers() -> list[tuple[str, Decimal, str]]:
    with (GOLDEN / "nb_number_format.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, escapechar="\\", doublequote=False)
        return [(row["options"], Decimal(row["value"]), row["formatted"]) for row in rows if row["locale"] == "nb-NO"]


def _golden_roundings() -> list[tuple[int, float, float]]:
    cases = json.loads((GOLDEN / "ssb_rounding.json").read_text(encoding="utf-8"))["cases"]
    return [(case["decimals"], given_value, wanted) for case in cases
            for given_value, wanted in zip(case["in"], case["out"], strict=True)]


def _formatted(options: str, value: Decimal) -> str:
    style = json.loads(options)
    if style.get("style") == "percent":
        return format_percent(value, 1, pad=False)
    if style.get("style") == "currency":
        return format_number(value, 0) + NO_BREAK_SPACE + "kr"
    if "minimumFractionDigits" in style:
        return format_number(value, 1)
    return format_number(value, 3, pad=False)


@pytest.mark.parametrize(("options", "value", "wanted"), _golden_numbers())
def test_numbers_are_written_as_icu_writes_them(options, value, wanted):
    assert _formatted(options, value) == wanted


@pytest.mark.parametrize(("decimals", "value", "wanted"), _golden_roundings())
def test_rounding_is_half_away_from_zero_as_statistics_norway_rounds(decimals, value, wanted):
    assert rounded(value, decimals) == Decimal(str(wanted))


@pytest.mark.parametrize(("value", "wanted"), [
    (4.9, "+4,9"), (-9.4, "−9,4"), (0.0, "0,0"), (0.04, "0,0"), (-0.04, "0,0"), (0.05, "+0,1"), (-0.05, "−0,1"),
])
def test_a_signed_number_shows_its_sign_unless_it_rounds_to_zero(value, wanted):
    assert format_number(value, 1, signed=True) == wanted


@pytest.mark.parametrize(("share", "decimals", "wanted"), [
    (0.57, 0, "57\u00a0%"), (0.285, 0, "29\u00a0%"), (1.0, 0, "100\u00a0%"), (0.39492, 1, "39,5\u00a0%"),
])
def test_a_share_is_shown_as_percent(share, decimals, wanted):
    assert format_percent(share, decimals) == wanted


@pytest.mark.parametrize(("change", "wanted"), [(0.074, "+7,4"), (-0.0742, "−7,4"), (0.0, "0,0")])
def test_a_change_of_share_is_shown_in_signed_percentage_points(change, wanted):
    assert format_percentage_points(change, 1) == wanted


@given(st.decimals(min_value=-10**12, max_value=10**12, places=4), st.integers(0, 3))
def test_a_written_number_reads_back_as_the_rounded_number(value, decimals):
    text = format_number(value, decimals).replace(NO_BREAK_SPACE, "").replace(",", ".").replace(MINUS, "-")
    assert Decimal(text) == rounded(value, decimals)
    assert abs(rounded(value, decimals) - value) * 2 <= Decimal(1).scaleb(-decimals)
