"""Constructed numbers never mix with delivered ones."""

from datetime import datetime

import pytest

from assets.register import Arrival, record_accepted
from assets.sources.reading import ScopeKey
from pipelines.command_line import main
from pipelines.commands.demo import refuse_real_home
from warehouse.database import take_snapshot, writing
from warehouse.home import Home

MARK = {"place_from": 2, "place_to": 2, "basis": "constructed", "fact_id": None}


def _home_with(home: Home, provenance: list[dict]) -> Home:
    arrival = Arrival("a" * 64, "tilskudd.csv", None, datetime(2019, 3, 1))
    with writing(home) as connection:
        record_accepted(connection, arrival, stem="grants", form_version="1", row_count=1,
                        scope_keys=[ScopeKey("2012", "2018")], provenance=provenance)
    take_snapshot(home)
    return home


def test_the_demo_refuses_a_home_with_real_deliveries_and_writes_nothing(fresh_home, capsys) -> None:
    home = _home_with(fresh_home, [])
    assert main(["demo", "--quiet", "--home", str(home.root)]) == 2
    assert "har ekte leveranser" in capsys.readouterr().err
    assert not home.inbox.exists()


@pytest.mark.parametrize("provenance", [[MARK]])
def test_the_demo_goes_on_in_a_home_of_its_own(fresh_home, provenance) -> None:
    assert refuse_real_home(_home_with(fresh_home, provenance)) is None


def test_the_demo_goes_on_where_nothing_has_been_delivered(fresh_home) -> None:
    assert refuse_real_home(fresh_home) is None
