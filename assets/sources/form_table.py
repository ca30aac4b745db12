"""The hidden sheet of a delivered form: which form, version, municipality and period, and where each field stands.

A field is found by its id through this table, never by its position alone; the label beside it must still be the
table's own, so that a row somebody moved is seen.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from assets.forms.layout import FORM_VERSION, HIDDEN_SHEET, LABEL, OLDER_VERSIONS, TITLES, form_fields
from assets.forms.periods import FORM_OF_TERTIAL, HOW_WRITTEN, is_period
from assets.sources.form_answers import QUARTER, QUARTER_FOR_TERTIAL, TERTIAL_ADVICE, Answer, shown
from assets.sources.refusals import (
    FIELD_MOVED, HIDDEN_TABLE, NOT_A_DATE, OTHER_FORM_VERSION, UNKNOWN_CODE, UNKNOWN_FIELD, Faults, refusal)
from assets.sources.regions import known_regions
from assets.sources.sheet_scan import place_of_cell
from assets.sources.workbook import OpenedWorkbook, Sheet
from expectations.wording import some

NEW_FORM = "Lag et nytt skjema med «folgeeval template», skriv tallene inn i det og lever det."
_HEAD = {"skjema": "B1", "versjon": "B2", "kommunenummer": "B3", "periode": "B4"}
_FIRST_ROW = 6
_MOST_ROWS = 1_000


@dataclass(frozen=True)
class FieldCells:
    """Where a field stands in the delivered workbook; a field without a drop-down or an explanation has None."""

    sheet: str
    value: str
    status: str | None
    explanation: str | None


@dataclass(frozen=True)
class FormTable:
    """What the hidden sheet, or a mapping, says. `cells` by field id, for the fields that stand somewhere.

    `elsewhere` is the sheet and cell that stand for the fields that do not. A mapping may also say an answer itself
    (`stated`), what a field's number is multiplied with (`scales`), and what a word in place of one means (`signs`).
    """

    municipality_code: str
    period: str
    form_version: str
    cells: dict[str, FieldCells]
    elsewhere: tuple[str, str] = (HIDDEN_SHEET, "A1")
    stated: dict[str, Answer] = field(default_factory=dict)
    scales: dict[str, Decimal] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)

    def at(self, field_id: str) -> FieldCells:
        """Where the field stands, or what stands for its place."""
        return self.cells.get(field_id) or FieldCells(*self.elsewhere, None, None)


def form_named(book: OpenedWorkbook) -> str | None:
    """The form the hidden sheet names; None without a hidden sheet, or when it names none of ours."""
    if HIDDEN_SHEET not in book.sheet_names:
        return None
    named = _text(book.sheet(HIDDEN_SHEET), _HEAD["skjema"])
    return named if named in FORM_VERSION else None


def form_table(book: OpenedWorkbook, stem: str, file_name: str) -> FormTable:
    """The hidden table judged. Raises DeliveryRefused with every fault in it."""
    if HIDDEN_SHEET not in book.sheet_names:
        raise refusal(HIDDEN_TABLE, stem, file_name, "arbeidsboken har ikke det skjulte arket som sier hvilket skjema, "
                      f"hvilken kommune og hvilken periode den gjelder. {NEW_FORM} Er det kommunens egen arbeidsbok, "
                      "så "
                      "lever den sammen med en mapping som sier hvor tallene står (<arbeidsbokens navn>.mapping.csv).")
    hidden, faults = book.sheet(HIDDEN_SHEET), Faults(stem, file_name)
    head = {name: _text(hidden, cell) for name, cell in _HEAD.items()}
    _judge_head(stem, head, faults)
    faults.stop()
    cells = _cells(hidden, stem, head["versjon"], faults)
    faults.stop()
    _judge_places(book, hidden, cells, faults)
    faults.stop()
    return FormTable(head["kommunenummer"], head["periode"], head["versjon"], {
        field_id: cells_of_field for field_id, (_, cells_of_field) in cells.items()})


def _text(hidden: Sheet, cell: str) -> str:
    value = hidden.at(cell)
    return "" if value is None else shown(value).strip()


def _judge_head(stem: str, head: dict[str, str], faults: Faults) -> None:
    def fault(name: str, rule_id: str, problem: str, advice: str, expected: str | None = None) -> None:
        faults.add(rule_id, f": fant «{head[name]}», {problem}. {advice}", sheet=HIDDEN_SHEET, cell=_HEAD[name],
                   found=head[name], expected=expected)

    if head["skjema"] != stem:
        fault("skjema", HIDDEN_TABLE, f"men skjemaet heter {stem} ({TITLES[stem].lower()})", NEW_FORM, stem)
        return
    if head["versjon"] not in (FORM_VERSION[stem], *OLDER_VERSIONS[stem]):
        fault("versjon", OTHER_FORM_VERSION, f"men her leses {FORM_VERSION[stem]}", NEW_FORM, FORM_VERSION[stem])
    code = head["kommunenummer"]
    if not re.fullmatch(r"[0-9]{4}", code) or code not in known_regions():
        fault("kommunenummer", UNKNOWN_CODE, "som ikke er et kommunenummer på fire sifre", NEW_FORM)
    if is_period(stem, head["periode"]):
        return
    if stem == FORM_OF_TERTIAL and QUARTER.search(head["periode"]):
        fault("periode", QUARTER_FOR_TERTIAL, "som er et kvartal", f"{TERTIAL_ADVICE} {NEW_FORM}", "2018-T3")
    else:
        fault("periode", NOT_A_DATE, f"som ikke er {HOW_WRITTEN[stem]}", NEW_FORM)


def _cells(hidden: Sheet, stem: str, version: str, faults: Faults) -> dict[str, tuple[int, FieldCells]]:
    """The rows of the table by field id, with the row each stands on; unknown, doubled and missing ids are faults.

    Of an older version the fields that are no longer read are passed over, and those it never had are not missed.
    """
    known = {field.field_id for field in form_fields(stem)}
    unread = OLDER_VERSIONS[stem].get(version, frozenset())
    cells: dict[str, tuple[int, FieldCells]] = {}
    for row in range(_FIRST_ROW, min(hidden.height, _MOST_ROWS) + 1):
        field_id, sheet, value, status, explanation = (_text(hidden, f"{column}{row}") for column in "ABCDE")
        if not field_id or field_id in unread:
            continue
        if field_id not in known or field_id in cells:
            what = "står to ganger" if field_id in cells else "finnes ikke i skjemaet"
            faults.add(UNKNOWN_FIELD, f": feltet «{field_id}» {what}. {NEW_FORM}", sheet=HIDDEN_SHEET, cell=f"A{row}",
                       found=field_id)
            continue
        cells[field_id] = row, FieldCells(sheet, value, status or None, explanation or None)
    missing = [field.field_id for field in form_fields(stem) if field.field_id not in cells]
    if missing and version == FORM_VERSION[stem]:
        faults.add(UNKNOWN_FIELD, f": feltene {some(missing)} mangler i tabellen. {NEW_FORM}", sheet=HIDDEN_SHEET,
                   expected=", ".join(missing))
    return cells


def _judge_places(book: OpenedWorkbook, hidden: Sheet, cells: dict[str, tuple[int, FieldCells]],
                  faults: Faults) -> None:
    """Every place is a cell of a sheet that is there, used once, with the field's own label on its row."""
    sheets = {name: book.sheet(name) for name in sorted({of_field.sheet for _, of_field in cells.values()})
              if name in book.sheet_names and name != HIDDEN_SHEET}
    used: set[tuple[str, str]] = set()
    for field_id, (row, of_field) in cells.items():
        places = [cell for cell in (of_field.value, of_field.status, of_field.explanation) if cell is not None]
        if of_field.sheet not in sheets or any(place_of_cell(cell) is None for cell in places):
            faults.add(HIDDEN_TABLE, f": feltet «{field_id}» skal stå i {of_field.sheet}!{', '.join(places)}, og det "
                       f"stedet finnes ikke i arbeidsboken. {NEW_FORM}", sheet=HIDDEN_SHEET, cell=f"A{row}",
                       found=f"{of_field.sheet}!{of_field.value}")
            continue
        if used & {(of_field.sheet, cell) for cell in places}:
            faults.add(HIDDEN_TABLE, f": feltet «{field_id}» står i samme celle som et annet felt. {NEW_FORM}",
                       sheet=HIDDEN_SHEET, cell=f"A{row}", found=f"{of_field.sheet}!{of_field.value}")
        used |= {(of_field.sheet, cell) for cell in places}
        _judge_label(sheets[of_field.sheet], _text(hidden, f"F{row}"), of_field, faults)


def _judge_label(sheet: Sheet, expected: str, of_field: FieldCells, faults: Faults) -> None:
    label = f"{LABEL}{of_field.value.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    found = _text(sheet, label)
    if found != expected:
        faults.add(FIELD_MOVED, f": ledeteksten er «{found}», men her skal det stå «{expected}». Raden er flyttet "
                   f"eller endret, og da er det ikke sikkert hva tallet gjelder. {NEW_FORM}", sheet=sheet.name,
                   cell=label,
                   found=found, expected=expected)
