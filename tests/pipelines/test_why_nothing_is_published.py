"""A refresh that stops because the release would leak says which rule and which number, and never the number itself."""

import dagster as dg
import pytest

from assets.release_guard import Leak, WouldLeak
from pipelines.dagster_runs import _demand_success, why_not_published
from pipelines.failures import RefreshFailed

KEY = ("C5-04", "", "0729", "2015")


def test_what_the_release_says_is_told_by_the_refresh():
    @dg.asset
    def release():
        raise WouldLeak(f"Ingenting publiseres: {Leak('VR50', KEY)}.")

    with pytest.raises(RefreshFailed) as caught:
        _demand_success(dg.materialize([release], raise_on_error=False))
    assert str(caught.value) == (
        "Oppdateringen stoppet i release. Ingenting publiseres: VR50 C5-04 0729 2015. Ingenting er publisert; forrige "
        "utgivelse står. Se kjøringen i Dagster med «folgeeval dev».")


@pytest.mark.parametrize(("errors", "told"), [
    ([], ""), (["ValueError: noe annet"], ""), (["", "x: Ingenting publiseres: VR51 B3-05.\nStack Trace:"],
                                               " Ingenting publiseres: VR51 B3-05.")])
def test_other_faults_have_nothing_to_tell_of_the_release(errors, told):
    assert why_not_published(errors) == told
