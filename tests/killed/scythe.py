"""Kills the process at a chosen step of its work with the disk and the database, and finds out which steps there are.

The code that is tested has no hooks: the steps are its own calls to the operating system and to DuckDB that change what
whoever comes after will find. Between two steps nothing changes, so a kill before each of them is a kill at every
boundary. (Waiting for the disk changes nothing for a process that is killed; a power cut is another matter, and
`tests/assets/test_write_order.py` holds the order against it.)
"""

import os
import pickle
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

CALLS = ("mkdir", "rmdir", "rename", "replace", "unlink", "symlink")
_KEPT_AT = ("INSERT", "DELETE", "UPDATE", "CREATE OR REPLACE", "CREATE TABLE")
"""Statements that last at once when they stand outside a transaction."""


class Scythe:
    """Counts the steps by name, and kills this process before the step with number `at`, from 1."""

    def __init__(self, at: int | None = None) -> None:
        self.at, self.steps = at, []

    def step(self, name: str) -> None:
        self.steps.append(name)
        if len(self.steps) == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        """From here on every step counts. For a process of its own: nothing is put back."""
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        Path.write_bytes = lambda path, content: self._write(path, content)
        shutil.copyfile = lambda source, target: self._write(Path(target), Path(source).read_bytes())
        connect = duckdb.connect
        duckdb.connect = lambda *given, **named: _Watched(connect(*given, **named), self)

    def _counted(self, name: str, call: Callable) -> Callable:
        def counted(*given, **named):
            target = Path(given[1] if name in ("replace", "rename", "symlink") else given[0])
            is_there = "dir_fd" in named or os.path.lexists(target)
            if is_there is not name.startswith("mk") or name in ("replace", "rename", "symlink"):
                self.step(f"{name} {target.name}")
            return call(*given, **named)

        return counted

    def _write(self, path: Path, content: bytes) -> int:
        """A file is written in two halves: between them it is there, and not whole."""
        self.step(f"write {path.name}")
        with path.open("wb", buffering=0) as file:
            file.write(content[:len(content) // 2])
            self.step(f"write the rest of {path.name}")
            file.write(content[len(content) // 2:])
        return len(content)


class _Watched:
    """A connection whose commits, lasting statements and closing are steps."""

    def __init__(self, connection, scythe: Scythe) -> None:
        self._connection, self._scythe, self._is_open = connection, scythe, False

    def execute(self, sql: str, *given):
        word = sql.strip()
        if word.startswith(("COMMIT", "CHECKPOINT")) or (not self._is_open and word.startswith(_KEPT_AT)):
            self._scythe.step(" ".join(word.split()[:3]))
        self._is_open = (self._is_open or word == "BEGIN") and word not in ("COMMIT", "ROLLBACK")
        # DuckDB looks for the rows to insert among the names of whoever calls it: here, in place of the caller.
        incoming_rows = sys._getframe(1).f_locals.get("incoming_rows")
        assert incoming_rows is not None or "incoming_rows" not in sql
        return self._connection.execute(sql, *given)

    def close(self) -> None:
        self._scythe.step("close the database")
        self._connection.close()

    def __getattr__(self, name: str):
        return getattr(self._connection, name)


def in_child(work: Callable[[], Any], at: int | None = None, *, counts: bool = False) -> Any:
    """What `work` returns, done in a forked process; with `counts`, the names of its steps.

    With `at`, the child is killed before that step, and None is returned. Raises RuntimeError when the child fails in
    any other way than it should. The parent must never have opened DuckDB: its threads do not survive a fork.
    """
    with tempfile.TemporaryFile() as answer:
        child = os.fork()
        if child == 0:
            _be_the_child(work, at, counts, answer)
        _, status = os.waitpid(child, 0)
        if at is not None:
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
                return None
            raise RuntimeError(f"steg {at} kom aldri")
        if status != 0:
            raise RuntimeError(f"barnet sluttet med {status}")
        answer.seek(0)
        return pickle.load(answer)


def _be_the_child(work: Callable[[], Any], at: int | None, counts: bool, answer) -> None:
    code = 1
    try:
        scythe = Scythe(at)
        if counts or at is not None:
            scythe.install()
        result = work()
        pickle.dump(scythe.steps if counts else result, answer)
        answer.flush()
        code = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)
