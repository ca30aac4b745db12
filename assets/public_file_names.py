"""What a delivered file and its sheets are called outside the house.

A sender may call a file anything, also after a child. A name is told only when every word of it is one of ours or of the
report's; of all others only the number of the delivery is told.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import PurePath

from dashboards.labels import STEM_NAMES
from warehouse.reference_data import reference_rows

OTHER_SHEET = "eget ark"
INTERVIEWS = "interview_codings"

_WORDS = frozenset("""
    agenda avisning befolkning barnevern bevilgningsregnskap bufetat bufdir data dataforespoersel dataforesporsel egenandel
    egenandelssatser faktura fakturaer fakturaliste foresporsel forsoek fosterforeldre hjelpeskjema hovedbok individdata
    innbyggere intervju intervjuer intervjukodinger kaupang kodebok kodinger kommune kommuner kostra kostragrupper
    leverandoerfakturaer leverandorfakturaer mal nokkeltall noekkeltall nord og region regnskap rapport satser skjema soer
    spoerreundersoekelse ssb sor tertial tertialrapport tilskudd tilsyn undersoekelse undersokelse
    dataforespørsel forespørsel leverandørfakturaer undersøkelse sør forsøk
    0a 0b 15f 244 251 252 285 t1 t2 t3 k1 k2 k3 k4 v1 v2 v3
""".split())
_ENDINGS = frozenset(".csv .dat .json .qdc .qdpx .txt .xlsx .xml .zip".split())
_YEAR = re.compile(r"20[0-3]\d")


def public_file_name(file_name: str, stem: str | None, delivery_id: int) -> str:
    """The file's name where it is made of known words, years and codes only; else `leveranse 12.csv`.

    A file of interviews may not name a municipality either.
    """
    words = _words(file_name)
    is_plain = words is not None and all(word in _known_words() or _YEAR.fullmatch(word) for word in words)
    if is_plain and not (stem == INTERVIEWS and _unit_words().intersection(words)):
        return file_name
    return f"leveranse {delivery_id}{_ending(file_name)}"


def _words(file_name: str) -> list[str] | None:
    """The words of the name without its endings; None for an ending we do not know."""
    if not _ending(file_name):
        return None
    name = file_name.lower()
    while (suffix := PurePath(name).suffix) in _ENDINGS:
        name = name.removesuffix(suffix)
    return [word for word in re.split(r"[ _.()-]+", name) if word]


def _ending(file_name: str) -> str:
    ending = PurePath(file_name).suffix.lower()
    return ending if ending in _ENDINGS else ""


@cache
def form_sheets() -> frozenset[str]:
    """The names of the sheets of our own forms."""
    return frozenset(row["sheet"] for row in reference_rows("form_field"))


@cache
def _known_words() -> frozenset[str]:
    names = [*STEM_NAMES, *STEM_NAMES.values(), *(row["table_id"] for row in reference_rows("statistics_table"))]
    return _WORDS | _unit_words() | _spelled(names)


@cache
def _unit_words() -> frozenset[str]:
    """Names and codes of municipalities and regions."""
    return _spelled([row[name] for table, names in (("unit", ("unit_code", "unit_name")), (
        "municipality_code", ("source_municipality_code", "municipality_name"))) for row in reference_rows(table)
        for name in names]) - _WORDS


def _spelled(names: Iterable[str]) -> frozenset[str]:
    """The words of some names, also as they are written without æ, ø and å."""
    words = {word for name in names for word in re.split(r"[^0-9a-zæøå]+", name.lower()) if word}
    return frozenset(words | {word.replace("æ", "ae").replace("ø", "oe").replace("å", "aa") for word in words})
