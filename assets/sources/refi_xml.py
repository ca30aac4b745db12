"""REFI-QDA's XML opened safely: no document type, no entities, nothing fetched; names without their namespace.

What the elements mean belongs in `refi_project.py`.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assets.sources.interview_rules import BROKEN_XML, STEM, UNSAFE_XML
from assets.sources.refusals import refusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def parsed(content: bytes, file_name: str) -> "Element":
    """The root of the XML. Raises DeliveryRefused for a document type or entity (Q05) and for broken XML (Q06)."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(content.removeprefix(_BYTE_ORDER_MARK).lstrip(), forbid_dtd=True)
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


def local(element: "Element") -> str:
    """The element's name without namespace. A comment or processing instruction has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: "Element") -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: "Element", name: str) -> Iterator["Element"]:
    return (child for child in element if local(child) == name)


def descendants(element: "Element", name: str) -> Iterator["Element"]:
    return (found for found in element.iter() if local(found) == name)


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
