"""`folgeeval diff`: what a correction changed, cell by cell, whatever the source and wherever the lines moved."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.build import rebuild
from assets.delivery_diff import _left_over
from assets.intake import take_in, waiting_files
from assets.raw_loading import load_deliveries, not_loaded
from pipelines.command_line import main
from warehouse.database import take_snapshot, writing
from warehouse.home import Home

DELIVERIES = Path(__file__).parents[1] / "deliveries"
ACCOUNTS = (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes()
LEDGER = (DELIVERIES / "ledger" / "innocent.csv").read_text()
POPULATION = json.loads((DELIVERIES / "population" / "innocent.json").read_text())
GRANTS = "kommunenr;aar;tilskudd;beloep_1000kr;engang\n2012;2018;kompensasjon;{};nei\n"


def corrected_accounts() -> bytes:
    """One line more at the top, the first amount raised by a hundred, the last line gone."""
    lines = ACCOUNTS.decode().splitlines()
    first = f"{lines[0][:39]}{int(lines[0][39:]) + 100:>9}"
    extra = f"{lines[0][:32]}999 {lines[0][36:39]}{7:>9}"
    return "\n".join([extra, first, *lines[1:-1], ""]).encode()


def corrected_population() -> bytes:
    cube = json.loads(json.dumps(POPULATION))
    cube["value"][0] += 3
    return json.dumps(cube).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Each file, and a month later its correction."""
    home = Home(tmp_path_factory.mktemp("home"))
    rounds = [
        {"2012/regnskap.dat": ACCOUNTS, "2012/hovedbok.csv": LEDGER.encode(), "tilskudd.csv": GRANTS.format(25500).encode(),
         "folk.json": json.dumps(POPULATION).encode()},
        {"2012/regnskap.dat": corrected_accounts(), "2012/hovedbok.csv": LEDGER.replace("52 000,00", "25 000,00").encode(),
         "tilskudd.csv": GRANTS.format(26000).encode(), "folk.json": corrected_population()}]
    for month, files in enumerate(rounds, 5):
        for name, content in files.items():
            path = home.inbox / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            os.utime(path, (0, 0))
        with writing(home) as connection:
            outcomes = list(take_in(connection, home, waiting_files(home), datetime(2019, month, 1)))
            assert {outcome.state for outcome in outcomes} == {"accepted"}, outcomes
            load_deliveries(connection, home, not_loaded(connection))
            rebuild(connection, datetime(2019, month, 1))
    take_snapshot(home)
    return home


def listed(home, capsys, *arguments):
    assert main(["deliveries", "--home", str(home.root), "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def diff_of(home, capsys, source):
    newest = max(delivery["delivery_id"] for delivery in listed(home, capsys, "--source", source))
    assert main(["diff", str(newest), "--home", str(home.root), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_line_put_in_first_is_one_new_line_and_changes_nothing_below_it(home, capsys):
    lines = ACCOUNTS.decode().splitlines()
    found = diff_of(home, capsys, "kostra_accounts")
    told = {change["kind"]: change for change in found}
    assert len(found) == 3
    amount = int(lines[0][39:])
    assert (told["changed"]["old"], told["changed"]["new"], told["changed"]["difference"]) == (amount, amount + 100, 100)
    assert (told["changed"]["old_place"]["line"], told["changed"]["new_place"]["line"]) == (1, 2)
    assert (told["added"]["keys"]["function_code"], told["added"]["new"], told["added"]["new_place"]["line"]) == ("999", 7, 1)
    assert (told["removed"]["old"], told["removed"]["old_place"]["line"]) == (int(lines[-1][39:]), len(lines))


def test_a_corrected_voucher_is_one_changed_amount_with_its_difference(home, capsys):
    (change,) = diff_of(home, capsys, "ledger")
    assert (change["keys"]["voucher_number"], change["column"], change["old"], change["new"], change["difference"]) == (
        "B1", "amount_nok", 52000, 25000, -27000)


def test_a_corrected_cell_of_a_data_set_is_told_by_its_place(home, capsys):
    (change,) = diff_of(home, capsys, "population")
    assert (change["column"], change["difference"], change["new_place"]["cell"]) == ("value", 3, "value[0]")


def test_deliveries_tells_version_scope_and_how_much_changed(home, capsys):
    first, second = listed(home, capsys, "--source", "kostra_accounts")
    assert (first["version"], first["changes"], second["version"]) == (1, None, 2)
    assert second["changes"] == {"changed": 1, "added": 1, "removed": 1}
    assert second["scope"] == [{"unit_code": "2012", "period": "2018", "dataset_code": "", "version": 2}]
    assert (home.root / second["kept_in"] / "regnskap.dat").read_bytes() == corrected_accounts()


@pytest.mark.parametrize(("arguments", "sources"), [
    (["--unit", "2012", "--period", "2018", "--source", "ledger"], {"ledger"}), (["--state", "refused"], set()),
    (["--source", "grants"], {"grants"}), (["--unit", "9999"], set())])
def test_deliveries_shows_only_what_is_asked_for(home, capsys, arguments, sources):
    assert {delivery["source"] for delivery in listed(home, capsys, *arguments)} == sources


def test_as_text_the_counts_come_first_and_then_one_line_a_change(home, capsys):
    newest = max(delivery["delivery_id"] for delivery in listed(home, capsys, "--source", "grants"))
    assert main(["diff", str(newest), "--home", str(home.root)]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.endswith(": 1 endret")
    assert "endret 2012 2018  kompensasjon" in line and "25\u00a0500 → 26\u00a0000 (+500)" in line and "[linje 2]" in line


@pytest.mark.parametrize(("arguments", "says"), [
    (["999"], "er ikke en godtatt leveranse"), (["1"], "den første versjonen"), (["5", "2"], "gjelder ikke det samme")])
def test_what_cannot_be_compared_is_said(home, capsys, arguments, says):
    assert main(["diff", *arguments, "--home", str(home.root)]) == 2
    assert says in capsys.readouterr().err


ROWS = st.lists(st.fixed_dictionaries({"line_number": st.integers(1, 9), "a": st.integers(0, 2), "b": st.integers(0, 1)}))


@given(ROWS, ROWS)
def test_what_is_left_of_two_versions_is_their_difference_as_multisets(old, new):
    gone, come = _left_over(old, new)

    def bag(rows):
        return sorted((row["a"], row["b"]) for row in rows)

    assert sorted(bag(old) + bag(come)) == sorted(bag(new) + bag(gone))
    assert not {(row["a"], row["b"]) for row in gone} & {(row["a"], row["b"]) for row in come}
