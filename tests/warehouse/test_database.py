"""The door to DuckDB: writers, readers, and tables that are replaced whole or not at all."""

import shutil

import pyarrow as pa
import pytest

from warehouse.arrow import arrow_table
from warehouse.contracts import BY_NAME, FIXED_TABLES
from warehouse.database import (
    MEGABYTES_A_THREAD,
    ConstraintBroken,
    NoWarehouse,
    OlderHome,
    append,
    append_stream,
    arrow,
    copy_in_memory,
    ensure_tables,
    in_memory,
    one,
    reading,
    reading_live,
    records,
    replace_with_select,
    rows,
    take_snapshot,
    transaction,
    writing,
)
from warehouse.home import Home

UNIT = BY_NAME["reference.unit"]
ALTA = ("SELECT '2012' AS unit_code, 'municipality' AS unit_type, 'Alta' AS unit_name, NULL AS kostra_group_code, "
        "2021 AS last_trial_year, NULL AS bufetat_region_code")


@pytest.fixture
def connection():
    with in_memory() as opened:
        yield opened


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def test_a_warehouse_in_memory_has_every_fixed_table(connection):
    present = set(rows(connection, "SELECT table_schema || '.' || table_name FROM information_schema.tables"))
    assert present == {(contract.full_name,) for contract in FIXED_TABLES}


def test_tables_that_are_there_keep_their_rows(connection):
    replace_with_select(connection, UNIT, ALTA)
    ensure_tables(connection)
    assert one(connection, "SELECT unit_name FROM reference.unit") == "Alta"


def test_a_table_that_is_lacking_is_made(connection):
    connection.execute("DROP TABLE reference.unit")
    ensure_tables(connection)
    assert one(connection, "SELECT count(*) FROM reference.unit") == 0


def test_a_table_made_from_a_select_has_its_rows_and_tells_how_many(connection):
    assert replace_with_select(connection, UNIT, ALTA) == 1
    assert replace_with_select(connection, UNIT, f"{ALTA} WHERE FALSE -- ingen") == 0
    assert one(connection, "SELECT count(*) FROM reference.unit") == 0


def test_columns_are_taken_by_name_not_by_place(connection):
    turned = ("SELECT unit_name, bufetat_region_code, last_trial_year, kostra_group_code, unit_type, unit_code, 1 AS extra "
              f"FROM ({ALTA})")
    replace_with_select(connection, UNIT, turned)
    assert rows(connection, "SELECT * FROM reference.unit") == [("2012", "municipality", "Alta", None, 2021, None)]


@pytest.mark.parametrize("broken", [
    ALTA.replace("'municipality'", "'fylke'"),      # not a unit type
    ALTA.replace("'Alta'", "NULL"),                 # a unit without a name
])
def test_a_row_that_breaks_the_contract_leaves_the_old_table_standing(connection, broken):
    replace_with_select(connection, UNIT, ALTA)
    with pytest.raises(ConstraintBroken):
        replace_with_select(connection, UNIT, f"{ALTA.replace('2012', '0627')} UNION ALL {broken}")
    assert rows(connection, "SELECT unit_code FROM reference.unit") == [("2012",)]


def test_a_select_that_does_not_run_leaves_the_old_table_and_the_connection_usable(connection):
    replace_with_select(connection, UNIT, ALTA)
    with pytest.raises(Exception, match="no_such_table"):
        replace_with_select(connection, UNIT, "SELECT * FROM no_such_table")
    assert one(connection, "SELECT count(*) FROM reference.unit") == 1
    assert replace_with_select(connection, UNIT, ALTA) == 1


def unit_rows(*names: str) -> pa.Table:
    return arrow_table(UNIT, [{"unit_code": f"{number:04}", "unit_type": "municipality", "unit_name": name,
                               "kostra_group_code": None, "last_trial_year": 2021, "bufetat_region_code": None}
                              for number, name in enumerate(names)])


def test_appended_rows_come_after_those_that_were_there(connection):
    append(connection, UNIT, unit_rows("Alta"))
    append(connection, UNIT, unit_rows("Færder", "Røyken").select(reversed(UNIT.column_names)))
    assert rows(connection, "SELECT unit_name FROM reference.unit") == [("Alta",), ("Færder",), ("Røyken",)]


def test_rows_that_break_the_contract_are_all_refused_when_appended(connection):
    good, bad = unit_rows("Alta"), unit_rows("Færder").set_column(1, "unit_type", pa.array(["fylke"]))
    with pytest.raises(ConstraintBroken):
        append(connection, UNIT, pa.concat_tables([good, bad]))
    assert one(connection, "SELECT count(*) FROM reference.unit") == 0
    append(connection, UNIT, good)
    assert one(connection, "SELECT count(*) FROM reference.unit") == 1


def test_a_stream_of_tables_is_appended_in_order_and_counted(connection):
    turned = unit_rows("Færder", "Røyken").select(reversed(UNIT.column_names))
    assert append_stream(connection, UNIT, iter([unit_rows("Alta"), turned, unit_rows()])) == 3
    assert append_stream(connection, UNIT, iter([])) == 0
    assert rows(connection, "SELECT unit_name FROM reference.unit") == [("Alta",), ("Færder",), ("Røyken",)]


def test_a_stream_with_a_row_that_breaks_the_contract_is_refused_whole(connection):
    bad = unit_rows("Færder").set_column(1, "unit_type", pa.array(["fylke"]))
    with pytest.raises(ConstraintBroken):
        append_stream(connection, UNIT, iter([unit_rows("Alta"), bad, unit_rows("Røyken")]))
    assert one(connection, "SELECT count(*) FROM reference.unit") == 0
    assert append_stream(connection, UNIT, iter([unit_rows("Alta")])) == 1


@pytest.mark.parametrize("failure", [KeyError("nøkkel"), FileNotFoundError("borte.dat"), KeyboardInterrupt()])
def test_what_stops_a_stream_is_raised_as_it_was_and_nothing_is_appended(connection, failure):
    def tables():
        yield unit_rows("Alta")
        raise failure

    with pytest.raises(type(failure)) as stopped:
        append_stream(connection, UNIT, tables())
    assert stopped.value is failure
    assert one(connection, "SELECT count(*) FROM reference.unit") == 0
    assert append_stream(connection, UNIT, iter([unit_rows("Alta")])) == 1


def test_what_is_written_in_a_transaction_stands_when_it_ends_well_only(connection):
    with transaction(connection):
        append(connection, UNIT, unit_rows("Alta"))
    for failure in (ZeroDivisionError, KeyboardInterrupt):
        with pytest.raises(failure), transaction(connection):
            append(connection, UNIT, unit_rows("Færder"))
            raise failure
    assert rows(connection, "SELECT unit_name FROM reference.unit") == [("Alta",)]


def test_rows_that_break_the_contract_inside_a_transaction_are_told_as_such(connection):
    bad = unit_rows("Færder").set_column(1, "unit_type", pa.array(["fylke"]))
    for append_them in (lambda: append(connection, UNIT, bad), lambda: append_stream(connection, UNIT, iter([bad]))):
        with pytest.raises(ConstraintBroken), transaction(connection):
            append_them()
    assert one(connection, "SELECT count(*) FROM reference.unit") == 0


def test_what_a_writer_may_hold_in_memory_is_bounded_by_its_threads(home):
    with writing(home) as connection:
        threads, bound = rows(connection, "SELECT current_setting('threads'), current_setting('memory_limit')")[0]
        connection.execute(f"SET memory_limit = '{threads * MEGABYTES_A_THREAD}MB'")
        assert one(connection, "SELECT current_setting('memory_limit')") == bound
        connection.execute(f"SET memory_limit = '{threads * MEGABYTES_A_THREAD + 1}MB'")
        assert one(connection, "SELECT current_setting('memory_limit')") != bound


def test_a_query_gives_rows_records_one_value_or_arrow_with_parameters(connection):
    replace_with_select(connection, UNIT, ALTA)
    query = "SELECT unit_code, unit_name FROM reference.unit WHERE unit_code = ?"
    assert rows(connection, query, ["2012"]) == [("2012", "Alta")]
    assert records(connection, query, ["2012"]) == [{"unit_code": "2012", "unit_name": "Alta"}]
    assert records(connection, query, ["0627"]) == []
    assert arrow(connection, query, ["2012"]).to_pylist() == [{"unit_code": "2012", "unit_name": "Alta"}]
    assert one(connection, "SELECT count(*) FROM reference.unit") == 1


def test_reading_a_home_without_a_refresh_says_what_to_do(home):
    with pytest.raises(NoWarehouse, match="folgeeval refresh"), reading(home):
        pass
    assert not home.snapshot.exists()


def test_what_is_written_is_there_when_the_home_is_opened_again(home):
    with writing(home) as connection:
        replace_with_select(connection, UNIT, ALTA)
    with writing(home) as connection:
        assert one(connection, "SELECT unit_name FROM reference.unit") == "Alta"


def test_the_warehouse_is_closed_and_unlocked_after_a_fault(home):
    with pytest.raises(ZeroDivisionError), writing(home) as connection:
        replace_with_select(connection, UNIT, f"SELECT * FROM ({ALTA}) WHERE {1 // 0}")
    with writing(home, wait_seconds=0) as connection:
        assert one(connection, "SELECT count(*) FROM reference.unit") == 0


def test_a_reader_cannot_change_the_snapshot(home):
    take_snapshot(home)
    with reading(home) as connection, pytest.raises(Exception, match="read-only"):
        connection.execute("DELETE FROM reference.unit")
    with reading(home) as connection:
        assert one(connection, "SELECT count(*) FROM reference.unit") == 0


def test_the_warehouse_itself_can_be_read_live_but_not_written_to(home):
    with pytest.raises(NoWarehouse, match="folgeeval refresh"), reading_live(home):
        pass
    with writing(home) as connection:
        connection.execute("INSERT INTO register.told VALUES ('2012', 'a', 'åpen', '2019-10-01')")
    content = home.database.read_bytes()
    with reading_live(home) as connection:
        assert rows(connection, "SELECT recipient FROM register.told") == [("2012",)]
        with pytest.raises(Exception, match="read-only"):
            connection.execute("DELETE FROM register.told")
    assert home.database.read_bytes() == content


@pytest.mark.parametrize("way_in", [writing, reading, reading_live, copy_in_memory])
def test_no_slow_query_draws_a_progress_bar_in_what_is_printed(home, way_in):
    with writing(home):
        pass
    take_snapshot(home)
    with way_in(home) as connection:
        assert one(connection, "SELECT current_setting('enable_progress_bar')") is False


@pytest.mark.parametrize("way_in", [writing, reading, reading_live])
def test_a_home_of_an_older_version_is_said_to_be_one_and_left_alone(tmp_path, way_in):
    home = Home(tmp_path / "home")
    with writing(home) as connection:
        connection.execute("ALTER TABLE register.delivery_scope DROP COLUMN dataset_code")
    shutil.copyfile(home.database, home.snapshot)
    before = home.database.read_bytes()
    with pytest.raises(OlderHome, match=r"register\.delivery_scope mangler dataset_code\. Flytt mappen"), way_in(home):
        pass
    assert home.database.read_bytes() == before


def test_a_table_that_is_made_anew_may_lack_a_column(tmp_path):
    home = Home(tmp_path / "home")
    with writing(home) as connection:
        connection.execute("ALTER TABLE core.form_value DROP COLUMN explanation")
    with writing(home) as connection:
        assert one(connection, "SELECT count(*) FROM core.form_value") == 0


def test_a_copy_of_a_snapshot_from_before_a_table_was_there_has_it_empty(tmp_path):
    home = Home(tmp_path / "home")
    with writing(home) as connection:
        connection.execute("DROP TABLE core.correction")
        connection.execute("INSERT INTO register.told VALUES ('2012', 'a', 'åpen', '2019-10-01')")
    shutil.copyfile(home.database, home.snapshot)
    with copy_in_memory(home) as connection:
        assert one(connection, "SELECT count(*) FROM core.correction") == 0
        assert rows(connection, "SELECT recipient FROM register.told") == [("2012",)]
