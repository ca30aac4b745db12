"""AN11: a number has a sign and a size that it can have, in every source where the reader lets it through.

Shares lie between nought and one, nothing that is counted or measured is negative, and the co-payment is a part of its
invoice. Counts in forms, inhabitants and rates are refused at the door; a ledger's lines may be credited, and are not
judged here.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, lines_text
from warehouse.number_format import format_number

_MAY_BE_NEGATIVE = ("avsatt_til_fond",)
"""What is taken out of a fund is told as set aside with a minus."""

_CO_PAYMENT = "egenandelen er ikke en del av fakturaen"

# One row a number that cannot be; invoices of a unit and a year are one row.
SELECT = f"""
WITH {PLACED},
impossible AS (
    SELECT 'kostra_statistics' AS stem, figure.unit_code, CAST(figure.year AS VARCHAR) AS period,
        figure.key_figure_code AS what,
        figure.value, CASE WHEN kind.kind = 'share' THEN 'fra 0 til 1' ELSE 'minst 0' END AS expected,
            figure.delivery_id,
        CAST(NULL AS VARCHAR) AS sheet, 'value[' || CAST(figure.cell_number AS VARCHAR) || ']' AS place,
        CAST(NULL AS VARCHAR) AS lines
    FROM core.key_figure AS figure
    INNER JOIN reference.key_figure AS kind ON kind.key_figure_code = figure.key_figure_code
    WHERE figure.value < 0 OR kind.kind = 'share' AND figure.value > 1
    UNION ALL
    SELECT 'grants', unit_code, CAST(year AS VARCHAR), grant_name || ' (1000 kr)', amount_thousand_nok, 'minst 0',
        delivery_id, NULL,
        'linje ' || CAST(line_number AS VARCHAR), CAST(line_number AS VARCHAR)
    FROM core.grant_line
    WHERE amount_thousand_nok < 0
    UNION ALL
    SELECT 'bufetat', unit_code, period, concat_ws(', ', bufetat_figure_code, measure_type_code), value, 'minst 0',
        delivery_id,
        NULL, 'linje ' || CAST(line_number AS VARCHAR), CAST(line_number AS VARCHAR)
    FROM core.bufetat_figure
    WHERE value < 0 AND bufetat_figure_code <> 'budsjettendring'
    UNION ALL
    SELECT stem, unit_code, period, field_id, value, 'minst 0', delivery_id, sheet, cell, NULL
    FROM placed
    WHERE value < 0 AND field_id NOT IN ('{"', '".join(_MAY_BE_NEGATIVE)}')
    UNION ALL
    SELECT 'supplier_invoices', unit_code, CAST(service_year AS VARCHAR), '{_CO_PAYMENT}',
        CAST(arg_max(co_payment_nok, abs(co_payment_nok)) AS DOUBLE),
        'fra 0 til ' || CAST(CAST(arg_max(amount_nok, abs(co_payment_nok)) AS BIGINT) AS VARCHAR), max(delivery_id),
            NULL, '{_CO_PAYMENT}',
        string_agg(CAST(line_number AS VARCHAR), ',' ORDER BY line_number)
    FROM core.supplier_invoice_line
    WHERE amount_nok * co_payment_nok < 0 OR abs(co_payment_nok) > abs(amount_nok)
    GROUP BY unit_code, service_year
)
SELECT impossible.*, unit.unit_name, delivery.file_name
FROM impossible
INNER JOIN register.delivery ON delivery.delivery_id = impossible.delivery_id
LEFT JOIN reference.unit ON unit.unit_code = impossible.unit_code
ORDER BY impossible.stem, impossible.unit_code, impossible.period, impossible.what
"""


def judge(row: Row) -> Finding:
    """Every row is a number that cannot be."""
    lines = tuple(int(line) for line in (row["lines"] or "").split(",") if line)
    where = f"{row['unit_name']}, {row['period']}" if row["unit_name"] else row["period"]
    found = format_number(row["value"], 2, pad=False)
    is_form = row["sheet"] is not None
    cell = row["place"] if is_form else f"{row['what']}, {row['place']}"
    return found_in(
        "AN11", row, f"{where}: {_told(row, lines, found)} Rett fortegnet eller tallet, og lever filen på nytt.",
        cell=cell, line_numbers=lines, found=found, expected=row["expected"],
        indicators=indicators_of(row["stem"], [row["what"]]))


def _told(row: Row, lines: tuple[int, ...], found: str) -> str:
    if row["stem"] == "supplier_invoices":
        return (f"{_CO_PAYMENT} på {lines_text(lines)} i {row['file_name']} (størst: {kroner_text(row['value'])}, "
                f"ventet {row['expected']}). Egenandel og beløp kan ha byttet kolonne.")
    what = figure_text(row["what"]) if row["stem"] == "kostra_statistics" else row["what"]
    place = f"celle {row['place']} i arket «{row['sheet']}»" if row["sheet"] else f"{row['place']} i {row['file_name']}"
    return f"fant {found} i {place} ({what}); tallet skal være {row['expected']}."


RULE = Rule("AN11", SELECT, judge)
