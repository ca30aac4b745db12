"""From a delivered file to the one XML text we read of it: `project.qde` of a REFI-QDA project, or a bare codebook.

Nothing else in the archive is opened, nothing is written under a member's own name, and no message quotes one: names of
members may be names of people.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assets.sources.interview_rules import (BROKEN_ARCHIVE, OTHER_TOOL, PATH_OUTSIDE, PROJECT_MISSING, STEM, TOO_LARGE)
from assets.sources.refusals import EMPTY_FILE, refusal
from assets.sources.workbook_archive import BROKEN_ZIP, ZIP_MARKS

SUFFIXES = (".qdpx", ".qdc", ".qde")
OTHER_TOOLS = re.compile(r"\.(?:nvpx?|mx\d\d|atlproj\d*|hpr7|qda|rqda)$")
MOST_MEMBERS = 20_000
LARGEST_XML = 512 * 2**20
LARGEST_WHOLE = 4 * 2**30
LARGEST_RATIO = 200
"""Real projects shrink ten to forty times; a bomb a thousand times."""
RATIO_COUNTS_FROM = 2**20

_NAMESPACE = "urn:QDA-XML:"


def lies_ready(path: Path) -> bool:
    """Whether the file is an archive with a project, to be read where it lies: it may hold hours of sound."""
    with path.open("rb") as file:
        if file.read(4) not in ZIP_MARKS or OTHER_TOOLS.search(path.name.lower()):
            return False
    members = _members(path)
    return members is not None and any(_is_project(member) for member in members)


def is_project_or_codebook(content: bytes, file_name: str) -> bool:
    """Whether the file is an interview project or codebook, whole or broken.

    Also what only looks like one is: a file that may hold interviews must never be kept as it came.
    """
    name = file_name.lower()
    if name.endswith(SUFFIXES) or OTHER_TOOLS.search(name):
        return True
    if content.startswith(ZIP_MARKS):
        members = _members(content)
        if members is None:
            return any(name in content.lower() for name in (b"project.qde", b"sources/", b"sources\\"))
        return any(_is_project(member) or "sources" in _parts(member)[:-1] for member in members)
    return any(_NAMESPACE.encode(encoding) in content[:4096] for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@contextmanager
def project_stream(content: bytes | Path, file_name: str) -> Iterator[IO[bytes]]:
    """The project's or codebook's XML, to be read as it streams; `content` is a file's bytes, or a path that lies
    ready.

    Raises DeliveryRefused with the reason and what to do, also while it is being read.
    """
    if isinstance(content, bytes):
        if not content.removeprefix(b"\xef\xbb\xbf").strip():
            raise refusal(EMPTY_FILE, STEM, file_name, "filen er tom. Eksporter prosjektet på nytt og lever det igjen.")
        if OTHER_TOOLS.search(file_name.lower()):
            raise refusal(OTHER_TOOL, STEM, file_name, "dette er kodeverktøyets egen prosjektfil, som ikke kan leses "
                                                       "her. "
                          "Eksporter prosjektet som REFI-QDA (.qdpx) og lever det.")
        if not content.startswith(b"PK"):
            yield io.BytesIO(content)
            return
    with _archive(content, file_name) as archive:
        members = archive.infolist()
        _refuse_paths_outside(members, file_name)
        _refuse_too_large(members, file_name)
        yield _Member(archive, _the_project(members, file_name), file_name)


@contextmanager
def _archive(content: bytes | Path, file_name: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(content if isinstance(content, Path) else io.BytesIO(content))
    except BROKEN_ZIP:
        raise _broken(file_name) from None
    with archive:
        yield archive


class _Member(io.RawIOBase):
    """A member as it is unpacked, whatever the directory said of its size."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, file_name: str) -> None:
        self._file_name, self._unpacked = file_name, 0
        self._stream = self._or_refuse(lambda: archive.open(member))

    def read(self, size: int = -1) -> bytes:
        chunk = self._or_refuse(lambda: self._stream.read(size))
        self._unpacked += len(chunk)
        if self._unpacked > LARGEST_XML:
            raise _too_large(self._file_name)
        return chunk

    def _or_refuse(self, ask):
        try:
            return ask()
        except BROKEN_ZIP:
            raise _broken(self._file_name) from None


def _members(content: bytes | Path) -> list[zipfile.ZipInfo] | None:
    """What the archive says it holds; None when it cannot be read."""
    try:
        with zipfile.ZipFile(content if isinstance(content, Path) else io.BytesIO(content)) as archive:
            return archive.infolist()
    except BROKEN_ZIP:
        return None


def _the_project(members: list[zipfile.ZipInfo], file_name: str) -> zipfile.ZipInfo:
    found = [member for member in members if _is_project(member)]
    if not found:
        raise refusal(PROJECT_MISSING, STEM, file_name, "arkivet har ingen project.qde, og uten den finnes verken "
                      "kodebok eller kodinger. Eksporter prosjektet på nytt som REFI-QDA (.qdpx) fra kodeverktøyet og "
                      "lever filen uten å pakke den ut først.")
    if len(found) > 1:
        raise refusal(PROJECT_MISSING, STEM, file_name, f"arkivet har {len(found)} filer som heter project.qde, og det "
                      "skal være én. Lever ett prosjekt i hver fil.")
    return found[0]


def _refuse_paths_outside(members: list[zipfile.ZipInfo], file_name: str) -> None:
    for number, member in enumerate(members, 1):
        path = member.orig_filename.replace("\\", "/")
        if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
            raise refusal(PATH_OUTSIDE, STEM, file_name, f"fil nr. {number} i arkivet har en sti som peker ut av "
                          "arkivet. Slik lager ingen kodeverktøy filen; eksporter prosjektet på nytt og lever det.")


def _refuse_too_large(members: list[zipfile.ZipInfo], file_name: str) -> None:
    is_bomb = any(member.file_size > max(RATIO_COUNTS_FROM, LARGEST_RATIO * member.compress_size)
                  for member in members)
    if is_bomb or len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_WHOLE:
        raise _too_large(file_name)


def _broken(file_name: str) -> Exception:
    return refusal(BROKEN_ARCHIVE, STEM, file_name, "arkivet kan ikke åpnes: det er skadet, kryptert eller pakket på "
                   "en ukjent måte. Eksporter prosjektet på nytt som REFI-QDA uten passord og lever det.")


def _too_large(file_name: str) -> Exception:
    return refusal(TOO_LARGE, STEM, file_name, "arkivet pakker ut til langt mer enn et kodeprosjekt kan være, og er "
                                               "ikke "
                   "åpnet. Eksporter prosjektet på nytt uten lyd og bilder og lever det.")


def _is_project(member: zipfile.ZipInfo) -> bool:
    """What macOS lays beside a file has its name, but not its content."""
    parts = _parts(member)
    return parts[-1] == "project.qde" and "__macosx" not in parts


def _parts(member: zipfile.ZipInfo) -> list[str]:
    return member.filename.replace("\\", "/").lower().split("/")
