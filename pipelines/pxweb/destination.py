"""Where a fetched table is put: whole or not at all, under a name that says which table and which update it is."""

import hashlib
import re
from datetime import datetime
from pathlib import Path

from assets.sources.statistics_tables import statistics_table
from pipelines.failures import WrongUsage
from pipelines.pxweb.fetching import Fetched
from warehouse.durable import write_whole
from warehouse.home import Home

TABLE_ID = r"[0-9A-Za-z][0-9A-Za-z_.-]{0,39}"


def demand_place(table_id: str, folder: Path | None, home: Home) -> Path:
    """The folder the file is to be put in. Raises WrongUsage before anybody is asked, where it could not be used."""
    if not re.fullmatch(TABLE_ID, table_id):
        raise WrongUsage(f"«{table_id}» er ikke et tabellnummer; skriv for eksempel 07459")
    known = statistics_table(table_id)
    if folder is None and known and not known["stem"]:
        raise WrongUsage(f"tabell {table_id} ({known['table_name_nb']}) tas ikke inn, og ville blitt avvist fra "
                         "innboksen. Oppgi en mappe med --to; «folgeeval read» viser filen.")
    if folder is not None and folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} er en fil; --to skal være en mappe.")
    return home.inbox if folder is None else folder


def inbox_reason(content: bytes, table_id: str, now: datetime) -> str | None:
    """Why the inbox would refuse the data set, None when it would be taken in."""
    from assets.admission import reasons_to_refuse
    from assets.sources import recognise
    from expectations.finding import DeliveryRefused

    name = f"{table_id}.json"
    try:
        reading = recognise(content, name).read(content, name)
    except DeliveryRefused as refusal:
        return refusal.findings[0].message
    refusals = reasons_to_refuse(reading, None, name, now)
    return refusals[0].message if refusals else None


def write_named(folder: Path, table: Fetched) -> tuple[Path, bool]:
    """The file's path and whether it is new: the same bytes are never written twice, nor others over them.

    Raises WrongUsage where nothing can be written.
    """
    try:
        return _write_named(folder, table)
    except OSError as error:
        raise WrongUsage(f"{folder} kan ikke skrives i ({error.strerror}). Velg et annet sted med --to.") from None


def _write_named(folder: Path, table: Fetched) -> tuple[Path, bool]:
    name = f"{table.table_id}_{table.updated:%Y-%m-%dT%H%M%SZ}"
    sum_of_content = hashlib.sha256(table.content).hexdigest()[:8]
    for path in (folder / f"{name}.json", folder / f"{name}_{sum_of_content}.json"):
        if path.exists() and path.read_bytes() == table.content:
            return path, False
        if not path.exists():
            break
    write_whole(path, table.content)
    return path, True
