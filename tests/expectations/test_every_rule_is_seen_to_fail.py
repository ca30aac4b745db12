"""The 75 rules of the fourth report: each one is described, and some test sees it fail.

A test sees a rule fail when it takes a finding out of what the rule gives (`(finding,) = found("VR05", …)`), or asserts
that what was found is something with the rule's name in it (`assert rules == ["VR71"]`, `assert places("VR22", …) == […]`).
An innocent row (`found("VR05", …) == []`) is no such thing. The tests are read, not run: they are run where they stand.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from warehouse.reference_data import reference_rows

TESTS = Path(__file__).resolve().parents[1]
ALL = [f"VR{number:02d}" for number in range(1, 76)]
NAMED = re.compile(r"VR\d{2}")


def rules_seen_to_fail(text):
    """The rules that a test module sees fail."""
    module = ast.parse(text)
    constants = {node.targets[0].id: node.value for node in module.body
                 if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)}
    tests = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return {rule for test in tests for rule in _seen_in(test, constants)}


def _seen_in(test, constants):
    for node in ast.walk(test):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple | ast.List):
            yield from _called_for(node.value)
        elif isinstance(node, ast.Assert) and _says_something_is_found(node.test):
            yield from _named_in(node, constants)
            # What the rows of the test's own table name, where the assertion is about the rule of the row.
            if any(isinstance(name, ast.Name) and name.id.startswith("rule") for name in ast.walk(node)):
                for decorator in test.decorator_list:
                    yield from _named_in(decorator, constants)


def _says_something_is_found(node):
    """An equality or a membership that is not with nothing."""
    compared = [one for one in ast.walk(node) if isinstance(one, ast.Compare)
                and isinstance(one.ops[0], ast.Eq | ast.In | ast.LtE | ast.GtE)]
    return bool(compared) and not any(isinstance(side, ast.List | ast.Set | ast.Tuple) and not side.elts
                                      for one in compared for side in (one.left, *one.comparators))


def _called_for(value):
    """The rules named as an argument of a call: what is unpacked is what the rule gave."""
    for call in ast.walk(value):
        if isinstance(call, ast.Call):
            yield from (one.value for one in call.args if isinstance(one, ast.Constant) and one.value in ALL)


def _named_in(node, constants):
    """The rules named in a piece of code, also by a constant of the module."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and NAMED.fullmatch(one.value):
            yield one.value
        elif isinstance(one, ast.Name) and one.id in constants and one is not constants[one.id]:
            yield from _named_in(constants[one.id], {})


@cache
def seen_anywhere():
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    return {rule for text in texts if NAMED.search(text) for rule in rules_seen_to_fail(text)}


def test_the_rules_are_seventy_five_and_each_is_described_once():
    described = [row["rule_id"] for row in reference_rows("rule") if NAMED.fullmatch(row["rule_id"])]
    assert sorted(described) == ALL


@pytest.mark.parametrize("rule_id", ALL)
def test_a_test_sees_the_rule_fail(rule_id):
    assert rule_id in seen_anywhere()


@pytest.mark.parametrize("text", [
    'def test_guilty(found):\n    (finding,) = found("VR05", "drawing")',
    'def test_guilty(found):\n    first, second = list(found("VR05", "drawing"))',
    'def test_guilty(places):\n    assert places("VR05", "drawing") == [("feil", "2012")]',
    'def test_guilty(refused):\n    assert [one.rule_id for one in refused] == ["VR05"]',
    'RULE = "VR05"\ndef test_guilty(refused):\n    assert RULE in refused',
    '@parametrize("rule_id", ["VR05"])\ndef test_guilty(refused, rule_id):\n    assert rule_id in refused',
])
def test_a_test_that_takes_a_finding_in_hand_sees_the_rule_fail(text):
    assert rules_seen_to_fail(text) == {"VR05"}


@pytest.mark.parametrize("text", [
    'def test_innocent(found):\n    assert found("VR05", "drawing") == []',
    'def test_innocent(found):\n    assert not found("VR05", "drawing")',
    'def test_other(found):\n    (finding,) = found("VR07", "drawing")\n    assert finding.level == "feil"  # not VR05',
    '@parametrize("rule_id", ["VR05"])\ndef test_innocent(found, rule_id):\n    assert found(rule_id) == []',
    'def helper(found):\n    (finding,) = found("VR05", "drawing")',
    'def test_never_there(refused):\n    assert "VR05" not in refused',
])
def test_an_innocent_row_and_a_mere_mention_see_nothing(text):
    assert "VR05" not in rules_seen_to_fail(text)
