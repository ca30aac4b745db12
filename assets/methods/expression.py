"""Arithmetic over named numbers, written as text: `({G1-03} - {G1-02}) / 2`.

A name in braces is `{NAME|breakdown|period|unit}`; trailing parts may be left out and then mean no breakdown and the
asker's own period and unit. What stands between the names may only be numbers, + - * / ( ) and comparisons, which
give 1 or 0. Nothing is ever executed: the text is parsed to a tree and only known nodes are worked out.
Where a name's number comes from is not known here.
"""

import ast
import math
import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass

_NAME = re.compile(r"\{([^{}]*)\}")
_BETWEEN_NAMES = re.compile(r"[0-9.+\-*/()<>= ]*")
_LONGEST = 4000

_ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_COMPARISON = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
_SIGN = {ast.UAdd: operator.pos, ast.USub: operator.neg}


class ExpressionError(ValueError):
    """The text is not an expression of this language; the message quotes it."""


class Undefined(ArithmeticError):
    """The expression has no value for these numbers: a division by zero, or a number too large."""


@dataclass(frozen=True)
class Token:
    """One named number; `name` is an indicator, or `query:argument`."""

    name: str
    breakdown: str
    period: str
    unit_code: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.breakdown, self.period, self.unit_code) if part)


def tokens(expression: str, *, period: str, unit_code: str) -> dict[str, Token]:
    """The named numbers in the expression, by their text between the braces, with the asker's own period and unit.

    Raises ExpressionError for a name that is empty or has more than four parts.
    """
    return {text: _token(text, period, unit_code) for text in _NAME.findall(expression)}


def evaluate(expression: str, values: Mapping[str, float]) -> float:
    """The expression's value, given each name's number by its text between the braces.

    Raises ExpressionError for anything outside the language, KeyError for a name without a number, Undefined where
    the arithmetic has no answer.
    """
    numbers: dict[str, float] = {}

    def stand_in(match: re.Match[str]) -> str:
        name = f"n{len(numbers)}"
        numbers[name] = values[match.group(1)]
        return f" {name} "

    if len(expression) > _LONGEST or not _BETWEEN_NAMES.fullmatch(_NAME.sub("", expression)):
        raise ExpressionError(f"Ikke et regneuttrykk: {expression[:80]!r}")
    try:
        tree = ast.parse(_NAME.sub(stand_in, expression).strip(), mode="eval")
        value = float(_worked_out(tree.body, numbers))
    except (SyntaxError, RecursionError, MemoryError):
        raise ExpressionError(f"Ikke et regneuttrykk: {expression[:80]!r}") from None
    except (ZeroDivisionError, OverflowError):
        raise Undefined(f"Uttrykket har ingen verdi: {expression[:80]!r}") from None
    if not math.isfinite(value):
        raise Undefined(f"Uttrykket har ingen verdi: {expression[:80]!r}")
    return value


def _token(text: str, period: str, unit_code: str) -> Token:
    parts = text.split("|")
    if not parts[0] or len(parts) > 4:
        raise ExpressionError(f"Ikke et navn på et tall: {text!r}")
    name, breakdown, own_period, own_unit = parts + [""] * (4 - len(parts))
    return Token(name, breakdown, own_period or period, own_unit or unit_code)


def _worked_out(node: ast.expr, numbers: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return float(numbers[name])
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGN:
            return _SIGN[type(sign)](_worked_out(operand, numbers))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
            return _ARITHMETIC[type(sign)](_worked_out(left, numbers), _worked_out(right, numbers))
        case ast.Compare(left=left, ops=signs, comparators=others) if all(type(sign) in _COMPARISON for sign in signs):
            return _compared(left, signs, others, numbers)
    raise ExpressionError(f"Ukjent ledd i et regneuttrykk: {type(node).__name__}")


def _compared(
    left: ast.expr, signs: list[ast.cmpop], others: list[ast.expr], numbers: Mapping[str, float],
) -> float:
    """1 when every link of a chain such as 0 < a < 2 holds, else 0."""
    amounts = [_worked_out(side, numbers) for side in (left, *others)]
    links = zip(signs, amounts, amounts[1:], strict=False)
    return float(all(_COMPARISON[type(sign)](a, b) for sign, a, b in links))
