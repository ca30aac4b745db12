"""Files named on the command line, opened without touching any home."""

import sys
from collections.abc import Sequence
from pathlib import Path


def contents(paths: Sequence[Path]) -> list[tuple[Path, bytes]]:
    """The files that can be opened, with their bytes; of the others standard error says what is wrong."""
    opened = []
    for path in paths:
        try:
            opened.append((path, path.read_bytes()))
        except OSError as error:
            print(f"{path}: {_reason(error)}. Kontroller navnet.", file=sys.stderr)
    return opened


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "filen finnes ikke"
    return "dette er en mappe" if isinstance(error, IsADirectoryError) else "filen lar seg ikke åpne"
