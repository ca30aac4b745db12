"""Interview codings: a REFI-QDA project (.qdpx), its codebook alone (.qdc), or a coding tool's table (CSV, Excel).

What is kept are codes, informant groups, directions and positions; never a text, a quotation, or the name of a document
or a coder. Of the file itself only the extract is stored (`extract`). A project covers every interview year it holds for
the trial municipalities together; a newer project for a year takes the older one's place, so a year is delivered whole.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assets.sources import extracts, interview_extract
from assets.sources.coding_table import coding_table, looks_like_codings
from assets.sources.interview_direction import Directed, directed, is_direction, name_and_direction
from assets.sources.interview_documents import FIELDS, Informant, informants, is_ours, place_of
from assets.sources.interview_findings import UNIT, loss_report, not_mapped, not_understood, version_noted
from assets.sources.interview_keys import coder_key, document_key
from assets.sources.interview_rules import BROKEN_XML, STEM
from assets.sources.reading import Reading, ScopeKey
from assets.sources.refi_archive import is_project_or_codebook, project_stream
from assets.sources.refi_project import Project, project_of
from assets.sources.refusals import EMPTY_FILE, refusal
from expectations.finding import Finding

__all__ = ["FIELDS", "STEM", "extract", "read", "recognises"]

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
CODEBOOK_DATASET = "codebook"
CODEBOOK_PERIOD = "2016"
"""A codebook carries no year; it stands under the trial's first, so that a newer codebook takes the older one's place."""


def recognises(content: bytes | Path, file_name: str) -> bool:
    """Whether the file is, or may be, an interview project, a codebook or a coding tool's table."""
    return isinstance(content, Path) or is_project_or_codebook(content, file_name) or looks_like_codings(content)


def read(content: bytes | Path, file_name: str) -> Reading:
    """The project, codebook or extract read; a path is that of a project read where it lies (`content_of`).

    Raises DeliveryRefused for what cannot be opened safely or understood, and for interviews without consent (VR73) or
    not verified (VR71).
    """
    if isinstance(content, bytes) and interview_extract.is_extract(content):
        return interview_extract.read_again(content)
    if isinstance(content, bytes) and not is_project_or_codebook(content, file_name) and looks_like_codings(content):
        table = coding_table(content, file_name)
        return _project(table.project, file_name, f"tabell: {table.tool_name}", [table.columns_taken])
    with project_stream(content, file_name) as stream:
        project = project_of(stream, file_name)
    if project.root == "Project":
        return _project(project, file_name, "REFI-QDA 1.0", version_noted(project.namespace, (PROJECT,), file_name))
    if project.root == "CodeBook":
        return _codebook(project, file_name)
    raise refusal(BROKEN_XML, STEM, file_name, "XML-teksten er verken et prosjekt eller en kodebok i REFI-QDA. Eksporter "
                  "prosjektet som .qdpx eller kodeboken som .qdc og lever den.")


def extract(reading: Reading) -> bytes:
    """All that is stored of a delivered file."""
    return extracts.written(reading)


def _project(project: Project, file_name: str, form_version: str, noted: Iterable[Finding]) -> Reading:
    coded = {coding.document_number for coding in project.codings}
    if not coded:
        raise refusal(EMPTY_FILE, STEM, file_name, "prosjektet har ingen kodede intervjuer. Kod intervjuene, eller lever "
                      "kodeboken alene som .qdc.")
    asked = informants(project.documents, coded, file_name)
    by_guid = {code.guid: code for code in project.codes}
    found, two_ways, lone = directed(project.codings, by_guid)
    unknown = sum(coding.code_guid not in by_guid for coding in project.codings)
    counted = {**project.passed_by, "left_out": len(project.documents) - len(asked), "lone_directions": lone,
               "variables": sum(not is_ours(name) for name in project.variable_names)}
    return interview_extract.reading_of(
        _rows(asked, found), form_version, {ScopeKey(UNIT, str(one.year)) for one in asked},
        [*loss_report(counted, file_name), *noted,
         *not_understood(project.bad_positions, unknown, two_ways, file_name),
         *not_mapped((one.name for one in found), file_name)])


def _rows(asked: list[Informant], found: list[Directed]) -> Iterator[dict[str, Any]]:
    """First the interviews, then the codings, numbered through."""
    for number, one in enumerate(asked):
        yield _row(number, "document", one, municipality_code=one.municipality_code, cell=place_of(one.document))
    by_number = {one.document.number: one for one in asked}
    for number, one in enumerate(found, len(asked)):
        coding = one.coding
        # A table's codes have no identity but their name.
        guid = None if coding.place else one.code.guid
        yield _row(number, "coding", by_number[coding.document_number], code_guid=guid, code_name=one.name,
                   coder_key=coder_key(coding.coder_guid), direction=one.direction,
                   position_from=coding.position_from, position_to=coding.position_to,
                   cell=coding.guid or coding.place or f"koding nr. {number - len(asked) + 1} i project.qde")


def _row(number: int, kind: str, one: Informant | None, **more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("municipality_code", "code_guid", "code_name", "coder_key", "direction", "position_from",
                           "position_to"))
    return {"cell_number": number, "record_kind": kind,
            "document_key": document_key(one.document.guid) if one else None,
            "interview_year": one.year if one else None, "informant_group": one.group if one else None,
            "consent_state": "given" if one else None, "verification_state": "verified" if one else None,
            **empty, **more}


def _codebook(book: Project, file_name: str) -> Reading:
    codes = [code for code in book.codes if code.is_codable and not is_direction(code)]
    if not codes:
        raise refusal(EMPTY_FILE, STEM, file_name, "kodeboken har ingen koder. Eksporter den på nytt og lever den.")
    rows = []
    for number, code in enumerate(codes):
        name, direction = name_and_direction(code.name)
        rows.append(_row(number, "code", None, code_guid=code.guid, code_name=name, direction=direction, cell=code.guid))
    return interview_extract.reading_of(
        rows, "REFI-QDA 1.0 kodebok", [ScopeKey(UNIT, CODEBOOK_PERIOD, CODEBOOK_DATASET)],
        [*version_noted(book.namespace, (CODEBOOK, PROJECT), file_name),
         *not_mapped((row["code_name"] for row in rows), file_name)])
