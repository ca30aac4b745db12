"""The words for the levels of findings."""

import pytest

from warehouse.finding_levels import GRAVE_LEVELS, LEVEL_NAMES, LEVELS, counted


def test_every_level_has_a_name_and_the_grave_ones_are_the_last():
    assert tuple(LEVEL_NAMES) == LEVELS
    assert LEVELS[-len(GRAVE_LEVELS):] == GRAVE_LEVELS


@pytest.mark.parametrize(("counts", "words"), [
    ({}, ""),
    ({"feil": 0}, ""),
    ({"advarsel": 1}, "1 advarsel"),
    ({"advarsel": 3, "kritisk_feil": 1}, "1 kritisk feil, 3 advarsler"),
    ({"informasjon": 2, "feil": 2, "kritisk_feil": 2}, "2 kritiske feil, 2 feil, 2 informasjoner"),
])
def test_findings_are_counted_by_level_worst_first(counts, words):
    assert counted(counts) == words
