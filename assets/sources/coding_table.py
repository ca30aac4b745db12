"""A table of codings as a coding tool exports it: the same codes, documents and codings as a project gives.

A quotation is read for its length, and to tell whether two codings are on the same stretch; then it is dropped. A
document is known by the key of its name in the table. No message quotes a cell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assets.sources.coding_bundle import DOCUMENTS_SUFFIX, Bundle, bundle_in, maps_codings
from assets.sources.coding_table_roles import (CODE, CODER, CODES, DOCUMENT, QUOTATION, ROLE_WORDS, TEXT, TOOL_NAMES,
                                               Columns, coding_headings, columns_of_table)
from assets.sources.headings import normalised, own_heading
from assets.sources.interview_documents import CONSENT, HEADINGS, NAME_OF, VERIFIED
from assets.sources.interview_keys import table_identity
from assets.sources.interview_rules import BROKEN_ARCHIVE, COLUMNS_TAKEN, NO_CONSENT, NOT_VERIFIED, STEM
from assets.sources.refi_project import Code, Coding, Document, Project
from assets.sources.refi_xml import clean_name
from assets.sources.refusals import BROKEN_LINE, COLUMNS_MISSING, EMPTY_FILE, SAME_TWICE, VALUE_MISSING, Faults, refusal
from assets.sources.table_file import TableFile, headings_found, table_in
from assets.sources.workbook_archive import ZIP_MARKS, looks_like_workbook
from expectations.finding import Finding

LEAST_HEADINGS = 2
REGISTER_HEADING = "dokument"
REGISTER_COLUMNS = "dokument;informantgruppe;kommune;aar;samtykke;verifisert"
_MAPPED_ROLES = {**{normalised(word): role for role, word in ROLE_WORDS.items()},
                 **{heading: heading for heading in HEADINGS}}

Variables = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CodingTable:
    """A table read: as a project, with the tool's name and a finding about which column was taken for what."""

    project: Project
    tool_name: str
    columns_taken: Finding


def looks_like_codings(content: bytes) -> bool:
    """Whether the file is a table of codings, alone or with what belongs to it, or a register of documents."""
    bundle = bundle_in(content)
    if bundle is not None:
        is_ours = bool(bundle.documents) or maps_codings(bundle.mapping)
        return is_ours or headings_found(bundle.table, coding_headings, LEAST_HEADINGS)
    return headings_found(content, coding_headings, LEAST_HEADINGS) or _is_register(content)


def coding_table(content: bytes, file_name: str) -> CodingTable:
    """The table with what came with it. Raises DeliveryRefused with the line or heading and what to do."""
    bundle = bundle_in(content) or Bundle(file_name, content)
    if content.startswith(ZIP_MARKS) and bundle.table is content and not looks_like_workbook(content, ""):
        raise refusal(BROKEN_ARCHIVE, STEM, file_name, "pakken med tabellen og det som hører til, er skadet. Legg "
                      "filene i innboksen på nytt.")
    if not headings_found(bundle.table, coding_headings, LEAST_HEADINGS) and _is_register(bundle.table):
        raise refusal(EMPTY_FILE, STEM, file_name, "dette er et dokumentregister uten kodinger. Legg det ved siden av "
                      f"tabellen det gjelder, med navnet «<tabell>{DOCUMENTS_SUFFIX}».")
    mapped = _mapping(bundle.mapping, file_name)
    table = table_in(bundle.table, STEM, file_name, lambda cells: _heading_count(cells, mapped), comma=True)
    if table is None or not table.records:
        raise refusal(EMPTY_FILE, STEM, file_name, "tabellen har ingen kodinger. Ta uttrekket på nytt fra "
                      "kodeverktøyet.")
    columns = columns_of_table(table.headings, mapped, file_name)
    register = _register(bundle.documents, file_name) if bundle.documents else None
    _demand_consent_is_told(columns, register, file_name)
    lines = list(_lines(table, columns, file_name))
    return CodingTable(_project(lines, columns, register, file_name), TOOL_NAMES[columns.tool],
                       _columns_taken(table, columns, lines, file_name))


@dataclass(frozen=True)
class _Line:
    """One line of the table. `stretch` is equal for codings of the same text; `length` is that of its texts."""

    number: int
    document: str
    codes: tuple[str, ...]
    coder: str | None
    stretch: tuple
    variables: Variables
    length: int


def _heading_count(cells: Iterable[str], mapped: Mapping[str, str]) -> int:
    named = list(cells)
    return coding_headings(named) + len({normalised(cell) for cell in named} & mapped.keys())


def _lines(table: TableFile, columns: Columns, file_name: str) -> Iterator[_Line]:
    faults = Faults(STEM, file_name)
    for number, cells in table.records:
        if len(cells) > len(table.headings) and any(cell.strip() for cell in cells[len(table.headings):]):
            faults.add(BROKEN_LINE, f": fant {len(cells)} felt, men overskriften har {len(table.headings)}. Ta "
                       "uttrekket på nytt.", line=number)
            continue
        cells = [*cells, *[""] * (len(table.headings) - len(cells))]
        document = clean_name(cells[columns.by_role[DOCUMENT]])
        if not document:
            faults.add(VALUE_MISSING, ": dokumentet mangler. Ta uttrekket på nytt.", line=number)
            continue
        yield _line(number, document, cells, columns)
    faults.stop()


def _line(number: int, document: str, cells: list[str], columns: Columns) -> _Line:
    texts = [cells[position] for position in columns.free_text]
    coder = clean_name(cells[columns.by_role[CODER]]) if CODER in columns.by_role else ""
    if QUOTATION in columns.by_role:
        stretch = (cells[columns.by_role[QUOTATION]],)
    else:
        quoted = tuple(cells[position] for position in columns.quoted)
        stretch = quoted if any(quoted) else (number,)
    variables = tuple((heading, value) for heading, position in columns.informant
                      if (value := clean_name(cells[position])))
    return _Line(number, document, tuple(_codes_in(cells, columns)), coder or None, stretch, variables,
                 sum(map(len, texts)))


def _codes_in(cells: list[str], columns: Columns) -> Iterator[str]:
    """The codes of a line; one cell may hold several, one a line or parted by semicolon."""
    if CODES in columns.by_role:
        parts = re.split(r"[\r\n;]+", cells[columns.by_role[CODES]])
    else:
        parts = [cells[columns.by_role[CODE]]]
    yield from (name for part in parts if (name := clean_name(part)))


def _project(lines: list[_Line], columns: Columns, register: dict[str, tuple[str, Variables]] | None,
             file_name: str) -> Project:
    told: dict[str, list[_Line]] = {}
    for line in lines:
        told.setdefault(table_identity(line.document), []).append(line)
    _demand_all_registered(told, register, file_name)
    only_registered = {} if register is None else {key: row for key, row in register.items() if key not in told}
    documents = [Document(number, key, _said_of(of, (register or {}).get(key)), f"linje {of[0].number}")
                 for number, (key, of) in enumerate(told.items(), 1)]
    documents += [Document(len(told) + number, key, variables, place)
                  for number, (key, (place, variables)) in enumerate(only_registered.items(), 1)]
    number_of = {document.guid: document.number for document in documents}
    codes = {path: Code(path, _last_part(path, columns.signs), True) for line in lines for path in line.codes}
    codings = tuple(_codings(lines, number_of))
    counted = Counter(documents=len(documents), coders=len({line.coder for line in lines} - {None}),
                      annotations=sum(not line.codes for line in lines))
    return Project("Table", "", tuple(codes.values()), tuple(documents), codings, counted)


def _said_of(lines: list[_Line], registered: tuple[str, Variables] | None) -> Variables:
    """What a document's lines and its register say, each thing once; two answers to one question are two."""
    said = [one for line in lines for one in line.variables]
    return tuple(dict.fromkeys([*said, *(registered[1] if registered else ())]))


def _codings(lines: list[_Line], number_of: Mapping[str | None, int]) -> Iterator[Coding]:
    stretches: dict[tuple, int] = {}
    for line in lines:
        document = number_of[table_identity(line.document)]
        selection = stretches.setdefault((document, *line.stretch), len(stretches) + 1)
        coder = table_identity(line.coder) if line.coder else None
        yield from (Coding(None, document, selection, code, coder, place=f"linje {line.number}") for code in line.codes)


def _last_part(path: str, signs: tuple[str, ...]) -> str:
    """The code's own name, of a path written with the tool's signs between the levels."""
    if not signs:
        return path
    between = "|".join(r"\\" if sign == "\\" else rf"\s{re.escape(sign)}\s" for sign in signs)
    parts = [part.strip() for part in re.split(between, path) if part.strip()]
    return parts[-1] if parts else path


def _register(content: bytes, file_name: str) -> dict[str, tuple[str, Variables]]:
    """What the register says of each document, by the document's identity: its place and its variables."""
    table = table_in(content, STEM, file_name, _register_headings, comma=True)
    faults = Faults(STEM, file_name)
    headings = [] if table is None else [_register_field(heading) for heading in table.headings]
    for field in (REGISTER_HEADING, *HEADINGS):
        if headings.count(field) > 1:
            faults.add(COLUMNS_MISSING, f", dokumentregisteret: to kolonner kan være «{field}». Behold den "
                       "ene.", cell=field)
    missing = [field for field in (REGISTER_HEADING, CONSENT, VERIFIED) if field not in headings]
    if missing:
        faults.add(COLUMNS_MISSING, f", dokumentregisteret: fant ikke "
                                    f"{' og '.join(f'«{field}»' for field in missing)}. "
                   f"Kolonnene er {REGISTER_COLUMNS}.", cell="dokumentregister")
    faults.stop()
    found: dict[str, tuple[str, Variables]] = {}
    for number, cells in table.records:
        said = {field: clean_name(cell) for field, cell in zip(headings, cells, strict=False) if field}
        place, key = f"linje {number} i dokumentregisteret", table_identity(said.pop(REGISTER_HEADING, ""))
        if not key or key in found:
            faults.add(SAME_TWICE if key else VALUE_MISSING, f", {place}: dokumentet "
                       + ("står der fra før. Behold den ene linjen." if key else "mangler. Skriv navnet det har i "
                                                                                 "tabellen."),
                       cell=place)
            continue
        found[key] = place, tuple((field, value) for field, value in said.items() if value)
    faults.stop()
    return found


def _demand_all_registered(told: Mapping[str, list[_Line]], register: Mapping | None, file_name: str) -> None:
    faults = Faults(STEM, file_name)
    for key, of in told.items() if register is not None else ():
        if key not in register and any(line.codes for line in of) and not of[0].variables:
            faults.add(NO_CONSENT, ": dokumentet står ikke i dokumentregisteret under samme navn. Før det inn med "
                                   "samtykke og "
                       "verifisering, eller fjern kodingene av det.", line=of[0].number)
    faults.stop()


def _demand_consent_is_told(columns: Columns, register: Mapping | None, file_name: str) -> None:
    """Raises DeliveryRefused (VR71 and VR73) when neither the table nor a register says anything of it."""
    told = {heading for heading, _ in columns.informant}
    missing = [(rule_id, field) for rule_id, field in ((NO_CONSENT, CONSENT), (NOT_VERIFIED, VERIFIED))
               if field not in told and register is None]
    faults = Faults(STEM, file_name)
    for rule_id, field in missing:
        faults.add(rule_id, f": tabellen sier ikke noe om {NAME_OF[field].lower()}. Ta med variabelen "
                            f"«{NAME_OF[field]}» i "
                   f"uttrekket, eller legg et dokumentregister ved siden av, «<tabell>{DOCUMENTS_SUFFIX}», med "
                   f"kolonnene "
                   f"{REGISTER_COLUMNS}.", cell=NAME_OF[field])
    faults.stop()


def _mapping(content: bytes, file_name: str) -> dict[str, str]:
    """The role by normalised heading. Raises DeliveryRefused for a role that is none."""
    table = table_in(content, STEM, file_name, _mapping_headings, comma=True) if content else None
    if table is None:
        return {}
    positions = {normalised(heading): position for position, heading in enumerate(table.headings)}
    faults = Faults(STEM, file_name)
    if not {"rolle", "overskrift"} <= positions.keys():
        faults.add(COLUMNS_MISSING, ", mappingen: kolonnene er rolle;overskrift.", cell="mapping")
        faults.stop()
    found = {}
    for number, cells in table.records:
        role, heading = (cells[positions[name]] if positions[name] < len(cells) else ""
                         for name in ("rolle", "overskrift"))
        meant = _MAPPED_ROLES.get(normalised(role)) or own_heading(STEM, role, HEADINGS)
        if meant is None:
            words = ", ".join((*ROLE_WORDS.values(), *HEADINGS))
            faults.add(COLUMNS_MISSING, f", mappingen linje {number}: rollen er ukjent. Rollene er "
                                        f"{words}.", cell="mapping")
            continue
        found[normalised(heading)] = meant
    faults.stop()
    return found


def _mapping_headings(cells: Iterable[str]) -> int:
    return len({normalised(cell) for cell in cells} & {"rolle", "overskrift"})


def _register_field(heading: str) -> str | None:
    return REGISTER_HEADING if normalised(heading) == REGISTER_HEADING else own_heading(STEM, heading, HEADINGS)


def _register_headings(cells: Iterable[str]) -> int:
    return len({_register_field(cell) for cell in cells} - {None})


def _is_register(content: bytes) -> bool:
    wanted = {REGISTER_HEADING, CONSENT, VERIFIED}
    return headings_found(content, lambda cells: len({_register_field(cell) for cell in cells} & wanted), len(wanted))


def _columns_taken(table: TableFile, columns: Columns, lines: list[_Line], file_name: str) -> Finding:
    """Which column was taken for what, and that what was said is not kept."""
    named = [(position, ROLE_WORDS[role]) for role, position in columns.by_role.items()]
    named += [(position, ROLE_WORDS[TEXT]) for position in columns.free_text]
    named += [(position, NAME_OF[heading]) for heading, position in columns.informant]
    taken = ", ".join(f"«{table.headings[position].strip()}» er {what}" for position, what in sorted(named))
    unused = ", ".join(f"«{table.headings[position].strip()}»" for position in columns.unused)
    length = sum(line.length for line in lines)
    said = [f"tabellen er lest som {TOOL_NAMES[columns.tool]}: {taken}."]
    if unused:
        said.append(f"Ikke brukt: {unused}.")
    if columns.free_text:
        said.append(f"Teksten ({length} tegn) er lest bare for lengden, og er ikke tatt vare på.")
    return Finding(COLUMNS_TAKEN, "informasjon", f"{file_name}: {' '.join(said)}", unit_code="FORSOK", source=STEM,
                   file=file_name, cell="kolonner")
