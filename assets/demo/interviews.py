"""Plainly invented interviews: a REFI-QDA project for 2019 and its codebook. The texts say that they say nothing.

How many were interviewed of each group and place is printed; every code, coding and direction is constructed.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from assets.demo.delivery import CONSTRUCTED, DemoDelivery, Mark, delivery
from assets.demo.municipalities import municipality_name
from assets.demo.targets import amounts, places_of, target
from warehouse.reference_data import reference_rows

YEAR = 2019
GROUPS = ("ungdom", "forelder", "fosterforelder")
DIRECTIONS = ("positiv", "nøytral", "negativ")
TEXT = "Konstruert sammendrag uten innhold"
_STARTS, _ENDS = (0, 11, 22, 27), (10, 21, 26, 34)
STRETCHES = tuple((start, end) for start in _STARTS for end in _ENDS if start < end)
"""Every run of the text's words; the codings take them in turn."""

VARIABLES = ("Informantgruppe", "Kommune", "Intervjuår", "Samtykke", "Verifisert")
CODERS = ("Koder A", "Koder B")
MOMENT = "2019-06-03T12:00:00Z"
_NAMESPACE = UUID("6f6c6765-6576-4616-8c00-000000000001")
_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"


class Interview(NamedTuple):
    """One invented interview: its number in the project, group, municipality and mark."""

    number: int
    group: str
    municipality_code: str
    mark: Mark


class InventedCoding(NamedTuple):
    """One coding: which interview and code, its direction, and who coded which stretch."""

    interview: Interview
    code: str
    direction: str
    coder: str
    stretch: tuple[int, int]


def interview_deliveries() -> list[DemoDelivery]:
    """The project with its codings, and the codebook alone."""
    interviews = list(_interviews())
    codings = list(_codings(interviews))
    marks = [*(one.mark for one in interviews), *(CONSTRUCTED for _ in codings)]
    return [
        delivery(f"intervjuer_{YEAR}.qdpx", _archive(interviews, codings), marks, first_place=0),
        delivery("kodebok_intervjuer.qdc", _codebook_file(), (CONSTRUCTED for _ in _codes()), first_place=0)]


def _codes() -> list[dict[str, str]]:
    return reference_rows("code_mapping")


def _interviews() -> Iterator[Interview]:
    """Each printed number of informants as so many interviews: parts of a printed sum."""
    number = count(1)
    for group in GROUPS:
        for code in places_of(f"informants:{group}"):
            found = target(f"informants:{group}", code, YEAR)
            for _ in range(found.number):
                yield Interview(next(number), group, code, Mark("constrained", found.mark.fact_id))


def _codings(interviews: list[Interview]) -> Iterator[InventedCoding]:
    """The codings of each code and direction, dealt over interviews and coders in turn.

    No coder codes the same stretch of an interview twice, so each stretch has one direction.
    """
    turn = count()
    for code in (row["code_name"] for row in _codes()):
        for direction in DIRECTIONS:
            for _ in range(amounts(f"codings:{direction}:", "FORSOK", YEAR).get(code, 0)):
                number = next(turn)
                interview, coder = interviews[number % len(interviews)], CODERS[number % len(CODERS)]
                stretch = STRETCHES[number // (len(interviews) * len(CODERS)) % len(STRETCHES)]
                yield InventedCoding(interview, code, direction, coder, stretch)


def _archive(interviews: list[Interview], codings: list[InventedCoding]) -> bytes:
    """The project's archive. Nothing is packed, so that every machine writes the same bytes."""
    members = {"project.qde": _written(_project(interviews, codings))}
    members |= {f"sources/{_guid('text', str(one.number))}.txt": TEXT.encode() for one in interviews}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name, (YEAR, 6, 3, 12, 0, 0)), content)
    return archive.getvalue()


def _project(interviews: list[Interview], codings: list[InventedCoding]) -> Element:
    project = Element("Project", {"xmlns": _PROJECT, "name": "Konstruert demoprosjekt", "origin": "Følgeeval demo"})
    users = SubElement(project, "Users")
    for coder in CODERS:
        SubElement(users, "User", {"guid": _guid("koder", coder), "name": coder})
    project.append(_codebook())
    variables = SubElement(project, "Variables")
    for name in VARIABLES:
        SubElement(variables, "Variable", {"guid": _guid("variabel", name), "name": name, "typeOfVariable": "Text"})
    cases, sources = SubElement(project, "Cases"), SubElement(project, "Sources")
    for interview in interviews:
        _add_case(cases, interview)
        _add_source(sources, interview, [coding for coding in codings if coding.interview is interview])
    return project


def _add_case(cases: Element, interview: Interview) -> None:
    case = SubElement(cases, "Case", {"guid": _guid("case", str(interview.number))})
    said = (interview.group, municipality_name(interview.municipality_code), str(YEAR), "gitt", "ja")
    for name, value in zip(VARIABLES, said, strict=True):
        one = SubElement(case, "VariableValue")
        SubElement(one, "VariableRef", {"targetGUID": _guid("variabel", name)})
        SubElement(one, "TextValue").text = value
    SubElement(case, "SourceRef", {"targetGUID": _guid("kilde", str(interview.number))})


def _add_source(sources: Element, interview: Interview, codings: list[InventedCoding]) -> None:
    number = str(interview.number)
    source = SubElement(sources, "TextSource", {
        "guid": _guid("kilde", number), "name": f"Konstruert intervju {number}",
        "plainTextPath": f"internal://{_guid('text', number)}.txt"})
    for place, coding in enumerate(codings):
        selection = SubElement(source, "PlainTextSelection", {
            "guid": _guid("utsnitt", number, str(place)), "startPosition": str(coding.stretch[0]),
            "endPosition": str(coding.stretch[1]), "creatingUser": _guid("koder", coding.coder)})
        for code in (coding.code, coding.direction):
            one = SubElement(selection, "Coding", {
                "guid": _guid("koding", number, str(place), code), "creatingUser": _guid("koder", coding.coder),
                "creationDateTime": MOMENT})
            SubElement(one, "CodeRef", {"targetGUID": _guid("kode", code)})


def _codebook_file() -> bytes:
    root = _codebook()
    root.set("xmlns", _CODEBOOK)
    return _written(root)


def _codebook() -> Element:
    """The codes under a heading for each delmål, and the directions under a heading of their own."""
    root = Element("CodeBook")
    codes, headings = SubElement(root, "Codes"), {}
    named = [(f"Delmål {row['delmaal']}", row["code_name"]) for row in _codes()]
    for heading, name in (*named, *(("Retning", direction) for direction in DIRECTIONS)):
        if heading not in headings:
            headings[heading] = SubElement(codes, "Code", {
                "guid": _guid("overskrift", heading), "name": heading, "isCodable": "false"})
        SubElement(headings[heading], "Code", {
            "guid": _guid("kode", name), "name": name.capitalize() if heading == "Retning" else name,
            "isCodable": "true"})
    return root


def _written(root: Element) -> bytes:
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _guid(*parts: str) -> str:
    """The same GUID each time for the same thing."""
    return str(uuid5(_NAMESPACE, "/".join(parts))).upper()
