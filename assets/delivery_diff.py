"""What changed between two versions of a delivery, cell by cell: from raw, where every version stays.

A row is known by what names it in its source (a field, a combination of class, function and species, a voucher), never by
its line: a line put in first changes nothing below it. Equal rows of the two versions cancel out; of what is left, rows of
the same name are one changed row, in the order they stand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assets.places import named_cells, placed
from warehouse.contracts.raw_numbers import RAW_NUMBERS
from warehouse.database import Connection, one, records, rows
from warehouse.raw_places import PLACES, RawPlace

_NEVER_COMPARED = frozenset({"delivery_id", "line_number", "cell_number", "sheet", "cell"})


@dataclass(frozen=True)
class Change:
    """One cell that differs: `kind` is changed, added or removed.

    `names` tells which row; `column` which column of its raw table (the source's number for a row that came or went).
    `old_place` and `new_place` hold line, sheet and cell, None where there is no such row. `difference` is new less old
    for numbers.
    """

    kind: str
    source_unit_code: str
    period: str
    names: dict[str, str]
    column: str
    old: Any
    new: Any
    old_delivery_id: int
    new_delivery_id: int
    old_place: dict[str, Any] | None
    new_place: dict[str, Any] | None

    @property
    def difference(self) -> float | None:
        if isinstance(self.old, int | float) and isinstance(self.new, int | float) and not isinstance(self.new, bool):
            return round(self.new - self.old, 9)
        return None


def versions_before(connection: Connection, delivery_id: int) -> dict[int, list[tuple[str, str, str]]]:
    """The scope keys of a delivery by the delivery that was the version before it; keys that are new are left out."""
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for earlier, *key in rows(
            connection, "SELECT before.delivery_id, own.source_unit_code, own.period, own.dataset_code "
            "FROM register.delivery_scope AS own INNER JOIN register.delivery AS d ON d.delivery_id = own.delivery_id "
            "INNER JOIN register.delivery_scope AS before ON before.source_unit_code = own.source_unit_code "
            "AND before.period = own.period AND before.dataset_code = own.dataset_code AND before.version = own.version - 1 "
            "INNER JOIN register.delivery AS b ON b.delivery_id = before.delivery_id AND b.stem = d.stem "
            "WHERE own.delivery_id = ? ORDER BY ALL", [delivery_id]):
        found[earlier].append(tuple(key))
    return dict(found)


def shared_scope(connection: Connection, old_id: int, new_id: int) -> list[tuple[str, str, str]]:
    """The scope keys two deliveries of one source both cover."""
    return rows(connection, "SELECT source_unit_code, period, dataset_code FROM register.delivery_scope "
                "WHERE delivery_id = ? INTERSECT SELECT source_unit_code, period, dataset_code "
                "FROM register.delivery_scope WHERE delivery_id = ? ORDER BY ALL", [old_id, new_id])


def stem_of(connection: Connection, delivery_id: int) -> str | None:
    """The source of an accepted delivery; None for one that is refused, a copy, or not there."""
    found = rows(connection, "SELECT stem FROM register.delivery WHERE delivery_id = ? AND delivery_state = 'accepted'",
                 [delivery_id])
    return found[0][0] if found else None


def changes(connection: Connection, old_id: int, new_id: int, scope: Iterable[tuple[str, str, str]]) -> list[Change]:
    """Every cell that differs between two deliveries of one source, within some scope keys."""
    place = PLACES[one(connection, "SELECT stem FROM register.delivery WHERE delivery_id = ?", [new_id])]
    keys = set(scope)
    old, new = _by_name(connection, place, old_id, keys), _by_name(connection, place, new_id, keys)
    named = named_cells(connection, place.stem, {old_id, new_id})
    found = []
    for name in sorted({*old, *new}):
        gone, come = _left_over(old.get(name, []), new.get(name, []))
        found.extend(_told(place, name, gone, come, (old_id, new_id), named))
    return found


def counted(found: Iterable[Change]) -> dict[str, int]:
    """How many rows were changed, added and removed."""
    kinds = Counter(kind for kind, *_ in {(change.kind, change.source_unit_code, change.period, tuple(change.names.items()),
                                           str(change.old_place), str(change.new_place)) for change in found})
    return {kind: kinds[kind] for kind in ("changed", "added", "removed")}


Name = tuple[str, ...]
Row = dict[str, Any]


def _by_name(connection: Connection, place: RawPlace, delivery_id: int, keys: set) -> dict[Name, list[Row]]:
    """The rows of a delivery within the scope keys, by unit, period, data set and what names them."""
    found: dict[Name, list[Row]] = defaultdict(list)
    for row in records(
            connection, f"SELECT line.*, {place.unit} AS own_unit, {place.period} AS own_period, {place.dataset} AS own_dataset "
            f"FROM {place.contract.full_name} AS line WHERE line.delivery_id = ? ORDER BY line.{place.number}", [delivery_id]):
        scope = tuple(str(row.pop(name)) for name in ("own_unit", "own_period", "own_dataset"))
        if scope in keys:
            names = place.names or tuple(name for name in row if name not in _NEVER_COMPARED)
            found[(*scope, *("" if row[name] is None else str(row[name]) for name in names))].append(row)
    return found


def _left_over(old: list[Row], new: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of each version that have no equal in the other."""
    def values(row: Row) -> tuple:
        return tuple(row[name] for name in sorted(row) if name not in _NEVER_COMPARED)

    common = Counter(map(values, old)) & Counter(map(values, new))

    def without(rows_of: list[Row]) -> list[Row]:
        to_cancel, left = Counter(common), []
        for row in rows_of:
            if to_cancel[values(row)]:
                to_cancel[values(row)] -= 1
            else:
                left.append(row)
        return left

    return without(old), without(new)


def _told(place: RawPlace, name: Name, gone: list[Row], come: list[Row], ids: tuple[int, int], named) -> Iterator[Change]:
    names = dict(zip(place.names, name[3:], strict=False))

    def change(kind: str, column: str, before: Row | None, after: Row | None) -> Change:
        def where(row: Row | None, delivery_id: int) -> dict[str, Any] | None:
            return None if row is None else placed(place.stem, delivery_id, row[place.number], named)

        return Change(kind, name[0], name[1], names, column, _plain(before and before[column]), _plain(after and after[column]),
                      *ids, where(before, ids[0]), where(after, ids[1]))

    for before, after in zip(gone, come, strict=False):
        for column in before:
            if column not in _NEVER_COMPARED and before[column] != after[column]:
                yield change("changed", column, before, after)
    number = RAW_NUMBERS[place.stem].column if place.stem in RAW_NUMBERS else place.contract.column_names[2]
    for before in gone[len(come):]:
        yield change("removed", number, before, None)
    for after in come[len(gone):]:
        yield change("added", number, None, after)


def _plain(value: Any) -> Any:
    """As JSON and a reader have it: a number, a yes or no, or text."""
    from decimal import Decimal

    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value if value is None or isinstance(value, int | float | bool | str) else str(value)
