"""VR18: the frame and the overspend the municipality reports for the trial are together what its ledger has on 285.

The year's last tertial report tells both the cost so far and the frame; their difference is the overspend.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text
from warehouse.number_format import format_percent

FINE_SHARE = 0.03
"""The report is written before the accounts are closed: the last vouchers may move a few per cent (34 against 34.9)."""

SELECT = f"""
WITH {PLACED},
booked AS (
    SELECT unit_code, accounting_year, sum(amount_thousand_nok) AS booked_thousand_nok
    FROM core.child_welfare_cost_line
    WHERE component = 'trial'
    GROUP BY unit_code, accounting_year
)
SELECT placed.*, booked.booked_thousand_nok, frame.value AS frame_thousand_nok
FROM placed
INNER JOIN booked
    ON booked.unit_code = placed.unit_code AND CAST(booked.accounting_year AS VARCHAR) || '-T3' = placed.period
LEFT JOIN core.form_value AS frame
    ON frame.stem = placed.stem AND frame.unit_code = placed.unit_code AND frame.period = placed.period
    AND frame.field_id = 'forsoek_budsjett' AND frame.status = 'ok'
WHERE placed.stem = 'tertial_reports' AND placed.field_id = 'forsoek_i_alt' AND placed.status = 'ok'
AND abs(placed.value - booked.booked_thousand_nok)
    > {FINE_SHARE} * greatest(abs(placed.value), abs(booked.booked_thousand_nok))
ORDER BY placed.unit_code, placed.period
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the two are further apart than a late voucher explains."""
    told, booked = row["value"], row["booked_thousand_nok"]
    share = abs(told - booked) / max(abs(told), abs(booked))
    return found_in(
        "VR18", row,
        f"Fant {number_text(row)} tusen kroner ført på forsøket i {place_text(row)}{_frame_text(row)}, men hovedboken "
        f"har {amount_text(booked)} på funksjon 285 med forsøkets prosjekt i {row['period'][:4]}. Forskjellen er "
        f"{amount_text(abs(told - booked))} tusen kroner, {format_percent(share, 1)}. {slip_sentence(told, booked)}"
        "Rett beløpet i rapporten, eller finn bilagene som mangler i hovedboken.",
        found=number_text(row), expected=amount_text(booked))


def _frame_text(row: Row) -> str:
    frame = row["frame_thousand_nok"]
    if frame is None:
        return ""
    over = row["value"] - frame
    kind = "merforbruk" if over >= 0 else "mindreforbruk"
    return f" (rammen {amount_text(frame)} og et {kind} på {amount_text(abs(over))})"


RULE = Rule("VR18", SELECT, judge)
