"""VR14: children in institutions and stay-days in institutions through Bufetat go together, both ways.

Stay-days are only those in state care: a municipality that had an own or a bought institution place in the year may
have children without them. Days without any child are a contradiction whatever it had.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

FEWEST_DAYS_A_CHILD = 7
"""A week. A stay, also an acute one, is seldom shorter: 41 days for seven children are hardly any."""

# The year is whole when all three tertials, or the year itself, are told for some kind of measure.
SELECT = f"""
WITH stay AS (
    SELECT figure.*, substring(figure.period, 1, 4) AS year, figure.period LIKE '%-T%' AS is_tertial,
        measure_type_code IN ('institusjon', 'atferdsinstitusjon', 'akuttinstitusjon', 'annen_institusjon')
            AS is_institution
    FROM core.bufetat_figure AS figure
    WHERE figure.bufetat_figure_code = 'oppholdsdager'
),
stay_year AS (
    SELECT unit_code, year, max(delivery_id) AS delivery_id,
        string_agg(CAST(line_number AS VARCHAR), ',' ORDER BY line_number)
            FILTER (WHERE is_institution) AS line_numbers,
        coalesce(sum(value) FILTER (WHERE is_institution AND NOT is_tertial),
            sum(value) FILTER (WHERE is_institution AND is_tertial), 0) AS days_count
    FROM stay
    GROUP BY unit_code, year
    HAVING (count(DISTINCT period) FILTER (WHERE is_tertial) = 3 OR bool_or(NOT is_tertial))
    AND count(*) FILTER (WHERE is_institution AND status <> 'ok') = 0
),
elsewhere AS (
    SELECT unit_code, substring(period, 1, 4) AS year FROM core.form_value
    WHERE field_id IN ('kjoep_private_institusjon', 'nye_institusjon_privat', 'nye_institusjon_egen') AND value > 0
    UNION
    SELECT unit_code, CAST(service_year AS VARCHAR) FROM core.supplier_invoice_line
    WHERE measure_type_code = 'institusjon'
)
SELECT 'bufetat' AS stem, stay_year.unit_code, unit.unit_name, stay_year.year AS period, stay_year.days_count,
    stay_year.line_numbers, stay_year.delivery_id, delivery.file_name, kostra.value AS children_count,
    kostra_delivery.file_name AS kostra_file
FROM stay_year
INNER JOIN core.key_figure AS kostra
    ON kostra.unit_code = stay_year.unit_code AND CAST(kostra.year AS VARCHAR) = stay_year.year
    AND kostra.key_figure_code = '15' AND kostra.status = 'ok'
INNER JOIN reference.unit ON unit.unit_code = stay_year.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = stay_year.delivery_id
INNER JOIN register.delivery AS kostra_delivery ON kostra_delivery.delivery_id = kostra.delivery_id
WHERE kostra.value = 0 AND stay_year.days_count > 0
OR stay_year.days_count < {FEWEST_DAYS_A_CHILD} * kostra.value AND NOT EXISTS (
    SELECT 1 FROM elsewhere WHERE elsewhere.unit_code = stay_year.unit_code AND elsewhere.year = stay_year.year
)
ORDER BY stay_year.unit_code, stay_year.year
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: days without children, or children with hardly any days."""
    days, children = format_number(row["days_count"], 0), format_number(row["children_count"], 0)
    if row["children_count"]:
        why = (f"Det er under {FEWEST_DAYS_A_CHILD} døgn per barn, og kommunen har ikke oppgitt egne eller private "
               "institusjonsplasser det året.")
    else:
        why = "Oppholdsdager uten barn kan ikke stemme; et null i KOSTRA kan være et skjult tall."
    lines = tuple(int(number) for number in row["line_numbers"].split(",")) if row["line_numbers"] else ()
    return found_in(
        "VR14", row,
        f"{row['unit_name']}, {row['period']}: Bufetat har {days} oppholdsdager i institusjon ({row['file_name']}), "
        f"mens KOSTRA har {children} barn i institusjon (nøkkeltall 15 i {row['kostra_file']}). {why} Kontroller "
        "begge tallene, eller skriv hvor barna bodde.",
        cell=f"oppholdsdager i institusjon, {row['unit_code']}", line_numbers=lines, found=f"{days} døgn",
        expected=f"{children} barn")


RULE = Rule("VR14", SELECT, judge)
