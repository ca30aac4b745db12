"""Every kind of fault, and how a numbered fault of a kind is drawn: the same seed gives the same faults."""

from random import Random

from tests.power import left_out, misplaced, posting_faults, single_numbers
from tests.power.delivered import Delivered
from tests.power.fault import Fault, Kind

KINDS: tuple[Kind, ...] = (*single_numbers.KINDS, *misplaced.KINDS, *left_out.KINDS, *posting_faults.KINDS)
_MOST_DRAWS = 1_000


def drawn(delivered: Delivered, kind: Kind, seed: int, number: int) -> Fault:
    """The fault of a kind with this number. Raises ValueError when none can be made of what is delivered."""
    random = Random(f"{seed} {kind.key} {number}")
    for _ in range(_MOST_DRAWS):
        stem = random.choice(kind.stems)
        if delivered.deliveries(stem) and (fault := kind.make(delivered, stem, random)):
            return fault
    raise ValueError(f"{kind.key}: ingen feil lar seg lage")
