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


def with_mapping(asked: Sequence[Path], opened: list[tuple[Path, bytes]], mapping: Path) -> list[tuple[Path, bytes]]:
    """The one workbook asked for, together with its mapping; nothing when one of the two cannot be opened.

    Raises WrongUsage for more than one workbook: a mapping is made for the places of one.
    """
    from assets.sources.mapped_pair import paired
    from pipelines.failures import WrongUsage

    if len(asked) != 1:
        raise WrongUsage("--mapping gjelder én arbeidsbok. Oppgi én fil.")
    return [(path, paired(path.name, content, lines)) for path, content in opened for _, lines in contents([mapping])]


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "filen finnes ikke"
    return "dette er en mappe" if isinstance(error, IsADirectoryError) else "filen lar seg ikke åpne"
