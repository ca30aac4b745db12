"""The shape of a published release as the site reads it. Everything here is already disclosure-controlled."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TracedPart:
    """One file that takes part in a number, in one role of one term of its formula.

    `periods` are those the delivered values are of; `places` the lines or cells in words, empty where they are not told;
    `amount` the sum of what the file gives, in the indicator's unit, None where it is not told.
    """

    term: int
    role: str
    stem: str
    file_name: str
    delivery_id: int
    version: int | None
    received_on: str
    periods: tuple[str, ...]
    places: str = ""
    amount: float | None = None


@dataclass(frozen=True)
class Release:
    """What a release holds.

    `values`: one dict per published number: indicator_id, unit_code, period, breakdown, value (None when not ok),
    unit, status, basis, fact_id, correction_ids, value_as_of. The value of one that is `held_back` is an earlier
    release's, made for the day `value_as_of`. `indicators`: the catalogue rows by indicator_id. `units`: unit rows by
    unit_code.
    `sources`: one dict per delivery in force: stem, file_name (the delivery's number where the name may tell of somebody),
    received_on (date text), row_count (None where lines are cases).
    `findings`: one dict per finding in force, worst first: finding_id, rule_id, level, unit_code, period, stem, state,
    what, details, advice, explanation, indicator_ids, open_since; finding_id is empty where details are.
    `reports`: one dict per municipality and tertial: unit_code, period, deadline, report_state (delivered, missing, awaited,
    not_over), received_on, version, field_count, told_count.
    `texts`: the approved progress texts: unit_code, period, delmaal, text, basis; `texts_waiting`: how many of each unit's texts nobody has decided about. `coverage`: one dict per interview
    year, informant_group and problemstilling_no: `at_least` so many informants, None for too few. `traces`: the files
    behind each number that is shown, by indicator, breakdown, unit and period. `corrections`: one dict per correction that
    a shown number rests on: correction_id, stem, unit_code, period, action, recorded_on, reason and told_to (empty where they
    must not be told), told_on.
    """

    values: tuple[dict[str, Any], ...]
    indicators: dict[str, dict[str, str]]
    units: dict[str, dict[str, str]]
    sources: tuple[dict[str, Any], ...]
    as_of: str
    threshold: int
    is_constructed: bool
    findings: tuple[dict[str, Any], ...] = ()
    texts: tuple[dict[str, Any], ...] = ()
    texts_waiting: dict[str, int] = field(default_factory=dict)
    traces: dict[tuple[str, str, str, str], tuple[TracedPart, ...]] = field(default_factory=dict)
    corrections: tuple[dict[str, Any], ...] = ()
    coverage: tuple[dict[str, Any], ...] = ()
    reports: tuple[dict[str, Any], ...] = ()
