"""The page of one municipality: cost with and without the trial, compensation, self-financing, the children."""

from typing import Any

from dashboards.figures.style import with_trial, without_trial
from dashboards.number_marks import FINDINGS_PAGE
from dashboards.pages.card import Card, CardLine, card
from dashboards.pages.compensation import BALANCE_ID, balance, compensation_figure, compensation_periods, \
    compensation_rows
from dashboards.pages.cost_by_function import cost_by_function
from dashboards.pages.findings import unit_anchor
from dashboards.pages.frame import Frame
from dashboards.pages.headlines import headlines
from dashboards.pages.own_words import own_words
from dashboards.pages.report_tables import is_reported, report_tables
from dashboards.tables import Table, series_table

WITH_TRIAL, WITHOUT_TRIAL = "trial_cost=included", "trial_cost=excluded"
NET_COST_ID, COST_PER_CHILD_ID, SELF_FINANCING_ID = "E2-01", "E2-02", "G1-06"
MONEY_CARDS = ("G1-01", "G1-05", "G1-07")
CHILDREN_DELMAAL = ("B", "C", "D", "E")


def municipality_context(frame: Frame, code: str) -> dict[str, Any]:
    """What `municipality.html` needs."""
    group = frame.group_code(code)
    year = frame.published.periods(BALANCE_ID)[-1] if frame.has(BALANCE_ID) else ""
    return {
        "unit_name": frame.name(code), "group_name": frame.name(group) if group else "",
        "headlines": headlines(frame, code),
        "balance": balance(frame, code, year) if year else None,
        "cost_cards": _present([_cost_per_child(frame, code, group), _net_cost(frame, code)]),
        "by_function": cost_by_function(frame, code, group),
        "figure_block": compensation_figure(frame, [code]) if year else None,
        "table_of_compensation": _compensation_table(frame, code) if year else None,
        "money_cards": _present([_self_financing(frame, code, group),
                                 *(_plain_card(frame, code, "", one) for one in MONEY_CARDS)]),
        "report_tables": report_tables(frame, code),
        "own_words": own_words(frame, code),
        "finding_count": len([one for one in frame.release.findings if one["unit_code"] == code]),
        "findings_href": f"{FINDINGS_PAGE}#{unit_anchor(code)}",
        "children_cards": _present([_plain_card(frame, code, group, one) for one in _children_indicators(frame)]),
    }


def _trial_lines(frame: Frame, indicator_id: str, code: str, group: str) -> list[CardLine]:
    """The unit with and without the trial, and its group, which has no trial."""
    if not frame.has(indicator_id):
        return []
    style, measure = frame.styles[code], frame.measure(indicator_id)
    name, group_name = frame.name(code), frame.name(group) if group else ""
    wanted = [(f"{name} med forsøket", code, WITH_TRIAL, with_trial(style)),
              (f"{name} uten forsøket", code, WITHOUT_TRIAL, without_trial(style))]
    if group:
        wanted.append((group_name, group, WITHOUT_TRIAL, frame.styles[group]))
    return [CardLine(label, measure, series, look) for label, unit, breakdown, look in wanted
            if (series := frame.published.series(indicator_id, unit, breakdown))]


def _cost_per_child(frame: Frame, code: str, group: str) -> Card | None:
    return card(frame, COST_PER_CHILD_ID, _trial_lines(frame, COST_PER_CHILD_ID, code, group),
                "Tallet uten forsøket er det som kan sammenlignes med KOSTRA-gruppen.")


def _net_cost(frame: Frame, code: str) -> Card | None:
    return card(frame, NET_COST_ID, _trial_lines(frame, NET_COST_ID, code, ""),
                "Avstanden mellom linjene er det kommunen har ført på forsøket.")


def _self_financing(frame: Frame, code: str, group: str) -> Card | None:
    lines = _lines(frame, code, "", SELF_FINANCING_ID)
    group_cost = frame.published.series(COST_PER_CHILD_ID, group, WITHOUT_TRIAL) if group else None
    if lines and group_cost:
        lines.append(CardLine(f"{frame.name(group)}, netto driftsutgifter", frame.measure(COST_PER_CHILD_ID),
                              group_cost, frame.styles[group]))
    return card(frame, SELF_FINANCING_ID, lines,
                "Gruppen får ingen kompensasjon, derfor kan netto driftsutgifter stå som dens egenfinansiering.")


def _plain_card(frame: Frame, code: str, group: str, indicator_id: str) -> Card | None:
    return card(frame, indicator_id, _lines(frame, code, group, indicator_id))


def _lines(frame: Frame, code: str, group: str, indicator_id: str) -> list[CardLine]:
    if not frame.has(indicator_id):
        return []
    measure, styles = frame.measure(indicator_id), {code: with_trial(frame.styles[code])}
    if group:
        styles[group] = frame.styles[group]
    lines = [CardLine(frame.name(unit), measure, series, style) for unit, style in styles.items()
             if (series := frame.published.series(indicator_id, unit))]
    return lines if any(line.series.unit_code == code for line in lines) else []


def _children_indicators(frame: Frame) -> list[str]:
    return [one for one in frame.published.indicator_ids()
            if frame.release.indicators[one]["delmaal"] in CHILDREN_DELMAAL
            and frame.release.indicators[one]["kind"] != "money" and not is_reported(frame.release.indicators[one])]


def _compensation_table(frame: Frame, code: str) -> Table:
    return series_table("tabell-kompensasjon", f"Kompensasjon, merkostnad (M2) og netto gevinst i {frame.name(code)}",
                        frame.measure(BALANCE_ID).unit_words, [(None, compensation_rows(frame, code))],
                        compensation_periods(frame), "Størrelse")


def _present(cards: list[Card | None]) -> list[Card]:
    return [one for one in cards if one]
