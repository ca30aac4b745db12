"""Each source's sound files damaged at random for a share of the time (make fuzz): the law of the door holds for all."""

import os
import resource
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.law import Broken, judge
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import seeds

pytestmark = pytest.mark.fuzz

MINUTES = float(os.environ.get("FUZZ_MINUTES", "10"))
SEED = int(os.environ.get("FUZZ_SEED", time.time_ns() % 10 ** 9))
FOUND = Path(os.environ.get("FUZZ_FOUND", "build/fuzz"))
MOST_MEMORY = 1_500
"""MiB the process may have used at most, all sources together."""
FEWEST_FILES_A_MINUTE = 1

TARGETS = sorted(seeds())


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_files_are_read_or_refused_in_words(target):
    files = seeds()[target]
    others = [content for several in seeds().values() for _, content in several[:2]]
    warm = {judge(content, name).outcome for name, content in files}
    assert target == "unknown" or "read" in warm
    outcomes, broken, number = Counter(), {}, 0
    until = time.monotonic() + MINUTES * 60 / len(TARGETS)
    while time.monotonic() < until:
        random = Random(f"{SEED} {target} {number}")
        name, content = random.choice(files)
        damaged = mutated(content, others, random)
        try:
            outcomes[judge(damaged, name).outcome] += 1
        except Broken as fault:
            outcomes["broken"] += 1
            broken.setdefault(_kind(fault), (str(fault), number, _kept(damaged, target, number, name)))
        number += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{target}: frø {SEED}, {number} filer: {dict(outcomes)}, høyest {memory:.0f} MiB")
    assert broken == {}, f"frø {SEED}: {broken}"
    assert number >= FEWEST_FILES_A_MINUTE * MINUTES and memory < MOST_MEMORY


def _kind(fault: Broken) -> str:
    """Where it happened: one of each kind is enough to mend it."""
    cause = fault.__cause__ or fault
    trace, last = cause.__traceback__, ""
    while trace:
        code = trace.tb_frame.f_code
        if "tests/fuzz" not in code.co_filename and "site-packages" not in code.co_filename:
            last = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(cause).__name__} {last}" if fault.__cause__ else str(fault)[:40]


def _kept(content: bytes, target: str, number: int, name: str) -> str:
    """The file, kept so that its fault can be looked at."""
    FOUND.mkdir(parents=True, exist_ok=True)
    path = FOUND / f"{target.replace(' ', '_')}-{SEED}-{number}-{name}"
    path.write_bytes(content)
    return str(path)
