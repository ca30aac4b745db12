"""The number in each figure field of a demo form, out of the targets: a tertial's own, its part of the year's, or a sum.

A year's number is spread over its three tertials by weights; in 2016, when reporting began in September, every tertial
number is its own. What the trial has cost so far is taken from the ledger's targets, so that the two agree.
"""

from functools import cache

from assets.demo.apportioning import apportion
from assets.demo.delivery import CONSTRUCTED
from assets.demo.form_words import words_of
from assets.demo.targets import Target, amounts, find, target, weights
from warehouse.reference_data import reference_rows

TERTIAL_REPORTS, DATA_REQUESTS = "tertial_reports", "data_requests"
CONFIRMED_ZERO, NOT_APPLICABLE, NOT_REPORTED, NOT_YET = "-", ".", "..", "..."
SIGNS = (CONFIRMED_ZERO, NOT_APPLICABLE, NOT_REPORTED, NOT_YET)
STATUS_SO_FAR = "status"
FIGURE_KINDS = ("count", "fte", "amount", "days", "months")
# The purpose in the ledger's targets behind each field of trial money.
PURPOSE_OF = {"forsoek_244": "244", "forsoek_251": "251", "forsoek_252": "252", "forsoek_udelt": "unsplit"}


def form_numbers(stem: str, unit_code: str, period: str) -> dict[str, Target]:
    """Every figure field of one form by field id. A field nobody has a number for is not reported (..), or comes later
    (...) where the form tells the status so far."""
    given = {field_id: _given(stem, unit_code, period, field_id) for field_id in figure_fields(stem)}
    for total, parts in _parts_of(stem).items():
        several = [given[part] for part in parts]
        if given[total] is None and all(several):
            given[total] = _sum(several, _mark_of_total(total, unit_code, period))
    is_status = words_of(stem, unit_code, period).get("dateringsgrunnlag") == STATUS_SO_FAR
    absent = Target(NOT_YET if is_status else NOT_REPORTED, CONSTRUCTED)
    return {field_id: number or absent for field_id, number in given.items()}


@cache
def figure_fields(stem: str) -> tuple[str, ...]:
    """The figure fields of a form, in its order."""
    return tuple(row["field_id"] for row in reference_rows("form_field")
                 if row["stem"] == stem and row["field_kind"] in FIGURE_KINDS)


@cache
def _parts_of(stem: str) -> dict[str, tuple[str, ...]]:
    parts: dict[str, tuple[str, ...]] = {}
    for row in reference_rows("form_field"):
        if row["stem"] == stem and row["total_field_id"]:
            parts[row["total_field_id"]] = (*parts.get(row["total_field_id"], ()), row["field_id"])
    return parts


def _given(stem: str, unit_code: str, period: str, field_id: str) -> Target | None:
    """The number the targets give the field itself, or None."""
    if stem == DATA_REQUESTS:
        return find(f"form:{stem}:{field_id}", unit_code, int(period))
    year, tertial = int(period[:4]), period[5:]
    own = find(f"form:{stem}:{tertial}:{field_id}", unit_code, year)
    if own:
        return own
    whole = find(f"form:{stem}:{field_id}", unit_code, year)
    if whole:
        return whole if whole.text in SIGNS else Target(_part(whole.number, tertial), whole.mark)
    return _trial_money_so_far(unit_code, year, tertial, PURPOSE_OF[field_id]) if field_id in PURPOSE_OF else None


def _part(whole: int, tertial: str) -> str:
    return _shown(apportion(whole, weights("share:form:", ""))[tertial])


def _trial_money_so_far(unit_code: str, year: int, tertial: str, purpose: str) -> Target | None:
    """What is booked on the purpose from 1 January to the last day of the tertial, in thousand kroner."""
    by_purpose = amounts("trial:", unit_code, year)
    if not by_purpose:
        return None
    if purpose not in by_purpose:
        # Where some cannot be split, the purposes that lack a number do not apply; else nothing was booked on them.
        cannot_be_split = purpose != "unsplit" and "unsplit" in by_purpose
        return Target(NOT_APPLICABLE if cannot_be_split else CONFIRMED_ZERO, CONSTRUCTED)
    parts = apportion(by_purpose[purpose], weights("share:form_trial:", ""))
    so_far = by_purpose[purpose] if tertial == "T3" else sum(
        part for name, part in parts.items() if name <= tertial)
    return Target(_shown(so_far), CONSTRUCTED)


def _mark_of_total(total: str, unit_code: str, period: str):
    """The last tertial's money is the ledger's for the year, and rests on what that rests on."""
    is_ledgers = total == "forsoek_i_alt" and period.endswith("-T3")
    return target("trial_total", unit_code, int(period[:4])).mark if is_ledgers else CONSTRUCTED


def _sum(several: list[Target], mark) -> Target:
    """The sum of the parts; what does not apply adds nothing, and one that is not reported makes the sum so."""
    if any(part.text == NOT_REPORTED for part in several):
        return Target(NOT_REPORTED, CONSTRUCTED)
    return Target(_shown(sum(part.number for part in several if part.text not in SIGNS)), mark)


def _shown(number: int) -> str:
    """A zero that was counted is confirmed."""
    return str(number) if number else CONFIRMED_ZERO
