"""The rival of a refresh: one plain script that reads the same files with DuckDB and writes the same tables.

No register of refusals, no rules, no contracts held, no lock, no release: what the platform's care costs is the
difference. It runs the platform's own SELECTs, so that the two can only differ in how rows get in. Lines and cubes are
loaded here; workbooks and interviews become rows in `plain_reports.py`.

python plain_duckdb.py INBOX DATABASE AS_OF  (prints the seconds of each step as JSON)
"""

import csv
import hashlib
import itertools
import json
import re
import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
from plain_reports import form_of, form_rows, interview_rows, is_interviews, is_workbook

from warehouse.contracts import REFERENCE
from warehouse.dictionary import every_table
from warehouse.reference_data import reference_path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
HEADINGS = {"bilagsnr": "ledger", "beloep_1000kr": "grants", "sats_kr_per_maaned": "rates",
            "avtale_id": "supplier_invoices", "endring_fra_2015": "bufetat", "spoersmaal_id": "surveys",
            "alvor": "supervision"}
DATA_SETS = ("population", "kostra_statistics")
DIMENSIONS = {"Alder": "age_code", "Indikator": "key_figure_code"}
NUMBER = "CAST(replace(replace(replace({0}, ' ', ''), chr(160), ''), ',', '.') AS {1})"
DATE = "CAST(try_strptime({0}, ['%d.%m.%Y', '%Y-%m-%d']) AS DATE)"
SIGN = "{0} IN ('.', '..', '...', ':', '-')"
LINES = {
    "ledger": "kommunenr, CAST(regnskapsaar AS INTEGER), bilagsnr, " + DATE.format("{bilagsdato}") + ", funksjon, art, "
              "{ansvar}, prosjekt, {formaal_funksjon}, {fakturanr}, {leverandoer_orgnr}, {tekst}, "
              + NUMBER.format("beloep_kr", "DECIMAL(15, 2)") + ", {omraade}",
    "grants": "kommunenr, CAST(aar AS INTEGER), tilskudd, " + NUMBER.format("beloep_1000kr", "DOUBLE")
              + ", lower(engang) = 'ja'",
    "rates": "CAST(aar AS INTEGER), tiltak, " + NUMBER.format("sats_kr_per_maaned", "DECIMAL(12, 2)") + ", {kilde}",
    "supplier_invoices":
        "kommunenr, fakturanr, {leverandoer_orgnr}, {leverandoer_navn}, {leverandoer_eierform}, tiltakstype, {eier}, "
        "{avtale_id}, " + ", ".join(DATE.format(name) for name in ("periode_fra", "periode_til")) + ", "
        + NUMBER.format("antall_maaneder", "DOUBLE") + ", CAST({antall_doegn} AS INTEGER), CAST({voksne} AS INTEGER), "
        "CAST({barn} AS INTEGER), " + ", ".join(NUMBER.format(name, "DECIMAL(15, 2)") for name in (
            "beloep_kr", "{egenandel_kr}")) + ", CAST({bokfoert_aar} AS INTEGER)",
    "bufetat":
        "CASE region WHEN 'nord' THEN 'R-NORD' WHEN 'sør' THEN 'R-SOR' END, {kommunenr}, CAST(aar AS INTEGER), "
        "CAST(tertial AS INTEGER), {post}, maal, {tiltakstype}, CASE WHEN verdi = '-' THEN 0 WHEN NOT "
        + SIGN.format("verdi") + " THEN " + NUMBER.format("verdi", "DOUBLE") + " END, CASE WHEN " + SIGN.format("verdi")
        + " THEN verdi END, enhet, CASE WHEN {endring_fra_2015} = '-' THEN 0 WHEN NOT "
        + SIGN.format("{endring_fra_2015}") + " THEN " + NUMBER.format("{endring_fra_2015}", "DOUBLE") + " END",
    "surveys": "undersoekelse, CAST(aar AS INTEGER), kommunenr, spoersmaal_id, svar, CAST(antall AS INTEGER), "
               "CAST(n AS INTEGER)",
    "supervision": "kommunenr, " + DATE.format("dato") + ", tilsyn, forhold, CAST(antall AS INTEGER), {alvor}",
}
"""The columns of each raw table in order; a name in braces is a column that need not be there."""

ACCOUNTS = """
    WITH line AS (
        SELECT unnest(string_split(content, chr(10))) AS text, generate_subscripts(string_split(content, chr(10)), 1) AS n
        FROM read_text(?)
    )
    SELECT ?, n, text[1:2], CAST(text[3:6] AS INTEGER), nullif(text[7:7], ' '), text[8:13], nullif(trim(text[14:22]), ''),
        nullif(trim(text[23:31]), ''), text[32:32], rtrim(text[33:36]), text[37:39], CAST(trim(text[40:48]) AS DOUBLE)
    FROM line WHERE text <> ''"""
_FORM = "municipality_code", "period", "''"
SCOPES = {
    "kostra_accounts": ("kostra_accounts_line", "region_code[1:4]", "accounting_year || coalesce('-K' || quarter, '')",
                        "''"),
    "ledger": ("ledger_line", "municipality_code", "accounting_year", "''"),
    "grants": ("grants_line", "municipality_code", "year", "''"),
    "rates": ("rates_line", "'EAK'", "year", "''"),
    "population": ("population_cell", "region_code", "year", "''"),
    "kostra_statistics": ("kostra_statistics_cell", "region_code", "year", "''"),
    "supplier_invoices": ("supplier_invoices_line", "municipality_code", "year(service_from)", "''"),
    "bufetat": ("bufetat_line", "coalesce(municipality_code, bufetat_region_code)",
                "year || coalesce('-T' || tertial_number, '')", "bufetat_figure_code"),
    "surveys": ("surveys_line", "municipality_code", "year", "survey_code"),
    "supervision": ("supervision_line", "municipality_code", "year(supervision_date)", "supervision_name"),
    "tertial_reports": ("tertial_reports_cell", *_FORM),
    "data_requests": ("data_requests_cell", *_FORM),
    "interview_codings": ("interview_codings_coding", "'FORSOK'", "coalesce(interview_year, 2016)",
                          "CASE record_kind WHEN 'code' THEN 'codebook' ELSE '' END"),
}
"""Each source's raw table, and how its unit, period and data set are written in the register."""


def stem_of(content: bytes) -> str:
    """Content decides, as in the platform."""
    if is_workbook(content):
        return form_of(content)
    if is_interviews(content):
        return "interview_codings"
    if content.lstrip()[:1] == b"{":
        return "population" if "Alder" in json.loads(content)["id"] else "kostra_statistics"
    first = content.split(b"\n", 1)[0].decode("iso-8859-1")
    return next((stem for heading, stem in HEADINGS.items() if heading in first), "kostra_accounts")


def encoding_of(content: bytes) -> str:
    """UTF-8 where it can be, else ISO-8859-1; both occur."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table without any constraint; reference tables filled from their CSV."""
    for contract in every_table():
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {contract.schema}")
        columns = ", ".join(f"{column.name} {column.type}" for column in contract.columns)
        connection.execute(f"CREATE TABLE {contract.full_name} ({columns})")
    for contract in REFERENCE:
        select = ", ".join(f"CAST({column.name} AS {column.type})" for column in contract.columns)
        connection.execute(f"INSERT INTO {contract.full_name} SELECT {select} FROM read_csv(?, header = true, "
                           "all_varchar = true, delim = ',', quote = '\"', escape = '\"')",
                           [str(reference_path(contract.name))])


def load(connection: duckdb.DuckDBPyConnection, delivery_id: int, path: Path, content: bytes, as_of: str) -> None:
    """One file into its raw table and the register."""
    stem = stem_of(content)
    if stem == "kostra_accounts":
        connection.execute("INSERT INTO raw.kostra_accounts_line" + ACCOUNTS, [str(path), delivery_id])
    elif stem in LINES:
        load_delimited(connection, delivery_id, stem, path, content)
    elif stem in DATA_SETS:
        load_cells(connection, delivery_id, stem, json.loads(content))
    else:
        load_rows(connection, delivery_id, stem, content)
    connection.execute("INSERT INTO register.delivery VALUES (?, ?, ?, ?, 'accepted', NULL, ?, NULL, NULL, NULL, NULL)",
                       [delivery_id, hashlib.sha256(content).hexdigest(), stem, as_of, path.name])
    table, unit, period, data_set = SCOPES[stem]
    told = {"population": " AND value > 0", "kostra_statistics": " AND (value IS NOT NULL OR status_sign <> '.')"}
    connection.execute(f"INSERT INTO register.delivery_scope SELECT DISTINCT delivery_id, {unit}, "
                       f"CAST({period} AS VARCHAR), {data_set}, 1 FROM raw.{table} WHERE delivery_id = {delivery_id}{told.get(stem, '')}")
    side_car = path.with_name(path.name + ".provenance.json")
    if side_car.exists():
        pieces = json.loads(side_car.read_bytes())["pieces"]
        connection.executemany("INSERT INTO register.provenance VALUES (?, ?, ?, ?, ?)", [
            [delivery_id, p["place_from"], p["place_to"], p["basis"], p["fact_id"]] for p in pieces])


def load_delimited(connection: duckdb.DuckDBPyConnection, delivery_id: int, stem: str, path: Path, content: bytes) -> None:
    encoding = encoding_of(content)
    present = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode(encoding).strip().split(";")
    optional = {name: name if name in present else "NULL" for name in re.findall(r"{(\w+)}", LINES[stem])}
    connection.execute(
        f"INSERT INTO raw.{stem}_line SELECT {delivery_id}, 1 + row_number() OVER (), {LINES[stem].format(**optional)} "
        f"FROM read_csv(?, delim = ';', header = true, all_varchar = true, encoding = '{encoding}')", [str(path)])


def load_rows(connection: duckdb.DuckDBPyConnection, delivery_id: int, stem: str, content: bytes) -> None:
    if stem == "interview_codings":
        found = interview_rows(content, {(name, year): code for code, name, first, last in connection.execute(
            "SELECT source_municipality_code, municipality_name, valid_from_year, valid_to_year "
            "FROM reference.municipality_code").fetchall() for year in range(first, min(last, 2100) + 1)})
    else:
        found = form_rows(content, form_fields(stem))
    names = dict.fromkeys(name for row in found for name in row)
    connection.register("found", pa.table({name: [row.get(name) for row in found] for name in names}))
    connection.execute(f"INSERT INTO raw.{SCOPES[stem][0]} BY NAME SELECT {delivery_id} AS delivery_id, * FROM found")


def form_fields(stem: str) -> dict[str, tuple[int, str]]:
    """The number and kind of each field of a form, from the catalogue."""
    with reference_path("form_field").open(encoding="utf-8", newline="") as file:
        fields = [row for row in csv.DictReader(file) if row["stem"] == stem]
    return {row["field_id"]: (number, row["field_kind"]) for number, row in enumerate(fields, 1)}


def load_cells(connection: duckdb.DuckDBPyConnection, delivery_id: int, stem: str, cube: dict) -> None:
    axes = [list(cube["dimension"][name]["category"]["index"]) for name in cube["id"]]
    keys = dict(zip(cube["id"], zip(*itertools.product(*axes)), strict=True))
    places = range(len(keys["Region"]))
    values, signs = ([_at(cube.get(part) or {}, place) for place in places] for part in ("value", "status"))
    own = next(column for name, column in DIMENSIONS.items() if name in keys)
    named = "" if stem == "population" else "'folgeeval:nokkeltall', "
    columns = "delivery_id, cell_number, region_code, " + ("dataset_code, " if named else "") + own
    connection.execute(
        f"INSERT INTO raw.{stem}_cell ({columns}, year, value, status_sign) "
        f"SELECT {delivery_id}, unnest(?), unnest(?), {named}unnest(?), unnest(?), unnest(?), unnest(?)",
        [list(places), keys["Region"], keys["Alder" if own == "age_code" else "Indikator"],
         [int(year) for year in keys["Tid"]], values, signs])


def _at(part: list | dict, place: int):
    return part[place] if isinstance(part, list) else part.get(str(place))


def build(connection: duckdb.DuckDBPyConnection, as_of: str) -> None:
    """Every SELECT of core, indicators and marts; one that reads a table not yet made waits for the next round."""
    connection.execute("INSERT INTO register.clock VALUES (?)", [as_of])
    names = [path.stem for path in sorted((ASSETS / "indicators").glob("*.sql"))]
    union = " UNION ALL ".join(
        f"SELECT '{name.upper().replace('_', '-')}' AS indicator_id, * FROM indicators.{name}" for name in names)
    waiting = [path for layer in ("core", "indicators", "marts") for path in sorted((ASSETS / layer).glob("*.sql"))]
    while waiting:
        path = next(path for path in waiting if not any(_table_of(other) in path.read_text(encoding="utf-8")
                                                        for other in waiting if other != path))
        select = _without_corrections(path.read_text(encoding="utf-8")).replace("{indicator_parts}", union)
        connection.execute(f"INSERT INTO {_table_of(path)} BY NAME {select}")
        waiting.remove(path)


def _without_corrections(select: str) -> str:
    """The demo has no corrections: the raw table itself, and no place."""
    select = re.sub(r"\{corrected:([a-z_]+)\}", r"raw.\1", select)
    return select.replace("{correction_places}", "SELECT '' AS correction_id, 0 AS delivery_id, 0 AS place_number, "
                          "'' AS delivered_text, FALSE AS is_number WHERE FALSE")


def _table_of(path: Path) -> str:
    return f"{path.parent.name}.{path.stem}"


def main(inbox: Path, database: Path, as_of: str) -> dict[str, float]:
    marks = [time.perf_counter()]
    database.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(database))
    connection.execute("BEGIN")
    make_tables(connection)
    marks.append(time.perf_counter())
    files = sorted(path for path in inbox.rglob("*") if path.is_file() and not path.name.endswith(".provenance.json"))
    for delivery_id, path in enumerate(files, 1):
        load(connection, delivery_id, path, path.read_bytes(), as_of)
    marks.append(time.perf_counter())
    build(connection, as_of)
    connection.execute("COMMIT")
    connection.close()
    marks.append(time.perf_counter())
    return dict(zip(("tables", "reading", "SQL"), (b - a for a, b in itertools.pairwise(marks)), strict=True))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
