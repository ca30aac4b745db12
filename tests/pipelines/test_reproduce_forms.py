"""Numbers of report forms in expressions: as delivered, as years of tertials, and how many reports there are."""

import pytest
from assets.methods.expression import Token
from pipelines.delivered_numbers import DeliveredNumbers, is_passed_through
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory

TERTIALS = ("2016-T3", "2017-T1", "2017-T2", "2017-T3", "2018-T1", "2018-T2", "2018-T3", "2019-T1")
STATUS = {"..": "not_reported", ".": "not_applicable"}


def form_row(number, stem, unit, period, field, value):
    status = STATUS.get(value, "ok")
    return {"stem": stem, "unit_code": unit, "source_municipality_code": unit, "period": period, "field_id": field,
            "value": 0.0 if value == "-" else None if status != "ok" else float(value), "status": status,
            "is_confirmed_zero": value == "-", "explanation": None, "delivery_id": number, "cell_number": 7}


def found(lines, name, period, unit="2012"):
    """The number behind a name in a warehouse with these form fields; None where there is none."""
    rows = [form_row(number, *line.split()) for number, line in enumerate(lines.strip().splitlines(), 1)]
    with in_memory() as connection:
        for schema, table, several in (
            ("core", "form_value", rows),
            ("reference", "reporting_period", [
                {"period": one, "period_from": None, "period_to": None, "deadline": None} for one in TERTIALS]),
        ):
            contract = contract_of(schema, table)
            if schema == "reference":
                connection.execute(f"CREATE OR REPLACE TABLE {contract.full_name} AS SELECT unnest(?) AS period", [
                    list(TERTIALS)])
            else:
                append(connection, contract, arrow_table(contract, several))
        number = DeliveredNumbers(connection).find(Token(name, "", period, unit))
    return None if number is None else number.value


MOVES = """
    tertial_reports 2012 2016-T3 flyttinger 8
    tertial_reports 2012 2017-T1 flyttinger 3
    tertial_reports 2012 2017-T2 flyttinger ..
    tertial_reports 2012 2017-T3 flyttinger 2
    tertial_reports 2012 2018-T1 flyttinger 3
    tertial_reports 2012 2018-T2 flyttinger -
    tertial_reports 2012 2018-T3 flyttinger 5
    tertial_reports 2012 2019-T1 flyttinger 4
    data_requests   2012 2018    over_1ks   24
    data_requests   2012 2017    over_1ks   ..
"""


@pytest.mark.parametrize(("name", "period", "number"), [
    ("form:tertial_reports:flyttinger", "2018-T3", 5), ("form:tertial_reports:flyttinger", "2018-T2", 0),
    ("form:tertial_reports:flyttinger", "2017-T2", None), ("form:data_requests:over_1ks", "2018", 24),
    ("form:data_requests:over_1ks", "2017", None), ("form:tertial_reports:over_1ks", "2018", None)])
def test_a_number_stands_as_it_was_delivered_and_a_missing_one_not_at_all(name, period, number):
    assert found(MOVES, name, period) == number


@pytest.mark.parametrize(("year", "number"), [
    ("2018", 8),     # 3 + 0 + 5
    ("2017", None),  # the second tertial is not reported
    ("2016", 8),     # only the third was to be reported
    ("2019", None)]) # the year is not over
def test_a_year_is_the_sum_of_its_tertials_only_when_all_that_were_due_have_the_number(year, number):
    assert found(MOVES, "form:tertial_reports:flyttinger", year) == number


def test_reports_are_counted_once_each_and_by_unit():
    assert found(MOVES, "reports:tertial_reports", "2019") == 8
    assert found(MOVES, "reports:data_requests", "2019") == 2
    assert found(MOVES, "reports:tertial_reports", "2019", unit="0729") is None


@pytest.mark.parametrize(("name", "breakdown", "period", "read"), [
    ("form:data_requests:over_1ks", "", "2018", True), ("form:tertial_reports:barn_i_fosterhjem", "", "2019-T1", True),
    ("form:tertial_reports:flyttinger", "", "2018", False), ("reports:tertial_reports", "", "2019", False),
    ("C3-02", "reinforcement=over_1ks", "2018", True), ("C3-01", "", "2018", False), ("B1-07", "age=13_17", "2018", False),
    ("C6-03", "owner=egen", "2018", False), ("A3-01", "", "2018", False), ("A3-01", "evaluator=interne", "2018", True),
    ("E2-05", "part=trial", "2018", False)])
def test_one_delivered_number_is_read_and_a_sum_or_a_share_is_computed(name, breakdown, period, read):
    assert is_passed_through(Token(name, breakdown, period, "2012")) is read
