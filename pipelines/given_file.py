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


def with_side_cars(asked: Sequence[Path], opened: list[tuple[Path, bytes]], mapping: Path | None,
                   documents: Path | None) -> list[tuple[Path, bytes]]:
    """The one table asked for, with its mapping and its register of documents; nothing when one cannot be opened.

    Raises WrongUsage for more than one table: what lies beside one belongs to it.
    """
    from assets.sources.coding_bundle import DOCUMENTS_SUFFIX, bundled
    from assets.sources.mapped_pair import MAPPING_SUFFIX
    from pipelines.failures import WrongUsage

    named = {suffix: path for suffix, path in ((MAPPING_SUFFIX, mapping), (DOCUMENTS_SUFFIX, documents)) if path}
    if not named:
        return opened
    if len(asked) != 1:
        raise WrongUsage(f"{'--mapping gjelder én arbeidsbok' if mapping else '--documents gjelder én tabell'}. Oppgi "
                         f"én fil.")
    beside = {suffix: content for suffix, path in named.items() for _, content in contents([path])}
    return [(path, bundled(path.name, content, beside)) for path, content in opened if len(beside) == len(named)]


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "filen finnes ikke"
    return "dette er en mappe" if isinstance(error, IsADirectoryError) else "filen lar seg ikke åpne"
