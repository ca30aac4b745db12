"""Writing that a power cut cannot tear: data first, then the name, then the folder that holds the name.

What is renamed is on disk before it has its name, and the name is on disk before the caller goes on. So whoever records
that something is kept may trust that it is.
"""

import errno
import os
from pathlib import Path

UNFINISHED = ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_IN_WORDS = ("No space left on device", "Disk quota exceeded", "File too large")


def is_full_disk(error: Exception) -> bool:
    """Whether there was no room for what was to be written: a full disk, a used-up quota, a file above the limit.

    The database tells it in words only.
    """
    if isinstance(error, OSError):
        return error.errno in _FULL
    return any(words in str(error) for words in _FULL_IN_WORDS)


def make_folder(path: Path) -> None:
    """The folder with every folder above it, each known on disk to the one that holds it."""
    missing = []
    while not path.exists():
        missing.append(path)
        path = path.parent
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def write_whole(path: Path, content: bytes) -> None:
    """The file with this content, whole under its name or not at all. Raises OSError; nothing half-written is left."""
    make_folder(path.parent)
    temporary = path.with_name(path.name + UNFINISHED)
    try:
        temporary.write_bytes(content)
        put_in_place(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def put_in_place(temporary: Path, target: Path) -> None:
    """Gives a finished file, or a folder whose files are on disk, its name; on disk when this returns."""
    if temporary.is_dir():
        for folder in [*(path for path in temporary.rglob("*") if path.is_dir()), temporary]:
            sync_folder(folder)
    else:
        sync_file(temporary)
    os.replace(temporary, target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Waits until the bytes of the file are on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until the names in the folder are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
