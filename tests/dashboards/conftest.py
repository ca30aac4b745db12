"""A small release drawn by hand: one hidden cell that wrongly carries its number, one missing, one held back."""

from typing import Any

import pytest

from dashboards.release import Release
from dashboards.site import build_site
from warehouse.reference_data import reference_rows

HIDDEN_NUMBER = 987654.321

# indicator, unit, period, breakdown, value, status, basis
ROWS = (
    ("B1-03", "2012", "2017", "", 294, "ok", "published"),
    ("B1-03", "2012", "2018", "", 444, "ok", "published"),
    ("B1-03", "0729", "2018", "", 336, "ok", "published"),
    ("B1-05", "2012", "2018", "", 0.61, "ok", "published"),
    ("B1-05", "EKG12", "2018", "", 0.81, "ok", "constructed"),
    ("B3-01", "2012", "2018", "", 0.3949275, "ok", "constrained"),
    ("B3-02", "2012", "2018", "", -0.0003, "ok", "published"),
    ("C6-01", "2012", "2017", "", 12, "ok", "published"),
    ("C6-01", "2012", "2018", "", HIDDEN_NUMBER, "suppressed", "published"),
    ("C6-01", "0729", "2017", "", None, "not_reported", "published"),
    ("C6-01", "0729", "2018", "", None, "held_back", "published"),
    ("C5-04", "2012", "2018", "", None, "suppressed", "published"),
    ("C1-02", "2012", "2018", "category=1", 22, "ok", "published"),
    ("C1-02", "2012", "2018", "category=2.5", None, "suppressed", "published"),
    ("E1-02", "2012", "2018", "", 31.2, "ok", "published"),
    ("E2-01", "2012", "2018", "trial_cost=included", 109.1, "ok", "published"),
    ("E2-01", "2012", "2018", "trial_cost=excluded", 74.2, "ok", "published"),
    ("E2-02", "2012", "2018", "trial_cost=included", 22134.3, "ok", "constrained"),
    ("E2-02", "2012", "2018", "trial_cost=excluded", 15053.8, "ok", "constrained"),
    ("E2-02", "EKG12", "2018", "trial_cost=excluded", 12700, "ok", "constructed"),
    ("E2-03", "2012", "2018", "function=252;trial_cost=excluded", 8882, "ok", "constructed"),
    ("E2-03", "2012", "2018", "function=252;trial_cost=included", 13059, "ok", "constructed"),
    ("E2-03", "EKG12", "2018", "function=252;trial_cost=excluded", 6731, "ok", "constructed"),
    ("G1-01", "2012", "2018", "", 62.0, "ok", "published"),
    ("G1-02", "2012", "2018", "", 34.9, "ok", "published"),
    ("G1-02", "2012", "2018", "purpose=252", 20.9, "ok", "constructed"),
    ("G1-03", "2012", "2018", "", 25.5, "ok", "published"),
    ("G1-04", "2012", "2018", "", -9.4, "ok", "published"),
    ("G1-04", "2012", "2018", "accumulation=since_2016", -8.8, "ok", "constructed"),
    ("G1-02", "0729", "2018", "", 23.8, "ok", "published"),
    ("G1-03", "0729", "2018", "", 28.7, "ok", "published"),
    ("G1-04", "0729", "2018", "", 4.9, "ok", "published"),
    ("G1-04", "0627", "2018", "", None, "not_yet", "published"),
    ("G1-06", "2012", "2018", "", 16960.8, "ok", "constrained"),
)

SOURCES = (
    {"stem": "kostra_statistics", "file_name": "nøkkeltall <juni>.json", "received_on": "2019-06-17", "row_count": 702},
    {"stem": "ledger", "file_name": "hovedbok_2012_2018.csv", "received_on": "2019-02-20", "row_count": 12640},
)

FINDINGS = (
    {"finding_id": "a", "rule_id": "VR37", "level": "feil", "unit_code": "2012", "period": "2018", "stem": "bufetat",
     "state": "åpen", "what": "Endringen stemmer ikke", "details": "Fant 178; regnet 234.", "advice": "Rett endringen.",
     "explanation": "", "indicator_ids": ["G1-04"]},
    {"finding_id": "b", "rule_id": "VR02", "level": "advarsel", "unit_code": "2012", "period": "2018-T3",
     "stem": "tertial_reports", "state": "forklart", "what": "To kilder teller ulikt", "details": "",
     "advice": "Forklar avviket.", "explanation": "", "indicator_ids": ["B1-03", "C6-01"]},
    *({"finding_id": f"c{number}", "rule_id": "F12", "level": "informasjon", "unit_code": None, "period": None,
       "stem": None, "state": "åpen", "what": "En kolonne leses ikke", "details": "", "advice": "", "explanation": "",
       "indicator_ids": []} for number in range(1200)),
)
TEXTS = (
    {"unit_code": "2012", "period": "2019-T1", "delmaal": "B", "text": "Ord <om> forebygging.", "basis": "constructed"},
    {"unit_code": "2012", "period": "2018-T3", "delmaal": "A", "text": "Eldre ord.", "basis": "delivered"},
)


def release_of(rows: tuple[tuple[Any, ...], ...], *, is_constructed: bool = True, threshold: int = 3) -> Release:
    """A release with the given rows and the shipped catalogue and units."""
    indicators = {row["indicator_id"]: row for row in reference_rows("indicator")}
    names = ("indicator_id", "unit_code", "period", "breakdown", "value", "status", "basis")
    values = tuple({**dict(zip(names, row, strict=True)), "unit": indicators[row[0]]["unit"], "fact_id": None}
                   for row in rows)
    return Release(values, indicators, {row["unit_code"]: row for row in reference_rows("unit")}, SOURCES,
                   "2019-10-01", threshold, is_constructed, FINDINGS, TEXTS, {"2012": 2})


@pytest.fixture(scope="session")
def make_release():
    """The function that makes a release of drawn rows."""
    return release_of


@pytest.fixture(scope="session")
def small_release() -> Release:
    """The release drawn above."""
    return release_of(ROWS)


@pytest.fixture(scope="session")
def small_site(small_release: Release) -> dict[str, bytes]:
    """The site of the small release."""
    return build_site(small_release)


@pytest.fixture(scope="session")
def hidden_number() -> float:
    """The number no output may hold."""
    return HIDDEN_NUMBER
