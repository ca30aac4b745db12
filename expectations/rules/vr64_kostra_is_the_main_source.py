"""VR64: KOSTRA is the main source; where the tertial reports tell another number, it is logged and followed up.

Every difference is worth knowing. One that is large enough to change a conclusion needs a follow-up: who has found out why,
and what, stands in the explanation of the finding, and its history is kept.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, WHOLE_YEARS, indicators_of
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from expectations.year_of_tertials import sum_of, tertials_of_year, told_by_tertial
from warehouse.number_format import format_number, format_percent

FIGURE_OF_FIELD = {"meldinger": "01", "undersoekelser": "05N", "undersoekelser_innen_frist": "05T"}

MATTERS_SHARE = 0.05
"""The report draws conclusions from changes of a tenth and more; half of that can turn one."""

SELECT = f"""
WITH {PLACED}, {WHOLE_YEARS}, {tertials_of_year(*FIGURE_OF_FIELD)},
pair (field_id, key_figure_code) AS (VALUES {", ".join(f"('{field}', '{code}')" for field, code in FIGURE_OF_FIELD.items())})
SELECT figure.unit_code, unit.unit_name, tertials_of_year.report_year AS period, figure.key_figure_code, figure.value,
    figure.cell_number, pair.field_id, form_field.label_nb AS label, tertials_of_year.tertials, delivery.file_name,
    figure.delivery_id, 'kostra_statistics' AS stem, (
        SELECT string_agg(indicator_id, ' ' ORDER BY indicator_id) FROM reference.figure_indicator
        WHERE figure_indicator.key_figure_code = figure.key_figure_code
    ) AS indicator_ids
FROM tertials_of_year
INNER JOIN pair ON pair.field_id = tertials_of_year.field_id
INNER JOIN core.key_figure AS figure
    ON figure.unit_code = tertials_of_year.unit_code AND CAST(figure.year AS VARCHAR) = tertials_of_year.report_year
    AND figure.key_figure_code = pair.key_figure_code AND figure.status = 'ok'
INNER JOIN reference.form_field ON form_field.stem = 'tertial_reports' AND form_field.field_id = pair.field_id
INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
ORDER BY figure.unit_code, figure.year, figure.key_figure_code
"""


def judge(row: Row) -> Finding | None:
    """A finding when the two differ: advarsel where it matters, else informasjon."""
    reported, kostra = sum_of(row["tertials"]), row["value"]
    if reported == kostra:
        return None
    apart = abs(reported - kostra)
    matters = apart > MATTERS_SHARE * kostra
    told, main = format_number(reported, 0), format_number(kostra, 0)
    advice = (f"Det er mer enn {format_percent(MATTERS_SHARE, 0)} og kan endre en konklusjon. Finn ut hva de to teller "
              "ulikt, og før oppfølgingen inn som forklaring på funnet." if matters else
              "Forskjellen er liten; rett det tallet som er feil, om det er kjent.")
    return found_in(
        "VR64", row,
        f"{row['unit_name']}, {row['period']}: fant {told} i tertialrapportene ({row['label'].lower()}: "
        f"{told_by_tertial(row['tertials'])}), men {main} i KOSTRA ({figure_text(row['key_figure_code'])}, "
        f"value[{row['cell_number']}] i {row['file_name']}). KOSTRA er hovedkilden og brukes. Forskjellen er "
        f"{format_number(apart, 0)}. {advice}",
        level="advarsel" if matters else "informasjon", cell=f"nøkkeltall {row['key_figure_code']}, tertialrapportene",
        found=told, expected=main, indicators=tuple(sorted({
            *(row["indicator_ids"] or "").split(), *indicators_of("tertial_reports", [row["field_id"]])})))


RULE = Rule("VR64", SELECT, judge, is_graded=True)
