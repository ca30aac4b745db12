"""A mapping to fill in: the head of a municipality and a period, and a line without a place for every field of a form.

How a mapping is read is told in `assets/sources/form_mapping.py`.
"""

import csv
import io

from assets.forms.layout import MANDATORY, TITLES, form_fields
from assets.forms.periods import period_days
from warehouse.harmless_text import never_calculated

COLUMNS = ("felt_id", "ark", "celle", "radtekst", "kolonnetekst", "enhet", "verdi", "merknad")
UNIT_NEEDED = "skriv enheten beløpet har i arbeidsboken"


def mapping_skeleton(stem: str, municipality_code: str, period: str) -> bytes:
    """The mapping as UTF-8 with a byte-order mark, as spreadsheets open it. Raises ValueError as `period_days`."""
    first, last = period_days(stem, period)
    known = {"skjema": TITLES[stem], "kommunenummer": municipality_code, "periode": period,
             MANDATORY[0]: f"{first:%d.%m.%Y}", MANDATORY[1]: f"{last:%d.%m.%Y}"}
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, COLUMNS, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for name in ("skjema", "kommunenummer", "periode"):
        writer.writerow({"felt_id": name, "verdi": known[name]})
    for field in form_fields(stem):
        notes = [field.label, " | ".join(field.choices), UNIT_NEEDED if field.kind == "amount" else ""]
        writer.writerow({"felt_id": field.field_id, "verdi": known.get(field.field_id, ""),
                         "merknad": never_calculated(": ".join(filter(None, notes)))})
    return lines.getvalue().encode("utf-8-sig")
