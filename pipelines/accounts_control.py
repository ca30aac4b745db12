"""SSB's control of one accounts file, for `folgeeval check`: also of a file the platform cannot take.

SSB's program names a field that cannot be read by the rule it breaks (R003–R008, R014), at that rule's level, and goes on
to the other rules. Sums are not judged where an amount cannot be read, for it is not zero.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from assets.sources import kostra_accounts
from assets.sources.fixed_width import layout, numbered_lines
from expectations.finding import DeliveryRefused, Finding
from expectations.kostra_accounts import LINE_RULES, check_accounts
from expectations.kostra_accounts.account_line import AccountLine
from expectations.kostra_accounts.code_lists import form_of
from warehouse.reference_data import reference_rows

READABILITY = frozenset({"R002", "R014"})
ERROR = "feil"

_AMOUNT = re.compile(r" *-?[0-9]+")


def is_accounts_form(form: str | None) -> bool:
    """Whether a form, also as `0AK4`, is one of SSB's accounts forms."""
    return bool(form) and any(row["form_code"] == form[:2] for row in reference_rows("account_form"))


class Controlled(NamedTuple):
    """What SSB's rules say of a file, and whether the platform can read it."""

    findings: list[Finding]
    is_readable: bool


def control_accounts(content: bytes, file_name: str, *, form: str | None, year: int | None, quarter: str | None,
                     region: str | None) -> Controlled:
    """The findings of an accounts file by what it was announced as; see `check_accounts`.

    Raises DeliveryRefused for a file that is empty or has lines of another length (F01, R001): SSB stops there too.
    """
    try:
        reading = kostra_accounts.read(content, file_name)
    except DeliveryRefused as refused:
        if not {finding.rule_id for finding in refused.findings} <= READABILITY:
            raise
        return Controlled(_told_by_ssbs_rules(refused.findings, content, file_name, form=form, year=year,
                                              quarter=quarter, region=region), is_readable=False)
    found = check_accounts(reading.rows.to_pylist(), file=file_name, form=form, year=year, quarter=quarter, region=region)
    return Controlled([*reading.findings, *found], is_readable=True)


def _told_by_ssbs_rules(unreadable: Sequence[Finding], content: bytes, file_name: str, *, form: str | None,
                        year: int | None, quarter: str | None, region: str | None) -> list[Finding]:
    """R014 as SSB grades it, R002 only where no other rule names the line, and what the other rules say."""
    lines = list(lines_as_written(content))
    form = form or next((line.form_code for line in lines if form_of(line.form_code).account_classes), None)
    year = year or next((line.accounting_year for line in lines if isinstance(line.accounting_year, int)), None)
    region = region or next((line.region_code for line in lines if line.region_code.isdecimal()), None)
    if quarter is None and form and form[2:3] != "K":
        quarter = next((line.quarter or "" for line in lines if (line.quarter or "1") in "1234"), None)
    if not (form and year and region) or quarter is None and form[2:3] != "K":
        return list(unreadable)
    amounts_are_sound = all(finding.rule_id != "R014" for finding in unreadable)
    found = [finding for finding in check_accounts(
        lines, file=file_name, form=form, year=year, quarter=quarter, region=region)
        if amounts_are_sound or finding.rule_id in LINE_RULES]
    told = {number for finding in found for number in finding.line_numbers}
    return [*(replace(finding, level=ERROR) if finding.rule_id == "R014" else finding for finding in unreadable
              if finding.rule_id == "R014" or not told.issuperset(finding.line_numbers)), *found]


def lines_as_written(content: bytes) -> Iterator[AccountLine]:
    """The lines of a file whose lines are 48 characters; a year that is no number stays text, such an amount is 0."""
    for line in numbered_lines(content):
        text = {field.name: line.text[field.start:field.end] for field in layout("accounts_record")}
        year, amount = text["accounting_year"], text["amount_thousand_nok"]
        yield AccountLine(
            line.number, text["form_code"], int(year) if year.isdecimal() else year,  # type: ignore[arg-type]
            text["quarter"].strip() or None, text["region_code"], text["org_number"].strip() or None,
            text["company_number"].strip() or None, text["account_class"], text["function_code"].rstrip(" "),
            text["species_code"], int(amount) if _AMOUNT.fullmatch(amount) else 0)
