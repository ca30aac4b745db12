"""What the placeholders for corrections in the SQL of core stand for, written out from the raw tables' contracts.

`{corrected:ledger_line}` is the raw table with the corrections in force applied; `{correction_places}` every row that a
correction names. A row nobody has corrected is read where it lies: without corrections nothing is copied.
"""

import re

from warehouse.columns import COLUMNS
from warehouse.raw_places import CORRECTABLE, RawPlace

_CORRECTED = re.compile(r"\{corrected:([a-z_]+)\}")
PLACES = "{correction_places}"
NUMBER_TYPES = ("DOUBLE", "INTEGER", "DECIMAL(15,2)", "DECIMAL(12,2)")
_BY_TABLE = {place.contract.name: place for place in CORRECTABLE}


def written_out(text: str) -> str:
    """The text with every placeholder for corrections as SQL. Raises KeyError for a table that is not corrected."""
    return _CORRECTED.sub(lambda found: _corrected(_BY_TABLE[found.group(1)]), text).replace(PLACES, _places())


def _corrected(place: RawPlace) -> str:
    table, columns = place.contract.full_name, place.contract.column_names
    as_delivered = ", ".join(f"line.{name}" for name in columns)
    return f"""(
    SELECT {as_delivered}
    FROM {table} AS line
    WHERE NOT EXISTS (
        SELECT 1 FROM core.correction AS known
        WHERE known.correction_state = 'in_force' AND known.correction_action <> 'flag'
        AND known.delivery_id = line.delivery_id AND known.place_number = line.{place.number}
    )
    UNION ALL
    SELECT {", ".join(_mended(place, name) for name in columns)}
    FROM {table} AS line
    INNER JOIN (
        SELECT delivery_id, place_number, {", ".join(_wanted(name) for name in place.values)}
        FROM core.correction
        WHERE correction_state = 'in_force' AND correction_action <> 'flag'
        GROUP BY delivery_id, place_number
        HAVING max(correction_action) <> 'drop' AND min(correction_action) <> 'drop'
    ) AS mended ON mended.delivery_id = line.delivery_id AND mended.place_number = line.{place.number}
)"""


def _wanted(name: str) -> str:
    return (f"max(CASE WHEN column_name = '{name}' THEN 1 ELSE 0 END) AS has_{name}, "
            f"max(CASE WHEN column_name = '{name}' THEN corrected END) AS new_{name}")


def _mended(place: RawPlace, name: str) -> str:
    """One column of a corrected row; a number that is corrected to a sign becomes missing, and the other way."""
    if name == "status_sign":
        return ("CASE WHEN mended.has_value = 0 THEN line.status_sign "
                "WHEN TRY_CAST(mended.new_value AS DOUBLE) IS NULL THEN mended.new_value END AS status_sign")
    if name not in place.values:
        return f"line.{name}"
    cast = "TRY_CAST" if name == "value" else "CAST"
    return (f"CASE WHEN mended.has_{name} = 1 THEN {cast}(mended.new_{name} AS {COLUMNS[name].type}) "
            f"ELSE line.{name} END AS {name}")


def _places() -> str:
    return "\n    UNION ALL\n    ".join(_places_of(place) for place in CORRECTABLE)


def _places_of(place: RawPlace) -> str:
    """The rows of one source that corrections name, with the delivered text of the column and whether it is expected."""
    delivered = " ".join(f"WHEN '{name}' THEN {delivered_text(place, name)}" for name in place.values)
    numbers = ", ".join(f"'{name}'" for name in place.values if COLUMNS[name].type in NUMBER_TYPES)
    return f"""SELECT known.correction_id, line.delivery_id, line.{place.number} AS place_number,
        CASE known.column_name {delivered} END AS delivered_text, known.column_name IN ({numbers}) AS is_number
    FROM known
    INNER JOIN core.delivery_in_force AS force
        ON force.stem = '{place.stem}' AND known.stem = force.stem AND known.source_unit_code = force.source_unit_code
        AND known.period = force.period AND coalesce(known.dataset_code, '') = force.dataset_code
    INNER JOIN {place.contract.full_name} AS line
        ON line.delivery_id = force.delivery_id
        AND {place.unit} = known.source_unit_code AND {place.period} = known.period
        AND {place.dataset} = coalesce(known.dataset_code, '')
    WHERE {_is_named(place)}"""


def _is_named(place: RawPlace) -> str:
    """Whether the row is the one the place key names: every `column=value` of the key holds."""
    written = ", ".join(f"'{name}=' || coalesce(CAST(line.{name} AS VARCHAR), '')"
                        for name in (*place.names, place.number))
    return f"list_has_all([{written}], string_split(known.place_key, ';'))"


def delivered_text(place: RawPlace, name: str) -> str:
    """SQL for what was delivered in a column, as a correction writes it: the number, else its sign, else nothing."""
    signed = ", line.status_sign" if name == "value" and place.has_signs else ""
    return f"coalesce(CAST(line.{name} AS VARCHAR){signed}, '')"
