"""AN08: a ledger, a list of invoices, accounts or Bufetat's figures are not last year's with another year on them.

A line is the same when all that identifies it is, but the year: voucher, function, species and amount in a ledger;
invoice number, supplier and amount; function, species and amount in accounts; measure, tertial and number at Bufetat. A
list of contracts at a fixed price repeats its amounts every month, but not its invoice numbers.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number, format_percent

SMALLEST_SHARE = 0.9
FEWEST_LINES = 12

# Of the accounts child welfare is enough. Small amounts may stay as they were; those from a hundred thousand kroner do
# not, by the dozen.
SELECT = f"""
WITH line AS (
    SELECT 'ledger' AS stem, source_municipality_code AS code, unit_code, accounting_year AS year,
        voucher_number AS mark,
        function_code AS place, species_code AS part, CAST(amount_nok AS DOUBLE) AS amount, delivery_id
    FROM core.ledger_line
    WHERE amount_nok <> 0
    UNION ALL
    SELECT 'supplier_invoices', unit_code, unit_code, service_year, invoice_number, coalesce(supplier_org_number, ''),
        '',
        CAST(amount_nok AS DOUBLE), delivery_id
    FROM core.supplier_invoice_line
    UNION ALL
    SELECT 'kostra_accounts', source_municipality_code, unit_code, accounting_year, account_class, function_code,
        species_code, amount_thousand_nok, delivery_id
    FROM core.account_line
    WHERE abs(amount_thousand_nok) >= 100 AND function_code IN ('244', '251', '252', '285')
    UNION ALL
    SELECT 'bufetat', unit_code, unit_code, CAST(substring(period, 1, 4) AS INTEGER), bufetat_figure_code,
        coalesce(measure_type_code, ''), substring(period, 5), value, delivery_id
    FROM core.bufetat_figure
    WHERE value <> 0 AND bufetat_figure_code IN ('egenandel', 'oppholdsdager')
),
size AS (
    SELECT stem, code, year, count(*) AS line_count FROM line GROUP BY stem, code,
        year HAVING count(*) >= {FEWEST_LINES}
),
copied AS (
    SELECT here.stem, here.code, here.unit_code, here.year, count(*) AS same_count, max(here.delivery_id) AS delivery_id
    FROM line AS here
    WHERE EXISTS (
        SELECT 1 FROM line AS earlier
        WHERE earlier.stem = here.stem AND earlier.code = here.code AND earlier.year = here.year - 1
        AND earlier.mark = here.mark AND earlier.place = here.place AND earlier.part = here.part
        AND earlier.amount = here.amount
    )
    GROUP BY here.stem, here.code, here.unit_code, here.year
),
earlier AS (
    SELECT stem, code, year + 1 AS year, max(delivery_id) AS delivery_id FROM line GROUP BY stem, code, year
)
SELECT copied.stem, copied.code, copied.unit_code, unit.unit_name, CAST(copied.year AS VARCHAR) AS period,
    copied.same_count, size.line_count, copied.delivery_id, delivery.file_name, before.file_name AS earlier_file
FROM copied
INNER JOIN size ON size.stem = copied.stem AND size.code = copied.code AND size.year = copied.year
INNER JOIN reference.unit ON unit.unit_code = copied.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = copied.delivery_id
INNER JOIN earlier ON earlier.stem = copied.stem AND earlier.code = copied.code AND earlier.year = copied.year
INNER JOIN register.delivery AS before ON before.delivery_id = earlier.delivery_id
WHERE copied.same_count >= {SMALLEST_SHARE} * size.line_count
ORDER BY copied.stem, copied.code, copied.year
"""

_IS_CALLED = {"ledger": "hovedboken", "supplier_invoices": "fakturalisten", "kostra_accounts": "regnskapet",
              "bufetat": "Bufetats tall"}


def judge(row: Row) -> Finding | None:
    """Every row has nine lines of ten in common with the year before."""
    share = format_percent(row["same_count"] / row["line_count"], 0)
    return found_in(
        "AN08", row,
        f"{row['unit_name']}, {row['period']}: {format_number(row['same_count'], 0)} av "
        f"{format_number(row['line_count'], 0)} "
        f"linjer ({share}) i {_IS_CALLED[row['stem']]} ({row['file_name']}) er de samme som året før "
        f"({row['earlier_file']}), "
        "med samme beløp. Kontroller at det ikke er fjorårets uttrekk med nytt årstall, og lever riktig uttrekk.",
        cell=f"linjer fra året før, {row['code']}", found=share, expected=f"under {format_percent(SMALLEST_SHARE, 0)}")


RULE = Rule("AN08", SELECT, judge)
