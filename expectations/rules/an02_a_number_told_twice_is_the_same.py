"""AN02: a number that two forms tell, or a form and Bufetat's list of purchases, is the same in both.

Positions in the yearly form are those of the year's last tertial (of the first, while the year runs); foster homes from
private suppliers are the purchases of them; purchases from Bufetat are those of Bufetat's own list, where it has them.
"""

from collections.abc import Iterator, Mapping

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from warehouse.number_format import format_number

_DECIMALS = {"fte": 1}
SAME_FORM = "samme skjema"
EPSILON = 1e-6
TWICE_IN_A_FORM = {"fosterhjem_private": "kjoep_private_fosterhjem"}

SELECT = f"""
WITH {PLACED},
bought (field_id, measure_type_code) AS (
    VALUES ('kjoept_institusjon', 'annen_institusjon'), ('kjoept_beredskapshjem', 'beredskapshjem'),
        ('kjoept_fosterhjem', 'fosterhjem'), ('kjoept_mst', 'mst'), ('kjoept_atferd', 'atferdsinstitusjon'),
        ('kjoept_akuttinstitusjon', 'akuttinstitusjon'), ('kjoept_familiehjem', 'familiehjem'),
        ('kjoept_senter', 'senter_foreldre_barn')
),
last_report AS (
    SELECT unit_code, substring(period, 1, 4) AS year, max(period) AS period
    FROM placed
    WHERE stem = 'tertial_reports' AND field_id = 'aarsverk_barnevern'
    GROUP BY unit_code, substring(period, 1, 4) HAVING max(period) NOT LIKE '%-T2'
),
told AS (
    SELECT placed.unit_code, substring(placed.period, 1, 4) AS period, 'aarsverk' AS field_id, placed.value,
        placed.sheet || ', celle ' || placed.cell AS place, 'tertialrapporten for ' || placed.period AS source,
            placed.file_name
    FROM placed
    INNER JOIN last_report ON last_report.unit_code = placed.unit_code AND last_report.period = placed.period
    WHERE placed.stem = 'tertial_reports' AND placed.field_id = 'aarsverk_barnevern' AND placed.status = 'ok'
    UNION ALL
    SELECT unit_code, period, 'fosterhjem_private', value, sheet || ', celle ' || cell, '{SAME_FORM}', file_name
    FROM placed
    WHERE stem = 'data_requests' AND field_id = 'kjoep_private_fosterhjem' AND status = 'ok'
    UNION ALL
    SELECT figure.unit_code, figure.period, bought.field_id, figure.value,
        'linje ' || CAST(figure.line_number AS VARCHAR), 'Bufetats liste over kjøp', delivery.file_name
    FROM core.bufetat_figure AS figure
    INNER JOIN bought ON bought.measure_type_code = figure.measure_type_code
    INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
    WHERE figure.bufetat_figure_code = 'kjøp' AND figure.status = 'ok' AND figure.period NOT LIKE '%-T%'
)
SELECT placed.*, unit.unit_name, told.value AS other_value, told.place, told.source AS other_source,
    told.file_name AS other_file
FROM placed
INNER JOIN told
    ON told.unit_code = placed.unit_code AND told.period = placed.period AND told.field_id = placed.field_id
INNER JOIN reference.unit ON unit.unit_code = placed.unit_code
WHERE placed.stem = 'data_requests' AND placed.status = 'ok' AND abs(placed.value - told.value) > {EPSILON}
ORDER BY placed.unit_code, placed.period, placed.cell_number, told.source
"""


def judge(row: Row) -> Finding | None:
    """Every row differs: both numbers with their places, and the slip that may lie between them."""
    decimals = _DECIMALS.get(row["field_kind"], 0)
    other = format_number(row["other_value"], decimals, pad=False)
    return found_in(
        "AN02", row,
        f"{row['unit_name']}, {row['period']}: fant {number_text(row)} i {place_text(row)} ({label_text(row)}), men "
        f"{row['other_source']} har {other} ({row['place']} i {row['other_file']}). De to skal være like; forskjellen "
        "er "
        f"{format_number(abs(row['value'] - row['other_value']), decimals, pad=False)}. "
        f"{slip_sentence(row['value'], row['other_value'], decimals)}Rett det tallet som er feil, eller skriv i "
        "forklaringsfeltet hvorfor de er ulike.",
        found=number_text(row), expected=other, indicators=indicators_of(row["stem"], [row["field_id"]]))


def rows_of_form(fields: Mapping[str, Row]) -> Iterator[Row]:
    """The same rows of what one form tells twice."""
    for field_id, other_id in TWICE_IN_A_FORM.items():
        field, other = fields.get(field_id), fields.get(other_id)
        if (field and other and field["status"] == other["status"] == "ok"
                and abs(field["value"] - other["value"]) > EPSILON):
            yield {**field, "other_value": other["value"], "place": f"{other['sheet']}, celle {other['cell']}",
                   "other_source": SAME_FORM, "other_file": other["file_name"]}


RULE = Rule("AN02", SELECT, judge, of_form=rows_of_form, forms=("data_requests",))
