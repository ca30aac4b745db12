"""Corrections of delivered numbers as a file of data: read, judged line by line, and put into the register.

The file is the evaluators' own. A fault in it stops the refresh before anything is changed: to leave a correction out in
silence would publish the wrong number. How a correction is used stands in `core/correction.sql` and `corrected_sql.py`.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from warehouse.column_groups import CORRECTION_COLUMNS
from warehouse.columns import COLUMNS
from warehouse.columns_of_corrections import CORRECTION_ACTIONS
from warehouse.constraints import Matches
from warehouse.contracts import RAW_BY_STEM, contract_of
from warehouse.contracts.raw_numbers import RAW_NUMBERS, key_columns
from warehouse.database import Connection, append, transaction
from warehouse.reference_data import reference_path

HEADINGS = tuple(CORRECTION_COLUMNS.split())
SIGNS = (".", "..", "...", ":", "-")
_MAY_BE_EMPTY = {"dataset_code", "corrected_value"}
_DATES = ("told_on", "recorded_on", "valid_until")

Correction = dict[str, str]
"""The cells of a line by heading, and `line`."""


class FaultyCorrections(ValueError):
    """The file of corrections cannot be used; the message has a line for each fault: file, line, what, what to do."""


def read_corrections(content: bytes, file_name: str) -> list[Correction]:
    """The corrections of a file, with their place keys in a fixed order. Raises FaultyCorrections."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FaultyCorrections(f"{file_name}: filen kan ikke leses som CSV i UTF-8 ({error}). "
                                "Lagre den som «CSV UTF-8 (kommadelt)».") from None
    if not lines or tuple(lines[0]) != HEADINGS:
        raise FaultyCorrections(f"{file_name}, linje 1: overskriftene skal være {','.join(HEADINGS)}.")
    numbered = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(cells)]
    short = [f"{file_name}, linje {number}: fant {len(cells)} celler, ventet {len(HEADINGS)}. Sett hermetegn om en celle "
             "med komma." for number, cells in numbered if len(cells) != len(HEADINGS)]
    if short:
        raise FaultyCorrections("\n".join(short))
    found = [{**{name: cell.strip() for name, cell in zip(HEADINGS, cells, strict=True)}, "line": str(number)}
             for number, cells in numbered]
    faults = [f"{file_name}, linje {correction['line']}: {fault}" for correction in found for fault in _faults(correction)]
    if faults:
        raise FaultyCorrections("\n".join(faults))
    return [{**correction, "place_key": _in_order(correction)} for correction in found]


def _faults(correction: Correction) -> Iterator[str]:
    """What is wrong with a line by itself."""
    yield from (f"{name} er tom. Fyll den ut." for name in HEADINGS if not correction[name] and name not in _MAY_BE_EMPTY)
    for name in ("correction_id", "source_unit_code", "period"):
        pattern = next(one for one in COLUMNS[name].constraints if isinstance(one, Matches))
        if correction[name] and not pattern.holds(correction[name]):
            yield f"{name} «{correction[name]}» er ikke en lovlig verdi. {pattern.sentence()}"
    yield from _faults_of_dates(correction)
    if correction["correction_action"] not in ("", *CORRECTION_ACTIONS):
        yield f"correction_action «{correction['correction_action']}» finnes ikke. Velg {', '.join(CORRECTION_ACTIONS)}."
    if correction["stem"] and correction["stem"] not in RAW_NUMBERS:
        yield f"kilden «{correction['stem']}» har ingen tall som kan rettes. Velg {', '.join(RAW_NUMBERS)}."
    elif correction["stem"]:
        yield from _faults_of_values(correction)
        yield from _faults_of_key(correction)


def _faults_of_dates(correction: Correction) -> Iterator[str]:
    dates = {name: _date(correction[name]) for name in _DATES}
    yield from (f"{name} «{correction[name]}» er ikke en dato. Skriv den som 2019-10-01."
                for name, day in dates.items() if correction[name] and day is None)
    if dates["recorded_on"] and dates["valid_until"] and dates["valid_until"] < dates["recorded_on"]:
        yield "valid_until er før recorded_on. Rett den ene av datoene."


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _faults_of_values(correction: Correction) -> Iterator[str]:
    has_signs = "status_sign" in RAW_BY_STEM[correction["stem"]].column_names
    signs = SIGNS if has_signs else ()
    allowed = "et tall" + (f" eller et av tegnene {' '.join(signs)}" if signs else "")
    # A number that was not delivered at all is expected as «..».
    for name, others in (("expected_value", (*signs, "..")), ("corrected_value", signs)):
        if correction[name] and correction[name] not in others and not _is_number(correction[name]):
            yield f"{name} «{correction[name]}» er ikke {allowed}. Skriv tall med punktum og uten mellomrom."
    if correction["correction_action"] == "override" and not correction["corrected_value"]:
        yield "corrected_value er tom. Skriv tallet som skal brukes."
    elif correction["correction_action"] == "override" and _is_number(correction["corrected_value"]):
        yield from _faults_of_size(correction)
    if correction["correction_action"] in ("drop", "flag") and correction["corrected_value"]:
        yield f"corrected_value skal være tom når correction_action er {correction['correction_action']}."


def _faults_of_size(correction: Correction) -> Iterator[str]:
    """Whether the number is one that the column it goes into can hold."""
    column = COLUMNS[RAW_NUMBERS[correction["stem"]].column]
    text = correction["corrected_value"]
    decimals = len(text.partition(".")[2])
    most = 0 if column.type == "INTEGER" else 2 if column.type.startswith("DECIMAL") else decimals
    if decimals > most or not all(constraint.holds(float(text)) for constraint in column.constraints):
        yield (f"corrected_value «{text}» passer ikke i {column.name}: høyst {most} desimaler. "
               + " ".join(constraint.sentence() for constraint in column.constraints)).strip()


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and text[-1] != "." and text.removeprefix("-")[0] != "."


def _faults_of_key(correction: Correction) -> Iterator[str]:
    known = key_columns(correction["stem"], RAW_BY_STEM[correction["stem"]].column_names)
    names = [part.partition("=")[0] for part in correction["place_key"].split(";") if correction["place_key"]]
    if any("=" not in part for part in correction["place_key"].split(";") if correction["place_key"]):
        yield f"place_key «{correction['place_key']}» skal være felt=verdi;felt=verdi, uten mellomrom om tegnene."
        return
    strangers = [name for name in names if name not in known]
    if strangers:
        yield f"place_key har feltet «{strangers[0]}», som ikke finnes. Velg blant {', '.join(known)}."
    if len(set(names)) < len(names):
        yield "place_key har samme felt to ganger. Ta bort det ene."


def _in_order(correction: Correction) -> str:
    return ";".join(sorted(correction["place_key"].split(";")))


def demand_one_of_each(corrections: list[tuple[str, Correction]]) -> None:
    """Raises FaultyCorrections where two, by (file, correction), have one name, or one place at the same time."""
    faults = []
    for number, (file_name, mine) in enumerate(corrections):
        for other_file, other in corrections[:number]:
            where, there = f"{file_name}, linje {mine['line']}", f"{other_file}, linje {other['line']}"
            if mine["correction_id"] == other["correction_id"]:
                faults.append(f"{where}: correction_id «{mine['correction_id']}» står også i {there}. Gi den et annet navn.")
            elif _same_place(mine, other) and _same_time(mine, other):
                faults.append(f"{where}: plassen rettes også i {there}. Behold én av dem, eller la den ene ta slutt "
                              "(valid_until) før den andre er skrevet (recorded_on).")
    if faults:
        raise FaultyCorrections("\n".join(faults))


def _same_place(one: Correction, other: Correction) -> bool:
    return all(one[name] == other[name] for name in ("stem", "source_unit_code", "period", "dataset_code", "place_key"))


def _same_time(one: Correction, other: Correction) -> bool:
    # The dates are ISO, so their text sorts as they do.
    return one["recorded_on"] <= other["valid_until"] and other["recorded_on"] <= one["valid_until"]


def all_corrections(path: Path) -> list[Correction]:
    """The home's own corrections, judged together with those that are shipped. Raises FaultyCorrections."""
    shipped = reference_path("correction")
    of_platform = read_corrections(shipped.read_bytes(), shipped.name)
    own = read_corrections(path.read_bytes(), path.name) if path.exists() else []
    demand_one_of_each([*((shipped.name, one) for one in of_platform), *((path.name, one) for one in own)])
    return own


def register_corrections(connection: Connection, own: list[Correction]) -> None:
    """Makes the register hold these corrections of the home and no others."""
    from warehouse.arrow import arrow_table

    contract = contract_of("register", "correction")
    kept = [{name: (date.fromisoformat(one[name]) if name in _DATES else one[name] or None) for name in HEADINGS}
            for one in own]
    with transaction(connection):
        connection.execute(f"DELETE FROM {contract.full_name}")
        if kept:
            append(connection, contract, arrow_table(contract, kept))
