"""VR13: the children KOSTRA counts in emergency homes were in homes told of: bought, own, or of an emergency placement.

An upper bound, so that nobody is asked about an ordinary overlap: a child bought a place for may also be an emergency
placement, and a stay bought the year before may run into this one. Without the year before nothing is judged.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, number_text, place_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

SELECT = f"""
WITH {PLACED},
told AS (
    SELECT unit_code, CAST(period AS INTEGER) AS year,
        max(value) FILTER (WHERE field_id = 'kjoept_beredskapshjem') AS bought_count,
        max(value) FILTER (WHERE field_id = 'beredskapshjem_kommunale') AS own_count,
        max(value) FILTER (WHERE field_id = 'akutt_beredskapshjem') AS emergency_count
    FROM core.form_value
    WHERE stem = 'data_requests' AND status = 'ok'
    AND field_id IN ('kjoept_beredskapshjem', 'beredskapshjem_kommunale', 'akutt_beredskapshjem')
    GROUP BY unit_code, period
)
SELECT placed.*, unit.unit_name, told.own_count, told.emergency_count, before.bought_count AS bought_before_count,
    placed.value + before.bought_count + told.own_count + told.emergency_count AS most_count,
    kostra.value AS kostra_count, kostra_delivery.file_name AS kostra_file
FROM placed
INNER JOIN told ON told.unit_code = placed.unit_code AND told.year = CAST(placed.period AS INTEGER)
INNER JOIN told AS before ON before.unit_code = told.unit_code AND before.year = told.year - 1
INNER JOIN core.key_figure AS kostra
    ON kostra.unit_code = told.unit_code AND kostra.year = told.year AND kostra.key_figure_code = '17'
    AND kostra.status = 'ok'
INNER JOIN register.delivery AS kostra_delivery ON kostra_delivery.delivery_id = kostra.delivery_id
INNER JOIN reference.unit ON unit.unit_code = placed.unit_code
WHERE placed.stem = 'data_requests' AND placed.field_id = 'kjoept_beredskapshjem' AND placed.status = 'ok'
AND kostra.value > placed.value + before.bought_count + told.own_count + told.emergency_count
ORDER BY placed.unit_code, placed.period
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: KOSTRA has more children than the homes told of can explain."""
    least = row["value"] + row["kostra_count"] - row["most_count"]
    counts = {name: format_number(row[name], 0) for name in (
        "kostra_count", "most_count", "bought_before_count", "own_count", "emergency_count")}
    return found_in(
        "VR13", row,
        f"{row['unit_name']}, {row['period']}: KOSTRA har {counts['kostra_count']} barn i beredskapshjem (nøkkeltall "
        f"17 i {row['kostra_file']}), men dataforespørselen forklarer høyst {counts['most_count']}: "
        f"{number_text(row)} kjøpt av Bufetat i året ({place_text(row)}), {counts['bought_before_count']} kjøpt året "
        f"før, {counts['own_count']} kommunale beredskapshjem og {counts['emergency_count']} akuttplasseringer i "
        "beredskapshjem. Kontroller tallene, eller skriv i forklaringsfeltet hvor de andre barna var.",
        found=number_text(row), expected=f"minst {format_number(least, 0)}")


RULE = Rule("VR13", SELECT, judge)
