"""`python -m tests.power`: how many faults the rules find, by kind; what they do not find and why; false findings.

Without `--home` the demo is made first, in a folder that is thrown away. With `--keep` the figures become those of the
README and of the tests.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.command_line import main as folgeeval
from tests.power.measuring import false_findings, measure
from tests.power.power import keep, power_of
from tests.power.readme import keep_in_readme
from tests.power.table import report
from warehouse.home import Home

SEED = 4
FAULTS_PER_KIND = 231
ROUNDS_OF_CLEAN_REPORTS = 10
PROCESSES = 2


def main(arguments: Sequence[str]) -> None:
    """Measures and prints. The figures of a seed are the same each time; the time they take is not."""
    options = _options(arguments)
    with _demo(options.home) as home:
        started = time.monotonic()
        verdicts = measure(home, options.seed, options.faults, options.processes)
        clean = false_findings(home, options.seed, options.rounds, options.processes)
        seconds = time.monotonic() - started
    power = power_of(verdicts, options.seed, options.faults, clean)
    if options.json:
        print(json.dumps([asdict(verdict) for verdict in verdicts], ensure_ascii=False))
    else:
        print(report(power, seconds, sum(verdict.seconds for verdict in verdicts) / len(verdicts)))
    if options.keep:
        keep(power)
        keep_in_readme(power)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.power", description=__doc__)
    parser.add_argument("--home", type=Path, help="a home where the demo has been run")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--faults", type=int, default=FAULTS_PER_KIND, help="faults of each kind")
    parser.add_argument("--rounds", type=int, default=ROUNDS_OF_CLEAN_REPORTS, help="rounds of clean reports")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--json", action="store_true", help="print every fault and what became of it")
    parser.add_argument("--keep", action="store_true", help="make these the figures of the README")
    return parser.parse_args(arguments)


@contextmanager
def _demo(home: Path | None) -> Iterator[Home]:
    if home is not None:
        yield Home(home)
        return
    with TemporaryDirectory() as folder:
        with redirect_stdout(sys.stderr):
            if folgeeval(["demo", "--home", folder, "--quiet"]):
                raise SystemExit("demoen lot seg ikke lage")
        yield Home(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
