"""One reader per source: bytes to rows, each value with its place. No Dagster, no database, no network.

This file is the register of readers. It imports a reader only when somebody asks for it.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from assets.sources.refusals import EMPTY_FILE, UNKNOWN_FORM
from expectations.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets.sources.reading import Cell, SourceReader

SOURCES: dict[str, str] = {
    stem: f"assets.sources.{stem}"
    for stem in ("kostra_accounts", "ledger", "supplier_invoices", "grants", "rates", "bufetat", "surveys",
                 "supervision", "population", "kostra_statistics", "interview_codings",
                 "child_records", "data_requests", "tertial_reports")
}
"""Module names by stem, in the order the readers are asked; they are imported on demand.

The tertial report stands last: it also takes the workbooks nobody knows, to refuse them with a reason.
"""

INTERVIEWS = "interview_codings"
EXTRACT_NAME = "extract.json"

KNOWN_FORMS = (
    "regnskap (SSBs filuttrekk, 48 tegn per linje), hovedbok, tilskudd, satser, fakturaer, tall fra Bufetat, "
    "spørreundersøkelser og tilsyn (CSV med semikolon og overskrifter), befolkning og nøkkeltall (JSON-stat 2), "
    "tertialrapport og dataforespørsel (arbeidsbok laget med «folgeeval template», eller en annen med mapping), "
    "intervjukodinger (.qdpx, .qdc, eller tabell fra Taguette, QualCoder, NVivo, MAXQDA eller ATLAS.ti) og individdata "
    "(skjema 15F, XML)"
)


def reader_of(stem: str) -> "SourceReader":
    """The reader of a source. Raises KeyError for a stem nobody reads."""
    return import_module(SOURCES[stem])


def content_of(path: Path) -> bytes | Path:
    """What the readers are given: the file's bytes, or the path itself of an interview project.

    A project may hold hours of sound beside the little we read, and is opened where it lies.
    """
    return path if is_read_in_place(path) else path.read_bytes()


def is_read_in_place(path: Path) -> bool:
    """Whether the file is one that its reader opens itself."""
    from assets.sources.refi_archive import lies_ready

    return lies_ready(path)


def recognise(content: bytes | Path, file_name: str) -> "SourceReader | None":
    """The first reader that knows the content, or None. File names are free: content decides."""
    if isinstance(content, Path):
        return reader_of(INTERVIEWS)
    for stem in SOURCES:
        reader = reader_of(stem)
        if reader.recognises(content, file_name):
            return reader
    return None


def keeps_originals(reader: "SourceReader") -> bool:
    """Whether the source's files are stored as they came; one with `extract` stores that instead, and nothing else."""
    return not hasattr(reader, "extract")


def kept_name(reader: "SourceReader", file_name: str) -> str:
    """What the stored file of an accepted delivery is called."""
    return file_name if keeps_originals(reader) else EXTRACT_NAME


def read_cells(
    reader: "SourceReader", content: bytes | Path, file_name: str,
) -> "tuple[Sequence[Cell], tuple[Finding, ...]]":
    """Every cell or line of a file with its findings, for showing; takes more than intake does where a reader can.

    Raises DeliveryRefused when the file cannot be read.
    """
    if hasattr(reader, "read_cells"):
        return reader.read_cells(content, file_name)
    reading = reader.read(content, file_name)
    return reading.cells, reading.findings


def unknown_form(content: bytes, file_name: str) -> Finding:
    """Why a file that no reader recognises is refused: it is empty (F01) or of an unknown form (F00)."""
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return Finding(
            EMPTY_FILE, "kritisk_feil", f"{file_name}: filen er tom. Lag uttrekket på nytt og lever det igjen.",
            file=file_name)
    return Finding(
        UNKNOWN_FORM, "kritisk_feil",
        f"{file_name}: formen er ukjent. Kjente former er {KNOWN_FORMS}. Kontroller at filen er den riktige "
        "og at første linje har overskriftene.", file=file_name)
