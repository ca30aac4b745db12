"""VR19: the frame the municipality sets for the trial is about the compensation it gets for it.

Only the year's last report counts: a frame that is changed during the year is told anew each tertial.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text
from warehouse.number_format import format_percent

FINE_SHARE = 0.02
"""Of the compensation. A frame is told in round numbers: 25 for 25.5 million is the same."""

SELECT = f"""
WITH {PLACED},
compensation AS (
    SELECT line.unit_code, CAST(line.year AS VARCHAR) AS year,
        sum(line.amount_thousand_nok) AS compensation_thousand_nok,
        max(delivery.file_name) AS grants_file
    FROM core.compensation_line AS line
    INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
    GROUP BY line.unit_code, line.year
),
frame AS (
    SELECT * FROM placed
    WHERE stem = 'tertial_reports' AND field_id = 'forsoek_budsjett' AND status = 'ok'
    QUALIFY row_number() OVER (PARTITION BY unit_code, substring(period, 1, 4) ORDER BY period DESC) = 1
)
SELECT frame.*, compensation.compensation_thousand_nok, compensation.grants_file
FROM frame
INNER JOIN compensation
    ON compensation.unit_code = frame.unit_code AND compensation.year = substring(frame.period, 1, 4)
WHERE abs(frame.value - compensation.compensation_thousand_nok) > {FINE_SHARE} * compensation.compensation_thousand_nok
ORDER BY frame.unit_code, frame.period
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the frame is something else than the compensation."""
    frame, compensation = row["value"], row["compensation_thousand_nok"]
    share = format_percent(abs(frame - compensation) / compensation, 1) if compensation else "alt"
    return found_in(
        "VR19", row,
        f"Fant en ramme for forsøket på {number_text(row)} tusen kroner i {place_text(row)}, mens kompensasjonen for "
        f"{row['period'][:4]} er {amount_text(compensation)} ({row['grants_file']}). Forskjellen er "
        f"{amount_text(abs(frame - compensation))} tusen kroner, {share}. {slip_sentence(frame, compensation)}"
        "Kontroller rammen, eller skriv i forklaringsfeltet hvorfor kommunen har satt av noe annet enn den får.",
        found=number_text(row), expected=amount_text(compensation))


RULE = Rule("VR19", SELECT, judge)
