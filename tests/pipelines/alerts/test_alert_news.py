"""What is news to whom, drawn as tables: the finding's state now, and what the recipient was told before."""

from datetime import datetime, timedelta

import pytest

from pipelines.alerts.finding import Known, Told
from pipelines.alerts.news import EVALUATORS, Change, Recipient, news_for, recipients
from warehouse.rule_table import RuleEntry

ALTA, EVALUATOR = Recipient("2012", "Alta"), Recipient(EVALUATORS, "evaluatorene")
DAY = [datetime(2019, 10, day) for day in range(1, 10)]


def finding(finding_id="f1", **given):
    columns = {"rule_id": "VR05", "level": "feil", "unit_code": "2012", "period": "2018-T3", "message": "Galt.",
               "state": "åpen"}
    return Known(finding_id, **{**columns, **given})


def ids(changes):
    return [change.finding.finding_id for change in changes]


@pytest.mark.parametrize(("state", "changed_at", "before", "fresh", "mended", "explained"), [
    # now        went into it   told before                the message tells
    ("åpen",      None,   None,                            1, 0, 0),  # never told
    ("åpen",      DAY[0], None,                            1, 0, 0),
    ("åpen",      None,   Told("åpen", DAY[1]),            0, 0, 0),  # told already
    ("åpen",      DAY[0], Told("åpen", DAY[1]),            0, 0, 0),
    ("åpen",      DAY[1], Told("åpen", DAY[1]),            0, 0, 0),  # told at the very moment
    ("åpen",      DAY[2], Told("åpen", DAY[1]),            1, 0, 0),  # gone and come back since
    ("åpen",      None,   Told("rettet", DAY[1]),          1, 0, 0),  # come back after it was told as mended
    ("åpen",      None,   Told("forklart", DAY[1]),        1, 0, 0),  # the explanation is no longer in force
    ("rettet",    DAY[2], Told("åpen", DAY[1]),            0, 1, 0),
    ("rettet",    DAY[2], Told("forklart", DAY[1]),        0, 1, 0),
    ("rettet",    DAY[2], None,                            0, 0, 0),  # nobody knew of it
    ("rettet",    DAY[2], Told("rettet", DAY[3]),          0, 0, 0),
    ("rettet",    DAY[5], Told("rettet", DAY[3]),          0, 0, 0),  # came and went between two messages
    ("forklart",  DAY[2], None,                            0, 0, 0),
    ("forklart",  DAY[2], Told("åpen", DAY[1]),            0, 0, 1),
    ("akseptert", None,   Told("åpen", DAY[1]),            0, 0, 1),
    ("akseptert", None,   Told("akseptert", DAY[1]),       0, 0, 0),
])
@pytest.mark.parametrize("recipient", [ALTA, EVALUATOR])
def test_a_finding_is_news_once_per_change_of_state(recipient, state, changed_at, before, fresh, mended, explained):
    told = {"f1": before} if before else {}
    news = news_for(recipient, [finding(state=state, changed_at=changed_at)], told)
    assert (len(news.fresh), len(news.mended), len(news.explained)) == (fresh, mended, explained)
    assert news.is_news is bool(fresh or mended)


@pytest.mark.parametrize(("given", "hears"), [
    ({"unit_code": "2012"}, True), ({"unit_code": "0729"}, False), ({"unit_code": None}, False),
    ({"unit_code": "R-NORD"}, False), ({"unit_code": "2012", "level": "kritisk_feil"}, True),
    ({"unit_code": "2012", "level": "advarsel"}, True), ({"unit_code": "2012", "level": "informasjon"}, False),
    ({"unit_code": "2012", "rule_id": "BUFETATS"}, False),
    ({"unit_code": "2012", "rule_id": "EVALUATORS"}, False), ({"unit_code": "2012", "rule_id": "KOMMUNENS"}, True),
])
def test_a_municipality_hears_of_what_is_its_own_to_mend_and_the_evaluators_of_all(monkeypatch, given, hears):
    rules = {rule_id: RuleEntry(rule_id, "", "feil", actor, False, "", ()) for rule_id, actor in (
        ("BUFETATS", "bufetat"), ("EVALUATORS", "evaluator"), ("KOMMUNENS", "municipality"))}
    monkeypatch.setattr("pipelines.alerts.finding.described_rule", rules.get)
    assert news_for(ALTA, [finding(**given)], {}).is_news is hears
    assert news_for(EVALUATOR, [finding(**given)], {}).is_news


def test_the_worst_comes_first_then_unit_period_and_place():
    drawn = [finding("a", level="advarsel"), finding("b", level="kritisk_feil"), finding("c", period="2018-T1"),
             finding("d", period="2017-T3"), finding("e", level="informasjon"), finding("f", unit_code="0627")]
    assert ids(news_for(EVALUATOR, drawn, {}).fresh) == ["b", "f", "d", "c", "a", "e"]


def test_what_is_not_repeated_is_counted():
    drawn = [finding("a"), finding("b", level="advarsel"), finding("c", level="advarsel"), finding("d", state="forklart"),
             finding("e", state="akseptert"), finding("f", level="informasjon"), finding("g", unit_code="0729")]
    told = {name: Told("åpen", DAY[0]) for name in "bc"}
    news = news_for(ALTA, drawn, told)
    assert ids(news.fresh) == ["a"]
    assert (news.open_before, news.explained_count, news.noted_count) == ({"advarsel": 2}, 2, 1)
    assert news_for(EVALUATOR, drawn, {}).open_counts == {
        "2012": {"feil": 1, "advarsel": 2, "informasjon": 1}, "0729": {"feil": 1}}


@pytest.mark.parametrize(("changed_at", "before", "expected"), [
    (None, None, DAY[4]), (DAY[2], None, DAY[4]), (DAY[6], None, DAY[6]),
    (None, Told("åpen", DAY[3]), DAY[4]),
    (None, Told("rettet", DAY[4]), DAY[4] + timedelta(microseconds=1)),
    (DAY[2], Told("rettet", DAY[7]), DAY[7] + timedelta(microseconds=1)),
])
def test_the_time_noted_is_after_the_change_and_after_what_was_told_before(changed_at, before, expected):
    assert Change(finding(changed_at=changed_at), before).told_at(DAY[4]) == expected


def test_nobody_but_the_three_municipalities_bufdir_and_the_evaluators_can_get_a_message():
    assert [recipient.code for recipient in recipients()] == ["2012", "0729", "0627", "bufdir", "evaluators"]
