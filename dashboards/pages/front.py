"""The front page: compensation against merkostnad, the two definitions side by side, the way on."""

from typing import Any

from dashboards.labels import listed
from dashboards.pages.compensation import (BALANCE_ID, TRIAL_COST_ID, Balance, balance, compensation_figure,
                                           compensation_periods, compensation_rows, verdict)
from dashboards.pages.frame import Frame
from dashboards.tables import RowSpec, Table, series_table

GROWTH_ID = "G1-01"


def front_context(frame: Frame) -> dict[str, Any]:
    """What `index.html` needs."""
    has_compensation = frame.has(BALANCE_ID)
    balances = _balances(frame) if has_compensation else []
    return {
        "municipality_names": listed([frame.name(code) for code in frame.published.municipality_codes()]),
        "figure_block": compensation_figure(frame, frame.municipality_codes) if has_compensation else None,
        "table_of_compensation": _compensation_table(frame) if has_compensation else None,
        "balances": balances, "verdict": verdict(balances),
        "definitions": _definitions_table(frame) if frame.has(GROWTH_ID) and frame.has(TRIAL_COST_ID) else None,
    }


def _balances(frame: Frame) -> list[Balance]:
    year = frame.published.periods(BALANCE_ID)[-1]
    return [balance(frame, code, year) for code in frame.municipality_codes]


def _compensation_table(frame: Frame) -> Table:
    measure = frame.measure(BALANCE_ID)
    groups = [(frame.name(code), compensation_rows(frame, code)) for code in frame.municipality_codes]
    return series_table("tabell-kompensasjon", "Kompensasjon, merkostnad (M2) og netto gevinst", measure.unit_words,
                        groups, compensation_periods(frame), "Kommune")


def _definitions_table(frame: Frame) -> Table:
    groups: list[tuple[str | None, list[RowSpec]]] = []
    for indicator_id, label in ((GROWTH_ID, "M1: økning i alt barnevern siden 2015"),
                                (TRIAL_COST_ID, "M2: det kommunen har ført på forsøket")):
        measure = frame.measure(indicator_id)
        rows = [(frame.name(code), measure, series) for code in frame.municipality_codes
                if (series := frame.published.series(indicator_id, code))]
        groups.append((label, rows))
    return series_table("tabell-definisjoner", "Merkostnad etter to definisjoner", frame.measure(GROWTH_ID).unit_words,
                        groups, compensation_periods(frame), "Kommune")
