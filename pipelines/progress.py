"""What a person sees while waiting: each step as it starts and how long it took, on standard error."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.number_format import format_number


class Progress:
    """Counts and times steps. With `quiet` nothing is written, but the times are still kept."""

    def __init__(self, step_count: int, *, quiet: bool = False) -> None:
        self.step_count = step_count
        self.quiet = quiet
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step; its name and then its time are written."""
        number = len(self.seconds) + 1
        self._write(f"[{number}/{self.step_count}] {name} …", end=" ")
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - start
            self._write(f"{format_number(self.seconds[name], 1)} s")

    def note(self, text: str) -> None:
        """A line of its own between steps."""
        self._write(text)

    def _write(self, text: str, end: str = "\n") -> None:
        if not self.quiet:
            print(text, end=end, file=sys.stderr, flush=True)
