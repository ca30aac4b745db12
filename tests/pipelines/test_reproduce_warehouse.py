"""`folgeeval reproduce` on a small warehouse filled by hand with what the report prints.

Key figures are those of tables 7–12 as printed; economics is printed for 2015 and 2018 and invented between, within
what the report says of order and sign; KOSTRA groups are invented.
"""

import argparse
import json
from itertools import product

import pytest
from pipelines.commands import reproduce as command
from pipelines.published_figure import published_figures
from pipelines.reproduce import reproduce
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, take_snapshot, writing
from warehouse.home import Home
from warehouse.reference_data import reference_rows

ALTA, FAERDER, ROYKEN = "2012", "0729", "0627"
INCLUDED, EXCLUDED = "trial_cost=included", "trial_cost=excluded"

POPULATION = {
    ALTA: {2013: 5063, 2014: 4968, 2015: 4933, 2016: 5000, 2017: 4941, 2018: 4929},
    FAERDER: {2013: 5737, 2014: 5595, 2015: 5632, 2016: 5541, 2017: 5500, 2018: 5500},
    ROYKEN: {2013: 5100, 2014: 5167, 2015: 5194, 2016: 5367, 2017: 5333, 2018: 5432},
}
NET_COST = {  # mill NOK, with the trial
    ALTA: {2015: 47.1, 2016: 62.0, 2017: 77.7, 2018: 109.1},
    FAERDER: {2015: 34.2, 2016: 48.0, 2017: 54.0, 2018: 63.2},
    ROYKEN: {2015: 26.2, 2016: 33.0, 2017: 39.9, 2018: 63.9},
}
TRIAL_COST = {  # mill NOK, by purpose 244, 251, 252
    ALTA: {2016: (2.0, 2.0, 8.5), 2017: (3.0, 3.0, 18.4), 2018: (4.0, 5.0, 25.9)},
    FAERDER: {2016: (3.0, 4.0, 8.0), 2017: (4.0, 5.0, 11.0), 2018: (5.0, 6.0, 12.8)},
    ROYKEN: {2016: (2.0, 3.0, 3.0), 2017: (3.0, 4.0, 8.0), 2018: (4.0, 6.0, 12.5)},
}
COMPENSATION = {
    ALTA: {2016: 12.5, 2017: 24.8, 2018: 25.5},
    FAERDER: {2016: 18.0, 2017: 27.0, 2018: 28.7},
    ROYKEN: {2016: 12.0, 2017: 18.8, 2018: 21.1},
}
COST_PER_CHILD = {  # function 244, 251, 252 without the trial
    (FAERDER, 2018): (1900, 500, 4000), (ROYKEN, 2015): (1300, 600, 3100), (ROYKEN, 2018): (1500, 1170, 4952),
    ("EKG13", 2018): (2000, 1000, 6000),
}
GROUPS = {  # indicator, breakdown: {(group, year): value}
    ("B1-04", ""): {("EKG12", 2018): 50.0, **{("EKG13", year): 60.0 for year in range(2013, 2019)}},
    ("B1-05", ""): {("EKG13", 2018): 0.80},
    ("D2-01", ""): {("EKG12", 2018): 0.20},
    ("E1-02", ""): {("EKG12", 2018): 19.0},
    ("B3-01", ""): {("EKG12", 2018): 0.35, ("EKG13", 2017): 0.40, ("EKG13", 2018): 0.40},
    ("B3-03", ""): {("EKG13", 2018): 30.0},
    ("E2-02", EXCLUDED): {("EKG12", 2015): 9600.0, ("EKG12", 2018): 12700.0, ("EKG13", 2018): 9000.0},
}
OTHER_SOURCES = ("tertialrapporter", "dataforespørsler", "bufetat", "spørreundersøkelser", "tilsyn")
PURCHASES = {  # indicator, breakdown: {(unit, year): value}
    ("A1-08", ""): {(ROYKEN, 2017): 30.6, (ROYKEN, 2018): 16.0},
    ("E2-07", "function=285"): {(FAERDER, 2016): 3.0, (FAERDER, 2017): 4.2},
    ("E2-07", "function=252"): {(FAERDER, 2017): 1.3, (FAERDER, 2018): 1.1},
    ("E3-01", "producer=state"): {(ALTA, 2016): 13635.0, (ALTA, 2017): 12047.0, (ALTA, 2018): 6110.0,
                                  (ROYKEN, 2017): 10761.0, (ROYKEN, 2018): 23620.0},
    ("E3-01", "producer=own"): {(ALTA, 2015): 9000.0, (ALTA, 2018): 20000.0},
    ("E3-02", "source=ledger"): {(ALTA, 2017): 7.0, (ALTA, 2018): 23.0, (FAERDER, 2018): 5.0, (ROYKEN, 2018): 4.0},
    ("E3-02", "source=invoices"): {(ALTA, 2018): 25.039},
    ("E3-05", "type=institusjon"): {(ALTA, 2018): 6.25},
    ("E3-05", "type=fosterhjem"): {(ALTA, 2018): 6.0},
    ("E3-06", "type=institusjon"): {(ALTA, 2017): 6390.0, (ALTA, 2018): 8000.0},
    ("E3-06", "type=fosterhjem"): {(ALTA, 2017): 3000.0, (ALTA, 2018): 3100.0},
    ("E3-07", "type=institusjon"): {(ALTA, 2018): 8000 / 6390 - 1},
    ("E3-09", ""): {(ALTA, 2018): 25200.0},
    ("C6-04", ""): {(ALTA, 2018): 7990.0},
}
MEASURES = {"03": "B3-03", "04": "B1-08", "06": "E1-02", "07": "B3-04", "08": "B3-05", "12": "B3-07", "15": "C6-01",
            "17": "C5-04", "01": "B1-03", "02": "B1-05"}
CATEGORIES = {"09": "3", "10": "4", "11": "5", "13": "7", "14": "8", "15": "1", "16": "2"}
CONTRADICTED = {
    "AL086": "IN29", "D129": "IN23", "D105": "IN07", "Q31": "IN07", "IN08-0627-2018": "IN08", "IN24-0729-2015": "IN24",
    "XX009": "IN14", "XX011": "IN14", "D126": "IN14", "IN25-0729-2018": "IN25",
    **dict.fromkeys(("IN45-2012-2018", "IN45-0729-2018", "IN45-0627-2018"), "IN45")}


def printed_key_figures():
    """{(unit, year, key figure): printed value} of tables 7–12."""
    return {
        (figure.unit_code, int(figure.period), figure.fact_id[4:6]): float(figure.published)
        for figure in published_figures()
        if figure.fact_id[:3] in ("T07", "T08", "T09", "T10", "T11", "T12") and figure.published is not None}


def indicator_values():
    """{(indicator, unit, year, breakdown): value}, worked out by the indicators' own words."""
    values = dict(key_figure_indicators() | cost_indicators())
    for (indicator_id, breakdown), numbers in (*GROUPS.items(), *PURCHASES.items()):
        values |= {(indicator_id, unit, year, breakdown): value for (unit, year), value in numbers.items()}
    for (unit, year), costs in COST_PER_CHILD.items():
        values |= {("E2-03", unit, year, f"function={code};{EXCLUDED}"): float(cost)
                   for code, cost in zip(("244", "251", "252"), costs, strict=True)}
    return values


def key_figure_indicators():
    printed, values = printed_key_figures(), {}
    for (unit, year, code), value in printed.items():
        if code in MEASURES:
            values[MEASURES[code], unit, year, ""] = value
        if code in CATEGORIES:
            values["C1-02", unit, year, f"category={CATEGORIES[code]}"] = value
        if code == "05":
            values["D2-01", unit, year, ""] = 1 - value
    for unit, year in product(POPULATION, range(2013, 2019)):
        at_home, placed = printed[unit, year, "07"], printed[unit, year, "08"]
        inhabitants = POPULATION[unit][year]
        values["B3-01", unit, year, ""] = placed / (placed + at_home)
        values["B3-03", unit, year, ""] = 1000 * (placed + at_home) / inhabitants
        values["B1-04", unit, year, ""] = 1000 * printed[unit, year, "01"] / inhabitants
    return values


def cost_indicators():
    values = {}
    for unit, year in product(NET_COST, range(2015, 2019)):
        net, trial = NET_COST[unit][year], sum(TRIAL_COST[unit].get(year, (0,)))
        values["E2-01", unit, year, INCLUDED] = net
        values["E2-01", unit, year, EXCLUDED] = net - trial
        values["E2-02", unit, year, EXCLUDED] = 1e6 * (net - trial) / POPULATION[unit][year]
        if year == 2015:
            continue
        compensation = COMPENSATION[unit][year]
        for purpose, cost in zip(("244", "251", "252"), TRIAL_COST[unit][year], strict=True):
            values["G1-02", unit, year, f"purpose={purpose}"] = cost
        values["G1-01", unit, year, ""] = net - NET_COST[unit][2015]
        values["G1-02", unit, year, ""] = trial
        values["G1-03", unit, year, ""] = compensation
        values["G1-04", unit, year, ""] = compensation - trial
        values["G1-05", unit, year, ""] = compensation / trial
        values["G1-06", unit, year, ""] = 1e6 * (net - compensation) / POPULATION[unit][year]
        values["G1-07", unit, year, ""] = net - compensation - NET_COST[unit][2015]
    return values


def fill(connection, indicators):
    """Writes the indicators and the core rows that expressions name beside them."""
    fill_table(connection, "marts", "indicator_value", [
        {"indicator_id": name, "unit_code": unit, "period": str(year), "breakdown": breakdown, "value": value,
         "unit": "blandet", "status": "ok", "basis": "delivered", "is_confirmed_zero": False}
        for (name, unit, year, breakdown), value in indicators.items()])
    fill_table(connection, "core", "key_figure", [
        {"unit_code": unit, "year": year, "key_figure_code": code, "value": value, "status": "ok",
         "is_confirmed_zero": False, "delivery_id": 1, "cell_number": place}
        for place, ((unit, year, code), value) in enumerate(printed_key_figures().items())])
    fill_table(connection, "core", "inhabitant", [
        {"unit_code": unit, "year": year, "inhabitants_count": count, "delivery_id": 2, "cell_number": 100 * year + shift}
        for unit, years in POPULATION.items() for year, inhabitants in years.items()
        for shift, count in enumerate((200, inhabitants - 200))])
    fill_interviews(connection)
    fill_money(connection)


def fill_interviews(connection):
    """As many as the annex prints: eight youths by the text, nine by the annex."""
    counts = {(ALTA, "ungdom"): 3, (ALTA, "forelder"): 1, (ALTA, "fosterforelder"): 2, (FAERDER, "ungdom"): 5,
              (FAERDER, "forelder"): 2, (FAERDER, "fosterforelder"): 3, (ROYKEN, "ungdom"): 1}
    asked = [place for place, count in counts.items() for _ in range(count)]
    fill_table(connection, "core", "interview_document", [
        {"document_key": str(place), "interview_year": 2019, "unit_code": unit, "informant_group": group,
         "delivery_id": 7, "cell_number": place} for place, (unit, group) in enumerate(asked)])


def fill_money(connection):
    fill_table(connection, "core", "co_payment_rate", [
        {"year": 2018, "measure_code": measure, "rate_nok_per_month": rate, "delivery_id": 3, "line_number": place}
        for place, (measure, rate) in enumerate(
            (("institusjon", 70320), ("statlig_beredskaps_og_familiehjem", 33110)), 1)])
    fill_table(connection, "core", "grant_line", [
        {"unit_code": unit, "year": 2016, "grant_name": "administrasjon", "is_one_off": True,
         "amount_thousand_nok": 2750.0, "delivery_id": 4, "line_number": place}
        for place, unit in enumerate(NET_COST, 1)])
    own_institution = {"responsibility_code": "3230"}
    fill_table(connection, "core", "ledger_line", [
        ledger_line(*line, place) | own_institution for place, line in enumerate((
            (ALTA, 2017, "252", "010", 2_200_000, False), (ALTA, 2017, "285", "010", 7_800_000, False),
            (ALTA, 2018, "252", "010", 3_294_492, False), (ALTA, 2018, "285", "010", 8_105_508, False)), 101)])
    fill_table(connection, "reference", "own_institution", [
        {"source_municipality_code": ALTA, "responsibility_code": "3230"}])
    fill_table(connection, "core", "supplier_invoice_line", [
        invoice_line(*line, place) for place, line in enumerate((
            (ALTA, 2018, "institusjon", "361245806", 75, None, 18_250_000, 75 * 70320),
            (ALTA, 2018, "fosterhjem", "372518405", 72, None, 6_789_000, 72 * 33110),
            (FAERDER, 2018, "fosterhjem", "394512001", 24, 730, 2_000_000, None),
            (FAERDER, 2018, "fosterhjem", "394512028", 12, 365, 1_000_000, None),
            (FAERDER, 2018, "fosterhjem", "394512036", 1.81, 55, 160_000, None),
            (FAERDER, 2018, "senter_foreldre_barn", "383407109", 7.56, 230, 1_200_000, None),
            (FAERDER, 2018, "senter_foreldre_barn", "383407117", 3.95, 120, 600_000, None),
            (FAERDER, 2018, "institusjon", "383407125", 1.64, 50, 400_000, None)), 1)])


def ledger_line(unit, year, function, species, amount, is_trial, place):
    return {"unit_code": unit, "source_municipality_code": unit, "accounting_year": year, "voucher_number": "1",
            "function_code": function, "species_code": species, "is_trial": is_trial, "amount_nok": amount,
            "delivery_id": 5, "line_number": place}


def invoice_line(unit, year, measure, supplier, months, days, amount, co_payment, place):
    return {"unit_code": unit, "service_year": year, "posting_year": year, "invoice_number": str(place),
            "supplier_org_number": supplier, "measure_type_code": measure, "months_count": float(months),
            "days_count": days, "amount_nok": amount, "co_payment_nok": co_payment, "delivery_id": 7,
            "line_number": place}


def fill_table(connection, schema, name, rows):
    contract = contract_of(schema, name)
    blank = dict.fromkeys(contract.column_names)
    append(connection, contract, arrow_table(contract, [blank | row for row in rows]))


@pytest.fixture(scope="module")
def verdicts():
    with in_memory() as connection:
        fill(connection, indicator_values())
        return {verdict.figure.fact_id: verdict for verdict in reproduce(connection)}


def test_a_warehouse_with_the_printed_totals_gives_no_wrong_and_no_uncertain_number(verdicts):
    assert [fact_id for fact_id, v in verdicts.items() if v.verdict in ("wrong", "uncertain")] == []


def test_every_expression_of_the_sources_filled_here_finds_its_numbers(verdicts):
    elsewhere = {row["indicator_id"] for row in reference_rows("indicator")
                 if any(source in row["sources_nb"].lower() for source in OTHER_SOURCES)}
    lacking = {v.missing.split()[1] for v in verdicts.values() if v.missing.startswith("warehouse")} - elsewhere
    assert {name.partition(":")[0] for name in lacking} <= {"bufetat", "survey", "supervision", "form", "reports"}


def test_what_differs_because_the_report_contradicts_itself_is_these_ten(verdicts):
    found = {
        fact_id: verdict.figure.inconsistency_id
        for fact_id, verdict in verdicts.items() if verdict.verdict == "report_inconsistent"}
    assert found == CONTRADICTED


@pytest.mark.parametrize(("fact_id", "computed"), [
    ("AL090", 34.9), ("AL092", 9.4), ("D098", 4.9), ("D105", -1.4), ("D090", 62.0), ("D122", 75.3), ("AL016", 43.0),
    ("FA068", 7.2), ("FA070", 1.3), ("AL069", 23.0), ("AL071", 75.0), ("AL080", 11.4), ("D113", 25.039),
    ("D115", 17.38108), ("D116", 0.251956182), ("FA050", 2.0), ("FA052", 3.0), ("FA053", 50.0), ("D129", 1150 / 365),
    ("AL004", 2.75), ("XX017", 70320.0), ("D021", 4929.0), ("D070", 15.0), ("FA073", 1 / 3), ("RO065", 95.0),
    ("D114", 7.65792), ("Q21", 1.0), ("T12R14-0627-2013", 0.0)])
def test_numbers_come_out_in_the_printed_unit(verdicts, fact_id, computed):
    assert verdicts[fact_id].computed == pytest.approx(computed, abs=1e-6)


@pytest.fixture
def home_with_one_wrong_number(tmp_path):
    with writing(Home(tmp_path)) as connection:
        fill(connection, indicator_values() | {("G1-02", ALTA, 2018, ""): 35.0})
    take_snapshot(Home(tmp_path))
    return tmp_path


def test_one_number_that_is_wrong_is_told_and_exits_with_12(home_with_one_wrong_number, capsys):
    exit_code = command.run(argparse.Namespace(home=home_with_one_wrong_number, json=True))
    told = json.loads(capsys.readouterr().out)
    assert exit_code == 12
    assert [row["fact_id"] for row in told if row["verdict"] == "wrong"] == ["AL090"]
    assert told[0].keys() >= {"fact_id", "published", "computed", "tolerance", "how", "verdict", "unit_code", "period",
                              "description", "missing", "inconsistency_id"}


def test_the_text_says_in_words_what_is_wrong_contradicted_and_missing(home_with_one_wrong_number, capsys):
    command.run(argparse.Namespace(home=home_with_one_wrong_number, json=False))
    text = capsys.readouterr().out
    assert "Feil hos oss:\n  AL090  Alta 2018, Merkostnad" in text
    assert "trykt 34,9, regnet ut 35 (mill NOK)" in text
    assert "IN07: Røykens kompensasjon" in text
    assert "dekker den i 2018: tallene sier noe annet." in text
    assert "   9  datoer, som ikke er tall" in text


def test_a_warehouse_without_a_wrong_number_exits_with_0(verdicts):
    assert command.exit_code(list(verdicts.values())) == 0


def test_an_empty_warehouse_reproduces_nothing_and_says_what_is_not_there():
    with in_memory() as connection:
        empty = reproduce(connection)
    assert {verdict.verdict for verdict in empty} == {"not_reproducible"}
    assert "Ikke i varehuset:\n  A1-01 course=aim2 2018 0627" in command.as_text(empty)


def test_a_number_from_a_constructed_delivery_says_so():
    with in_memory() as connection:
        fill_money(connection)
        fill_table(connection, "register", "provenance", [
            {"delivery_id": 4, "place_from": 1, "place_to": 1, "basis": "published"},
            {"delivery_id": 5, "place_from": 101, "place_to": 101, "basis": "constrained"},
            {"delivery_id": 5, "place_from": 102, "place_to": 104, "basis": "constructed"}])
        basis = {verdict.figure.fact_id: verdict.basis for verdict in reproduce(connection)}
    assert [basis[fact_id] for fact_id in ("AL004", "FA004", "AL079", "XX017", "AL086")] == [
        "published", "delivered", "constructed", "delivered", None]
