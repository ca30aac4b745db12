"""The rules that are the same for reports, investigations, plans, measures and moves: their dates against the rest."""

from collections.abc import Callable, Iterator
from datetime import date

from expectations.child_records.individual import Individual, ReportingYear, Stretch

Test = Callable[[Stretch, Individual, ReportingYear], bool]
Rule = Callable[[Individual, ReportingYear], list[int]]

_KINDS: dict[str, Callable[[Individual], tuple]] = {
    "melding": lambda individual: individual.reports, "undersokelse": lambda individual: individual.investigations,
    "plan": lambda individual: individual.plans, "tiltak": lambda individual: individual.measures}


def ends_before_it_begins(one: Stretch, individual: Individual, year: ReportingYear) -> bool:
    return one.end is not None and one.start > one.end


def ends_in_another_year(one: Stretch, individual: Individual, year: ReportingYear) -> bool:
    return one.end is not None and not year.holds(one.end)


def ends_after_the_individual(one: Stretch, individual: Individual, year: ReportingYear) -> bool:
    return individual.end is not None and one.end is not None and one.end > individual.end


def is_open_though_the_individual_is_closed(one: Stretch, individual: Individual, year: ReportingYear) -> bool:
    return individual.is_closed and (one.end is None or individual.end is None or one.end > year.count_date)


def begins_before_the_individual(one: Stretch, individual: Individual, year: ReportingYear) -> bool:
    return one.start < individual.start


def report_ends_after_the_individual(one: Stretch, individual: Individual, year: ReportingYear) -> bool:
    """A dismissed report is let off, as in SSB's own program; the wording of its specification says the opposite."""
    return "1" not in one.conclusion and ends_after_the_individual(one, individual, year)


def move_after_the_individual(individual: Individual, year: ReportingYear) -> list[int]:
    return [move.line for move in individual.moves if individual.end is not None and move.end > individual.end]


def move_before_the_individual(individual: Individual, year: ReportingYear) -> list[int]:
    return [move.line for move in individual.moves if move.end < individual.start]


def a_date_is_far_off(individual: Individual, year: ReportingYear) -> list[int]:
    """Every date lies within 25 years of the reporting year."""
    earliest, latest = date(year.year - 25, 1, 1), date(year.year + 25, 12, 31)
    return [line for line, day in _all_dates(individual) if day is not None and not earliest <= day <= latest]


def _all_dates(individual: Individual) -> Iterator[tuple[int, date | None]]:
    for one in (individual, *individual.reports, *individual.investigations, *individual.plans, *individual.measures):
        yield one.line, one.start
        yield one.line, one.end
    yield from ((plan.line, plan.evaluated) for plan in individual.plans)
    yield from ((move.line, move.end) for move in individual.moves)


def _over(kind: str, test: Test) -> Rule:
    stretches = _KINDS[kind]
    return lambda individual, year: [one.line for one in stretches(individual) if test(one, individual, year)]


RULES: dict[str, Rule] = {
    "15F_individ_01a": a_date_is_far_off,
    **{f"15F_{kind}_02a": _over(kind, ends_before_it_begins) for kind in _KINDS},
    **{f"15F_{kind}_02b": _over(kind, ends_in_another_year) for kind in ("undersokelse", "tiltak")},
    **{f"15F_{kind}_02c": _over(kind, ends_after_the_individual) for kind in _KINDS},
    **{f"15F_{kind}_02d": _over(kind, is_open_though_the_individual_is_closed) for kind in _KINDS},
    **{f"15F_{kind}_02e": _over(kind, begins_before_the_individual) for kind in _KINDS},
    "15F_melding_02c": _over("melding", report_ends_after_the_individual),
    "15F_flytting_02c": move_after_the_individual,
    "15F_flytting_02f": move_before_the_individual,
}
