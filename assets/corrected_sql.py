"""Corrections as SQL: the places they are about, and a raw table as it is to be read with them. Raw itself never changes.

`{correction_places}` and `{corrected:ledger_line}` in a core file stand for what is made here from the contracts.
"""

import re
from collections.abc import Collection

from warehouse.contracts import RAW_BY_STEM
from warehouse.contracts.raw_numbers import RAW_NUMBERS, key_columns
from warehouse.tables import Table

PLACES = "{correction_places}"
CORRECTED = re.compile(r"\{corrected:([a-z_]+)\}")
STEM_OF = {RAW_BY_STEM[stem].name: stem for stem in RAW_NUMBERS}


def written_out(text: str, stems: Collection[str] = tuple(RAW_NUMBERS)) -> str:
    """The text with every placeholder written out; of other sources than `stems` nothing is corrected or looked for."""
    return CORRECTED.sub(lambda match: _corrected(match[1], stems), text.replace(PLACES, _places(stems)))


def _corrected(name: str, stems: Collection[str]) -> str:
    """The raw table with its rows corrected. Raises KeyError for a table whose rows have no number."""
    stem = STEM_OF[name]
    contract = RAW_BY_STEM[stem]
    if stem not in stems:
        return contract.full_name
    columns = ", ".join(_corrected_column(contract, column, RAW_NUMBERS[stem].column) for column in contract.column_names)
    return (f"(SELECT {columns} FROM {contract.full_name} AS line LEFT JOIN core.correction AS correction "
            f"ON correction.delivery_id = line.delivery_id AND correction.place_number = line.{_place(contract)} "
            f"AND correction.stem = '{stem}' AND correction.correction_state = 'in_use' "
            "AND correction.correction_action <> 'flag' "
            "WHERE coalesce(correction.correction_action, '') <> 'drop')")


def _corrected_column(contract: Table, column: str, number: str) -> str:
    overridden = "correction.correction_action = 'override'"
    type_name = next(described.type for described in contract.columns if described.name == column)
    if column == number:
        return (f"CASE WHEN {overridden} THEN TRY_CAST(correction.corrected_value AS {type_name}) "
                f"ELSE line.{column} END AS {column}")
    if column == "status_sign":
        sign = "CASE WHEN TRY_CAST(correction.corrected_value AS DOUBLE) IS NULL THEN correction.corrected_value END"
        return f"CASE WHEN {overridden} THEN {sign} ELSE line.status_sign END AS status_sign"
    return f"line.{column}"


def _places(stems: Collection[str]) -> str:
    """Every row of a delivery in force that a known correction is about, with what was delivered there."""
    none = "SELECT correction_id, 0 AS delivery_id, 0 AS place_number, '' AS delivered_value FROM known WHERE false"
    return "\n    UNION ALL\n    ".join([_places_of(stem) for stem in RAW_NUMBERS if stem in stems] or [none])


def _places_of(stem: str) -> str:
    contract, number = RAW_BY_STEM[stem], RAW_NUMBERS[stem]
    delivered = f"CAST(line.{number.column} AS VARCHAR)"
    if "status_sign" in contract.column_names:
        delivered = f"coalesce(line.status_sign, {delivered})"
    named = "\n        AND ".join(_is_named(column) for column in key_columns(stem, contract.column_names))
    return (
        f"SELECT known.correction_id, line.delivery_id, line.{_place(contract)} AS place_number, "
        f"coalesce({delivered}, '..') AS delivered_value\n"
        "    FROM known\n    INNER JOIN core.delivery_in_force AS force\n"
        f"        ON force.stem = known.stem AND known.stem = '{stem}' AND force.period = known.period\n"
        "        AND force.source_unit_code = known.source_unit_code\n"
        "        AND force.dataset_code = coalesce(known.dataset_code, '')\n"
        f"    INNER JOIN {contract.full_name} AS line ON line.delivery_id = force.delivery_id\n"
        f"        AND {number.unit_sql} = known.source_unit_code AND {number.period_sql} = known.period\n"
        f"        AND {named}")


def _is_named(column: str) -> str:
    """Whether the row's value is the key's, or the key does not name the column; an empty value is written `column=`."""
    key, value = "';' || known.place_key || ';'", f"coalesce(CAST(line.{column} AS VARCHAR), '')"
    return f"(strpos({key}, ';{column}=') = 0 OR strpos({key}, ';{column}=' || {value} || ';') > 0)"


def _place(contract: Table) -> str:
    return "cell_number" if "cell_number" in contract.key else "line_number"
