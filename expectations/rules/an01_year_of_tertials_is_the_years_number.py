"""AN01: what three tertial reports count together is what another source counts for the year.

Reports and investigations are held up against KOSTRA, purchases and participation against the evaluators' yearly form.
A small difference is worth knowing (children are registered late); a larger one is told as such. Where the year's
number is the last tertial's alone, the reports count from 1 January instead of by tertial.
"""

from collections.abc import Sequence

from expectations.finding import Finding
from expectations.form_fields import PLACED, WHOLE_YEARS, Field, indicators_of, label_text, number_text, place_text
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_among, slip_sentence
from expectations.wording import period_text, some
from expectations.year_of_tertials import sum_of, told_by_tertial
from warehouse.number_format import format_number

FINE_SHARE, FINE_COUNT = 0.02, 2
"""Informasjon up to the larger of the two, Advarsel above."""

FEWEST_FROM_JANUARY = 10
"""With a last tertial of ten or more, tertials that grow and a year equal to the last are no coincidence."""

# Emergency placements, recruitment and institution placements have rules of their own.
SELECT = f"""
WITH {PLACED}, {WHOLE_YEARS},
pair (field_id, stem, other_id) AS (
    VALUES ('meldinger', 'kostra_statistics', '01'), ('undersoekelser', 'kostra_statistics', '05N'),
        ('undersoekelser_innen_frist', 'kostra_statistics', '05T'),
        ('kjoep_private', 'data_requests', 'kjoep_private_fosterhjem'),
        ('kjoep_private', 'data_requests', 'kjoep_private_besoekshjem'),
        ('kjoep_private', 'data_requests', 'kjoep_private_institusjon'),
        ('kjoep_bufetat', 'data_requests', 'kjoept_institusjon'),
        ('kjoep_bufetat', 'data_requests', 'kjoept_beredskapshjem'),
        ('kjoep_bufetat', 'data_requests', 'kjoept_fosterhjem'), ('kjoep_bufetat', 'data_requests', 'kjoept_mst'),
        ('kjoep_bufetat', 'data_requests', 'kjoept_atferd'),
        ('kjoep_bufetat', 'data_requests', 'kjoept_akuttinstitusjon'),
        ('kjoep_bufetat', 'data_requests', 'kjoept_familiehjem'), ('kjoep_bufetat', 'data_requests', 'kjoept_senter'),
        ('medvirkningstiltak', 'data_requests', 'medvirkningstiltak')
),
reported AS (
    SELECT unit_code, substring(period, 1, 4) AS period, field_id, any_value(label) AS label, sum(value) AS told,
        arg_max(sheet, period) AS sheet, arg_max(cell, period) AS cell, arg_max(delivery_id, period) AS delivery_id,
        arg_max(file_name, period) AS file_name, list({{
            'period': period, 'field_kind': field_kind, 'value': value, 'sheet': sheet, 'cell': cell}} ORDER BY period)
            AS tertials
    FROM placed
    WHERE stem = 'tertial_reports' AND status = 'ok' AND field_id IN (SELECT field_id FROM pair)
    AND substring(period, 1, 4) IN (SELECT report_year FROM whole_year)
    GROUP BY unit_code, substring(period, 1, 4), field_id HAVING count(*) = 3
),
counted AS (
    SELECT key_figure.unit_code, CAST(key_figure.year AS VARCHAR) AS period, pair.field_id,
        'kostra_statistics' AS source,
        key_figure.value AS year_value, key_figure.key_figure_code, key_figure.cell_number,
            delivery.file_name AS other_file,
        NULL AS parts
    FROM core.key_figure
    INNER JOIN pair ON pair.stem = 'kostra_statistics' AND pair.other_id = key_figure.key_figure_code
    INNER JOIN register.delivery ON delivery.delivery_id = key_figure.delivery_id
    WHERE key_figure.status = 'ok'
    UNION ALL
    SELECT placed.unit_code, placed.period, pair.field_id, 'data_requests', sum(placed.value), NULL, NULL,
        any_value(placed.file_name), list({{
            'field_kind': placed.field_kind, 'value': placed.value, 'sheet': placed.sheet, 'cell': placed.cell,
            'field_id': placed.field_id}} ORDER BY placed.cell_number) FILTER (WHERE placed.status = 'ok')
    FROM placed
    INNER JOIN pair ON pair.stem = placed.stem AND pair.other_id = placed.field_id
    WHERE placed.stem = 'data_requests'
    GROUP BY placed.unit_code, placed.period, pair.field_id
    HAVING bool_and(placed.status IN ('ok', 'not_applicable')) AND count(placed.value) > 0
)
SELECT reported.*, unit.unit_name, counted.source, counted.year_value, counted.key_figure_code, counted.cell_number,
    counted.other_file, counted.parts, 'tertial_reports' AS stem
FROM reported
INNER JOIN counted
    ON counted.unit_code = reported.unit_code AND counted.period = reported.period
    AND counted.field_id = reported.field_id
INNER JOIN reference.unit ON unit.unit_code = reported.unit_code
WHERE reported.told <> counted.year_value
ORDER BY reported.unit_code, reported.period, reported.field_id, counted.source
"""


def judge(row: Row) -> Finding | None:
    """Every row differs: how grave it is, and which tertial a slip of the hand would explain."""
    told, counted = sum_of(row["tertials"]), row["year_value"]
    difference = abs(told - counted)
    fine = difference <= max(FINE_COUNT, FINE_SHARE * max(told, counted))
    parts = [part["field_id"] for part in row["parts"] or ()]
    return found_in(
        "AN01", row,
        f"{row['unit_name']}, {row['period']}: tertialrapportene har til sammen {format_number(told, 0)} i "
        f"{place_text(row)} "
        f"({label_text(row)}; {told_by_tertial(row['tertials'])}), men {_other_text(row)}. Forskjellen er "
        f"{format_number(difference, 0)}. {_reason(row['tertials'], counted)}Rett det tallet som er feil, eller skriv "
        "i "
        "forklaringsfeltet hva de to teller ulikt.",
        level="informasjon" if fine else "advarsel", found=format_number(told, 0), expected=format_number(counted, 0),
        indicators=(*indicators_of("tertial_reports", [row["field_id"]]), *indicators_of("data_requests", parts)))


def _other_text(row: Row) -> str:
    counted = format_number(row["year_value"], 0)
    if row["source"] == "kostra_statistics":
        return f"{figure_text(row['key_figure_code'])} er {counted} (value[{row['cell_number']}] i {row['other_file']})"
    cells = some([f"{number_text(part)} i celle {part['cell']}" for part in row["parts"]], most=8)
    return f"dataforespørselen har {counted} (arket «{row['parts'][0]['sheet']}»: {cells})"


def _reason(tertials: Sequence[Field], counted: float) -> str:
    first, second, third = (tertial["value"] for tertial in tertials)
    if FEWEST_FROM_JANUARY <= counted == third and first < second < third:
        return ("Årets tall er lik tredje tertials: rapportene ser ut til å telle fra 1. januar, men skal telle ett "
                "tertial hver. ")
    if slip := slip_among([first, second, third], counted):
        index, value, words = slip
        return (f"Mulig grunn: {words}. Med {format_number(value, 0)} i {period_text(tertials[index]['period'])} "
                "stemmer summen. ")
    return slip_sentence(first + second + third, counted)


RULE = Rule("AN01", SELECT, judge, is_graded=True)
