"""One writer at a time: an exclusive lock on a file in the home, re-entrant within the process.

The lock file names its holder so that whoever waits can be told who it is.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held: dict[Path, int] = {}


class WarehouseBusy(Exception):
    """Another process holds the warehouse; the message says which."""


@contextmanager
def exclusive(path: Path, *, wait_seconds: float = 60.0) -> Iterator[None]:
    """Holds the lock at `path` while the block runs. Raises WarehouseBusy after `wait_seconds`."""
    path = path.resolve()
    if path in _held:
        _held[path] += 1
        try:
            yield
        finally:
            _held[path] -= 1
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        _acquire(file, path, wait_seconds)
        _held[path] = 1
        try:
            yield
        finally:
            del _held[path]
            file.truncate(0)
            fcntl.flock(file, fcntl.LOCK_UN)


def _acquire(file, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                file.seek(0)
                holder = file.read().strip() or "en ukjent prosess"
                raise WarehouseBusy(
                    f"Varehuset er opptatt: {holder} holder {path.name}. Vent til den er ferdig og prøv igjen."
                ) from None
            time.sleep(0.1)
        else:
            file.truncate(0)
            file.write(f"prosess {os.getpid()}")
            file.flush()
            return
