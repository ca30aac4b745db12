"""AN04: an amount that counts from 1 January does not become smaller from one tertial report to the next of the year.

A fall is most often a tertial's own amount where the year so far is asked for. Money set aside or booked may be
reversed: then it is explained at the number.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text, period_text

FROM_JANUARY = ("forsoek_i_alt", "avsatt_til_fond", "forsoek_utenfor")
"""Its parts may be moved from one purpose to another in the year; the total may not go down."""

SELECT = f"""
WITH {PLACED},
year_so_far AS (
    SELECT placed.*, lag({{'period': period, 'value': value, 'cell': cell}}) OVER (
        PARTITION BY unit_code, field_id, substring(period, 1, 4) ORDER BY period
    ) AS before
    FROM placed
    WHERE stem = 'tertial_reports' AND status = 'ok' AND field_id IN {FROM_JANUARY}
)
SELECT year_so_far.*, unit.unit_name
FROM year_so_far
INNER JOIN reference.unit ON unit.unit_code = year_so_far.unit_code
WHERE year_so_far.value < year_so_far.before.value
ORDER BY year_so_far.unit_code, year_so_far.period, year_so_far.cell_number
"""


def judge(row: Row) -> Finding | None:
    """Every row has fallen."""
    before = row["before"]
    return found_in(
        "AN04", row,
        f"Fant {number_text(row)} tusen kroner i {place_text(row)} ({label_text(row)}) for "
        f"{period_text(row['period'])}, men "
        f"{period_text(before['period'])} hadde {amount_text(before['value'])} (celle {before['cell']}). Beløpet "
        "teller fra "
        f"1. januar og kan ikke bli mindre. {slip_sentence(row['value'], before['value'])}Gjelder tallet bare "
        "tertialet, så "
        "skriv summen hittil i år; er noe ført tilbake, forklar det i forklaringsfeltet.",
        found=number_text(row), expected=f"minst {amount_text(before['value'])}",
        indicators=indicators_of(row["stem"], [row["field_id"]]))


RULE = Rule("AN04", SELECT, judge)
