"""Which numbers a finding touches, drawn: its indicators, units and sums of units, years and tertials."""

import pytest

from dashboards.touching import finding_anchor, touched_numbers, units_touched
from warehouse.reference_data import reference_rows

UNITS = {row["unit_code"]: row for row in reference_rows("unit")}
ALTA, FAERDER, ROYKEN, NORTH, SOUTH = "2012", "0729", "0627", "R-NORD", "R-SOR"
YEAR, TERTIAL, BOTH = "B1-03", "C2-08", "G1-08"
"""An indicator told by year, one by tertial, and one by both; the last for regions too."""

NUMBERS = (
    {(YEAR, unit, year) for unit in (ALTA, FAERDER, "EKG12") for year in ("2017", "2018")}
    | {(TERTIAL, unit, f"2018-{tertial}") for unit in (ALTA, FAERDER) for tertial in ("T1", "T2", "T3")}
    | {(BOTH, unit, period) for unit in (ALTA, FAERDER, ROYKEN, NORTH, SOUTH) for period in ("2018", "2018-T1", "2018-T2")}
    | {("D1-04", "FORSOK", "2018"), (BOTH, FAERDER, "2020"), (BOTH, SOUTH, "2020"), (BOTH, ROYKEN, "2020")})


def of(*indicators, unit=ALTA, period="2018", level="feil"):
    return {"level": level, "unit_code": unit, "period": period, "indicator_ids": list(indicators)}


@pytest.mark.parametrize(("finding", "touched"), [
    # indicators, units, years
    (of(YEAR), {(YEAR, ALTA, "2018")}),
    (of(YEAR, period="2016"), set()),
    (of(YEAR, unit=ROYKEN), set()),
    (of("B1-04"), set()),
    (of(), set()),
    (of(YEAR, TERTIAL, period="2018-T2"), {(YEAR, ALTA, "2018"), (TERTIAL, ALTA, "2018-T2")}),
    # tertials and years
    (of(TERTIAL, period="2018-T3"), {(TERTIAL, ALTA, "2018-T3")}),
    (of(TERTIAL), {(TERTIAL, ALTA, f"2018-{one}") for one in ("T1", "T2", "T3")}),
    (of(TERTIAL, period="2017"), set()),
    (of(BOTH, period="2018-T1"), {(BOTH, unit, period) for unit in (ALTA, NORTH) for period in ("2018", "2018-T1")}),
    (of(BOTH), {(BOTH, unit, "2018") for unit in (ALTA, NORTH)}),
    (of(BOTH, period="2018-T3"), {(BOTH, unit, "2018") for unit in (ALTA, NORTH)}),
    # regions and sums
    (of(BOTH, unit=FAERDER), {(BOTH, unit, "2018") for unit in (FAERDER, SOUTH)}),
    (of(BOTH, unit=NORTH), {(BOTH, unit, "2018") for unit in (NORTH, ALTA)}),
    (of(BOTH, unit=SOUTH), {(BOTH, SOUTH, "2018")}),
    (of(BOTH, unit=SOUTH, period="2020"), {(BOTH, unit, "2020") for unit in (SOUTH, FAERDER)}),
    (of(BOTH, unit=ROYKEN, period="2020"), {(BOTH, ROYKEN, "2020")}),
    (of(YEAR, unit="EKG12"), {(YEAR, "EKG12", "2018")}),
    (of("D1-04", unit="FORSOK"), {("D1-04", "FORSOK", "2018")}),
    (of("D1-04", unit=ALTA), {("D1-04", "FORSOK", "2018")}),
    # what cannot be placed, and what is only worth knowing
    (of(YEAR, unit=None), set()),
    (of(YEAR, period=None), set()),
    (of(YEAR, unit="0301"), set()),
    (of(YEAR, level="informasjon"), set()),
    (of(YEAR, level="advarsel"), {(YEAR, ALTA, "2018")}),
    (of(YEAR, level="kritisk_feil"), {(YEAR, ALTA, "2018")}),
])
def test_a_finding_touches_the_numbers_it_is_drawn_to_touch(finding, touched):
    assert touched_numbers(finding, NUMBERS, UNITS) == touched


@pytest.mark.parametrize(("period", "is_touched"), [("2015", True), ("2015-T2", True), ("2016", False)])
def test_a_number_that_reads_the_findings_year_is_touched(period, is_touched):
    reads = {(BOTH, ALTA, "2018"): {"2015"}}
    assert ((BOTH, ALTA, "2018") in touched_numbers(of(BOTH, period=period), NUMBERS, UNITS, reads)) is is_touched


@pytest.mark.parametrize(("unit", "year", "units"), [
    (ALTA, 2018, {ALTA, NORTH, "FORSOK"}), (ROYKEN, 2019, {ROYKEN, SOUTH, "FORSOK"}), (ROYKEN, 2020, {ROYKEN, "FORSOK"}),
    (NORTH, 2018, {NORTH, ALTA, "FORSOK"}), (SOUTH, 2019, {SOUTH}), ("EKG13", 2018, {"EKG13"}), ("0301", 2018, {"0301"})])
def test_a_units_numbers_are_a_part_of_its_regions_and_the_trials(unit, year, units):
    assert set(units_touched(unit, year, UNITS)) == units


@pytest.mark.parametrize(("finding", "anchor"), [({"finding_id": "ab12"}, "funn-ab12"), ({"finding_id": ""}, "funn-4")])
def test_a_finding_is_found_by_its_key_else_by_its_place(finding, anchor):
    assert finding_anchor(3, finding) == anchor
