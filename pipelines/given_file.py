"""Files named on the command line, opened without touching any home."""

import sys
from collections.abc import Sequence
from pathlib import Path


def contents(paths: Sequence[Path], *, in_place: bool = False) -> list[tuple[Path, bytes | Path]]:
    """The files that can be opened, with their bytes; of the others standard error says what is wrong.

    With `in_place` they are given as `content_of` gives them: what is read where it lies is not read here.
    """
    from assets.sources import content_of

    opened = []
    for path in paths:
        try:
            opened.append((path, content_of(path) if in_place else path.read_bytes()))
        except OSError as error:
            print(f"{path}: {_reason(error)}. Kontroller navnet.", file=sys.stderr)
    return opened


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "filen finnes ikke"
    return "dette er en mappe" if isinstance(error, IsADirectoryError) else "filen lar seg ikke åpne"
