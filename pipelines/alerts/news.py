"""What is news to whom: pure decisions over findings and what the recipient has been told before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.alerts.finding import EXPLAINED, MENDED, OPEN, Known, Told
from warehouse.finding_levels import LEVELS
from warehouse.reference_data import reference_rows

EVALUATORS, BUFDIR = "evaluators", "bufdir"
TOLD_ONE_BY_ONE = ("advarsel", "feil", "kritisk_feil")
"""What is only worth knowing is counted, never told one by one, but to the evaluators."""


@dataclass(frozen=True)
class Recipient:
    """A municipality (its unit code), the evaluators or Bufdir, with the name a message greets."""

    code: str
    name: str

    @property
    def is_evaluators(self) -> bool:
        return self.code == EVALUATORS

    @property
    def is_bufdir(self) -> bool:
        return self.code == BUFDIR

    @property
    def is_municipality(self) -> bool:
        return not (self.is_evaluators or self.is_bufdir)


@dataclass(frozen=True)
class Change:
    """A finding whose state the recipient has not been told of, and what was told before, if anything."""

    finding: Known
    before: Told | None

    def told_at(self, now: datetime) -> datetime:
        """The time to note: never before the change itself, and always after what was told before."""
        moments = [now, *filter(None, [self.finding.changed_at])]
        if self.before:
            moments.append(self.before.told_at + timedelta(microseconds=1))
        return max(moments)


@dataclass(frozen=True)
class News:
    """What one recipient has not heard, worst first, and counts of all that is not repeated.

    `fresh`: open, never told or come back. `mended`: told before, and gone. `explained`: explained or accepted since
    it was told. `open_before`, `explained_count`, `noted_count`: told before and still open; explained or accepted in
    all; open and only worth knowing. `open_counts`: every open finding by unit and level.
    """

    recipient: Recipient
    fresh: tuple[Change, ...]
    mended: tuple[Change, ...]
    explained: tuple[Change, ...]
    open_before: dict[str, int]
    explained_count: int
    noted_count: int
    open_counts: dict[str | None, dict[str, int]]

    @property
    def is_news(self) -> bool:
        return bool(self.fresh or self.mended)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Everything the message tells of, to be noted as told once it is accepted."""
        return (*self.fresh, *self.mended, *self.explained)


def municipalities() -> list[Recipient]:
    """The municipalities of the trial, in the order of the reference data."""
    return [Recipient(row["unit_code"], row["unit_name"]) for row in reference_rows("unit")
            if row["unit_type"] == "municipality"]


def recipients() -> list[Recipient]:
    """Everyone who can get a message: the municipalities, Bufdir, then the evaluators."""
    return [*municipalities(), Recipient(BUFDIR, "Bufdir"), Recipient(EVALUATORS, "evaluatorene")]


def concerns(finding: Known, recipient: Recipient) -> bool:
    """Whether a finding is the recipient's to hear of: a municipality hears what it can mend, others all they are given."""
    if not recipient.is_municipality:
        return True
    return finding.unit_code == recipient.code and (finding.rule is None or finding.rule.actor == "municipality")


def news_for(recipient: Recipient, findings: Iterable[Known], told: Mapping[str, Told]) -> News:
    """What the recipient has not heard of the findings."""
    mine = sorted((finding for finding in findings if concerns(finding, recipient)), key=_worst_first)
    changes = [Change(finding, told.get(finding.finding_id)) for finding in mine]
    is_open = [change for change in changes if change.finding.state == OPEN]
    told_one_by_one = [change for change in is_open if _is_told(change.finding, recipient)]
    explained = [change for change in changes if change.finding.state in EXPLAINED]
    return News(
        recipient=recipient,
        fresh=tuple(change for change in told_one_by_one if _has_changed(change)),
        mended=tuple(change for change in changes
                     if change.finding.state == MENDED and _was_told_otherwise(change)),
        explained=tuple(change for change in explained if _was_told_otherwise(change)),
        open_before=dict(Counter(change.finding.level for change in told_one_by_one if not _has_changed(change))),
        explained_count=len(explained),
        noted_count=len(is_open) - len(told_one_by_one),
        open_counts=_counts(change.finding for change in is_open))


def _worst_first(finding: Known) -> tuple:
    return (-LEVELS.index(finding.level), finding.unit_code or "~", finding.period or "", finding.rule_id,
            finding.file_name or "", finding.sheet or "", finding.line_numbers, finding.cell or "", finding.finding_id)


def _is_told(finding: Known, recipient: Recipient) -> bool:
    return recipient.is_evaluators or finding.level in TOLD_ONE_BY_ONE


def _has_changed(change: Change) -> bool:
    """Never told, told in another state, or gone into this state again since it was told."""
    before, changed_at = change.before, change.finding.changed_at
    if before is None or before.state != change.finding.state:
        return True
    return changed_at is not None and changed_at > before.told_at


def _was_told_otherwise(change: Change) -> bool:
    return change.before is not None and change.before.state != change.finding.state


def _counts(findings: Iterable[Known]) -> dict[str | None, dict[str, int]]:
    counts: dict[str | None, dict[str, int]] = {}
    for finding in findings:
        levels = counts.setdefault(finding.unit_code, {})
        levels[finding.level] = levels.get(finding.level, 0) + 1
    return counts
