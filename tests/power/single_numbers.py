"""Faults of one number, and of the unit of a whole file's money."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.power.delivered import FORMS, Delivered, Row, figures, is_number, number_of
from tests.power.fault import Fault, Kind, Maker, changed, number_columns
from tests.power.numbers import (
    in_another_unit, times_ten, with_another_digit, with_the_other_sign, with_two_digits_swapped,
)

EVERY_SOURCE = ("kostra_accounts", "ledger", "grants", "rates", "population", "kostra_statistics", "tertial_reports",
                "data_requests", "supplier_invoices", "bufetat", "surveys", "supervision")
WITH_MONEY = ("kostra_accounts", "ledger", "grants", "rates", "tertial_reports", "data_requests", "supplier_invoices",
              "bufetat")
_MONEY_OF_BUFETAT = ("egenandel", "inntektskrav", "budsjettendring")
WHOLE_FILE = 0.5
"""How often a factor of a thousand is that of the whole file, delivered in another unit than it says."""

Wrong = Callable[[Decimal, Random], Decimal | None]


def _one_number(kind: str, wrong: Wrong) -> Maker:
    def make(delivered: Delivered, stem: str, random: Random) -> Fault | None:
        if not (rows := delivered.numbers(stem)):
            return None
        row, column = random.choice(rows), random.choice(number_columns(stem))
        before = Decimal(str(row[column]))
        after = wrong(before, random)
        if after is None or after == before:
            return None
        return Fault(kind, stem, row["delivery_id"], (changed(row, **{column: after}),), f"{column}: {before} -> {after}")
    return make


def _unit_of_money(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """One amount, or every amount of the file, a thousand times too large or too small."""
    money = [row for row in delivered.numbers(stem) if is_money(stem, row)]
    if not money:
        return None
    first = random.choice(money)
    whole = random.random() < WHOLE_FILE
    rows = [row for row in delivered.rows(first["delivery_id"]) if is_money(stem, row)
            and is_number(stem, row)] if whole else [first]
    name, up = number_of(stem), random.random() < 0.5
    changes = []
    for row in rows:
        before = Decimal(str(row[name]))
        after = in_another_unit(before, up)
        if after is not None and after != before:
            changes.append(changed(row, **{name: after}))
    words = "hele filen" if whole else "ett beløp"
    return Fault("factor_1000", stem, first["delivery_id"], tuple(changes), words) if changes else None


def is_money(stem: str, row: Row) -> bool:
    """Whether the row's number is an amount of money."""
    if stem in FORMS:
        return row["field_id"] in figures(stem) and figures(stem)[row["field_id"]]["field_kind"] == "amount"
    return stem != "bufetat" or row["bufetat_figure_code"] in _MONEY_OF_BUFETAT


KINDS = (
    Kind("digit", "ett siffer er feil", EVERY_SOURCE, _one_number("digit", with_another_digit)),
    Kind("swapped_digits", "to sifre har byttet plass", EVERY_SOURCE,
         _one_number("swapped_digits", with_two_digits_swapped)),
    Kind("factor_10", "faktor 10", EVERY_SOURCE, _one_number("factor_10", times_ten)),
    Kind("factor_1000", "faktor 1000", WITH_MONEY, _unit_of_money),
    Kind("sign", "feil fortegn", EVERY_SOURCE, _one_number("sign", with_the_other_sign)),
)
