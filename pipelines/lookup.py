"""Indicator values for the command line: filtered, with names, as stored or as they were known on an earlier day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pipelines.failures import WrongUsage
from warehouse.database import Connection, reading, records
from warehouse.home import Home
from warehouse.reference_data import reference_rows


@contextmanager
def as_known(home: Home, as_of: datetime | None) -> Iterator[Connection]:
    """The snapshot; with a moment, a copy in memory rebuilt as things were known then. Nothing in the home changes."""
    if as_of is None:
        with reading(home) as connection:
            yield connection
        return
    from assets.build import rebuild
    from warehouse.database import copy_in_memory

    with copy_in_memory(home) as connection:
        rebuild(connection, as_of)
        yield connection


def indicator_values(
    connection: Connection, *, indicator_id: str | None = None, unit_code: str | None = None, period: str | None = None,
) -> list[dict[str, Any]]:
    """Rows of marts.indicator_value with unit names, evaluators' level. A filter of None means all.

    Raises WrongUsage for an indicator or a unit that does not exist.
    """
    demand_known("indicator", "indicator_id", indicator_id, "indikator")
    demand_known("unit", "unit_code", unit_code, "enhet")
    return records(
        connection,
        "SELECT value.indicator_id, value.unit_code, unit.unit_type, unit.unit_name, "
        "CASE WHEN unit.unit_type = 'municipality' THEN unit.unit_name END AS municipality_name, value.period, "
        "value.breakdown, value.value, value.unit, value.status, value.basis, value.fact_id "
        "FROM marts.indicator_value AS value INNER JOIN reference.unit ON unit.unit_code = value.unit_code "
        "WHERE (? IS NULL OR value.indicator_id = ?) AND (? IS NULL OR value.unit_code = ?) "
        "AND (? IS NULL OR value.period = ?) "
        "ORDER BY value.indicator_id, value.unit_code, value.period, value.breakdown",
        [indicator_id, indicator_id, unit_code, unit_code, period, period])


def demand_known(table: str, column: str, code: str | None, noun: str) -> None:
    """Raises WrongUsage for a code that a reference table does not have; None asks for nothing in particular."""
    known = [row[column] for row in reference_rows(table)]
    if code is not None and code not in known:
        raise WrongUsage(f"{noun} «{code}» finnes ikke. Kjente: {', '.join(known)}.")
