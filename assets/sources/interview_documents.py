"""What a project's variables say of each interview, and the rules at the door: consent, verification, who is asked.

A fault names the interview by its place in the file, and never quotes a name or a value: either may tell who it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assets.sources.headings import normalised, own_heading
from assets.sources.interview_rules import CONTRADICTION, NO_CONSENT, NOT_VERIFIED, STEM
from assets.sources.refi_project import Document
from assets.sources.refusals import NOT_A_DATE, SAME_TWICE, UNKNOWN_CODE, VALUE_MISSING, Faults
from warehouse.reference_data import reference_rows

FIRST_YEAR, LAST_YEAR = 2003, 2100


class Variable(NamedTuple):
    """A variable we read: its heading without signs, and its name as people write it."""

    heading: str
    name: str


FIELDS = (Variable("informantgruppe", "Informantgruppe"), Variable("kommune", "Kommune"),
          Variable("intervjuaar", "Intervjuår"), Variable("samtykke", "Samtykke"), Variable("verifisert", "Verifisert"))
"""Their synonyms stand in `heading_synonym.csv`."""

HEADINGS = tuple(variable.heading for variable in FIELDS)
GROUP, MUNICIPALITY, YEAR, CONSENT, VERIFIED = HEADINGS
NAME_OF = dict(FIELDS)
GIVEN, WITHDRAWN, YES, UNKNOWN = "given", "withdrawn", "yes", "unknown"

_MEANINGS: dict[str, dict[str, str]] = {
    GROUP: {word: group for group, words in {
        "ungdom": "ungdom ungdommer unge barn youth", "forelder": "forelder foreldre parent parents",
        "fosterforelder": "fosterforelder fosterforeldre fosterparent fosterparents",
        "ansatt": "ansatt ansatte employee staff", "leder": "leder ledere leader manager"}.items()
        for word in words.split()},
    CONSENT: dict.fromkeys(("gitt", "ja", "skriftlig", "skriftliggitt", "true", "yes", "given", "1"), GIVEN)
    | dict.fromkeys(("trukket", "trukkettilbake", "tilbaketrukket", "withdrawn"), WITHDRAWN),
    VERIFIED: dict.fromkeys(("ja", "verifisert", "godkjent", "true", "yes", "verified", "1"), YES),
}


@dataclass(frozen=True)
class Informant:
    """One verified interview with consent: who was asked, where and when."""

    document: Document
    group: str
    municipality_code: str | None
    year: int


def is_ours(name: str) -> bool:
    """Whether a variable is one of those we read."""
    return own_heading(STEM, name, HEADINGS) is not None


def informants(documents: Iterable[Document], coded: set[int], file_name: str) -> list[Informant]:
    """The interviews that may be used; `coded` are the numbers of the documents with codings.

    A document without codings is left out when something is missing. Raises DeliveryRefused (VR71, VR73 and others)
    for a coded one, and for any whose consent is withdrawn: its text should not be in the project at all.
    """
    faults = Faults(STEM, file_name)
    found, seen = [], set()
    for document in documents:
        meant = _meant(document)
        is_whole = _judge(document, meant, document.number in coded, faults)
        if document.guid in seen:
            _add(faults, SAME_TWICE, document, "samme kilde står to ganger i prosjektet og ville telt som to "
                 "informanter. Fjern den ene")
        seen.add(document.guid)
        if is_whole:
            year = int(meant[YEAR])
            found.append(Informant(document, meant[GROUP], _municipality(document, meant, year, faults), year))
    faults.stop()
    return found


def _meant(document: Document) -> dict[str, str]:
    """What each field says, `unknown` for a word we do not know, `contradiction` where it is said in two ways."""
    said: dict[str, set[str]] = {}
    for name, value in document.variables:
        field = own_heading(STEM, name, HEADINGS)
        if field is not None:
            said.setdefault(field, set()).add(_meaning(field, value))
    return {field: meanings.pop() if len(meanings) == 1 else WITHDRAWN if WITHDRAWN in meanings else CONTRADICTION
            for field, meanings in said.items()}


def _meaning(field: str, value: str) -> str:
    if field == MUNICIPALITY:
        return normalised(value)
    if field == YEAR:
        year = value[:4]
        is_year = year.isascii() and year.isdigit() and (len(value) == 4 or value[4:5] == "-")
        return year if is_year and FIRST_YEAR <= int(year) <= LAST_YEAR else UNKNOWN
    return _MEANINGS[field].get(normalised(value), UNKNOWN)


def _judge(document: Document, meant: Mapping[str, str], is_coded: bool, faults: Faults) -> bool:
    """Whether the document can be used; what is wrong with it becomes faults when it counts."""
    wrong = list(_wrong(document, meant))
    if is_coded or meant.get(CONSENT) == WITHDRAWN:
        for rule_id, message in wrong:
            _add(faults, rule_id, document, message)
    return not wrong


def _wrong(document: Document, meant: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if meant.get(CONSENT) == WITHDRAWN:
        yield NO_CONSENT, "samtykket er trukket tilbake. Fjern intervjuet og kodingene av det fra prosjektet"
    elif meant.get(CONSENT) != GIVEN:
        yield NO_CONSENT, ("skriftlig samtykke er ikke registrert. Sett variabelen «Samtykke» til «gitt» når "
                           "samtykket foreligger, ellers fjern intervjuet")
    if meant.get(VERIFIED) != YES:
        yield NOT_VERIFIED, ("den intervjuede har ikke verifisert sammendraget. Sett variabelen «Verifisert» til «ja» "
                             "når det er gjort, ellers fjern kodingene")
    for field, advice in ((GROUP, "Skriv ungdom, forelder, fosterforelder, ansatt eller leder"),
                          (YEAR, "Skriv året med fire sifre")):
        if field not in meant:
            yield VALUE_MISSING, f"variabelen «{NAME_OF[field]}» mangler. {advice}"
        elif meant[field] == UNKNOWN:
            rule_id = NOT_A_DATE if field == YEAR else UNKNOWN_CODE
            yield rule_id, f"variabelen «{NAME_OF[field]}» har en verdi som ikke er kjent. {advice}"
    for field, meaning in meant.items():
        if meaning == CONTRADICTION:
            yield CONTRADICTION, f"variabelen «{NAME_OF[field]}» sier ulike ting på kilden og caset. Rett den ene"
    if document.guid is None:
        yield VALUE_MISSING, "kilden har ingen guid. Eksporter prosjektet på nytt fra kodeverktøyet"


def _municipality(document: Document, meant: Mapping[str, str], year: int, faults: Faults) -> str | None:
    """The municipality's code that year; None when the project does not say."""
    said = meant.get(MUNICIPALITY)
    if said is None:
        return None
    for row in reference_rows("municipality_code"):
        is_named = said in (row["source_municipality_code"], normalised(row["municipality_name"]))
        if is_named and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]):
            return row["source_municipality_code"]
    _add(faults, UNKNOWN_CODE, document, "kommunen i variabelen «Kommune» var ikke med i forsøket det året. Skriv Alta, "
         "Færder (Nøtterøy eller Tjøme til og med 2017) eller Røyken, eller la variabelen stå tom")
    return None


def _add(faults: Faults, rule_id: str, document: Document, message: str) -> None:
    place = place_of(document)
    faults.add(rule_id, f", {place}: {message}, og lever prosjektet på nytt.", cell=place)


def place_of(document: Document) -> str:
    """A document by its place in the file."""
    return document.place or f"intervju nr. {document.number} i project.qde"
