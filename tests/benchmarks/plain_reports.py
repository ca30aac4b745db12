"""The rival's reading of what is not lines or cubes: the two workbook forms and the interview project, as raw rows.

Written as anybody would with python-calamine, zipfile and xml.etree: what the demo's files hold is read, nothing is
judged, nothing is refused. Beside `plain_duckdb.py`, which runs as a script and puts the rows into the database.
"""

import hashlib
import io
import unicodedata
import zipfile
from collections import defaultdict
from datetime import date
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

SIGNS = {"ikke rapportert": "..", "ikke aktuelt": ".", "bekreftet null": "-", "kommer senere": "..."}
FIGURES = ("count", "fte", "amount", "days", "months")
FIRST_FIELD_ROW = 6
YES, GIVEN = ("ja", "verifisert", "godkjent"), ("gitt", "ja", "skriftlig")
DIRECTIONS = {"positiv": 1, "nøytral": 0, "negativ": -1}


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK") and "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def is_interviews(content: bytes) -> bool:
    return content.startswith(b"PK") and not is_workbook(content) or b"urn:QDA-XML:" in content[:500]


def form_of(content: bytes) -> str:
    """The form's name, which the hidden sheet says."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("_skjema").to_python()[0][1]


def form_rows(content: bytes, fields: dict[str, tuple[int, str]]) -> list[dict]:
    """One row per field of a form; `fields` gives each field's number and kind."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    hidden = sheets["_skjema"]
    rows = []
    for field_id, sheet, value_cell, status_cell, explanation_cell, *_ in hidden[FIRST_FIELD_ROW - 1:]:
        number, kind = fields[field_id]
        given, status = _at(sheets[sheet], value_cell), _at(sheets[sheet], status_cell)
        sign = SIGNS[status.lower()] if status else None
        if given == "" and sign is None:
            sign = ".."
        rows.append({
            "cell_number": number, "municipality_code": hidden[2][1], "period": hidden[3][1], "field_id": field_id,
            "value": _figure(given, sign) if kind in FIGURES else None,
            "value_text": None if kind in FIGURES or given == "" else _words(given), "status_sign": sign,
            "explanation": _words(_at(sheets[sheet], explanation_cell)) or None, "sheet": sheet, "cell": value_cell})
    return rows


def _at(sheet: list[list], cell: str):
    """The value of a cell such as B7; empty text where there is none."""
    if not cell:
        return ""
    row, column = int(cell[1:]) - 1, ord(cell[0]) - ord("A")
    return sheet[row][column] if row < len(sheet) and column < len(sheet[row]) else ""


def _figure(given, sign: str | None) -> float | None:
    if sign is not None:
        return 0.0 if sign == "-" else None
    return float(given.replace(" ", "").replace("\xa0", "").replace(",", ".") if isinstance(given, str) else given)


def _words(given) -> str:
    return given.isoformat() if isinstance(given, date) else str(given).strip()


def interview_rows(content: bytes, municipality_of: dict[tuple[str, int], str]) -> list[dict]:
    """The codes of a codebook, or a project's interviews with consent and then its codings.

    `municipality_of` gives the code of a municipality's name in a year.
    """
    root = _without_namespace(_xml(content))
    codes = {_guid(code): code for code in root.iter("Code") if code.get("isCodable") != "false"}
    if root.tag == "CodeBook":
        return [_row(number, "code", code_guid=guid, code_name=code.get("name"), cell=guid) for number, (guid, code)
                in enumerate((guid, code) for guid, code in codes.items() if code.get("name").lower() not in DIRECTIONS)]
    rows, informants = [], {}
    for number, source in enumerate(root.find("Sources"), 1):
        said = _variables(root, source)
        if said.get("Samtykke", "").lower() in GIVEN and said.get("Verifisert", "").lower() in YES:
            year = int(said["Intervjuår"][:4])
            informants[number] = {
                "document_key": _key("document", _guid(source)), "interview_year": year,
                "informant_group": said["Informantgruppe"].lower(), "consent_state": "given",
                "verification_state": "verified"}
            rows.append(_row(len(rows), "document", **informants[number], cell=f"intervju nr. {number} i project.qde",
                             municipality_code=municipality_of.get((said.get("Kommune"), year))))
    return rows + _coding_rows(root, codes, informants, len(rows))


def _coding_rows(root, codes: dict, informants: dict[int, dict], first: int) -> list[dict]:
    """A direction is a coding beside the others on the same stretch by the same coder, and no coding of its own."""
    found, beside = [], defaultdict(set)
    for number, source in enumerate(root.find("Sources"), 1):
        for selection in source.iter("PlainTextSelection"):
            span = int(selection.get("startPosition")), int(selection.get("endPosition"))
            for coding in selection.iter("Coding"):
                code = codes[_guid(coding.find("CodeRef"), "targetGUID")]
                coder = _guid(coding, "creatingUser")
                stretch = (number, *span, coder)
                if code.get("name").lower() in DIRECTIONS:
                    beside[stretch].add(DIRECTIONS[code.get("name").lower()])
                else:
                    found.append((_guid(coding), code, stretch))
    return [_row(number, "coding", **informants[stretch[0]], code_guid=_guid(code),
                 code_name=unicodedata.normalize("NFC", code.get("name")), coder_key=_key("coder", stretch[3]),
                 direction=next(iter(beside[stretch])) if len(beside[stretch]) == 1 else None,
                 position_from=stretch[1], position_to=stretch[2], cell=guid)
            for number, (guid, code, stretch) in enumerate(found, first)]


def _row(number: int, kind: str, **told) -> dict:
    return {"cell_number": number, "record_kind": kind, **told}


def _xml(content: bytes) -> ElementTree.Element:
    if content.startswith(b"PK"):
        content = zipfile.ZipFile(io.BytesIO(content)).read("project.qde")
    return ElementTree.fromstring(content)


def _without_namespace(root: ElementTree.Element) -> ElementTree.Element:
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _variables(root: ElementTree.Element, source: ElementTree.Element) -> dict[str, str]:
    """What is said of an interview, by the source itself and by the case it belongs to."""
    names = {_guid(variable): variable.get("name") for variable in root.iter("Variable")}
    cases = [case for case in root.iter("Case")
             if any(_guid(reference, "targetGUID") == _guid(source) for reference in case.iter("SourceRef"))]
    return {names[_guid(value.find("VariableRef"), "targetGUID")]: value[-1].text
            for owner in (source, *cases) for value in owner.iter("VariableValue")}


def _guid(element: ElementTree.Element, attribute: str = "guid") -> str:
    return element.get(attribute).strip("{}").lower()


def _key(kind: str, guid: str) -> str:
    return hashlib.sha256(f"{kind}:{guid}".encode()).hexdigest()[:16]
