"""A REFI-QDA project or codebook as it stands: codes, documents with their variables, codings with their positions.

Names of documents, coders and cases, notes, quotations and texts are passed by: they are counted, never read. The file
is read as it streams, so what is in memory is what is kept. What the variables say of consent and informants is judged
in `interview_documents.py`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from assets.sources.refi_xml import START, children, clean_name, events, guid, local, namespace, target, whole_number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_USED_BY_PARENT = ("Coding", "CodeRef", "SourceRef", "VariableValue", "VariableRef")
"""Elements that are read together with what they stand in; so are all whose name ends in `Value`."""
_COUNTED = {"User": "coders", "Note": "notes", "Link": "links", "Set": "sets", "Graph": "graphs", "Case": "cases",
            "Transcript": "transcripts", "PictureSource": "pictures", "PDFSource": "pdfs", "AudioSource": "sounds",
            "VideoSource": "films"}


@dataclass(frozen=True)
class Code:
    """One code of the codebook; a code that is not codable is a heading."""

    guid: str
    name: str
    is_codable: bool


@dataclass(frozen=True)
class Document:
    """One source. `number` is its place in the file, first is 1; `variables` are its own and its cases', by name.

    `place` says where it stands; in a project that is its number.
    """

    number: int
    guid: str | None
    variables: tuple[tuple[str, str], ...]
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """One code set by one coder. `selection` tells apart what is coded: equal for codings of the same stretch.

    Positions count Unicode code points as the tool does (ATLAS.ti counts a line break as one wherever the text has
    two); the first is 0, the end is exclusive; None for a whole source or another kind of selection. `place` is where
    it stands in a table.
    """

    guid: str | None
    document_number: int
    selection: int
    code_guid: str | None
    coder_guid: str | None
    position_from: int | None = None
    position_to: int | None = None
    place: str | None = None


@dataclass(frozen=True)
class Project:
    """All we read of a file. `root` and `namespace` are its outermost element's; `passed_by` counts what is not read.

    `variable_names` are those of the project, whether we use them or not.
    """

    root: str
    namespace: str
    codes: tuple[Code, ...]
    documents: tuple[Document, ...] = ()
    codings: tuple[Coding, ...] = ()
    passed_by: Counter = field(default_factory=Counter)
    bad_positions: int = 0
    variable_names: tuple[str, ...] = ()


def project_of(stream: IO[bytes], file_name: str) -> Project:
    """The whole project, or a codebook's codes. Raises DeliveryRefused as `refi_xml.events` does."""
    gathered = _Gathered()
    for event, element, above in _walked(stream, file_name):
        if event == START:
            gathered.start(element, above)
        else:
            gathered.end(element, above)
    return gathered.project()


def guids_named(stream: IO[bytes], file_name: str, name: str) -> list[str]:
    """The GUIDs of the sources with a name: for whoever knows an interview by the name it has in the tool."""
    wanted = clean_name(name).casefold()
    return [key for event, element, above in _walked(stream, file_name)
            if event == START and _is_source(above) and (key := guid(element.get("guid")))
            and clean_name(element.get("name")).casefold() == wanted]


def _walked(stream: IO[bytes], file_name: str) -> Iterator[tuple[str, "Element", list["Element"]]]:
    """Each event with the elements above it, outermost first. An element that has ended is dropped when used."""
    above: list[Element] = []
    for event, element in events(stream, file_name):
        if event == START:
            yield event, element, above
            above.append(element)
            continue
        above.pop()
        yield event, element, above
        if above and not (local(element).endswith("Value") or local(element) in _USED_BY_PARENT):
            above[-1].remove(element)


def _is_source(above: list["Element"]) -> bool:
    """Whether what stands below these is a source: the children of Sources, itself a child of the root."""
    return len(above) == 2 and local(above[1]) == "Sources"


class _Gathered:
    """What has been read so far."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.codes: list[Code] = []
        self.names: dict[str | None, str] = {}
        self.by_source: dict[str | None, list[tuple[str | None, str]]] = {}
        self.documents: list[tuple[str | None, list[tuple[str | None, str]]]] = []
        self.codings: list[Coding] = []
        self.counted: Counter = Counter()
        self.bad_positions = 0
        self._owner_numbers: list[int] = []
        self._started = 0

    def start(self, element: "Element", above: list["Element"]) -> None:
        if not above:
            self.root = element
        self._started += 1
        self._owner_numbers[len(above):] = [self._started]
        key, name = guid(element.get("guid")), clean_name(element.get("name"))
        if local(element) == "Code" and key and name:
            codable = (element.get("isCodable") or "true").strip().lower() not in ("false", "0")
            self.codes.append(Code(key, name, codable))
        elif _is_source(above) and local(element):
            self.documents.append((key, []))

    def end(self, element: "Element", above: list["Element"]) -> None:
        name = local(element)
        self.counted[_COUNTED.get(name, "")] += 1
        if name == "Variable":
            self.names[guid(element.get("guid"))] = clean_name(element.get("name"))
        elif name == "Case":
            for reference in children(element, "SourceRef"):
                self.by_source.setdefault(target(reference), []).extend(_values(element))
        elif name and len(above) >= 2 and local(above[1]) == "Sources":
            if len(above) == 2:
                self.documents[-1][1].extend(_values(element))
            self._end_of_part(element, self._owner_numbers[len(above)])

    def _end_of_part(self, owner: "Element", selection: int) -> None:
        """A source or something in it: the codings on it, or that it is a selection without any."""
        several = list(children(owner, "Coding"))
        is_text = local(owner) == "PlainTextSelection"
        if local(owner).endswith("Selection"):
            self.counted["annotations"] += not several
            self.counted["other_selections"] += bool(several) and not is_text
        span = _span(owner) if several and is_text else (None, None)
        self.bad_positions += len(several) if span is None else 0
        for coding in several:
            codes = [target(reference) for reference in children(coding, "CodeRef")] or [None]
            self.codings += [Coding(guid(coding.get("guid")), len(self.documents), selection, code,
                                    _coder(coding, owner), *(span or (None, None))) for code in codes]

    def project(self) -> Project:
        documents = tuple(
            Document(number, key, tuple((self.names[reference], text)
                                        for reference, text in (*own, *self.by_source.get(key, ()))
                                        if self.names.get(reference)))
            for number, (key, own) in enumerate(self.documents, 1))
        # Selections end before the source they stand in; codings stand in the order what they are on began.
        codings = tuple(sorted(self.codings, key=lambda coding: (coding.document_number, coding.selection)))
        self.counted["documents"] = len(documents)
        self.counted.pop("", None)
        return Project(local(self.root), namespace(self.root), tuple(self.codes), documents, codings, self.counted,
                       self.bad_positions, tuple(self.names.values()))


def _values(owner: "Element") -> list[tuple[str | None, str]]:
    """What the owner's variables say, by the variable's GUID; a variable without value is left out."""
    found = []
    for value in children(owner, "VariableValue"):
        reference = next((target(one) for one in children(value, "VariableRef")), None)
        text = next((clean_name(one.text) for one in value if local(one).endswith("Value") and clean_name(one.text)), "")
        if text:
            found.append((reference, text))
    return found


def _span(selection: "Element") -> tuple[int, int] | None:
    start, end = whole_number(selection.get("startPosition")), whole_number(selection.get("endPosition"))
    return None if start is None or end is None or end < start else (start, end)


def _coder(coding: "Element", owner: "Element") -> str | None:
    """Who coded: the creating user, else the modifying one, else the selection's own."""
    named = (guid(element.get(role)) for element in (coding, owner) for role in ("creatingUser", "modifyingUser"))
    return next((name for name in named if name), None)
