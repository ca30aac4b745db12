"""What every source reader gives: rows for its raw table, the scope it covers, and each value with its place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from expectations.finding import Finding

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, order=True)
class ScopeKey:
    """What a delivery is about: a unit as the source writes it (`2012`, `EKG12`) and a period (`2018`, `2018-T3`).

    `dataset_code` tells apart what one source delivers in several files for the same unit and period; most have one.
    """

    source_unit_code: str
    period: str
    dataset_code: str = ""

    @property
    def partition_key(self) -> str:
        """The key as Dagster's partitions write it: `2012:2018`, `R-SOR:2018:oppholdsdager`."""
        return ":".join(filter(None, (self.source_unit_code, self.period, self.dataset_code)))


@dataclass(frozen=True)
class Cell:
    """One delivered value with its place. `status` is ok, suppressed, not_reported, not_applicable or not_yet."""

    keys: dict[str, str]
    value: float | int | str | None
    unit: str | None
    status: str = "ok"
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None


class CellsOfRows(Sequence[Cell]):
    """The cells of a reading's rows, each made when somebody looks at it: intake and loading never do."""

    def __init__(self, rows: "pa.Table", cell_of: Callable[[dict[str, Any]], Cell]) -> None:
        self._rows, self._cell_of = rows, cell_of

    def __len__(self) -> int:
        return self._rows.num_rows

    def __getitem__(self, place):
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        return self._cell_of(self._rows.slice(range(len(self))[place], 1).to_pylist()[0])

    def __iter__(self) -> Iterator[Cell]:
        return map(self._cell_of, self._rows.to_pylist())


@dataclass(frozen=True)
class Reading:
    """One file read. `rows` holds the columns of the source's raw table except `delivery_id`.

    `source_updated` is when the source last changed the figures (UTC, without zone), where the file says so.
    """

    stem: str
    form_version: str
    scope_keys: tuple[ScopeKey, ...]
    rows: "pa.Table"
    cells: Sequence[Cell]
    findings: tuple[Finding, ...] = field(default=())
    source_updated: datetime | None = None


class SourceReader(Protocol):
    """A module in this folder, named after its stem. No Dagster, no database.

    A source whose files must not be kept has one function more, `extract(reading) -> bytes`: what is stored in place of
    the file. Its `read` then reads an extract as well as a delivered file.

    A source with many files has `rows_of_many(files) -> (rows, counts)`: the rows `read` gives for each file (name and
    content), in one table, and how many each gave. It raises DeliveryRefused as `read` does.
    """

    STEM: str

    def recognises(self, content: bytes, file_name: str) -> bool:
        """Whether the content is of this form (names are free, content decides)."""

    def read(self, content: bytes, file_name: str) -> Reading:
        """The file read, for any municipality. Raises DeliveryRefused when it breaks the form's contract."""


def cell_as_json(stem: str, file_name: str, cell: Cell) -> dict[str, Any]:
    """One cell as `folgeeval read --json` prints it."""
    return {"source": stem, "file": file_name, "sheet": cell.sheet, "cell": cell.cell, "line": cell.line,
            "keys": cell.keys, "value": cell.value, "unit": cell.unit, "status": cell.status}
