"""VR34: trial money the municipality says it set aside in a fund is booked on function 285 in the same year."""

from expectations.finding import Finding
from expectations.form_fields import PLACED, number_text, place_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

FUND_ALLOCATION = "550"
ROUNDING_THOUSAND_NOK = 0.5

# Function 285 is the trial's only with the trial's mark, and an area of its own is not child welfare's.
# The last tertial tells of the year; a year without its ledger cannot be judged.
SELECT = f"""
WITH {PLACED},
booked AS (
    SELECT unit_code, accounting_year,
        CAST(sum(amount_nok) FILTER (WHERE function_code = '285' AND is_trial) AS DOUBLE) / 1000 AS on_285_thousand_nok,
        CAST(sum(amount_nok) FILTER (WHERE function_code IN ('244', '251', '252')) AS DOUBLE) / 1000
            AS elsewhere_thousand_nok
    FROM core.ledger_line WHERE species_code = '{FUND_ALLOCATION}' AND area_code IS NULL
    GROUP BY unit_code, accounting_year
)
SELECT placed.*, coalesce(booked.on_285_thousand_nok, 0) AS on_285_thousand_nok,
    coalesce(booked.elsewhere_thousand_nok, 0) AS elsewhere_thousand_nok
FROM placed
INNER JOIN core.complete_year
    ON complete_year.unit_code = placed.unit_code
    AND CAST(complete_year.accounting_year AS VARCHAR) || '-T3' = placed.period
LEFT JOIN booked
    ON booked.unit_code = placed.unit_code AND booked.accounting_year = complete_year.accounting_year
WHERE placed.stem = 'tertial_reports' AND placed.field_id = 'avsatt_til_fond' AND placed.status = 'ok'
ORDER BY placed.unit_code, placed.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when the declared amount (thousand NOK) is not what the ledger has."""
    declared, booked, elsewhere = row["value"], row["on_285_thousand_nok"], row["elsewhere_thousand_nok"]
    if abs(declared - booked) <= ROUNDING_THOUSAND_NOK:
        return None
    also = (f" Barnevernets andre funksjoner har {format_number(elsewhere, 0)} tusen kroner i avsetning; de er ikke "
            "forsøkets." if elsewhere else "")
    return found_in(
        "VR34", row,
        f"Fant {number_text(row)} tusen kroner satt av til fond i {place_text(row)}, men hovedboken har "
        f"{format_number(booked, 0)} tusen kroner på art 550 og funksjon 285 i {row['period'][:4]}. Forskjellen er "
        f"{format_number(abs(declared - booked), 0)} tusen kroner.{also} Før avsetningen på funksjon 285, eller rett det "
        "som er oppgitt i rapporten.",
        found=number_text(row), expected=format_number(booked, 0))


RULE = Rule("VR34", SELECT, judge)
