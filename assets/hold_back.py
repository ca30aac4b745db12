"""A Feil holds its figures back: the published release keeps the value that was printed last, and says so.

What is hidden is decided first, as if nothing were held back. A held-back number then gives less than it would have: an
earlier value, which every reader has, or none. So nothing hidden can be computed from it that could not be before. What
the release shows is decided once more with the earlier value in its place, because a reader who believes it may come to
a small number, and a wrong one.

What is computed from a held-back number is held back with it, or the two would contradict each other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from assets.disclosure import Key, by_equation, key_of, tied
from assets.earlier_releases import Previous
from dashboards.published import years_read
from dashboards.release import TracedPart
from dashboards.touching import OPEN, touched_numbers, units_touched
from warehouse.reference_data import reference_rows

HOLDS_BACK = "feil"
ACCUMULATED = "accumulation="
_COMPUTED = (("input", "derived"), ("part", "total"), ("number", "sum"), ("price", "sum"), ("same", "same"))
_MADE_FOR = "value_as_of"

Row = dict[str, Any]


@dataclass(frozen=True)
class HoldBack:
    """For which indicators hold-back is switched on, and each number as it was published last."""

    indicators: frozenset[str] = frozenset()
    previous: Mapping[Key, Previous] = field(default_factory=dict)


def held_numbers(rows: Iterable[Mapping[str, Any]], findings: Iterable[Mapping[str, Any]], indicators: Set[str],
                 traces: Mapping[Key, tuple[TracedPart, ...]]) -> set[Key]:
    """The numbers to hold back: shown, touched by an open Feil where it is switched on; and what is computed of them.

    `rows` are those of a release after disclosure control, `findings` and `traces` the release's.
    """
    rows, units = list(rows), {row["unit_code"]: row for row in reference_rows("unit")}
    numbers = {(row["indicator_id"], row["unit_code"], row["period"]) for row in rows
               if row["indicator_id"] in indicators}
    touched = {number for finding in findings if finding["level"] == HOLDS_BACK and finding["state"] == OPEN
               for number in touched_numbers(finding, numbers, units, years_read(traces))}
    direct = {key for key in map(key_of, rows) if (key[0], *key[2:]) in touched}
    shown = {key_of(row) for row in rows if row["status"] == "ok"}
    years = {key: {year[:4] for part in parts for year in part.periods} for key, parts in traces.items()}
    return with_what_is_computed(direct, rows, units, years) & shown if direct else set()


def with_what_is_computed(keys: Set[Key], rows: list[Mapping[str, Any]], units: Mapping[str, Mapping[str, Any]],
                          years: Mapping[Key, Set[str]]) -> set[Key]:
    """The keys, and every number that the catalogue or the equations of disclosure say is computed from one of them.

    A tertial is a part of its year, a municipality of its region, and a year of what is summed over years, and of what
    reads it (`years`: those each number is made of), as a change does.
    """
    equations = list(tied(rows, by_equation([*reference_rows("disclosure_equation"), *_inputs()])))
    steps = [(set(equation.get(source, ())), equation[result]) for equation in equations
             for source, result in _COMPUTED if source in equation and result in equation]
    present, found, fresh = {key_of(row) for row in rows}, set(keys), set(keys)
    while fresh:
        reached = {key for sources, results in steps if not sources.isdisjoint(fresh) for key in results}
        reached |= {(*key[:2], unit, period) for key in fresh for period in (key[3], key[3][:4])
                    for unit in units_touched(key[2], int(key[3][:4]), units)}
        reached |= {later for key in fresh for later in present if _is_of_several_years(later, key, years)}
        fresh = (reached & present) - found
        found |= fresh
    return found


def _is_of_several_years(later: Key, key: Key, years: Mapping[Key, Set[str]]) -> bool:
    if (later[0], later[2]) != (key[0], key[2]):
        return False
    is_sum = later[3] == key[3] and not key[1] and later[1].startswith(ACCUMULATED)
    return is_sum or (later[3][:4] != key[3][:4] and key[3][:4] in years.get(later, ()))


def _inputs() -> Iterator[dict[str, str]]:
    """What the catalogue says a number is worked out from, in the form of equations."""
    for row in reference_rows("indicator_input"):
        equation_id = f"input {row['indicator_id']} {row['breakdown']}"
        yield {"equation_id": equation_id, "indicator_id": row["indicator_id"], "breakdown": row["breakdown"],
               "is_baseline": "false", "role": "derived"}
        yield {"equation_id": equation_id, "indicator_id": row["input_indicator_id"], "breakdown": row["input_breakdown"],
               "is_baseline": row["is_baseline"], "role": "input"}


def with_held_back(rows: list[Row], held: Set[Key], previous: Mapping[Key, Previous],
                   suppressed_again: Callable[[list[Row]], list[Row]]) -> list[Row]:
    """The rows of a release with the held-back numbers as they were printed last, status `held_back`; else without value.

    `rows` are those after disclosure control; `suppressed_again` is that control, over what is now to be shown.
    """
    mixed = [{**row, "value": previous[key_of(row)].value} if key_of(row) in held and key_of(row) in previous else row
             for row in rows]
    return [_held(row, previous.get(key_of(row))) if key_of(row) in held else row for row in suppressed_again(mixed)]


def _held(row: Row, before: Previous | None) -> Row:
    if before is None or row["status"] != "ok":
        return {**row, "status": "held_back", "value": None, "basis": None, "fact_id": None, _MADE_FOR: ""}
    return {**row, "status": "held_back", "value": before.value, "basis": before.basis, "fact_id": before.fact_id,
            _MADE_FOR: before.as_of}
