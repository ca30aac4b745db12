"""A REFI-QDA project or codebook as it stands: codes, documents with their variables, codings with their positions.

Names of documents, coders and cases, notes, quotations and texts are passed by: they are counted, never read. What the
variables say of consent and informants is judged in `interview_documents.py`.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assets.sources.refi_xml import children, clean_name, descendants, guid, local, target, whole_number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass(frozen=True)
class Code:
    """One code of the codebook; a code that is not codable is a heading."""

    guid: str
    name: str
    is_codable: bool


@dataclass(frozen=True)
class Document:
    """One source. `number` is its place in the file, first is 1; `variables` are its own and its cases', by name."""

    number: int
    guid: str | None
    variables: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Coding:
    """One code set by one coder. `selection` tells apart what is coded: equal for codings of the same stretch.

    Positions count Unicode code points, the first is 0, the end is exclusive; None for a whole source or another kind
    of selection.
    """

    guid: str | None
    document_number: int
    selection: int
    code_guid: str | None
    coder_guid: str | None
    position_from: int | None = None
    position_to: int | None = None


@dataclass(frozen=True)
class Project:
    """All we read of a file. `passed_by` counts what it holds besides, by kind."""

    codes: tuple[Code, ...]
    documents: tuple[Document, ...] = ()
    codings: tuple[Coding, ...] = ()
    passed_by: Counter = field(default_factory=Counter)
    bad_positions: int = 0


def codes_of(root: "Element") -> tuple[Code, ...]:
    """Every code of a project or a bare codebook, in the file's order."""
    return tuple(
        Code(key, clean_name(code.get("name")), (code.get("isCodable") or "true").strip().lower() not in ("false", "0"))
        for code in descendants(root, "Code") if (key := guid(code.get("guid"))) and clean_name(code.get("name")))


def project_of(root: "Element") -> Project:
    """The whole project."""
    sources = [source for group in children(root, "Sources") for source in group if local(source)]
    names = {guid(variable.get("guid")): clean_name(variable.get("name")) for variable in descendants(root, "Variable")}
    by_source = _case_variables(root, names)
    documents, codings, bad_positions = [], [], 0
    for number, source in enumerate(sources, 1):
        key = guid(source.get("guid"))
        own = _variables(source, names)
        documents.append(Document(number, key, (*own, *by_source.get(key, ()))))
        found, bad = _codings(source, number)
        codings += found
        bad_positions += bad
    return Project(codes_of(root), tuple(documents), tuple(codings), _passed_by(root, sources), bad_positions)


def _variables(owner: "Element", names: dict[str | None, str]) -> list[tuple[str, str]]:
    """The owner's variables as (name, value); a variable without value is left out."""
    found = []
    for value in children(owner, "VariableValue"):
        name = next((names.get(target(one)) for one in children(value, "VariableRef")), None)
        text = next((clean_name(one.text) for one in value if local(one).endswith("Value") and clean_name(one.text)), "")
        if name and text:
            found.append((name, text))
    return found


def _case_variables(root: "Element", names: dict[str | None, str]) -> dict[str | None, tuple[tuple[str, str], ...]]:
    """The variables of the cases, by the source they are about. A case needs no name."""
    by_source: dict[str | None, tuple[tuple[str, str], ...]] = {}
    for case in descendants(root, "Case"):
        for reference in children(case, "SourceRef"):
            key = target(reference)
            by_source[key] = (*by_source.get(key, ()), *_variables(case, names))
    return by_source


def _codings(source: "Element", number: int) -> tuple[list[Coding], int]:
    """The source's codings in the file's order, and how many had positions that cannot be right."""
    found: list[Coding] = []
    bad = 0
    for selection, owner in enumerate(source.iter()):
        several = list(children(owner, "Coding"))
        span = _span(owner) if several and local(owner) == "PlainTextSelection" else (None, None)
        bad += len(several) if span is None else 0
        for coding in several:
            codes = [target(reference) for reference in children(coding, "CodeRef")] or [None]
            found += [Coding(guid(coding.get("guid")), number, selection, code, _coder(coding, owner),
                             *(span or (None, None))) for code in codes]
    return found, bad


def _span(selection: "Element") -> tuple[int, int] | None:
    start, end = whole_number(selection.get("startPosition")), whole_number(selection.get("endPosition"))
    return None if start is None or end is None or end < start else (start, end)


def _coder(coding: "Element", owner: "Element") -> str | None:
    """Who coded: the creating user, else the modifying one, else the selection's own."""
    named = (guid(element.get(role)) for element in (coding, owner) for role in ("creatingUser", "modifyingUser"))
    return next((name for name in named if name), None)


def _passed_by(root: "Element", sources: list["Element"]) -> Counter:
    """How much of each kind the file holds that is not read."""
    counted = Counter({"documents": len(sources), "coders": sum(1 for _ in descendants(root, "User"))})
    for kind, name in (("notes", "Note"), ("links", "Link"), ("sets", "Set"), ("graphs", "Graph")):
        counted[kind] = sum(1 for _ in descendants(root, name))
    for element in (found for source in sources for found in source.iter()):
        if local(element).endswith("Selection"):
            is_coded = any(True for _ in children(element, "Coding"))
            counted["annotations"] += not is_coded
            counted["other_selections"] += is_coded and local(element) != "PlainTextSelection"
    return counted
