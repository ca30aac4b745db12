"""A rule across deliveries: one claim, the SQL that finds what it judges, and the judgement of one row.

Each rule has a module of its own in `expectations/rules/`, named after its number and claim, with a constant `RULE`.
Its level, name, advice and who should act stand in `warehouse/reference/rule.csv`. Rules that one file alone can break
belong with its source; nothing here opens a database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from expectations.finding import Finding
from warehouse.rule_table import rule_of

Row = Mapping[str, Any]
_PLACE = ("unit_code", "period", "sheet", "cell", "delivery_id")


@dataclass(frozen=True)
class Rule:
    """One rule. `select` reads reference, register, raw, core and indicators; one row is one thing to be judged.

    `judge` gives the finding, or None for an innocent row. The row names its own `unit_code`, `period` and place.
    `is_graded` is for the few rules whose level follows the size of the fault; every other finding has the table's level.
    `of_form` gives the same rows from the fields (by id) of one form alone, for the `forms` that alone can break it.
    """

    rule_id: str
    select: str
    judge: Callable[[Row], Finding | None]
    is_graded: bool = False
    of_form: Callable[[Mapping[str, Row]], Iterable[Row]] | None = None
    forms: tuple[str, ...] = ()

    def findings(self, rows: list[Row]) -> Iterator[Finding]:
        """What the rule finds in the rows of its SELECT, in the years it applies to.

        Raises ValueError for a level that is not the table's.
        """
        entry = rule_of(self.rule_id)
        for row in rows:
            finding = self.judge(row)
            if finding is None or not entry.judges(finding.period):
                continue
            if finding.rule_id != self.rule_id or not self.is_graded and finding.level != entry.level:
                raise ValueError(f"{self.rule_id}: funnet har regel {finding.rule_id} og grad {finding.level}")
            yield finding


def found_in(rule_id: str, row: Row, message: str, **details: Any) -> Finding:
    """A finding at the row's own place, with the level of the rule table unless `level` is given.

    Taken from the row where it has them: unit_code, period, sheet, cell, delivery_id, `stem` (the source) and
    `file_name`. `details` are any other fields of `Finding`, and win over the row.
    """
    taken = {name: row[name] for name in _PLACE if row.get(name) is not None}
    taken |= {name: row[column] for name, column in (("source", "stem"), ("file", "file_name")) if row.get(column)}
    return Finding(rule_id, **{"level": rule_of(rule_id).level, "message": message, **taken, **details})


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by the name of its module."""
    package = import_module("expectations.rules")
    names = sorted(module.name for module in iter_modules(package.__path__))
    return tuple(import_module(f"expectations.rules.{name}").RULE for name in names)


@cache
def module_of(rule_id: str) -> str | None:
    """The name of the module a rule across deliveries stands in; None for a rule that is not one."""
    package = import_module("expectations.rules")
    number = rule_id.lower()
    return next((module.name for module in iter_modules(package.__path__) if module.name.split("_")[0] == number), None)
