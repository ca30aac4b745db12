"""Which column of a coding tool's table is what: by its heading in the tool's languages, or by a mapping; never a
guess.

The headings are reference data (`coding_table_heading.csv`); a column about the informant is known by the same words as
a variable of a project. Two columns for one thing, or two tools that would read the table differently, stop it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assets.sources.headings import normalised, own_heading
from assets.sources.interview_documents import HEADINGS
from assets.sources.interview_rules import STEM
from assets.sources.refusals import COLUMNS_MISSING, Faults
from warehouse.reference_data import reference_rows

TOOL_NAMES = {"taguette": "Taguette", "qualcoder": "QualCoder", "nvivo": "NVivo", "maxqda": "MAXQDA",
              "atlasti": "ATLAS.ti", "egen": "egne overskrifter"}
DOCUMENT, CODE, CODES, CODER, TEXT, NOTE = "document", "code", "codes", "coder", "text", "note"
QUOTATION, CODING, IGNORED = "quotation", "coding", "ignored"
ROLE_WORDS = {DOCUMENT: "dokument", CODE: "kode", CODES: "flere koder i én celle", CODER: "kodet av", TEXT: "tekst",
              NOTE: "fri tekst", QUOTATION: "utsnitt", CODING: "kodingens nummer", IGNORED: "ikke brukt"}
ALONE = (DOCUMENT, CODE, CODES, CODER, QUOTATION, CODING)
"""Roles that one column has; there may be several with text, and several that are not used."""
OWN = "egen"


@dataclass(frozen=True)
class Columns:
    """The columns of a table by role: `by_role` for those that stand alone, `free_text` for what is read for its
    length, of which `quoted` is what the informant said.

    `informant` are (heading as we know it, position); `signs` part a code's path, in the tool that writes paths.
    """

    tool: str
    by_role: dict[str, int]
    free_text: tuple[int, ...]
    quoted: tuple[int, ...]
    informant: tuple[tuple[str, int], ...]
    signs: tuple[str, ...]
    unused: tuple[int, ...]


@cache
def _roles_of(tool: str) -> dict[str, str]:
    """The role by every heading of the tool, without case and signs."""
    return {normalised(row["heading"]): row["role"] for row in reference_rows("coding_table_heading")
            if row["tool"] == tool and row["language"]}


@cache
def _marks_of(tool: str, role: str) -> tuple[str, ...]:
    return tuple(row["heading"] for row in reference_rows("coding_table_heading")
                 if row["tool"] == tool and row["role"] == role)


def coding_headings(cells: Sequence[str]) -> int:
    """How many of one tool's headings a line carries, when at least two of document, code and text are among them."""
    return max(_score(tool, cells) for tool in TOOL_NAMES)


def _score(tool: str, cells: Sequence[str]) -> int:
    roles = _roles_of(tool)
    known = {plain: roles[plain] for plain in map(normalised, cells) if plain in roles}
    telling = {CODE if role == CODES else role for role in known.values()} & {DOCUMENT, CODE, TEXT}
    return len(known) if len(telling) >= 2 else 0


def columns_of_table(headings: Sequence[str], mapped: Mapping[str, str], file_name: str) -> Columns:
    """The columns by role; `mapped` gives roles by normalised heading and goes before every synonym.

    Raises DeliveryRefused for two candidates and for a table without document or code.
    """
    faults = Faults(STEM, file_name)
    readings = {tool: _read_as(tool, headings, mapped) for tool in TOOL_NAMES}
    most = max(_score(tool, headings) for tool in TOOL_NAMES)
    best = [tool for tool in TOOL_NAMES if _score(tool, headings) == most] if most else [OWN]
    first = readings[best[0]]
    others = [tool for tool in best if not mapped and readings[tool] != first]
    if others:
        faults.add(COLUMNS_MISSING, ", overskriften: tabellen kan være fra "
                   f"{' eller '.join(TOOL_NAMES[tool] for tool in (best[0], *others))}, og de leses ulikt. "
                   f"{_BY_MAPPING}",
                   cell="overskrifter")
    _demand_one_each(first, headings, faults)
    faults.stop()
    alone = {role: positions[0] for role, positions in first.items() if role in ALONE}
    free = (*first.get(TEXT, ()), *first.get(NOTE, ()))
    informant = tuple((role, position) for role, positions in first.items() if role in HEADINGS
                      for position in positions)
    taken = {*alone.values(), *free, *(position for _, position in informant)}
    return Columns(best[0], alone, tuple(sorted(free)), tuple(first.get(TEXT, ())), informant,
                   _marks_of(best[0], "path_sign"), tuple(position for position in range(len(headings)) if position not in taken and headings[position]))


def _read_as(tool: str, headings: Sequence[str], mapped: Mapping[str, str]) -> dict[str, list[int]]:
    """The positions by role when the table is taken for the tool's. A role that is mapped has no other column."""
    found: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        role = mapped.get(normalised(heading))
        if role is None:
            role = _roles_of(tool).get(normalised(heading)) or _informant_role(tool, heading)
            role = IGNORED if role in mapped.values() and role in (*ALONE, *HEADINGS) else role
        if role and role != IGNORED:
            found.setdefault(role, []).append(position)
    return found


def _informant_role(tool: str, heading: str) -> str | None:
    for prefix in _marks_of(tool, "variable_prefix"):
        heading = re.sub(f"^{re.escape(prefix)}", "", heading, flags=re.IGNORECASE)
    return own_heading(STEM, heading, HEADINGS)


_BY_MAPPING = ("Si hvilken kolonne som er hva, i en mapping ved siden av tabellen («<tabell>.mapping.csv» med "
               "kolonnene "
               "rolle;overskrift), eller la en linje bli lagt til i coding_table_heading.csv.")


def _demand_one_each(found: Mapping[str, list[int]], headings: Sequence[str], faults: Faults) -> None:
    for role, positions in found.items():
        if role in ALONE and len(positions) > 1:
            names = " og ".join(f"«{headings[position].strip()}»" for position in positions)
            faults.add(COLUMNS_MISSING, f", overskriften: {names} kan begge være {ROLE_WORDS[role]}. {_BY_MAPPING}",
                       cell=ROLE_WORDS[role])
    if CODE in found and CODES in found:
        faults.add(COLUMNS_MISSING, ", overskriften: både "
                   f"«{headings[found[CODE][0]].strip()}» og «{headings[found[CODES][0]].strip()}» kan være koden. "
                   f"{_BY_MAPPING}", cell=ROLE_WORDS[CODE])
    missing = [ROLE_WORDS[role] for role, is_there in ((DOCUMENT, DOCUMENT in found),
                                                       (CODE, CODE in found or CODES in found)) if not is_there]
    if missing:
        seen = ", ".join(f"«{heading.strip()}»" for heading in headings if heading.strip())
        faults.add(COLUMNS_MISSING, f", overskriften: fant ingen kolonne for {' og '.join(missing)} blant {seen}. "
                   f"{_BY_MAPPING}", cell="overskrifter", expected=" og ".join(missing))
