"""The rival must write what the platform writes, else its speed says nothing."""

import io
import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

import pytest

from assets.build import rebuild
from assets.demo import demo_deliveries
from assets.intake import take_in, waiting_files
from assets.provenance_marks import side_car_of
from assets.raw_loading import load_delivery, not_loaded
from assets.sources import reader_of
from warehouse.contracts import RAW, contract_of
from warehouse.database import Connection, in_memory, reading, rows, writing
from warehouse.home import Home

SCRIPT = Path(__file__).with_name("plain_duckdb.py")
AS_OF = datetime(2019, 10, 1)
SAME = {
    **{table.full_name: f"SELECT {', '.join(table.column_names)} FROM {table.full_name} ORDER BY ALL"
       for table in (*RAW, contract_of("marts", "indicator_value"))},
    "register.delivery_scope": "SELECT delivery_id, source_unit_code, period, dataset_code FROM register.delivery_scope "
                               "ORDER BY ALL",
}
"""What both must hold: every delivered row, what each delivery covers, every value."""

READINGS = 3
"""Times a reading is timed; the least disturbed one counts."""


def account_line(function: str, species: str, amount: int) -> str:
    return f"0A2018 062700{'':18}1{function:<4}{species}{amount:>9}"


FILES = {
    "0627/regnskap.dat": "\n".join([account_line("244", "010", 900), account_line("251", "300", 700),
                                    account_line("252", "700", -100), account_line("201", "010", 5000)]) + "\n",
    "0627/hovedbok.csv": "kommunenr;regnskapsaar;bilagsnr;bilagsdato;funksjon;art;ansvar;prosjekt;formaal_funksjon;"
                         "beloep_kr\n0627;2018;1;01.03.2018;285;300;4100;28516;252;250 000,50\n"
                         "0627;2018;2;2018-04-01;285;300;4100;28516;;100000\n",
    "tilskudd.csv": "kommunenr;aar;tilskudd;beloep_1000kr;engang\n0627;2018;{grant};300,5;nei\n",
    "satser.csv": "aar;tiltak;sats_kr_per_maaned;kilde\n2018;institusjon;68 340,00;rundskriv\n",
}
FROM_THE_DEMO = (
    "0627/tertialrapport_2018-T3.xlsx", "0627/dataforespoersel_2018.xlsx", "2012/leverandoerfakturaer_2018.csv",
    "bufetat_soer.csv", "undersoekelse_fosterforeldre_2019.csv", "tilsyn_2019.csv", "intervjuer_2019.qdpx",
    "kodebok_intervjuer.qdc")


def population() -> dict:
    ages = [f"{age:03}" for age in range(18)]
    return {"version": "2.0", "class": "dataset", "id": ["Region", "Alder", "Tid"], "size": [1, 18, 1],
            "dimension": {"Region": {"category": {"index": ["0627"]}}, "Alder": {"category": {"index": ages}},
                          "Tid": {"category": {"index": ["2018"]}}}, "value": list(range(100, 118))}


@pytest.fixture
def home(tmp_path):
    """A home whose inbox holds one small file of each kind, written here or taken from the demo, and no key figures."""
    from warehouse.reference_data import reference_rows

    grant = next(row["grant_name"] for row in reference_rows("grant_kind") if row["is_compensation"] == "true")
    for name, text in {**FILES, "befolkning.json": json.dumps(population())}.items():
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{grant}", grant), encoding="utf-8")
    for delivery in demo_deliveries():
        if delivery.path in FROM_THE_DEMO:
            path = tmp_path / "inbox" / delivery.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(delivery.content)
            side_car_of(path).write_bytes(delivery.provenance)
    return Home(tmp_path)


def rival(inbox: Path, root: Path) -> dict[str, float]:
    """Runs the script as a person would; its database is left where `reading` looks for a snapshot."""
    done = subprocess.run([sys.executable, str(SCRIPT), str(inbox), str(Home(root).snapshot), AS_OF.isoformat()],
                          capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def held(connection: Connection) -> dict[str, list[tuple]]:
    return {name: rows(connection, select) for name, select in SAME.items()}


def differences(theirs: dict[str, list[tuple]], ours: dict[str, list[tuple]]) -> list[tuple]:
    """Every pair of rows that is not equal but for the last bits of a sum (DuckDB's threads add in any order)."""
    assert theirs.keys() == ours.keys()
    return [(name, their, our) for name in ours for their, our in zip_longest(theirs[name], ours[name], fillvalue=())
            if len(their) != len(our) or not all(map(alike, their, our))]


def alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return one == other


def test_the_plain_script_gives_the_rows_and_values_the_platform_gives(home, tmp_path):
    shutil.copytree(home.inbox, tmp_path / "same")
    with in_memory() as connection:
        outcomes = list(take_in(connection, home, waiting_files(home), AS_OF))
        assert [outcome.state for outcome in outcomes] == ["accepted"] * (len(FILES) + 1 + len(FROM_THE_DEMO))
        for delivery_id in not_loaded(connection):
            load_delivery(connection, home, delivery_id)
        rebuild(connection, AS_OF)
        ours = held(connection)
    rival(tmp_path / "same", tmp_path / "rival")
    with reading(Home(tmp_path / "rival")) as connection:
        assert differences(held(connection), ours) == []
    assert [name for name, found in ours.items() if not found] == [
        "raw.kostra_statistics_cell", "raw.child_records_count"]
    assert {"A1-01", "E2-01", "E2-02", "G1-02", "G1-03"} <= {value[0] for value in ours["marts.indicator_value"]}


@pytest.mark.parametrize("other", [
    [("E2-01", "0627", None, 1.0 + 1e-9)], [("E2-01", "2012", None, 1.0)], [("E2-01", "0627", 0, 1.0)],
    [("E2-01", "0627", None, None)], [],
])
def test_another_value_is_seen_and_the_last_bit_of_a_sum_is_not(other):
    ours = {"marts.indicator_value": [("E2-01", "0627", None, 1.0)]}
    assert differences({"marts.indicator_value": [("E2-01", "0627", None, 1.0 + 1e-15)]}, ours) == []
    assert len(differences({"marts.indicator_value": other}, ours)) == 1


def start_of(statement: str) -> float:
    """The seconds of a new process that runs one statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True)
    return time.perf_counter() - start


def starts() -> dict[str, float]:
    """What it costs to be there at all: Python with the command line, and the two heavy libraries on top."""
    bare = start_of("import pipelines.command_line, warehouse.database")
    return {"start: kommandolinje og DuckDB": bare,
            "start: import av Dagster": start_of("import dagster") - bare,
            "start: import av Great Expectations": start_of("import great_expectations") - bare}


def by_themselves(home: Home) -> dict[str, float]:
    """The seconds of the parts of a refresh when nothing schedules them."""
    from assets.contract_checks import validate_contracts
    from assets.publication import publish
    from assets.register import accepted_deliveries

    seconds = {}
    with writing(home) as connection:
        deliveries = accepted_deliveries(connection)
        for name, work in (
            ("lesing til raw", lambda: [load_delivery(connection, home, number) for number in deliveries]),
            ("SQL", lambda: rebuild(connection, AS_OF)),
            ("Great Expectations", lambda: validate_contracts(connection)),
            ("skjerming, tabeller og nettsted", lambda: publish(connection, Home(home.root / "elsewhere"), 3)),
        ):
            start = time.perf_counter()
            work()
            seconds[name] = time.perf_counter() - start
    return seconds


def workbooks(inbox: Path) -> dict[str, float]:
    """The seconds to read every workbook: with our readers, and every sheet of it with python-calamine alone."""
    from python_calamine import CalamineWorkbook

    def alone(content: bytes) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    books = [(path.name, path.read_bytes()) for path in sorted(inbox.rglob("*.xlsx"))]
    readers = {"tertialrapport": reader_of("tertial_reports"), "dataforespoersel": reader_of("data_requests")}

    def with_ours() -> None:
        for name, content in books:
            readers[name.partition("_")[0]].read(content, name)

    return {f"{len(books)} arbeidsbøker, lesere med sikring og kontroll": least_seconds(with_ours),
            f"{len(books)} arbeidsbøker, python-calamine alene":
                least_seconds(lambda: [alone(content) for _, content in books])}


def least_seconds(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(READINGS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def printed(name: str, seconds: dict[str, float]) -> str:
    steps = "\n".join(f"    {step:<36}{value:7.2f} s" for step, value in seconds.items())
    return f"{name}: {sum(seconds.values()):.2f} s\n{steps}"


@pytest.mark.benchmark
def test_a_refresh_of_the_demo_beside_one_plain_script(tmp_path, capsys):
    """Prints where the time goes, in seconds, and the ratios; the claim tested is that both arrive at the same."""
    from pipelines.commands.demo import write_new_deliveries
    from pipelines.progress import Progress
    from pipelines.refresh import STEP_COUNT, refresh

    home = Home(tmp_path / "home")
    write_new_deliveries(home)
    shutil.copytree(home.inbox, tmp_path / "same")
    summary = refresh(home, now=AS_OF, as_of=AS_OF, threshold=3, progress=Progress(STEP_COUNT, quiet=True))
    plain = rival(tmp_path / "same", tmp_path / "rival")
    parts = {**starts(), **by_themselves(home)}
    books = workbooks(tmp_path / "same")
    whole, script = sum(summary.seconds.values()), sum(plain.values())
    parts["Dagster: kjøringer og hendelseslogg (resten)"] = whole - sum(parts.values())
    with capsys.disabled():
        print(f"\n{summary.deliveries} leveranser, {summary.rows} rader, {os.cpu_count()} kjerner")
        print(printed("Oppdatering av demoen", summary.seconds))
        print(printed("Hvor tiden går", parts))
        print(printed("Rent DuckDB-skript, samme filer og tabeller", plain))
        print(f"Forhold: {whole / script:.1f} ganger skriptet")
        for name, seconds in books.items():
            print(f"{name}: {seconds:.2f} s")
        ours_alone, calamine = books.values()
        print(f"Forhold: {ours_alone / calamine:.1f} ganger python-calamine")
    with reading(home) as ours, reading(Home(tmp_path / "rival")) as theirs:
        assert differences(held(theirs), held(ours)) == []
