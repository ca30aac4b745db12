"""A report that has not come by its deadline is told to the municipality with the form it lacks, and to the evaluators."""

from datetime import datetime
from email import message_from_bytes, policy
from io import BytesIO
from shutil import copytree

import pytest
from openpyxl import load_workbook

from assets.build import rebuild
from assets.findings import gather_findings
from assets.sources import recognise
from pipelines.alerts import alert
from warehouse.database import take_snapshot, writing
from warehouse.home import Home

AS_OF = datetime(2017, 2, 1)
"""Two days after the first deadline of the trial, the only one that has passed."""


@pytest.fixture(scope="module")
def told(tmp_path_factory, empty_board_home):
    """The mails of a home where nothing has been delivered, by recipient."""
    home = Home(tmp_path_factory.mktemp("missing") / "home")
    copytree(empty_board_home.root, home.root)
    home.alert_settings.write_text('[0729]\nchannel = "file"\nlanguage = "nn"\n', encoding="utf-8")
    with writing(home) as connection:
        rebuild(connection, AS_OF, home)
        gather_findings(connection)
    take_snapshot(home)
    outcomes = {outcome.recipient.code: outcome for outcome in alert(home, AS_OF)}
    return {code: message_from_bytes(open(outcome.path, "rb").read(), policy=policy.default)
            for code, outcome in outcomes.items()}


def words_of(content: bytes) -> str:
    sheets = load_workbook(BytesIO(content))
    return " ".join(str(cell.value) for sheet in sheets for line in sheet.iter_rows() for cell in line if cell.value)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def test_each_municipality_hears_that_its_report_is_missing_and_which_form_to_fill_in(told):
    assert set(told) == {"2012", "0729", "0627", "evaluators"}
    for code, number in (("2012", "2012"), ("0729", "0722"), ("0627", "0627")):
        text = text_of(told[code])
        assert "VR63" in text and f"tertialrapport_{number}_2016-T3.xlsx" in text and "30.01.2017" in text
    assert "Fyll ut malen for tertialet, og lever den." in text_of(told["2012"])


def test_the_form_goes_along_ready_to_be_filled_in_in_the_municipalitys_language(told):
    for code, number, language in (("2012", "2012", "nb"), ("0729", "0722", "nn")):
        (form,) = told[code].iter_attachments()
        assert form.get_filename() == f"tertialrapport_{number}_2016-T3.xlsx"
        assert recognise(form.get_content(), form.get_filename()).STEM == "tertial_reports"
        assert ("ikkje" in words_of(form.get_content())) is (language == "nn")


def test_the_evaluators_hear_how_to_make_the_forms_and_get_none(told):
    text = text_of(told["evaluators"])
    assert list(told["evaluators"].iter_attachments()) == []
    assert "RAPPORTER SOM MANGLER ETTER FRISTEN" in text
    assert "«folgeeval template --unit 0722 --period 2016-T3»" in text
