"""`folgeeval check` of accounts that cannot be read: SSB's own rule for each field, at SSB's level."""

import pytest

from pipelines.accounts_control import is_accounts_form, lines_as_written
from pipelines.commands.check import Announced, check_file

SOUND = f"0A2023 201200{18 * ' '}1252 010      100"
ANNOUNCED = Announced("0A", 2023, "", "201200")


def put(start, text, line=SOUND):
    return line[:start - 1] + text + line[start - 1 + len(text):]


def check(*lines, announced=ANNOUNCED, name="x.dat"):
    return check_file(name, "\n".join(lines).encode("latin-1"), announced)


FIELDS = """
    rule  position guilty      innocent
    R003  1        QQ          0A
    R004  3        QQQQ        2023
    R004  3        1999        2023
    R005  7        Q           .
    R006  8        QQQQQQ      201200
    R006  8        2012..      201200
    R007  14       QQQQQQQQQ   .........
    R008  23       QQQQQQQQQ   .........
    R009  32       Q           0
    R014  40       ......1,5   ......-15
    R014  40       .........   ........0
    R014  40       ....-1...   .......-1
"""


def cells(row):
    """A drawn row; a full stop is a blank, since a cell cannot hold one."""
    rule_id, position, *texts = row.split()
    return rule_id, int(position), *(text.replace(".", " ").replace(",", ".") for text in texts)


@pytest.mark.parametrize("rule_id, position, guilty, innocent", list(map(cells, FIELDS.strip().splitlines()[1:])))
def test_a_field_that_cannot_be_read_breaks_ssbs_rule_for_it_at_ssbs_level(rule_id, position, guilty, innocent):
    checked = check(SOUND, put(position, guilty))
    assert [(finding.level, finding.line_numbers) for finding in checked.findings if finding.rule_id == rule_id] == [
        ("feil", (2,))]
    assert "R002" not in {finding.rule_id for finding in checked.findings}
    assert rule_id not in {finding.rule_id for finding in check(SOUND, put(position, innocent)).findings}


def test_what_cannot_be_read_is_still_refused():
    assert check(SOUND, put(3, "QQQQ")).exit_code == 11
    assert check(SOUND).exit_code == 10


def test_the_file_may_say_itself_what_it_was_announced_as():
    found = check(SOUND, put(3, "QQQQ"), SOUND, announced=Announced()).findings
    assert [(finding.rule_id, finding.line_numbers) for finding in found if finding.rule_id < "R010"] == [("R004", (2,))]


def test_a_file_where_nothing_says_the_year_is_refused_as_unreadable():
    checked = check(put(3, "2QQQ"), announced=Announced("0A"))
    assert [(finding.rule_id, finding.level) for finding in checked.findings] == [("R002", "kritisk_feil")]


def test_sums_are_judged_with_an_unreadable_key_but_not_with_an_unreadable_amount():
    assert "R105" in {finding.rule_id for finding in check(SOUND, put(8, "QQQQQQ")).findings}
    assert "R105" not in {finding.rule_id for finding in check(SOUND, put(40, "      1.5")).findings}


def test_blank_lines_break_the_five_rules_of_form_year_region_class_and_amount():
    assert [finding.rule_id for finding in check(48 * " ").findings] == ["R003", "R004", "R006", "R009", "R014"]


@pytest.mark.parametrize("announced, rule_id", [(ANNOUNCED, "R001"), (Announced(), "F00")])
def test_what_looks_like_no_accounts_is_judged_as_accounts_when_it_is_announced_as_that(announced, rule_id):
    [finding] = check("Dette er ikke et regnskap", announced=announced).findings
    assert finding.rule_id == rule_id


def test_a_company_number_that_is_no_number_is_not_the_companys_own():
    line = put(14, "QQQQQQQQQ", put(32, "3", put(1, "0I")))
    found = check(line, announced=Announced("0I", 2023, "", "201200")).findings
    assert [finding.found for finding in found if finding.rule_id == "R007"] == ["QQQQQQQQQ"]


@pytest.mark.parametrize("form, is_form", [("0A", True), ("0AK4", True), ("0Q", True), ("15F", False), (None, False)])
def test_the_accounts_forms_are_ssbs(form, is_form):
    assert is_accounts_form(form) is is_form


def test_a_line_as_written_keeps_what_is_no_number():
    [line] = lines_as_written(put(3, "QQQQ", put(40, "      1.5")).encode())
    assert (line.accounting_year, line.amount_thousand_nok, line.quarter, line.org_number) == ("QQQQ", 0, None, None)
