"""Killed at any step between the inbox and the release, the house loses nothing, doubles nothing and shows nothing half.

What the steps and the demands are stands in `small_house.py`; here it runs in a process of its own, so that its children
are forked from one that has no threads and no warehouse open.
"""

import json
import subprocess
import sys
from pathlib import Path

SMALL_HOUSE = Path(__file__).parent / "small_house.py"


def test_killed_at_every_boundary_the_next_round_makes_what_an_unharmed_one_makes(tmp_path):
    ended = subprocess.run([sys.executable, SMALL_HOUSE, tmp_path], capture_output=True, text=True, check=False,
                           cwd=SMALL_HOUSE.parents[2])
    assert ended.returncode == 0, ended.stderr[-3000:]
    tried = json.loads(ended.stdout)
    assert tried["intake"] > 40 and tried["publication"] > 20
