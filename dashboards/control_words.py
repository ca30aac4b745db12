"""The words of a control report and of a workbook handed back, in bokmål and nynorsk: data, `control_text.csv`."""

import re
from collections.abc import Mapping
from functools import cache

from warehouse.finding_levels import LEVELS
from warehouse.reference_data import reference_rows

LANGUAGES = ("nb", "nn")
_PERIOD = re.compile(r"([0-9]{4})(?:-([TK])([0-9]))?")
_IN_NYNORSK = {"høyst": "høgst", "millioner": "millionar", "individer": "individ", "ikke": "ikkje", "en": "ein",
               "et": "eit", "listen": "lista", "måneder": "månader", "måned": "månad", "dager": "dagar", "fra": "frå",
               "hele": "heile", "mangler": "manglar"}
"""The few words that stand beside a number in what was found and what was expected."""
_WORD = re.compile(r"[a-zæøå]+")


@cache
def words(language: str) -> Mapping[str, str]:
    """Every text by key, in a language."""
    return {row["text_key"]: row[f"text_{language}"] for row in reference_rows("control_text")}


def said(key: str, language: str, **parts: object) -> str:
    """One text with its parts filled in. Raises KeyError for a text nobody has written."""
    return words(language)[key].format(**parts)


def level_name(level: str, language: str) -> str:
    """What a level is called."""
    return words(language)[f"level_{level}"]


def counted_levels(counts: Mapping[str, int], language: str) -> str:
    """How many there are of each level, worst first: `1 kritisk feil og 3 advarsler`; empty without any."""
    parts = [f"{counts[level]} "
             + (level_name(level, language).lower() if counts[level] == 1 else words(language)[f"several_{level}"])
             for level in reversed(LEVELS) if counts.get(level)]
    return listed(parts, language)


def listed(parts: list[str], language: str) -> str:
    """`a`, `a og b`, `a, b og c`; empty without any."""
    joint = f" {words(language)['and']} "
    return joint.join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def period_name(period: str, language: str) -> str:
    """2018-T3 as `3. tertial 2018`, 2018-K1 as `1. kvartal 2018`; what is neither stands as it is."""
    match = _PERIOD.fullmatch(period)
    if match is None or match[2] is None:
        return period
    kind = "period_tertial" if match[2] == "T" else "period_quarter"
    return said(kind, language, number=match[3], year=match[1])


def value_text(value: str, language: str) -> str:
    """What was found or expected: numbers are the same in both languages, the words beside them are not.

    A text quoted from a file has no number and stands as it is.
    """
    if language == "nb" or not any(character.isdigit() for character in value):
        return value
    return _WORD.sub(lambda word: _IN_NYNORSK.get(word[0], word[0]), value)
