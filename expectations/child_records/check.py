"""All rules over one file, individual by individual: one finding a rule, with how many it is about and where.

A finding names an individual by its order in the file and its line; it never repeats anything the file says of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from expectations.child_records import case_rules, measure_rules, person_rules, stretch_rules
from expectations.child_records.individual import OSLO, Individual, ReportingYear, Sender
from expectations.finding import Finding
from expectations.wording import some
from warehouse.reference_data import reference_rows

SOURCE = "child_records"
MOST_NAMED = 20
MOST_LINES = 200

RULES: dict[str, Callable[[Individual, ReportingYear], list[int]]] = {
    **stretch_rules.RULES, **person_rules.RULES, **case_rules.RULES, **measure_rules.RULES}
SAME_NUMBER, SAME_JOURNAL = "15F_individ_04", "15F_individ_05"


@dataclass
class _Found:
    """What one rule has found: how many individuals, and the first of them."""

    count: int = 0
    named: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, place: tuple[int, int], lines: list[int]) -> None:
        self.count += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(f"nr. {place[0]} (linje {place[1]})")
        self.lines += lines[:max(0, MOST_LINES - len(self.lines))]


@dataclass
class _SeenOnce:
    """The first place of every key; gives the places that are new faults when a key comes again."""

    places: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    told: set[bytes] = field(default_factory=set)

    def again(self, key: bytes, place: tuple[int, int]) -> list[tuple[int, int]]:
        first = self.places.setdefault(key, place)
        if first == place:
            return []
        if key in self.told:
            return [place]
        self.told.add(key)
        return [first, place]


class RecordCheck:
    """SSB's rules over one file. `year` and `municipality_code` are what the file was announced as, where known."""

    def __init__(self, sender: Sender, file_name: str, *, year: int | None = None,
                 municipality_code: str | None = None) -> None:
        self._sender, self._file_name, self._year = sender, file_name, ReportingYear(sender.year)
        self._announced = year, municipality_code and municipality_code[:4]
        self._rules = RULES | (person_rules.RULES_OF_OSLO if sender.municipality_code == OSLO else {})
        self._found: dict[str, _Found] = {}
        self._numbers, self._journals = _SeenOnce(), _SeenOnce()
        self._journal_of: dict[bytes, bytes | None] = {}

    def look_at(self, individual: Individual) -> None:
        """Applies every rule to the individual, and holds its numbers against those before it."""
        place = individual.number, individual.line
        for rule_id, rule in self._rules.items():
            if lines := rule(individual, self._year):
                self._found.setdefault(rule_id, _Found()).add(place, lines)
        identity = individual.identity
        if identity.journal_key is not None:
            self._tell_again(SAME_JOURNAL, self._journals.again(identity.journal_key, place))
        number, journal = identity.number_key, identity.journal_key
        if number is not None:
            if self._journal_of.get(number) != journal or number not in self._journal_of:
                self._tell_again(SAME_NUMBER, self._numbers.again(number, place))
            self._journal_of.setdefault(number, journal)

    def _tell_again(self, rule_id: str, places: list[tuple[int, int]]) -> None:
        for place in places:
            self._found.setdefault(rule_id, _Found()).add(place, [place[1]])

    def findings(self) -> list[Finding]:
        """One finding a rule that is broken, in the order of SSB's table."""
        year, code = self._announced
        broken = {"15F_avgiver_02": year is not None and year != self._sender.year,
                  "15F_avgiver_03": not self._sender.has_org_number,
                  "15F_avgiver_04": code is not None and code != self._sender.municipality_code,
                  "15F_avgiver_06": not self._sender.has_municipality_name}
        expected = {"15F_avgiver_02": str(year), "15F_avgiver_04": code}
        found = {"15F_avgiver_02": str(self._sender.year), "15F_avgiver_04": self._sender.municipality_code}
        of_sender = [self._finding(rule_id, f"avgiver (linje {self._sender.line})", (self._sender.line,),
                                   found.get(rule_id, "blank"), expected.get(rule_id))
                     for rule_id, is_broken in broken.items() if is_broken]
        return of_sender + [self._finding(rule_id, _place_text(one), tuple(one.lines), _counted(one.count), None)
                            for rule_id in rule_table() if (one := self._found.get(rule_id))]

    def _finding(self, rule_id: str, place: str, lines: tuple[int, ...], found: str, expected: str | None) -> Finding:
        row = rule_table()[rule_id]
        return Finding(
            rule_id, row["level"], f"{self._file_name}, {place}: {row['fault_nb']}. {row['advice_nb']}",
            unit_code=self._sender.municipality_code, period=str(self._sender.year), source=SOURCE,
            file=self._file_name, cell=row["element"], line_numbers=lines, found=found, expected=expected)


@cache
def rule_table() -> dict[str, dict[str, str]]:
    """SSB's rules by id, in the order of `child_record_rule.csv`."""
    return {row["rule_id"]: row for row in reference_rows("child_record_rule")}


def _place_text(found: _Found) -> str:
    if found.count == 1:
        return f"individ {found.named[0]}"
    more = found.count - len(found.named)
    named = f"{', '.join(found.named)} og {more} til" if more else some(found.named, most=MOST_NAMED)
    return f"{found.count} individer, {named}"


def _counted(count: int) -> str:
    return "1 individ" if count == 1 else f"{count} individer"
