"""The data dictionary: every table and column of the contracts, and the indicator catalogue, as rows and as text.

Pure: it reads contracts and reference tables only, so that the dictionary cannot say anything else than the warehouse
is built from. The text is bokmål in Markdown.
"""

from collections.abc import Iterable
from typing import Any

from warehouse.columns import Column
from warehouse.contracts import FIXED_TABLES, indicator_part
from warehouse.reference_data import reference_rows
from warehouse.tables import Table
from warehouse.units import unit_label

_HEADINGS = ("Kolonne", "Type", "Enhet", "Navn", "Beskrivelse", "Krav", "Kan mangle")


def indicator_table_name(indicator_id: str) -> str:
    """The table of an indicator: `G1-04` gives `g1_04`."""
    return indicator_id.lower().replace("-", "_")


def every_table() -> tuple[Table, ...]:
    """All contracts: the fixed tables and one for each indicator of the catalogue."""
    return FIXED_TABLES + tuple(
        indicator_part(indicator_table_name(row["indicator_id"])) for row in reference_rows("indicator"))


def tables_called(name: str) -> tuple[Table, ...]:
    """The tables with this name, with its schema (`core.account_line`) or without; none when nothing is called so."""
    return tuple(contract for contract in every_table() if name in (contract.full_name, contract.name))


def table_entry(contract: Table) -> dict[str, Any]:
    """One table as the dictionary gives it: grain, key and columns."""
    return {"table": contract.full_name, "schema": contract.schema, "name": contract.name, "grain": contract.grain,
            "key": list(contract.key), "columns": [_column_entry(contract, column) for column in contract.columns]}


def indicator_entry(row: dict[str, str]) -> dict[str, Any]:
    """One indicator of the catalogue, with the label of its unit and the table its parts lie in."""
    table_name = f"indicators.{indicator_table_name(row['indicator_id'])}"
    return {**row, "unit_label": unit_label(row["unit"]), "table": table_name}


def table_text(entry: dict[str, Any]) -> str:
    """A table's entry as a Markdown section."""
    lines = [f"## {entry['table']}", "", f"Én rad er: {entry['grain']}", "",
             f"Nøkkel: {', '.join(entry['key'])}", "", _table_line(_HEADINGS), _table_line("---" for _ in _HEADINGS)]
    lines += [_table_line((column["column"], column["type"], column["unit_label"] or "", column["label"],
                           column["description"], " ".join(column["constraints"]),
                           "ja" if column["nullable"] else "nei")) for column in entry["columns"]]
    return "\n".join(lines)


def indicator_text(entry: dict[str, Any]) -> str:
    """An indicator's entry as a Markdown section."""
    said = (("Delmål", entry["delmaal"]),
            ("Problemstilling", f"{entry['problemstilling_no']} {entry['problemstilling_nb']}"),
            ("Formel", entry["formula_nb"]), ("Definisjon", entry["definition_nb"]), ("Enhet", entry["unit_label"]),
            ("Kilder", entry["sources_nb"]), ("Merknad", entry["note_nb"]), ("Tabell", entry["table"]))
    lines = [f"- {name}: {value}" for name, value in said if value]
    return "\n".join([f"## {entry['indicator_id']} {entry['name_nb']}", "", *lines])


def _column_entry(contract: Table, column: Column) -> dict[str, Any]:
    return {"column": column.name, "type": column.type, "unit": column.unit,
            "unit_label": None if column.unit is None else unit_label(column.unit), "label": column.label,
            "description": column.description, "constraints": [c.sentence() for c in column.constraints],
            "nullable": column.name in contract.nullable, "key": column.name in contract.key}


def _table_line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
