"""The XML inside a stranger's workbook (.xlsx), unpacked within bounds from bytes; what could do harm is refused.

Nothing is written to disk, and of the members only XML is opened. What the XML means belongs in `workbook.py`.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib

from assets.sources.refusals import EMPTY_FILE, NOT_A_WORKBOOK, UNSAFE_WORKBOOK, refusal
from expectations.finding import DeliveryRefused

WORKBOOK, CONTENT_TYPES = "xl/workbook.xml", "[Content_Types].xml"
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods")
MOST_MEMBERS = 1_000
LARGEST_WHOLE = 64 * 2**20
LARGEST_RATIO = 200
"""Real workbooks shrink three to thirty times; a bomb a thousand times."""
RATIO_COUNTS_FROM = 2**20
SAVE_AGAIN = "Åpne skjemaet i regnearket, lagre det som Excel-arbeidsbok (.xlsx) og lever den filen."

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_MARK = b"\xd0\xcf\x11\xe0"
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError,
              RuntimeError, ValueError)
_EXTERNAL = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>")
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")


def looks_like_workbook(content: bytes, file_name: str) -> bool:
    """Whether the content is a workbook, whole or broken, or the name says that it should be one."""
    if file_name.lower().endswith(SUFFIXES):
        return bool(content.strip())
    if not content.startswith(ZIP_MARKS):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except BROKEN_ZIP:
        return b"xl/worksheets/" in content or WORKBOOK.encode() in content
    return CONTENT_TYPES in names and any(name.startswith("xl/") for name in names)


def xml_members(content: bytes, stem: str, file_name: str) -> dict[str, bytes]:
    """The XML of a workbook by member name, all of it within bounds.

    Raises DeliveryRefused for what is no workbook (F30) and for what is not opened because it could do harm (F31).
    """
    if not content.strip():
        raise refusal(EMPTY_FILE, stem, file_name, f"filen er tom. {SAVE_AGAIN}")
    if not content.startswith(ZIP_MARKS):
        raise _no_zip(content, stem, file_name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_harmful(members, stem, file_name)
            _demand_workbook({member.filename for member in members}, stem, file_name)
            unpacked = _unpacked(archive, [member for member in members if _is_xml(member.filename)], stem, file_name)
    except BROKEN_ZIP:
        raise refusal(NOT_A_WORKBOOK, stem, file_name, "arbeidsboken kan ikke åpnes: den er avkortet, skadet eller "
                      f"beskyttet med passord. {SAVE_AGAIN}") from None
    for name, text in unpacked.items():
        _refuse_harmful_text(name, text, stem, file_name)
    return unpacked


def _no_zip(content: bytes, stem: str, file_name: str) -> DeliveryRefused:
    if content.startswith(_OLE_MARK):
        return refusal(NOT_A_WORKBOOK, stem, file_name, "filen er en eldre arbeidsbok (.xls) eller beskyttet med "
                       f"passord. Ta bort passordet. {SAVE_AGAIN}")
    return refusal(NOT_A_WORKBOOK, stem, file_name, "filen heter som en arbeidsbok, men innholdet er noe annet. "
                   f"{SAVE_AGAIN}")


def _refuse_harmful(members: list[zipfile.ZipInfo], stem: str, file_name: str) -> None:
    """What the directory of the zip alone shows."""
    for member in members:
        path = member.orig_filename.replace("\\", "/")
        if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
            raise _harmful("en fil inne i arbeidsboken har en sti som peker ut av den", stem, file_name)
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names):
        raise _harmful("to filer inne i arbeidsboken har samme navn", stem, file_name)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise _harmful("arbeidsboken har makroer, og de åpnes aldri", stem, file_name)
    if any("/externallinks/" in name or name == "xl/connections.xml" for name in names):
        raise _harmful("arbeidsboken henter tall fra andre filer eller datakilder", stem, file_name)
    too_dense = any(member.file_size > max(RATIO_COUNTS_FROM, LARGEST_RATIO * member.compress_size)
                    for member in members)
    if too_dense or len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_WHOLE:
        raise _too_large(stem, file_name)


def _demand_workbook(names: set[str], stem: str, file_name: str) -> None:
    if WORKBOOK in names and CONTENT_TYPES in names:
        return
    kind = "en arbeidsbok i binærformat (.xlsb)" if "xl/workbook.bin" in names else (
        "et OpenDocument-regneark (.ods)" if "mimetype" in names else "en zip-fil som ikke er en arbeidsbok")
    raise refusal(NOT_A_WORKBOOK, stem, file_name, f"filen er {kind}. {SAVE_AGAIN}")


def _unpacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], stem: str, file_name: str) -> dict[str, bytes]:
    """The members' bytes; what comes out is counted, whatever the directory said."""
    left, texts = LARGEST_WHOLE, {}
    for member in members:
        with archive.open(member) as stream:
            texts[member.filename] = stream.read(left + 1)
        left -= len(texts[member.filename])
        if left < 0:
            raise _too_large(stem, file_name)
    return texts


def _refuse_harmful_text(name: str, text: bytes, stem: str, file_name: str) -> None:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\x00" in text:
        raise _harmful("teksten inne i arbeidsboken har egne definisjoner eller et fremmed tegnsett", stem, file_name)
    if name == CONTENT_TYPES and b"macroEnabled" in text:
        raise _harmful("arbeidsboken er av et slag som kan ha makroer (.xlsm)", stem, file_name)
    if name.endswith(".rels") and any(not _HYPERLINK.search(link) for link in _EXTERNAL.findall(text)):
        raise _harmful("arbeidsboken er lenket til andre filer", stem, file_name)


def _harmful(what: str, stem: str, file_name: str) -> DeliveryRefused:
    return refusal(UNSAFE_WORKBOOK, stem, file_name, f"{what}; filen er ikke lest. Skriv tallene inn i et skjema fra "
                   "«folgeeval template», lagre det som .xlsx og lever det.")


def _too_large(stem: str, file_name: str) -> DeliveryRefused:
    return _harmful("arbeidsboken pakker ut til langt mer enn et skjema kan være", stem, file_name)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
