"""VR29: function 285 holds only what the trial itself costs: the price part of an invoice, nothing outside the trial.

Three ways to break it: a line of an area of its own (unaccompanied minors) that bears the trial's project; an invoice
whose 285 is not its amount less the ordinary co-payment; and behaviour placements (§§ 5 and 12) in a year when all
purchases from the state stand on 285, so that these must be among them. The practice is confirmed from 2017.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import counted_text, kroner_text, lines_text

TOLERANCE_NOK = 1
"""A stay: co-payments are booked in whole kroner."""

# An invoice may be posted in a later year, as its list says; less than the price part is a fault only when that year's
# ledger is here. The co-payment is the list's own: whether it follows the rate is VR22's.
SELECT = f"""
WITH booked AS (
    SELECT unit_code, accounting_year, invoice_number, supplier_org_number, sum(amount_nok) AS booked_nok,
        min(line_number) AS line_number, max(delivery_id) AS delivery_id
    FROM core.ledger_line
    WHERE function_code = '285' AND is_trial AND invoice_number IS NOT NULL AND area_code IS NULL
    GROUP BY unit_code, accounting_year, invoice_number, supplier_org_number
),
ledger_year AS (SELECT DISTINCT unit_code, accounting_year FROM core.ledger_line),
listed AS (
    SELECT line.unit_code, line.service_year, line.invoice_number, line.supplier_org_number, count(*) AS stay_count,
        sum(line.amount_nok - coalesce(line.co_payment_nok, line.expected_co_payment_nok)) AS price_part_nok,
        max(coalesce(line.posting_year, line.service_year)) AS last_year,
        bool_and(ledger_year.unit_code IS NOT NULL) AS is_posted
    FROM core.supplier_invoice_line AS line
    LEFT JOIN ledger_year
        ON ledger_year.unit_code = line.unit_code
        AND ledger_year.accounting_year = coalesce(line.posting_year, line.service_year)
    GROUP BY line.unit_code, line.service_year, line.invoice_number, line.supplier_org_number
    HAVING count(coalesce(line.co_payment_nok, line.expected_co_payment_nok)) = count(*)
),
invoice AS (
    SELECT listed.unit_code, listed.service_year, listed.invoice_number, listed.supplier_org_number, listed.stay_count,
        listed.is_posted, listed.price_part_nok AS expected_nok, sum(booked.booked_nok) AS found_nok,
        min(booked.line_number) AS line_number, max(booked.delivery_id) AS delivery_id
    FROM listed
    INNER JOIN booked
        ON booked.unit_code = listed.unit_code AND booked.invoice_number = listed.invoice_number
        AND booked.accounting_year BETWEEN listed.service_year AND greatest(listed.service_year, listed.last_year)
        AND coalesce(booked.supplier_org_number, listed.supplier_org_number, '')
            = coalesce(listed.supplier_org_number, booked.supplier_org_number, '')
    GROUP BY ALL
),
broken AS (
    SELECT 'area' AS fault, unit_code, accounting_year AS year, line_number, amount_nok AS found_nok,
        0 AS expected_nok, CAST(NULL AS VARCHAR) AS invoice_number, delivery_id
    FROM core.ledger_line
    WHERE function_code = '285' AND is_trial AND area_code IS NOT NULL
    UNION ALL
    SELECT 'price', unit_code, service_year, line_number, found_nok, expected_nok, invoice_number, delivery_id
    FROM invoice
    WHERE found_nok - expected_nok > {TOLERANCE_NOK} * stay_count
    OR is_posted AND expected_nok - found_nok > {TOLERANCE_NOK} * stay_count
),
behaviour AS (
    SELECT unit_code, period AS year, max(value) AS bought_count
    FROM (
        SELECT unit_code, period, value FROM core.form_value
        WHERE stem = 'data_requests' AND field_id = 'kjoept_atferd' AND value > 0
        UNION ALL
        SELECT unit_code, period, value FROM core.bufetat_figure
        WHERE bufetat_figure_code = 'kjøp' AND measure_type_code = 'atferdsinstitusjon' AND value > 0
        AND period NOT LIKE '%-T%'
    )
    GROUP BY unit_code, period
),
state_purchase AS (
    SELECT unit_code, accounting_year, sum(amount_nok) FILTER (WHERE function_code = '285' AND is_trial) AS on_285_nok,
        coalesce(sum(amount_nok) FILTER (WHERE function_code IN ('251', '252')), 0) AS elsewhere_nok,
        min(line_number) FILTER (WHERE function_code = '285' AND is_trial) AS line_number,
        max(delivery_id) AS delivery_id
    FROM core.ledger_line
    WHERE species_code = '300' AND area_code IS NULL
    GROUP BY unit_code, accounting_year
),
fault AS (
    SELECT fault, unit_code, year, count(*) AS fault_count, sum(found_nok) AS found_nok,
        sum(expected_nok) AS expected_nok,
        string_agg(CAST(line_number AS VARCHAR), ',' ORDER BY line_number) AS line_numbers,
        arg_max(invoice_number, abs(found_nok - expected_nok)) AS worst_invoice,
        CAST(arg_max(found_nok, abs(found_nok - expected_nok)) AS DOUBLE) AS worst_found_nok,
        CAST(arg_max(expected_nok, abs(found_nok - expected_nok)) AS DOUBLE) AS worst_expected_nok,
        max(delivery_id) AS delivery_id
    FROM broken
    GROUP BY fault, unit_code, year
    UNION ALL
    SELECT 'behaviour', behaviour.unit_code, state_purchase.accounting_year, behaviour.bought_count,
        state_purchase.on_285_nok, 0, CAST(state_purchase.line_number AS VARCHAR), NULL, NULL, NULL,
        state_purchase.delivery_id
    FROM behaviour
    INNER JOIN state_purchase
        ON state_purchase.unit_code = behaviour.unit_code
        AND CAST(state_purchase.accounting_year AS VARCHAR) = behaviour.year
    WHERE state_purchase.on_285_nok > 0 AND state_purchase.elsewhere_nok = 0
)
SELECT 'ledger' AS stem, fault.fault, fault.unit_code, unit.unit_name, CAST(fault.year AS VARCHAR) AS period,
    fault.fault_count, CAST(fault.found_nok AS DOUBLE) AS found_nok, CAST(fault.expected_nok AS DOUBLE) AS expected_nok,
    fault.line_numbers, fault.worst_invoice, fault.worst_found_nok, fault.worst_expected_nok, fault.delivery_id,
    delivery.file_name
FROM fault
INNER JOIN reference.unit ON unit.unit_code = fault.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = fault.delivery_id
ORDER BY fault.unit_code, fault.year, fault.fault
"""

_CELL = {"area": "område på funksjon 285", "price": "prisdel på funksjon 285",
         "behaviour": "atferdsplasser og funksjon 285"}


def judge(row: Row) -> Finding | None:
    """Every row is a finding: one for a unit, a year and a way to break the rule."""
    lines = tuple(int(number) for number in row["line_numbers"].split(","))
    return found_in(
        "VR29", row, f"{row['unit_name']}, {row['period']}: {_told(row, lines)}", cell=_CELL[row["fault"]],
        line_numbers=lines, found=kroner_text(row["found_nok"]), expected=kroner_text(row["expected_nok"]))


def _told(row: Row, lines: tuple[int, ...]) -> str:
    place, found = f"{lines_text(lines)} i {row['file_name']}", kroner_text(row["found_nok"])
    if row["fault"] == "area":
        counted = counted_text(row["fault_count"], "linje", "linjer")
        return (f"{counted} på funksjon 285 med forsøkets prosjekt er merket med et eget område ({place}), til sammen "
                f"{found}. Det er utenfor forsøket; før det på ordinær funksjon, uten forsøkets prosjekt.")
    if row["fault"] == "behaviour":
        counted = counted_text(row["fault_count"], "plass", "plasser")
        return (f"kommunen har kjøpt {counted} for atferd av staten, og alle kjøp fra staten ({found}) står på "
                f"funksjon 285, fra {place}. Atferd er utenfor forsøket; før egenandelen på funksjon 252.")
    counted = counted_text(row["fault_count"], "faktura", "fakturaer")
    return (f"beløpet på funksjon 285 er ikke bare prisdelen for {counted} ({place}): {found}, ventet "
            f"{kroner_text(row['expected_nok'])}. Lengst fra er faktura {row['worst_invoice']}: "
            f"{kroner_text(row['worst_found_nok'])}, men fakturabeløpet minus egenandelen er "
            f"{kroner_text(row['worst_expected_nok'])}. Rett fakturabeløpet i listen eller det som er ført på 285.")


RULE = Rule("VR29", SELECT, judge)
