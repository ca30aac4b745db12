"""The rules about reports and investigations: deadlines, conclusions, and codes that must be specified in words."""

from collections.abc import Iterable
from datetime import date, timedelta

from expectations.child_records.codes import needs_specification
from expectations.child_records.individual import Coded, Individual, Report, ReportingYear

DEADLINE_OF_A_REPORT = timedelta(days=7)


def report_took_more_than_7_days(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.reports
            if one.end is not None and one.end - one.start > DEADLINE_OF_A_REPORT]


def concluded_report_without_reporter(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in _concluded(individual, year) if not one.reporters]


def concluded_report_without_content(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in _concluded(individual, year) if not one.contents]


def _concluded(individual: Individual, year: ReportingYear) -> list[Report]:
    """Dismissed or taken on (1 or 2) in the reporting year or later, as in SSB's own program."""
    return [one for one in individual.reports if one.end is not None and one.end > year.previous_count_date
            and {"1", "2"} & set(one.conclusion)]


def reporter_is_not_specified(individual: Individual, year: ReportingYear) -> list[int]:
    return _unspecified("reporter", (coded for one in individual.reports for coded in one.reporters))


def content_is_not_specified(individual: Individual, year: ReportingYear) -> list[int]:
    return _unspecified("ground", (coded for one in individual.reports for coded in one.contents))


def ground_is_not_specified(individual: Individual, year: ReportingYear) -> list[int]:
    return _unspecified("ground", (coded for one in individual.investigations for coded in one.grounds))


def _unspecified(code_list: str, several: Iterable[Coded]) -> list[int]:
    return [coded.line for coded in several
            if not coded.has_specification and needs_specification(code_list, coded.codes)]


def conclusion_is_not_specified(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.investigations if not one.has_specification
            and needs_specification("investigation_conclusion", one.conclusion)]


def investigation_ended_without_conclusion(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.investigations if one.end is not None and not one.conclusion]


def decision_without_ground(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.investigations if {"1", "2"} & set(one.conclusion) and not one.grounds]


def investigation_has_gone_on_for_half_a_year(individual: Individual, year: ReportingYear) -> list[int]:
    return [one.line for one in individual.investigations if one.end is None and one.start < date(year.year, 7, 1)]


RULES = {
    "15F_melding_03": report_took_more_than_7_days,
    "15F_melding_04": concluded_report_without_reporter,
    "15F_melding_05": concluded_report_without_content,
    "15F_melder_02": reporter_is_not_specified,
    "15F_saksinnhold_02": content_is_not_specified,
    "15F_undersokelse_03": conclusion_is_not_specified,
    "15F_undersokelse_04": investigation_ended_without_conclusion,
    "15F_undersokelse_07": decision_without_ground,
    "15F_undersokelse_08": investigation_has_gone_on_for_half_a_year,
    "15F_vedtaksgrunnlag_02": ground_is_not_specified,
}
