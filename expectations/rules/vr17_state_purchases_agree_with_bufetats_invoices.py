"""VR17: what a municipality booked as purchases from the state is what Bufetat invoiced for the year, within 5 %.

Both go by the date of the voucher, but of each side's own voucher: small shifts at the turn of the year are no fault.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from expectations.wording import amount_text
from warehouse.number_format import format_percent

FINE_SHARE = 0.05

# 285 is a general function, so its purchases count only with the trial's project, which stands in the ledger alone.
SELECT = """
WITH purchase AS (
    SELECT unit_code, accounting_year, amount_thousand_nok
    FROM core.account_line
    WHERE account_class = '1' AND species_code = '300' AND function_code IN ('251', '252')
    UNION ALL
    SELECT unit_code, accounting_year, CAST(amount_nok AS DOUBLE) / 1000
    FROM core.ledger_line
    WHERE species_code = '300' AND function_code = '285' AND is_trial
),
booked AS (
    SELECT year.unit_code, year.accounting_year, coalesce(sum(purchase.amount_thousand_nok), 0) AS booked
    FROM core.complete_year AS year
    LEFT JOIN purchase ON purchase.unit_code = year.unit_code AND purchase.accounting_year = year.accounting_year
    GROUP BY year.unit_code, year.accounting_year
),
invoiced AS (
    SELECT figure.unit_code, figure.period, sum(figure.amount_thousand_nok) AS invoiced,
        max(figure.delivery_id) AS delivery_id, max(figure.line_number) AS line_number,
        max(delivery.file_name) AS file_name
    FROM core.co_payment_figure AS figure
    INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
    WHERE figure.period NOT LIKE '%-T%'
    GROUP BY figure.unit_code, figure.period
    HAVING count(figure.amount_thousand_nok) = count(*)
)
SELECT invoiced.*, unit.unit_name, booked.booked, 'bufetat' AS stem
FROM invoiced
INNER JOIN booked
    ON booked.unit_code = invoiced.unit_code AND CAST(booked.accounting_year AS VARCHAR) = invoiced.period
INNER JOIN reference.unit ON unit.unit_code = invoiced.unit_code
ORDER BY invoiced.unit_code, invoiced.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when the two differ by more than 5 % of the larger."""
    booked, invoiced = row["booked"], row["invoiced"]
    larger = max(abs(booked), abs(invoiced))
    share = abs(booked - invoiced) / larger if larger else 0.0
    if share <= FINE_SHARE:
        return None
    return found_in(
        "VR17", row,
        f"{row['unit_name']}, {row['period']}: regnskapet og hovedboken har {amount_text(booked)} tusen kroner i kjøp fra "
        f"staten (art 300 på funksjon 251, 252 og 285), mens Bufetat har fakturert {amount_text(invoiced)} "
        f"({row['file_name']}, linje {row['line_number']}). Forskjellen er {amount_text(booked - invoiced)}, "
        f"{format_percent(share, 1)}. {slip_sentence(booked, invoiced)}Avstem mot Bufetats fakturaer, og rett det som er feil.",
        source="kostra_accounts", cell="kjøp fra staten", found=amount_text(booked), expected=amount_text(invoiced))


RULE = Rule("VR17", SELECT, judge)
