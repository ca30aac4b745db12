"""A workbook as bytes that depend on what stands in it and on nothing else: no clock, no order of a disk."""

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_DAY = datetime(2016, 4, 1)
"""The day the trial began. Office programs show it as the day the file was made."""
_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def same_bytes(book: "Workbook") -> bytes:
    """The workbook saved, with fixed dates inside and on every member of the zip."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = _DAY
    book.properties.creator = "Følgeeval"
    saved, written = BytesIO(), BytesIO()
    # Stored as it is here and packed once, below.
    ExcelWriter(book, zipfile.ZipFile(saved, "w", zipfile.ZIP_STORED)).save()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, date_time=_DAY.timetuple()[:6])
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(member, _undated(name, source.read(name)))
    return written.getvalue()


def _undated(name: str, content: bytes) -> bytes:
    """The library writes the moment of saving, whatever one asks for."""
    if name != _PROPERTIES:
        return content
    return _MODIFIED.sub(rb"\g<1>" + f"{_DAY:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", content)
