"""AN18: an amount that is told once a year is of the size of the years before: not half, not double.

For amounts nothing else holds to account: grants, Bufetat's requirement, the monthly price of a foster home and the
rates. The first year is held up against the two after it. It must be unlike every one of them: after a wrong year the
next is right again.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of
from expectations.rule import Row, Rule, found_in
from expectations.wording import kroner_text, some
from warehouse.number_format import format_number

LARGEST_RATIO = 2
"""Grants, rates and prices are adjusted by some per cent a year. The trial's first year had nine months."""

# `others` are the earlier years; of the first year, the two that follow it, when they are there.
SELECT = f"""
WITH {PLACED},
amount AS (
    SELECT 'grants' AS stem, unit_code, CAST(year AS INTEGER) AS year, grant_name AS what,
        amount_thousand_nok * 1000 AS nok,
        delivery_id, CAST(NULL AS VARCHAR) AS sheet, CAST(NULL AS VARCHAR) AS cell, line_number
    FROM core.grant_line
    WHERE NOT is_one_off
    UNION ALL
    SELECT 'rates', NULL, year, 'satsen for ' || measure_code, CAST(rate_nok_per_month AS DOUBLE), delivery_id, NULL,
        NULL,
        line_number
    FROM core.co_payment_rate
    UNION ALL
    SELECT 'bufetat', unit_code, CAST(period AS INTEGER), bufetat_figure_code, value * 1000, delivery_id, NULL, NULL,
        line_number
    FROM core.bufetat_figure
    WHERE bufetat_figure_code = 'inntektskrav' AND period NOT LIKE '%-T%'
    UNION ALL
    SELECT stem, unit_code, CAST(period AS INTEGER), field_id, value, delivery_id, sheet, cell, NULL
    FROM placed
    WHERE stem = 'data_requests' AND field_kind = 'amount'
),
compared AS (
    SELECT here.*, list({{'year': other.year, 'nok': other.nok}} ORDER BY other.year) AS others,
        arg_min(other.nok, greatest(other.nok / here.nok, here.nok / other.nok)) AS nearest
    FROM amount AS here
    INNER JOIN (SELECT *, min(year) OVER (PARTITION BY stem, unit_code,
        what) AS first_year FROM amount WHERE nok > 0) AS other
        ON other.stem = here.stem AND other.unit_code IS NOT DISTINCT FROM here.unit_code AND other.what = here.what
        AND (other.year < here.year OR here.year <= other.first_year AND other.year BETWEEN here.year + 1
            AND here.year + 2)
    WHERE here.nok > 0
    GROUP BY ALL
    HAVING bool_or(other.year < here.year) OR count(*) = 2
)
SELECT compared.*, CAST(compared.year AS VARCHAR) AS period, unit.unit_name, delivery.file_name
FROM compared
INNER JOIN register.delivery ON delivery.delivery_id = compared.delivery_id
LEFT JOIN reference.unit ON unit.unit_code = compared.unit_code
WHERE nok > {LARGEST_RATIO} * nearest OR {LARGEST_RATIO} * nok < nearest
ORDER BY compared.stem, compared.unit_code, compared.what, compared.year
"""

_FACTORS = ((1000, "tusen kroner og kroner kan være forvekslet"), (10, "det kan være et siffer for mye eller for lite"))


def judge(row: Row) -> Finding:
    """Every row is out of size: with the factor, where it is about ten or a thousand."""
    place = (f"celle {row['cell']} i arket «{row['sheet']}»" if row["sheet"]
             else f"linje {row['line_number']} i {row['file_name']}")
    where = f"{row['unit_name']}, {row['period']}" if row["unit_name"] else row["period"]
    told = some([f"{kroner_text(round(other['nok']))} i {other['year']}" for other in row["others"]])
    is_form = row["sheet"] is not None
    return found_in(
        "AN18", row,
        f"{where}: fant {kroner_text(round(row['nok']))} i {place} ({row['what']}). Det var {told}. "
        f"{_factor(row)}Kontroller "
        f"beløpet og enheten, og rett det{' eller forklar spranget i forklaringsfeltet' if is_form else ''}.",
        cell=row["cell"] if is_form else f"{row['what']}, {row['unit_code'] or 'alle'}",
        line_numbers=() if is_form else (row["line_number"],), found=kroner_text(round(row["nok"])),
        expected=f"omkring {kroner_text(round(row['nearest']))}", indicators=indicators_of(row["stem"], [row["what"]]))


def _factor(row: Row) -> str:
    ratio = max(row["nok"], row["nearest"]) / min(row["nok"], row["nearest"])
    return next((f"Forskjellen er omkring {format_number(factor, 0)} ganger: {words}. " for factor, words in _FACTORS
                 if 0.6 <= ratio / factor <= 1.7), "")


RULE = Rule("AN18", SELECT, judge)
