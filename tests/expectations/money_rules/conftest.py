"""Drawn deliveries for the rules on money, invoices, Bufetat and interviews: a few lines of text, one rule, its findings.

    ledger 2012 2018 285 370 1000 invoice=A1 project=- purpose=252 area=EM voucher=3   kroner; 285 bears the trial's project
    account 2012 2018 252 300 5600                                thousand kroner; the year is whole
    invoice 2012 2018 institusjon A1 90000 months=1 paid=70320 rate=70320 posted=2019   kroner; rate=- is not known
    invoice 2012 2018 fosterhjem A1 90000 days=31 agreement=a supplier=s   of an agreement, with its days
    invoice 2012 2018 fosterhjem A1 90000 agreements=1                     the first line of an agreement; its others have 0
    bufetat 0729 2018-T1 egenandel 2663 change=178 post=3855.60 measure=institusjon   thousand kroner; or .. ... .
    grant 2012 2018 kompensasjon 25500 one_off=yes                thousand kroner
    report 0729 2018-T3 tvistesaker 1                             a field of a tertial report, in cell D and its line's number
    interview 2019 ungdom
    delivered ledger 0729 2018                                    a delivery in force, without rows

The number of a drawn line is its line number. Each source, unit and year is a delivery of its own, received on 1 October
2019 unless the test says another day.
"""

from datetime import datetime
from decimal import Decimal

import pytest

from assets.build import build_reference_table, build_sql_table, set_clock
from assets.sql_files import sql_tables
from expectations.rule import all_rules
from pipelines.settings import DEMO_CLOCK
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, records

FILLED = ("core.ledger_line", "core.account_line", "core.complete_year", "core.supplier_invoice_line", "core.bufetat_figure",
          "core.grant_line", "core.form_value", "raw.tertial_reports_cell", "core.interview_document",
          "core.delivery_in_force", "register.delivery")
STATUS = {".": "not_applicable", "..": "not_reported", "...": "not_yet"}
UNIT_OF = {"0722": "0729", "0723": "0729"}
MADE_HERE = [table for table in sql_tables("core") if table.name in ("co_payment_figure", "account_concept")]

LEFT_OVER = []   # the tables the drawing before filled


class Drawing:
    """Rows by table, gathered from drawn lines."""

    def __init__(self, text, received=DEMO_CLOCK):
        self.rows = {name: [] for name in FILLED}
        self.deliveries, self.received = {}, received
        lines = [line.split() for line in text.strip().splitlines()]
        for number, (kind, *words) in enumerate(lines, 1):
            getattr(self, kind)(number, *(word for word in words if "=" not in word),
                                **dict(word.split("=") for word in words if "=" in word))
        for key, delivery_id in self.deliveries.items():
            self._registered(delivery_id, *key)

    def _add(self, table, **row):
        contract = contract_of(*table.split("."))
        unknown = set(row) - set(contract.column_names)
        assert not unknown, f"{table} has no {unknown}"
        self.rows[table].append({**dict.fromkeys(contract.column_names), **row})

    def _delivery(self, stem, code, period):
        return self.deliveries.setdefault((stem, code, period), 1 + len(self.deliveries))

    def _registered(self, delivery_id, stem, code, period):
        self._add("register.delivery", delivery_id=delivery_id, sha256=f"{delivery_id:064d}", stem=stem,
                  received_at=self.received, delivery_state="accepted", file_name=f"{stem}_{code}_{period}.csv")
        if stem in ("ledger", "kostra_accounts"):
            self._add("core.delivery_in_force", stem=stem, source_unit_code=code, period=period, dataset_code="",
                      delivery_id=delivery_id, version=1)

    def delivered(self, number, stem, code, period):
        self._delivery(stem, code, period)

    def ledger(self, number, code, year, function, species, amount, *, invoice=None, project=None, purpose=None, area=None,
               voucher=None, supplier=None):
        project = None if project == "-" else project or ("28516" if function == "285" else None)
        self._add("core.ledger_line", unit_code=UNIT_OF.get(code, code), source_municipality_code=code,
                  accounting_year=int(year), voucher_number=voucher or str(number), function_code=function,
                  species_code=species, project_code=project, is_trial=project == "28516",
                  purpose_function_code=(purpose or "unsplit") if function == "285" else None, invoice_number=invoice,
                  supplier_org_number=supplier, area_code=area, amount_nok=Decimal(amount),
                  delivery_id=self._delivery("ledger", code, year), line_number=number)

    def account(self, number, code, year, function, species, amount):
        unit = UNIT_OF.get(code, code)
        self._add("core.account_line", unit_code=unit, source_municipality_code=code, accounting_year=int(year),
                  account_class="1", function_code=function, species_code=species, amount_thousand_nok=float(amount),
                  is_internal=False, delivery_id=self._delivery("kostra_accounts", code, year), line_number=number)
        whole = {"unit_code": unit, "accounting_year": int(year)}
        if whole not in self.rows["core.complete_year"]:
            self._add("core.complete_year", **whole)

    def invoice(self, number, code, year, measure, invoice, amount, *, months="1", paid=None, rate="-", posted=None,
                supplier=None, days=None, agreement=None, agreements=None):
        self._add("core.supplier_invoice_line", unit_code=UNIT_OF.get(code, code), service_year=int(year),
                  posting_year=int(posted or year), invoice_number=invoice, supplier_org_number=supplier,
                  measure_type_code=measure, months_count=float(months), amount_nok=Decimal(amount),
                  days_count=int(days) if days else None, contract_id=agreement,
                  contracts_count=None if agreements is None else int(agreements),
                  co_payment_nok=Decimal(paid) if paid else None,
                  expected_co_payment_nok=None if rate == "-" else Decimal(rate),
                  delivery_id=self._delivery("supplier_invoices", code, year), line_number=number)

    def bufetat(self, number, unit, period, figure, value, *, change=None, post=None, measure=None):
        self._add("core.bufetat_figure", unit_code=UNIT_OF.get(unit, unit), source_unit_code=unit, period=period,
                  bufetat_figure_code=figure, measure_type_code=measure, budget_post_code=post or "3855.60", value=None if value in STATUS else float(value),
                  status=STATUS.get(value, "ok"), unit="1000 NOK", change_since_2015=float(change) if change else None,
                  delivery_id=self._delivery("bufetat", "region", "alle"), line_number=number)

    def grant(self, number, unit, year, name, amount, *, one_off="no"):
        self._add("core.grant_line", unit_code=unit, year=int(year), grant_name=name, is_one_off=one_off == "yes",
                  amount_thousand_nok=float(amount), delivery_id=self._delivery("grants", "alle", "alle"),
                  line_number=number)

    def report(self, number, unit, period, field, value):
        common = {"delivery_id": self._delivery("tertial_reports", unit, period), "cell_number": number,
                  "period": period, "field_id": field, "value": None if value in STATUS else float(value)}
        self._add("raw.tertial_reports_cell", **common, municipality_code=unit, sheet="F Samhandling", cell=f"D{number}",
                  status_sign=value if value in STATUS else None)
        self._add("core.form_value", **common, stem="tertial_reports", unit_code=unit, source_municipality_code=unit,
                  status=STATUS.get(value, "ok"), is_confirmed_zero=False)

    def interview(self, number, year, group):
        self._add("core.interview_document", document_key=f"dokument {number}", interview_year=int(year),
                  informant_group=group, delivery_id=self._delivery("interview_codings", "alle", year), cell_number=number)


@pytest.fixture(scope="session")
def reference_warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        set_clock(connection, DEMO_CLOCK)
        yield connection


@pytest.fixture
def found(reference_warehouse):
    """What the rule finds in the drawn lines."""
    rules = {rule.rule_id: rule for rule in all_rules()}

    def found(rule_id, text, received=None):
        drawing = Drawing(text) if received is None else Drawing(text, datetime.fromisoformat(received))
        while LEFT_OVER:
            reference_warehouse.execute(f"DELETE FROM {LEFT_OVER.pop()}")
        for name, rows in drawing.rows.items():
            if rows:
                LEFT_OVER.append(name)
                contract = contract_of(*name.split("."))
                append(reference_warehouse, contract, arrow_table(contract, rows))
        for table in MADE_HERE:
            if f"core.{table.name}" in rules[rule_id].select:
                build_sql_table(reference_warehouse, table)
        return list(rules[rule_id].findings(records(reference_warehouse, rules[rule_id].select)))
    return found


@pytest.fixture
def places(found):
    """(level, unit, period, found, expected) of each finding, with ordinary spaces in the numbers."""
    def places(rule_id, text, **options):
        return [(finding.level, finding.unit_code, finding.period, _plain(finding.found), _plain(finding.expected))
                for finding in found(rule_id, text, **options)]
    return places


def _plain(text):
    return text and text.replace("\u00a0", " ").replace("\u2212", "-")
