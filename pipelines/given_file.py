"""Files named on the command line, opened without touching any home."""

import sys
from collections.abc import Sequence
from pathlib import Path

from expectations.finding import Finding


def within_bounds(paths: Sequence[Path]) -> tuple[list[Path], list[Finding]]:
    """The files not larger than what is read, and why the others are refused unread; one that is not there is kept."""
    from assets.sources.size_bounds import too_large

    kept, refused = [], []
    for path in paths:
        try:
            finding = too_large(path)
        except OSError:
            finding = None  # `contents` says what is wrong.
        if finding is None:
            kept.append(path)
        else:
            refused.append(finding)
    return kept, refused


def contents(paths: Sequence[Path]) -> list[tuple[Path, bytes]]:
    """The files that can be opened, with their bytes; of the others standard error says what is wrong."""
    opened = []
    for path in paths:
        try:
            opened.append((path, path.read_bytes()))
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
