"""One bench over the demo, shared by the tests of this folder, and rules that say nothing."""

from collections.abc import Iterator

import pytest

from tests.power.delivered import Delivered
from tests.power.measuring import Bench
from warehouse.database import Connection, copy_in_memory


@pytest.fixture(scope="session")
def bench(demo_home) -> Iterator[Bench]:
    """The demo with every rule there is."""
    with Bench(demo_home) as bench:
        yield bench


@pytest.fixture(scope="session")
def delivered(bench) -> Delivered:
    """What the demo has delivered."""
    return bench.delivered


@pytest.fixture
def demo_in_memory(demo_home) -> Iterator[Connection]:
    """A copy of the demo's warehouse, to be changed at will."""
    with copy_in_memory(demo_home) as connection:
        yield connection
