"""The verdicts counted: by kind of fault, by source, and in all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from expectations.chance import wilson_interval
from tests.power.faults import KINDS
from tests.power.judgement import Verdict
from warehouse.number_format import format_number, format_percent

ALL_NB = "alle"


@dataclass(frozen=True)
class Counts:
    """How many faults, how many of them change an indicator, and of those how many are found.

    `other_*` are faults in numbers that have a second source, `alone_*` in numbers that have none. `pointed_at`: of all
    that are found, those where a finding names the very cell or line.
    """

    key: str
    faults: int
    other_changing: int
    other_found: int
    alone_changing: int
    alone_found: int
    pointed_at: int

    @property
    def changing(self) -> int:
        return self.other_changing + self.alone_changing

    @property
    def found(self) -> int:
        return self.other_found + self.alone_found


def counts(key: str, verdicts: Iterable[Verdict]) -> Counts:
    """The counts of some verdicts."""
    told = list(verdicts)
    changing = [verdict for verdict in told if verdict.changes_indicator]
    other = [verdict.is_found for verdict in changing if verdict.has_second_source]
    alone = [verdict.is_found for verdict in changing if not verdict.has_second_source]
    return Counts(key, len(told), len(other), sum(other), len(alone), sum(alone),
                  sum(verdict.points_at_it for verdict in changing if verdict.is_found))


def by_kind(verdicts: Sequence[Verdict]) -> list[Counts]:
    """One line a kind of fault, in the kinds' order, and the sum of them."""
    return [*_grouped(verdicts, lambda verdict: verdict.kind, [kind.key for kind in KINDS]), counts(ALL_NB, verdicts)]


def by_source(verdicts: Sequence[Verdict]) -> list[Counts]:
    """One line a source, the one with most faults first."""
    stems = sorted({verdict.stem for verdict in verdicts}, key=lambda stem: -sum(v.stem == stem for v in verdicts))
    return _grouped(verdicts, lambda verdict: verdict.stem, stems)


def as_rows(told: Iterable[Counts]) -> list[dict]:
    """The counts as rows of a CSV file or of JSON."""
    return [asdict(line) for line in told]


def share_text(found: int, of: int) -> str:
    """`95,2 % (412 av 433)`; a dot where there is nothing to take a share of."""
    return f"{format_percent(found / of, 1)} ({format_number(found, 0)} av {format_number(of, 0)})" if of else "."


def interval_text(found: int, of: int) -> str:
    """The 95 per cent interval of a share: `93,1–96,8 %`."""
    low, high = wilson_interval(found, of)
    return f"{format_number(low * 100, 1)}–{format_percent(high, 1)}"


def _grouped(verdicts: Sequence[Verdict], key_of: Callable[[Verdict], str], keys: Sequence[str]) -> list[Counts]:
    return [counts(key, (verdict for verdict in verdicts if key_of(verdict) == key)) for key in keys]
