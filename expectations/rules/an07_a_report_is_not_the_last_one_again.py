"""AN07: a tertial report or yearly form has numbers of its own, not those of an earlier one of the municipality.

Only what is counted anew each period speaks here, and only fields above zero: what counts a state (staff, agreements,
children in foster homes) may well stand still. Were the counts of two periods independent and as variable as counts of
events are, this many equal ones would come about less than once in a million comparisons (a form is compared with at most
eight earlier ones); the probability is worked out for the fields at hand. Counts steadier than that are common in small
services, so four of five fields must be equal too.
"""

from expectations.chance import at_least_probability, equal_counts_probability
from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text, some
from warehouse.number_format import format_number

LARGEST_PROBABILITY = 1e-6
FEWEST_FIELDS = 8
SMALLEST_EQUAL_SHARE = 0.8

STATES = (
    "ansatte_barnevern", "barn_i_fosterhjem", "barn_fra_andre_kommuner", "avtaler_akutt", "avtaler_omsorg",
    "avtaler_hjelpetiltak", "avtaler_fosterhjem", "tvistesaker", "ansatte_tiltaksteam", "beredskapshjem_kommunale",
    "familiehjem_statlige", "familiehjem_private", "venter_paa_fosterhjem")

SELECT = f"""
WITH {PLACED},
event AS (
    SELECT stem, unit_code, period, field_id, value, delivery_id, file_name, sheet, cell, cell_number
    FROM placed
    WHERE field_kind = 'count' AND status = 'ok' AND value > 0 AND field_id NOT IN {STATES}
)
SELECT here.stem, here.unit_code, unit.unit_name, here.period, earlier.period AS earlier_period, here.delivery_id,
    any_value(here.file_name) AS file_name, any_value(earlier.file_name) AS earlier_file,
    arg_min(here.sheet, here.cell_number) AS sheet, arg_min(here.cell, here.cell_number) AS cell,
    list(here.value ORDER BY here.cell_number) AS field_values,
    list(here.field_id ORDER BY here.cell_number) FILTER (WHERE here.value = earlier.value) AS equal_ids,
    list(here.cell ORDER BY here.cell_number) FILTER (WHERE here.value <> earlier.value) AS unlike_cells
FROM event AS here
INNER JOIN event AS earlier
    ON earlier.stem = here.stem AND earlier.unit_code = here.unit_code AND earlier.field_id = here.field_id
    AND earlier.period < here.period
INNER JOIN reference.unit ON unit.unit_code = here.unit_code
GROUP BY here.stem, here.unit_code, unit.unit_name, here.period, earlier.period, here.delivery_id
HAVING count(*) >= {FEWEST_FIELDS}
AND count(*) FILTER (WHERE here.value = earlier.value) >= {SMALLEST_EQUAL_SHARE} * count(*)
ORDER BY here.unit_code, here.stem, here.period, earlier.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when so many equal fields are no coincidence."""
    equal, all_values = row["equal_ids"], row["field_values"]
    by_chance = at_least_probability([equal_counts_probability(value) for value in all_values], len(equal))
    if by_chance > LARGEST_PROBABILITY:
        return None
    unlike = row["unlike_cells"]
    rest = f"; bare celle {some(unlike)} er ulike" if unlike else ""
    return found_in(
        "AN07", row,
        f"{row['unit_name']}, {period_text(row['period'])}: {format_number(len(equal), 0)} av {len(all_values)} tall over null "
        f"i {row['file_name']} er akkurat de samme som for {period_text(row['earlier_period'])} ({row['earlier_file']}){rest}. "
        "Det skjer sjeldnere enn én av en million ganger ved tilfeldigheter. Kontroller at skjemaet ikke er fylt ut med forrige "
        "periodes tall, og lever det på nytt med periodens egne.",
        found=f"{len(equal)} like", expected="periodens egne tall",
        indicators=indicators_of(row["stem"], equal))


RULE = Rule("AN07", SELECT, judge)
