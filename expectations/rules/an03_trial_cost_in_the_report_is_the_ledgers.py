"""AN03: what a tertial report tells as booked on the trial so far this year is what the ledger holds to that day.

The year's last report and the ledger are VR18's where they are more than 3 per cent apart; a smaller difference is
worth knowing here, since the year is closed after the report. Earlier tertials are held up against the vouchers to that
day by a factor of two: vouchers come late. Where the total agrees, so must its parts by purpose. A difference that is a
unit, a digit or one tertial alone is told as that. Where the ledger does not agree with the accounts, it is the ledger
that is to be mended, and FE285 says so.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, number_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text, period_text, some
from warehouse.number_format import format_percent

ROUNDING_THOUSAND_NOK = 1
FINE_SHARE = 0.03
"""Of the larger of the two, as in VR18, which judges what is above it."""

LARGEST_RATIO = 2
"""Before the year is closed: the demo's own first tertials lie between 0.75 and 1.3 of the vouchers to that day."""

ONE_TERTIAL_SHARE = 0.1
_FIELDS = ("forsoek_244", "forsoek_251", "forsoek_252", "forsoek_i_alt", "forsoek_udelt")

# The parts are compared where they make up the total; where they do not, VR05 says so. A report whose total falls
# within the year is AN04's. `tertial_*` is what is dated in the tertial alone.
SELECT = f"""
WITH {PLACED},
field (field_id, purpose) AS (
    VALUES ('forsoek_i_alt', ''), ('forsoek_244', '244'), ('forsoek_251', '251'), ('forsoek_252', '252'),
        ('forsoek_udelt', 'unsplit')
),
reported AS (
    SELECT placed.*, field.purpose, lag(placed.value) OVER (
        PARTITION BY placed.unit_code, placed.field_id, substring(placed.period, 1, 4) ORDER BY placed.period
    ) AS value_before
    FROM placed
    INNER JOIN field ON field.field_id = placed.field_id
    WHERE placed.stem = 'tertial_reports' AND placed.status = 'ok'
),
line AS (
    SELECT cost.unit_code, cost.accounting_year, cost.purpose_function_code AS purpose, cost.amount_thousand_nok,
        ledger.voucher_date
    FROM core.child_welfare_cost_line AS cost
    INNER JOIN core.ledger_line AS ledger
        ON ledger.delivery_id = cost.delivery_id AND ledger.line_number = cost.line_number
    WHERE cost.component = 'trial'
),
booked AS (
    SELECT line.unit_code, tertial.period, line.purpose, sum(line.amount_thousand_nok) AS amount,
        sum(CASE WHEN line.voucher_date >= tertial.period_from THEN line.amount_thousand_nok ELSE 0 END)
            AS tertial_amount
    FROM line
    INNER JOIN reference.reporting_period AS tertial
        ON CAST(line.accounting_year AS VARCHAR) = substring(tertial.period, 1, 4)
        AND (line.voucher_date <= tertial.period_to OR tertial.period LIKE '%-T3')
    INNER JOIN core.complete_year
        ON complete_year.unit_code = line.unit_code AND complete_year.accounting_year = line.accounting_year
    GROUP BY line.unit_code, tertial.period, line.purpose
),
total AS (
    SELECT unit_code, period, '' AS purpose, sum(amount) AS amount, sum(tertial_amount) AS tertial_amount
    FROM booked GROUP BY unit_code, period
),
compared AS (
    SELECT reported.unit_code, reported.period, list({{
        'field_id': reported.field_id, 'label': reported.label, 'field_kind': reported.field_kind,
        'value': reported.value, 'sheet': reported.sheet, 'cell': reported.cell, 'ledger': coalesce(booked.amount, 0)}}
        ORDER BY reported.cell_number) AS parts, sum(reported.value) AS parts_sum
    FROM reported
    LEFT JOIN booked
        ON booked.unit_code = reported.unit_code AND booked.period = reported.period
        AND booked.purpose = reported.purpose
    WHERE reported.purpose <> ''
    GROUP BY reported.unit_code, reported.period
),
on_285 AS (
    SELECT unit_code, accounting_year, species_code, amount_thousand_nok AS amount, 1 AS line_count
    FROM core.account_line
    WHERE function_code = '285' AND account_class = '1'
    UNION ALL
    SELECT unit_code, accounting_year, species_code, -CAST(amount_nok AS DOUBLE) / 1000, 0
    FROM core.ledger_line
    WHERE function_code = '285'
),
not_as_accounts AS (
    SELECT on_285.unit_code, CAST(on_285.accounting_year AS VARCHAR) AS year
    FROM on_285
    INNER JOIN reference.concept_formula AS net
        ON net.concept_code = 'AGD2' AND on_285.accounting_year BETWEEN net.valid_from_year AND net.valid_to_year
        AND on_285.species_code BETWEEN net.species_from AND net.species_to
    GROUP BY on_285.unit_code, on_285.accounting_year
    HAVING sum(line_count) > 0 AND abs(sum(amount)) > 0.5 * sum(line_count)
)
SELECT reported.*, unit.unit_name, total.amount AS ledger_value, total.tertial_amount, compared.parts,
    abs(compared.parts_sum - reported.value) <= {ROUNDING_THOUSAND_NOK} * 3 AS is_summed
FROM reported
INNER JOIN total ON total.unit_code = reported.unit_code AND total.period = reported.period
INNER JOIN reference.unit ON unit.unit_code = reported.unit_code
LEFT JOIN compared ON compared.unit_code = reported.unit_code AND compared.period = reported.period
WHERE reported.purpose = '' AND (reported.value_before IS NULL OR reported.value >= reported.value_before)
AND NOT EXISTS (
    SELECT 1 FROM not_as_accounts
    WHERE not_as_accounts.unit_code = reported.unit_code AND not_as_accounts.year = substring(reported.period, 1, 4)
)
ORDER BY reported.unit_code, reported.period
"""


def judge(row: Row) -> Finding | None:
    """A finding on the total, or on the parts when the total agrees."""
    reported, ledger = row["value"], row["ledger_value"]
    difference = abs(reported - ledger)
    if not row["period"].endswith("T3"):
        return _total_differs(row, "advarsel", "bilag til og med tertialet") if _is_far(reported, ledger) else None
    if difference > ROUNDING_THOUSAND_NOK:
        is_fine = difference <= FINE_SHARE * max(abs(reported), abs(ledger))
        return _total_differs(row, "informasjon", "hele året") if is_fine else None
    wrong = [part for part in row["parts"] or () if abs(part["value"] - part["ledger"]) > ROUNDING_THOUSAND_NOK]
    return _parts_differ(row, wrong) if wrong and row["is_summed"] else None


def _is_far(reported: float, ledger: float) -> bool:
    small, large = sorted((reported, ledger))
    return large > ROUNDING_THOUSAND_NOK and (small <= 0 or large > LARGEST_RATIO * small)


def _total_differs(row: Row, level: str, when: str) -> Finding:
    reported, ledger = row["value"], row["ledger_value"]
    share = abs(reported - ledger) / max(abs(reported), abs(ledger))
    return _finding(row, (
        f"Fant {number_text(row)} tusen kroner i {place_text(row)} ({label_text(row)}) for "
        f"{period_text(row['period'])}. "
        f"Hovedboken har {amount_text(ledger)} tusen kroner netto på funksjon 285 med forsøkets prosjekt, {when}. "
        f"Forskjellen er {amount_text(reported - ledger)}, {format_percent(share, 1)} av det største. "
        f"{_reason(row)}Rett "
        "beløpet i rapporten eller linjene i hovedboken, eller forklar avviket i forklaringsfeltet."),
        level, amount_text(ledger))


def _reason(row: Row) -> str:
    reported, alone = row["value"], row["tertial_amount"]
    if slip := slip_sentence(reported, row["ledger_value"]):
        return slip
    if row["period"].endswith("T1") or alone <= 0 or abs(reported - alone) > ONE_TERTIAL_SHARE * alone:
        return ""
    return (f"Bilagene i tertialet alene er {amount_text(alone)}: beløpet ser ut til å gjelde bare tertialet, men skal "
            "telle fra 1. januar. ")


def _parts_differ(row: Row, wrong: list[Row]) -> Finding:
    told = some([f"«{label_text(part)}» er {number_text(part)} i celle {part['cell']}, {amount_text(part['ledger'])} i "
                 "hovedboken" for part in wrong])
    swapped = (" De to ser ut til å ha byttet plass." if len(wrong) == 2 and all(
        abs(one["value"] - other["ledger"]) <= ROUNDING_THOUSAND_NOK for one, other in (wrong, wrong[::-1])) else "")
    return _finding(row, (
        f"Summen i {place_text(row)} for {period_text(row['period'])} stemmer med hovedboken, men ikke fordelingen på "
        "formål "
        f"(tusen kroner): {told}.{swapped} Rett fordelingen i rapporten, eller formålet på linjene i hovedboken."),
        "advarsel", some([amount_text(part["ledger"]) for part in wrong]),
        found=some([number_text(part) for part in wrong]))


def _finding(row: Row, message: str, level: str, expected: str, found: str | None = None) -> Finding:
    return found_in("AN03", row, message, level=level, found=found or number_text(row), expected=expected,
                    indicators=("E2-05", "G1-02", *indicators_of(row["stem"], _FIELDS)))


RULE = Rule("AN03", SELECT, judge, is_graded=True)
