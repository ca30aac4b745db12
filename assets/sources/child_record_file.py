"""Form 15F's XML as a stream of whole elements: the sender, then each individual, one in memory at a time.

No document type, no entities, nothing fetched. Elements outside `Barnevern/Avgiver` and `Barnevern/Individ` are passed
by. What the elements mean belongs in `child_record_elements.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.sax.handler import ContentHandler

from assets.sources.child_record_marks import holds_anything, is_packed, looks_like_xml
from assets.sources.child_record_refusals import BROKEN_XML, NO_SENDER, OTHER_ROOT, STEM, TOO_LARGE, UNSAFE_XML
from assets.sources.refusals import EMPTY_FILE, refusal

PIECE = 2**16
DEEPEST = 12
MOST_IN_ONE_INDIVIDUAL = 20_000
MOST_PIECES_OF_ONE_TOKEN = 16
"""A megabyte: for each piece a parser begins again on the tag or comment it has not seen the end of."""

@dataclass(slots=True)
class Element:
    """One element below `Barnevern`, with the elements in it. `has_text` says that there are words, never which."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    has_text: bool = False

    def all(self, name: str) -> Iterator["Element"]:
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Element | None":
        return next(self.all(name), None)


def elements_of(content: bytes, file_name: str) -> Iterator[Element]:
    """The sender and the individuals, in the order of the file. Raises DeliveryRefused where the XML is not sound."""
    from xml.sax import SAXParseException

    from defusedxml import DefusedXmlException
    from defusedxml.expatreader import create_parser

    _refuse_what_is_not_xml(content, file_name)
    parser = create_parser(forbid_dtd=True)
    gathered = _Elements(file_name, parser.getLineNumber)
    parser.setContentHandler(gathered)
    standstill = _Standstill(file_name)
    try:
        for at in range(0, len(content), PIECE):
            parser.feed(content[at:at + PIECE])
            standstill.note((parser.getLineNumber(), parser.getColumnNumber()))
            yield from gathered.taken()
        parser.close()
    except DefusedXmlException:
        raise refusal(UNSAFE_XML, STEM, file_name, "XML-teksten har en dokumenttype (DTD) eller egne entiteter, som "
                      "kan hente inn fremmed innhold. Skjema 15F har ingen av delene; lag uttrekket på nytt.") from None
    except SAXParseException as fault:
        raise refusal(BROKEN_XML, STEM, file_name, f"XML-teksten er brutt ved linje {fault.getLineNumber()}: filen er "
                      "ikke hel, eller tegnsettet er et annet enn det første linje sier (ISO-8859-1). Lag uttrekket "
                      "på nytt.") from None
    except (ValueError, LookupError):
        raise refusal(BROKEN_XML, STEM, file_name, "XML-teksten har et tegnsett som ikke kan leses. Lag uttrekket på "
                      "nytt i ISO-8859-1.") from None
    yield from gathered.taken()


def _refuse_what_is_not_xml(content: bytes, file_name: str) -> None:
    if not holds_anything(content):
        raise refusal(EMPTY_FILE, STEM, file_name, "filen er tom. Lag uttrekket på nytt.")
    if is_packed(content):
        raise refusal(OTHER_ROOT, STEM, file_name, "filen er et arkiv med individdata i. Pakk det ut, og lever XML-filen.")
    if not looks_like_xml(content):
        raise refusal(OTHER_ROOT, STEM, file_name, "filen er ikke XML, men ser ut til å ha opplysninger om enkeltbarn. "
                      "Lever uttrekket slik fagsystemet lager det til SSB.")


class _Standstill:
    """Counts the pieces read since the parser last came further."""

    def __init__(self, file_name: str) -> None:
        self._file_name, self._place, self._pieces = file_name, (1, 0), 0

    def note(self, place: tuple[int, int]) -> None:
        """Raises DeliveryRefused where one tag or comment has gone on for too long."""
        self._pieces = self._pieces + 1 if place == self._place else 0
        self._place = place
        if self._pieces > MOST_PIECES_OF_ONE_TOKEN:
            raise refusal(TOO_LARGE, STEM, self._file_name, f"linje {place[0]}: én tagg eller merknad er over en megabyte. Lag "
                          "uttrekket på nytt.")


class _Elements(ContentHandler):
    """Gathers elements as they close. `_open` holds the way from the element below the root; the rest is counted."""

    def __init__(self, file_name: str, line_now: Callable[[], int]) -> None:
        super().__init__()
        self._file_name, self._line_now, self._depth, self._count = file_name, line_now, 0, 0
        self._open: list[Element] = []
        self._whole: list[Element] = []
        self._has_sender = False

    def taken(self) -> list[Element]:
        """The elements closed since the last time."""
        whole, self._whole = self._whole, []
        return whole

    def startElement(self, name: str, attrs) -> None:
        name, line = name.rpartition(":")[2], self._line_now()
        self._depth += 1
        if self._depth == 1 and name != "Barnevern":
            raise refusal(OTHER_ROOT, STEM, self._file_name, f"linje {line}: filen er ikke skjema 15F, som begynner "
                          "med elementet Barnevern. Lever uttrekket slik fagsystemet lager det til SSB.")
        if self._depth == 2 and name in ("Avgiver", "Individ"):
            self._refuse_without_sender(name, line)
            self._count = 0
        elif not self._open:
            return
        self._refuse_too_much(line)
        element = Element(name, line, {key.rpartition(":")[2]: value for key, value in attrs.items()})
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _refuse_without_sender(self, name: str, line: int) -> None:
        self._has_sender = self._has_sender or name == "Avgiver"
        if not self._has_sender:
            raise refusal(NO_SENDER, STEM, self._file_name, f"linje {line}: filen mangler avgiver foran individene, og "
                          "uten den er verken kommune eller år kjent. Lag uttrekket på nytt.")

    def _refuse_too_much(self, line: int) -> None:
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_IN_ONE_INDIVIDUAL:
            raise refusal(TOO_LARGE, STEM, self._file_name, f"linje {line}: ett individ har langt flere opplysninger "
                          "enn et barn kan ha. Lag uttrekket på nytt.")

    def characters(self, content: str) -> None:
        if self._open and content.strip():
            self._open[-1].has_text = True

    def endElement(self, name: str) -> None:
        if self._open and self._depth - 1 == len(self._open):
            element = self._open.pop()
            if not self._open:
                self._whole.append(element)
        self._depth -= 1
