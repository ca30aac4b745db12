"""What the door says of a delivery with a fault in it: refused, or read with findings of its own.

The faulty rows are written as the file they would have been and read by the source's own reader; the answers of a form
are judged by what reads its cells. Accounts that are read are judged by SSB's rules too, as at intake.
"""

import csv
import io
import json

from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from assets.forms.layout import form_fields
from assets.raw_loading import Stored
from assets.sources import reader_of
from assets.sources.fields import Field, NotAccepted
from assets.sources.fixed_width import layout
from assets.sources.form_answers import answer
from expectations.finding import DeliveryRefused, Finding
from expectations.kostra_accounts import check_accounts
from tests.power.delivered import CUBES, FORMS, Change, Row, place_number_of
from tests.power.numbers import as_text

REFUSED_ANSWER = "kritisk_feil"


def said_at_the_door(delivery: Stored, rows: list[Row], changes: tuple[Change, ...]) -> tuple[bool, list[Finding]]:
    """Whether the delivery with its changes is refused, and the findings it is met with. `rows` is what was delivered."""
    try:
        if delivery.stem in FORMS:
            return False, _answers(delivery, [after for _, after in changes if after is not None])
        return False, _read(delivery, with_changes(delivery.stem, rows, changes))
    except DeliveryRefused as refused:
        return True, list(refused.findings)


def with_changes(stem: str, rows: list[Row], changes: tuple[Change, ...]) -> list[Row]:
    """The delivery's rows with the fault in them."""
    number = place_number_of(stem)
    new = {before[number]: after for before, after in changes if before is not None}
    return [row for row in (new.get(row[number], row) for row in rows) if row is not None]


def _read(delivery: Stored, rows: list[Row]) -> list[Finding]:
    reading = reader_of(delivery.stem).read(written(delivery, rows), delivery.file_name)
    found = list(reading.findings)
    if delivery.stem == "kostra_accounts":
        found += check_accounts(rows, file=delivery.file_name)
    return found


def written(delivery: Stored, rows: list[Row]) -> bytes:
    """The rows as a file of their source that gives them back when it is read."""
    if delivery.stem in CUBES:
        return _as_cube(delivery.path.read_bytes(), rows)
    if delivery.stem == "kostra_accounts":
        return "".join(map(_as_record, rows)).encode("iso-8859-1")
    return _as_table(_fields(delivery.stem), rows)


def _answers(delivery: Stored, rows: list[Row]) -> list[Finding]:
    """Raises DeliveryRefused for an answer that cannot stand in its field."""
    fields = {field.field_id: field for field in form_fields(delivery.stem)}
    for row in rows:
        try:
            answer(fields[row["field_id"]], row["value"], row["status_sign"])
        except NotAccepted as fault:
            raise DeliveryRefused([Finding(
                fault.rule_id, REFUSED_ANSWER, fault.problem, unit_code=row["municipality_code"], period=row["period"],
                source=delivery.stem, sheet=row["sheet"], cell=row["cell"], delivery_id=delivery.delivery_id)]) from None
    return []


def _as_cube(original: bytes, rows: list[Row]) -> bytes:
    document = json.loads(original)
    values = document["value"]
    for row in rows:
        key = row["cell_number"] if isinstance(values, list) else str(row["cell_number"])
        if row["status_sign"] is None and row["value"] is not None:
            values[key] = row["value"]
    return json.dumps(document).encode()


def _as_record(row: Row) -> str:
    """One line of SSB's extract: amounts to the right, codes to the left, blanks where there is nothing."""
    texts = ((field, "" if row[field.name] is None else _shown(row[field.name])) for field in layout("accounts_record"))
    return "".join(text.rjust(field.end - field.start) if field.name == "amount_thousand_nok" else
                   text.ljust(field.end - field.start) for field, text in texts) + "\n"


def _as_table(fields: tuple[Field, ...], rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([field.heading for field in fields])
    writer.writerows([[_cell(row, field.name) for field in fields] for row in rows])
    return text.getvalue().encode()


@cache
def _fields(stem: str) -> tuple[Field, ...]:
    return import_module(f"assets.sources.{stem}").FIELDS


def _cell(row: Row, name: str) -> str:
    if name == "value" and row.get("status_sign"):
        return row["status_sign"]
    return "" if row[name] is None else _shown(row[name]).replace(".", ",") if isinstance(
        row[name], float | Decimal) else _shown(row[name])


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, date):
        return value.isoformat()
    return as_text(value) if isinstance(value, float | Decimal) else str(value)


