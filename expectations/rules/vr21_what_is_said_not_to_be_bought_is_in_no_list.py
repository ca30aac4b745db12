"""VR21: a municipality that says it bought none of a measure is not in the list of those who were paid for it.

The lists are the private suppliers' invoices and Bufetat's own count of purchases. Only a plain no is judged: how many
there were is other rules' (VR02, VR03, VR11). Contracts that run on from earlier years are the usual reason.
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, label_text, place_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import counted_text, some
from warehouse.reference_data import reference_rows

# What each field says, and the measure in the list that contradicts a 0.
SELECT = f"""
WITH {PLACED},
statement (field_id, list_code, measure_type_code) AS (
    VALUES ('kjoep_private_fosterhjem', 'faktura', 'fosterhjem'),
        ('kjoep_private_besoekshjem', 'faktura', 'besøkshjem'),
        ('kjoep_private_institusjon', 'faktura', 'institusjon'), ('fosterhjem_bufetat', 'kjøp', 'fosterhjem'),
        ('fosterhjem_bufetat', 'kjøp', 'familiehjem'), ('kjoept_institusjon', 'kjøp', 'institusjon'),
        ('kjoept_institusjon', 'kjøp', 'annen_institusjon'), ('kjoept_beredskapshjem', 'kjøp', 'beredskapshjem'),
        ('kjoept_fosterhjem', 'kjøp', 'fosterhjem'), ('kjoept_mst', 'kjøp', 'mst'),
        ('kjoept_atferd', 'kjøp', 'atferdsinstitusjon'), ('kjoept_akuttinstitusjon', 'kjøp', 'akuttinstitusjon'),
        ('kjoept_familiehjem', 'kjøp', 'familiehjem'), ('kjoept_senter', 'kjøp', 'senter_foreldre_barn')
),
listed AS (
    SELECT 'faktura' AS list_code, unit_code, CAST(service_year AS VARCHAR) AS year, measure_type_code,
        count(*) AS value,
        max(delivery_id) AS delivery_id, min(line_number) AS line_number
    FROM core.supplier_invoice_line
    GROUP BY unit_code, service_year, measure_type_code
    UNION ALL
    SELECT 'kjøp', unit_code, period, measure_type_code, sum(value), max(delivery_id), min(line_number)
    FROM core.bufetat_figure
    WHERE bufetat_figure_code = 'kjøp' AND period NOT LIKE '%-T%' AND value > 0
    GROUP BY unit_code, period, measure_type_code
),
denied AS (
    SELECT told.stem, told.unit_code, told.period, told.field_id, listed.list_code, sum(listed.value) AS listed_count,
        list(DISTINCT listed.measure_type_code ORDER BY listed.measure_type_code) AS measure_type_codes,
        max(listed.delivery_id) AS list_delivery_id, min(listed.line_number) AS list_line
    FROM core.form_value AS told
    INNER JOIN statement ON statement.field_id = told.field_id
    INNER JOIN listed
        ON listed.list_code = statement.list_code AND listed.measure_type_code = statement.measure_type_code
        AND listed.unit_code = told.unit_code AND listed.year = told.period
    WHERE told.stem = 'data_requests' AND told.status = 'ok' AND told.value = 0
    GROUP BY told.stem, told.unit_code, told.period, told.field_id, listed.list_code
)
SELECT placed.*, denied.measure_type_codes, denied.list_code, denied.listed_count, denied.list_line,
    list_delivery.file_name AS list_file
FROM denied
INNER JOIN placed
    ON placed.stem = denied.stem AND placed.unit_code = denied.unit_code AND placed.period = denied.period
    AND placed.field_id = denied.field_id
INNER JOIN register.delivery AS list_delivery ON list_delivery.delivery_id = denied.list_delivery_id
ORDER BY placed.unit_code, placed.period, placed.cell_number
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: no purchases told, and somebody was paid."""
    if row["list_code"] == "faktura":
        told, names, nouns = "fakturaene fra private har", "measure_type", ("fakturalinje", "fakturalinjer")
    else:
        told, names, nouns = "Bufetats egen liste har", "bufetat_measure_type", ("kjøp", "kjøp")
    listed = counted_text(row["listed_count"], *nouns)
    known = {line["measure_type_code"]: line["measure_type_name"].lower() for line in reference_rows(names)}
    measures = some([known[code] for code in row["measure_type_codes"]])
    return found_in(
        "VR21", row,
        f"Fant 0 i {place_text(row)} ({label_text(row)}), men {told} {listed} av {measures} for {row['period']} "
        f"({row['list_file']}, fra linje {row['list_line']}). Kontroller tallet, eller skriv i forklaringsfeltet om "
        f"det gjelder avtaler fra før.",
        found="0", expected=listed, indicators=indicators_of(row["stem"], [row["field_id"]]))


RULE = Rule("VR21", SELECT, judge)
