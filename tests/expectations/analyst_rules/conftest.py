"""Drawn deliveries for the analyst's rules: the lines of the report rules' and the money rules' drawings, side by side.

    T 2012 2018-T1 meldinger 156              a field of a tertial report, as in the report rules; so are D and figure
    account 2012 2018 252 300 5600            as in the money rules; so are invoice and bufetat
    ledger 2012 2018 252 370 70320 invoice=A1 kroner, as in the money rules
    trial 2012 2018-04-20 252 7980            a ledger line on 285 with the trial's project, thousand kroner and purpose
    grant 2012 2018 kompensasjon 25500        thousand kroner
    rate institusjon 2018 70320               kroner a month
    people 2012 2018 003 256                  inhabitants of an age
    inspected 2012 2019-04-30 barn_med_tiltak 270

A field lies in the sheet of the catalogue, in cell D and the number of its line.
"""

from datetime import date
from decimal import Decimal

import pytest

from assets.build import build_reference_table, set_clock
from expectations.rule import all_rules
from pipelines.settings import DEMO_CLOCK
from tests.expectations.money_rules import conftest as money
from tests.expectations.report_rules import conftest as report
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, records

FILLED = tuple(dict.fromkeys((*report.FILLED, *money.FILLED, "core.co_payment_rate", "core.population_cell",
                              "core.compensation_line", "core.supervision_matter")))


class Drawing(report.Drawing):
    """Rows by table, gathered from drawn lines of both kinds."""

    _add = report.Drawing.add
    account, invoice, bufetat = money.Drawing.account, money.Drawing.invoice, money.Drawing.bufetat
    ledger = money.Drawing.ledger

    def __init__(self):
        super().__init__()
        self.rows = {name: [] for name in FILLED}

    def delivery(self, stem, unit, period):
        """As in the report rules; a file about every unit and year has a place of its own in the register."""
        return super().delivery(stem, unit if unit[:2].isdigit() else "ALLE", "2018" if period == "alle" else period)

    def _delivery(self, stem, unit, period):
        return self.delivery(stem, unit, period)

    def trial(self, number, unit, day, purpose, amount):
        delivery, year = self.delivery("ledger", unit, day[:4]), int(day[:4])
        self.add("core.ledger_line", unit_code=unit, source_municipality_code=unit, accounting_year=year,
                 voucher_number=str(number), voucher_date=date.fromisoformat(day), function_code="285", species_code="010",
                 is_trial=True, purpose_function_code=purpose, amount_nok=1000 * Decimal(amount), delivery_id=delivery,
                 line_number=number)
        self.add("core.child_welfare_cost_line", unit_code=unit, accounting_year=year, function_code="285",
                 purpose_function_code=purpose, component="trial", amount_thousand_nok=float(amount), delivery_id=delivery,
                 line_number=number)
        if {"unit_code": unit, "accounting_year": year} not in self.rows["core.complete_year"]:
            self.add("core.complete_year", unit_code=unit, accounting_year=year)

    def grant(self, number, unit, year, name, amount, *, one_off="no"):
        money.Drawing.grant(self, number, unit, year, name, amount, one_off=one_off)
        if name == "kompensasjon":
            self.add("core.compensation_line", unit_code=unit, year=int(year), amount_thousand_nok=float(amount),
                     delivery_id=self.delivery("grants", "alle", "alle"), line_number=number)

    def people(self, number, code, year, age, count):
        self.add("core.population_cell", unit_code=money.UNIT_OF.get(code, code), source_municipality_code=code,
                 year=int(year), age_code=age, inhabitants_count=int(count),
                 delivery_id=self.delivery("population", "alle", "alle"), cell_number=number)

    def inspected(self, number, unit, day, matter, count):
        self.add("core.supervision_matter", unit_code=unit, year=int(day[:4]), supervision_date=date.fromisoformat(day),
                 supervision_name="tegnet tilsyn", matter_code=matter, matter_count=int(count),
                 delivery_id=self.delivery("supervision", "alle", "alle"), line_number=number)

    def rate(self, number, measure, year, amount):
        self.add("core.co_payment_rate", year=int(year), measure_code=measure, rate_nok_per_month=Decimal(amount),
                 rate_source="tegnet", delivery_id=self.delivery("rates", "alle", "alle"), line_number=number)


def drawing_of(text):
    drawing = Drawing()
    for number, line in enumerate(filter(None, (line.split("#")[0].split() for line in text.splitlines())), 1):
        kind, *words = line
        if kind in report.STEMS:
            drawing.form(number, kind, *words)
        else:
            getattr(drawing, kind)(number, *(word for word in words if "=" not in word),
                                   **dict(word.split("=") for word in words if "=" in word))
    return drawing


@pytest.fixture(scope="session")
def analysed_warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        set_clock(connection, DEMO_CLOCK)
        yield connection


@pytest.fixture(scope="session")
def filled():
    """The names of the tables that have rows from the test before: only these are emptied."""
    return set()


@pytest.fixture
def found(analysed_warehouse, filled):
    """The function that gives the findings of a rule in drawn deliveries."""
    rules = {rule.rule_id: rule for rule in all_rules()}

    def findings(rule_id, text):
        drawn = {name: several for name, several in drawing_of(text).rows.items() if several}
        for name in filled:
            analysed_warehouse.execute(f"DELETE FROM {name}")
        filled.clear()
        for name, several in drawn.items():
            filled.add(name)
            contract = contract_of(*name.split("."))
            append(analysed_warehouse, contract, arrow_table(contract, several))
        return list(rules[rule_id].findings(records(analysed_warehouse, rules[rule_id].select)))
    return findings
