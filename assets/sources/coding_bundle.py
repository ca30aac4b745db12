"""A table of codings with what lies beside it: a mapping of its headings, and a register of its documents; one zip.

The register of documents says of each interview what the tool's table may not: who was asked, consent, verification.
What the parts mean belongs in `coding_table.py`; how they are laid in one file in the inbox, in `mapping_side_car.py`.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

from assets.sources.mapped_pair import LARGEST_MAPPING, MAPPING_SUFFIX
from assets.sources.workbook_archive import BROKEN_ZIP, LARGEST_WHOLE, SUFFIXES, ZIP_MARKS

DOCUMENTS_SUFFIX = ".dokumenter.csv"
SIDE_CARS = (MAPPING_SUFFIX, DOCUMENTS_SUFFIX)
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
TABLE_SUFFIXES = (*SUFFIXES, *TEXT_SUFFIXES)
_EARLY = (1980, 1, 1, 0, 0, 0)


class Bundle(NamedTuple):
    """A table and what came with it; empty bytes for what did not."""

    table_name: str
    table: bytes
    mapping: bytes = b""
    documents: bytes = b""


def bundled(table_name: str, table: bytes, beside: Mapping[str, bytes]) -> bytes:
    """The table and what lies beside it (by suffix) as one file; the same parts always give the same bytes."""
    packed = io.BytesIO()
    parts = [(table_name, table), *((table_name + suffix, beside[suffix]) for suffix in SIDE_CARS if suffix in beside)]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            member = zipfile.ZipInfo(name, date_time=_EARLY)
            member.create_system = 3
            archive.writestr(member, content)
    return packed.getvalue()


def bundle_in(content: bytes) -> Bundle | None:
    """The parts of a zip that holds one table and something beside it, and nothing else; else None."""
    if not content.startswith(ZIP_MARKS):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist()
                       if not member.filename.endswith("/") and not member.filename.startswith("__MACOSX/")]
            parts = {_part_of(member.filename): member for member in members}
            if None in parts or "table" not in parts or not 2 <= len(parts) == len(members):
                return None
            unpacked = {part: _within(archive, member, LARGEST_WHOLE if part == "table" else LARGEST_MAPPING)
                        for part, member in parts.items()}
    except BROKEN_ZIP:
        return None
    if None in unpacked.values():
        return None
    return Bundle(posixpath.basename(parts["table"].filename), **unpacked)


def maps_codings(mapping: bytes) -> bool:
    """Whether a mapping is one of a coding table's headings: its first line has `rolle` and `overskrift`."""
    first = mapping.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].decode("utf-8", "replace").lower()
    return {"rolle", "overskrift"} <= {word.strip('" \t\r') for word in first.replace(",", ";").split(";")}


def _part_of(name: str) -> str | None:
    lower = name.lower()
    if lower.endswith(MAPPING_SUFFIX):
        return "mapping"
    if lower.endswith(DOCUMENTS_SUFFIX):
        return "documents"
    return "table" if lower.endswith(TABLE_SUFFIXES) else None


def _within(archive: zipfile.ZipFile, member: zipfile.ZipInfo, largest: int) -> bytes | None:
    with archive.open(member) as stream:
        content = stream.read(largest + 1)
    return content if len(content) <= largest else None
