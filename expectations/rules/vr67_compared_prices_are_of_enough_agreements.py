"""VR67: a price that is compared with the year before is of the same type, and of at least four agreements in both years.

The comparison (E3-07) is made type by type already; what can be wrong is that there are too few stays behind it, so that
one dear stay is the whole change. Where the lines name no agreement, the number of children through the year (months / 12)
stands in for it.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text
from warehouse.number_format import format_number

FEWEST = 4
"""Below four, a single agreement is more than a quarter of the price."""

SELECT = f"""
WITH price_year AS (
    SELECT unit_code, service_year, measure_type_code, sum(months_count) AS months_count,
        CASE WHEN count(contracts_count) = count(*) THEN sum(contracts_count) ELSE sum(months_count) / 12 END AS behind,
        count(contracts_count) = count(*) AS is_of_agreements, max(delivery_id) AS delivery_id
    FROM core.supplier_invoice_line
    GROUP BY unit_code, service_year, measure_type_code
)
SELECT now.unit_code, unit.unit_name, CAST(now.service_year AS VARCHAR) AS period, now.measure_type_code,
    measure_type.measure_type_name, now.behind, now.is_of_agreements, before.behind AS behind_before,
    before.is_of_agreements AS is_of_agreements_before, now.delivery_id, delivery.file_name, 'supplier_invoices' AS stem
FROM price_year AS now
INNER JOIN price_year AS before
    ON before.unit_code = now.unit_code AND before.measure_type_code = now.measure_type_code
    AND before.service_year = now.service_year - 1
INNER JOIN reference.measure_type
    ON measure_type.measure_type_code = now.measure_type_code AND measure_type.rate_measure_code IS NOT NULL
INNER JOIN reference.unit ON unit.unit_code = now.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = now.delivery_id
WHERE least(now.behind, before.behind) < {FEWEST}
ORDER BY now.unit_code, now.service_year, now.measure_type_code
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: one of the two years has too few agreements."""
    year_before = str(int(row["period"]) - 1)
    now, before = _told(row["behind"], row["is_of_agreements"]), _told(row["behind_before"], row["is_of_agreements_before"])
    return found_in(
        "VR67", row,
        f"{row['unit_name']}, {row['measure_type_name'].lower()}: døgnprisen for {period_text(row['period'])} bygger på {now} og "
        f"prisen for {period_text(year_before)} på {before} ({row['file_name']}). Under {FEWEST} i ett av årene er endringen "
        "i pris ett eller noen få opphold. Vis den med forbehold, og trekk ingen konklusjon av den alene.",
        cell=f"døgnpris, {row['measure_type_code']}", found=f"{before} og {now}", expected=f"minst {FEWEST} i begge år",
        indicators=("E3-07",))


def _told(behind: float, is_of_agreements: bool) -> str:
    count = format_number(behind, 0 if is_of_agreements else 1, pad=False)
    return f"{count} {'avtale' if behind == 1 else 'avtaler'}" if is_of_agreements else f"{count} barn i gjennomsnitt"


RULE = Rule("VR67", SELECT, judge)
