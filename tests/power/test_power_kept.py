"""What the README says of the power is what was measured, and what was measured still holds."""

import pytest

from expectations.rule import all_rules
from tests.power.faults import KINDS
from tests.power.measuring import measure
from tests.power.misses import REASONS
from tests.power.power import FIRST, first_of, kept
from tests.power.readme import section_in_readme
from tests.power.summary import ALL_NB
from tests.power.table import section


def test_the_readme_shows_the_figures_that_are_kept():
    assert section_in_readme() + "\n" == section(kept()) + "\n"


def test_what_is_kept_is_of_every_kind_and_adds_up():
    power = kept()
    lines = {line.key: line for line in power.kinds}
    assert set(lines) == {*(kind.key for kind in KINDS), ALL_NB}
    assert all(line.faults == power.faults_per_kind for key, line in lines.items() if key != ALL_NB)
    assert power.all.changing - power.all.found == sum(power.misses.values())
    assert sum(line.found for line in power.sources) == power.all.found


def test_every_miss_that_is_kept_has_a_reason_in_words():
    assert set(kept().misses) <= {reason.key for reason in REASONS}


def test_no_rule_has_been_taken_away_since_the_power_was_measured():
    assert len(all_rules()) >= kept().rule_count


@pytest.mark.power
def test_the_first_faults_of_every_kind_are_found_as_they_were(demo_home):
    power = kept()
    again = first_of(measure(demo_home, power.seed, FIRST, processes=2), FIRST)
    assert {key: changing for key, (changing, _) in again.items()} == {
        key: changing for key, (changing, _) in power.first.items()}, "demoen er en annen: make power POWER=--keep"
    lost = {key: (found, power.first[key][1]) for key, (_, found) in again.items() if found < power.first[key][1]}
    assert lost == {}
