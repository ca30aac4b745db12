"""One file of the inbox: read once, as it was at one moment, and taken away only while it still is what was read.

Nothing here follows a link or waits for a pipe.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote_from_bytes, unquote_to_bytes

from assets.provenance_marks import side_car_of
from assets.sources import is_read_in_place
from warehouse.durable import sync_folder

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NotTakenIn(Exception):
    """The file stays in the inbox as it is; the message says why, and what to do, in bokmål."""


_WRITTEN_TO = "noen skrev til filen mens den ble lest. Den tas inn neste gang"


@dataclass(frozen=True)
class InboxFile:
    """A file as it was read: its place, what tells it from any file that takes its place, its sum, and its content.

    `content` is what the readers are given: the bytes, or the path of a file that is read where it lies.
    """

    path: Path
    identity: str
    sha256: str
    content: bytes | Path


def read_once(path: Path) -> InboxFile:
    """The file read through one opening, so that sum and bytes are of the same moment.

    Raises NotTakenIn when it is no ordinary file, is gone, or was written to meanwhile; OSError when it cannot be opened.
    """
    try:
        file = os.fdopen(os.open(path, _FLAGS), "rb", buffering=0)
    except FileNotFoundError:
        raise NotTakenIn("noen flyttet filen før den ble lest. Den tas inn når den ligger her igjen") from None
    with file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise NotTakenIn("dette er ikke en vanlig fil. Legg selve filen i innboksen")
        if is_read_in_place(path):
            content, sha256 = path, hashlib.file_digest(file, "sha256").hexdigest()
        else:
            content = _whole(file, before.st_size)
            sha256 = hashlib.sha256(content).hexdigest()
        if identity_of(os.fstat(file.fileno())) != identity_of(before):
            raise NotTakenIn(_WRITTEN_TO)
    return InboxFile(path, identity_of(before), sha256, content)


def demand_as_read(file: InboxFile) -> None:
    """Raises NotTakenIn when a file that was read where it lies may be another than the one that was summed."""
    if isinstance(file.content, Path) and (not file.path.exists() or identity_of(file.path.lstat()) != file.identity):
        raise NotTakenIn(_WRITTEN_TO)


def _whole(file: BinaryIO, size: int) -> bytes:
    """The bytes of the file. Raises NotTakenIn when they are not as many as there were when it was opened."""
    pieces, missing = [], size + 1
    while missing and (piece := file.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    if missing != 1:
        raise NotTakenIn(_WRITTEN_TO)
    return b"".join(pieces)


def identity_of(status: os.stat_result) -> str:
    """What another file of the same name, or the same file written to, does not share."""
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def place_in_inbox(inbox: Path, path: Path) -> str:
    """Where in the inbox a file lies, as text the register can hold whatever bytes its name is made of."""
    return quote_from_bytes(os.fsencode(path.relative_to(inbox)))


def path_of_place(inbox: Path, place: str) -> Path:
    """The file at a place written by `place_in_inbox`."""
    return inbox / os.fsdecode(unquote_to_bytes(place))


def take_away(path: Path, identity: str) -> bool:
    """Removes the file with its side-car, for good when this returns; a file that has taken its place is left alone.

    Returns whether the place is empty. Raises OSError when it cannot be removed. Doing it again does no harm.
    """
    try:
        is_another = identity_of(path.lstat()) != identity
    except FileNotFoundError:
        is_another = False
    if is_another:
        return False
    side_car_of(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        sync_folder(path.parent)
    return True
