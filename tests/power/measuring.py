"""Draws faults of every kind and judges them, in as many processes as asked; the order of the verdicts is the kinds'."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from multiprocessing import get_context
from random import Random
from typing import Any

from expectations.rule import Rule
from tests.power import clean
from tests.power.delivered import BOOKS, Delivered
from tests.power.fault import Fault
from tests.power.faults import KINDS, drawn
from tests.power.judgement import Judge, Verdict
from tests.power.second_source import SecondSources
from tests.power.world import World
from warehouse.database import copy_in_memory
from warehouse.home import Home
from warehouse.reference_data import reference_rows


class Bench(ExitStack):
    """What a home has delivered, and a judge for each of its municipalities with that municipality's books only."""

    def __init__(self, home: Home, rules: Sequence[Rule] | None = None) -> None:
        super().__init__()
        self._home, self._rules = home, rules
        self._judges: dict[str, Judge] = {}
        with copy_in_memory(home) as connection:
            self.delivered = Delivered(connection, home)
            self._second_sources = SecondSources(connection, self.delivered)

    def verdict(self, fault: Fault) -> Verdict:
        """What becomes of the fault, in the world of the municipality it is about."""
        return self.judge_of(self.municipality_of(fault)).verdict(fault)

    def judge_of(self, unit_code: str) -> Judge:
        """The judge in the world with this municipality's books; made when first asked for."""
        if unit_code not in self._judges:
            books = [key for stem in BOOKS for key in self.delivered.deliveries(stem)
                     if self._owner(stem, key) == unit_code]
            connection = self.enter_context(copy_in_memory(self._home))
            self._judges[unit_code] = Judge(World(connection, self._rules, books), self.delivered, self._second_sources)
        return self._judges[unit_code]

    def municipality_of(self, fault: Fault) -> str:
        """Whose books a fault is judged with; for what is about none by itself, the first it has to do with."""
        rows = [before or after for before, after in fault.changes]
        unit = self.delivered.place_of(fault.stem, rows[0]).unit_code
        regions = {row["unit_code"]: row["bufetat_region_code"] for row in reference_rows("unit")}
        return next((code for code in municipalities() if unit in (code, regions[code])), municipalities()[0])

    def _owner(self, stem: str, delivery_id: int) -> str | None:
        return self.delivered.place_of(stem, self.delivered.rows(delivery_id)[0]).unit_code


def measure(home: Home, seed: int, faults_per_kind: int, processes: int = 1) -> list[Verdict]:
    """The verdicts of so many faults of each kind; the same for the same seed, however many processes."""
    shares = _in_processes(_verdicts, home, seed, faults_per_kind, processes)
    return [verdict for _, verdict in sorted((pair for share in shares for pair in share), key=lambda pair: pair[0])]


def false_findings(home: Home, seed: int, rounds: int, processes: int = 1) -> tuple[int, int]:
    """How many clean reports were read in so many rounds of all whole years, and how many findings they gave."""
    shares = _in_processes(_clean_rounds, home, seed, rounds, processes)
    return sum(reports for reports, _ in shares), sum(findings for _, findings in shares)


def _in_processes(work: Callable[..., Any], home: Home, seed: int, number: int,
                  processes: int) -> list[Any]:
    """The results of the work shared out: each process has every nth piece."""
    tasks = [(home, seed, number, share, processes) for share in range(processes)]
    if processes == 1:
        return [work(*tasks[0])]
    with get_context("spawn").Pool(processes) as pool:
        return pool.starmap(work, tasks)


def _verdicts(home: Home, seed: int, faults_per_kind: int, first: int, step: int) -> list[tuple[int, Verdict]]:
    """Every nth fault, with its number."""
    wanted = [(kind, number) for kind in KINDS for number in range(faults_per_kind)]
    with Bench(home) as bench:
        return [(at, bench.verdict(drawn(bench.delivered, wanted[at][0], seed, wanted[at][1])))
                for at in range(first, len(wanted), step)]


def _clean_rounds(home: Home, seed: int, rounds: int, first: int, step: int) -> tuple[int, int]:
    """How many reports and findings there were in every nth round."""
    reports, findings = 0, 0
    with Bench(home) as bench:
        for number in range(first, rounds, step):
            for unit_code in municipalities():
                years = clean.whole_years(bench.delivered, unit_code)
                found = clean.false_findings(bench.judge_of(unit_code).world, years, Random(f"{seed} {unit_code} {number}"))
                reports, findings = reports + sum(map(len, years)), findings + len(found)
    return reports, findings


def municipalities() -> list[str]:
    """The codes of the trial's municipalities."""
    return [row["unit_code"] for row in reference_rows("unit") if row["unit_type"] == "municipality"]
