"""The rules of an accounts file, also where some of its fields cannot be read: the rest is checked all the same."""

import re
from collections.abc import Iterable
from math import nan
from typing import Any

from assets.sources import kostra_accounts
from assets.sources.fixed_width import layout, numbered_lines
from assets.sources.kostra_accounts import READABLE
from expectations.finding import DeliveryRefused, Finding, worst_first
from expectations.kostra_accounts import check_accounts

FIELD_RULES = frozenset({"R002", "R014"})
"""What the reader says of single fields; all else it says stops the file."""
ANNOUNCED_FIELDS = {"form": "form_code", "year": "accounting_year", "quarter": "quarter", "region": "region_code"}
JUDGED_BY_RULES = frozenset({"org_number", "company_number"})


def accounts_findings(file_name: str, content: bytes, announced: dict[str, Any]) -> list[Finding]:
    """What is wrong in the file. `announced` holds form, year, quarter and region; None is taken from the file.

    Raises DeliveryRefused for a file that cannot be delivered: with all findings when only single fields are unreadable,
    else with the reader's own.
    """
    try:
        rows = kostra_accounts.read(content, file_name).rows.to_pylist()
    except DeliveryRefused as refused:
        if not all(finding.rule_id in FIELD_RULES for finding in refused.findings):
            raise
        raise DeliveryRefused(_all_findings(file_name, content, announced, refused.findings)) from None
    return check_accounts(rows, file=file_name, **announced)


def _all_findings(file_name: str, content: bytes, announced: dict[str, Any],
                  faults: Iterable[Finding]) -> list[Finding]:
    """The faults of the fields, without those a rule says too, and what the rules find in the rest."""
    texts = _texts(content)
    known = {name: value if value is not None else _first_readable(ANNOUNCED_FIELDS[name], texts)
             for name, value in announced.items()}
    if None in known.values():
        return list(faults)
    judged = JUDGED_BY_RULES | {field for name, field in ANNOUNCED_FIELDS.items() if announced[name] is not None}
    told = {READABLE[field].expected for field in judged}
    own = [fault for fault in faults if fault.rule_id != "R002" or fault.expected not in told]
    known["year"] = int(known["year"])
    return worst_first([*own, *check_accounts(map(_row, texts), file=file_name, **known)])


def _texts(content: bytes) -> list[dict[str, Any]]:
    fields = layout("accounts_record")
    return [{**{field.name: line.text[field.start:field.end] for field in fields}, "line_number": line.number}
            for line in numbered_lines(content)]


def _first_readable(field: str, texts: list[dict[str, Any]]) -> str | None:
    """The field in the first line where it can be read, without blanks; None where no line has it."""
    return next((text[field].strip() for text in texts if _is_readable(field, text[field])), None)


def _is_readable(field: str, text: str) -> bool:
    return re.fullmatch(READABLE[field].pattern, text) is not None


def _row(text: dict[str, Any]) -> dict[str, Any]:
    """A line as the rules take it. An unreadable key field stands as it is.

    An unreadable amount is NaN, for it is not zero: no rule about a sum it is part of is broken by it.
    """
    year, amount = text["accounting_year"], text["amount_thousand_nok"]
    return {
        **text,
        "accounting_year": int(year) if _is_readable("accounting_year", year) else year,
        **{field: text[field] if text[field].strip() else None for field in ("quarter", "org_number", "company_number")},
        "function_code": text["function_code"].rstrip(" "),
        "amount_thousand_nok": int(amount) if _is_readable("amount_thousand_nok", amount) else nan,
    }
