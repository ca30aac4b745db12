"""What an interview project leaves as findings when it is taken in: what was not kept, and what was not understood.

Only codes are named; documents and coders are counted.
"""

from collections.abc import Iterable, Iterator, Mapping

from assets.sources.interview_rules import (CODE_WITHOUT_MAPPING, CODING_NOT_UNDERSTOOD, LOSS_REPORT, OTHER_VERSION,
                                            STEM)
from expectations.finding import Finding
from warehouse.reference_data import reference_rows

UNIT = "FORSOK"
MOST_NAMED = 20

_KINDS = {  # kind: one, several
    "documents": ("tekst og navn på 1 dokument", "tekst og navn på {} dokumenter"),
    "coders": ("navnet på 1 koder", "navnene på {} kodere"),
    "cases": ("navnet på 1 case", "navnene på {} caser"),
    "variables": ("1 variabel vi ikke bruker", "{} variabler vi ikke bruker"),
    "pictures": ("1 bilde", "{} bilder"),
    "pdfs": ("1 PDF", "{} PDF-er"),
    "sounds": ("1 lydopptak", "{} lydopptak"),
    "films": ("1 film", "{} filmer"),
    "transcripts": ("1 avskrift av lyd eller film", "{} avskrifter av lyd eller film"),
    "annotations": ("1 merknad (utsnitt uten kode)", "{} merknader (utsnitt uten kode)"),
    "notes": ("1 notat", "{} notater"),
    "links": ("1 lenke (relasjon)", "{} lenker (relasjoner)"),
    "sets": ("1 samling", "{} samlinger"),
    "graphs": ("1 kart", "{} kart"),
    "other_selections": ("plassen til 1 utsnitt i bilde, lyd eller PDF", "plassen til {} utsnitt i bilde, lyd eller PDF"),
    "left_out": ("1 dokument uten kodinger som ikke er et godkjent intervju",
                 "{} dokumenter uten kodinger som ikke er godkjente intervjuer"),
    "lone_directions": ("1 retning uten en kode ved siden av", "{} retninger uten en kode ved siden av"),
}


def loss_report(counted: Mapping[str, int], file_name: str) -> Iterator[Finding]:
    """What the file holds that is not kept, by kind and number."""
    told = [_counted(kind, counted[kind]) for kind in _KINDS if counted.get(kind)]
    if told:
        yield _finding(LOSS_REPORT, "informasjon", file_name, "tapsrapport",
                       f"dette i filen tas ikke vare på: {', '.join(told)}. Bare koder, informantgruppe, retning og "
                       "plass lagres; selve filen slettes etter inntak.")


def version_noted(namespace: str, understood: Iterable[str], file_name: str) -> Iterator[Finding]:
    """A word about a version of the form that is not the one we know."""
    if namespace not in understood:
        yield _finding(OTHER_VERSION, "advarsel", file_name, "navnerom",
                       "filen følger en annen versjon av REFI-QDA enn 1.0 og er lest som 1.0. Kontroller at kodinger og "
                       "plasser stemmer, eller eksporter som versjon 1.0.")


def not_mapped(names: Iterable[str], file_name: str) -> Iterator[Finding]:
    """One finding with the codes that answer no problemstilling."""
    mapped = {row["code_name"] for row in reference_rows("code_mapping")}
    missing = sorted(set(names) - mapped)
    if missing:
        named = ", ".join(f"«{name}»" for name in missing[:MOST_NAMED])
        more = f" og {len(missing) - MOST_NAMED} til" if len(missing) > MOST_NAMED else ""
        yield _finding(CODE_WITHOUT_MAPPING, "advarsel", file_name, "kodebok",
                       f"{named}{more} er ikke knyttet til noen problemstilling, og kodingene teller derfor ikke i noe "
                       "tall. Rett navnet på koden, eller før den inn i code_mapping.csv.", found=", ".join(missing))


def not_understood(bad_positions: int, unknown_codes: int, two_ways: int, file_name: str) -> Iterator[Finding]:
    """What was read without being understood; each kind is a finding."""
    for place, count, said in (
            ("plass", bad_positions, "kodinger har en plass som ikke kan stemme, og er lest uten plass. Eksporter "
             "prosjektet på nytt."),
            ("ukjent kode", unknown_codes, "kodinger viser til en kode som ikke er i kodeboken, og er ikke med. "
             "Eksporter hele prosjektet på nytt."),
            ("retning", two_ways, "utsnitt peker både positivt, nøytralt eller negativt samtidig og er lest uten "
             "retning. Behold én retning på hvert utsnitt.")):
        if count:
            yield _finding(CODING_NOT_UNDERSTOOD, "advarsel", file_name, place, f"{count} {said}", found=str(count))


def _finding(rule_id: str, level: str, file_name: str, place: str, message: str, found: str | None = None) -> Finding:
    return Finding(rule_id, level, f"{file_name}: {message}", unit_code=UNIT, source=STEM, file=file_name, cell=place,
                   found=found)


def _counted(kind: str, count: int) -> str:
    one, several = _KINDS[kind]
    return one if count == 1 else several.format(count)
