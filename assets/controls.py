"""Which controls are run on a delivery: what its reader demands, what is judged in it, and the rules across sources.

The reader's own stand in `control_by_source.csv`; which rules across sources hold a source to account follows from the
tables their SELECT reads.
"""

import re
from collections.abc import Iterable
from functools import cache

from assets.sources.fixed_width import layout, numbered_lines
from assets.sql_files import sql_tables
from expectations.child_records.check import rule_table as child_record_rules
from expectations.form_check import rules_of_form
from expectations.form_parts import parts_select
from expectations.kostra_accounts.rule_table import READER_RULES, levels_in_force
from expectations.rule import all_rules
from warehouse.contracts import RAW_BY_STEM
from warehouse.reference_data import reference_rows
from warehouse.rule_table import rule_of

Control = tuple[str, str]
"""A rule's id and how grave it is."""

ACCOUNTS, RECORDS = "kostra_accounts", "child_records"
CORRECTIONS = ("core", "correction")
_AT_THE_DOOR = re.compile(r"A\d\d|VR62")
_TABLE = re.compile(r"\b(core|raw)\.([a-z][a-z0-9_]*)")


def controls_of_file(stem: str | None, content: bytes = b"", *, is_delivered: bool = True) -> tuple[Control, ...]:
    """The controls of one file by itself, in order. Those of the sender and the time are run on deliveries only.

    `content` is needed of accounts: which rules are in force follows from form, year and quarter of the first line.
    """
    of_reader = [rule_id for rule_id in _reader_rules().get(stem or "", ("F00", "F01"))
                 if is_delivered or not _AT_THE_DOOR.fullmatch(rule_id)]
    levels = {rule_id: rule_of(rule_id).level for rule_id in of_reader}
    if stem == ACCOUNTS:
        levels |= _accounts_levels(content)
    elif stem == RECORDS:
        levels |= {rule_id: row["level"] for rule_id, row in child_record_rules().items()}
    else:
        levels |= {rule.rule_id: rule_of(rule.rule_id).level for rule in rules_of_form(stem or "")}
    return tuple(levels.items())


def controls_across(stem: str | None, periods: Iterable[str]) -> tuple[Control, ...]:
    """The rules across sources that hold a source to account in any of the periods, in order."""
    wanted, of_form = list(periods) or [None], rules_of_form(stem or "")
    entries = [rule_of(rule.rule_id) for rule in all_rules() if stem in stems_read(rule.select)
               and (rule in of_form or rule.select != parts_select(rule.rule_id))]
    return tuple((entry.rule_id, entry.level) for entry in entries
                 if entry.lives_in == "delivery" and any(entry.judges(period) for period in wanted))


@cache
def stems_read(select: str) -> frozenset[str]:
    """The sources a SELECT reads. One that names forms in its text reads these forms only."""
    found = frozenset[str]().union(*(_stems_of(schema, name) for schema, name in _TABLE.findall(select)))
    forms = {"tertial_reports", "data_requests"}
    named = {stem for stem in forms if f"'{stem}'" in select}
    return found - (forms - named) if named else found


@cache
def _stems_of(schema: str, name: str) -> frozenset[str]:
    """The sources behind one table. The list of corrections, which knows every source, is none of them."""
    if (schema, name) == CORRECTIONS:
        return frozenset()
    if schema == "raw":
        return frozenset(stem for stem, contract in RAW_BY_STEM.items() if contract.name == name)
    behind = {table.name: table for table in sql_tables("core")}
    reads = behind[name].reads if name in behind else ()
    return frozenset[str]().union(*(_stems_of(*read) for read in reads if read[0] in ("core", "raw")))


@cache
def _reader_rules() -> dict[str, tuple[str, ...]]:
    return {row["stem"]: tuple(row["rule_ids"].split()) for row in reference_rows("control_by_source")}


def _accounts_levels(content: bytes) -> dict[str, str]:
    """The rules on accounts in force for the file's first line; none when it cannot be read."""
    fields = {field.name: field for field in layout("accounts_record")}
    first = next(iter(numbered_lines(content[:1_000])), None)
    if first is None:
        return {}
    form, year, quarter = (first.text[fields[name].start:fields[name].end].strip()
                           for name in ("form_code", "accounting_year", "quarter"))
    if not (re.fullmatch(r"[0-9]{4}", year) and re.fullmatch(r"[1-4]?", quarter)):
        return {}
    return {rule_id: level for rule_id, level in levels_in_force(form, int(year), quarter or None).items()
            if rule_id not in READER_RULES}
