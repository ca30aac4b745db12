"""VR22: the part of an invoice that is ordinary co-payment is months × the year's own rate, ±1 krone a stay.

Judged in the list of invoices and, where the ledger holds the invoice, in what it has booked on 251 and 252.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, lines_text

TOLERANCE_NOK = 1

SELECT = f"""
WITH expected AS (
    SELECT unit_code, service_year, invoice_number, supplier_org_number,
        sum(expected_co_payment_nok) AS expected_nok, count(*) AS stay_count,
        CASE WHEN count(DISTINCT measure_type_code) = 1 THEN max(measure_type_code) END AS measure_type_code
    FROM core.supplier_invoice_line
    GROUP BY unit_code, service_year, invoice_number, supplier_org_number
    HAVING count(expected_co_payment_nok) = count(*)
),
booked AS (
    SELECT unit_code, accounting_year, invoice_number, supplier_org_number,
        sum(amount_nok) AS booked_nok, max(line_number) AS line_number, max(delivery_id) AS delivery_id
    FROM core.ledger_line
    WHERE function_code IN ('251', '252') AND invoice_number IS NOT NULL AND area_code IS NULL
    GROUP BY unit_code, accounting_year, invoice_number, supplier_org_number
),
part AS (
    SELECT 'supplier_invoices' AS stem, unit_code, service_year AS year, invoice_number, line_number, delivery_id,
        CAST(co_payment_nok AS DOUBLE) AS found_nok, CAST(expected_co_payment_nok AS DOUBLE) AS expected_nok,
        1 AS stay_count, measure_type_code
    FROM core.supplier_invoice_line
    WHERE co_payment_nok IS NOT NULL AND expected_co_payment_nok IS NOT NULL
    UNION ALL
    SELECT 'ledger', booked.unit_code, booked.accounting_year, booked.invoice_number, booked.line_number,
        booked.delivery_id, CAST(booked.booked_nok AS DOUBLE), CAST(expected.expected_nok AS DOUBLE), expected.stay_count,
        expected.measure_type_code
    FROM booked
    INNER JOIN expected
        ON expected.unit_code = booked.unit_code AND expected.invoice_number = booked.invoice_number
        AND coalesce(expected.supplier_org_number, booked.supplier_org_number, '')
            = coalesce(booked.supplier_org_number, expected.supplier_org_number, '')
),
judged AS (
    SELECT part.*, found_nok - expected_nok AS difference_nok,
        abs(found_nok - expected_nok) > {TOLERANCE_NOK} * stay_count AS is_wrong
    FROM part
),
rate AS (
    SELECT measure_type.measure_type_code, rate.year, CAST(rate.rate_nok_per_month AS DOUBLE) AS rate
    FROM core.co_payment_rate AS rate
    INNER JOIN reference.measure_type ON measure_type.rate_measure_code = rate.measure_code
    WHERE rate.rate_nok_per_month > 0
),
at_another_years AS (
    SELECT judged.stem, judged.unit_code, judged.year, max(other.year) AS rate_year, count(DISTINCT other.year) AS year_count,
        count(DISTINCT concat_ws('-', judged.delivery_id, judged.line_number)) AS line_count
    FROM judged
    INNER JOIN rate AS own ON own.measure_type_code = judged.measure_type_code AND own.year = judged.year
    INNER JOIN rate AS other ON other.measure_type_code = judged.measure_type_code AND other.year <> judged.year
    WHERE judged.is_wrong
    AND abs(judged.found_nok - judged.expected_nok * other.rate / own.rate) <= {TOLERANCE_NOK} * judged.stay_count
    GROUP BY judged.stem, judged.unit_code, judged.year
),
ranked AS (
    SELECT judged.*, row_number() OVER (
        PARTITION BY stem, unit_code, year ORDER BY abs(difference_nok) DESC, delivery_id, line_number
    ) AS place_in_size
    FROM judged
)
SELECT ranked.stem, ranked.unit_code, unit.unit_name, CAST(ranked.year AS VARCHAR) AS period, count(*) AS part_count,
    sum(CASE WHEN is_wrong THEN 1 ELSE 0 END) AS wrong_count,
    sum(CASE WHEN is_wrong THEN difference_nok ELSE 0 END) AS difference_nok,
    string_agg(CASE WHEN is_wrong THEN CAST(line_number AS VARCHAR) END, ',' ORDER BY ranked.delivery_id, line_number)
        AS wrong_lines,
    max(CASE WHEN place_in_size = 1 THEN invoice_number END) AS worst_invoice,
    max(CASE WHEN place_in_size = 1 THEN line_number END) AS worst_line,
    max(CASE WHEN place_in_size = 1 THEN found_nok END) AS worst_found,
    max(CASE WHEN place_in_size = 1 THEN expected_nok END) AS worst_expected,
    max(CASE WHEN place_in_size = 1 THEN ranked.delivery_id END) AS delivery_id,
    max(CASE WHEN place_in_size = 1 THEN delivery.file_name END) AS file_name,
    max(CASE WHEN another.year_count = 1 THEN another.rate_year END) AS rate_year,
    max(another.line_count) AS rate_year_count
FROM ranked
INNER JOIN reference.unit ON unit.unit_code = ranked.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = ranked.delivery_id
LEFT JOIN at_another_years AS another
    ON another.stem = ranked.stem AND another.unit_code = ranked.unit_code AND another.year = ranked.year
GROUP BY ranked.stem, ranked.unit_code, unit.unit_name, ranked.year
ORDER BY ranked.unit_code, ranked.year, ranked.stem
"""

_WHERE = {"supplier_invoices": "fakturalisten", "ledger": "hovedboken, funksjon 251 og 252"}
_COUNTED = {"supplier_invoices": "linjer", "ledger": "fakturaer"}


def judge(row: Row) -> Finding | None:
    """One finding for a unit, a year and a source, with the invoice that is furthest off."""
    if not row["wrong_count"]:
        return None
    lines = tuple(int(number) for number in row["wrong_lines"].split(","))
    found, expected, difference = row["worst_found"], row["worst_expected"], row["difference_nok"]
    return found_in(
        "VR22", row,
        f"{row['unit_name']}, {row['period']}, {_WHERE[row['stem']]}: egenandelen er ikke måneder ganger årets sats for "
        f"{row['wrong_count']} av {row['part_count']} {_COUNTED[row['stem']]} ({lines_text(lines)} i {row['file_name']}), "
        f"til sammen {kroner_text(abs(difference))} for {'mye' if difference > 0 else 'lite'}. Lengst fra er faktura "
        f"{row['worst_invoice']}, linje {row['worst_line']}: {kroner_text(found)}, ventet {kroner_text(expected)}, "
        f"forskjell {kroner_text(found - expected)}. {_another_years_rate(row)}Rett delingen mellom funksjon 252 og 285.",
        cell=f"egenandel i {_WHERE[row['stem']]}", line_numbers=lines, found=kroner_text(found),
        expected=kroner_text(expected))


def _another_years_rate(row: Row) -> str:
    if not row["rate_year"]:
        return ""
    all_of_them = row["rate_year_count"] == row["wrong_count"]
    amounts = "Beløpene" if all_of_them else f"{row['rate_year_count']} av beløpene"
    return f"{amounts} er måneder ganger satsen for {row['rate_year']}, ikke for {row['period']}. "


RULE = Rule("VR22", SELECT, judge)
