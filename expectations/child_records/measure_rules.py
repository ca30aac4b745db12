"""The rules about measures: what they are, on what law they stand, and whether the child's age goes with them."""

from datetime import date
from itertools import combinations

from expectations.child_records.codes import is_placement, needs_specification
from expectations.child_records.individual import Individual, Measure, ReportingYear, months_after

FIRST_DAY_OF_THE_LAW_OF_2021 = date(2023, 1, 1)
MOST_PLACEMENTS_COMPARED = 200
"""Every placement is held against every other; beyond this many of one child it is the file that is at fault."""


def care_order_lifted_without_reason(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.measures
            if one.end is not None and one.is_care_order and one.lifting is None]


def is_too_old_for_nursery(individual: Individual, year: ReportingYear) -> list[int]:
    return _with_code_from_age(individual, "4.1", 7)


def is_too_old_for_after_school(individual: Individual, year: ReportingYear) -> list[int]:
    return _with_code_from_age(individual, "4.2", 11)


def _with_code_from_age(individual: Individual, code: str, age: int) -> list[int]:
    if individual.identity.age is None or individual.identity.age < age:
        return []
    return [one.line for one in individual.measures if one.code == code]


def category_is_not_specified(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.measures if not one.category.has_specification
            and needs_specification("measure_category", one.category.codes)]


def lifting_is_not_specified(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.measures if one.lifting and not one.lifting.has_specification
            and needs_specification("lifting", one.lifting.codes)]


def placements_overlap(individual: Individual, year: ReportingYear) -> list[int]:
    """Every placement that begins inside an earlier one and shares more than three months with it."""
    placements = sorted((one for one in individual.measures if is_placement(one.code)), key=lambda one: one.start)
    return sorted({later.line for earlier, later in combinations(placements[:MOST_PLACEMENTS_COMPARED], 2)
                   if months_after(later.start, 3) < min(_last_day(earlier, year), _last_day(later, year))})


def _last_day(one: Measure, year: ReportingYear) -> date:
    return one.end or year.count_date


def law_was_not_in_force(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.measures
            if not {law.act for law in (one.law, *one.related_laws)} <= _acts_in_force(one.start)]


def _acts_in_force(day: date) -> set[str]:
    return {"BVL", "BVL2021"} if day >= FIRST_DAY_OF_THE_LAW_OF_2021 else {"BVL"}


def adult_has_care_order(individual: Individual, year: ReportingYear) -> list[int]:
    if individual.identity.age is None or individual.identity.age <= 18:
        return []
    return [one.line for one in individual.measures if one.is_care_order]


def law_is_zero(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.measures
            if any("0" in (law.chapter, law.paragraph) for law in (one.law, *one.related_laws))]


RULES = {
    "15F_tiltak_04": care_order_lifted_without_reason,
    "15F_tiltak_05": is_too_old_for_nursery,
    "15F_tiltak_06": is_too_old_for_after_school,
    "15F_tiltak_07": category_is_not_specified,
    "15F_tiltak_08": lifting_is_not_specified,
    "15F_tiltak_09": placements_overlap,
    "15F_tiltak_24": law_was_not_in_force,
    "15F_lovhjemmel_03": adult_has_care_order,
    "15F_lovhjemmel_04": law_is_zero,
}
