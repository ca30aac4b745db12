"""The rules about the individual itself: its numbers, its age, whether it is closed, what it has."""

from collections.abc import Callable

from expectations.child_records.individual import Individual, ReportingYear

Test = Callable[[Individual, ReportingYear], bool]


def ends_before_it_begins(individual: Individual, year: ReportingYear) -> bool:
    return individual.end is not None and individual.start > individual.end


def ended_before_the_previous_count(individual: Individual, year: ReportingYear) -> bool:
    return individual.end is not None and individual.end < year.previous_count_date


def is_closed_without_an_end(individual: Individual, year: ReportingYear) -> bool:
    return individual.is_closed and individual.end is None


def cannot_be_identified(individual: Individual, year: ReportingYear) -> bool:
    """A number that is given must be right; without one the DUF number must be."""
    identity = individual.identity
    return identity.number == "wrong" or identity.number == "missing" and identity.duf != "right"


def has_nothing(individual: Individual, year: ReportingYear) -> bool:
    return not (individual.reports or individual.plans or individual.measures)


def is_above_the_age_limit(individual: Individual, year: ReportingYear) -> bool:
    return individual.identity.age is not None and individual.identity.age > year.age_limit


def is_an_adult_without_measures(individual: Individual, year: ReportingYear) -> bool:
    return individual.identity.age is not None and individual.identity.age > 18 and not individual.measures


def number_is_not_complete(individual: Individual, year: ReportingYear) -> bool:
    return individual.identity.number != "complete"


def number_is_wrong_or_missing(individual: Individual, year: ReportingYear) -> bool:
    return individual.identity.number in ("wrong", "missing")


def duf_is_wrong(individual: Individual, year: ReportingYear) -> bool:
    return individual.identity.duf == "wrong"


def _of(test: Test) -> Callable[[Individual, ReportingYear], list[int]]:
    return lambda individual, year: [individual.line] if test(individual, year) else []


RULES = {rule_id: _of(test) for rule_id, test in {
    "15F_individ_02a": ends_before_it_begins,
    "15F_individ_02b": ended_before_the_previous_count,
    "15F_individ_02d": is_closed_without_an_end,
    "15F_individ_03": cannot_be_identified,
    "15F_individ_06": has_nothing,
    "15F_individ_07": is_above_the_age_limit,
    "15F_individ_08": is_an_adult_without_measures,
    "15F_individ_11": number_is_not_complete,
    "15F_individ_12": number_is_wrong_or_missing,
    "15F_individ_19": duf_is_wrong,
}.items()}

RULES_OF_OSLO = {rule_id: _of(test) for rule_id, test in {
    "15F_individ_09": lambda individual, year: not individual.has_district_number,
    "15F_individ_10": lambda individual, year: not individual.has_district_name,
}.items()}
