"""Dividing whole amounts so that the parts always add up: by weights, and from kroner to thousand kroner."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")


def apportion(total: int, weight_of: Mapping[Key, int]) -> dict[Key, int]:
    """The total divided by weights, each part rounded so that the parts sum to it. Weights may be negative."""
    weight_sum, weight_so_far, given, parts = sum(weight_of.values()), 0, 0, {}
    for key, weight in weight_of.items():
        weight_so_far += weight
        due = (2 * total * weight_so_far + weight_sum) // (2 * weight_sum)
        parts[key] = due - given
        given = due
    return parts


def evenly(total: int, keys: Sequence[Key]) -> dict[Key, int]:
    """The total divided into equal parts."""
    return apportion(total, dict.fromkeys(keys, 1))


def in_thousands(amounts_nok: Mapping[Key, int]) -> dict[Key, int]:
    """Amounts in kroner as thousand kroner, each within 1 000, with the sum of the rounded equal to the rounded sum.

    Those with the largest remainder are rounded up.
    """
    floors = {key: nok // 1000 for key, nok in amounts_nok.items()}
    left = (sum(amounts_nok.values()) + 500) // 1000 - sum(floors.values())
    by_remainder = sorted(amounts_nok, key=lambda key: amounts_nok[key] % 1000, reverse=True)
    for key in by_remainder[:left]:
        floors[key] += 1
    return floors
