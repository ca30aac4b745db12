"""Disclosure control: what of the evaluators' numbers may leave the house.

Primary: a number that itself tells of 1 to `threshold` children is hidden, and so is a zero that nobody has confirmed
(it may be a hidden small number) and a number about children of a municipality whose count is not known.
Complementary: `disclosure_equation.csv` says which numbers can be computed from each other; no hidden number may be
computed from those that remain. Four rules do it, the same for all:

* numbers that are the same number (`same`) are hidden together;
* a split (`part`, `total`) is shown whole or not at all, so that nobody subtracts;
* a number worked out from others (`derived`, `input`) is shown only when all of them are, and where they would give a
  hidden one away, the first of them is hidden too;
* a sum of numbers times their prices (`sum`, `number`, `price`, paired by breakdown) is hidden in every form it is told
  where it leaves one product unknown, or only whole months to find: with the prices, few sets of months give a sum.

Where a part of a count is not reported, what is left of the total is that part; where few are left, or none that anybody
has confirmed, the parts that are told are hidden.

An equation is about one unit and one year; members marked as baseline are those of 2015. A number that is told by
tertial takes part with the year's three, for they add up to the year's; where one of them is missing, with none.

What an earlier release has printed cannot be taken back: a number that is hidden now but equals the printed one counts
as known to the reader, and then more of the equation is hidden.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

SMALLEST_DENOMINATOR = 10
FEWEST_INFORMANTS = 5
BASELINE = "2015"
TERTIALS = ("T1", "T2", "T3")
# A number that does not apply is a share of nothing, and tells that the count below it is zero.
_TELLING = ("ok", "not_applicable", "suppressed")
_UNTOLD = ("not_reported", "not_yet", "absent")
_ABSENT = {"status": "absent"}

Key = tuple[str, str, str, str]
Equation = dict[str, list[Key]]


def is_small(count: float | None, threshold: int) -> bool:
    """Whether a count is known to be from 1 to the threshold (fractions of a count are rounded up into it)."""
    return count is not None and 0 < count < threshold + 1


def must_hide(value: Mapping[str, Any], rule: str, threshold: int) -> bool:
    """Whether the number itself must be hidden (primary suppression).

    `value` is a row of marts.indicator_value with its unit's `unit_type`; `rule` is the indicator's small-number rule.
    """
    if value["status"] != "ok" or rule == "SN0":
        return False
    if rule == "SN1":
        return is_small(value["value"], threshold) or _is_unconfirmed_zero(value, value["value"])
    if rule == "SN3":
        return _informants_are_few(value)
    if rule == "SN4":
        count = value["count_numerator"]
        return _is_unknown(value, "count_numerator") or (count is not None and count <= threshold)
    return _share_is_small(value, threshold)


def _informants_are_few(value: Mapping[str, Any]) -> bool:
    """SN3: only the trial's municipalities together are ever shown; a Bufetat region may be one of them alone."""
    informants = value["count_denominator"]
    return value["unit_type"] != "trial" or informants is None or informants < FEWEST_INFORMANTS


def _share_is_small(value: Mapping[str, Any], threshold: int) -> bool:
    """SN2: the numerator or the rest is small, or the denominator is."""
    denominator = value["count_denominator"]
    return (
        _is_unknown(value, "count_numerator", "count_denominator")
        or is_small(value["count_numerator"], threshold)
        or is_small(value["count_complement"], threshold)
        or _is_unconfirmed_zero(value, value["count_numerator"])
        or (denominator is not None and denominator < SMALLEST_DENOMINATOR)
    )


def _is_unconfirmed_zero(value: Mapping[str, Any], count: float | None) -> bool:
    return count == 0 and not value["is_confirmed_zero"]


def _is_unknown(value: Mapping[str, Any], *counts: str) -> bool:
    """When in doubt, hide: a count is unknown when it was not delivered or the source itself has hidden it.

    Groups of municipalities and the country deliver rates without counts; they tell of no small group.
    """
    return value["unit_type"] == "municipality" and any(value[count] is None for count in counts)


def suppress(
    values: Iterable[Mapping[str, Any]], rules: Mapping[str, str], equations: Iterable[Mapping[str, str]],
    threshold: int, printed_before: Mapping[Key, set[float]] | None = None,
) -> list[dict[str, Any]]:
    """The values as they may be published: a hidden one has status `suppressed`, and neither value, basis nor fact.

    `values` are rows of marts.indicator_value with `unit_type`; `rules` the small-number rule by indicator;
    `equations` rows of disclosure_equation.csv; `printed_before` every value earlier releases have printed, by key
    (indicator, breakdown, unit, period).
    """
    kept, members = [dict(value) for value in values], by_equation(equations)
    hidden = {key_of(value) for value in kept
              if value["status"] == "suppressed" or must_hide(value, rules[value["indicator_id"]], threshold)}
    known = {key_of(value) for value in kept if value["status"] in ("ok", "not_applicable")}
    hidden |= set(_telling_of_what_is_left(kept, rules, members, threshold))
    before = printed_before or {}
    earlier = {key_of(value) for value in kept if value["value"] in before.get(key_of(value), ())}
    hidden |= _complementary(hidden, known, earlier, list(tied(kept, members)))
    for value in kept:
        if key_of(value) in hidden:
            # Whether a number equals a printed one tells what it is, so the marks go with it.
            value.update(value=None, status="suppressed", basis=None, fact_id=None)
    return kept


def key_of(value: Mapping[str, Any]) -> Key:
    """What a number is known by: indicator, breakdown, unit and period."""
    return value["indicator_id"], value["breakdown"], value["unit_code"], value["period"]


def by_equation(equations: Iterable[Mapping[str, str]]) -> list[list[Mapping[str, str]]]:
    """The members of each equation, in the table's order."""
    by_id: dict[str, list[Mapping[str, str]]] = {}
    for row in equations:
        by_id.setdefault(row["equation_id"], []).append(row)
    return list(by_id.values())


def _telling_of_what_is_left(
    values: list[dict[str, Any]], rules: Mapping[str, str], equations: list[list[Mapping[str, str]]], threshold: int,
) -> Iterator[Key]:
    """The told parts of a counted total whose parts not told come to few, by subtraction."""
    by_key = {key_of(value): value for value in values}
    totals = [(row, members) for members in equations for row in members
              if row["role"] == "total" and rules[row["indicator_id"]] == "SN1"]
    for row, members in totals:
        parts = [part for part in members if part["role"] == "part"]
        for key, total in by_key.items():
            if key[:2] == (row["indicator_id"], row["breakdown"]) and total["status"] == "ok":
                keys = [one for part in parts
                        for one in _own_or_tertials((part["indicator_id"], part["breakdown"], *key[2:]), by_key)]
                told = [one for one in keys if one in by_key and by_key[one]["status"] == "ok"]
                is_missing = any(by_key.get(one, _ABSENT)["status"] in _UNTOLD for one in keys)
                counts = [_count(by_key[one], rules) for one in told]
                if is_missing and None not in counts and 0 <= total["value"] - sum(counts) < threshold + 1:
                    yield from told


def _own_or_tertials(key: Key, known: Mapping[Key, Any]) -> list[Key]:
    """The number itself, else the year's three tertials where there is any; none where nobody tells it at all."""
    tertials = [(*key[:3], f"{key[3]}-{tertial}") for tertial in TERTIALS]
    return [key] if key in known else [] if known.keys().isdisjoint(tertials) else tertials


def _count(value: Mapping[str, Any], rules: Mapping[str, str]) -> float | None:
    return value["count_numerator"] if rules[value["indicator_id"]] == "SN2" else value["value"]


def tied(values: Iterable[Mapping[str, Any]], equations: list[list[Mapping[str, str]]]) -> Iterator[Equation]:
    """Each equation for each unit and period: by role, the keys of the numbers there are, in the table's order."""
    present = {key_of(value) for value in values if value["status"] in _TELLING}
    places = sorted({(value["unit_code"], value["period"]) for value in values})
    for members in equations:
        for unit_code, period in places:
            equation: Equation = {}
            for row in members:
                when = BASELINE if row["is_baseline"] == "true" else period
                keys = _keys_of_the_year((row["indicator_id"], row["breakdown"], unit_code, when), present)
                if keys:
                    equation.setdefault(row["role"], []).extend(keys)
            yield equation


def _keys_of_the_year(key: Key, present: set[Key]) -> list[Key]:
    """The number itself where there is one, else its three tertials where all are there."""
    if key in present:
        return [key]
    tertials = [(*key[:3], f"{key[3]}-{tertial}") for tertial in TERTIALS]
    return tertials if present.issuperset(tertials) else []


def _complementary(hidden: set[Key], known: set[Key], earlier: set[Key], equations: list[Equation]) -> set[Key]:
    """The numbers that would give a hidden one away, until none is left to add."""
    added: set[Key] = set()
    while True:
        out_of_sight = hidden | added
        more = {key for equation in equations
                for key in _to_hide(equation, out_of_sight, known - out_of_sight, earlier)}
        if more <= out_of_sight:
            return added
        added |= more - hidden


def _to_hide(equation: Equation, hidden: set[Key], shown: set[Key], earlier: set[Key]) -> set[Key]:
    """What one equation asks to have hidden.

    `shown` are the numbers that would be published as things stand, `earlier` those that were printed before.
    """
    same, derived, inputs = (equation.get(role, []) for role in ("same", "derived", "input"))
    parts, totals = equation.get("part", []), equation.get("total", [])
    asked: set[Key] = set()
    if not hidden.isdisjoint(same):
        asked.update(same)
    if not hidden.isdisjoint(parts) and not shown.isdisjoint(totals):
        asked.update(parts)
    if not hidden.isdisjoint(totals) and shown.issuperset(parts):
        asked.update(parts)
    if not hidden.isdisjoint(inputs):
        asked.update(derived)
    if hidden.issuperset(parts) and len(set(parts) - earlier) == 1:
        asked.update(totals)
    if not hidden.isdisjoint(derived) and (shown | earlier).issuperset(inputs):
        asked.update([key for key in inputs if key not in earlier][:1] or inputs[:1])
    return asked | _to_hide_of_products(equation, hidden, shown | earlier)


def _to_hide_of_products(equation: Equation, hidden: set[Key], known: set[Key]) -> set[Key]:
    """What a sum of products asks to have hidden: the sum in all its forms, or the first number when the sum must be.

    `known` are the numbers a reader has. Two products that both have an unknown price leave the sum harmless: it says
    only how large each of them can be at most.
    """
    sums, numbers, prices = (equation.get(role, []) for role in ("sum", "number", "price"))
    products: dict[str, list[Key]] = {}
    for key in (*numbers, *prices):
        products.setdefault(key[1], []).append(key)
    unknown = [keys for keys in products.values() if not known.issuperset(keys)]
    tells = len(unknown) == 1 or all(price in known for keys in unknown for price in keys if price in prices)
    if unknown and tells or not hidden.isdisjoint(sums):
        return {*sums, *(() if unknown else numbers[:1])}
    return set()
