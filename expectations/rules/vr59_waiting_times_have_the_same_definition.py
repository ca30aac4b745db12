"""VR59: waiting times are compared only where they are measured in the same way (`ventetid_definisjon`).

A waiting time without a definition can be compared with nothing. One whose definition is not that of the year before, or
not that of the other municipalities, stands alone; in a year the municipalities differ, the fewer are told so.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import some

FIELD, DEFINITION = "ventetid_fosterhjem", "ventetid_definisjon"
WORDS = {"beskjed_til_flytting": "fra beskjed til flytting", "vedtak_til_flytting": "fra vedtak til flytting"}

# The usual definition of a year is the one most municipalities have; of two that are equally usual, the first by name.
SELECT = f"""
WITH {PLACED},
measured AS (
    SELECT placed.*, unit.unit_name, nullif(choice.value_text, '') AS definition
    FROM placed
    INNER JOIN reference.unit ON unit.unit_code = placed.unit_code
    LEFT JOIN raw.data_requests_cell AS choice
        ON choice.delivery_id = placed.delivery_id AND choice.field_id = '{DEFINITION}'
    WHERE placed.stem = 'data_requests' AND placed.field_id = '{FIELD}' AND placed.status = 'ok'
),
counted AS (
    SELECT period, definition, count(*) AS units_count, list(unit_name ORDER BY unit_name) AS unit_names
    FROM measured
    WHERE definition IS NOT NULL
    GROUP BY period, definition
),
usual AS (
    SELECT * FROM counted
    QUALIFY row_number() OVER (PARTITION BY period ORDER BY units_count DESC, definition) = 1
)
SELECT measured.*, usual.definition AS usual_definition, usual.unit_names AS usual_units, before.definition AS definition_before
FROM measured
LEFT JOIN usual ON usual.period = measured.period
LEFT JOIN measured AS before
    ON before.unit_code = measured.unit_code AND CAST(before.period AS INTEGER) = CAST(measured.period AS INTEGER) - 1
WHERE measured.definition IS NULL OR measured.definition <> usual.definition OR measured.definition <> before.definition
ORDER BY measured.unit_code, measured.period
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: without a definition, with another than the year before, or than the others."""
    definition, place = row["definition"], f"{row['unit_name']}, {row['period']}: fant {number_text(row)} dager i {place_text(row)}"
    if definition is None:
        return _finding(row, f"{place}, men ikke hvordan ventetiden er målt. Velg målemåten i feltet «Hvordan ventetiden er "
                        "målt»; uten den kan tallet ikke sammenlignes med noe.", "uten målemåte", "en målemåte")
    told = [f"{place}, målt {_words(definition)}."]
    if row["definition_before"] not in (None, definition):
        told.append(f"Året før ble det målt {_words(row['definition_before'])}; de to årene er ikke én serie.")
    if definition != row["usual_definition"]:
        told.append(f"{some(row['usual_units'])} måler {_words(row['usual_definition'])} samme år; tallene kan ikke sammenlignes.")
    return _finding(row, " ".join([*told, "Mål på samme måte, eller vis tallet for seg, med målemåten."]), _words(definition),
                    _words(row["definition_before"] if definition == row["usual_definition"] else row["usual_definition"]))


def _words(definition: str) -> str:
    return WORDS.get(definition, f"som «{definition}»")


def _finding(row: Row, message: str, found: str, expected: str) -> Finding:
    return found_in("VR59", row, message, found=found, expected=expected, indicators=indicators_of(row["stem"], [FIELD]))


RULE = Rule("VR59", SELECT, judge)
