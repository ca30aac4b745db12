"""VR25: what a supplier has invoiced is its months × day price × 365/12. A month at 8 000 kroner a day is 243 333 kroner."""

import pytest

A_MONTH = 243333


def year_of(*, amounts=(A_MONTH,) * 12, months=(1,) * 12, days=None, measure="institusjon", supplier="900000001", agreement="a",
            unit="2012", year=2018):
    """One agreement, a line a month; `amounts` in kroner."""
    return "\n".join(
        f"invoice {unit} {year} {measure} {year}{number:02d}{agreement} {amount} months={month} supplier={supplier} "
        f"agreement={agreement}" + (f" days={days[number]}" if days else "")
        for number, (amount, month) in enumerate(zip(amounts, months, strict=True)))


def with_one(value, *, usual=A_MONTH, at=5, count=12):
    return tuple(value if number == at else usual for number in range(count))


DAYS_OF_2018 = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BY_THE_DAY = tuple(2900 * days for days in DAYS_OF_2018)


@pytest.mark.parametrize("text", [
    # The report's own case: 75 months at 8 000 and 72 at 3 100 are 25.04 million.
    year_of(amounts=(A_MONTH,) * 75, months=(1,) * 75) + "\n"
    + year_of(amounts=(94292,) * 72, months=(1,) * 72, measure="fosterhjem", supplier="900000002"),
    year_of(amounts=BY_THE_DAY, days=DAYS_OF_2018),                     # by the day, and the year evens it out
    year_of(amounts=(A_MONTH,) * 6 + (200000,) * 6),                    # a new price from July
    year_of(amounts=tuple(2900 * days for days in DAYS_OF_2018[:6]) + tuple(1900 * days for days in DAYS_OF_2018[6:]),
            days=DAYS_OF_2018),                                         # and by the day
    year_of(amounts=with_one(300000)),                                  # 56 667 more: under 2 % of 2.92 million
    year_of(amounts=(81200, 0), months=(1, 0), days=(28, 0)),           # one February: 28 days are not 30.4
    year_of(amounts=(A_MONTH, 500000), months=(1, 1)) + "\n" + year_of(agreement="b"),   # of two nobody knows which
    year_of(amounts=(121667,) + (A_MONTH,) * 11, months=(0.5,) + (1,) * 11),              # half of January
    year_of() + "\ninvoice 2012 2018 institusjon K1 -40000 months=0 supplier=900000001 agreement=a",   # a credit for no month
    year_of(supplier="900000001", amounts=with_one(2000000, count=3, at=1), months=(1,) * 3),    # three months are too few
])
def test_a_total_its_months_and_prices_give_is_innocent(places, text):
    assert places("VR25", text) == []


@pytest.mark.parametrize(("text", "invoiced", "expected"), [
    (year_of(amounts=with_one(2433330)), "5,11", "2,92"),               # a digit too many
    (year_of(amounts=with_one(24333)), "2,70", "2,92"),                 # one too few
    (year_of(amounts=with_one(-A_MONTH)), "2,43", "2,92"),              # a lost sign
    (year_of(amounts=with_one(2433330, at=0)), "5,11", "2,92"),         # first and last have one neighbour
    (year_of(amounts=with_one(2433330, at=11)), "5,11", "2,92"),
    (year_of(amounts=with_one(333243)), "3,01", "2,92"),                # digits swapped
    (year_of(months=with_one(10, usual=1)), "2,92", "5,11"),            # ten months for one
    (year_of(months=with_one(0.1, usual=1)), "2,92", "2,70"),
    (year_of(amounts=BY_THE_DAY, days=DAYS_OF_2018, months=with_one(10, usual=1)), "1,06", "1,85"),
    (year_of(amounts=with_one(0)), "2,68", "2,92"),
    (year_of(amounts=with_one(303333)) + "\n" + year_of(amounts=with_one(303333), agreement="b"), "5,96", "5,84"),
])
def test_a_total_its_months_and_prices_do_not_give_is_a_fault(places, text, invoiced, expected):
    assert places("VR25", text) == [
        ("feil", "2012", "2018", f"{invoiced} millioner kroner", f"{expected} millioner kroner")]


def test_suppliers_kinds_and_years_are_judged_by_themselves(found):
    wrong = with_one(2433330)
    several = found("VR25", "\n".join([
        year_of(amounts=wrong), year_of(amounts=wrong, supplier="900000002"), year_of(amounts=wrong, measure="fosterhjem"),
        year_of(amounts=wrong, year=2017), year_of(amounts=wrong, unit="0729"), year_of(supplier="900000003")]))
    assert len(several) == len({finding.finding_id for finding in several}) == 5


def test_the_message_points_at_the_line_that_is_furthest_off(found):
    (finding,) = found("VR25", year_of(amounts=with_one(2433330)))
    for words in ("Alta, 2018", "leverandør 900000001 (institusjon)", "12 fakturamåneder", "5,11 millioner kroner",
                  "2,92 millioner kroner", "Lengst fra er linje 6: 2\u00a0433\u00a0330 kroner", "ventet om lag 243\u00a0333",
                  "supplier_invoices_2012_2018.csv"):
        assert words in finding.message
    assert (finding.line_numbers, finding.cell) == ((6,), "fakturaer fra 900000001, institusjon")
