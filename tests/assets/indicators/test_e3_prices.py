"""Delmål E3: what suppliers' invoices say: average children, day prices, their change, and what is hidden of them."""

import pytest

ALTA = """
    invoice 2012 2017 institusjon 2   388725 A1
    invoice 2012 2017 institusjon 2   388725 A2
    invoice 2012 2018 institusjon 3   730000 A1
    invoice 2012 2018 institusjon 0.5 121500 A2
    invoice 2012 2018 institusjon 2.5 608500 A3
    invoice 2012 2018 fosterhjem  6   565750 F1
"""
FOUR_AGREEMENTS = "\n".join(f"invoice 0627 {{year}} fosterhjem 1 {{nok}} F{number}" for number in range(4))


def test_e3_05_average_children_are_months_at_the_rate_over_12_by_type(drawn):
    assert drawn("E3-05", ALTA) == {
        "2012 2017 type=institusjon": 0.333333333,   # (2 + 2) / 12
        "2012 2018 type=institusjon": 0.5,           # (3 + 0.5 + 2.5) / 12
        "2012 2018 type=fosterhjem": 0.5}            # 6 / 12


def test_e3_05_of_75_and_72_months_is_6_25_and_6_children(drawn):
    assert drawn("E3-05", "invoice 2012 2018 institusjon 75 1 A\n invoice 2012 2018 fosterhjem 72 1 B") == {
        "2012 2018 type=institusjon": 6.25, "2012 2018 type=fosterhjem": 6.0}


def test_e3_06_day_price_is_all_that_is_invoiced_over_the_days_of_the_months(drawn):
    assert drawn("E3-06", ALTA) == {
        "2012 2017 type=institusjon": 6390.0,         # 777 450 / (4 × 365/12)
        "2012 2018 type=institusjon": 8000.0,         # 1 460 000 / (6 × 365/12)
        "2012 2018 type=fosterhjem": 3100.0}          # 565 750 / (6 × 365/12)


def test_e3_06_weighs_by_months_and_not_by_invoices(drawn):
    found = drawn("E3-06", """
        invoice 2012 2018 fosterhjem 11 365000 F1
        invoice 2012 2018 fosterhjem  1  73000 F2
    """)
    assert found == {"2012 2018 type=fosterhjem": 1200.0}  # 438 000 / 365; the mean of the two prices is 1745


@pytest.mark.parametrize("indicator_id", ["E3-05", "E3-06"])
@pytest.mark.parametrize("line", ["invoice 2012 2018 besøkshjem 1 9000 B1", "invoice 0729 2018 fosterhjem 1 95000 F9",
                                  "invoice 2012 2016 institusjon 1 9 A9", "form D 2012 2018 frikjoept_maanedspris 1"])
def test_what_never_counts_in_another_types_year(drawn, indicator_id, line):
    before = drawn(indicator_id, ALTA)
    after = drawn(indicator_id, ALTA + line)
    assert {key: after[key] for key in before} == before
    assert not any("besøkshjem" in key for key in after)


@pytest.mark.parametrize("indicator_id", ["E3-05", "E3-06", "E3-07"])
def test_a_service_year_that_is_not_over_has_no_number(drawn, indicator_id):
    text = ALTA + "unfinished 2012 2018"
    assert not any("2018" in key for key in drawn(indicator_id, text))


def test_e3_07_the_change_in_price_is_against_the_year_before(drawn):
    assert drawn("E3-07", ALTA) == {
        "2012 2018 type=institusjon": 0.251956182}  # 8000 / 6390 − 1; no foster homes in 2017


@pytest.mark.parametrize(("measure", "before", "now", "change"), [
    ("institusjon", (24, 4664700), (75, 18250000), 0.251956182),  # 8000 / 6390 − 1: +25.2 %
    ("fosterhjem", (36, 3285000), (72, 6789000), 0.033333333),    # 3100 / 3000 − 1: +3.3 %
])
def test_e3_07_of_the_printed_prices_is_25_2_and_3_3_percent_whatever_the_volumes(drawn, measure, before, now, change):
    assert drawn("E3-07", f"""
        invoice 2012 2017 {measure} {before[0]} {before[1]} A
        invoice 2012 2018 {measure} {now[0]} {now[1]} A
    """) == {f"2012 2018 type={measure}": change}


def test_e3_07_needs_the_year_before_and_no_other(drawn):
    assert drawn("E3-07", """
        invoice 2012 2016 fosterhjem 1 80000 A
        invoice 2012 2018 fosterhjem 1 90000 A
    """) == {}


def test_e3_07_a_price_that_falls_is_negative(drawn):
    assert drawn("E3-07", """
        invoice 2012 2017 fosterhjem 2 200000 A
        invoice 2012 2018 fosterhjem 1  75000 A
    """) == {"2012 2018 type=fosterhjem": -0.25}  # 75 000 / 100 000 − 1


def test_e3_09_the_difference_is_a_months_invoices_minus_the_municipalitys_own_cost(drawn):
    assert drawn("E3-09", ALTA + "form D 2012 2018 frikjoept_maanedspris 69000") == {
        "2012 2018": 25291.666666667}  # 565 750 / 6 − 69 000


def test_e3_09_needs_both_sides_in_the_same_year(drawn):
    assert drawn("E3-09", ALTA) == {}
    assert drawn("E3-09", ALTA + "form D 2012 2017 frikjoept_maanedspris 69000") == {}
    assert drawn("E3-09", "form D 2012 2018 frikjoept_maanedspris 69000") == {}
    assert drawn("E3-09", ALTA + "form D 2012 2018 frikjoept_maanedspris ..") == {"2012 2018": "not_reported"}


# Small numbers

def test_an_average_of_one_to_three_children_is_hidden(hidden):
    text = "\n".join(f"invoice {unit} 2018 fosterhjem {months} 1 A" for unit, months in (
        ("2012", 47.9), ("0729", 48), ("0627", 3)))
    assert hidden("E3-05", text) == {"2012 2018 type=fosterhjem", "0627 2018 type=fosterhjem"}


@pytest.mark.parametrize(("lines", "is_hidden"), [(3, True), (4, False)])
def test_a_price_that_is_not_printed_needs_four_agreements(hidden, lines, is_hidden):
    text = "\n".join(FOUR_AGREEMENTS.format(year=2018, nok=90000).splitlines()[:lines])
    assert hidden("E3-06", text) == ({"0627 2018 type=fosterhjem"} if is_hidden else set())


def test_many_months_of_few_agreements_do_not_open_a_price(hidden):
    assert hidden("E3-06", "\n".join("invoice 0627 2018 fosterhjem 1 90000 F1" for _ in range(12))) == {
        "0627 2018 type=fosterhjem"}


@pytest.mark.parametrize(("months", "is_hidden"), [(3, True), (4, False)])
def test_a_price_the_report_has_printed_needs_four_months_and_no_count_of_agreements(hidden, months, is_hidden):
    assert hidden("E3-06", f"invoice 2012 2018 fosterhjem {months} 90000 F1") == (
        {"2012 2018 type=fosterhjem"} if is_hidden else set())


def test_a_price_with_an_unnamed_agreement_is_hidden_since_nobody_knows_how_many_there_are(hidden):
    text = FOUR_AGREEMENTS.format(year=2018, nok=90000) + "\ninvoice 0627 2018 fosterhjem 1 90000"
    assert hidden("E3-06", text) == {"0627 2018 type=fosterhjem"}


@pytest.mark.parametrize(("this_year", "year_before", "is_hidden"), [(4, 4, False), (3, 4, True), (4, 3, True)])
def test_a_change_is_hidden_when_the_price_of_either_year_is(hidden, this_year, year_before, is_hidden):
    text = "\n".join([*FOUR_AGREEMENTS.format(year=2017, nok=80000).splitlines()[:year_before],
                      *FOUR_AGREEMENTS.format(year=2018, nok=90000).splitlines()[:this_year]])
    prices = hidden("E3-06", text)
    assert bool(prices) is is_hidden
    assert hidden("E3-07", text) == ({"0627 2018 type=fosterhjem"} if is_hidden else set())


def test_a_change_is_hidden_when_an_agreement_of_the_year_before_is_not_named(hidden):
    text = "\n".join([FOUR_AGREEMENTS.format(year=2017, nok=80000), FOUR_AGREEMENTS.format(year=2018, nok=90000),
                      "invoice 0627 2017 fosterhjem 1 80000"])
    assert hidden("E3-07", text) == {"0627 2018 type=fosterhjem"}


@pytest.mark.parametrize(("lines", "is_hidden"), [(3, True), (4, False)])
def test_the_difference_from_an_own_foster_home_follows_the_private_price(hidden, lines, is_hidden):
    text = "\n".join(FOUR_AGREEMENTS.format(year=2018, nok=90000).splitlines()[:lines])
    assert hidden("E3-09", text + "\nform D 0627 2018 frikjoept_maanedspris 69000") == (
        {"0627 2018"} if is_hidden else set())
