"""The findings in force: of the deliveries in force, of refusals not yet mended, under the unit's own code."""

from datetime import datetime

import pytest

from assets.build import build_reference_table, build_sql_table, set_clock
from assets.finding_rows import finding_rows, refusal_rows, replace_findings_of
from assets.findings import gather_findings
from assets.sql_files import sql_tables
from expectations.finding import Finding
from expectations.rules.fe286_money_of_every_year_is_whole import RULE as FE286
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, records

AS_OF = datetime(2019, 10, 1)
INCOMPLETE_YEAR = "FE286"
IN_FORCE = next(table for table in sql_tables("core") if table.name == "delivery_in_force")


@pytest.fixture(autouse=True)
def one_rule(monkeypatch):
    """The only rule across deliveries here: the others read tables that are not drawn."""
    monkeypatch.setattr("assets.findings_in_force.all_rules", lambda: (FE286,))


@pytest.fixture
def warehouse():
    with in_memory() as connection:
        for name in ("municipality_code", "concept_formula"):
            build_reference_table(connection, contract_of("reference", name))
        yield connection


def delivered(connection, delivery_id, scope, received="2019-03-01", state="accepted", name="regnskap.dat", sender=None,
              stem="kostra_accounts"):
    connection.execute("INSERT INTO register.delivery VALUES (?, ?, ?, ?, ?, 'x', ?, ?, 1, ?, NULL)",
                       [delivery_id, f"{delivery_id:064d}", stem, received, state, name, sender,
                        f"{name}: filen er tom" if state == "refused" else None])
    if state == "refused":
        reason = Finding("F01", "kritisk_feil", f"{name}: filen er tom", file=name, line_numbers=(3,))
        replace_findings_of(connection, {delivery_id: refusal_rows(
            [reason], stem, delivery_id, sender_code=sender, file_name=name)})
    for key in scope.split():
        connection.execute("INSERT INTO register.delivery_scope VALUES (?, ?, ?, '', ?)",
                           [delivery_id, *key.split(":"), delivery_id])


def found_in(connection, delivery_id, *findings):
    contract = contract_of("findings", "delivery_finding")
    append(connection, contract, arrow_table(contract, finding_rows(list(findings), "kostra_accounts", delivery_id)))


def gathered(connection, as_of=AS_OF):
    set_clock(connection, as_of)
    build_sql_table(connection, IN_FORCE)
    count = gather_findings(connection)
    found = records(connection, "SELECT * FROM findings.finding ORDER BY rule_id, unit_code, file_name, cell")
    assert len(found) == count
    return [row for row in found if row["rule_id"] != INCOMPLETE_YEAR]


def odd_line(line=7, unit="2012", period="2018"):
    return Finding("R015", "advarsel", f"linje {line} er lik en annen", unit_code=unit, period=period,
                   file="regnskap.dat", line_numbers=(line,))


def test_findings_of_a_delivery_in_force_stand(warehouse):
    delivered(warehouse, 1, "2012:2018")
    found_in(warehouse, 1, odd_line(7), odd_line(9))
    assert [row["line_numbers"] for row in gathered(warehouse)] == ["7", "9"]


def test_findings_of_a_delivery_that_is_replaced_are_gone_and_come_back_as_of_the_day_before(warehouse):
    delivered(warehouse, 1, "2012:2018", received="2019-03-01")
    delivered(warehouse, 2, "2012:2018", received="2019-06-01")
    found_in(warehouse, 1, odd_line(7))
    assert gathered(warehouse) == []
    assert len(gathered(warehouse, datetime(2019, 5, 31))) == 1


def test_the_same_finding_in_two_deliveries_in_force_is_one(warehouse):
    delivered(warehouse, 1, "2012:2017")
    delivered(warehouse, 2, "2012:2018")
    for delivery_id in (1, 2):
        found_in(warehouse, delivery_id, odd_line(7))
    assert len(gathered(warehouse)) == 1


def test_a_delivery_that_covers_several_keys_gives_each_finding_once(warehouse):
    delivered(warehouse, 1, "2012:2017 2012:2018 0627:2018")
    found_in(warehouse, 1, odd_line(7))
    assert len(gathered(warehouse)) == 1


@pytest.mark.parametrize(("code", "unit"), [("0722", "0729"), ("0723", "0729"), ("5403", "2012"), ("0627", "0627"),
                                            ("0301", "0301"), (None, None)])
def test_a_finding_stands_under_the_units_code(warehouse, code, unit):
    delivered(warehouse, 1, "0722:2017")
    found_in(warehouse, 1, odd_line(7, unit=code, period="2017"))
    assert [row["unit_code"] for row in gathered(warehouse)] == [unit]


def test_findings_of_two_municipalities_of_a_unit_are_two(warehouse):
    delivered(warehouse, 1, "0722:2017 0723:2017")
    found_in(warehouse, 1, odd_line(7, unit="0722"), odd_line(7, unit="0723"))
    assert [row["unit_code"] for row in gathered(warehouse)] == ["0729", "0729"]


# Refusals

def refusals(connection, as_of=AS_OF):
    return [(row["level"], row["unit_code"], row["file_name"], row["message"]) for row in gathered(connection, as_of)]


def test_a_refused_file_is_a_critical_finding_with_its_reason(warehouse):
    delivered(warehouse, 1, "", state="refused", name="tom.csv", sender="0722")
    assert refusals(warehouse) == [("kritisk_feil", "0729", "tom.csv", "tom.csv: filen er tom")]


def test_a_refusal_keeps_the_rule_and_the_lines_that_stopped_the_file(warehouse):
    delivered(warehouse, 1, "", state="refused", name="tom.csv", sender="0722")
    assert [(row["rule_id"], row["line_numbers"], row["delivery_id"]) for row in gathered(warehouse)] == [("F01", "3", 1)]


def test_a_year_that_is_not_whole_is_told_with_what_to_deliver(warehouse):
    delivered(warehouse, 1, "2012:2018")
    set_clock(warehouse, AS_OF)
    build_sql_table(warehouse, IN_FORCE)
    gather_findings(warehouse)
    (row,) = records(warehouse, "SELECT * FROM findings.finding")
    assert (row["rule_id"], row["level"], row["unit_code"], row["period"]) == (INCOMPLETE_YEAR, "advarsel", "2012", "2018")
    assert "hovedbok" in row["message"] and "Lever det som mangler" in row["message"]


def test_a_refusal_is_mended_by_an_accepted_file_of_the_same_name_and_sender(warehouse):
    delivered(warehouse, 1, "", state="refused", received="2019-03-01", sender="2012")
    delivered(warehouse, 2, "2012:2018", received="2019-04-01", sender="2012")
    assert refusals(warehouse) == []
    assert len(refusals(warehouse, datetime(2019, 3, 31))) == 1


@pytest.mark.parametrize(("name", "sender", "received"), [
    ("annen.dat", "2012", "2019-04-01"), ("regnskap.dat", "0627", "2019-04-01"), ("regnskap.dat", None, "2019-04-01"),
    ("regnskap.dat", "2012", "2019-11-01")])
def test_another_file_another_sender_or_a_later_day_mends_nothing(warehouse, name, sender, received):
    delivered(warehouse, 1, "", state="refused", sender="2012")
    delivered(warehouse, 2, "2012:2018", name=name, sender=sender, received=received)
    assert len(refusals(warehouse)) == 1


def test_a_file_accepted_before_the_refusal_mends_nothing(warehouse):
    delivered(warehouse, 1, "2012:2018", received="2019-03-01")
    delivered(warehouse, 2, "", state="refused", received="2019-04-01")
    assert len(refusals(warehouse)) == 1


def test_a_refusal_of_a_later_day_is_not_there_yet(warehouse):
    delivered(warehouse, 1, "", state="refused", received="2019-11-01")
    assert refusals(warehouse) == []


def test_the_same_name_from_two_senders_is_two_refusals(warehouse):
    for delivery_id, sender in enumerate(("2012", "0627"), 1):
        delivered(warehouse, delivery_id, "", state="refused", name="tom.csv", sender=sender)
    assert [unit for _, unit, _, _ in refusals(warehouse)] == ["0627", "2012"]
