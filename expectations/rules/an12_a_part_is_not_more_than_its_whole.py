"""AN12: what is a part, a least or a best case is not more than what it is a part of, in forms and in inspections.

Sums of parts are VR05's, reinforcement of foster homes VR07's. Here are the pairs nobody adds up: positions and the
people in them, suppliers and purchases from them, the shortest, the mean and the longest wait, what is spent and the
forecast for the year, staff in training and staff, children without a plan and children with measures, and those again and what KOSTRA has.
"""

from collections.abc import Iterator, Mapping

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from warehouse.number_format import format_number

PAIRS = (
    ("tertial_reports", "aarsverk_barnevern", "ansatte_barnevern"),
    ("tertial_reports", "kompetanse_barnevern", "ansatte_barnevern"),
    ("tertial_reports", "forsoek_i_alt", "forsoek_prognose"),
    ("data_requests", "tilfoert_barnevern", "aarsverk"),
    ("data_requests", "kompetanse_tiltaksteam", "ansatte_tiltaksteam"),
    ("data_requests", "ventetid_nedre", "ventetid_fosterhjem"),
    ("data_requests", "ventetid_fosterhjem", "ventetid_oevre"),
    ("data_requests", "leverandoerer_fosterhjem", "kjoep_private_fosterhjem"),
    ("data_requests", "leverandoerer_besoekshjem", "kjoep_private_besoekshjem"),
    ("data_requests", "leverandoerer_institusjon", "kjoep_private_institusjon"),
)
"""The form, the part, and what it is a part of."""
EPSILON = 1e-6
OF_KOSTRA = "høyst ventet etter barn med tiltak i KOSTRA"
MOST_MORE_CHILDREN = 1.25
"""An inspection counts the children with measures on a day; KOSTRA those of a whole year, told for the year before."""

SELECT = f"""
WITH {PLACED},
pair (stem, part_id, whole_id) AS (
    VALUES {", ".join(map(str, PAIRS))}
),
of_inspection (part_id, whole_id) AS (
    VALUES ('barn_uten_tiltaksplan', 'barn_med_tiltak'), ('ungdom_uten_handlingsplan', 'ungdom_ved_tilsyn'),
        ('ungdom_med_mangelfull_plan', 'ungdom_ved_tilsyn')
),
compared AS (
    SELECT part.stem, part.unit_code, part.period, part.field_id, part.label, part.field_kind, part.value,
        part.delivery_id,
        part.file_name, part.sheet, part.cell, whole.value AS whole_value, whole.label AS whole_label,
        whole.field_kind AS whole_kind, whole.cell AS whole_cell, part.cell_number AS place_number
    FROM pair
    INNER JOIN placed AS part ON part.stem = pair.stem AND part.field_id = pair.part_id AND part.status = 'ok'
    INNER JOIN placed AS whole
        ON whole.stem = part.stem AND whole.unit_code = part.unit_code AND whole.period = part.period
        AND whole.field_id = pair.whole_id AND whole.status = 'ok'
    UNION ALL
    SELECT 'supervision', part.unit_code, CAST(part.year AS VARCHAR), part.matter_code, part.matter_code, 'count',
        part.matter_count, part.delivery_id, delivery.file_name, NULL, 'linje ' || CAST(part.line_number AS VARCHAR),
        whole.matter_count, whole.matter_code, 'count', 'linje ' || CAST(whole.line_number AS VARCHAR), part.line_number
    FROM of_inspection
    INNER JOIN core.supervision_matter AS part ON part.matter_code = of_inspection.part_id
    INNER JOIN core.supervision_matter AS whole
        ON whole.unit_code = part.unit_code AND whole.supervision_date = part.supervision_date
        AND whole.supervision_name = part.supervision_name AND whole.matter_code = of_inspection.whole_id
    INNER JOIN register.delivery ON delivery.delivery_id = part.delivery_id
    UNION ALL
    SELECT 'supervision', part.unit_code, CAST(part.year AS VARCHAR), part.matter_code, part.matter_code, 'count',
        part.matter_count, part.delivery_id, delivery.file_name, NULL, 'linje ' || CAST(part.line_number AS VARCHAR),
        {MOST_MORE_CHILDREN} * sum(figure.value), '{OF_KOSTRA}', 'count',
        'nøkkeltall 07 og 08 for ' || CAST(figure.year AS VARCHAR), part.line_number
    FROM core.supervision_matter AS part
    INNER JOIN core.key_figure AS figure
        ON figure.unit_code = part.unit_code AND figure.key_figure_code IN ('07', '08') AND figure.status = 'ok'
        AND figure.year BETWEEN part.year - 1 AND part.year
    INNER JOIN register.delivery ON delivery.delivery_id = part.delivery_id
    WHERE part.matter_code = 'barn_med_tiltak'
    GROUP BY part.unit_code, part.year, part.matter_code, part.matter_count, part.delivery_id, delivery.file_name,
        part.line_number, figure.year
    HAVING count(*) = 2
)
SELECT compared.*, unit.unit_name
FROM compared
INNER JOIN reference.unit ON unit.unit_code = compared.unit_code
WHERE compared.value > compared.whole_value + {EPSILON}
ORDER BY compared.unit_code, compared.period, compared.stem, compared.place_number
"""


def judge(row: Row) -> Finding:
    """Every row is a part above its whole."""
    whole = number_text({"value": row["whole_value"], "field_kind": row["whole_kind"]})
    is_form = row["sheet"] is not None
    place = place_text(row) if is_form else f"{row['cell']} i {row['file_name']}"
    other = f"celle {row['whole_cell']}" if is_form else row["whole_cell"]
    return found_in(
        "AN12", row,
        f"{row['unit_name']}, {row['period']}: fant {number_text(row)} i {place} ({label_text(row)}), men bare {whole} "
        f"i {other} "
        f"({label_text({'label': row['whole_label']})}). {_why(row)}; forskjellen er "
        f"{format_number(row['value'] - row['whole_value'], 1, pad=False)}. "
        f"{slip_sentence(row['value'], row['whole_value'])}Rett "
        f"det tallet som er feil{', eller forklar det i forklaringsfeltet' if is_form else ''}.",
        found=number_text(row), expected=f"høyst {whole}", indicators=indicators_of(row["stem"], [row["field_id"]]))


def _why(row: Row) -> str:
    """A part is never above its whole; what is awaited of KOSTRA's children is a wide limit, and no more than that."""
    if row["whole_label"] == OF_KOSTRA:
        return "Det er flere enn ventet, også når KOSTRA teller et annet år"
    return "Det første kan ikke være større enn det andre"


def rows_of_form(fields: Mapping[str, Row]) -> Iterator[Row]:
    """The same rows from one form."""
    for stem, part_id, whole_id in PAIRS:
        part, whole = fields.get(part_id), fields.get(whole_id)
        if (part and whole and part["stem"] == stem and part["status"] == whole["status"] == "ok"
                and part["value"] > whole["value"] + EPSILON):
            yield {**part, "whole_value": whole["value"], "whole_label": whole["label"],
                   "whole_kind": whole["field_kind"], "whole_cell": whole["cell"]}


RULE = Rule("AN12", SELECT, judge, of_form=rows_of_form, forms=("tertial_reports", "data_requests"))
