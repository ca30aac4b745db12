"""When a form may be delivered: after its period, or during it when it only tells the status so far."""

from datetime import datetime

import pytest

from assets.admission import reasons_to_refuse
from assets.forms.periods import period_days
from assets.forms.workbook import Entry, workbook
from assets.sources import recognise


def refusals(stem, period, dating, now):
    """The rules by which a form from Alta is turned away at a moment."""
    first, last = period_days(stem, period)
    content = workbook(stem, "2012", period, {
        "periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry(dating)})
    reading = recognise(content, "skjema.xlsx").read(content, "skjema.xlsx")
    return [finding.rule_id for finding in reasons_to_refuse(reading, "2012", "skjema.xlsx", now)]


@pytest.mark.parametrize(("stem", "period", "dating", "now", "expected"), [
    ("data_requests", "2018", "plasseringsdato", datetime(2019, 1, 1), []),
    ("data_requests", "2018", "plasseringsdato", datetime(2018, 12, 31), ["A05"]),
    ("data_requests", "2018", "status", datetime(2018, 5, 1), []),
    ("data_requests", "2018", "status", datetime(2018, 1, 1), []),
    ("data_requests", "2018", "status", datetime(2017, 12, 31), ["A05"]),
    ("tertial_reports", "2018-T3", "vedtaksdato", datetime(2019, 1, 1), []),
    ("tertial_reports", "2018-T3", "vedtaksdato", datetime(2018, 12, 31), ["A05"]),
])
def test_a_form_waits_for_its_period_to_end_unless_it_tells_the_status_so_far(stem, period, dating, now, expected):
    assert refusals(stem, period, dating, now) == expected
