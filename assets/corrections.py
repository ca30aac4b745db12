"""The reviewed list of corrections: `corrections.csv` in the home, read whole or not at all. What they change is SQL.

One line is one known fault of a source. A list with a fault in it stops the refresh before anything is done: to publish
numbers without a correction somebody counts on is worse than to wait.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

from assets.correction_line import LineFault, correction_of
from warehouse.contracts import contract_of
from warehouse.contracts.register import CORRECTION_COLUMNS
from warehouse.database import Connection, append
from warehouse.home import Home

Correction = dict[str, str | date | None]
HEADING = tuple(CORRECTION_COLUMNS.split())
_FOREVER = date.max


class CorrectionsRefused(Exception):
    """The list cannot be read. The message names the file and, a line each, every fault with what to do."""


def read_corrections(path: Path) -> list[Correction]:
    """The corrections of the list as rows of `register.correction`; none where there is no file.

    Raises CorrectionsRefused with every fault of the file.
    """
    if not path.exists():
        return []
    lines = list(_lines(path))
    corrections, faults = [], []
    for number, line in lines:
        try:
            corrections.append((number, correction_of(line)))
        except LineFault as fault:
            faults += [f"linje {number}: {words}" for words in fault.faults]
    faults += _told_twice(corrections)
    if faults:
        raise CorrectionsRefused("\n".join([
            f"{path.name} kan ikke brukes. Ingenting er endret; rett listen og kjør «folgeeval refresh» på nytt.",
            *(f"{path.name}, {fault}" for fault in faults)]))
    return [correction for _, correction in corrections]


def load_corrections(connection: Connection, home: Home) -> int:
    """Makes `register.correction` equal to the home's list. Returns how many there are. Raises CorrectionsRefused."""
    from warehouse.arrow import arrow_table

    corrections, contract = read_corrections(home.corrections), contract_of("register", "correction")
    connection.execute("BEGIN")
    try:
        connection.execute(f"DELETE FROM {contract.full_name}")
        if corrections:
            append(connection, contract, arrow_table(contract, corrections))
        connection.execute("COMMIT")
    except Exception:
        connection.execute("ROLLBACK")
        raise
    return len(corrections)


def corrections_in_words(home: Home, as_of: date) -> str:
    """What of the list decides a refresh for the day: its lines, and which of their dates have come.

    The bytes stand for a list that cannot be read.
    """
    try:
        corrections = read_corrections(home.corrections)
    except CorrectionsRefused:
        return repr(home.corrections.read_bytes())
    return repr([(sorted(one.items(), key=str), [one[name] is not None and one[name] <= as_of for name in (
        "recorded_on", "valid_from")], one["valid_until"] is not None and one["valid_until"] < as_of)
        for one in corrections])


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Every line with its number in the file, under the headings. Raises CorrectionsRefused for another form."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CorrectionsRefused(f"{path.name} er ikke i UTF-8. Lagre filen som «CSV UTF-8».") from None
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";" if first.count(";") > first.count(",") else ",")
    heading = [name.strip() for name in next(reader, [])]
    if sorted(heading) != sorted(HEADING):
        raise CorrectionsRefused(
            f"{path.name}, linje 1: overskriftene skal være {', '.join(HEADING)}. "
            f"Mangler: {_named(set(HEADING) - set(heading))}. Ukjente: {_named(set(heading) - set(HEADING))}.")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heading):
            raise CorrectionsRefused(
                f"{path.name}, linje {reader.line_num}: linjen har {len(cells)} felt, overskriften {len(heading)}. "
                "Sett tekst med skilletegn i anførselstegn.")
        yield reader.line_num, dict(zip(heading, (cell.strip() for cell in cells), strict=True))


def _named(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "ingen"


def _told_twice(corrections: list[tuple[int, Correction]]) -> Iterator[str]:
    """Two lines with one key, or of one place at the same time: nobody could say which of them holds."""
    for (first, one), (second, other) in combinations(corrections, 2):
        if one["correction_id"] == other["correction_id"]:
            yield (f"linje {second}: rettelsen {one['correction_id']} står alt på linje {first}. "
                   "Gi hver rettelse sin egen nøkkel.")
        elif _place(one) == _place(other) and _is_at_once(one, other) and _meet(one, other):
            yield (f"linje {second}: stedet er alt rettet på linje {first} i samme tid. Behold én av dem, eller sett "
                   "sluttdato (valid_until) på den første.")


def _place(one: Correction) -> tuple:
    return tuple(one[name] for name in ("stem", "source_unit_code", "period", "dataset_code", "place_key"))


def _meet(one: Correction, other: Correction) -> bool:
    return one["column_name"] == other["column_name"] or "drop" in (one["correction_action"], other["correction_action"])


def _is_at_once(one: Mapping, other: Mapping) -> bool:
    return (one["valid_from"] <= (other["valid_until"] or _FOREVER)
            and other["valid_from"] <= (one["valid_until"] or _FOREVER))
