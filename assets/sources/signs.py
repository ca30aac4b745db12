"""Statistics Norway's standard signs: why a number is missing, and what a sign says about a number that is there."""

STATUS_OF_SIGN: dict[str, str] = {
    ".": "not_applicable",
    "..": "not_reported",
    "...": "not_yet",
    ":": "suppressed",
}
CONFIRMED_ZERO = "-"
REMARKS: dict[str, str] = {"*": "foreløpige tall", "r": "rettede tall"}
"""Signs that remark on a number without taking it away."""


def meaning(value: float | int | None, sign: str | None) -> tuple[float | int | None, str]:
    """The number that counts and its status: a missing-sign wins over a value, `-` makes nothing a true zero."""
    if sign in STATUS_OF_SIGN:
        return None, STATUS_OF_SIGN[sign]
    if value is None and sign == CONFIRMED_ZERO:
        return 0, "ok"
    return value, "ok" if value is not None else "not_reported"


def is_known(sign: str | None) -> bool:
    return sign is None or sign == CONFIRMED_ZERO or sign in STATUS_OF_SIGN


def contradicts(value: float | int | None, sign: str | None) -> bool:
    """Whether the sign says that there is no number (or a zero), and the value says otherwise."""
    return value is not None and value != 0 and (sign in STATUS_OF_SIGN or sign == CONFIRMED_ZERO)
