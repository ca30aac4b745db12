"""From stored originals to raw rows with their delivery and place, and the findings a delivery alone can give."""

from pathlib import Path

import pytest

from assets import raw_loading
from assets.intake import take_in, waiting_files
from assets.finding_rows import finding_rows
from assets.raw_loading import load_deliveries, load_delivery, load_rows, not_loaded, stored_deliveries
from expectations.finding import DeliveryRefused, Finding
from pipelines.settings import DEMO_CLOCK
from warehouse.database import one, rows, transaction

DELIVERIES = Path(__file__).parents[1] / "deliveries"
FILES = {  # file: its raw table and number of rows
    "kostra_accounts/innocent.dat": ("kostra_accounts_line", 21),
    "ledger/innocent.csv": ("ledger_line", 4),
    "grants/known_grant_names.csv": ("grants_line", 2),
    "rates/innocent.csv": ("rates_line", 2),
    "population/innocent.json": ("population_cell", 4),
    "kostra_statistics/innocent.json": ("kostra_statistics_cell", 6),
}
UNKNOWN_FUNCTION = "kostra_accounts/unknown_function.dat"


def given(name):
    return (DELIVERIES / name).read_bytes()


def accepted(desk, *names):
    """The files taken in but not loaded; gives the ids of the deliveries."""
    for name in names:
        desk.put(Path(name).name, given(name))
    return [outcome.delivery_id for outcome in take_in(
        desk.connection, desk.home, waiting_files(desk.home), DEMO_CLOCK)]


def findings(desk):
    return rows(desk.connection, "SELECT rule_id, level, line_numbers, delivery_id FROM findings.delivery_finding "
                "WHERE rule_id = 'R010' ORDER BY ALL")


@pytest.mark.parametrize(("name", "table", "count"), [(name, *expected) for name, expected in FILES.items()])
def test_every_source_goes_into_its_raw_table_with_its_delivery(desk, name, table, count):
    (delivery,) = accepted(desk, name)
    assert load_delivery(desk.connection, desk.home, delivery) == count
    assert rows(desk.connection, f"SELECT count(*), min(delivery_id), max(delivery_id) FROM raw.{table}") == [
        (count, delivery, delivery)]


def test_each_line_of_accounts_stands_as_it_was_delivered(desk):
    (delivery,) = accepted(desk, "kostra_accounts/innocent.dat")
    load_delivery(desk.connection, desk.home, delivery)
    assert rows(desk.connection, "SELECT line_number, region_code, account_class, function_code, species_code, "
                "amount_thousand_nok FROM raw.kostra_accounts_line WHERE line_number IN (1, 7, 21) ORDER BY 1") == [
        (1, "201200", "1", "244", "010", 2000.0), (7, "201200", "1", "252", "710", -50.0),
        (21, "201200", "0", "880", "970", -100.0)]


def test_a_delivery_loaded_again_stands_once(desk):
    (delivery,) = accepted(desk, UNKNOWN_FUNCTION)
    counts = []
    for _ in range(2):
        load_delivery(desk.connection, desk.home, delivery)
        counts.append((one(desk.connection, "SELECT count(*) FROM raw.kostra_accounts_line"), findings(desk)))
    assert counts == [(21, [("R010", "feil", "9", delivery)])] * 2


def test_a_delivery_loaded_again_leaves_the_others_alone(desk):
    first, second = accepted(desk, "kostra_accounts/innocent.dat", UNKNOWN_FUNCTION)
    for delivery in (first, second, first):
        load_delivery(desk.connection, desk.home, delivery)
    counts = dict(rows(desk.connection, "SELECT delivery_id, count(*) FROM raw.kostra_accounts_line GROUP BY 1"))
    assert counts == {first: 21, second: 21}
    assert findings(desk) == [("R010", "feil", "9", second)]


def test_a_load_that_fails_halfway_leaves_what_was_there(desk, monkeypatch):
    (delivery,) = accepted(desk, UNKNOWN_FUNCTION)
    load_delivery(desk.connection, desk.home, delivery)
    before = (rows(desk.connection, "FROM raw.kostra_accounts_line ORDER BY ALL"), findings(desk))
    with monkeypatch.context() as patch:
        patch.setattr(raw_loading, "finding_rows", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load_delivery(desk.connection, desk.home, delivery)
    assert (rows(desk.connection, "FROM raw.kostra_accounts_line ORDER BY ALL"), findings(desk)) == before


ALL_LINES = ("SELECT line.* EXCLUDE (delivery_id), file_name FROM raw.kostra_accounts_line AS line "
             "INNER JOIN register.delivery USING (delivery_id) ORDER BY delivery_id, line_number")
ODD_LINES = {
    "crlf.dat": b"0A2018 201200" + b" " * 18 + b"12\x855 010      -50\r\n",
    "blank_lines.dat": b"\r\n\n0A2017 201200" + b" " * 18 + b"1252 010        7\n\n0A2017 201200" + b" " * 18
                       + b"1252 9\xe6x        1",
}
"""Line ends, empty lines, letters beyond ASCII, a last line without an end."""


def test_deliveries_loaded_together_give_what_they_give_one_by_one(desk, monkeypatch):
    for name, content in ODD_LINES.items():
        desk.put(name, content)
    deliveries = accepted(desk, "kostra_accounts/innocent.dat", UNKNOWN_FUNCTION, "grants/known_grant_names.csv")
    queries = (ALL_LINES, "SELECT * FROM findings.delivery_finding ORDER BY ALL", "FROM raw.grants_line")
    alone = sum(load_delivery(desk.connection, desk.home, delivery) for delivery in deliveries)
    before = [rows(desk.connection, query) for query in queries]
    assert [row[-1] for row in before[0]].count("blank_lines.dat") == 2
    assert {"9æx", "2\x855"} <= {code for row in before[0] for code in row[8:10]}
    for bytes_in_hand in (1, 1500, raw_loading.BYTES_IN_HAND):
        monkeypatch.setattr(raw_loading, "BYTES_IN_HAND", bytes_in_hand)
        assert load_deliveries(desk.connection, desk.home, [*reversed(deliveries), deliveries[0]]) == alone
        assert [rows(desk.connection, query) for query in queries] == before


def test_when_one_original_is_gone_none_of_those_asked_for_is_loaded_and_what_was_there_stands(desk):
    first, second = accepted(desk, "kostra_accounts/innocent.dat", UNKNOWN_FUNCTION)
    load_delivery(desk.connection, desk.home, first)
    before = rows(desk.connection, ALL_LINES), findings(desk)
    stored_deliveries(desk.connection, desk.home, [second])[0].path.unlink()
    with pytest.raises(FileNotFoundError):
        load_deliveries(desk.connection, desk.home, [first, second])
    assert (rows(desk.connection, ALL_LINES), findings(desk)) == before
    assert not_loaded(desk.connection) == [second]


def test_an_original_that_was_changed_in_store_stops_the_loading_with_its_reason(desk):
    first, second = accepted(desk, "kostra_accounts/innocent.dat", UNKNOWN_FUNCTION)
    stored = stored_deliveries(desk.connection, desk.home, [second])[0].path
    stored.write_bytes(given("kostra_accounts/line_of_47_characters.dat"))
    with pytest.raises(DeliveryRefused) as refused:
        load_deliveries(desk.connection, desk.home, [first, second])
    assert [(finding.rule_id, finding.file) for finding in refused.value.findings] == [("R001", "unknown_function.dat")]
    assert not_loaded(desk.connection) == [first, second]


def test_rows_can_be_loaded_without_being_judged(desk):
    (delivery,) = accepted(desk, UNKNOWN_FUNCTION)
    with transaction(desk.connection):
        count, found = load_rows(desk.connection, stored_deliveries(desk.connection, desk.home, [delivery]))
    assert (count, found, findings(desk)) == (21, {}, [])
    assert one(desk.connection, "SELECT count(*) FROM raw.kostra_accounts_line") == 21


def test_nothing_to_load_loads_nothing(desk):
    assert load_deliveries(desk.connection, desk.home, []) == 0


def test_what_is_accepted_but_not_loaded_is_known_oldest_first(desk):
    first, second, third = accepted(desk, "grants/known_grant_names.csv", "kostra_accounts/innocent.dat",
                                    "kostra_accounts/line_of_47_characters.dat")
    assert not_loaded(desk.connection) == [first, second]
    load_delivery(desk.connection, desk.home, first)
    assert not_loaded(desk.connection) == [second]
    load_delivery(desk.connection, desk.home, second)
    assert not_loaded(desk.connection) == [] and third not in (first, second)


def test_the_readers_own_findings_are_kept_with_the_delivery(desk):
    (delivery,) = accepted(desk, "ledger/supplier_with_wrong_check_digit.csv")
    load_delivery(desk.connection, desk.home, delivery)
    assert rows(desk.connection, "SELECT rule_id, stem, file_name, delivery_id FROM findings.delivery_finding "
                "WHERE rule_id = 'F10'") == [("F10", "ledger", "supplier_with_wrong_check_digit.csv", delivery)]


def test_the_same_finding_twice_in_a_delivery_is_one_row():
    def finding(line, message):
        return Finding("R010", "feil", message, source="kostra_accounts", line_numbers=(line,))

    found = finding_rows([finding(3, "først"), finding(3, "igjen"), finding(4, "en annen")], "kostra_accounts", 7)
    assert [(row["line_numbers"], row["delivery_id"], row["stem"]) for row in found] == [
        ("3", 7, "kostra_accounts"), ("4", 7, "kostra_accounts")]


def test_a_finding_without_lines_or_source_takes_the_deliverys_source():
    (row,) = finding_rows([Finding("F01", "kritisk_feil", "tom", cell="a.dat")], "ledger", None)
    assert (row["stem"], row["line_numbers"], row["delivery_id"], row["state"]) == ("ledger", None, None, "åpen")
