"""Bufetat's demo files, surveys and inspections: printed numbers stand as printed, also the wrong ones; the rest is
bound by what the report says of sums and order."""

import json
from typing import NamedTuple

import pytest

from assets.demo.bufetat import bufetat_deliveries
from assets.demo.supervision import supervision_deliveries
from assets.demo.surveys import surveys_deliveries
from warehouse.reference_data import reference_rows

UNIT_OF = {"0722": "0729"}
TERTIALS = [f"{year}-T{number}" for year in range(2015, 2020) for number in (1, 2, 3)][:13]


class Line(NamedTuple):
    unit: str
    code: str
    period: str
    post: str
    figure: str
    measure: str
    value: str
    unit_of_number: str
    change: str
    basis: str
    fact_id: str | None


def lines_of(file):
    """Every data line as its cells and the mark of its place."""
    marks = json.loads(file.provenance)["pieces"]
    for place, text in enumerate(file.content.decode("utf-8-sig").splitlines()[1:], 2):
        mark = next(piece for piece in marks if piece["place_from"] <= place <= piece["place_to"])
        yield text.split(";"), mark


@pytest.fixture(scope="module")
def bufetat():
    found = []
    for file in bufetat_deliveries():
        region = {"bufetat_nord.csv": "R-NORD", "bufetat_soer.csv": "R-SOR"}[file.path]
        for (_, code, year, tertial, *rest), mark in lines_of(file):
            unit = UNIT_OF.get(code, code) or region
            found.append(Line(unit, code, f"{year}-T{tertial}" if tertial else year, *rest, mark["basis"], mark["fact_id"]))
    return found


@pytest.fixture(scope="module")
def co_payments(bufetat):
    return {(line.unit, line.period): line for line in bufetat if line.figure == "egenandel"}


@pytest.fixture(scope="module")
def days(bufetat):
    return {(line.unit, line.measure, line.period): int(line.value) for line in bufetat if line.figure == "oppholdsdager"}


@pytest.mark.parametrize("unit", ["2012", "0729", "0627", "R-SOR"])
@pytest.mark.parametrize("year", ["2015", "2016", "2017", "2018"])
def test_three_tertials_sum_to_the_year_and_the_constructed_two_are_bound_to_it(co_payments, unit, year):
    parts = [co_payments[unit, f"{year}-T{number}"] for number in (1, 2, 3)]
    whole = co_payments[unit, year]
    assert sum(int(part.value) for part in parts) == int(whole.value)
    assert [part.basis for part in (*parts, whole)] == ["published", "constrained", "constrained", "published"]
    assert {part.fact_id for part in parts[1:]} == {whole.fact_id}
    assert all(int(part.value) > 0 for part in parts)


@pytest.mark.parametrize("unit", ["2012", "0729", "0627"])
def test_the_year_that_is_not_over_has_its_first_tertial_and_a_sign(co_payments, unit):
    assert co_payments[unit, "2019"].value == "..."
    assert co_payments[unit, "2019-T1"].value.isdigit()
    assert (unit, "2019-T2") not in co_payments


# (unit, period): (printed co-payments, printed change), tables 5 and 6
PRINTED = {
    ("2012", "2015"): ("7488", ""), ("2012", "2016"): ("13635", "6146"), ("2012", "2018"): ("6110", "-1378"),
    ("0627", "2016-T1"): ("2640", "600"), ("0627", "2018"): ("23620", "19320"), ("0729", "2018-T1"): ("2663", "178"),
    ("0729", "2018"): ("5420", "358"), ("R-SOR", "2018-T1"): ("12535", "8065"), ("R-SOR", "2018"): ("29040", ""),
    ("R-SOR", "2017-T1"): ("7944", "3473"), ("R-SOR", "2019-T1"): ("19595", "15125"),
}


@pytest.mark.parametrize(("place", "printed"), PRINTED.items(), ids=lambda value: "-".join(value))
def test_co_payments_and_changes_stand_as_printed_right_or_wrong(co_payments, place, printed):
    assert (co_payments[place].value, co_payments[place].change) == printed


def test_the_printed_changes_that_are_wrong_are_the_known_ones(co_payments):
    differing = {}
    for (unit, period), line in co_payments.items():
        baseline = co_payments.get((unit, f"2015{period[4:]}"))
        if period > "2015-T3" and line.value != "..." and line.fact_id and line.basis == "published":
            worked_out = int(line.value) - int(baseline.value)
            if line.change != str(worked_out):
                differing[unit, period] = (line.change, worked_out)
    assert differing == {
        ("2012", "2016"): ("6146", 6147), ("0627", "2016-T1"): ("600", 599), ("0627", "2016"): ("5902", 5901),
        ("0729", "2016-T1"): ("308", 309), ("0729", "2018-T1"): ("178", 234), ("R-SOR", "2016"): ("7834", 7833),
        ("R-SOR", "2017-T1"): ("3473", 3474), ("R-SOR", "2018"): ("", 19678)}


def test_region_soer_is_its_two_municipalities_but_for_the_printed_thousand(co_payments):
    differing = {period: int(line.value) - sum(int(co_payments[unit, period].value) for unit in ("0729", "0627"))
                 for (unit, period), line in co_payments.items() if unit == "R-SOR" and line.value != "..."}
    assert {period: gap for period, gap in differing.items() if gap} == {"2018-T1": -1, "2018-T3": 1}


def test_faerder_is_invoiced_under_the_hosts_number_until_the_merger(bufetat):
    codes = {(line.code, line.period[:4]) for line in bufetat if line.unit == "0729"}
    assert codes == {("0722", "2015"), ("0722", "2016"), ("0722", "2017"), ("0729", "2018"), ("0729", "2019")}


def test_the_requirement_is_the_regions_and_region_nords_is_left_out_in_2019(bufetat):
    assert {(line.unit, line.period): line.value for line in bufetat if line.figure == "inntektskrav"} == {
        ("R-NORD", "2017"): "10400", ("R-NORD", "2018"): "10400", ("R-NORD", "2019"): "..",
        ("R-SOR", "2017"): "900", ("R-SOR", "2018"): "900", ("R-SOR", "2019"): "900"}


@pytest.mark.parametrize(("region", "gross"), [("R-NORD", -9400), ("R-SOR", -27200)])
def test_the_budget_posts_make_the_printed_gross(bufetat, region, gross):
    posts = {line.post: int(line.value) for line in bufetat if line.figure == "budsjettendring" and line.unit == region}
    assert sum(amount for post, amount in posts.items() if post.startswith("0855.")) == gross
    assert set(posts) == {"0855.01", "0855.22", "0855.60", "3855.60"}


def test_purchases_are_those_the_text_prints(bufetat):
    found = {(line.unit, line.period, line.measure): (int(line.value), line.fact_id)
             for line in bufetat if line.figure == "kjøp"}
    assert found == {
        ("2012", "2018", "atferdsinstitusjon"): (3, "AL082"), ("2012", "2018", "akuttinstitusjon"): (2, "AL083"),
        ("2012", "2018-T3", "bistandsavtale_akutt"): (1, "AL049"), ("2012", "2019-T1", "bistandsavtale_akutt"): (1, "AL049"),
        ("0729", "2018", "familiehjem"): (2, "FA058"), ("0729", "2018", "akuttinstitusjon"): (4, "FA059"),
        ("0729", "2018", "annen_institusjon"): (5, "FA060"), ("0729", "2018", "senter_foreldre_barn"): (1, "FA061")}


# Stay-days: only their order is printed

def series(days, unit, measure):
    return [days[unit, measure, period] for period in TERTIALS]


def year(days, unit, measure, wanted):
    return sum(days[unit, measure, f"{wanted}-T{number}"] for number in (1, 2, 3))


def test_days_are_constructed_and_cover_every_tertial(bufetat, days):
    assert {line.basis for line in bufetat if line.figure == "oppholdsdager"} == {"constructed"}
    assert len(days) == 3 * 4 * len(TERTIALS)


def test_alta_institution_days_fall_all_the_way_without_a_break_when_storbakken_opened(days):
    found = series(days, "2012", "institusjon")
    steps = [before - after for before, after in zip(found, found[1:])]
    assert min(steps) > 0 and max(steps) < 1.25 * min(steps)


def test_faerder_institution_days_rise_from_near_zero_and_again_through_2018(days):
    assert year(days, "0729", "institusjon", 2015) < 60 < year(days, "0729", "institusjon", 2016)
    first, second, third = (days["0729", "institusjon", f"2018-T{number}"] for number in (1, 2, 3))
    assert first < second < third


def test_faerder_home_based_days_drop_sharply_in_2016(days):
    assert days["0729", "hjemmebaserte_tiltak", "2016-T3"] < 0.5 * days["0729", "hjemmebaserte_tiltak", "2016-T1"]


def test_royken_institution_days_fall_through_2016_and_rise_strongly_from_2017(days):
    found = series(days, "0627", "institusjon")
    assert found[3] > found[4] > found[5] and found[5] < found[6] < found[7] < found[8]
    assert year(days, "0627", "institusjon", 2018) > 1.5 * year(days, "0627", "institusjon", 2017)


@pytest.mark.parametrize("unit", ["2012", "0729", "0627"])
def test_foster_home_days_are_reduced_but_not_emergency_and_family_homes(days, unit):
    assert year(days, unit, "fosterhjem", 2018) < 0.9 * year(days, unit, "fosterhjem", 2015)
    assert year(days, unit, "beredskaps_og_familiehjem", 2018) >= 0.9 * year(days, unit, "beredskaps_og_familiehjem", 2015)


# Surveys and inspections

def test_survey_counts_round_to_the_printed_percent():
    printed = {row["fact_id"]: int(row["published"]) for row in reference_rows("published_figure")
               if row["expression"].startswith("{survey:")}
    found = {mark["fact_id"]: int(100 * int(count) / int(people) + 0.5)
             for file in surveys_deliveries() for (*_, count, people), mark in lines_of(file)}
    assert found == printed and len(found) == 9


def test_inspections_hold_the_printed_counts_and_a_tenth_without_a_plan():
    (file,) = supervision_deliveries()
    found = {matter: (int(count), mark["fact_id"]) for (_, _, _, matter, count, _), mark in lines_of(file)}
    assert found == {
        "ungdom_ved_tilsyn": (5, "AL055"), "ungdom_uten_handlingsplan": (3, "AL056"),
        "ungdom_med_mangelfull_plan": (2, "AL057"), "krav_til_grunnbemanning": (3, "AL058"),
        "barn_uten_tiltaksplan": (27, "AL059"), "barn_med_tiltak": (270, "AL059")}
