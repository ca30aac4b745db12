"""A rule across deliveries: one claim, the SQL that finds what it judges, and the judgement of one row.

Each rule has a module of its own in `expectations/rules/`, named after its number and claim, with a constant `RULE`.
Its level, name, advice and who should act stand in `warehouse/reference/rule.csv`. Rules that one file alone can break
belong with its source; nothing here opens a database.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from expectations.finding import Finding

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """One rule. `select` reads reference, register, core and indicators; one row is one thing to be judged.

    `judge` gives the finding, or None for an innocent row. The row names its own `unit_code`, `period` and place.
    """

    rule_id: str
    select: str
    judge: Callable[[Row], Finding | None]

    def findings(self, rows: list[Row]) -> Iterator[Finding]:
        """What the rule finds in the rows of its SELECT."""
        return (finding for row in rows if (finding := self.judge(row)) is not None)


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by the name of its module."""
    package = import_module("expectations.rules")
    names = sorted(module.name for module in iter_modules(package.__path__))
    return tuple(import_module(f"expectations.rules.{name}").RULE for name in names)
