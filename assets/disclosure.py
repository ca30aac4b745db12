"""Disclosure control: what of the evaluators' numbers may leave the house.

Primary: counts from 1 to the threshold, zeros that nobody has confirmed, shares and rates whose numerator or rest is
that small or whose denominator is below ten, money by category with fewer children behind it than the threshold + 1.
Complementary: numbers tied by an equation (`disclosure_equation.csv`), so that a hidden one cannot be computed from
those that remain. Definition: indicators.md of the evaluation, small-number rules SN0, SN1, SN2, SN4.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

SMALLEST_DENOMINATOR = 10

Key = tuple[str, str, str, str]


def is_small(count: float | None, threshold: int) -> bool:
    """Whether a count is known to be from 1 to the threshold (fractions of a count are rounded up into it)."""
    return count is not None and 0 < count < threshold + 1


def must_hide(value: Mapping[str, Any], rule: str, threshold: int) -> bool:
    """Whether the number itself must be hidden (primary suppression). `rule` is the indicator's small-number rule."""
    if value["status"] != "ok" or rule == "SN0":
        return False
    if rule == "SN1":
        unconfirmed_zero = value["value"] == 0 and not value["is_confirmed_zero"]
        return is_small(value["value"], threshold) or unconfirmed_zero
    if rule == "SN4":
        return value["count_numerator"] is not None and value["count_numerator"] <= threshold
    return _share_is_small(value, threshold)


def _share_is_small(value: Mapping[str, Any], threshold: int) -> bool:
    """SN2. Without counts behind it (a KOSTRA group's rate) a share tells of no small group."""
    denominator = value["count_denominator"]
    return (
        is_small(value["count_numerator"], threshold)
        or is_small(value["count_complement"], threshold)
        or (denominator is not None and denominator < SMALLEST_DENOMINATOR)
    )


def suppress(
    values: Iterable[Mapping[str, Any]], rules: Mapping[str, str], equations: Iterable[Mapping[str, str]],
    threshold: int,
) -> list[dict[str, Any]]:
    """The values as they may be published: a hidden one has status `suppressed` and no value.

    `values` are rows of marts.indicator_value; `rules` the small-number rule by indicator; `equations` rows of
    disclosure_equation.csv.
    """
    kept = [dict(value) for value in values]
    hidden = {_key(value) for value in kept if must_hide(value, rules[value["indicator_id"]], threshold)}
    hidden |= {_key(value) for value in kept if value["status"] == "suppressed"}
    hidden |= _complementary(kept, hidden, list(equations))
    for value in kept:
        if _key(value) in hidden:
            value.update(value=None, status="suppressed")
    return kept


def _key(value: Mapping[str, Any]) -> Key:
    return value["indicator_id"], value["breakdown"], value["unit_code"], value["period"]


def _complementary(values: list[dict[str, Any]], hidden: set[Key], equations: list[Mapping[str, str]]) -> set[Key]:
    """The numbers that would give a hidden one away, until none is left to add."""
    members = _tied(values, equations)
    added: set[Key] = set()
    while True:
        more = {key for group in members.values() for key in _to_hide(group, hidden | added)} - hidden - added
        if not more:
            return added
        added |= more


def _tied(values: list[dict[str, Any]], equations: list[Mapping[str, str]]) -> dict[tuple, list[tuple[str, Key]]]:
    """For each equation, unit and period: the roles and keys of the numbers it ties together."""
    roles = defaultdict(list)
    for row in equations:
        roles[row["indicator_id"], row["breakdown"]].append((row["equation_id"], row["role"]))
    groups: dict[tuple, list[tuple[str, Key]]] = defaultdict(list)
    for value in values:
        for equation_id, role in roles.get((value["indicator_id"], value["breakdown"]), ()):
            groups[equation_id, value["unit_code"], value["period"]].append((role, _key(value)))
    return groups


def _to_hide(group: list[tuple[str, Key]], hidden: set[Key]) -> set[Key]:
    """Without a total, the parts are one number told twice; with a total, one hidden part needs a second hidden.

    A ratio between the numbers of the equation always goes with a hidden part.
    """
    parts = [key for role, key in group if role == "part"]
    totals = [key for role, key in group if role == "total"]
    ratios = {key for role, key in group if role == "ratio"}
    if not any(key in hidden for key in parts):
        return ratios & hidden
    if not totals:
        return set(parts) | ratios
    hidden_among = [key for key in parts + totals if key in hidden]
    second = set() if len(hidden_among) > 1 else {key for key in parts if key not in hidden}
    return second | ratios
