"""VR08: a municipality has no more foster homes in a year than children with a foster-home measure (KOSTRA)."""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, number_text, place_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

SELECT = f"""
WITH {PLACED}
SELECT placed.*, key_figure.value AS kostra_count, kostra_delivery.file_name AS kostra_file
FROM placed
INNER JOIN core.key_figure
    ON key_figure.unit_code = placed.unit_code AND CAST(key_figure.year AS VARCHAR) = placed.period
    AND key_figure.key_figure_code = '16' AND key_figure.status = 'ok'
INNER JOIN register.delivery AS kostra_delivery ON kostra_delivery.delivery_id = key_figure.delivery_id
WHERE placed.stem = 'data_requests' AND placed.field_id = 'fosterhjem_i_alt' AND placed.status = 'ok'
ORDER BY placed.unit_code, placed.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when there are more homes than children."""
    if row["value"] <= row["kostra_count"]:
        return None
    children = format_number(row["kostra_count"], 0)
    return found_in(
        "VR08", row,
        f"Fant {number_text(row)} fosterhjem i {place_text(row)}, men KOSTRA har {children} barn med fosterhjem (nøkkeltall "
        f"16 i {row['kostra_file']}). Forskjellen er {format_number(row['value'] - row['kostra_count'], 0)}. Forklar hva som "
        "er talt med: besøkshjem, hjem for enslige mindreårige, eller hjem som er byttet ut i året.",
        found=number_text(row), expected=f"høyst {children}",
        indicators=("C1-02", *indicators_of("data_requests", ["fosterhjem_i_alt"])))


RULE = Rule("VR08", SELECT, judge)
