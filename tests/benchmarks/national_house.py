"""A house of national size: the demo's three municipalities 119 times over, with accounts for twenty years.

Everything that belongs to a unit or a delivery is copied under codes and numbers of its own, so that every rule has as
much to judge as it would have from 357 municipalities; the copies, like the demo, are constructed. Years of accounts the
demo does not have are drawn (`national_accounts`). Constraints are left out: nothing here is written by the platform.
"""

from expectations.rule import all_rules
from tests.benchmarks.national_accounts import FIRST_YEAR, MUNICIPALITIES, YEARS
from warehouse.database import Connection, one, rows

COPIES = MUNICIPALITIES // 3
LAYERS = ("core", "register", "reference", "raw", "indicators")
DRAWN_INSTEAD = "raw.kostra_accounts_line"
CODES = frozenset(("unit_code", "source_unit_code", "source_municipality_code", "bufetat_region_code",
                   "host_municipality_code", "guest_municipality_code"))
NUMBERS_APART = 100_000
"""Between the delivery numbers of one copy and the next; the drawn accounts are delivered below the first."""

DRAWN = f"""
INSERT INTO core.account_line BY NAME
WITH numbered AS (
    SELECT unit_code, 7000 + row_number() OVER (ORDER BY unit_code) - 1 AS code
    FROM reference.unit WHERE unit_type = 'municipality'
)
SELECT unit_code, CAST(code AS VARCHAR) AS source_municipality_code, accounting_year, account_class, function_code,
    species_code, amount_thousand_nok, false AS is_internal, delivery_id, line_number
FROM raw.kostra_accounts_line INNER JOIN numbered ON code = 7000 + (delivery_id - 1) // {YEARS}
WHERE accounting_year NOT BETWEEN 2015 AND 2018 AND accounting_year BETWEEN {FIRST_YEAR} AND {FIRST_YEAR + YEARS - 1}
"""
WHOLE_YEARS = """
INSERT INTO core.complete_year BY NAME SELECT DISTINCT unit_code, accounting_year FROM core.account_line
EXCEPT SELECT unit_code, accounting_year FROM core.complete_year
"""


def make_national(connection: Connection) -> dict[str, int]:
    """Turns the demo's tables into national ones, with the accounts that `fill_accounts` has put into raw.

    Returns the number of rows of core by table, the largest first.
    """
    for layer, name in rows(connection, "SELECT table_schema, table_name FROM information_schema.tables "
                            "WHERE table_catalog = current_database() AND list_contains(?, table_schema)", [list(LAYERS)]):
        table = f"{layer}.{name}"
        if table != DRAWN_INSTEAD and (layer != "indicators" or any(table in rule.select for rule in all_rules())):
            _multiply(connection, table)
    connection.execute(DRAWN)
    connection.execute(WHOLE_YEARS)
    counts = {f"{layer}.{name}": one(connection, f"SELECT count(*) FROM {layer}.{name}") for layer, name in rows(
        connection, "SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema = 'core'")}
    return dict(sorted(counts.items(), key=lambda entry: -entry[1]))


def _multiply(connection: Connection, table: str) -> None:
    schema, name = table.split(".")
    columns = {column for (column,) in rows(
        connection, "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?",
        [schema, name])}
    own = [f"CASE WHEN copy = 0 THEN {column} ELSE {column} || '-' || copy END AS {column}"
           for column in sorted(columns & CODES)]
    if "delivery_id" in columns:
        own.append(f"delivery_id + (copy + 1) * {NUMBERS_APART} AS delivery_id")
    if own:
        connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT table_.* REPLACE ({', '.join(own)}) "
                           f"FROM {table} AS table_ CROSS JOIN (SELECT unnest(range({COPIES})) AS copy)")
