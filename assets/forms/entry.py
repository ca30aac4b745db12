"""One answer in a form, and the words a reporter chooses between when there is no number."""

from dataclasses import dataclass
from datetime import date

from assets.sources.signs import CONFIRMED_ZERO

NOT_REPORTED = ".."
WORD_OF_SIGN: dict[str, str] = {
    NOT_REPORTED: "ikke rapportert",
    ".": "ikke aktuelt",
    CONFIRMED_ZERO: "bekreftet null",
    "...": "kommer senere",
}
"""The drop-down beside each figure: the standard sign and how the form says it."""


@dataclass(frozen=True)
class Entry:
    """What stands in one field: a number, a text or a date, why it is missing, and the reporter's own words about it.

    Raises ValueError for a sign that the form does not have, and for a number other than 0 beside a sign.
    """

    value: int | float | str | date | None = None
    sign: str | None = None
    explanation: str = ""

    def __post_init__(self) -> None:
        if self.sign is not None and self.sign not in WORD_OF_SIGN:
            raise ValueError(f"ukjent tegn: {self.sign}")
        if self.sign is not None and self.value not in (None, 0):
            raise ValueError(f"{self.value} og tegnet {self.sign} kan ikke stå i samme felt")
