"""Drawn deliveries for the rules on reports and key figures: a few lines of text, one rule, what it finds.

    T 2012 2018-T1 akuttplasseringer 5      a field of a tertial report; the value may be .. ... . or - (a true 0)
    D 2012 2018 fosterhjem_i_alt 56         a field of a data request; words after the value are an explanation
    choice 2012 2018 ventetid_definisjon vedtak_til_flytting   a field of a data request that is chosen from a list
    figure 2012 2018 15 22                  a key figure: unit, year, code, value; the value may be .. : or -
    count 2012 2018 children_placed 14       a count of form 15F; a category follows a colon: children_by_measure_group:1
    ledger 2012 2018 285 550 1100 [trial] [EM]   thousand NOK by function and species; EM is an area
    invoice 0729 2018 fosterhjem 12 1150 A1   a stay: measure, months, days (or -) and agreement
    bufetat 0729 2018-T1 oppholdsdager 41 institusjon   a figure from Bufetat, of a measure; the value may be .. or -
    grant 2012 2018 25500                   the compensation, thousand NOK
    population 2012 2018 4886               inhabitants aged 0-17
    text 2012 2018-T3 G words of progress   what a tertial report says on a sub-goal
    delivered tertial_reports 2012 2018-T1  a delivery in force, without rows

A field lies in the sheet of the catalogue, in cell D and the number of its line.
"""

from datetime import datetime
from decimal import Decimal

import pytest

from assets.build import build_reference_table, set_clock
from expectations.form_check import check_form
from expectations.rule import all_rules
from pipelines.settings import DEMO_CLOCK
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, records
from warehouse.reference_data import reference_rows

STEMS = {"T": "tertial_reports", "D": "data_requests"}
STATUS = {".": "not_applicable", "..": "not_reported", "...": "not_yet", ":": "suppressed"}
SHEETS = {(row["stem"], row["field_id"]): row["sheet"] for row in reference_rows("form_field")}
FILLED = ("core.form_value", "core.key_figure", "core.ledger_line", "core.complete_year", "core.delivery_in_force",
          "core.child_welfare_cost_line", "core.child_record_count", "core.supplier_invoice_line", "core.bufetat_figure",
          "core.compensation_line", "core.inhabitant", "core.progress_text", "raw.tertial_reports_cell",
          "raw.data_requests_cell", "register.delivery")

LEFT_OVER = []   # the tables the drawing before filled


def number_and_status(text):
    return (None if text in STATUS else 0.0 if text == "-" else float(text)), STATUS.get(text, "ok")


class Drawing:
    """Rows by table, gathered from drawn lines."""

    def __init__(self):
        self.rows = {name: [] for name in FILLED}
        self.deliveries = {}

    def add(self, table, **row):
        contract = contract_of(*table.split("."))
        self.rows[table].append({**dict.fromkeys(contract.column_names), **row})

    def delivery(self, stem, unit, period):
        """The delivery of a source, unit and period: registered and in force the first time it is asked for."""
        key = stem, unit, period
        if key not in self.deliveries:
            number = self.deliveries[key] = 1 + len(self.deliveries)
            self.add("register.delivery", delivery_id=number, sha256=f"{number:064d}", stem=stem,
                     received_at=DEMO_CLOCK, delivery_state="accepted", file_name=f"{stem}_{unit}_{period}")
            self.add("core.delivery_in_force", stem=stem, source_unit_code=unit, period=period, dataset_code="",
                     delivery_id=number, version=1)
        return self.deliveries[key]

    def form(self, number, form, unit, period, field, value, *words):
        stem, (amount, status) = STEMS[form], number_and_status(value)
        common = {"delivery_id": self.delivery(stem, unit, period), "cell_number": number, "period": period,
                  "field_id": field, "value": amount, "explanation": " ".join(words) or None}
        self.add(f"raw.{stem}_cell", **common, municipality_code=unit, sheet=SHEETS[stem, field], cell=f"D{number}",
                 status_sign=value if value in (*STATUS, "-") else None)
        self.add("core.form_value", **common, stem=stem, unit_code=unit, source_municipality_code=unit, status=status,
                 is_confirmed_zero=value == "-")

    def choice(self, number, unit, period, field, chosen):
        self.add("raw.data_requests_cell", delivery_id=self.delivery("data_requests", unit, period), cell_number=number,
                 period=period, field_id=field, value_text=chosen, municipality_code=unit,
                 sheet=SHEETS["data_requests", field], cell=f"D{number}")

    def figure(self, number, unit, year, code, value):
        amount, status = number_and_status(value)
        self.add("core.key_figure", unit_code=unit, year=int(year), key_figure_code=code, value=amount, status=status,
                 is_confirmed_zero=value == "-", cell_number=number,
                 delivery_id=self.delivery("kostra_statistics", unit, year))

    def count(self, number, unit, year, count, value):
        code, _, category = count.partition(":")
        self.add("core.child_record_count", unit_code=unit, source_municipality_code=unit, year=int(year), count_code=code,
                 count_category_code=category or None, value=float(value), cell_number=number,
                 delivery_id=self.delivery("child_records", unit, year))

    def ledger(self, number, unit, year, function, species, amount, *marks):
        delivery = self.delivery("ledger", unit, year)
        self.add("core.ledger_line", unit_code=unit, source_municipality_code=unit, accounting_year=int(year),
                 voucher_number=str(number), function_code=function, species_code=species, is_trial="trial" in marks,
                 area_code="EM" if "EM" in marks else None,
                 amount_nok=1000 * Decimal(amount), delivery_id=delivery, line_number=number)
        if "trial" in marks and species != "550" and function == "285":
            self.add("core.child_welfare_cost_line", unit_code=unit, accounting_year=int(year), function_code=function,
                     purpose_function_code="252", component="trial", amount_thousand_nok=float(amount),
                     delivery_id=delivery, line_number=number)
        if not any(row["unit_code"] == unit and row["accounting_year"] == int(year)
                   for row in self.rows["core.complete_year"]):
            self.add("core.complete_year", unit_code=unit, accounting_year=int(year))

    def invoice(self, number, unit, year, measure, months, days, agreement):
        self.add("core.supplier_invoice_line", unit_code=unit, service_year=int(year), invoice_number=f"{year}{number:04d}",
                 measure_type_code=measure, contract_id=agreement, months_count=float(months),
                 days_count=None if days == "-" else int(days), amount_nok=Decimal(1000),
                 delivery_id=self.delivery("supplier_invoices", unit, year), line_number=number)

    def bufetat(self, number, unit, period, figure, value, measure=None):
        amount, status = number_and_status(value)
        self.add("core.bufetat_figure", unit_code=unit, source_unit_code=unit, period=period, bufetat_figure_code=figure,
                 measure_type_code=measure, value=amount, status=status, unit="dager", line_number=number,
                 delivery_id=self.delivery("bufetat", unit, period[:4]))

    def grant(self, number, unit, year, amount):
        self.add("core.compensation_line", unit_code=unit, year=int(year), amount_thousand_nok=float(amount),
                 delivery_id=self.delivery("grants", unit, year), line_number=number)

    def population(self, number, unit, year, count):
        self.add("core.inhabitant", unit_code=unit, year=int(year), inhabitants_count=int(count), cell_number=number,
                 delivery_id=self.delivery("population", unit, year))

    def text(self, number, unit, period, delmaal, *words):
        common = {"delivery_id": self.delivery("tertial_reports", unit, period), "cell_number": number, "period": period}
        self.add("raw.tertial_reports_cell", **common, municipality_code=unit, sheet="Fremdrift", cell=f"D{number}",
                 field_id=f"tekst_{delmaal.lower()}")
        self.add("core.progress_text", **common, unit_code=unit, delmaal=delmaal, value_text=" ".join(words),
                 is_reviewed=False)

    def fill(self, connection):
        while LEFT_OVER:
            connection.execute(f"DELETE FROM {LEFT_OVER.pop()}")
        for name, several in self.rows.items():
            if several:
                LEFT_OVER.append(name)
                contract = contract_of(*name.split("."))
                append(connection, contract, arrow_table(contract, several))


def drawing_of(text):
    drawing = Drawing()
    for number, line in enumerate(filter(None, (line.split("#")[0].split() for line in text.splitlines())), 1):
        kind, *words = line
        if kind == "delivered":
            drawing.delivery(*words)
        elif kind in STEMS:
            drawing.form(number, kind, *words)
        else:
            getattr(drawing, kind)(number, *words)
    return drawing


@pytest.fixture(scope="session")
def referenced_warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        set_clock(connection, DEMO_CLOCK)
        yield connection


@pytest.fixture
def clock(referenced_warehouse):
    """The function that sets the moment the warehouse is built for; it is put back after the test."""
    yield lambda day: set_clock(referenced_warehouse, datetime.fromisoformat(day))
    set_clock(referenced_warehouse, DEMO_CLOCK)


@pytest.fixture
def found(referenced_warehouse):
    """The function that gives the findings of a rule in drawn deliveries."""
    def findings(rule_id, text):
        drawing_of(text).fill(referenced_warehouse)
        rule = next(rule for rule in all_rules() if rule.rule_id == rule_id)
        return list(rule.findings(records(referenced_warehouse, rule.select)))
    return findings


@pytest.fixture
def checked():
    """The function that gives what one drawn form shows by itself."""
    def findings(text):
        drawing = drawing_of(text)
        (stem,) = {STEMS[line.split()[0]] for line in text.splitlines() if line.strip()}
        return check_form(drawing.rows[f"raw.{stem}_cell"], stem, "skjema.xlsx")
    return findings
