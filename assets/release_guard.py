"""The last look at a release before it is made: it is judged by itself, whatever made it.

VR50: no number is in it that must be hidden for its own sake. VR51: no such number can be computed from what is in it, and
what earlier releases have printed, through the equations that tie the numbers together or a region to its municipalities.
What interviews say is there for at least five (VR72). Our own tables hold what they must (a Kritisk feil of a rule that
lives in them). Where one of these fails nothing is published; the message names the numbers and tells none.

`disclosure.suppress` is what hides; this only reads the finished release, and knows the numbers it should not give away.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from assets.disclosure import FEWEST_INFORMANTS, Equation, Key, by_equation, key_of, must_hide, tied
from dashboards.release import Release
from warehouse.database import Connection, records
from warehouse.reference_data import reference_rows
from warehouse.rule_table import described_rule, rule_of

SMALL, COMPUTABLE, INTERVIEWS = "VR50", "VR51", "VR72"
_ADDED_KINDS = ("count", "money")
_MOST_NAMED = 10

_VALUES = """
SELECT value.*, unit.unit_type FROM marts.indicator_value AS value
INNER JOIN reference.unit ON unit.unit_code = value.unit_code
"""
_GRAVE = "SELECT DISTINCT rule_id FROM findings.finding WHERE level = 'kritisk_feil' ORDER BY rule_id"


class WouldLeak(Exception):
    """A release that would tell what it must not, or rests on a table of ours that does not hold. It is not made."""


@dataclass(frozen=True)
class Leak:
    """One number a release would give away, and the rule it breaks."""

    rule_id: str
    key: Key

    def __str__(self) -> str:
        return f"{self.rule_id} {' '.join(filter(None, self.key))}"


def demand_no_leak(connection: Connection, release: Release, threshold: int, before: Mapping[Key, Set[float]]) -> None:
    """Looks through a finished release. Raises WouldLeak with every rule it breaks."""
    broken = [f"{rule_id} {rule_of(rule_id).name_nb}" for rule_id in _broken_invariants(connection)]
    found = [*leaks(records(connection, _VALUES), release.values, threshold, before), *_few_informants(release.coverage)]
    if broken or found:
        named = [*broken, *(str(leak) for leak in found[:_MOST_NAMED])]
        more = f" og {len(found) - _MOST_NAMED} til" if len(found) > _MOST_NAMED else ""
        raise WouldLeak(f"Ingenting publiseres: {'; '.join(named)}{more}.")


def leaks(
    values: Iterable[Mapping[str, Any]], published: Iterable[Mapping[str, Any]], threshold: int,
    before: Mapping[Key, Set[float]],
) -> list[Leak]:
    """The numbers that `published` tells or gives away and must not.

    `values` are rows of marts.indicator_value with `unit_type`, `published` the same after disclosure control; `before`
    every value earlier releases have printed: what stands in one of them is known, and cannot be taken back.
    """
    true = {key_of(value): value for value in values}
    catalogue = {row["indicator_id"]: row for row in reference_rows("indicator")}
    secret = {key for key, value in true.items() if value["status"] == "suppressed"
              or must_hide(value, catalogue[value["indicator_id"]]["small_number_rule"], threshold)}
    printed = {key for key, value in true.items() if value["value"] is not None and value["value"] in before.get(key, ())}
    told = {key_of(row): row["value"] for row in published if row["value"] is not None}
    small = {key for key, number in told.items() if key in secret and number not in before.get(key, ())}
    without_number = {key_of(row) for row in published if row["status"] == "not_applicable"}
    equations = [*tied(true.values(), by_equation(reference_rows("disclosure_equation"))),
                 *_regions(true.values(), {name for name, row in catalogue.items() if row["kind"] in _ADDED_KINDS})]
    computed = _computed(told.keys() | without_number | printed, equations)
    return [*(Leak(SMALL, key) for key in sorted(small)),
            *(Leak(COMPUTABLE, key) for key in sorted(computed & secret - printed))]


def _regions(values: Iterable[Mapping[str, Any]], added: Set[str]) -> Iterator[Equation]:
    """A region and its municipalities, for what is added up: the whole of it minus the others is the last one."""
    region_of = {row["unit_code"]: row["bufetat_region_code"] for row in reference_rows("unit")}
    parts: dict[Key, list[Key]] = {}
    keys = [key_of(value) for value in values]
    for key in keys:
        if region_of.get(key[2]) and key[0] in added:
            parts.setdefault((*key[:2], region_of[key[2]], key[3]), []).append(key)
    known = set(keys)
    for total, municipalities in parts.items():
        if total in known:
            yield {"total": [total], "part": municipalities}


def _computed(known: Set[Key], equations: Sequence[Equation]) -> set[Key]:
    """What can be computed from the known numbers: again and again, until an equation gives nothing more."""
    found = set(known)
    while True:
        more = {key for equation in equations for key in _solved(equation, found)} - found
        if not more:
            return found - known
        found |= more


def _solved(equation: Equation, known: Set[Key]) -> Iterator[Key]:
    """The numbers one equation gives: all its names when one is known, and the one member that is missing in a sum."""
    same = equation.get("same", ())
    if not known.isdisjoint(same):
        yield from same
    for one, several in (("total", "part"), ("derived", "input")):
        if equation.get(one) and equation.get(several):
            yield from _only_missing([*equation[one], *equation[several]], known)
    factors = [*equation.get("number", ()), *equation.get("price", ())]
    sums = equation.get("sum", ())
    if factors and not known.isdisjoint(sums):
        yield from _only_missing(factors, known)
    elif factors and known.issuperset(factors):
        yield from sums


def _only_missing(members: Sequence[Key], known: Set[Key]) -> list[Key]:
    missing = [key for key in members if key not in known]
    return missing if len(missing) == 1 else []


def _few_informants(coverage: Iterable[Mapping[str, Any]]) -> Iterator[Leak]:
    """Cells of what interviews are about that tell of fewer than five, or of an exact number."""
    for cell in coverage:
        at_least = cell["at_least"]
        if at_least is not None and (at_least < FEWEST_INFORMANTS or at_least % FEWEST_INFORMANTS):
            yield Leak(INTERVIEWS, (cell["problemstilling_no"], cell["informant_group"], "", str(cell["interview_year"])))


def _broken_invariants(connection: Connection) -> list[str]:
    """The rules of our own tables that found one of them wrong; a delivered file's Kritisk feil stops only itself."""
    grave = [row["rule_id"] for row in records(connection, _GRAVE)]
    return [rule_id for rule_id in grave if (rule := described_rule(rule_id)) and rule.lives_in == "invariant"]
