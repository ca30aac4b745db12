"""Which column of a delimited file is which field: by its heading and the synonyms we know, never by position."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from assets.sources.fields import Field
from assets.sources.refusals import COLUMNS_MISSING, Faults
from warehouse.reference_data import reference_rows


def normalised(heading: str) -> str:
    """A heading without case, spaces and signs, with æ, ø and å written as ae, oe and aa."""
    plain = unicodedata.normalize("NFC", heading).strip().lower()
    for letter, replacement in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        plain = plain.replace(letter, replacement)
    return re.sub(r"[^a-z0-9]", "", plain)


@cache
def _synonyms(stem: str) -> dict[str, str]:
    """Our own heading by every normalised heading we know for the source."""
    return {normalised(row["heading"]): row["field"]
            for row in reference_rows("heading_synonym") if row["stem"] == stem}


def own_heading(stem: str, heading: str, own_headings: Sequence[str]) -> str | None:
    """Our own heading for a delivered one, or None when it is a stranger."""
    plain = normalised(heading)
    by_plain = {normalised(own): own for own in own_headings}
    return by_plain.get(plain) or _synonyms(stem).get(plain)


def columns_of(stem: str, fields: Sequence[Field], headings: Sequence[str], faults: Faults) -> dict[str, int]:
    """The position of each field's column. A missing or doubled column becomes a fault."""
    own_headings = [field.heading for field in fields]
    found: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        own = own_heading(stem, heading, own_headings)
        if own is not None:
            found.setdefault(own, []).append(position)
    columns = {}
    for field in fields:
        position = _one_column(field, found.get(field.heading, []), headings, faults)
        if position is not None:
            columns[field.heading] = position
    return columns


def _one_column(field: Field, positions: list[int], headings: Sequence[str], faults: Faults) -> int | None:
    """The one column of a field. Our own heading goes before a synonym; two equal candidates are a fault."""
    own = [position for position in positions if normalised(headings[position]) == normalised(field.heading)]
    candidates = own or positions
    if len(candidates) > 1:
        names = " og ".join(f"«{headings[position].strip()}»" for position in candidates)
        faults.add(COLUMNS_MISSING, f", overskriften: {names} kan begge være «{field.heading}». Behold én av dem.",
                   cell=field.heading)
        return None
    if not candidates and field.column_required:
        faults.add(field.missing_rule, f", overskriften: kolonnen «{field.heading}» mangler. {field.missing_advice}",
                   cell=field.heading, expected=field.heading)
    return candidates[0] if candidates else None
