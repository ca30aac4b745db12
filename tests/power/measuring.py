"""Draws faults of every kind and judges them, in as many processes as asked; the order of the verdicts is the kinds'."""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context

from tests.power.fault import Delivered
from tests.power.faults import KINDS, drawn
from tests.power.judgement import Judge, Verdict
from tests.power.second_source import SecondSources
from tests.power.world import World
from warehouse.database import copy_in_memory
from warehouse.home import Home


@contextmanager
def bench(home: Home) -> Iterator[tuple[Delivered, Judge]]:
    """A world of the home's warehouse, and the judge of it."""
    with copy_in_memory(home) as connection:
        world = World(connection, home)
        yield Delivered(world), Judge(world, SecondSources(world))


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
    with bench(home) as (delivered, judge):
        return [(at, judge.verdict(drawn(delivered, *_of(wanted[at], seed)))) for at in range(share, len(wanted), processes)]


def _of(wanted: tuple, seed: int) -> tuple:
    kind, number = wanted
    return kind, seed, number
