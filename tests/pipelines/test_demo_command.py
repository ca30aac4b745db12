"""The demo home as `folgeeval demo` leaves it: the report's totals out of delivered files, traced and published."""

import csv
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from assets.demo import DemoDelivery
from assets.intake import take_in, waiting_files
from pipelines import fingerprint
from pipelines.command_line import main
from pipelines.commands.demo import write_new_deliveries
from pipelines.settings import DEMO_CLOCK
from warehouse.database import one, reading, rows, take_snapshot, writing

DELIVERIES = Path(__file__).parents[1] / "deliveries"
SOURCES = {"kostra_accounts": 15, "ledger": 15, "grants": 1, "rates": 1, "population": 1, "kostra_statistics": 2,
           "bufetat": 2, "surveys": 2, "supervision": 1, "supplier_invoices": 3, "interview_codings": 2,
           "tertial_reports": 24, "data_requests": 12}


def as_json(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    return code, json.loads(capsys.readouterr().out)


# Net gain 2018, mill NOK: Alta −9.4, Færder +4.9, Røyken −1.4 (economics chapter of the fourth report).
@pytest.mark.parametrize(("unit", "printed"), [("2012", -9.4), ("0729", 4.9), ("0627", -1.4)])
def test_the_net_gain_of_2018_comes_out_as_printed(capsys, demo_home, unit, printed):
    code, (year, total) = as_json(
        capsys, "indicators", "--home", demo_home.root, "--id", "G1-04", "--unit", unit, "--period", "2018", "--json")
    assert code == 0 and (year["breakdown"], total["breakdown"]) == ("", "accumulation=since_2016")
    assert round(year["value"], 1) == printed and year["unit"] == "mill NOK"


def test_the_net_gain_is_published_as_it_was_computed(demo_home):
    with (demo_home.current / "tables" / "indicator_value.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["unit_code"]: row["value"] for row in csv.DictReader(file, delimiter=";")
                if (row["indicator_id"], row["period"], row["breakdown"]) == ("G1-04", "2018", "")}
    assert {unit: round(float(value), 1) for unit, value in told.items()} == {"2012": -9.4, "0729": 4.9, "0627": -1.4}


def test_reproduce_finds_nothing_wrong_and_nothing_uncertain(capsys, demo_home):
    code, verdicts = as_json(capsys, "reproduce", "--home", demo_home.root, "--json")
    counts = Counter(verdict["verdict"] for verdict in verdicts)
    assert code == 0 and counts["reproduced"] >= 778
    assert (counts["wrong"], counts["uncertain"]) == (0, 0)
    assert [verdict["fact_id"] for verdict in verdicts if verdict["missing"].startswith("warehouse")] == []


def test_every_file_of_the_demo_is_accepted_in_force_and_marked(demo_home):
    with reading(demo_home) as connection:
        by_source = dict(rows(connection, "SELECT stem, count(*) FROM register.delivery "
                              "WHERE delivery_state = 'accepted' GROUP BY stem"))
        assert one(connection, "SELECT count(*) FROM register.delivery WHERE delivery_state <> 'accepted'") == 0
        assert one(connection, "SELECT count(*) FROM register.delivery WHERE delivery_id NOT IN "
                   "(SELECT delivery_id FROM register.provenance)") == 0
        assert one(connection, "SELECT count(*) FROM register.delivery WHERE delivery_id NOT IN "
                   "(SELECT delivery_id FROM core.delivery_in_force)") == 0
        assert rows(connection, "FROM register.clock") == [(DEMO_CLOCK,)]
    assert by_source == SOURCES


def test_no_value_of_the_demo_passes_for_delivered(demo_home):
    with reading(demo_home) as connection:
        bases = {basis for (basis,) in rows(connection, "SELECT DISTINCT basis FROM marts.indicator_value")}
    assert bases == {"published", "constrained", "constructed"}


def test_the_inbox_is_empty_and_nothing_is_in_quarantine(demo_home):
    assert [path for path in demo_home.inbox.rglob("*") if path.is_file()] == []
    assert not demo_home.quarantine.exists()


def test_the_originals_are_kept_byte_for_byte_and_of_interviews_only_the_extract(demo_home, demo_files):
    kept = {path: path.read_bytes() for path in demo_home.deliveries.rglob("*") if path.is_file()}
    extracts = [path for path in kept if path.name == "extract.json"]
    interviews = {name for name in demo_files if name.endswith((".qdpx", ".qdc"))}
    assert len(extracts) == len(interviews) == 2
    assert sorted(content for path, content in kept.items() if path not in extracts) == sorted(
        content for name, content in demo_files.items() if name not in interviews)


def test_the_demo_once_more_writes_no_file_and_does_no_work(capsys, copied_home):
    before = {path: path.stat().st_mtime_ns for path in copied_home.root.rglob("*") if path.is_file()}
    assert main(["demo", "--home", str(copied_home.root)]) == 0
    out, err = capsys.readouterr()
    assert "Ingenting nytt" in out and "Skrev" not in err
    assert {path: path.stat().st_mtime_ns for path in copied_home.root.rglob("*") if path.is_file()} == before


def test_demo_files_are_written_with_their_marks_and_dated_so_that_nobody_waits(fresh_home, demo_files):
    assert write_new_deliveries(fresh_home) == len(demo_files) == sum(SOURCES.values())
    written = {path.relative_to(fresh_home.inbox).as_posix(): path
               for path in fresh_home.inbox.rglob("*") if path.is_file()}
    assert set(written) == {*demo_files, *(f"{name}.provenance.json" for name in demo_files)}
    assert {os.stat(path).st_mtime for path in written.values()} == {DEMO_CLOCK.timestamp()}
    assert all(json.loads(written[f"{name}.provenance.json"].read_bytes())["constructed_demo"] for name in demo_files)


def test_the_demo_once_more_makes_no_file(copied_home, monkeypatch):
    def made(delivery):
        raise AssertionError(f"{delivery.path} was made once more")

    monkeypatch.setattr(DemoDelivery, "content", property(made))
    assert write_new_deliveries(copied_home) == 0


def test_another_version_of_the_code_makes_its_files_and_compares_them(copied_home, monkeypatch):
    monkeypatch.setattr(fingerprint, "code_version", lambda: "en ny utgave")
    assert write_new_deliveries(copied_home) == 0
    noted = json.loads((copied_home.database.parent / "demo.json").read_text(encoding="utf-8"))
    assert noted["code_version"] == "en ny utgave" and len(noted["sums"]) == sum(SOURCES.values())


def test_only_files_the_home_lacks_are_written_again(copied_home):
    with writing(copied_home) as connection:
        connection.execute("UPDATE register.delivery SET delivery_state = 'refused' WHERE file_name = 'tilskudd.csv'")
    take_snapshot(copied_home)
    assert write_new_deliveries(copied_home) == 1
    assert sorted(path.name for path in copied_home.inbox.rglob("*") if path.is_file()) == [
        "tilskudd.csv", "tilskudd.csv.provenance.json"]


def test_a_home_with_real_deliveries_is_never_mixed_with_the_demos(capsys, desk):
    desk.put("2012/regnskap.dat", (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes())
    with writing(desk.home) as connection:
        assert [outcome.state for outcome in take_in(
            connection, desk.home, waiting_files(desk.home), DEMO_CLOCK)] == ["accepted"]
    take_snapshot(desk.home)
    assert main(["demo", "--home", str(desk.home.root)]) == 2
    assert "ekte leveranser" in capsys.readouterr().err
    assert not any(path.is_file() for path in desk.home.inbox.rglob("*"))
