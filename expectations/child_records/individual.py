"""An individual of form 15F as the rules and counts see it: dates, codes and lines; never a number, a name or a text.

Every `line` is the 1-based line of the file where the element begins. Codes are text: 3.10 is not 3.1.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from expectations.child_records.identity import Identity

OSLO = "0301"


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """The year a file reports, with the dates the rules measure against."""

    year: int

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def count_date(self) -> date:
        return date(self.year, 12, 31)

    @property
    def previous_count_date(self) -> date:
        return date(self.year - 1, 12, 31)

    @property
    def age_limit(self) -> int:
        """The age above which nobody is a client: 23 years until 2020, 25 from 2021, when the law was changed."""
        return 25 if self.year >= 2021 else 23

    def holds(self, day: date | None) -> bool:
        return day is not None and day.year == self.year


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who delivers, and for which year."""

    line: int
    year: int
    municipality_code: str
    has_org_number: bool
    has_municipality_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An element that carries codes (older files have lists of them) and perhaps a specification in words."""

    line: int
    codes: tuple[str, ...]
    has_specification: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Anything with a first and perhaps a last day."""

    line: int
    start: date
    end: date | None

    def is_active(self, first_day: date, last_day: date) -> bool:
        """Whether any of its days lies between the two, both included."""
        return self.start <= last_day and (self.end is None or self.end >= first_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Stretch):
    evaluated: date | None
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation(Stretch):
    conclusion: tuple[str, ...]
    has_specification: bool
    grounds: tuple[Coded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Stretch):
    conclusion: tuple[str, ...]
    reporters: tuple[Coded, ...]
    contents: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """Where in the law a measure stands; parts that are not given are empty."""

    act: str
    chapter: str
    paragraph: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Stretch):
    category: Coded
    law: Law
    related_laws: tuple[Law, ...]
    lifting: Coded | None

    @property
    def code(self) -> str:
        return self.category.codes[0]

    @property
    def is_care_order(self) -> bool:
        """Whether the municipality has taken over the care of the child (omsorgstiltak), by the law it stands on."""
        law = self.law
        place = law.act, law.chapter, law.paragraph
        if place == ("BVL", "4", "8"):
            return law.section in ("2", "3") or any(
                (other.chapter, other.paragraph) == ("4", "12") for other in self.related_laws)
        return place in (("BVL", "4", "12"), ("BVL2021", "5", "1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    line: int
    end: date
    reason: tuple[str, ...]
    destination: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Individual(Stretch):
    """One child or youth; `number` is its order in the file, first is 1."""

    number: int
    is_closed: bool
    identity: Identity
    has_district_number: bool
    has_district_name: bool
    reports: tuple[Report, ...] = ()
    investigations: tuple[Investigation, ...] = ()
    plans: tuple[Plan, ...] = ()
    measures: tuple[Measure, ...] = ()
    moves: tuple[Move, ...] = ()


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the month's last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
