"""The rival must write what the platform writes, else its speed says nothing."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from assets.build import rebuild
from assets.intake import take_in, waiting_files
from assets.raw_loading import load_delivery, not_loaded
from warehouse.database import in_memory, reading, rows, writing
from warehouse.home import Home

SCRIPT = Path(__file__).with_name("plain_duckdb.py")
AS_OF = datetime(2019, 10, 1)
VALUES = ("SELECT indicator_id, unit_code, period, breakdown, value, status, basis FROM marts.indicator_value "
          "ORDER BY ALL")


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


def population() -> dict:
    ages = [f"{age:03}" for age in range(18)]
    return {"version": "2.0", "class": "dataset", "id": ["Region", "Alder", "Tid"], "size": [1, 18, 1],
            "dimension": {"Region": {"category": {"index": ["0627"]}}, "Alder": {"category": {"index": ages}},
                          "Tid": {"category": {"index": ["2018"]}}}, "value": list(range(100, 118))}


@pytest.fixture
def home(tmp_path):
    """A home whose inbox holds one small file of each kind, and no key figures."""
    from warehouse.reference_data import reference_rows

    grant = next(row["grant_name"] for row in reference_rows("grant_kind") if row["is_compensation"] == "true")
    for name, text in {**FILES, "befolkning.json": json.dumps(population())}.items():
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{grant}", grant), encoding="utf-8")
    return Home(tmp_path)


def rival(inbox: Path, root: Path) -> dict[str, float]:
    """Runs the script as a person would; its database is left where `reading` looks for a snapshot."""
    done = subprocess.run([sys.executable, str(SCRIPT), str(inbox), str(Home(root).snapshot), AS_OF.isoformat()],
                          capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_plain_script_gives_the_values_the_platform_gives(home, tmp_path):
    shutil.copytree(home.inbox, tmp_path / "same")
    with in_memory() as connection:
        outcomes = list(take_in(connection, home, waiting_files(home), AS_OF))
        assert [outcome.state for outcome in outcomes] == ["accepted"] * 5
        for delivery_id in not_loaded(connection):
            load_delivery(connection, home, delivery_id)
        rebuild(connection, AS_OF)
        ours = rows(connection, VALUES)
    rival(tmp_path / "same", tmp_path / "rival")
    with reading(Home(tmp_path / "rival")) as connection:
        assert rows(connection, VALUES) == ours
    assert {"E2-01", "E2-02", "G1-02", "G1-03"} <= {value[0] for value in ours}


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


def printed(name: str, seconds: dict[str, float]) -> str:
    steps = "\n".join(f"    {step:<36}{value:7.2f} s" for step, value in seconds.items())
    return f"{name}: {sum(seconds.values()):.2f} s\n{steps}"


@pytest.mark.benchmark
def test_a_refresh_of_the_demo_beside_one_plain_script(tmp_path, capsys):
    """Prints where the time goes, in seconds, and the ratio to the script; the claim tested is that both arrive at the same values."""
    from pipelines.commands.demo import write_new_deliveries
    from pipelines.progress import Progress
    from pipelines.refresh import STEP_COUNT, refresh

    home = Home(tmp_path / "home")
    write_new_deliveries(home)
    shutil.copytree(home.inbox, tmp_path / "same")
    summary = refresh(home, now=AS_OF, as_of=AS_OF, threshold=3, progress=Progress(STEP_COUNT, quiet=True))
    plain = rival(tmp_path / "same", tmp_path / "rival")
    parts = {**starts(), **by_themselves(home)}
    whole, script = sum(summary.seconds.values()), sum(plain.values())
    parts["Dagster: kjøringer og hendelseslogg (resten)"] = whole - sum(parts.values())
    with capsys.disabled():
        print(f"\n{summary.deliveries} leveranser, {summary.rows} rader, {os.cpu_count()} kjerner")
        print(printed("Oppdatering av demoen", summary.seconds))
        print(printed("Hvor tiden går", parts))
        print(printed("Rent DuckDB-skript, samme filer og tabeller", plain))
        print(f"Forhold: {whole / script:.1f} ganger skriptet")
    with reading(home) as ours, reading(Home(tmp_path / "rival")) as theirs:
        assert rows(ours, VALUES) == rows(theirs, VALUES)
