"""Drawn indicators: core tables from a few lines of text, one indicator built from them, and its values.

A line is a kind and its words:

    figure      2012 2018 08 109          key figure: unit, year, code, value; the value may be .. ... : or - (a true 0)
    account     2012 2018 252 010 500 [class=0] [internal]     thousand NOK by function and species
    ledger      2012 2018 285 010 900 [trial] [purpose=252] [EM] [house] [from=0723]     thousand NOK by function and
                                                               species; house: the own institution's responsibility
    grant       2012 2018 kompensasjon 25500 [one-off]         thousand NOK
    inhabitants 2012 2018 4929                                 aged 0–17, spread over two ages; others are added
    incomplete  2012 2018                                      a year that lacks a file
    form        T 2012 2018-T1 akuttplasseringer 5             a form's field: T tertial report, D data request; the
                                                               value may be .. ... . or - (a true 0)
    bufetat     2012 2018-T1 egenandel 3437 [post=3855.60]     1000 NOK; the value may be .. ... or .
    matter      2012 2019-04-30 fylkesmannen barn_med_tiltak 270    from an inspection; the count may be ..
    invoice     2012 2018 institusjon 1 243333 [A1]            months and NOK of one stay, with its agreement
    unfinished  2012 2019                                      a service year whose list came before it was over
    rate        2018 institusjon 70320                         NOK a month
    interview   doc1 2019                                  an interviewed person, all trial municipalities together
    coding      doc1 2019 D1-04 +1                         a coding: document, year, its code's indicator, direction; - none
"""

from datetime import date
from decimal import Decimal

import pytest

from assets.build import build_reference_table, build_sql_table
from assets.disclosure import must_hide
from assets.sql_files import SqlTable, sql_tables
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, records
from warehouse.reference_data import reference_rows

STATUS_BY_SIGN = {"..": "not_reported", "...": "not_yet", ":": "suppressed"}
REFERENCE = ("unit", "indicator", "concept_formula", "grant_kind", "measure_category", "indicator_field",
             "reporting_period", "municipality_code", "producer_species", "service_host", "measure_type",
             "own_institution", "published_figure")
OWN_INSTITUTION = "3230"


def words_of(text):
    return [line.split() for line in text.strip().splitlines() if line.strip()]


def figure_row(number, unit, year, code, value):
    status = STATUS_BY_SIGN.get(value, "ok")
    amount = None if status != "ok" else 0.0 if value == "-" else float(value)
    return {"unit_code": unit, "year": int(year), "key_figure_code": code, "value": amount, "status": status,
            "is_confirmed_zero": value == "-", "delivery_id": 1, "cell_number": number}


def account_row(number, unit, year, function, species, amount, *marks):
    return {"unit_code": unit, "source_municipality_code": unit, "accounting_year": int(year),
            "account_class": "0" if "class=0" in marks else "1", "function_code": function, "species_code": species,
            "amount_thousand_nok": float(amount), "is_internal": "internal" in marks, "delivery_id": 2,
            "line_number": number}


def ledger_row(number, unit, year, function, species, amount, *marks):
    said = dict(mark.split("=") for mark in marks if "=" in mark)
    purpose = said.get("purpose", "unsplit")
    return {"unit_code": unit, "source_municipality_code": said.get("from", unit), "accounting_year": int(year),
            "voucher_number": str(number), "voucher_date": None, "function_code": function, "species_code": species,
            "responsibility_code": OWN_INSTITUTION if "house" in marks else None, "project_code": None,
            "is_trial": "trial" in marks, "purpose_function_code": purpose if function == "285" else None, "invoice_number": None,
            "supplier_org_number": None, "area_code": "EM" if "EM" in marks else None,
            "amount_nok": 1000 * Decimal(amount), "delivery_id": 3, "line_number": number}


def grant_row(number, unit, year, name, amount, *marks):
    return {"unit_code": unit, "year": int(year), "grant_name": name, "is_one_off": "one-off" in marks,
            "amount_thousand_nok": float(amount), "delivery_id": 4, "line_number": number}


def inhabitant_rows(number, unit, year, count):
    """Two ages that count and one that does not."""
    shares = (("000", int(count) - 100), ("017", 100), ("018", 9999))
    return [{"unit_code": unit, "source_municipality_code": unit, "year": int(year), "age_code": age,
             "inhabitants_count": share, "delivery_id": 5, "cell_number": 10 * number + place}
            for place, (age, share) in enumerate(shares)]


def form_row(number, form, unit, period, field, value):
    status = {".": "not_applicable", **STATUS_BY_SIGN}.get(value, "ok")
    return {"stem": {"T": "tertial_reports", "D": "data_requests"}[form], "unit_code": unit,
            "source_municipality_code": unit, "period": period, "field_id": field,
            "value": None if status != "ok" else 0.0 if value == "-" else float(value), "status": status,
            "is_confirmed_zero": value == "-", "explanation": None, "delivery_id": 6, "cell_number": number}


def bufetat_row(number, unit, period, figure, value, *marks):
    words = dict(mark.split("=") for mark in marks)
    status = {".": "not_applicable", **STATUS_BY_SIGN}.get(value, "ok")
    return {"unit_code": unit, "source_unit_code": words.get("from", unit), "period": period,
            "bufetat_figure_code": figure, "budget_post_code": words.get("post"), "measure_type_code": words.get("measure"),
            "value": float(value) if status == "ok" else None,
            "status": status, "unit": "1000 NOK", "change_since_2015": None, "delivery_id": 9, "line_number": number}


def matter_row(number, unit, day, name, matter, count):
    return {"unit_code": unit, "year": int(day[:4]), "supervision_date": date.fromisoformat(day),
            "supervision_name": name, "matter_code": matter, "matter_count": None if count == ".." else int(count),
            "severity": None, "delivery_id": 10, "line_number": number}


def invoice_row(number, unit, year, measure, months, nok, agreement=None):
    return {"unit_code": unit, "service_year": int(year), "posting_year": int(year), "invoice_number": str(number),
            "supplier_org_number": "999999018", "measure_type_code": measure, "contract_id": agreement,
            "contracts_count": agreement, "months_count": float(months), "days_count": None, "amount_nok": Decimal(nok),
            "co_payment_nok": None, "expected_co_payment_nok": None, "delivery_id": 7, "line_number": number}


def with_agreements_counted(rows):
    """As the core table does: 1 on an agreement's first line in the year, 0 on its others, nothing without one."""
    seen = set()
    for row in rows:
        key = (row["unit_code"], row["service_year"], row["measure_type_code"], row["contract_id"])
        row["contracts_count"] = None if row["contract_id"] is None else int(key not in seen)
        seen.add(key)
    return rows


def rate_row(number, year, measure, nok):
    return {"year": int(year), "measure_code": measure, "rate_nok_per_month": Decimal(nok), "rate_source": None,
            "delivery_id": 8, "line_number": number}


def interview_row(number, document, year, group="ungdom", unit="2012"):
    return {"document_key": document, "interview_year": int(year), "unit_code": unit, "informant_group": group,
            "delivery_id": 11, "cell_number": number}


def coding_row(number, document, year, indicator_id, direction):
    return {"document_key": document, "interview_year": int(year), "informant_group": "ungdom", "code_name": "kode",
            "delmaal": "D", "problemstilling_no": "D1", "indicator_id": None if indicator_id == "-" else indicator_id,
            "direction": None if direction == "-" else int(direction), "coder_key": "k", "delivery_id": 11,
            "cell_number": number}


ROWS_BY_KIND = {
    "interview": ("interview_document", lambda *words: [interview_row(*words)]),
    "coding": ("interview_coding", lambda *words: [coding_row(*words)]),
    "bufetat": ("bufetat_figure", lambda *words: [bufetat_row(*words)]),
    "matter": ("supervision_matter", lambda *words: [matter_row(*words)]),
    "figure": ("key_figure", lambda *words: [figure_row(*words)]),
    "account": ("account_line", lambda *words: [account_row(*words)]),
    "ledger": ("ledger_line", lambda *words: [ledger_row(*words)]),
    "grant": ("grant_line", lambda *words: [grant_row(*words)]),
    "inhabitants": ("population_cell", inhabitant_rows),
    "form": ("form_value", lambda *words: [form_row(*words)]),
    "invoice": ("supplier_invoice_line", lambda *words: [invoice_row(*words)]),
    "rate": ("co_payment_rate", lambda *words: [rate_row(*words)]),
}
YEARS_THAT_LACK_SOMETHING = ("incomplete", "unfinished")
DERIVED = ("child_welfare_cost_line", "compensation_line", "inhabitant", "trial_balance_line", "measure_cost_line",
           "invoice_price_line", "co_payment_figure", "form_part", "confirmed_zero")


def fill_core(connection, text):
    rows = {name: [] for name, _ in ROWS_BY_KIND.values()}
    lines = words_of(text)
    for number, (kind, *words) in enumerate(lines, 1):
        if kind not in YEARS_THAT_LACK_SOMETHING:
            name, make = ROWS_BY_KIND[kind]
            rows[name] += make(number, *words)
    missing = {tuple(words) for kind, *words in lines if kind == "incomplete"}
    with_money = {(words[0], words[1]) for kind, *words in lines if kind in ("account", "ledger")}
    rows["complete_year"] = [{"unit_code": unit, "accounting_year": int(year)}
                             for unit, year in sorted(with_money - missing)]
    with_agreements_counted(rows["supplier_invoice_line"])
    unfinished = {tuple(words) for kind, *words in lines if kind == "unfinished"}
    invoiced = {(words[0], words[1]) for kind, *words in lines if kind == "invoice"}
    rows["invoiced_year"] = [{"unit_code": unit, "service_year": int(year)}
                             for unit, year in sorted(invoiced - unfinished)]
    for name, several in rows.items():
        contract = contract_of("core", name)
        connection.execute(f"DELETE FROM {contract.full_name}")
        append(connection, contract, arrow_table(contract, several))


def table_named(schema, name):
    return next(table for table in sql_tables(schema) if table.name == name)


def values_of(connection, indicator_id):
    """Builds the indicator and its values, by `unit period breakdown`; a number, or the word of why there is none."""
    name = indicator_id.lower().replace("-", "_")
    for derived in DERIVED:
        build_sql_table(connection, table_named("core", derived))
    build_sql_table(connection, table_named("indicators", name))
    parts = f"SELECT '{indicator_id}' AS indicator_id, {name}.* FROM indicators.{name}"
    mart = table_named("marts", "indicator_value").text.replace("{indicator_parts}", parts)
    build_sql_table(connection, SqlTable("marts", "indicator_value", mart))
    found = records(connection, "SELECT * FROM marts.indicator_value")
    assert all((row["value"] is None) == (row["status"] != "ok") for row in found)
    return {key_of(row): row["status"] if row["value"] is None else row["value"] for row in found}


def key_of(row):
    return f"{row['unit_code']} {row['period']} {row['breakdown']}".strip()


def hidden_values(connection, indicator_id, threshold):
    """What the numbers' own small-number rule hides of the values last built."""
    rule = next(row["small_number_rule"] for row in reference_rows("indicator") if row["indicator_id"] == indicator_id)
    found = records(connection, "SELECT value.*, unit.unit_type FROM marts.indicator_value AS value "
                    "INNER JOIN reference.unit ON unit.unit_code = value.unit_code")
    return {key_of(row) for row in found if must_hide(row, rule, threshold)}


@pytest.fixture(scope="session")
def empty_warehouse():
    """A warehouse with reference tables only; to open one takes longer than to build an indicator."""
    with in_memory() as connection:
        for name in REFERENCE:
            build_reference_table(connection, contract_of("reference", name))
        yield connection


@pytest.fixture
def drawn(empty_warehouse):
    """The function that gives an indicator's values from drawn core tables, which are emptied first."""
    def values(indicator_id, text):
        fill_core(empty_warehouse, text)
        return values_of(empty_warehouse, indicator_id)
    return values


@pytest.fixture
def hidden(drawn, empty_warehouse):
    """The function that gives the keys of an indicator's values that its small-number rule hides."""
    def keys(indicator_id, text, threshold=3):
        drawn(indicator_id, text)
        return hidden_values(empty_warehouse, indicator_id, threshold)
    return keys
