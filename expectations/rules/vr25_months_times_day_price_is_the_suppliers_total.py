"""VR25: invoice months × day price × 365/12 gives what a supplier has invoiced for a kind of measure, within 2 %.

The list has months, often days, and amounts, but no price. The day price of a line is taken from its neighbours in the
same agreement: of the line before, the line after and the agreement's median, the one nearest to the line's own. So a
price that is negotiated anew is followed, and an amount, a month or a day nobody else agrees with is not.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, million_text
from warehouse.number_format import format_number, format_percent

FINE_SHARE = 0.02
DAYS_A_YEAR, MONTHS_A_YEAR = 365, 12

FEWEST_MONTHS = 4
"""A month is 28 to 31 days and the formula says 30.4: over fewer months than this the calendar alone may make 2 %."""

FEWEST_LINES = 3
"""Of two lines that differ nobody knows which is wrong; a third tells."""

_AGREEMENT = "unit_code, service_year, measure_type_code, supplier_org_number, contract_id"

SELECT = f"""
WITH line AS (
    SELECT {_AGREEMENT}, months_count, CAST(amount_nok AS DOUBLE) AS amount_nok, delivery_id, line_number,
        amount_nok / nullif(coalesce(days_count, months_count * {DAYS_A_YEAR} / {MONTHS_A_YEAR}), 0) AS day_price_nok
    FROM core.supplier_invoice_line
),
neighbour AS (
    SELECT line.*, count(*) OVER agreement AS line_count, median(day_price_nok) OVER agreement AS usual_nok,
        lag(day_price_nok) OVER in_order AS before_nok, lead(day_price_nok) OVER in_order AS after_nok
    FROM line
    WINDOW agreement AS (PARTITION BY {_AGREEMENT}),
        in_order AS (PARTITION BY {_AGREEMENT} ORDER BY delivery_id, line_number)
),
priced AS (
    SELECT neighbour.*,
        CASE
            WHEN line_count < {FEWEST_LINES} THEN day_price_nok
            ELSE CASE least(
                abs(before_nok - day_price_nok), abs(after_nok - day_price_nok), abs(usual_nok - day_price_nok))
                WHEN abs(usual_nok - day_price_nok) THEN usual_nok
                WHEN abs(before_nok - day_price_nok) THEN before_nok
                ELSE after_nok
            END
        END * months_count * {DAYS_A_YEAR} / {MONTHS_A_YEAR} AS priced_nok
    FROM neighbour
),
supplier AS (
    SELECT unit_code, service_year, measure_type_code, supplier_org_number, sum(months_count) AS months_count,
        sum(amount_nok) AS invoiced_nok, sum(coalesce(priced_nok, amount_nok)) AS expected_nok,
        max(delivery_id) AS delivery_id,
        arg_max(line_number, abs(amount_nok - priced_nok)) AS worst_line,
        arg_max(amount_nok, abs(amount_nok - priced_nok)) AS worst_found_nok,
        arg_max(priced_nok, abs(amount_nok - priced_nok)) AS worst_expected_nok
    FROM priced
    GROUP BY unit_code, service_year, measure_type_code, supplier_org_number
)
SELECT 'supplier_invoices' AS stem, supplier.* EXCLUDE (service_year), CAST(supplier.service_year AS VARCHAR) AS period,
    unit.unit_name, measure_type.measure_type_name, delivery.file_name
FROM supplier
INNER JOIN reference.unit ON unit.unit_code = supplier.unit_code
INNER JOIN reference.measure_type ON measure_type.measure_type_code = supplier.measure_type_code
INNER JOIN register.delivery ON delivery.delivery_id = supplier.delivery_id
WHERE supplier.months_count >= {FEWEST_MONTHS}
AND abs(supplier.invoiced_nok - supplier.expected_nok)
    > {FINE_SHARE} * greatest(abs(supplier.invoiced_nok), abs(supplier.expected_nok))
ORDER BY supplier.unit_code, supplier.service_year, supplier.measure_type_code, supplier.supplier_org_number
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: a supplier whose total its own months and prices do not give."""
    invoiced, expected = row["invoiced_nok"], row["expected_nok"]
    share = abs(invoiced - expected) / max(abs(invoiced), abs(expected))
    supplier = row["supplier_org_number"] or "uten organisasjonsnummer"
    measure = row["measure_type_name"].lower()
    return found_in(
        "VR25", row,
        f"{row['unit_name']}, {row['period']}: fakturaene fra leverandør {supplier} ({measure}) er "
        f"{million_text(invoiced)} ({row['file_name']}), men {format_number(row['months_count'], 2, pad=False)} "
        f"fakturamåneder ganger døgnprisen avtalene ellers har, og 365/12, gir {million_text(expected)}. Forskjellen "
        f"er {million_text(invoiced - expected)}, {format_percent(share, 1)}. Lengst fra er linje "
        f"{row['worst_line']}: {kroner_text(row['worst_found_nok'])}, ventet om lag "
        f"{format_number(row['worst_expected_nok'], 0)}. Kontroller beløpet, månedene og døgnene på linjen.",
        cell=f"fakturaer fra {supplier}, {measure}", line_numbers=(row["worst_line"],), found=million_text(invoiced),
        expected=million_text(expected))


RULE = Rule("VR25", SELECT, judge)
