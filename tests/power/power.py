"""The measurement as figures that can be kept: what `make power` prints, what the README shows, what is tested."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from expectations.rule import all_rules
from tests.power.faults import KINDS
from tests.power.judgement import Verdict
from tests.power.misses import LARGE, reason_of
from tests.power.summary import ALL_NB, Counts, by_kind, by_source, counts

GOLDEN = Path(__file__).parents[1] / "golden" / "power.json"
FIRST = 16
"""Of each kind the first so many faults are judged again by `make test-power`: 208 in all."""


@dataclass(frozen=True)
class Power:
    """Counts by kind of fault and by source, how often each reason explains a miss, and false findings.

    `large`: of all, the faults that move an indicator by five per cent or more. `first`: by kind, of its first faults
    how many change an indicator and how many of those are found.
    """

    seed: int
    faults_per_kind: int
    rule_count: int
    kinds: tuple[Counts, ...]
    large: Counts
    sources: tuple[Counts, ...]
    misses: dict[str, int]
    clean_reports: int
    false_findings: int
    first: dict[str, tuple[int, int]]

    @property
    def all(self) -> Counts:
        """All kinds together."""
        return next(line for line in self.kinds if line.key == ALL_NB)

    @property
    def reports_per_false_finding(self) -> float | None:
        """How many clean reports there are to one false finding; None where there was none."""
        return self.clean_reports / self.false_findings if self.false_findings else None


def power_of(verdicts: Sequence[Verdict], seed: int, faults_per_kind: int, clean: tuple[int, int]) -> Power:
    """The figures of a measurement; `clean` is how many clean reports were read and how many findings they gave."""
    missed = [reason_of(verdict).key for verdict in verdicts if verdict.changes_indicator and not verdict.is_found]
    return Power(
        seed, faults_per_kind, len(all_rules()), tuple(by_kind(verdicts)),
        counts("large", [verdict for verdict in verdicts if verdict.size >= LARGE]), tuple(by_source(verdicts)),
        {key: missed.count(key) for key in sorted(set(missed))}, *clean, first_of(verdicts, faults_per_kind))


def first_of(verdicts: Sequence[Verdict], faults_per_kind: int) -> dict[str, tuple[int, int]]:
    """By kind, how many of its first faults change an indicator, and how many of those are found."""
    told = {}
    for number, kind in enumerate(KINDS):
        own = verdicts[number * faults_per_kind:(number + 1) * faults_per_kind][:FIRST]
        changing = [verdict for verdict in own if verdict.changes_indicator]
        told[kind.key] = (len(changing), sum(verdict.is_found for verdict in changing))
    return told


def keep(power: Power) -> None:
    """Makes these the figures of the README and of the tests to come."""
    GOLDEN.write_text(json.dumps(asdict(power), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def kept() -> Power:
    """The figures kept."""
    told = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return Power(**{
        **told, "large": Counts(**told["large"]), "kinds": tuple(Counts(**line) for line in told["kinds"]),
        "sources": tuple(Counts(**line) for line in told["sources"]),
        "first": {key: tuple(pair) for key, pair in told["first"].items()}})
