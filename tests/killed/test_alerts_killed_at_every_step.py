"""Kill -9 at every step between a finding and the mail about it: nothing is lost, and only one gap can make it come twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.house

PROGRAM = Path(__file__).with_name("kill_alerts.py")
LONGEST_SECONDS = 300
"""A child that hangs must not hang the tests; the work itself takes some seconds of one core."""


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict:
    done = subprocess.run([sys.executable, str(PROGRAM), str(tmp_path_factory.mktemp("alerts"))], capture_output=True,
                          text=True, timeout=LONGEST_SECONDS, check=False, cwd=PROGRAM.parents[2])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_no_kill_loses_a_message_makes_two_of_one_or_forgets_what_it_told(found):
    assert found["faults"] == []


def test_every_step_from_queue_to_note_was_killed_at(found):
    assert [step for step in found["steps"] if step != "close the database"] == [
        "COMMIT", "UPDATE register.outbox SET", "say ehlo", "say mail", "say rcpt", "say data", "send the message", "say quit",
        "UPDATE register.outbox SET"]


def test_a_message_comes_twice_only_when_the_kill_falls_between_the_taking_and_the_note_and_then_as_the_same(found):
    steps = found["steps"]
    taken = steps.index("send the message") + 1
    noted = len(steps) - steps[::-1].index("UPDATE register.outbox SET")
    assert found["twice"] == list(range(taken + 1, noted + 1)) and len(found["twice"]) == 2
