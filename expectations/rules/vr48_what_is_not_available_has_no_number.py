"""VR48: a number that is not available is missing with its reason, never 0. A property of our own tables.

Two ways it can break: a row of ours that says the number is missing and has one all the same, which is our own fault and
stops publication; and a rate or a price of 0 that nobody has confirmed, which a source has printed for a year it has no
number for.
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

TABLES = {"core.key_figure": ("year", "key_figure_code"), "core.form_value": ("period", "field_id"),
          "core.bufetat_figure": ("period", "bufetat_figure_code")}
MISSING = ("not_reported", "not_yet", "not_applicable")
# A count may be 0; what is divided by inhabitants or positions is not, where the service exists.
NEVER_ZERO = ("rate", "money")

_NUMBER_ALL_THE_SAME = "\nUNION ALL\n".join(f"""
SELECT '{name}' AS table_name, unit_code, CAST({period} AS VARCHAR) AS period, {code} AS number_code, status, value,
    NULL AS cell_number, delivery_id, NULL AS stem, NULL AS file_name
FROM {name}
WHERE status IN {MISSING} AND value IS NOT NULL""" for name, (period, code) in TABLES.items())

SELECT = f"""{_NUMBER_ALL_THE_SAME}
UNION ALL
SELECT NULL, figure.unit_code, CAST(figure.year AS VARCHAR), figure.key_figure_code, figure.status, figure.value,
    figure.cell_number, figure.delivery_id, 'kostra_statistics', delivery.file_name
FROM core.key_figure AS figure
INNER JOIN reference.key_figure AS kind ON kind.key_figure_code = figure.key_figure_code AND kind.kind IN {NEVER_ZERO}
INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
WHERE figure.status = 'ok' AND figure.value = 0 AND NOT figure.is_confirmed_zero
ORDER BY 1, 2, 3, 4
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding."""
    return _zero_for_missing(row) if row["table_name"] is None else _our_own(row)


def _zero_for_missing(row: Row) -> Finding:
    return found_in(
        "VR48", row,
        f"Fant 0 i {figure_text(row['number_code'])} for {row['period']}, value[{row['cell_number']}] i {row['file_name']}. Et "
        "forholdstall er ikke 0 i et år tjenesten finnes; trolig er tallet ikke tilgjengelig. Ventet tegnet for at det "
        "mangler («..»). Hent tabellen på nytt, eller før feilen inn i listen over rettelser.",
        cell=f"nøkkeltall {row['number_code']}", found="0", expected="..")


def _our_own(row: Row) -> Finding:
    number = format_number(row["value"], 1, pad=False)
    return found_in(
        "VR48", row,
        f"Fant {number} i {row['table_name']} ({row['number_code']}, {row['unit_code']}, {row['period']}), men statusen sier "
        f"at tallet mangler ({row['status']}). Tabellen er vår egen: ingenting publiseres før den er rettet.",
        level="kritisk_feil", cell=f"{row['table_name']}, {row['number_code']}", found=number, expected="uten tall")


RULE = Rule("VR48", SELECT, judge, is_graded=True)
