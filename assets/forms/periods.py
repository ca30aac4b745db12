"""The periods a form is about: a tertial or a year, from its first day to its last."""

import re
from datetime import date

FORM_OF_TERTIAL, FORM_OF_YEAR = "tertial_reports", "data_requests"
_TERTIAL_DAYS = {"T1": ((1, 1), (4, 30)), "T2": ((5, 1), (8, 31)), "T3": ((9, 1), (12, 31))}
_PATTERNS = {FORM_OF_TERTIAL: r"(20[0-9]{2})-(T[123])", FORM_OF_YEAR: r"(20[0-9]{2})"}
HOW_WRITTEN = {FORM_OF_TERTIAL: "et tertial, skrevet som 2018-T3", FORM_OF_YEAR: "et år, skrevet som 2018"}


def is_period(stem: str, period: str) -> bool:
    """Whether the text is a period this form can be about."""
    return re.fullmatch(_PATTERNS[stem], period) is not None


def period_days(stem: str, period: str) -> tuple[date, date]:
    """The first and the last day of a form's period. Raises ValueError for a period the form cannot be about."""
    match = re.fullmatch(_PATTERNS[stem], period)
    if match is None:
        raise ValueError(f"«{period}» er ikke {HOW_WRITTEN[stem]}")
    first, last = ((1, 1), (12, 31)) if stem == FORM_OF_YEAR else _TERTIAL_DAYS[match[2]]
    return date(int(match[1]), *first), date(int(match[1]), *last)


def previous_period(stem: str, period: str) -> str:
    """The tertial or year before: 2018-T3 before 2019-T1, 2017 before 2018. Raises ValueError as `period_days`."""
    year = period_days(stem, period)[0].year
    if stem == FORM_OF_YEAR:
        return str(year - 1)
    number = int(period[-1])
    return f"{year}-T{number - 1}" if number > 1 else f"{year - 1}-T3"
