"""REFI-QDA's XML opened safely and read as it streams: no document type, no entities, nothing fetched, no tree kept.

What the elements mean belongs in `refi_project.py`.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from assets.sources.interview_rules import BROKEN_XML, STEM, UNSAFE_XML
from assets.sources.refusals import refusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
START, END = "start", "end"


def events(stream: IO[bytes], file_name: str) -> Iterator[tuple[str, "Element"]]:
    """Each element as it starts and as it ends. Whoever has used an element takes it out of its parent.

    Raises DeliveryRefused for a document type or entity (Q05) and for broken XML (Q06).
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        yield from iterparse(_WithoutMark(stream), events=(START, END), forbid_dtd=True)
    except DefusedXmlException:
        raise refusal(UNSAFE_XML, STEM, file_name, "XML-teksten har en dokumenttype (DTD) eller egne entiteter, som "
                      "kan hente inn fremmed innhold. REFI-QDA har ingen av delene; eksporter prosjektet på nytt og "
                      "lever det.") from None
    except ParseError as fault:
        line, _ = fault.position
        raise refusal(BROKEN_XML, STEM, file_name, f"XML-teksten er brutt ved linje {line}. Eksporter prosjektet på "
                      "nytt og lever det.") from None
    except (ValueError, LookupError):
        raise refusal(BROKEN_XML, STEM, file_name, "XML-teksten har et tegnsett som ikke kan leses. Eksporter "
                      "prosjektet på nytt som UTF-8 og lever det.") from None


class _WithoutMark(io.RawIOBase):
    """The stream without what some tools write before the XML: a byte order mark, and blanks."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._has_begun = stream, False

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        if not self._has_begun:
            chunk = chunk.removeprefix(_BYTE_ORDER_MARK).lstrip() or chunk
            self._has_begun = True
        return chunk


def local(element: "Element") -> str:
    """The element's name without namespace. A comment or processing instruction has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: "Element") -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: "Element", name: str) -> Iterator["Element"]:
    return (child for child in element if local(child) == name)


def guid(text: str | None) -> str | None:
    """A GUID in one form: small letters, no braces; None when there is none."""
    return (text or "").strip().strip("{}").lower() or None


def target(element: "Element") -> str | None:
    """What a reference (CodeRef, SourceRef, VariableRef) points to."""
    return guid(element.get("targetGUID"))


def clean_name(text: str | None) -> str:
    """A name with single spaces and composed letters."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def whole_number(text: str | None) -> int | None:
    """A position, or None for what is not one."""
    found = re.fullmatch(r"[0-9]{1,9}", (text or "").strip())
    return int(found[0]) if found else None
