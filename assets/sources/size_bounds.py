"""How large a file may be to be read at all, seen before it is read: from its size and how it begins.

An interview project and form 15F are read as streams and may be large; all else is held in memory while it is read.
"""

from pathlib import Path

from assets.sources.child_record_marks import looks_like_xml
from assets.sources.refusals import TOO_LARGE
from assets.sources.workbook_archive import SUFFIXES, ZIP_MARKS
from expectations.finding import Finding
from warehouse.number_format import format_number

MEBIBYTE = 2**20
LARGEST_TABLE = 32 * MEBIBYTE
"""Accounts, delimited files, JSON-stat and workbooks. All accounts of a municipality for ten years are a tenth of it."""
LARGEST_STREAM = 256 * MEBIBYTE
_BEGINNING = 4_096


def largest_taken(path: Path) -> int:
    """The bound in bytes for what the file seems to be. Raises OSError when it cannot be opened."""
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    may_be_project = beginning.startswith(ZIP_MARKS) and not path.name.lower().endswith(SUFFIXES)
    return LARGEST_STREAM if may_be_project or looks_like_xml(beginning) else LARGEST_TABLE


def too_large(path: Path) -> Finding | None:
    """Why the file is not read: it is larger than what is read of its kind. Raises OSError as `largest_taken`."""
    size = path.stat().st_size
    if size <= LARGEST_TABLE or size <= (bound := largest_taken(path)):
        return None
    return Finding(
        TOO_LARGE, "kritisk_feil", f"{path.name}: filen er {_mebibytes(size)} MiB, og det leses høyst {_mebibytes(bound)} MiB "
        "av en slik fil. Kontroller at det er riktig fil, og del den i flere, for eksempel én per år.", file=path.name,
        found=f"{size} byte", expected=f"høyst {bound} byte")


def _mebibytes(size: int) -> str:
    return format_number(size / MEBIBYTE, 0)
