"""A constraint says the same thing as a Python check, as a DuckDB CHECK and as a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.columns import COLUMNS
from warehouse.constraints import Between, Matches, OneOf
from warehouse.database import ConstraintBroken, in_memory, one

CASES = [
    # constraint, DuckDB type, values that hold, values that break
    (OneOf(("T1", "T2")), "VARCHAR", ["T1", "T2", None], ["T3", "t1", "", "T1 "]),
    (OneOf((1, 2)), "INTEGER", [1, 2, None], [0, 3]),
    (OneOf(("Bård's",)), "VARCHAR", ["Bård's", None], ["Bård"]),
    (Between(low=1), "INTEGER", [1, 2, None], [0, -1]),
    (Between(high=9), "INTEGER", [9, -3, None], [10]),
    (Between(0, 1), "DOUBLE", [0.0, 0.5, 1.0, None], [-0.001, 1.001]),
    (Matches(r"\d{4}", "Fire sifre."), "VARCHAR", ["0729", None], ["729", "07290", "0729\n", " 0729", "٠٧٢٩", ""]),
    (Matches("a|bc", "a eller bc."), "VARCHAR", ["a", "bc"], ["ac", "abc", "b"]),
]
KINDS = [f"{case[0]!r}"[:40] for case in CASES]


@pytest.fixture(scope="module")
def connection():
    with in_memory() as opened:
        yield opened


def check_takes(connection, constraint, duckdb_type: str, value) -> bool:
    """Whether DuckDB lets the value into a column with the constraint's CHECK."""
    connection.execute(f"CREATE OR REPLACE TABLE checked (v {duckdb_type} CHECK ({constraint.check_sql('v')}))")
    try:
        connection.execute("INSERT INTO checked VALUES (?)", [value])
    except ConstraintBroken:
        return False
    return one(connection, "SELECT count(*) FROM checked") == 1


@pytest.mark.parametrize(("constraint", "duckdb_type", "good", "bad"), CASES, ids=KINDS)
def test_values_that_hold_pass_the_check_and_the_others_do_not(connection, constraint, duckdb_type, good, bad):
    assert [constraint.holds(value) for value in good] == [True] * len(good)
    assert [constraint.holds(value) for value in bad] == [False] * len(bad)
    assert [check_takes(connection, constraint, duckdb_type, value) for value in good] == [True] * len(good)
    assert [check_takes(connection, constraint, duckdb_type, value) for value in bad] == [False] * len(bad)


@pytest.mark.parametrize(("constraint", "sentence"), [
    (OneOf(("T1", "T2")), "Én av T1, T2."),
    (Between(low=1), "Minst 1."),
    (Between(high=9), "Høyst 9."),
    (Between(2003, 2100), "Fra 2003 til 2100."),
    (Matches(r"\d{4}", "Fire sifre."), "Fire sifre."),
])
def test_a_constraint_says_in_bokmaal_what_it_demands(constraint, sentence):
    assert constraint.sentence() == sentence


def test_an_interval_without_bounds_is_no_constraint():
    with pytest.raises(ValueError, match="uten grenser"):
        Between()


def test_the_lower_bound_zero_is_a_bound():
    assert not Between(low=0).holds(-1)
    assert Between(low=0).check_sql("v") == "v >= 0"


PATTERNS = sorted({constraint.pattern for column in COLUMNS.values() for constraint in column.constraints
                   if isinstance(constraint, Matches)})
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_python_and_duckdb_agree_on_every_pattern_of_the_columns(connection, data):
    pattern = data.draw(st.sampled_from(PATTERNS))
    matching = st.from_regex(pattern, fullmatch=True).filter(lambda text: "\x00" not in text)
    values = data.draw(st.lists(st.one_of(TEXTS, matching, matching.map(lambda text: text + "\n")), min_size=1))
    constraint = Matches(pattern, "")
    answers = one(connection, f"SELECT [{constraint.check_sql('v')} FOR v IN ?]", [values])
    assert answers == [constraint.holds(value) for value in values]
