"""What a file of individual records looks like from outside: whole, broken or packed. Nothing is read of it here."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from assets.sources.workbook_archive import BROKEN_ZIP

PEEK = 2**16
MOST_MEMBERS = 50

_WORDS = re.compile(rb"fodselsnummer|<(?:\w+:)?(?:individ|avgiver|barnevern)\b|(?:journalnummer|saksbehandler)\s*=",
                    re.IGNORECASE)
_ANYTHING = re.compile(rb"[^\s\xef\xbb\xbf]")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0?\0", b"\0<\0?")
_ZIP, _GZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b"
_OFFICE = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"xl/workbook.xml", b"xl/worksheets/",
           b"META-INF/manifest.xml", b"mimetype")
"""Names and marks long enough that none of them stands in packed bytes by chance."""


def may_hold_child_records(content: bytes, file_name: str) -> bool:
    """Whether the file is form 15F, whole, broken or packed.

    Also what only looks like it: a file that may hold the identities of children must never be kept as it came.
    """
    if is_packed(content):
        if any(mark in content for mark in _OFFICE):
            return False
        is_named = ".xml" in file_name.lower() or content.startswith(_ZIP) and b".xml" in content.lower()
        return is_named or any(_has_the_words(piece) for piece in _beginnings(content))
    return _has_the_words(content)


def is_packed(content: bytes) -> bool:
    """Whether the content is an archive."""
    return content.startswith((*_ZIP, _GZIP))


def holds_anything(content: bytes) -> bool:
    """Whether there is anything but blanks and a byte order mark; looked for without copying the file."""
    return _ANYTHING.search(content) is not None


def looks_like_xml(content: bytes) -> bool:
    """Whether the first thing in the file is an element or a declaration."""
    first = _ANYTHING.search(content)
    return first is not None and first[0] == b"<" or content.startswith(_WIDE)


def _has_the_words(content: bytes) -> bool:
    if _WORDS.search(content) is not None:
        return True
    return content.startswith(_WIDE) and _WORDS.search(content.replace(b"\0", b"")) is not None


def _beginnings(content: bytes) -> Iterator[bytes]:
    """The first bytes of what is packed, never more; of a broken archive those of the first file."""
    try:
        if content.startswith(_GZIP):
            yield zlib.decompressobj(31).decompress(content, PEEK)
            return
        yield from _first_of_a_broken_archive(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist()[:MOST_MEMBERS]:
                with archive.open(member) as stream:
                    yield stream.read(PEEK)
    except BROKEN_ZIP:
        return


def _first_of_a_broken_archive(content: bytes) -> Iterator[bytes]:
    """The file that begins the archive, found without the list at its end: after 30 bytes and its names."""
    names = int.from_bytes(content[26:28], "little") + int.from_bytes(content[28:30], "little")
    try:
        yield zlib.decompressobj(-15).decompress(content[30 + names:30 + names + PEEK], PEEK)
    except zlib.error:
        yield content[30 + names:30 + names + PEEK]
