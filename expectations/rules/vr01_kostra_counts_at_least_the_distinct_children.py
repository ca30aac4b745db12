"""VR01: KOSTRA counts children per measure, the municipality distinct children: two numbers, and the first is larger.

They are never compared as equals. A child with several measures counts several times in KOSTRA, so some excess is
usual; below the municipality's own number, or far above it, one of them counts something else.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, number_text, place_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

MOST_USUAL_RATIO = 1.25
"""A quarter more measures than children is usual; Alta's 22 to 14 in 2018 is not."""

SELECT = f"""
WITH {PLACED}
SELECT placed.*, key_figure.value AS kostra_count, kostra_delivery.file_name AS kostra_file
FROM placed
INNER JOIN core.key_figure
    ON key_figure.unit_code = placed.unit_code AND CAST(key_figure.year AS VARCHAR) = placed.period
    AND key_figure.key_figure_code = '15' AND key_figure.status = 'ok'
INNER JOIN register.delivery AS kostra_delivery ON kostra_delivery.delivery_id = key_figure.delivery_id
WHERE placed.stem = 'data_requests' AND placed.field_id = 'barn_i_institusjon' AND placed.status = 'ok'
ORDER BY placed.unit_code, placed.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when KOSTRA has fewer children than the municipality, or more than a quarter more."""
    own, kostra = row["value"], row["kostra_count"]
    if own <= kostra <= own * MOST_USUAL_RATIO:
        return None
    in_kostra = format_number(kostra, 0)
    why = ("KOSTRA skal ha minst like mange som kommunen, fordi ett barn kan telle flere ganger der" if kostra < own else
           "KOSTRA teller barn i hver tiltakskategori, kommunen forskjellige barn; inntil 25 prosent flere er vanlig")
    return found_in(
        "VR01", row,
        f"Fant {number_text(row)} barn i institusjon i {place_text(row)}, men {in_kostra} i KOSTRA (nøkkeltall 15 i "
        f"{row['kostra_file']}). {why}. Forskjellen er {format_number(abs(kostra - own), 0)}. Kontroller om tallene teller "
        "barn, tiltak eller plasseringer, og skriv forklaringen ved tallet.",
        found=number_text(row), expected=in_kostra,
        indicators=("C6-01", *indicators_of("data_requests", ["barn_i_institusjon"])))


RULE = Rule("VR01", SELECT, judge)
