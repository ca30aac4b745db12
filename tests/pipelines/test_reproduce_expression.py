"""The language of the expressions that make printed numbers again."""

import math

import pytest
from assets.methods.expression import ExpressionError, Token, Undefined, evaluate, tokens
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = {"a": 6.0, "b": 4.0, "zero": 0.0}


@pytest.mark.parametrize(("expression", "expected"), [
    ("{a}", 6),
    ("{a} - {b}", 2),
    ("{a} - {b} - {b}", -2),
    ("{a} + {b} * 2", 14),
    ("({a} + {b}) * 2", 20),
    ("{a} / {b}", 1.5),
    ("-{a}", -6),
    ("1 - {b} / 8", 0.5),
    ("2.75", 2.75),
    ("{a} > {b}", 1),
    ("{a} < {b}", 0),
    ("{a} >= 6", 1),
    ("{b} <= 3.9", 0),
    ("3 < {b} < {a}", 1),
    ("3 < {b} < 4", 0),
    ("({a} > 5) * ({b} > 5)", 0),
    ("({a} > 5) * ({b} > 3)", 1),
])
def test_arithmetic_and_comparisons_have_their_usual_value(expression, expected):
    assert evaluate(expression, NUMBERS) == pytest.approx(expected)


@pytest.mark.parametrize("expression", [
    "", " ", "{a} {b}", "{a} +", "({a}", "{a})", "1 2", "()", "(1, 2)", "{a} ** {b}", "{a} // {b}", "{a} == {b}",
    "1 <> 2", "a", "n0 + {a}", "__import__('os')", "{a}.real", "{a}[0]", "[1]", "'1'", "1e9", "0x10", "1_0", "True",
    "{a} if 1 else 2", "lambda: 1", "{a}; {b}", "{a}\n+ {b}", "{", "}", "((" * 300 + "1" + "))" * 300,
    "-" * 3000 + "1", "1+" * 3000 + "1",
])
def test_everything_outside_the_language_is_refused(expression):
    with pytest.raises(ExpressionError):
        evaluate(expression, NUMBERS)


@pytest.mark.parametrize("expression", [
    "{a} / {zero}", "1 / ({a} - 6)", "9" * 400, "9" * 200 + ".0 * " + "9" * 200 + ".0"])
def test_a_number_that_does_not_exist_is_undefined(expression):
    with pytest.raises(Undefined):
        evaluate(expression, NUMBERS)


def test_a_name_without_a_number_is_a_key_error():
    with pytest.raises(KeyError):
        evaluate("{c}", NUMBERS)


@pytest.mark.parametrize(("text", "token"), [
    ("G1-02", Token("G1-02", "", "2018", "2012")),
    ("G1-02|purpose=252", Token("G1-02", "purpose=252", "2018", "2012")),
    ("G1-02||2017", Token("G1-02", "", "2017", "2012")),
    ("G1-02|||0627", Token("G1-02", "", "2018", "0627")),
    ("key_figure:05||2016|EKG13", Token("key_figure:05", "", "2016", "EKG13")),
])
def test_parts_left_out_of_a_name_are_the_askers_own(text, token):
    assert tokens("2 * {" + text + "}", period="2018", unit_code="2012") == {text: token}


@pytest.mark.parametrize("expression", ["{}", "{|x}", "{a|b|c|d|e}"])
def test_a_name_must_have_one_to_four_parts(expression):
    with pytest.raises(ExpressionError):
        tokens(expression, period="2018", unit_code="2012")


AMOUNTS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 6))


@st.composite
def drawn_expressions(draw, depth=3):
    """An expression over {x} and {y}, and the same as a function of x and y."""
    if depth == 0 or draw(st.booleans()):
        kind = draw(st.sampled_from(["x", "y", "constant"]))
        if kind == "constant":
            number = draw(st.integers(0, 999))
            return str(number), lambda x, y: number
        return "{" + kind + "}", (lambda x, y: x) if kind == "x" else (lambda x, y: y)
    (left, left_value), (right, right_value) = draw(drawn_expressions(depth - 1)), draw(drawn_expressions(depth - 1))
    sign, apply = draw(st.sampled_from([
        ("+", lambda a, b: a + b), ("-", lambda a, b: a - b), ("*", lambda a, b: a * b),
        ("<", lambda a, b: float(a < b))]))
    return f"({left} {sign} {right})", lambda x, y: apply(left_value(x, y), right_value(x, y))


@given(drawn_expressions(), AMOUNTS, AMOUNTS)
def test_an_expression_is_worth_what_its_tree_is_worth(drawn, x, y):
    text, value = drawn
    assert evaluate(text, {"x": x, "y": y}) == pytest.approx(value(x, y), rel=1e-12, abs=1e-9)


@given(st.text(max_size=40))
def test_any_text_either_has_a_finite_value_or_is_refused(text):
    try:
        value = evaluate(text, {"a": 1.0})
    except (ExpressionError, Undefined, KeyError):
        return
    assert math.isfinite(value)


@given(st.text(alphabet="0123456789.+-*/()<>= {}a", max_size=30))
def test_any_text_of_the_languages_own_signs_has_a_finite_value_or_is_refused(text):
    try:
        value = evaluate(text, {"a": 1.0})
    except (ExpressionError, Undefined, KeyError):
        return
    assert math.isfinite(value)
