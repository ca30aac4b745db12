"""Faults of posting: another year's rate, an invoice without its sibling, EM not netted, the wrong function."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from tests.power.delivered import Change, Delivered, Row
from tests.power.fault import Fault, Kind, changed
from warehouse.reference_data import reference_rows

TRIAL, PLACED = "285", "252"
CHILD_WELFARE = ("244", "251", PLACED, TRIAL)
EVERY = 0.5
"""How often a fault that can be in one line or in all of a file is in all."""


def _wrong_years_rate(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """The co-payment of one invoice, or of all, is months × another year's rate; in the ledger 285 takes the rest."""
    if stem == "rates":
        return _rate_of_another_year(delivered, random)
    key = random.choice(delivered.deliveries("supplier_invoices"))
    stays = [row for row in delivered.rows(key) if _rates(delivered, row, random)]
    if not stays:
        return None
    chosen = stays if random.random() < EVERY else [random.choice(stays)]
    words = "alle fakturaer" if len(chosen) > 1 else "én faktura"
    if stem == "supplier_invoices":
        changes = tuple(changed(row, co_payment_nok=_split(row, *_rates(delivered, row, random))) for row in chosen
                        if row["co_payment_nok"] is not None)
        return Fault("wrong_rate", stem, key, changes, words) if changes else None
    return _in_the_ledger(delivered, chosen, random, words)


def _in_the_ledger(delivered: Delivered, stays: list[Row], random: Random, words: str) -> Fault | None:
    unit = delivered.unit_of(stays[0]["municipality_code"])
    for key in delivered.deliveries("ledger"):
        lines = delivered.rows(key)
        if delivered.unit_of(lines[0]["municipality_code"]) != unit:
            continue
        changes = [change for stay in stays for change in _shifted_between(delivered, stay, lines, random)]
        if changes:
            return Fault("wrong_rate", "ledger", key, tuple(changes), words)
    return None


def _shifted_between(delivered: Delivered, stay: Row, lines: list[Row], random: Random) -> Iterator[Change]:
    """What 252 has too much or too little of an invoice, 285 lacks or has."""
    rates = _rates(delivered, stay, random)
    pair = {line["function_code"]: line for line in lines if line["invoice_number"] == stay["invoice_number"]}
    if rates and {PLACED, TRIAL} <= pair.keys():
        right, wrong = rates
        moved = Decimal(str(stay["months_count"])) * (wrong - right)
        yield changed(pair[PLACED], amount_nok=pair[PLACED]["amount_nok"] + moved)
        yield changed(pair[TRIAL], amount_nok=pair[TRIAL]["amount_nok"] - moved)


def _split(row: Row, right: Decimal, wrong: Decimal) -> Decimal:
    return (row["co_payment_nok"] * wrong / right).quantize(Decimal("0.01"))


def _rates(delivered: Delivered, row: Row, random: Random) -> tuple[Decimal, Decimal] | None:
    """The year's own rate and that of the year before; None where either is not known."""
    measure = next(kind["rate_measure_code"] for kind in reference_rows("measure_type")
                   if kind["measure_type_code"] == row["measure_type_code"])
    known = {line["year"]: line["rate_nok_per_month"] for key in delivered.deliveries("rates")
             for line in delivered.rows(key) if line["measure_code"] == measure}
    right, wrong = known.get(row["service_from"].year), known.get(row["service_from"].year - 1)
    return (right, wrong) if right and wrong else None


def _rate_of_another_year(delivered: Delivered, random: Random) -> Fault | None:
    row = random.choice(delivered.numbers("rates"))
    others = [line for line in delivered.rows(row["delivery_id"]) if line["measure_code"] == row["measure_code"]
              and line["rate_nok_per_month"] not in (None, row["rate_nok_per_month"])]
    if not others:
        return None
    other = random.choice(others)
    return Fault("wrong_rate", "rates", row["delivery_id"],
                 (changed(row, rate_nok_per_month=other["rate_nok_per_month"]),), f"satsen for {other['year']}")


def _without_its_sibling(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """One of an invoice's two lines is not there, or bears another invoice's number."""
    lines = [row for row in delivered.numbers(stem) if row["invoice_number"]] + [
        row for key in delivered.deliveries(stem) for row in delivered.rows(key)
        if row["invoice_number"] and row["function_code"] == PLACED]
    row = random.choice(lines)
    if random.random() < 0.5:
        return Fault("no_sibling", stem, row["delivery_id"], ((row, None),), f"linjen på {row['function_code']} mangler")
    return Fault("no_sibling", stem, row["delivery_id"],
                 (changed(row, invoice_number=row["invoice_number"] + "9"),), "et annet fakturanummer")


def _minors_not_netted(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """Lines for unaccompanied minors are not marked: all of a file, or those of one function and species."""
    marked = [row for key in delivered.deliveries(stem) for row in delivered.rows(key) if row["area_code"] == "EM"]
    first = random.choice(marked)
    every = random.random() < EVERY
    rows = [row for row in marked if row["delivery_id"] == first["delivery_id"] and (every or all(
        row[name] == first[name] for name in ("function_code", "species_code")))]
    return Fault("minors_not_netted", stem, first["delivery_id"], tuple(changed(row, area_code=None) for row in rows),
                 "hele hovedboken" if every else f"{first['function_code']} {first['species_code']}")


def _wrong_function(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """The lines of one species on one function stand on another: of child welfare, or any in the accounts."""
    row = random.choice([row for row in delivered.numbers(stem) if row["function_code"] in CHILD_WELFARE])
    lines = delivered.rows(row["delivery_id"])
    others = sorted({line["function_code"] for line in lines} - {row["function_code"]})
    near = [code for code in CHILD_WELFARE if code != row["function_code"]]
    target = random.choice(near if random.random() < 0.5 or stem == "ledger" else others)
    same = ("function_code", "species_code", "purpose_function_code", "area_code", "account_class")
    alike = _alike(lines, row, same) if random.random() < EVERY else [row]
    return Fault("wrong_function", stem, row["delivery_id"],
                 tuple(changed(line, function_code=target) for line in alike), f"{row['function_code']} -> {target}")


def _alike(lines: list[Row], row: Row, names: tuple[str, ...]) -> list[Row]:
    return [line for line in lines if all(line.get(name) == row.get(name) for name in names)]


KINDS = (
    Kind("wrong_rate", "et annet års sats", ("supplier_invoices", "ledger", "rates"), _wrong_years_rate),
    Kind("no_sibling", "en faktura uten sin andre del", ("ledger",), _without_its_sibling),
    Kind("minors_not_netted", "enslige mindreårige ikke trukket ut", ("ledger",), _minors_not_netted),
    Kind("wrong_function", "arten på feil funksjon", ("kostra_accounts", "ledger"), _wrong_function),
)
