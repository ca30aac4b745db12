"""What the screen passes by, no rule has anything to say of; judged together, files give what each gives by itself."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import account_findings as judged_together
from expectations.kostra_accounts import check_accounts, screen
from expectations.kostra_accounts.account_line import AccountLine
from expectations.kostra_accounts.account_rule import NEVER
from expectations.kostra_accounts.check import RULES
from expectations.kostra_accounts.line_picks import LONGEST_LIST, function_in
from tests.expectations.drawn_accounts import AMOUNTS, FUNCTIONS, SPECIES, drawn_files, kinds
from warehouse import database
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, rows

CONTRACT = contract_of("raw", "kostra_accounts_line")
WHOLE = """
    1 244 010  2000
    1 252 300   900
    1 252 590   300
    1 800 870 -1400
    1 840 800 -1500
    1 860 990  -300
    0 222 230  1000
    0 870 910 -1000
"""


@pytest.fixture(scope="module")
def warehouse():
    with in_memory() as connection:
        yield connection


@pytest.fixture(scope="module")
def drawn():
    """Some thousand files, by the delivery they came in."""
    return dict(enumerate(drawn_files(seed=2022, of_each_kind=40), 1))


def put(connection, files):
    """The files as the only deliveries in raw."""
    connection.execute(f"DELETE FROM {CONTRACT.full_name}")
    append(connection, CONTRACT, arrow_table(CONTRACT, [
        {"delivery_id": delivery_id, **line._asdict()} for delivery_id, lines in files.items() for line in lines]))


def together(connection, files):
    put(connection, files)
    return judged_together.account_findings(connection, {delivery_id: f"{delivery_id}.dat" for delivery_id in files})


def one_by_one(files):
    found = {delivery_id: check_accounts(lines, file=f"{delivery_id}.dat") for delivery_id, lines in files.items()}
    return {delivery_id: findings for delivery_id, findings in found.items() if findings}


def lines(drawn, year=2021):
    return [AccountLine(number, "0A", year, None, "201200", None, None, *row.split()[:3], float(row.split()[3]))
            for number, row in enumerate(drawn.strip().splitlines(), 1)]


@pytest.mark.house
def test_files_judged_together_give_what_each_gives_by_itself_and_break_every_rule(warehouse, drawn):
    alone = one_by_one(drawn)
    assert {finding.rule_id for findings in alone.values() for finding in findings} == set(RULES)
    assert together(warehouse, drawn) == alone


def test_a_rule_whose_screen_is_too_narrow_is_seen(warehouse, drawn, monkeypatch):
    few = dict(list(drawn.items())[:60])
    monkeypatch.setitem(RULES, "L12", replace(RULES["L12"], broken=lambda accounts: NEVER))
    assert together(warehouse, few) != one_by_one(few)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_rule_has_anything_to_say_that_the_screen_did_not_foresee(warehouse, data):
    form, year, quarter, region, org_numbers = data.draw(st.sampled_from(kinds()))
    one_line = st.tuples(st.sampled_from(org_numbers), st.sampled_from("0123457 Z"), st.sampled_from(FUNCTIONS),
                         st.sampled_from(SPECIES), st.sampled_from(AMOUNTS))
    files = {delivery_id: [
        AccountLine(number, form, year, quarter, region, org_number, None, account_class, function, species, float(amount))
        for number, (org_number, account_class, function, species, amount) in enumerate(drawn_lines, 1)]
        for delivery_id, drawn_lines in enumerate(data.draw(st.lists(st.lists(one_line, min_size=1), min_size=1)), 1)}
    assert together(warehouse, files) == one_by_one(files)


def suspected(connection, files):
    """The rules the screen points to, by delivery."""
    put(connection, files)
    headings = {row[0]: screen.Heading(*row) for row in rows(connection, screen.HEADINGS, [list(files)])}
    found = {}
    for delivery_id, heading in headings.items():
        kind = screen.kind_of(screen.accounts_of([heading]))
        found |= judged_together.suspected_rules(connection, kind, [delivery_id])
    return {delivery_id: set(rule_ids) for delivery_id, rule_ids in found.items()}


@pytest.mark.parametrize("year", [2015, 2019, 2020, 2026])
def test_of_clean_accounts_the_screen_is_silent_and_nothing_is_read(warehouse, year):
    files = {1: lines(WHOLE, year), 2: lines(WHOLE, year), 3: lines(WHOLE.replace("2000", "2031"), year)}
    assert suspected(warehouse, files) == {3: {"R110"} if year >= 2020 else {"L12"}}


def test_a_sum_is_that_of_its_own_delivery(warehouse):
    files = {1: lines(WHOLE.replace("2000", "3000")), 2: lines(WHOLE.replace("2000", "1000"))}
    assert suspected(warehouse, files) == {1: {"R110"}, 2: {"R110"}}


def test_a_file_about_several_things_is_judged_whole(warehouse):
    mixed = lines(WHOLE)
    mixed[3] = mixed[3]._replace(accounting_year=2020)
    found = together(warehouse, {1: mixed, 2: lines(WHOLE)})
    assert {delivery_id: [finding.rule_id for finding in findings] for delivery_id, findings in found.items()} == {
        1: ["R004"]}


def test_files_suspected_of_the_same_and_of_different_rules_are_all_judged(warehouse, monkeypatch):
    monkeypatch.setattr(database, "_ROWS_IN_HAND", 2)
    files = {delivery_id: lines(WHOLE.replace("252 300", "999 300") if delivery_id % 2 else
                                WHOLE.replace("2000", "2031")) for delivery_id in range(1, 9)}
    assert {delivery_id: [finding.rule_id for finding in findings]
            for delivery_id, findings in together(warehouse, files).items()} == {
        delivery_id: ["R010" if delivery_id % 2 else "R110"] for delivery_id in range(1, 9)}


@pytest.mark.parametrize("count", [0, 1, LONGEST_LIST, LONGEST_LIST + 1, 90])
def test_a_list_of_any_length_picks_the_same_lines_in_both_tongues(warehouse, count):
    picks = function_in(*(f"{code:03}" for code in range(count)))
    one = lines("1 000 010 1\n1 015 010 1\n1 016 010 1\n1 089 010 1\n1 090 010 1")
    put(warehouse, {1: one})
    in_sql = rows(warehouse, f"SELECT line_number FROM {CONTRACT.full_name} WHERE {picks.sql} ORDER BY 1")
    assert [number for (number,) in in_sql] == [line.line_number for line in one if picks(line)]
