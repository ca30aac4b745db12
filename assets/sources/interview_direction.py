"""Whether what is said is positive, neutral or negative: from the code's own name, or from a code beside it.

Two ways are read. A code may end in `(+)`, `(0)` or `(−)`; the sign is then taken off its name, so that the three are one
code in three directions. Or a code named Positiv, Nøytral or Negativ is set on the same stretch by the same coder; it
gives the others there their direction and is no coding of its own. A variable is about a whole interview and gives no
coding a direction.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assets.sources.refi_project import Code, Coding

_SIGN = re.compile(r"^(?P<name>.*\S)\s*\(\s*(?P<sign>[+0\-−–])\s*\)$")
_SIGNS = {"+": 1, "0": 0, "-": -1, "−": -1, "–": -1}
_WORDS = {"positiv": 1, "positive": 1, "+": 1, "nøytral": 0, "neutral": 0, "0": 0, "negativ": -1, "negative": -1, "-": -1,
          "−": -1}
DIRECTION_HEADING = "retning"


@dataclass(frozen=True)
class Directed:
    """A coding with its code's name without sign, and its direction; None where none is given."""

    coding: Coding
    code: Code
    name: str
    direction: int | None


def name_and_direction(name: str) -> tuple[str, int | None]:
    """The code's name without its sign, and the sign's direction."""
    found = _SIGN.match(name)
    return (found["name"], _SIGNS[found["sign"]]) if found else (name, None)


def is_direction(code: Code) -> bool:
    """Whether the code only says which way others point; so does the heading above such codes."""
    return code.name.lower() in (*_WORDS, DIRECTION_HEADING)


def directed(codings: Iterable[Coding], codes: Mapping[str, Code]) -> tuple[list[Directed], int, int]:
    """Every coding of a known code that is not itself a direction, in order.

    Also how many stretches point two ways at once (they get no direction), and how many directions stand alone.
    """
    known = [(coding, codes[coding.code_guid]) for coding in codings if coding.code_guid in codes]
    beside: dict[tuple, set[int]] = {}
    for coding, code in known:
        if code.name.lower() in _WORDS:
            beside.setdefault(_stretch(coding), set()).add(_WORDS[code.name.lower()])
    found = []
    for coding, code in known:
        if not is_direction(code):
            name, own = name_and_direction(code.name)
            ways = beside.get(_stretch(coding), set())
            found.append(Directed(coding, code, name, own if own is not None or len(ways) != 1 else next(iter(ways))))
    spoken = {_stretch(one.coding) for one in found}
    return found, sum(len(ways) > 1 for ways in beside.values()), len(beside.keys() - spoken)


def _stretch(coding: Coding) -> tuple:
    """What is coded and by whom. Some tools write a selection per coding, so equal positions are one stretch."""
    has_positions = coding.position_from is not None
    place = (coding.position_from, coding.position_to) if has_positions else (coding.selection,)
    return coding.document_number, *place, coding.coder_guid
