"""Whether anything of a withdrawn interview is left in a home: every byte of every file, and what packs bytes
otherwise.

A text may stand in a file without its bytes doing so: packed in a zip or in Parquet, encoded in a message, or
compressed in a database. Those are opened too. Nothing here changes a home.
"""

import email
import email.policy
import gzip
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from assets.sources.workbook_archive import BROKEN_ZIP
from warehouse.database import reading, reading_live
from warehouse.database_file import text_columns_with
from warehouse.home import Home

CHUNK = 4 * 2**20
_ZIP, _GZIP, _PARQUET, _MESSAGE = b"PK\x03\x04", b"\x1f\x8b", b"PAR1", ".eml"


@dataclass(frozen=True)
class Searched:
    """What was looked through, and where something was found (`hits`, as places a person can open).

    `opaque` are files that pack what could not be unpacked: damaged, or closed with a password. Nobody knows of them.
    """

    files: int
    size: int
    columns: int
    hits: tuple[str, ...]
    opaque: tuple[str, ...] = ()


def search(home: Home, secrets: Iterable[str]) -> Searched:
    """Looks for the texts in every file of the home and in every column of its two databases, whatever the case."""
    wanted = sorted(set(secrets))
    patterns = sorted({one.lower() for one in _as_bytes(wanted)})
    hits, opaque, files, size = [], [], 0, 0
    for path in _files(home.root):
        files, size = files + 1, size + path.stat().st_size
        place = path.relative_to(home.root).as_posix()
        try:
            hits += [place] * _stands_as_it_is(path, patterns)
            hits += [f"{place} ({inside})" for inside, stream in _unpacked(path) if _stands_in(stream, patterns)]
        except BROKEN_ZIP:
            opaque.append(place)
    columns = 0
    for database, opened in ((home.database, reading_live), (home.snapshot, reading)):
        if database.exists():
            with opened(home) as connection:
                looked_at, found = text_columns_with(connection, wanted)
            columns += looked_at
            hits += [f"{database.relative_to(home.root).as_posix()} ({column})" for column in found]
    return Searched(files, size, columns, tuple(dict.fromkeys(hits)), tuple(opaque))


def _files(root: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(root):
        yield from (path for name in sorted(names) if (path := Path(folder) / name).is_file() and not path.is_symlink())


def _as_bytes(texts: Iterable[str]) -> Iterator[bytes]:
    """Each text as it may stand in a file."""
    # Bytes are compared with the letters of ASCII in either case; other letters are given in both.
    for text in (way for text in texts for way in (text, text.lower(), text.upper())):
        yield from (text.encode(encoding) for encoding in ("utf-8", "utf-16-le"))
        yield json.dumps(text)[1:-1].encode()
        try:
            yield text.encode("latin-1")
        except UnicodeEncodeError:
            continue


def _stands_as_it_is(path: Path, patterns: list[bytes]) -> bool:
    """Whether a pattern stands in the bytes of the file, or in its name."""
    with path.open("rb") as file:
        return _stands_in(io.BytesIO(os.fsencode(path.name)), patterns) or _stands_in(file, patterns)


def _unpacked(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """What the file packs, each with where in it that is. Raises one of BROKEN_ZIP for what cannot be unpacked."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == _ZIP:
        with zipfile.ZipFile(path) as archive:
            for number, member in enumerate(archive.infolist(), 1):
                with archive.open(member) as stream:
                    yield f"fil nr. {number} i arkivet", stream
    elif start.startswith(_GZIP):
        with gzip.open(path) as stream:
            yield "pakket ut", stream
    elif start == _PARQUET:
        import pyarrow.parquet

        yield "pakket ut", io.BytesIO(str(pyarrow.parquet.read_table(path).to_pylist()).encode())
    elif path.name.lower().endswith(_MESSAGE):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        texts = [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
        yield "meldingen", io.BytesIO("\n".join([str(message["subject"]), *texts]).encode())


def _stands_in(stream: IO[bytes], patterns: list[bytes]) -> bool:
    """Whether any pattern stands anywhere in the stream, also across two chunks; letters of ASCII in either case."""
    longest = max(map(len, patterns))
    tail = b""
    while chunk := stream.read(CHUNK):
        text = tail + chunk.lower()
        if any(one in text for one in patterns):
            return True
        tail = text[-longest:]
    return False
