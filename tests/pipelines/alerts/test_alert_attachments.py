"""What goes along with a mail: the municipality's own reports and forms, nobody else's, and nothing that holds it back."""

from datetime import datetime

import pytest

from pipelines import delivered_reports
from pipelines.alerts import attachments
from pipelines.alerts.attachments import attachments_of
from pipelines.alerts.digest import Digest
from pipelines.alerts.message import Message
from pipelines.alerts.news import BUFDIR, EVALUATORS, Recipient
from warehouse.database import reading, rows
from warehouse.home import Home

_TERTIAL_REPORTS = """
SELECT unit_code, max(scope.delivery_id) FROM register.delivery_scope AS scope
INNER JOIN core.delivery_in_force AS force ON force.delivery_id = scope.delivery_id AND force.stem = 'tertial_reports'
INNER JOIN reference.municipality_code ON municipality_code.source_municipality_code = scope.source_unit_code
WHERE scope.period = '2018-T3' GROUP BY unit_code
"""
_JOINT = "SELECT min(delivery_id) FROM core.delivery_in_force WHERE stem = 'kostra_statistics'"


@pytest.fixture
def delivered(demo_home, tmp_path, monkeypatch) -> dict[str, int]:
    """The demo's deliveries: a report of each municipality, and a file about several; reports are written elsewhere."""
    monkeypatch.setattr(Home, "reports", property(lambda home: tmp_path / "reports"))
    with reading(demo_home) as connection:
        return {**dict(rows(connection, _TERTIAL_REPORTS)), "several": rows(connection, _JOINT)[0][0]}


def message(code: str, ids, language: str = "nb", forms=()) -> Message:
    digest = Digest(language, "Emne", forms=tuple(forms), delivery_ids=tuple(ids))
    return Message("0" * 32, Recipient(code, code), "2019-T1", digest, datetime(2019, 10, 1))


def test_a_municipality_gets_the_report_and_the_form_of_its_own_delivery_and_of_nobody_elses(demo_home, delivered):
    found = attachments_of(demo_home, message("2012", delivered.values()))
    number = delivered["2012"]
    assert {each.name.split("_")[0] for each in found} == {str(number)}
    page, *books = found
    assert page.kind == "text/html" and 'lang="nb"' in page.content.decode()
    assert all(book.name.endswith(".xlsx") for book in books), "the form comes back only where something is found in it"
    assert "Alta" in page.content.decode() and "Færder" not in page.content.decode()


@pytest.mark.parametrize("code", [EVALUATORS, BUFDIR])
def test_nobody_else_gets_anything_along(demo_home, delivered, code):
    assert attachments_of(demo_home, message(code, delivered.values(), forms=[("2012", "2018-T3")])) == []


def test_a_report_that_cannot_be_made_holds_no_message_back(demo_home, delivered, monkeypatch, caplog):
    monkeypatch.setattr(delivered_reports, "write_reports", lambda *given: 1 / 0)
    found = attachments_of(demo_home, message("2012", [delivered["2012"]], forms=[("2012", "2018-T3")]))
    assert [each.name for each in found] == ["tertialrapport_2012_2018-T3.xlsx"]
    assert "Kontrollrapporten til 2012 ble ikke laget." in caplog.text


def test_reports_that_would_make_the_mail_too_large_stay_behind(demo_home, delivered, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    assert attachments_of(demo_home, message("2012", [delivered["2012"]])) == []


def test_a_form_for_a_period_nobody_reports_for_is_left_out(demo_home, delivered):
    forms = [("2012", "2030-T1"), ("4601", "2018-T3"), ("2012", "2018-T3")]
    assert len(attachments_of(demo_home, message("2012", [], forms=forms))) == 1


def test_the_mail_carries_what_goes_along_beside_text_and_page(demo_home, delivered):
    sent = message("2012", [delivered["2012"]])
    mail = sent.email("e@example.org", ("a@example.org",), attachments_of(demo_home, sent))
    assert next(mail.iter_attachments()).get_content_type() == "text/html"
    assert mail.get_body(("plain",)).get_content().strip() == sent.text.strip() and mail.get_body(("html",)) is not None
