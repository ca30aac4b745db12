"""VR58: not reported is a state of its own, never 0.

A field the municipality has a number for in other periods, but not in this one, is missing: what is shown has a gap.
A plain 0 where the number is otherwise never small may be a field nobody counted: it is to be confirmed.
The level follows what is wrong: a gap is an advarsel, an unconfirmed zero is informasjon.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text, some
from warehouse.number_format import format_number

SMALLEST_USUAL = 5
"""A field that has never been below five in at least two other periods is not usually 0."""

FEWEST_OTHER_PERIODS = 2
_MOST_PERIODS_NAMED = 4

# A period that is not over has not been forgotten.
SELECT = f"""
WITH {PLACED}
SELECT here.*, count(*) AS periods_count, min(other.value) AS smallest, max(other.value) AS largest,
    list(other.period ORDER BY other.period) AS periods
FROM placed AS here
INNER JOIN placed AS other
    ON other.stem = here.stem AND other.unit_code = here.unit_code AND other.field_id = here.field_id
    AND other.period <> here.period AND other.status = 'ok'
CROSS JOIN register.clock
LEFT JOIN reference.reporting_period ON reporting_period.period = here.period
WHERE coalesce(reporting_period.period_to, make_date(CAST(substring(here.period, 1, 4) AS INTEGER), 12, 31)) < clock.as_of
AND (here.status = 'not_reported' OR (here.status = 'ok' AND here.value = 0 AND NOT here.is_confirmed_zero))
GROUP BY ALL
ORDER BY here.unit_code, here.period, here.stem, here.cell_number
"""


def judge(row: Row) -> Finding | None:
    """A finding for a gap, or for a 0 that is unusual and not confirmed."""
    touched = indicators_of(row["stem"], [row["field_id"]])
    if row["status"] == "not_reported":
        named = some([period_text(period) for period in row["periods"]], most=_MOST_PERIODS_NAMED)
        return found_in(
            "VR58", row,
            f"Fant ikke noe tall i {place_text(row)} ({label_text(row)}) for {period_text(row['period'])}, men feltet er "
            f"rapportert for {named}. Fyll det ut, eller skriv i forklaringsfeltet hvorfor tallet ikke finnes; et tall som "
            "mangler, regnes aldri som null.", found="..", indicators=touched)
    if row["periods_count"] < FEWEST_OTHER_PERIODS or row["smallest"] < SMALLEST_USUAL:
        return None
    usual = f"{format_number(row['smallest'], 0)} til {format_number(row['largest'], 0)}"
    return found_in(
        "VR58", row,
        f"Fant 0 i {place_text(row)} ({label_text(row)}). I andre perioder er tallet {usual}. Velg «bekreftet null» hvis det er et ekte "
        "null, eller «ikke rapportert» hvis tallet ikke er talt.",
        level="informasjon", found="0", expected=usual, indicators=touched)


RULE = Rule("VR58", SELECT, judge, is_graded=True)
