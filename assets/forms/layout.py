"""Where every field of a form stands: sheet by sheet in the order of `form_field.csv`, one field a row.

How it looks belongs in `workbook.py`. A delivered form is read by its own hidden table, not by this layout.
"""

from dataclasses import dataclass
from functools import cache

from assets.forms.language import BOKMAAL, said
from warehouse.reference_data import reference_rows
from warehouse.units import unit_label

TITLES = {"tertial_reports": "Tertialrapport", "data_requests": "Dataforespørsel"}
FORM_VERSION = {stem: f"{stem} 1" for stem in TITLES}
"""The version each form is written in. A field that is added, is taken away or changes meaning makes a new version."""

OLDER_VERSIONS: dict[str, dict[str, frozenset[str]]] = {stem: {} for stem in TITLES}
"""By form, the versions that are still read, each with the ids of its fields that were taken away or changed meaning
since: those are not read from it. What it has no field for, is not reported."""

HIDDEN_SHEET = "_skjema"
TITLE_ROW, ADVICE_ROW, HEADING_ROW, FIRST_FIELD_ROW = 1, 2, 3, 4
LABEL, VALUE, STATUS, EXPLANATION, PREVIOUS = "ABCDE"
FIGURE_KINDS = frozenset({"count", "fte", "amount", "days", "months"})
MANDATORY = ("periode_fra", "periode_til", "dateringsgrunnlag")
"""Without these the other numbers cannot be compared with anything (rule VR09)."""


@dataclass(frozen=True)
class FormField:
    """One field of a form and its row. `number` counts from 1 through the form: its place in raw and in marks."""

    number: int
    field_id: str
    sheet: str
    row: int
    kind: str
    unit: str | None
    label: str
    definition: str
    choices: tuple[str, ...]
    is_part: bool = False

    @property
    def is_figure(self) -> bool:
        return self.kind in FIGURE_KINDS

    @property
    def value_cell(self) -> str:
        return f"{VALUE}{self.row}"

    @property
    def status_cell(self) -> str | None:
        """Where the reason for a missing number is chosen; figures only."""
        return f"{STATUS}{self.row}" if self.is_figure else None

    @property
    def explanation_cell(self) -> str | None:
        """Where the reporter explains; a text needs no explanation beside it."""
        return f"{EXPLANATION}{self.row}" if self.kind != "text" else None


@cache
def form_fields(stem: str, language: str = BOKMAAL) -> tuple[FormField, ...]:
    """The fields of a form in order, with the texts of a language. Raises KeyError for a source that is not a form."""
    FORM_VERSION[stem]
    rows_used: dict[str, int] = {}
    fields = []
    for number, row in enumerate((row for row in reference_rows("form_field") if row["stem"] == stem), start=1):
        at = rows_used[row["sheet"]] = rows_used.get(row["sheet"], FIRST_FIELD_ROW - 1) + 1
        choices, definition = _choices_and_definition(row["field_kind"], row["definition_nb"])
        fields.append(FormField(
            number=number, field_id=row["field_id"], sheet=said(row["sheet"], language), row=at, kind=row["field_kind"],
            unit=row["unit"] or None, label=_label(row, language),
            definition=definition and said(definition, language), choices=choices, is_part=bool(row["total_field_id"])))
    return tuple(fields)


def sheet_names(stem: str, language: str = BOKMAAL) -> tuple[str, ...]:
    """The visible sheets of a form, in order."""
    return tuple(dict.fromkeys(field.sheet for field in form_fields(stem, language)))


def _choices_and_definition(kind: str, text: str) -> tuple[tuple[str, ...], str]:
    """The catalogue writes a choice as `a|b: what to choose`."""
    if kind != "choice":
        return (), text
    choices, _, definition = text.partition(": ")
    return tuple(choices.split("|")), definition[:1].upper() + definition[1:]


def _label(row: dict[str, str], language: str) -> str:
    """The label; an amount or a time says its unit."""
    label = said(row["label_nb"], language)
    if row["field_kind"] not in ("amount", "days", "months"):
        return label
    return f"{label} ({said(unit_label(row['unit']), language)})"
