"""AN10: a number in a tertial report is like the municipality's own in the tertials around it.

One finding a sheet of a report, since two numbers that have changed places, or a block written one row too far down, is
one fault. How unlike a number must be, and how often chance makes it so, stands in `expectations/history.py`; a yearly
change is VR52's, and a zero VR58's.
"""

from collections.abc import Sequence

from expectations.finding import Finding
from expectations.form_fields import PLACED, Field, indicators_of, label_text, number_text
from expectations.history import (
    FEWEST_OTHERS,
    LARGEST_AMOUNT_RATIO,
    LARGEST_STATE_RATIO,
    SMALLEST_STATE,
    STATES,
    better_exchanged,
    better_moved,
    is_unlike_events,
    is_unlike_level,
    is_unlike_small_state,
    surprise,
)
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text, some
from warehouse.number_format import format_number

AROUND = 3
"""Tertials to either side: the same tertial of the year before and after is the third."""

CERTAIN = 15
"""The logarithm of a ratio of likelihoods: less than one in three million by chance."""

_FITS = 3.0
_AMOUNTS = ("forsoek_budsjett", "forsoek_prognose")

# Only sheets with a number that is coarsely unlike are told; the judgement itself takes the spread into account.
SELECT = f"""
WITH {PLACED},
told AS (
    SELECT *, 3 * TRY_CAST(substring(period, 1, 4) AS INTEGER) + TRY_CAST(substring(period, 7, 1) AS INTEGER) AS tertial
    FROM placed
    WHERE stem = 'tertial_reports' AND status = 'ok'
    AND (field_kind IN ('count', 'fte') OR field_id IN {_AMOUNTS})
),
compared AS (
    SELECT here.stem, here.unit_code, here.period, here.sheet, here.delivery_id, here.file_name, here.field_id,
        here.label,
        here.field_kind, here.value, here.cell, here.cell_number, list(other.value ORDER BY other.period) AS others,
        median(other.value) AS usual,
            max(CASE WHEN other.tertial = here.tertial - 1 THEN other.value END) AS last_value,
        max(CASE WHEN other.tertial = here.tertial - {AROUND} THEN other.value END) AS last_year_value
    FROM told AS here
    INNER JOIN told AS other
        ON other.unit_code = here.unit_code AND other.field_id = here.field_id AND other.tertial <> here.tertial
        AND other.tertial BETWEEN here.tertial - {AROUND} AND here.tertial + {AROUND}
    GROUP BY here.stem, here.unit_code, here.period, here.sheet, here.delivery_id, here.file_name, here.field_id,
        here.label,
        here.field_kind, here.value, here.cell, here.cell_number
    HAVING count(*) >= {FEWEST_OTHERS}
)
SELECT compared.stem, compared.unit_code, unit.unit_name, compared.period, compared.sheet, compared.delivery_id,
    compared.file_name, list({{
        'field_id': field_id, 'label': label, 'field_kind': field_kind, 'value': value, 'cell': cell, 'others': others,
        'usual': usual, 'last_value': last_value, 'last_year_value': last_year_value}} ORDER BY cell_number) AS fields
FROM compared
INNER JOIN reference.unit ON unit.unit_code = compared.unit_code
GROUP BY compared.stem, compared.unit_code, unit.unit_name, compared.period, compared.sheet, compared.delivery_id,
    compared.file_name
HAVING bool_or(value > 1.39 * usual OR 1.39 * value < usual)
ORDER BY compared.unit_code, compared.period, compared.sheet
"""


def judge(row: Row) -> Finding | None:
    """A finding when at least one number on the sheet is unlike the others of its field."""
    fields = row["fields"]
    unlike = sorted(filter(_is_unlike, fields), key=_distance, reverse=True)
    if not unlike:
        return None
    worst, rest = unlike[0], unlike[1:]
    told = some([f"celle {one['cell']} ({number_text(one)}, vanligvis {_usual(one)})" for one in rest]) if rest else ""
    return found_in(
        "AN10", row,
        f"{row['unit_name']}, {period_text(row['period'])}: fant {number_text(worst)} i celle {worst['cell']} i arket "
        f"«{row['sheet']}» ({label_text(worst)}). I tertialene rundt er tallet vanligvis "
        f"{_usual(worst)}{_neighbours(worst)}; "
        f"forskjellen er større enn tilfeldigheter gir. {f'Det samme gjelder {told}. ' if told else ''}"
        f"{_reason(fields, unlike)}Kontroller tallet, rett det, eller skriv i forklaringsfeltet hva som ligger bak.",
        cell=worst["cell"], found=number_text(worst), expected=f"omkring {_usual(worst)}",
        indicators=indicators_of(row["stem"], [one["field_id"] for one in unlike]))


def _is_unlike(field: Field) -> bool:
    if field["field_kind"] == "amount":
        return is_unlike_level(field["value"], field["others"], LARGEST_AMOUNT_RATIO)
    if field["field_kind"] == "fte" or field["field_id"] in STATES:
        if field["usual"] < SMALLEST_STATE:
            return is_unlike_small_state(field["value"], field["others"])
        return is_unlike_level(field["value"], field["others"], LARGEST_STATE_RATIO)
    return is_unlike_events(field["value"], field["others"])


def _distance(field: Field) -> float:
    return abs(surprise(field["value"], field["usual"]))


def _usual(field: Field) -> str:
    return number_text({**field, "value": field["usual"]})


def _neighbours(field: Field) -> str:
    told = [f"{number_text({**field, 'value': field[name]})} {words}" for name, words in (
        ("last_value", "tertialet før"), ("last_year_value", "samme tertial året før")) if field[name] is not None]
    return f" ({some(told)})" if told else ""


def _reason(fields: Sequence[Field], unlike: Sequence[Field]) -> str:
    """A block one row off, changed places, or a factor; empty when none of them explains the number."""
    return _moved(fields) or _exchanged(fields, unlike) or _factor(unlike[0])


def _exchanged(fields: Sequence[Field], unlike: Sequence[Field]) -> str:
    for one, other in zip(fields, fields[1:]):
        score = better_exchanged(one["value"], one["usual"], other["value"], other["usual"])
        fits = max(abs(surprise(one["value"], other["usual"])), abs(surprise(other["value"], one["usual"]))) <= _FITS
        if score >= CERTAIN and fits and (one in unlike or other in unlike):
            return f"Mulig grunn: tallene i celle {one['cell']} og {other['cell']} har byttet plass. "
    return ""


def _moved(fields: Sequence[Field]) -> str:
    values, usual = [field["value"] for field in fields], [field["usual"] for field in fields]
    for by, words in ((-1, "en rad for langt ned"), (1, "en rad for langt opp")):
        if better_moved(values, usual, by) >= CERTAIN and _moved_fits(values, usual, by):
            return f"Mulig grunn: tallene på arket er skrevet {words}. "
    return ""


def _moved_fits(values: Sequence[float], usual: Sequence[float], by: int) -> bool:
    pairs = [(values[row], usual[row + by]) for row in range(len(values)) if 0 <= row + by < len(usual)]
    return all(abs(surprise(value, moved)) <= _FITS for value, moved in pairs)


def _factor(field: Field) -> str:
    ratio = field["value"] / field["usual"]
    for factor, words in ((1000, "kroner i stedet for tusen kroner"), (10, "et siffer for mye")):
        if 0.7 <= ratio / factor <= 1.4:
            return f"Mulig grunn: tallet er omkring {format_number(factor, 0)} ganger det vanlige, {words}. "
        if 0.7 <= ratio * factor <= 1.4 and factor == 10:
            return "Mulig grunn: tallet er omkring en tidel av det vanlige, et siffer for lite. "
    return ""


RULE = Rule("AN10", SELECT, judge)
