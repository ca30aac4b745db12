"""A small home to be killed: what a refresh does, in the same order, without Dagster; and what must hold afterwards."""

import hashlib
import json
import os
from collections.abc import Container
from datetime import datetime
from pathlib import Path

from assets.build import rebuild
from assets.findings import gather_findings
from assets.intake import take_in, waiting_files
from assets.publication import publish
from assets.raw_loading import load_deliveries, not_loaded
from pipelines.fingerprint import fingerprint
from pipelines.refresh import Summary, write_state
from warehouse.contracts import RAW, REGISTER
from warehouse.database import Connection, reading, rows, take_snapshot, writing
from warehouse.home import Home

DELIVERIES = Path(__file__).parents[1] / "deliveries"
FIRST_DAY, SECOND_DAY = datetime(2019, 9, 1), datetime(2019, 10, 1)
ACCOUNTS = (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes()
BROKEN = (DELIVERIES / "kostra_accounts" / "line_of_47_characters.dat").read_bytes()
RATES = (DELIVERIES / "rates" / "innocent.csv").read_bytes()
GRANTS = "kommunenr;aar;tilskudd;beloep_1000kr;engang\n2012;2018;kompensasjon;{amount};nei\n"
MARKS = json.dumps({"constructed_demo": True, "pieces": [
    {"place_from": 1, "place_to": 21, "basis": "constructed", "fact_id": None}]}).encode()
CODEBOOK = (b'<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
            b'<Code guid="6a1b3a52-0000-4000-8000-000000000001" name="Egen kode" isCodable="true"/></Codes></CodeBook>')
EARLIER = {"tilskudd.csv": GRANTS.format(amount=25500).encode(), "satser.csv": RATES}
"""What the home took in on the first day."""

SCENARIOS: dict[str, dict[str, bytes]] = {
    "two equal files, one with marks, and a refused one": {
        "2012/a.dat": ACCOUNTS, "2012/a.dat.provenance.json": MARKS, "2012/b.dat": ACCOUNTS, "2012/c.dat": BROKEN},
    "refused for its marks": {"2012/a.dat": ACCOUNTS, "2012/a.dat.provenance.json": b"{"},
    "copy in another's folder": {"0729/a.csv": EARLIER["tilskudd.csv"]},
    "correction": {"a.csv": GRANTS.format(amount=26000).encode()},
    "extract": {"a.qdc": CODEBOOK},
}
"""What lies in the inbox on the second day."""


def put(home: Home, files: dict[str, bytes]) -> None:
    """Files in the inbox, settled long ago."""
    for name, content in files.items():
        path = home.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (0, 0))


def take_and_load(home: Home, now: datetime = SECOND_DAY) -> None:
    """The inbox taken in and loaded, through one opening of the warehouse."""
    with writing(home) as connection:
        list(take_in(connection, home, waiting_files(home), now))
        load_deliveries(connection, home, not_loaded(connection))


def build(home: Home, now: datetime = SECOND_DAY) -> None:
    with writing(home) as connection:
        rebuild(connection, now)
        gather_findings(connection)


def release(home: Home, now: datetime = SECOND_DAY) -> None:
    with writing(home) as connection:
        publish(connection, home, 3)
    take_snapshot(home)
    with reading(home) as connection:
        write_state(home, fingerprint(connection, now, 3), Summary(did_work=True))


def refresh(home: Home, now: datetime = SECOND_DAY) -> None:
    """All of it, as a refresh does it."""
    home.refresh_state.unlink(missing_ok=True)
    take_and_load(home, now)
    build(home, now)
    release(home, now)


def refreshed(root: Path, files: dict[str, bytes], now: datetime) -> Home:
    """A home where the files have come and everything is made."""
    home = Home(root)
    put(home, files)
    refresh(home, now)
    return home


def held(connection: Connection, home: Home) -> dict:
    """All that intake and loading keep: every row and every file."""
    tables = {table: rows(connection, f"SELECT * FROM {table} ORDER BY ALL")
              for table in [*(contract.full_name for contract in (*REGISTER, *RAW) if contract.name != "clock"),
                            "findings.delivery_finding"]}
    return {**{table: [list(map(str, row)) for row in found] for table, found in tables.items()},
            "files": {folder.name: files_in(folder) for folder in (home.inbox, home.deliveries, home.quarantine)}}


def shown(home: Home) -> dict:
    """All that readers see: the releases, the pointer, the snapshot, the state."""
    with reading(home) as connection:
        tables = {table: [list(map(str, row)) for row in rows(connection, f"SELECT * FROM {table} ORDER BY ALL")]
                  for table in ("marts.indicator_value", "findings.finding", "findings.finding_event",
                                "register.delivery", "register.clock")}
    return {**tables, "published": files_in(home.published), "current": os.readlink(home.current),
            "state": home.refresh_state.read_text(encoding="utf-8"),
            "warehouse": sorted(path.name for path in home.database.parent.iterdir())}


def files_in(folder: Path) -> dict[str, str]:
    """The sum of every file below the folder, by path."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()} if folder.exists() else {}


def nothing_is_lost(connection: Connection, home: Home, files: dict[str, bytes]) -> None:
    """Whenever the machine stops: each delivery lies in the inbox or is registered, and what is accepted is kept."""
    known = rows(connection, "SELECT file_name, sha256, delivery_state, stem FROM register.delivery")
    deliveries = {name: content for name, content in files.items() if not name.endswith(".provenance.json")}
    for name, content in deliveries.items():
        path = home.inbox / name
        is_waiting = path.exists() and path.read_bytes() == content
        is_known = any(row[:2] == (path.name, hashlib.sha256(content).hexdigest()) for row in known)
        assert is_waiting or is_known, f"{name} er borte"
    accepted = [row for row in known if row[2] == "accepted"]
    assert len({sum_ for _, sum_, _, _ in accepted}) == len(accepted), "to leveranser av samme innhold"
    for name, sum_, _, stem in accepted:
        kept = home.deliveries / sum_ / ("extract.json" if stem == "interview_codings" else name)
        assert kept.exists(), f"{name} er godtatt, men ikke tatt vare på"
        assert stem == "interview_codings" or hashlib.sha256(kept.read_bytes()).hexdigest() == sum_
    assert not [path for folder in (home.deliveries, home.quarantine) for path in folder.rglob("*.qdc*")]


def what_is_published_is_whole(home: Home, contents: Container[str] | None = None) -> None:
    """Whenever the machine stops: the pointer leads to a whole release, one of those expected, and readers get in."""
    manifest = json.loads((home.current / "manifest.json").read_bytes())
    assert contents is None or manifest["content_sha256"] in contents
    present = files_in(home.current.resolve())
    del present["manifest.json"]
    assert present == manifest["files"]
    if home.refresh_state.exists():
        json.loads(home.refresh_state.read_bytes())
    with reading(home) as connection:
        assert len(rows(connection, "FROM register.clock")) == 1
        assert rows(connection, "SELECT count(*) > 0 FROM marts.indicator_value") == [(True,)]
