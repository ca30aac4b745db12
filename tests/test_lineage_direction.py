"""SQL reads only the layers before its own; every table that is made has a contract, and every contract is made."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from assets.corrected_sql import written_out as corrections_written_out
from assets.sql_files import SQL_LAYERS, sql_tables
from expectations.rule import all_rules
from warehouse.contracts import BY_NAME, contract_of
from warehouse.database import in_memory, one, records
from warehouse.dictionary import indicator_table_name
from warehouse.reference_data import reference_rows
from warehouse.tables import create_table_sql

FOLDER = Path(__file__).resolve().parents[1] / "assets"
RANK = {"register": 0, "reference": 0, "raw": 1, "core": 2, "indicators": 3, "findings": 4, "marts": 5}
PLACEHOLDER = "{indicator_parts}"
ROW_MAKERS = {"unnest", "generate_series", "range"}
INDICATOR_NAMES = tuple(indicator_table_name(row["indicator_id"]) for row in reference_rows("indicator"))


@dataclass(frozen=True)
class Parsed:
    """One `.sql` file as DuckDB reads it: how many statements, the tables read, the table functions called."""

    statements: int
    reads: frozenset[tuple[str, str]]
    functions: frozenset[str]
    fault: str = ""


@pytest.fixture(scope="module")
def connection():
    with in_memory() as opened:
        for name in INDICATOR_NAMES:
            opened.execute(create_table_sql(contract_of("indicators", name)))
        yield opened


def sql_files() -> dict[str, str]:
    """Every file as `layer/name` -> text."""
    return {f"{layer}/{path.stem}": path.read_text(encoding="utf-8")
            for layer in SQL_LAYERS for path in sorted((FOLDER / layer).glob("*.sql"))}


def written_out(text: str) -> str:
    """The text with `{indicator_parts}` as the union of every indicator's table, and corrections written out."""
    parts = (f"SELECT '' AS indicator_id, part.* FROM indicators.{name} AS part" for name in INDICATOR_NAMES)
    return corrections_written_out(text).replace(PLACEHOLDER, " UNION ALL ".join(parts))


def parsed(connection, text: str) -> Parsed:
    answer = json.loads(one(connection, "SELECT json_serialize_sql(?)", [written_out(text)]))
    if answer["error"]:
        return Parsed(0, frozenset(), frozenset(), answer["error_message"])
    nodes = list(_nodes(answer["statements"]))
    named_queries = {entry["key"] for node in nodes for entry in (node.get("cte_map") or {}).get("map", ())}
    tables = {(node["schema_name"], node["table_name"]) for node in nodes if node.get("type") == "BASE_TABLE"}
    functions = {node["function"]["function_name"] for node in nodes if node.get("type") == "TABLE_FUNCTION"}
    return Parsed(len(answer["statements"]), frozenset(t for t in tables if t[0] or t[1] not in named_queries),
                  frozenset(functions))


def _nodes(tree) -> Iterator[dict]:
    if isinstance(tree, dict):
        yield tree
    for child in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _nodes(child)


def complaints(connection, files: Mapping[str, str]) -> list[str]:
    """What is wrong in the files, given as `layer/name` -> text."""
    known = {path: parsed(connection, text) for path, text in files.items()}
    found = [f"{path}: {said}" for path, file in known.items() for said in _complaints(path, files[path], file)]
    circle = {path: {f"core/{name}" for layer, name in file.reads if layer == "core"}
              for path, file in known.items() if path.startswith("core/")}
    try:
        TopologicalSorter(circle).prepare()
    except CycleError as error:
        found.append(f"ring i core: {' <- '.join(error.args[1])}")
    return found


def _complaints(path: str, text: str, file: Parsed) -> Iterator[str]:
    own = path.split("/")[0]
    if file.statements != 1:
        yield f"{file.statements} SELECT i stedet for én. {file.fault}"
    for layer, name in sorted(file.reads):
        if (layer, name) not in CONTRACTED:
            yield f"leser {layer}.{name}, som ingen kontrakt beskriver"
        elif RANK[layer] >= RANK[own] and not layer == own == "core":
            yield f"leser {layer}.{name}, som ikke ligger foran {own}"
    for function in sorted(file.functions - ROW_MAKERS):
        yield f"leser gjennom {function}, utenom varehuset"
    heading = _heading(text)
    yield from (f"sier ikke «{word}» øverst" for word in ("Grain:", "Leaves out:") if word not in heading)
    if PLACEHOLDER in text and own != "marts":
        yield f"{PLACEHOLDER} hører hjemme i marts"


def _heading(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(lines[:next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))])


CONTRACTED = {tuple(name.split(".")) for name in BY_NAME} | {("indicators", name) for name in INDICATOR_NAMES}


def test_our_sql_reads_only_layers_before_its_own_and_says_what_a_row_is(connection):
    files = sql_files()
    assert {path.split("/")[0] for path in files} == set(SQL_LAYERS)
    assert complaints(connection, files) == []


@pytest.mark.parametrize("layer", ["core", "marts"])
def test_every_contract_of_the_layer_has_its_file_and_every_file_its_contract(layer):
    contracts = {contract.name for contract in BY_NAME.values() if contract.schema == layer}
    assert {path.stem for path in (FOLDER / layer).glob("*.sql")} == contracts


def test_every_indicator_of_the_catalogue_has_its_file_and_every_file_its_indicator():
    assert {path.stem for path in (FOLDER / "indicators").glob("*.sql")} == set(INDICATOR_NAMES)


@pytest.mark.parametrize("path", sql_files())
def test_a_file_gives_the_columns_of_its_contract_and_runs_on_an_empty_warehouse(connection, path):
    layer, name = path.split("/")
    select = written_out(sql_files()[path])
    described = records(connection, f"DESCRIBE SELECT * FROM (\n{select}\n)")
    assert {row["column_name"] for row in described} == set(contract_of(layer, name).column_names)
    assert one(connection, f"SELECT count(*) FROM (\n{select}\n)") == 0


def test_dagster_is_told_of_the_same_tables_as_duckdb_reads(connection):
    told = {f"{table.schema}/{table.name}": set(table.reads) for layer in SQL_LAYERS for table in sql_tables(layer)}
    assert told == {path: set(parsed(connection, text).reads) for path, text in sql_files().items()}


HEADING = "-- Grain: one drawn row.\n-- Leaves out: nothing.\n"


@pytest.mark.parametrize(("files", "said"), [
    ({"core/unit_twice": "SELECT * FROM marts.indicator_value"}, "ikke ligger foran core"),
    ({"core/early": "SELECT * FROM indicators.g1_04"}, "ikke ligger foran core"),
    ({"indicators/g9_01": "SELECT * FROM indicators.g1_04"}, "ikke ligger foran indicators"),
    ({"marts/second": "SELECT 1 WHERE EXISTS (SELECT 1 FROM marts.indicator_value)"}, "ikke ligger foran marts"),
    ({"core/early": "WITH a AS (SELECT * FROM findings.finding) SELECT * FROM a"}, "ikke ligger foran core"),
    ({"core/drawn": "SELECT * FROM raw.hemmelighet"}, "ingen kontrakt"),
    ({"core/drawn": "SELECT * FROM account_line"}, "ingen kontrakt"),
    ({"core/drawn": "SELECT * FROM 'regnskap.csv'"}, "ingen kontrakt"),
    ({"core/drawn": "SELECT * FROM read_csv('regnskap.csv')"}, "utenom varehuset"),
    ({"core/drawn": "SELECT 1; SELECT 2"}, "2 SELECT"),
    ({"core/drawn": "DELETE FROM raw.ledger_line"}, "0 SELECT"),
    ({"core/drawn": "SELEC 1"}, "0 SELECT"),
    ({"core/drawn": ""}, "0 SELECT"),
    ({"core/drawn": "SELECT * FROM ({indicator_parts}) AS part"}, "ikke ligger foran core"),
    ({"core/grant_line": "SELECT * FROM core.key_figure", "core/key_figure": "SELECT * FROM core.grant_line"},
     "ring i core"),
    ({"core/grant_line": "SELECT * FROM core.grant_line"}, "ring i core"),
])
def test_lineage_broken_on_purpose_is_complained_about(connection, files, said):
    found = complaints(connection, {path: HEADING + text for path, text in files.items()})
    assert found and any(said in complaint for complaint in found)


@pytest.mark.parametrize("heading", ["", "-- Grain: one row.\n", "-- Leaves out: nothing.\n",
                                     "-- En rad.\n\n-- Grain: x Leaves out: y\n"])
def test_a_file_that_does_not_say_its_grain_and_what_it_leaves_out_is_complained_about(connection, heading):
    found = complaints(connection, {"core/drawn": heading + "SELECT * FROM raw.ledger_line"})
    assert found and all("øverst" in complaint for complaint in found)


@pytest.mark.parametrize("text", [
    "SELECT * FROM raw.ledger_line INNER JOIN reference.unit ON TRUE",
    "SELECT * FROM register.clock, core.key_figure",
    "WITH core_line AS (SELECT * FROM raw.ledger_line) SELECT * FROM core_line",
    "SELECT * FROM generate_series(2013, 2018) AS years (year), unnest([1, 2])",
    "SELECT 1 UNION ALL SELECT 2",
])
def test_an_innocent_file_is_not_complained_about(connection, text):
    assert complaints(connection, {"core/drawn": HEADING + text}) == []


def test_marts_may_read_findings_and_every_indicator(connection):
    text = "SELECT * FROM findings.finding, ({indicator_parts}) AS part"
    assert complaints(connection, {"marts/drawn": HEADING + text}) == []


# Rules across deliveries

READ_BY_RULES = {"register", "reference", "raw", "core", "indicators"}


def rule_complaints(connection, rule_id: str, select: str) -> list[str]:
    """What is wrong in a rule's SELECT: it is judged before findings and marts exist."""
    file = parsed(connection, select)
    found = [] if file.statements == 1 else [f"{rule_id}: {file.statements} SELECT i stedet for én. {file.fault}"]
    found += [f"{rule_id}: leser {layer}.{name}" for layer, name in sorted(file.reads)
              if layer not in READ_BY_RULES or (layer, name) not in CONTRACTED]
    return found + [f"{rule_id}: leser gjennom {function}" for function in sorted(file.functions - ROW_MAKERS)]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.rule_id)
def test_a_rule_reads_nothing_that_is_made_after_it_is_judged_and_runs_on_an_empty_warehouse(connection, rule):
    assert rule_complaints(connection, rule.rule_id, rule.select) == []
    assert records(connection, rule.select) == []


@pytest.mark.parametrize("select", [
    "SELECT * FROM findings.finding", "SELECT * FROM marts.indicator_value", "SELECT * FROM core.hemmelighet",
    "SELECT * FROM key_figure", "SELECT * FROM read_csv('tall.csv')", "SELECT 1; SELECT 2", "DELETE FROM core.key_figure"])
def test_a_rule_that_reads_what_it_must_not_is_complained_about(connection, select):
    assert rule_complaints(connection, "VR99", select) != []
