"""VR61: a merged municipality is the sum of the old ones before the merger, each counted once. A property of our own tables.

Inhabitants are of exactly the municipalities the unit was that year; a form comes from one of them, since the host reports
for its guest; what host and guest pay each other is marked, so that gross cost counts it once; and the first year after a
merger has about as many children as the last before it. All but the last are our own fault, and stop publication.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import some
from warehouse.number_format import format_number, format_percent

MOST_CHANGE_SHARE = 0.05
"""A municipality's children change by about one per cent a year; a small municipality left out is a fifth of Færder."""

SELECT = f"""
WITH counted AS (
    SELECT unit_code, year, list_sort(list(DISTINCT source_municipality_code)) AS codes,
        sum(inhabitants_count) FILTER (WHERE age_code BETWEEN '000' AND '017') AS children_count,
        max(delivery_id) AS delivery_id
    FROM core.population_cell
    GROUP BY unit_code, year
),
valid AS (
    SELECT counted.unit_code, counted.year, list_sort(list(code.source_municipality_code)) AS codes
    FROM counted
    INNER JOIN reference.municipality_code AS code
        ON code.unit_code = counted.unit_code AND counted.year BETWEEN code.valid_from_year AND code.valid_to_year
    GROUP BY counted.unit_code, counted.year
),
fault AS (
    SELECT 'inhabitants' AS what, counted.unit_code, CAST(counted.year AS VARCHAR) AS period, counted.codes, valid.codes AS due,
        NULL AS amount, NULL AS before, counted.delivery_id, 'population' AS stem
    FROM counted
    INNER JOIN valid ON valid.unit_code = counted.unit_code AND valid.year = counted.year
    WHERE counted.codes <> valid.codes
    UNION ALL
    SELECT 'continuity', counted.unit_code, CAST(counted.year AS VARCHAR), counted.codes, earlier.codes, counted.children_count,
        earlier.children_count, counted.delivery_id, 'population'
    FROM counted
    INNER JOIN counted AS earlier
        ON earlier.unit_code = counted.unit_code AND earlier.year = counted.year - 1
        AND len(earlier.codes) > len(counted.codes)
    WHERE abs(counted.children_count - earlier.children_count) > {MOST_CHANGE_SHARE} * earlier.children_count
    UNION ALL
    SELECT 'forms', unit_code, period, list_sort(list(DISTINCT source_municipality_code)), NULL, NULL, NULL,
        max(delivery_id), stem
    FROM core.form_value
    GROUP BY unit_code, period, stem
    HAVING count(DISTINCT source_municipality_code) > 1
    UNION ALL
    SELECT 'internal', line.unit_code, CAST(line.accounting_year AS VARCHAR), [line.source_municipality_code], NULL,
        sum(line.amount_thousand_nok), NULL, max(line.delivery_id), 'kostra_accounts'
    FROM core.account_line AS line
    INNER JOIN reference.service_host AS host
        ON line.accounting_year BETWEEN host.valid_from_year AND host.valid_to_year
        AND (line.source_municipality_code, line.species_code) IN (
            (host.guest_municipality_code, '350'), (host.host_municipality_code, '750'))
    WHERE line.function_code IN ('244', '251', '252') AND NOT line.is_internal
    GROUP BY line.unit_code, line.accounting_year, line.source_municipality_code
)
SELECT fault.*, unit.unit_name
FROM fault
INNER JOIN reference.unit ON unit.unit_code = fault.unit_code
ORDER BY fault.unit_code, fault.period, fault.what, fault.codes
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding."""
    codes, where = some(row["codes"]), f"{row['unit_name']}, {row['period']}"
    if row["what"] == "continuity":
        now, before = (format_number(row[name], 0) for name in ("amount", "before"))
        return _finding(row, (
            f"{where}: fant {now} innbyggere 0–17 år i kommune {codes}, mot {before} året før i {some(row['due'])}. Ved en "
            f"sammenslåing ventes en endring på høyst {format_percent(MOST_CHANGE_SHARE, 0)}. Kontroller at begge de gamle "
            "kommunene er med, og bare én gang."), now, before, "feil")
    if row["what"] == "inhabitants":
        return _finding(row, (
            f"{where}: innbyggertallet er av kommune {codes}, men enheten er {some(row['due'])} det året. {_OURS}"),
            codes, some(row["due"]))
    if row["what"] == "forms":
        return _finding(row, f"{where}: fant tall fra både {codes} i samme skjema. Vertskommunen rapporterer for begge. {_OURS}",
                        codes, "én avsender")
    amount = format_number(row["amount"], 0)
    return _finding(row, (
        f"{where}: fant {amount} tusen kroner på art 350 og 750 mellom vertskommunen og samarbeidskommunen i regnskapet til "
        f"{codes} uten merke for mellomregning. Brutto teller dem to ganger. {_OURS}"), amount, "merket som mellomregning")


_OURS = "Tabellen er vår egen: ingenting publiseres før den er rettet."


def _finding(row: Row, message: str, found: str, expected: str, level: str = "kritisk_feil") -> Finding:
    return found_in("VR61", row, message, level=level, cell=f"{row['what']}, {some(row['codes'])}", found=found,
                    expected=expected)


RULE = Rule("VR61", SELECT, judge, is_graded=True)
