"""Faults of place: a row shifted by one, the value of a neighbour's column, last period's numbers told again."""

from collections.abc import Iterator
from random import Random

from assets.forms.periods import previous_period
from tests.power.delivered import CUBES, FORMS, Change, Delivered, Row, figures, is_number, number_of
from tests.power.fault import Fault, Kind, changed

_LONGEST_BLOCK = 8
NOT_REPORTED = ".."
# Two cells are neighbours when they differ in one of these only.
_ROW_AND_COLUMN = {
    "population": ("region_code", "age_code", "year"),
    "kostra_statistics": ("region_code", "key_figure_code", "year"),
    "bufetat": ("municipality_code", "tertial_number", "year", "bufetat_region_code"),
    "grants": ("municipality_code", "year"),
}
_NEXT_COLUMN = {"supplier_invoices": "co_payment_nok", "surveys": "respondents_count"}
_KEYS_OF_BUFETAT = ("bufetat_figure_code", "measure_type_code", "budget_post_code", "unit")


def _shifted(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """In a form the rest of a sheet is written one row too low; in a file the numbers of a few lines move on by one."""
    if not (rows := delivered.numbers(stem)):
        return None
    first = random.choice(rows)
    lines = [row for row in delivered.rows(first["delivery_id"])
             if stem not in FORMS or row["field_id"] in figures(stem)]
    start = lines.index(first)
    changes = tuple(_down_the_sheet(lines, start) if stem in FORMS else _round(
        stem, lines[start:start + random.randint(2, _LONGEST_BLOCK)]))
    return Fault("shifted_row", stem, first["delivery_id"], changes, f"{len(changes)} rader") if changes else None


def _down_the_sheet(lines: list[Row], start: int) -> Iterator[Change]:
    """The first row is left empty and the last number of the sheet is lost."""
    sheet = [row for row in lines[start:] if row["sheet"] == lines[start]["sheet"]]
    yield changed(sheet[0], value=None, status_sign=NOT_REPORTED)
    for above, row in zip(sheet, sheet[1:], strict=False):
        if (above["value"], above["status_sign"]) != (row["value"], row["status_sign"]):
            yield changed(row, value=above["value"], status_sign=above["status_sign"])


def _round(stem: str, block: list[Row]) -> Iterator[Change]:
    """Each line has the number of the line above, and the first that of the last: keys and numbers are sorted apart."""
    told = [name for name in (number_of(stem), "status_sign") if name in block[0]]
    for above, row in zip([block[-1], *block], block, strict=False):
        if any(above[name] != row[name] for name in told):
            yield changed(row, **{name: above[name] for name in told})


def _neighbours_column(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    if not (rows := delivered.numbers(stem)):
        return None
    row = random.choice(rows)
    if stem in FORMS:
        changes = _of_the_period_before(delivered, stem, row)
    elif stem in _NEXT_COLUMN:
        changes = _columns_exchanged(row, number_of(stem), _NEXT_COLUMN[stem])
    else:
        changes = _cells_exchanged(delivered, stem, row, random)
    return Fault("neighbour_column", stem, row["delivery_id"], changes) if changes else None


def _of_the_period_before(delivered: Delivered, stem: str, row: Row) -> tuple[Change, ...]:
    """The form shows last period's number in a column of its own; it is told again."""
    before = _same_form_before(delivered, stem, row)
    told = next((other for other in before if other["field_id"] == row["field_id"]), None)
    if told is None or told["value"] in (None, row["value"]) or told["status_sign"] is not None:
        return ()
    return (changed(row, value=told["value"]),)


def _columns_exchanged(row: Row, one: str, other: str) -> tuple[Change, ...]:
    return () if row[other] in (None, row[one]) else (changed(row, **{one: row[other], other: row[one]}),)


def _cells_exchanged(delivered: Delivered, stem: str, row: Row, random: Random) -> tuple[Change, ...]:
    """Two cells beside each other, in the same row or the same column of the table, have changed numbers."""
    keys, name = _ROW_AND_COLUMN[stem], number_of(stem)
    same = _KEYS_OF_BUFETAT if stem == "bufetat" else ()
    others = [other for other in delivered.rows(row["delivery_id"])
              if sum(other[key] != row[key] for key in keys) == 1 and all(other[key] == row[key] for key in same)
              and is_number(stem, other) and other[name] != row[name]]
    if not others:
        return ()
    other = random.choice(_nearest(stem, row, others))
    return changed(row, **{name: other[name]}), changed(other, **{name: row[name]})


def _nearest(stem: str, row: Row, others: list[Row]) -> list[Row]:
    number = "cell_number" if stem in CUBES else "line_number"
    return sorted(others, key=lambda other: abs(other[number] - row[number]))[:4]


def _copied(delivered: Delivered, stem: str, random: Random) -> Fault | None:
    """All numbers of a form, or of one of its sheets, are those of the period before."""
    key = random.choice(delivered.deliveries(stem))
    lines = delivered.rows(key)
    before = {row["field_id"]: row for row in _same_form_before(delivered, stem, lines[0])}
    sheets = sorted({row["sheet"] for row in lines if row["field_id"] in figures(stem)})
    sheet = random.choice(sheets) if random.random() < 0.5 else None
    pairs = [(row, before[row["field_id"]]) for row in lines if row["field_id"] in figures(stem)
             and row["field_id"] in before and sheet in (None, row["sheet"])]
    changes = tuple(changed(row, value=old["value"], status_sign=old["status_sign"]) for row, old in pairs
                    if (row["value"], row["status_sign"]) != (old["value"], old["status_sign"]))
    return Fault("copied_period", stem, key, changes, sheet or "hele skjemaet") if changes else None


def _same_form_before(delivered: Delivered, stem: str, row: Row) -> list[Row]:
    """The rows of the same unit's form of the period before; empty where there is none."""
    period = previous_period(stem, row["period"])
    unit = delivered.unit_of(row["municipality_code"])
    return next((rows for key in delivered.deliveries(stem) if (rows := delivered.rows(key))[0]["period"] == period
                 and delivered.unit_of(rows[0]["municipality_code"]) == unit), [])


KINDS = (
    Kind("shifted_row", "en rad forskjøvet", ("kostra_accounts", "ledger", "grants", "population", "kostra_statistics",
                                              "tertial_reports", "data_requests", "supplier_invoices", "bufetat",
                                              "surveys", "supervision"), _shifted),
    Kind("neighbour_column", "verdi i naboens kolonne", ("population", "kostra_statistics", "tertial_reports",
                                                         "data_requests", "supplier_invoices", "bufetat", "grants",
                                                         "surveys"), _neighbours_column),
    Kind("copied_period", "forrige periode kopiert", FORMS, _copied),
)
