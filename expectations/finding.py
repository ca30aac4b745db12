"""A finding: one rule that does not hold, where, what was found, what to do."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from warehouse.finding_levels import LEVELS
from warehouse.harmless_text import as_message, on_one_line


@dataclass(frozen=True)
class Finding:
    """One finding. `message` is for the person who can mend it, in bokmål; `level` is one of `LEVELS`.

    `line_numbers` are 1-based lines of a text file; `sheet` and `cell` the place in a workbook or data set;
    `delivery_id` the delivery the place is in, where a rule across deliveries knows it; `indicators` what it touches,
    where that differs from one finding of the rule to another.

    Names and texts found are a stranger's; all of them are shown on one line, in characters that can be seen, cut short.
    """

    rule_id: str
    level: str
    message: str
    unit_code: str | None = None
    period: str | None = None
    source: str | None = None
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line_numbers: tuple[int, ...] = field(default=())
    found: str | None = None
    expected: str | None = None
    state: str = "åpen"
    delivery_id: int | None = None
    indicators: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"ukjent grad: {self.level}")
        for name in ("message", "found", "expected"):
            self._set(name, as_message)
        for name in ("file", "sheet", "cell"):
            self._set(name, on_one_line)

    def _set(self, name: str, shown: Callable[[str], str]) -> None:
        if (text := getattr(self, name)) is not None:
            object.__setattr__(self, name, shown(text))

    @property
    def finding_id(self) -> str:
        """Stable across runs and deliveries: the rule, the unit, the period and the place, not the values."""
        place = "|".join(str(part) for part in (
            self.rule_id, self.unit_code, self.period, self.source, self.sheet, self.cell,
            self.line_numbers if self.cell is None else ""))
        return hashlib.sha256(place.encode()).hexdigest()[:16]


def worst_first(findings: list[Finding]) -> list[Finding]:
    """The findings sorted worst first, then by file and line."""
    return sorted(findings, key=lambda f: (-LEVELS.index(f.level), f.file or "", f.line_numbers, f.rule_id))


class DeliveryRefused(Exception):
    """A delivery that cannot be read or breaks its contract. Carries at least one Kritisk feil."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = worst_first(findings)
        super().__init__("\n".join(finding.message for finding in self.findings))
