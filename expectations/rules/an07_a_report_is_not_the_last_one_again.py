"""AN07: a tertial report or yearly form, and each sheet of it, has numbers of its own, not those of an earlier one.

Only what is counted anew each period speaks here, and only fields above zero: what counts a state (staff, agreements,
children in foster homes) may well stand still. Were the counts of two periods independent and as variable as counts of
events are, this many equal ones would come about less than once in a million comparisons (a form is compared with at
most eight earlier ones, by six sheets); the probability is worked out for the fields at hand. Counts steadier than that
are common in small services, so four of five fields must be equal too.
"""

from collections.abc import Sequence

from expectations.chance import at_least_probability, equal_counts_probability
from expectations.finding import Finding
from expectations.form_fields import PLACED, Field, indicators_of
from expectations.history import STATES
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text, some
from warehouse.number_format import format_number

LARGEST_PROBABILITY = 1e-6
FEWEST_FIELDS = 4
SMALLEST_EQUAL_SHARE = 0.8

# One row a form and an earlier one with at least one sheet whose numbers are for the most part equal.
SELECT = f"""
WITH {PLACED},
event AS (
    SELECT stem, unit_code, period, field_id, value, delivery_id, file_name, sheet, cell, cell_number
    FROM placed
    WHERE field_kind = 'count' AND status = 'ok' AND value > 0 AND field_id NOT IN {STATES}
),
by_sheet AS (
    SELECT here.stem, here.unit_code, here.period, earlier.period AS earlier_period, here.delivery_id, here.sheet,
        any_value(here.file_name) AS file_name, any_value(earlier.file_name) AS earlier_file, count(*) AS field_count,
        count(*) FILTER (WHERE here.value = earlier.value) AS equal_count, list({{
            'field_id': here.field_id, 'sheet': here.sheet, 'cell': here.cell, 'value': here.value,
            'is_equal': here.value = earlier.value}} ORDER BY here.cell_number) AS fields
    FROM event AS here
    INNER JOIN event AS earlier
        ON earlier.stem = here.stem AND earlier.unit_code = here.unit_code AND earlier.field_id = here.field_id
        AND earlier.period < here.period
    GROUP BY here.stem, here.unit_code, here.period, earlier.period, here.delivery_id, here.sheet
)
SELECT by_sheet.stem, by_sheet.unit_code, unit.unit_name, by_sheet.period, by_sheet.earlier_period,
    by_sheet.delivery_id,
    any_value(by_sheet.file_name) AS file_name, any_value(by_sheet.earlier_file) AS earlier_file,
    flatten(list(by_sheet.fields ORDER BY by_sheet.sheet)) AS fields
FROM by_sheet
INNER JOIN reference.unit ON unit.unit_code = by_sheet.unit_code
GROUP BY by_sheet.stem, by_sheet.unit_code, unit.unit_name, by_sheet.period, by_sheet.earlier_period,
    by_sheet.delivery_id
HAVING bool_or(field_count >= {FEWEST_FIELDS} AND equal_count >= {SMALLEST_EQUAL_SHARE} * field_count)
ORDER BY by_sheet.unit_code, by_sheet.stem, by_sheet.period, by_sheet.earlier_period
"""


def judge(row: Row) -> Finding | None:
    """A finding on the whole form, or else on the sheets where so many equal fields are no coincidence."""
    fields = row["fields"]
    if _is_copy(fields):
        return _finding(row, fields, row["file_name"])
    sheets = sorted({field["sheet"] for field in fields})
    copied = [sheet for sheet in sheets if _is_copy([field for field in fields if field["sheet"] == sheet])]
    if not copied:
        return None
    return _finding(row, [field for field in fields if field["sheet"] in copied],
                    f"{some([f'arket «{sheet}»' for sheet in copied])} i {row['file_name']}")


def _is_copy(fields: Sequence[Field]) -> bool:
    equal = sum(field["is_equal"] for field in fields)
    if len(fields) < FEWEST_FIELDS or equal < SMALLEST_EQUAL_SHARE * len(fields):
        return False
    by_chance = at_least_probability([equal_counts_probability(field["value"]) for field in fields], equal)
    return by_chance <= LARGEST_PROBABILITY


def _finding(row: Row, fields: Sequence[Field], where: str) -> Finding:
    equal = [field for field in fields if field["is_equal"]]
    unlike = [field["cell"] for field in fields if not field["is_equal"]]
    rest = f"; bare celle {some(unlike)} er ulike" if unlike else ""
    return found_in(
        "AN07", row,
        f"{row['unit_name']}, {period_text(row['period'])}: {format_number(len(equal), 0)} av {len(fields)} tall over "
        "null i "
        f"{where} er akkurat de samme som for {period_text(row['earlier_period'])} ({row['earlier_file']}){rest}. Det "
        "skjer "
        "sjeldnere enn én av en million ganger ved tilfeldigheter. Kontroller at skjemaet ikke er fylt ut med en "
        "tidligere "
        "periodes tall, og lever det på nytt med periodens egne.",
        sheet=equal[0]["sheet"], cell=equal[0]["cell"], found=f"{len(equal)} like", expected="periodens egne tall",
        indicators=indicators_of(row["stem"], [field["field_id"] for field in equal]))


RULE = Rule("AN07", SELECT, judge)
