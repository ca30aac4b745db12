"""The files of a speed test: 0A of every municipality for many years, stored and registered as after intake.

The lines are drawn at random and tell nothing of any municipality; their codes exist nowhere.

python accounts_files.py home FOLDER N     a home with N deliveries, one municipality and year each
python accounts_files.py one FILE N        the same lines as one file

Prints the number of lines as JSON.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from warehouse.database import Connection, transaction, writing
from warehouse.home import Home

YEARS, LINES_A_FILE = 20, 2800
FIRST_CODE, FIRST_YEAR = 7000, 2003
RECEIVED = datetime(2023, 6, 15)
LARGEST_AMOUNT = 999_999


def fill_home(home: Home, file_count: int) -> int:
    """Stores the files and registers them as accepted. Returns the number of lines."""
    rng = np.random.default_rng(2003)
    deliveries = []
    for number, (code, year) in enumerate(_codes_and_years(file_count), 1):
        content, name = _file(rng, code, year), f"{number:05}_0A_{code}_{year}.dat"
        sha256 = hashlib.sha256(content).hexdigest()
        path = home.deliveries / sha256 / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        deliveries.append((number, sha256, name, code, year))
    with writing(home) as connection, transaction(connection):
        _register(connection, deliveries)
    return file_count * LINES_A_FILE


def one_file(path: Path, file_count: int) -> int:
    """The same lines as one file, for those who read one. Returns their number."""
    rng = np.random.default_rng(2003)
    with path.open("wb") as file:
        for code, year in _codes_and_years(file_count):
            file.write(_file(rng, code, year))
    return file_count * LINES_A_FILE


def _codes_and_years(file_count: int) -> Iterator[tuple[str, int]]:
    return ((f"{FIRST_CODE + number // YEARS}", FIRST_YEAR + number % YEARS) for number in range(file_count))


def _file(rng: np.random.Generator, code: str, year: int) -> bytes:
    """Functions 100–899, species 010–989, amounts of up to six digits with their sign."""
    lines = np.full((LINES_A_FILE, 49), ord(" "), np.uint8)
    lines[:, -1] = ord("\n")
    _write(lines, 0, f"0A{year} {code}00")
    lines[:, 31] = rng.choice([ord("0"), ord("1")], LINES_A_FILE)
    _write(lines, 32, rng.integers(100, 900, LINES_A_FILE).astype("S3"))
    _write(lines, 36, np.char.zfill(rng.integers(10, 990, LINES_A_FILE).astype("S3"), 3))
    amounts = rng.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT, LINES_A_FILE, endpoint=True).astype("S9")
    _write(lines, 39, np.char.rjust(amounts, 9))
    return lines.tobytes()


def _write(lines: np.ndarray, start: int, texts: str | np.ndarray) -> None:
    """The same text in every line, or one text a line, from a column onwards."""
    data = np.frombuffer(texts.encode() if isinstance(texts, str) else texts.tobytes(), np.uint8)
    data = data if isinstance(texts, str) else data.reshape(len(lines), -1)
    lines[:, start:start + data.shape[-1]] = data


def _register(connection: Connection, deliveries: list[tuple[int, str, str, str, int]]) -> None:
    """The register as intake leaves it, and the codes as a reference table, so that every line passes into core."""
    ids, sums, names, codes, years = (list(values) for values in zip(*deliveries, strict=True))
    connection.execute(
        "INSERT INTO register.delivery SELECT unnest(?), unnest(?), 'kostra_accounts', ?, 'accepted', '0A', unnest(?), "
        "NULL, ?, NULL, NULL", [ids, sums, RECEIVED, names, LINES_A_FILE])
    connection.execute("INSERT INTO register.delivery_scope SELECT unnest(?), unnest(?), unnest(?), '', 1",
                       [ids, codes, [str(year) for year in years]])
    connection.execute("INSERT INTO register.clock VALUES (?)", [RECEIVED + timedelta(days=1)])
    connection.execute("INSERT INTO reference.municipality_code "
                       "SELECT unnest(?), 'Oppdiktet', unnest(?), 2003, 2099, true", [sorted(set(codes)), sorted(set(codes))])


if __name__ == "__main__":
    target, count = Path(sys.argv[2]), int(sys.argv[3])
    made = fill_home(Home(target), count) if sys.argv[1] == "home" else one_file(target, count)
    # What the system still has to write would else be paid for by whoever is measured first.
    os.sync()
    print(json.dumps({"lines": made}))
