"""A form as a workbook (.xlsx) to fill in: one for a municipality and a period, with or without numbers in it.

The same entries always give the same bytes. Only what a reporter fills in is unlocked; nothing is ever a formula.
"""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from assets.forms.cell_text import LONGEST_TEXT, NOT_IN_XML
from assets.forms.entry import WORD_OF_SIGN, Entry
from assets.forms.language import BOKMAAL, said
from assets.forms.layout import (
    ADVICE_ROW, EXPLANATION, FIRST_FIELD_ROW, FORM_VERSION, HEADING_ROW, HIDDEN_SHEET, LABEL, PREVIOUS, STATUS,
    TITLE_ROW, TITLES, VALUE, FormField, form_fields, sheet_names)
from assets.forms.looks import ADVICE_HEIGHT, FIELD_HEIGHT, HEADING_HEIGHT, TEXT_HEIGHT, TITLE_HEIGHT, Looks
from assets.forms.periods import FORM_OF_TERTIAL, period_days, previous_period
from assets.forms.same_bytes import same_bytes
from assets.forms.typing_rules import add_typing_rules
from warehouse.reference_data import reference_rows

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Entry", "workbook"]

HEADINGS = {LABEL: "Hva", VALUE: "Svar", STATUS: "Når tallet mangler eller er null", EXPLANATION: "Forklaring"}
TEXT_HEADINGS = {LABEL: "Hva", VALUE: "Tekst"}
ADVICE = ("Fyll ut de gule cellene. Mangler tallet, eller er det null, velg hvorfor i listen; tom celle betyr ikke "
          "rapportert. Merknaden ved ledeteksten sier hva som telles.")
TEXT_ADVICE = "Fyll ut de gule cellene. Skriv ikke navn, og ikke noe som kan kjennes igjen om et barn eller en familie."
COMMENT_AUTHOR = "Følgeeval"
HIDDEN_HEADINGS = ("felt_id", "ark", "verdi", "status", "forklaring", "ledetekst")


def workbook(stem: str, municipality_code: str, period: str, entries: Mapping[str, Entry] | None = None,
             previous: Mapping[str, Entry] | None = None, language: str = BOKMAAL) -> bytes:
    """The form of a municipality and a period. `entries` by field id; `previous` are shown for comparison only.

    `language` is that of its texts; numbers and choices are read alike whichever it is.

    Raises ValueError for a period the form cannot be about, a municipality that is not in the trial's register that
    year, a field the form does not have, or an entry its field cannot hold.
    """
    from openpyxl import Workbook

    given, before = entries or {}, previous or {}
    first_day, _ = period_days(stem, period)
    title = f"{_municipality_name(municipality_code, first_day.year)} · {said(TITLES[stem], language)} {period}"
    _demand_known(stem, given, before)
    book = Workbook()
    book.remove(book.active)
    looks = Looks(book)
    for name in sheet_names(stem, language):
        fields = [field for field in form_fields(stem, language) if field.sheet == name]
        sheet = book.create_sheet(name)
        _dress(sheet, looks, f"{title} · {name}", fields, previous_period(stem, period) if before else None, language)
        for field in fields:
            _fill(sheet, looks, field, given.get(field.field_id, Entry()), before.get(field.field_id), language)
        add_typing_rules(sheet, fields, period_days(stem, period), language, other_days=stem != FORM_OF_TERTIAL)
    _hide_table(book, stem, municipality_code, period, language)
    _protect(book)
    return same_bytes(book)


def _municipality_name(code: str, year: int) -> str:
    for row in reference_rows("municipality_code"):
        if row["source_municipality_code"] == code and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]):
            return row["municipality_name"]
    raise ValueError(f"kommunenummeret «{code}» fantes ikke blant forsøkskommunene i {year}")


def _demand_known(stem: str, *given: Mapping[str, Entry]) -> None:
    known = {field.field_id for field in form_fields(stem)}
    if strangers := sorted({field_id for entries in given for field_id in entries} - known):
        raise ValueError(f"skjemaet {stem} har ikke feltene {', '.join(strangers)}")


def _dress(sheet: "Worksheet", looks: Looks, title: str, fields: list[FormField], previous: str | None,
           language: str) -> None:
    """Title, advice, headings, widths and what a printer needs."""
    only_texts = all(field.kind == "text" for field in fields)
    headings = {column: said(text, language) for column, text in (TEXT_HEADINGS if only_texts else HEADINGS).items()}
    if previous or not only_texts:
        headings[PREVIOUS] = (said("Forrige periode ({period})", language, period=previous) if previous
                              else said("Forrige periode", language))
    looks.write(sheet, f"{LABEL}{TITLE_ROW}", title, "title")
    looks.write(sheet, f"{LABEL}{ADVICE_ROW}", said(TEXT_ADVICE if only_texts else ADVICE, language), "advice")
    for column, text in headings.items():
        looks.write(sheet, f"{column}{HEADING_ROW}", text, "heading")
    for row, height in ((TITLE_ROW, TITLE_HEIGHT), (ADVICE_ROW, ADVICE_HEIGHT), (HEADING_ROW, HEADING_HEIGHT)):
        sheet.row_dimensions[row].height = height
    for column, width in looks.widths(only_texts).items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = f"B{FIRST_FIELD_ROW}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fill(sheet: "Worksheet", looks: Looks, field: FormField, entry: Entry, before: Entry | None,
          language: str) -> None:
    """One row: label with its definition, the answer, why there is none, the explanation, the period before."""
    from openpyxl.comments import Comment

    _demand_fitting(field, entry)
    style = "label_of_text" if field.kind == "text" else "label_of_part" if field.is_part else "label"
    label = looks.write(sheet, f"{LABEL}{field.row}", field.label, style)
    if field.definition:
        label.comment = Comment(field.definition, COMMENT_AUTHOR, height=90, width=320)
    looks.write(sheet, field.value_cell, entry.value, f"input_{field.kind}")
    if field.status_cell:
        looks.write(sheet, field.status_cell, entry.sign and said(WORD_OF_SIGN[entry.sign], language), "input_choice")
    if field.explanation_cell:
        looks.write(sheet, field.explanation_cell, entry.explanation or None, "input_explanation")
    sheet.row_dimensions[field.row].height = TEXT_HEIGHT if field.kind == "text" else FIELD_HEIGHT
    if before is not None:
        shown = before.value
        if shown is None and before.sign:
            shown = said(WORD_OF_SIGN[before.sign], language)
        looks.write(sheet, f"{PREVIOUS}{field.row}", shown, f"previous_{field.kind}")


def _demand_fitting(field: FormField, entry: Entry) -> None:
    """A number where a number belongs, and so on: what is written here must be readable."""
    kinds: Any = (int, float) if field.is_figure else date if field.kind == "date" else str
    fits = entry.value is None or isinstance(entry.value, kinds) and not isinstance(entry.value, bool)
    if not fits or (field.choices and entry.value is not None and entry.value not in field.choices):
        raise ValueError(f"{field.field_id}: {entry.value!r} kan ikke stå i et felt av slaget {field.kind}")
    for text in (entry.value, entry.explanation):
        if isinstance(text, str) and (len(text) > LONGEST_TEXT or NOT_IN_XML.search(text)):
            raise ValueError(f"{field.field_id}: teksten er for lang for en celle, eller har tegn som ikke kan stå der")
    if isinstance(entry.value, float) and not isfinite(entry.value):
        raise ValueError(f"{field.field_id}: {entry.value} er ikke et tall")
    if entry.sign is not None and not field.is_figure:
        raise ValueError(f"{field.field_id}: bare tall kan ha tegnet {entry.sign}")
    if entry.explanation and field.explanation_cell is None:
        raise ValueError(f"{field.field_id}: feltet har ingen plass til en forklaring")


def _hide_table(book: "Workbook", stem: str, municipality_code: str, period: str, language: str) -> None:
    """The sheet the reader goes by: form, version, municipality, period, language, and where each field stands."""
    hidden = book.create_sheet(HIDDEN_SHEET)
    for row in (("skjema", stem, "språk", language), ("versjon", FORM_VERSION[stem]),
                ("kommunenummer", municipality_code), ("periode", period), HIDDEN_HEADINGS):
        hidden.append(row)
    for field in form_fields(stem, language):
        hidden.append((field.field_id, field.sheet, field.value_cell, field.status_cell, field.explanation_cell,
                       field.label))
    hidden.sheet_state = "veryHidden"


def _protect(book: "Workbook") -> None:
    """Against slips of the hand, not against the reporter: no password."""
    from openpyxl.workbook.protection import WorkbookProtection

    book.security = WorkbookProtection(lockStructure=True)
    for sheet in book.worksheets:
        sheet.protection.sheet = True
        # In the file format, False means that it is allowed: rows and columns may be made wider to read.
        sheet.protection.formatColumns = sheet.protection.formatRows = False
