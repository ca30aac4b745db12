"""The rule table: every rule has a function, and every function is in the table."""

import pytest

from expectations.finding import LEVELS
from expectations.kostra_accounts.check import RULES
from expectations.kostra_accounts.rule_table import READER_RULES, levels_in_force
from expectations.wording import amount_text, lines_text
from warehouse.reference_data import reference_rows

TABLE = reference_rows("accounts_rule")


def test_every_rule_in_the_table_is_a_function_and_the_reverse():
    assert {row["rule_id"] for row in TABLE} == set(RULES) | READER_RULES


def test_every_level_is_one_of_the_four():
    columns = ("level_annual", "level_q1", "level_q2", "level_q3", "level_q4")
    assert {row[column] for row in TABLE for column in columns} <= {*LEVELS, ""}


def test_a_rule_stands_once_for_each_form_and_year():
    places = [(row["rule_id"], form, year) for row in TABLE for form in row["forms"].split()
              for year in range(int(row["valid_from_year"]), min(int(row["valid_to_year"]), 2030) + 1)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("year, quarter, first_letters", [
    (2018, None, {"L", "R00", "R010", "R012", "R015"}), (2019, "4", {"R00", "R010", "R012", "R015"})])
def test_before_2020_only_keys_codes_duplicates_and_the_old_rules_apply(year, quarter, first_letters):
    rules = levels_in_force("0A", year, quarter)
    assert all(rule_id.startswith(tuple(first_letters)) for rule_id in rules)
    assert {"R003", "R010", "R012", "R015"} <= set(rules)


def test_a_balance_is_not_asked_for_functions_or_operation():
    assert {"R010", "R012", "R020", "R110"}.isdisjoint(levels_in_force("0B", 2021, None))
    assert {"R011", "R013", "R125"} <= set(levels_in_force("0B", 2021, None))


def test_a_form_nobody_has_described_is_held_to_its_keys_only():
    assert set(levels_in_force("0E", 2021, None)) == {f"R00{number}" for number in range(3, 10)} | {"R015"}


@pytest.mark.parametrize("numbers, text", [
    ((3,), "linje 3"), ((3, 7), "linje 3 og 7"), ((3, 7, 9), "linje 3, 7 og 9"),
    ((1, 2, 3, 4, 5), "linje 1, 2, 3, 4 og 5"), ((1, 2, 3, 4, 5, 6, 7), "linje 1, 2, 3, 4, 5 og 2 til"),
])
def test_lines_are_told_as_a_person_would(numbers, text):
    assert lines_text(numbers) == text


@pytest.mark.parametrize("amount, text", [
    (0, "0"), (-540, "\u2212540"), (12345, "12\u00a0345"), (-1234567, "\u22121\u00a0234\u00a0567"), (7.0, "7")])
def test_amounts_are_written_in_bokmaal(amount, text):
    assert amount_text(amount) == text
