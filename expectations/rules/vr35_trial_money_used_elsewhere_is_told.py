"""VR35: trial money used outside child welfare is told separately, since the extra cost leaves it out.

Three ways to break it: the field has never been filled in by a municipality that reports the trial's cost; the ledger
has more of the trial's project on other functions than the year's last report tells; and money is used elsewhere though
the extra cost with it is more than the compensation, so that there was no surplus to use.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text

ROUNDING_THOUSAND_NOK = 0.5

# A field that was filled in before and is empty now is VR58's.
SELECT = f"""
WITH {PLACED},
outside AS (
    SELECT placed.*, unit.unit_name, substring(placed.period, 1, 4) AS year
    FROM placed
    INNER JOIN reference.unit ON unit.unit_code = placed.unit_code
    WHERE placed.stem = 'tertial_reports' AND placed.field_id = 'forsoek_utenfor'
),
elsewhere AS (
    SELECT line.unit_code, CAST(line.accounting_year AS VARCHAR) AS year,
        CAST(sum(line.amount_nok) AS DOUBLE) / 1000 AS booked_thousand_nok, min(line.line_number) AS line_number,
        max(delivery.file_name) AS ledger_file
    FROM core.ledger_line AS line
    INNER JOIN reference.concept_formula AS net
        ON net.concept_code = 'AGD2' AND line.accounting_year BETWEEN net.valid_from_year AND net.valid_to_year
        AND line.species_code BETWEEN net.species_from AND net.species_to
    INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
    WHERE line.is_trial AND line.function_code NOT IN ('244', '251', '252', '285')
    GROUP BY line.unit_code, line.accounting_year
),
trial_cost AS (
    SELECT unit_code, CAST(accounting_year AS VARCHAR) AS year, sum(amount_thousand_nok) AS cost_thousand_nok
    FROM core.child_welfare_cost_line WHERE component = 'trial'
    GROUP BY unit_code, accounting_year
),
compensation AS (
    SELECT unit_code, CAST(year AS VARCHAR) AS year, sum(amount_thousand_nok) AS compensation_thousand_nok
    FROM core.compensation_line
    GROUP BY unit_code, year
)
SELECT 'missing' AS fault, outside.*, NULL AS other_thousand_nok, NULL AS limit_thousand_nok, NULL AS line_number,
    NULL AS ledger_file
FROM outside
WHERE outside.status = 'not_reported'
AND NOT EXISTS (SELECT 1 FROM outside AS told WHERE told.unit_code = outside.unit_code AND told.status = 'ok')
AND EXISTS (
    SELECT 1 FROM core.form_value AS cost
    WHERE cost.stem = outside.stem AND cost.unit_code = outside.unit_code AND cost.period = outside.period
    AND cost.field_id = 'forsoek_i_alt' AND cost.status = 'ok'
)
UNION ALL
SELECT 'ledger', outside.*, elsewhere.booked_thousand_nok, NULL, elsewhere.line_number, elsewhere.ledger_file
FROM outside
INNER JOIN elsewhere ON elsewhere.unit_code = outside.unit_code AND elsewhere.year || '-T3' = outside.period
WHERE outside.status = 'ok' AND elsewhere.booked_thousand_nok > outside.value + {ROUNDING_THOUSAND_NOK}
UNION ALL
SELECT 'no_surplus', outside.*, trial_cost.cost_thousand_nok, compensation.compensation_thousand_nok, NULL, NULL
FROM outside
INNER JOIN trial_cost ON trial_cost.unit_code = outside.unit_code AND trial_cost.year || '-T3' = outside.period
INNER JOIN compensation ON compensation.unit_code = outside.unit_code AND compensation.year = outside.year
WHERE outside.status = 'ok' AND outside.value > 0
AND trial_cost.cost_thousand_nok + outside.value > compensation.compensation_thousand_nok + {ROUNDING_THOUSAND_NOK}
ORDER BY unit_code, period, fault
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: one for a report and a way to break the rule."""
    told, other, limit = (row[name] for name in ("value", "other_thousand_nok", "limit_thousand_nok"))
    place = place_text(row)
    if row["fault"] == "missing":
        message = (f"Fant ikke noe tall i {place} (forsøksmidler brukt utenfor barnevernet), og kommunen har aldri "
                   "oppgitt det. Fyll det ut, eller velg «bekreftet null»; uten det kan merkostnaden være for lav.")
        return found_in("VR35", row, message, found="..", expected="et tall")
    if row["fault"] == "ledger":
        message = (f"Fant {number_text(row)} tusen kroner brukt utenfor barnevernet i {place}, men hovedboken har "
                   f"{amount_text(other)} med forsøkets prosjekt på andre funksjoner i {row['year']} (fra linje "
                   f"{row['line_number']} i {row['ledger_file']}). Forskjellen er {amount_text(other - told)}. Rett "
                   "beløpet i rapporten, eller prosjektet på linjene.")
        return found_in("VR35", row, message, found=number_text(row), expected=f"minst {amount_text(other)}")
    message = (f"Fant {number_text(row)} tusen kroner brukt utenfor barnevernet i {place}. Merkostnaden for "
               f"{row['year']} er {amount_text(other)}; med dette er det brukt {amount_text(other + told)}, mer enn "
               f"kompensasjonen på {amount_text(limit)}. Det var ikke noe overskudd å bruke. Kontroller beløpet, og "
               "skriv i forklaringsfeltet hva det gikk til og hvordan det er dekket.")
    most = amount_text(max(limit - other, 0))
    return found_in("VR35", row, message, found=number_text(row), expected=f"høyst {most}")


RULE = Rule("VR35", SELECT, judge)
