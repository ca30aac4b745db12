"""A home-made workbook with the mapping that tells how to read it, as one file: a zip with the two as they came.

One file, so that the register's sum of its bytes is the sum of both: the same workbook with another mapping is another
delivery. The same two always give the same bytes. What the mapping says belongs in `form_mapping.py`.
"""

import io
import posixpath
import zipfile
from typing import NamedTuple

from assets.sources.workbook_archive import BROKEN_ZIP, LARGEST_WHOLE, SUFFIXES, ZIP_MARKS

MAPPING_SUFFIX, PAIR_SUFFIX = ".mapping.csv", ".zip"
LARGEST_MAPPING = 2**20
_EARLY = (1980, 1, 1, 0, 0, 0)
_NOT_DELIVERED = ("__MACOSX/",)
"""What an operating system adds to a zip of its own accord."""


class Pair(NamedTuple):
    """A workbook and its mapping, each with the name it came under."""

    workbook_name: str
    workbook: bytes
    mapping_name: str
    mapping: bytes


def paired(workbook_name: str, workbook: bytes, mapping: bytes) -> bytes:
    """The two as one file. The mapping is named after the workbook."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ((workbook_name, workbook), (workbook_name + MAPPING_SUFFIX, mapping)):
            member = zipfile.ZipInfo(name, date_time=_EARLY)
            member.create_system = 3
            archive.writestr(member, content)
    return packed.getvalue()


def pair_in(content: bytes) -> Pair | None:
    """The workbook and the mapping of a zip that holds these two and nothing else, or None."""
    if not content.startswith(ZIP_MARKS):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist()
                       if not member.filename.endswith("/") and not member.filename.startswith(_NOT_DELIVERED)]
            if len(members) != 2:
                return None
            workbook, mapping = sorted(members, key=lambda member: member.filename.lower().endswith(MAPPING_SUFFIX))
            names = [posixpath.basename(member.filename) for member in (workbook, mapping)]
            if not (names[0].lower().endswith(SUFFIXES) and names[1].lower().endswith(MAPPING_SUFFIX)):
                return None
            contents = [_within(archive, member, largest)
                        for member, largest in ((workbook, LARGEST_WHOLE), (mapping, LARGEST_MAPPING))]
    except BROKEN_ZIP:
        return None
    return None if None in contents else Pair(_shown(names[0]), contents[0], _shown(names[1]), contents[1])


def _within(archive: zipfile.ZipFile, member: zipfile.ZipInfo, largest: int) -> bytes | None:
    """A member's bytes, whatever the directory said of its size; None when there are more than there may be."""
    with archive.open(member) as stream:
        content = stream.read(largest + 1)
    return content if len(content) <= largest else None


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)
