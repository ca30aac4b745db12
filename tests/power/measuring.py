"""Draws faults of every kind and judges them, in as many processes as asked; the order of the verdicts is the kinds'."""

from collections.abc import Sequence
from contextlib import ExitStack
from multiprocessing import get_context

from expectations.rule import Rule
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
        return self.judge_of(self._unit_of(fault)).verdict(fault)

    def judge_of(self, unit_code: str) -> Judge:
        """The judge in the world with this municipality's books; made when first asked for."""
        if unit_code not in self._judges:
            books = [key for stem in BOOKS for key in self.delivered.deliveries(stem)
                     if self._municipality_of(stem, key) == unit_code]
            connection = self.enter_context(copy_in_memory(self._home))
            self._judges[unit_code] = Judge(World(connection, self._rules, books), self.delivered, self._second_sources)
        return self._judges[unit_code]

    def _unit_of(self, fault: Fault) -> str:
        """What is about no municipality by itself is judged in the world of the first that belongs to it."""
        rows = [before or after for before, after in fault.changes]
        unit = self.delivered.place_of(fault.stem, rows[0]).unit_code
        units = [row for row in reference_rows("unit") if row["unit_type"] == "municipality"]
        return next((row["unit_code"] for row in units if unit in (row["unit_code"], row["bufetat_region_code"])),
                    units[0]["unit_code"])

    def _municipality_of(self, stem: str, delivery_id: int) -> str | None:
        return self.delivered.place_of(stem, self.delivered.rows(delivery_id)[0]).unit_code


def measure(home: Home, seed: int, faults_per_kind: int, processes: int = 1) -> list[Verdict]:
    """The verdicts of so many faults of each kind; the same for the same seed, however many processes."""
    tasks = [(home, seed, faults_per_kind, share, processes) for share in range(processes)]
    if processes == 1:
        shares = [_share(*tasks[0])]
    else:
        with get_context("spawn").Pool(processes) as pool:
            shares = pool.starmap(_share, tasks)
    numbered = sorted((pair for share in shares for pair in share), key=lambda pair: pair[0])
    return [verdict for _, verdict in numbered]


def _share(home: Home, seed: int, faults_per_kind: int, share: int, processes: int) -> list[tuple[int, Verdict]]:
    """Every nth fault, with its number."""
    wanted = [(kind, number) for kind in KINDS for number in range(faults_per_kind)]
    with Bench(home) as bench:
        return [(at, bench.verdict(drawn(bench.delivered, wanted[at][0], seed, wanted[at][1])))
                for at in range(share, len(wanted), processes)]
