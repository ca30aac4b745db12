"""`folgeeval check` of accounts where single fields cannot be read: the rest of the file is checked all the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.commands.check import Announced, check_file

ALTA = Announced("0A", 2022, "", "2012")


def record(form="0A", year="2022", quarter=" ", region="201200", org=" " * 9, company=" " * 9, function="252 ",
           amount="      500"):
    return f"{form}{year}{quarter}{region}{org}{company}1{function}010{amount}"


def found(announced, *lines):
    checked = check_file("x.dat", "\n".join(lines).encode("iso-8859-1"), announced)
    keys = {(finding.rule_id, finding.level, finding.line_numbers) for finding in checked.findings
            if finding.rule_id in ("R002", "R003", "R004", "R005", "R006", "R007", "R008", "R010", "R014", "F00", "F01")}
    return checked.refused, sorted(keys)


@pytest.mark.parametrize("line, rule_id", [
    (record(form="XX"), "R003"), (record(year="XXXX"), "R004"), (record(quarter="X"), "R005"),
    (record(region="2012  "), "R006"), (record(org="X" * 9), "R007"), (record(company="X" * 9), "R008"),
])
def test_a_key_field_is_told_by_its_own_rule_where_the_file_was_announced(line, rule_id):
    refused, keys = found(ALTA, record(), line)
    assert refused
    assert keys == [(rule_id, "feil", (2,))]
    assert found(ALTA, line)[1] == [(rule_id, "feil", (1,))]


@pytest.mark.parametrize("line", [record(form="XX"), record(year="XXXX"), record(quarter="X"), record(region="2012  ")])
def test_where_nothing_was_announced_the_first_readable_line_says_what_the_file_is(line):
    refused, keys = found(Announced(), line, record(), record(function="999 "))
    assert refused
    assert ("R002", "kritisk_feil", (1,)) in keys
    assert ("R010", "feil", (3,)) in keys
    assert len(keys) == 3


def test_a_file_that_no_line_says_what_is_has_only_its_faults():
    assert found(Announced(), record(year="1999"), record(year="1999"))[1] == [("R002", "kritisk_feil", (1, 2))]


@pytest.mark.parametrize("amount, faults", [
    ("      5,0", [("R014", "feil", (2,))]), ("     500-", [("R014", "feil", (2,))]), ("         ", [("R014", "feil", (2,))]),
    ("     -500", []), ("        0", []), ("000000500", []),
])
def test_an_amount_that_cannot_be_read_is_a_fault_and_the_functions_are_still_checked(amount, faults):
    assert found(ALTA, record(function="999 "), record(amount=amount)) == (
        bool(faults), [("R010", "feil", (1,)), *faults])


def test_an_unreadable_amount_is_not_zero_and_breaks_no_sum():
    def rule_ids(amount):
        checked = check_file("x.dat", (record() + "\n" + record(amount=amount)).encode(), ALTA)
        return {finding.rule_id for finding in checked.findings}

    assert rule_ids("      500") == {"R015", "R105", "R110", "R130", "R135"}
    assert rule_ids("      5,0") == {"R014", "R015", "R105", "R130", "R135"}


@pytest.mark.parametrize("content, announced, rule_ids", [
    (b"\x00\xff\xfe", ALTA, {"R001"}), (b"en fil som er noe annet\n", ALTA, {"R001"}), (b"\r\n", ALTA, {"F01"}),
    (b"en fil som er noe annet\n", Announced(), {"F00"}), (b" " * 48, ALTA, {"R003", "R004", "R006", "R009", "R014"}),
])
def test_whatever_the_file_is_there_is_an_answer(content, announced, rule_ids):
    checked = check_file("x.dat", content, announced)
    assert checked.refused
    assert {finding.rule_id for finding in checked.findings} == rule_ids


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("0A2B1 9-~XZ\xe5"), min_size=48, max_size=48), min_size=1, max_size=4),
       st.sampled_from(["0A", "0BK2", "0F", "0G", "0I", "0M", "0X", "0Y", "15F"]), st.sampled_from(["", "2", None]))
def test_no_line_of_48_characters_is_too_odd_to_be_judged(lines, form, quarter):
    checked = check_file("x.dat", "\n".join(lines).encode("iso-8859-1"), Announced(form, 2022, quarter, "2012"))
    assert all(finding.message.startswith("x.dat: ") for finding in checked.findings)
