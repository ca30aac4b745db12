"""The deliveries as a whole: same bytes each time, cheap to make, accepted by the readers, every place marked."""

import hashlib
import io
import json
import subprocess
import sys
from collections import Counter

import pytest
from python_calamine import load_workbook

from assets.demo import demo_deliveries
from assets.sources import recognise
from expectations.kostra_accounts import check_accounts
from warehouse.reference_data import reference_rows

PATHS = [file.path for file in demo_deliveries()]
STEM_OF = {"kostra": "kostra_accounts", "hovedbok": "ledger", "tilskudd.csv": "grants", "befolkning": "population",
           "egenandelssatser.csv": "rates", "nokkeltall": "kostra_statistics", "bufetat": "bufetat",
           "undersoekelse": "surveys", "tilsyn": "supervision",
           "leverandoerfakturaer": "supplier_invoices", "intervjuer": "interview_codings",
           "kodebok": "interview_codings", "tertialrapport": "tertial_reports", "dataforespoersel": "data_requests"}
BASES = {"published", "constrained", "constructed"}
HEAVY = ("pandas", "pyarrow", "numpy", "duckdb", "dagster", "great_expectations")


def places_of(file):
    """How many lines or cells a file has, and the first one's number."""
    if file.path.endswith(".json"):
        return json.loads(file.content)["size"], 0
    if file.path.endswith(".qdpx"):  # each interview, and the code beside the direction on each stretch
        return [file.content.count(b"<TextSource ") + file.content.count(b"<PlainTextSelection ")], 0
    if file.path.endswith(".qdc"):  # the three directions are no codes of their own
        return [file.content.count(b'isCodable="true"') - 3], 0
    if file.path.endswith(".xlsx"):  # the hidden table names one field a row, after five rows of its own
        return [len(load_workbook(io.BytesIO(file.content)).get_sheet_by_name("_skjema").to_python()) - 5], 1
    line_count = file.content.count(b"\n")
    return ([line_count], 1) if file.path.endswith(".dat") else ([line_count - 1], 2)


@pytest.mark.parametrize("path", PATHS)
def test_the_side_car_marks_every_place_once_and_in_order(files, path):
    sizes, first = places_of(files[path])
    count = 1
    for size in sizes:
        count *= size
    marks = json.loads(files[path].provenance)
    pieces = marks["pieces"]
    assert marks["constructed_demo"] is True
    assert pieces[0]["place_from"] == first and pieces[-1]["place_to"] == first + count - 1
    assert all(after["place_from"] == before["place_to"] + 1 for before, after in zip(pieces, pieces[1:]))
    assert all(piece["place_from"] <= piece["place_to"] and piece["basis"] in BASES for piece in pieces)


def test_constructed_pieces_name_no_fact_and_constrained_ones_do(files):
    for file in files.values():
        for piece in json.loads(file.provenance)["pieces"]:
            assert piece["basis"] != "constructed" or piece["fact_id"] is None
            assert piece["basis"] != "constrained" or piece["fact_id"]


def test_facts_are_printed_figures_of_the_report(files):
    printed = {row["fact_id"] for row in reference_rows("published_figure")}
    named = {piece["fact_id"] for file in files.values() for piece in json.loads(file.provenance)["pieces"]} - {None}
    in_table = {row["fact_id"] for row in reference_rows("demo_targets")} - {""}
    assert named <= printed and in_table <= printed


def test_printed_grants_are_published_and_constructed_ones_are_not(files):
    lines = files["tilskudd.csv"].content.decode("utf-8-sig").splitlines()
    facts = {}
    for piece in json.loads(files["tilskudd.csv"].provenance)["pieces"]:
        for number in range(piece["place_from"], piece["place_to"] + 1):
            facts[lines[number - 1]] = piece["fact_id"]
    assert facts["2012;2018;kompensasjon;25500;nei"] == "AL091"
    assert facts["0729;2018;kompensasjon;28700;nei"] == "FA066"
    assert facts["0627;2018;kompensasjon;21100;nei"] == "RO064"
    assert facts["0722;2016;administrasjon;2750;ja"] == "FA004"
    assert sum(fact is None for fact in facts.values()) == 6


def test_key_figure_cells_carry_the_fact_of_their_own_table_row_unit_and_year(files):
    document = json.loads(files["nokkeltall_kommuner.json"].content)
    codes, years = document["dimension"]["Indikator"]["category"]["index"], 6
    place = (document["dimension"]["Region"]["category"]["index"]["0729"] * len(codes) + codes["15"]) * years + 3
    piece = next(piece for piece in json.loads(files["nokkeltall_kommuner.json"].provenance)["pieces"]
                 if piece["place_from"] <= place <= piece["place_to"])
    assert (piece["basis"], piece["fact_id"]) == ("published", "T10R15-0729-2016")


@pytest.mark.parametrize("path", PATHS)
def test_every_file_is_read_whole_by_the_reader_of_its_source(files, path):
    name = path.rpartition("/")[2]
    stem = STEM_OF[name.partition("_")[0]]
    reader = recognise(files[path].content, name)
    reading = reader.read(files[path].content, name)
    sizes, _ = places_of(files[path])
    expected = 1
    for size in sizes:
        expected *= size
    assert reader.STEM == stem
    assert reading.rows.num_rows == expected
    assert {finding.level for finding in reading.findings} <= {"informasjon"}


@pytest.mark.parametrize("path", [path for path in PATHS if path.endswith(".dat")])
def test_the_accounts_rules_find_nothing_but_the_lines_filed_twice(files, path):
    name = path.rpartition("/")[2]
    rows = recognise(files[path].content, name).read(files[path].content, name).rows.to_pylist()
    findings = check_accounts(rows, file=name, form="0A", year=int(path[-8:-4]), quarter="", region=path[:4])
    assert {finding.rule_id for finding in findings} <= {"R015"}


def in_another_process(expression):
    """The value of an expression over the deliveries, worked out in a process with another hash seed."""
    script = f"import hashlib, sys; from assets.demo import demo_deliveries; print({expression})"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True,
                          env={"PYTHONHASHSEED": "7"}).stdout.strip()


def test_another_process_writes_the_same_bytes(files):
    told = in_another_process("hashlib.sha256(b''.join(f.path.encode() + f.content + f.provenance "
                              "for f in demo_deliveries())).hexdigest()")
    here = b"".join(file.path.encode() + file.content + file.provenance for file in demo_deliveries())
    assert told == hashlib.sha256(here).hexdigest()


def test_all_but_the_workbooks_are_made_without_heavy_libraries():
    made = "sum(len(f.provenance if f.path.endswith('.xlsx') else f.content) for f in demo_deliveries()) > 0"
    assert in_another_process(f"{made}, [name for name in {HEAVY!r} if name in sys.modules]") == "True []"


def test_paths_are_unique_and_municipal_files_lie_in_their_senders_folder():
    assert len(set(PATHS)) == len(PATHS)
    folders = Counter(path.partition("/")[0] for path in PATHS if "/" in path)
    assert folders == {"2012": 22, "0627": 20, "0722": 12, "0723": 6, "0729": 9}


def test_each_target_stands_once():
    keys = Counter((row["source_municipality_code"] or row["unit_code"], row["year"], row["component"])
                   for row in reference_rows("demo_targets"))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("unit", ["2012", "0729", "0627"])
def test_the_tables_control_sums_are_the_sums_of_its_parts(unit):
    rows = {(row["component"], row["year"]): int(row["amount"]) for row in reference_rows("demo_targets")
            if row["unit_code"] == unit and not row["source_municipality_code"]
            and row["component"].startswith(("net", "trial"))}
    for year in ("2015", "2016", "2017", "2018"):
        trial = sum(rows.get((f"trial:{purpose}", year), 0) for purpose in ("244", "251", "252", "unsplit"))
        assert trial == rows.get(("trial_total", year), 0)
        ordinary = sum(rows[f"net:{function}", year] for function in ("244", "251", "252"))
        assert ordinary + trial == rows["net_total", year]


def test_the_rates_are_the_announced_ones_and_unknown_years_are_absent(files):
    lines = files["egenandelssatser.csv"].content.decode().splitlines()
    assert lines[0] == "aar;tiltak;sats_kr_per_maaned;kilde"
    assert "2018;institusjon;70320;delrapport 4 fotnote 64" in lines
    assert {line[:4] for line in lines[1:]} == {"2014", "2015", "2016", "2017", "2018"}
