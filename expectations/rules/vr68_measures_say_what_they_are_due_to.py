"""VR68: where a municipality tells of measures, it says what they are due to: the trial, BTI, or neither.

The field is the explanation beside the number; the form asks for it in the definition. Without it, a measure another
programme pays for would be counted as an effect of the trial.
"""

import re
from collections.abc import Iterator, Mapping

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in

MEASURES = ("ansatte_tiltaksteam", "medvirkningstiltak")
DUE_TO = ("forsøk", "bti", "uavhengig")
"""Bokmål and nynorsk write them alike; BTI is «bedre tverrfaglig innsats»."""

SELECT = f"""
WITH {PLACED}
SELECT placed.*, form_value.explanation
FROM placed
INNER JOIN core.form_value AS form_value
    ON form_value.delivery_id = placed.delivery_id AND form_value.cell_number = placed.cell_number
WHERE placed.stem = 'data_requests' AND placed.field_id IN {MEASURES} AND placed.status = 'ok' AND placed.value > 0
AND NOT regexp_matches(lower(coalesce(form_value.explanation, '')), '{"|".join(DUE_TO)}')
ORDER BY placed.unit_code, placed.period, placed.cell_number
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: measures whose explanation names none of the three."""
    return found_in(
        "VR68", row,
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}), men ikke hva det skyldes. Skriv i forklaringsfeltet "
        "«forsøket», «BTI» eller «uavhengig»; uten det kan det ikke skilles fra det forsøket har ført til.",
        found=row["explanation"] or "ingen forklaring", expected="forsøket, BTI eller uavhengig",
        indicators=indicators_of(row["stem"], [row["field_id"]]))


def rows_of_form(fields: Mapping[str, Row]) -> Iterator[Row]:
    """The same rows from one form."""
    for field in (fields[name] for name in MEASURES if name in fields):
        words = (field["explanation"] or "").lower()
        if field["status"] == "ok" and field["value"] > 0 and not re.search("|".join(DUE_TO), words):
            yield field


RULE = Rule("VR68", SELECT, judge, of_form=rows_of_form, forms=("data_requests",))
