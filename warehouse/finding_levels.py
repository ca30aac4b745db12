"""How grave a finding is: the levels, and what they are called in bokmål wherever somebody is told of findings."""

from collections.abc import Mapping

LEVELS = ("informasjon", "advarsel", "feil", "kritisk_feil")
"""From the least grave to the gravest."""

GRAVE_LEVELS = ("feil", "kritisk_feil")
"""What somebody has to mend or explain."""

LEVEL_NAMES = {"informasjon": "Informasjon", "advarsel": "Advarsel", "feil": "Feil", "kritisk_feil": "Kritisk feil"}
_SEVERAL = {"informasjon": "informasjoner", "advarsel": "advarsler", "feil": "feil", "kritisk_feil": "kritiske feil"}


def counted(counts: Mapping[str, int]) -> str:
    """How many findings there are of each level, worst first: `1 kritisk feil, 3 advarsler`; empty without any."""
    return ", ".join(
        f"{counts[level]} {LEVEL_NAMES[level].lower() if counts[level] == 1 else _SEVERAL[level]}"
        for level in reversed(LEVELS) if counts.get(level))
