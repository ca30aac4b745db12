"""The demo's numbers: `warehouse/reference/demo_targets.csv`, looked up by component, place and year.

A place is a municipality code (0722) where the number belongs to one municipality, else a unit code (0729, EKG12).
A weight (component `share:…`) has no year; a municipality may have its own in place of the common one.
"""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from assets.demo.delivery import Mark
from warehouse.reference_data import reference_rows


class Target(NamedTuple):
    """One number of the table, as text, with what it rests on."""

    text: str
    mark: Mark

    @property
    def number(self) -> int:
        return int(self.text)


def target(component: str, place: str, year: int | None) -> Target:
    """The number. Raises KeyError when the table lacks it."""
    return _by_key()[component, place, year]


def find(component: str, place: str, year: int | None) -> Target | None:
    """The number, or None when the table lacks it."""
    return _by_key().get((component, place, year))


def components_of(prefix: str, place: str) -> list[tuple[tuple[str, ...], int | None, Target]]:
    """Every number of the place whose component begins with the prefix, in the table's order: the words of the rest of
    the component, the year and the number."""
    return [(tuple(component[len(prefix):].split(":")), year, found)
            for (component, at, year), found in _by_key().items() if at == place and component.startswith(prefix)]


def amount(component: str, place: str, year: int | None) -> int:
    """The number as an integer, 0 when the table lacks it: a municipality without such a post."""
    found = _by_key().get((component, place, year))
    return found.number if found else 0


def amounts(prefix: str, place: str, year: int | None) -> dict[str, int]:
    """Every number whose component begins with the prefix, by the rest of the component, in the table's order."""
    return {component[len(prefix):]: found.number for component, found in _by_head()[place, year, _head(prefix)]
            if component.startswith(prefix)}


@cache
def weights(prefix: str, place: str) -> dict[str, int]:
    """The weights with the prefix; the municipality's own replace the common ones."""
    return amounts(prefix, "", None) | amounts(prefix, place, None)


@cache
def years_of(component: str, place: str) -> tuple[int, ...]:
    """The years for which the table has the component for the place."""
    return tuple(sorted(year for name, at, year in _by_key() if name == component and at == place))


@cache
def places_of(component: str) -> tuple[str, ...]:
    """The places for which the table has the component."""
    return tuple(sorted({at for name, at, _ in _by_key() if name == component}))


@cache
def _by_key() -> dict[tuple[str, str, int | None], Target]:
    return {(row["component"], row["source_municipality_code"] or row["unit_code"],
             int(row["year"]) if row["year"] else None):
            Target(row["amount"], Mark(row["basis"], row["fact_id"] or None)) for row in reference_rows("demo_targets")}


@cache
def _by_head() -> dict[tuple[str, int | None, str], list[tuple[str, Target]]]:
    found: dict[tuple[str, int | None, str], list[tuple[str, Target]]] = defaultdict(list)
    for (component, place, year), value in _by_key().items():
        found[place, year, _head(component)].append((component, value))
    return found


def _head(component: str) -> str:
    return component.partition(":")[0]
