"""When a refresh has work to do: when code, reference data, deliveries or the threshold have changed, and not else."""

from datetime import datetime, timedelta

import pytest

from assets.register import Arrival, record_accepted, record_set_aside
from assets.sources.reading import ScopeKey
from assets.text_review import APPROVED, WITHHELD, record_review
from pipelines import fingerprint as module
from pipelines.fingerprint import code_version, fingerprint
from pipelines.settings import DEMO_CLOCK
from warehouse.database import in_memory

DAY = timedelta(days=1)


@pytest.fixture
def register():
    with in_memory() as connection:
        accept(connection, "a")
        yield connection


def accept(connection, letter, received_at=DEMO_CLOCK):
    return record_accepted(
        connection, Arrival(letter * 64, f"{letter}.dat", "2012", received_at), stem="kostra_accounts",
        form_version="0A", row_count=1, scope_keys=[ScopeKey("2012", "2018")])


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of one's own in place of ours; gives its folder."""
    folder = tmp_path / f"pakke_{tmp_path.name}"
    (folder / "reference").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "unit.sql").write_text("SELECT 1")
    (folder / "reference" / "unit.csv").write_text("a\n1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(module, "_PACKAGES", (folder.name,))
    return folder


def version():
    """The version, computed anew."""
    return code_version.__wrapped__()


def test_a_deadline_that_has_passed_changes_it_because_what_is_missing_is_a_finding(register):
    moments = [datetime(2019, 1, 30, 23), datetime(2019, 1, 31), datetime(2019, 5, 30), datetime(2019, 5, 31)]
    before, after, later, next_one = (fingerprint(register, moment, 3) for moment in moments)
    assert before != after == later != next_one


def test_the_same_state_has_the_same_fingerprint_at_any_later_moment(register):
    assert len({fingerprint(register, DEMO_CLOCK + days * DAY, 3) for days in (0, 1, 400)}) == 1


def test_a_delivery_changes_it_from_the_moment_it_came(register):
    before = [fingerprint(register, DEMO_CLOCK + days * DAY, 3) for days in (0, 1, 2)]
    accept(register, "b", DEMO_CLOCK + DAY)
    after = [fingerprint(register, DEMO_CLOCK + days * DAY, 3) for days in (0, 1, 2)]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, False]


def test_a_reviewed_text_and_a_changed_decision_change_it(register):
    found = [fingerprint(register, DEMO_CLOCK, 3)]
    for state in (APPROVED, WITHHELD):
        record_review(register, ["a" * 64], state, "evaluator", DEMO_CLOCK)
        found.append(fingerprint(register, DEMO_CLOCK, 3))
    assert len(set(found)) == 3


def test_a_refusal_changes_it_because_it_is_a_finding(register):
    before = fingerprint(register, DEMO_CLOCK, 3)
    record_set_aside(register, Arrival("b" * 64, "b.dat", "2012", DEMO_CLOCK), "refused", "tom", None)
    assert fingerprint(register, DEMO_CLOCK, 3) != before


def test_a_moment_before_the_deliveries_has_another(register):
    assert fingerprint(register, DEMO_CLOCK - DAY, 3) != fingerprint(register, DEMO_CLOCK, 3)


def test_the_threshold_and_the_code_change_it(register, monkeypatch):
    before = fingerprint(register, DEMO_CLOCK, 3)
    assert fingerprint(register, DEMO_CLOCK, 4) != before
    monkeypatch.setattr(module, "code_version", lambda: "en annen")
    assert fingerprint(register, DEMO_CLOCK, 3) != before


@pytest.mark.parametrize(("path", "text"), [
    ("__init__.py", "a = 1"), ("unit.sql", "SELECT 2"), ("reference/unit.csv", "a\n2\n"), ("reference/ny.csv", ""),
    ("side.html", "<p>"), ("side.css", "p {}"), ("side.js", "1")])
def test_any_change_of_code_reference_data_or_templates_is_another_version(package, path, text):
    before = version()
    (package / path).write_text(text)
    assert version() != before


@pytest.mark.parametrize("path", ["__pycache__/x.cpython-311.pyc", "notat.txt", "unit.sql~"])
def test_what_is_not_shipped_is_the_same_version(package, path):
    before = version()
    (package / path).parent.mkdir(exist_ok=True)
    (package / path).write_text("x")
    assert version() == before


def test_a_renamed_file_is_another_version(package):
    before = version()
    (package / "unit.sql").rename(package / "enhet.sql")
    assert version() != before


def test_every_room_that_decides_a_number_or_a_page_is_watched():
    assert set(module._PACKAGES) == {"warehouse", "expectations", "assets", "dashboards"}
