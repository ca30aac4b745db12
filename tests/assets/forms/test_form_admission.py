"""Which forms a home takes in: whose, for which period, and never a guest's beside its host's; by the door itself."""

import json
from datetime import date, datetime

import pytest

from assets.admission import reasons_to_refuse
from assets.forms.entry import Entry
from assets.sources import recognise
from warehouse.database import records, rows

LONG_AFTER = datetime(2030, 1, 1)


def reasons(content, sender=None, now=LONG_AFTER):
    reading = recognise(content, "skjema.xlsx").read(content, "skjema.xlsx")
    return reasons_to_refuse(reading, sender, "skjema.xlsx", now)


@pytest.mark.parametrize(("stem", "code", "period", "sender"), [
    ("tertial_reports", "2012", "2018-T3", "2012"), ("tertial_reports", "2012", "2018-T3", None),
    ("tertial_reports", "0722", "2017-T3", "0722"), ("tertial_reports", "0722", "2017-T3", "0729"),
    ("tertial_reports", "0729", "2018-T1", "0729"), ("data_requests", "0627", "2018", "0627"),
    ("data_requests", "0722", "2016", "0722"), ("tertial_reports", "0627", "2019-T3", "0627"),
])
def test_a_trial_municipalitys_form_is_taken_in(filled, stem, code, period, sender):
    assert reasons(filled(stem, code, period), sender) == []


@pytest.mark.parametrize(("code", "period", "sender", "rule_id", "text"), [
    ("2012", "2018-T3", "0729", "A01", "filen gjelder 2012, men lå i mappen til 0729"),
    ("0723", "2017-T1", "0723", "A04", "vertskommunen 0722 i 2017-T1, og 0722 rapporterer for begge"),
    ("0723", "2014-T1", None, "A04", "ta tallene med i skjemaet til 0722"),
])
def test_anothers_form_and_a_guests_beside_its_hosts_are_refused(filled, code, period, sender, rule_id, text):
    (finding,) = reasons(filled(code=code, period=period), sender)
    assert (finding.rule_id, finding.level) == (rule_id, "kritisk_feil") and text in finding.message


def test_a_municipality_outside_the_trial_is_refused(filled, edited):
    def change(book):
        book["_skjema"]["B3"] = "0301"
    (finding,) = reasons(edited(filled(), change))
    assert finding.rule_id == "A02" and "kommune 0301 er ikke en forsøkskommune i 2018" in finding.message


def test_a_form_after_the_trial_ended_is_refused(filled, edited):
    (finding,) = reasons(filled(code="5403", period="2022-T1"))
    assert (finding.rule_id, finding.unit_code) == ("VR62", "2012")


@pytest.mark.parametrize(("now", "taken"), [
    (datetime(2019, 4, 29), False), (datetime(2019, 4, 30, 23, 59), False), (datetime(2019, 5, 1), True)])
def test_a_tertial_is_over_the_day_after_its_last(filled, now, taken):
    found = reasons(filled(period="2019-T1"), "2012", now)
    assert [finding.rule_id for finding in found] == ([] if taken else ["A05"])
    assert taken or "som ikke er over før 30.04.2019 (i dag er det " in found[0].message


@pytest.mark.parametrize(("dating", "now", "taken"), [
    ("vedtaksdato", datetime(2018, 10, 1), False), ("vedtaksdato", datetime(2019, 1, 1), True),
    ("status", datetime(2018, 10, 1), True), ("status", datetime(2017, 12, 31), False)])
def test_a_year_form_waits_for_its_year_unless_it_says_how_things_are_so_far(filled, dating, now, taken):
    content = filled("data_requests", entries={"dateringsgrunnlag": Entry(dating)})
    assert [finding.rule_id for finding in reasons(content, "2012", now)] == ([] if taken else ["A05"])


# Through the door

def test_a_form_becomes_rows_in_raw_and_a_correction_takes_its_place(desk, filled):
    for day, count in ((1, 25), (2, 26)):
        desk.put("2012/rapport.xlsx", filled(entries={"akuttplasseringer": Entry(count), "akutt_familie": Entry(0, "-")}))
        assert [outcome.state for outcome in desk.take_in(datetime(2019, 2, day))] == ["accepted"]
    desk.build()
    assert rows(desk.connection, "SELECT unit_code, period, value, status, is_confirmed_zero FROM core.form_value "
                "WHERE field_id IN ('akuttplasseringer', 'akutt_familie', 'meldinger') ORDER BY field_id") == [
        ("2012", "2018-T3", 0.0, "ok", True), ("2012", "2018-T3", 26.0, "ok", False),
        ("2012", "2018-T3", None, "not_reported", False)]
    ((state, version),) = rows(desk.connection, "SELECT stem, version FROM core.delivery_in_force")
    assert (state, version) == ("tertial_reports", 2)


def text_for_a_number(book):
    book["B Forebygging"]["B4"] = "12 500,-"


def without_the_hidden_sheet(book):
    del book["_skjema"]


def a_quarter(book):
    book["_skjema"]["B4"] = "2018-K4"


def a_quarters_last_day(book):
    book["Om rapporten"]["B4"] = date(2018, 10, 1)


def a_formula_without_value(book):
    book["C Tiltak"]["B5"] = "=10+13+3"


@pytest.mark.parametrize(("change", "rule_id", "sheet", "cell"), [
    (text_for_a_number, "F03", "B Forebygging", "B4"), (without_the_hidden_sheet, "F32", None, None),
    (a_quarter, "VR43", "_skjema", "B4"), (a_quarters_last_day, "VR43", "Om rapporten", "B4"),
    (a_formula_without_value, "F36", "C Tiltak", "B5")])
def test_a_faulty_form_is_set_aside_with_its_cell_and_the_mended_one_works(desk, filled, edited, change, rule_id, sheet,
                                                                         cell):
    desk.put("2012/rapport.xlsx", edited(filled(), change))
    desk.put("0729/rapport.xlsx", filled(code="0729"))
    states = {outcome.state: outcome for outcome in desk.take_in()}
    assert set(states) == {"accepted", "refused"}
    (finding,) = states["refused"].findings
    assert (finding.rule_id, finding.sheet, finding.cell) == (rule_id, sheet, cell)
    (reason,) = desk.home.quarantine.glob("*/reason.json")
    (written,) = json.loads(reason.read_bytes())["reasons"]
    assert (written["rule_id"], written["sheet"], written["cell"]) == (rule_id, sheet, cell)
    (row,) = records(desk.connection, "SELECT unit_code, rule_id, sheet, cell FROM findings.delivery_finding")
    assert row == {"unit_code": "2012", "rule_id": rule_id, "sheet": sheet, "cell": cell}
    desk.put("2012/rapport.xlsx", filled())
    assert [outcome.state for outcome in desk.take_in()] == ["accepted"]


def test_something_called_a_workbook_that_is_none_is_set_aside_by_name(desk):
    desk.put("2012/rapport.xlsx", b"ikke en arbeidsbok")
    (outcome,) = desk.take_in()
    assert (outcome.state, outcome.stem, outcome.findings[0].rule_id) == ("refused", "tertial_reports", "F30")
