"""AN20: what the yearly form counts for a whole year is not told before the year is over.

A form that comes while the year runs tells the state of things; purchases, placements and recruitment follow when they
can be counted. A number there is most often last year's, left standing.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import some

OF_THE_WHOLE_YEAR = (
    "rekruttert_ordinaere", "rekruttert_nettverk", "fosterhjem_bufetat", "fosterhjem_private", "akuttplasseringer",
    "akutt_beredskapshjem", "akutt_institusjon", "akutt_familie", "barn_i_institusjon", "kjoep_private_fosterhjem",
    "kjoep_private_besoekshjem", "kjoep_private_institusjon", "kjoept_institusjon", "kjoept_beredskapshjem",
    "kjoept_fosterhjem", "kjoept_mst", "kjoept_atferd", "kjoept_akuttinstitusjon", "kjoept_familiehjem",
    "kjoept_senter", "medvirkningstiltak", "bistandsavtale_barn", "fosterhjem_i_alt")

SELECT = f"""
WITH {PLACED}
SELECT placed.stem, placed.unit_code, unit.unit_name, placed.period, placed.delivery_id, placed.file_name, placed.sheet,
    delivery.received_at, list({{
        'field_id': placed.field_id, 'label': placed.label, 'field_kind': placed.field_kind, 'value': placed.value,
        'sheet': placed.sheet, 'cell': placed.cell}} ORDER BY placed.cell_number) AS fields
FROM placed
INNER JOIN register.delivery ON delivery.delivery_id = placed.delivery_id
INNER JOIN reference.unit ON unit.unit_code = placed.unit_code
WHERE placed.stem = 'data_requests' AND placed.status = 'ok' AND placed.field_id IN {OF_THE_WHOLE_YEAR}
AND year(delivery.received_at) <= CAST(placed.period AS INTEGER)
GROUP BY placed.stem, placed.unit_code, unit.unit_name, placed.period, placed.delivery_id, placed.file_name,
    placed.sheet,
    delivery.received_at
ORDER BY placed.unit_code, placed.period, placed.sheet
"""


def judge(row: Row) -> Finding:
    """Every row is a sheet with such numbers."""
    first, *others = row["fields"]
    also = f" Det samme gjelder celle {some([field['cell'] for field in others])}." if others else ""
    return found_in(
        "AN20", row,
        f"{row['unit_name']}, {row['period']}: fant {number_text(first)} i {place_text(first)} ({label_text(first)}), "
        "men skjemaet "
        f"kom {row['received_at']:%d.%m.%Y}, før året var over.{also} Kontroller at det ikke er fjorårets tall. Velg "
        "tegnet for "
        "ikke ennå, og lever tallene når året er slutt.",
        cell=first["cell"], found=number_text(first), expected="...",
        indicators=indicators_of(row["stem"], [field["field_id"] for field in row["fields"]]))


RULE = Rule("AN20", SELECT, judge)
