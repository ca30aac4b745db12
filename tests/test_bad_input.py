"""Bad input, from the file in the inbox to the number on the way out: named, set aside, and no one else's trouble.

Files stand in `tests/deliveries`, each named after its one fault; whole files are the demo's own with one change.
"""

import hashlib
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assets.findings import gather_findings
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse.database import copy_in_memory, records, rows

pytestmark = pytest.mark.house

DELIVERIES = Path(__file__).parent / "deliveries"
WITH_TRIAL = "trial_cost=included"

REFUSED = {  # file, sender's folder: source, rule, what the message says after the file's name
    ("kostra_accounts/line_of_47_characters.dat", "2012"): ("kostra_accounts", "R001", ": linje 4 har 47 tegn"),
    ("kostra_accounts/tab_in_place_of_spaces.dat", "2012"): ("kostra_accounts", "R001", ": linje 4 har tabulator"),
    ("kostra_accounts/innocent.dat", "0729"): (
        "kostra_accounts", "A01", ": filen gjelder 2012, men lå i mappen til 0729"),
    ("kostra_accounts/municipality_outside_the_trial.dat", ""): (
        "kostra_accounts", "A02", ": kommune 0301 er ikke en forsøkskommune i 2018"),
    ("kostra_accounts/wrong_year_inside.dat", "2012"): ("kostra_accounts", "R004", ": linje 5 har årgang 2017"),
    ("kostra_accounts/year_not_over.dat", "2012"): ("kostra_accounts", "R004", ": årgangen 2019 er ikke avsluttet"),
    ("kostra_accounts/balance_0b.dat", "2012"): (
        "kostra_accounts", "R003", ": linje 1, 2, 3, 4, 5 og 1 til er skjema 0B"),
    ("kostra_accounts/quarterly_accounts.dat", "2012"): (
        "kostra_accounts", "R005", ": linje 1, 2, 3, 4, 5 og 16 til er kvartalsregnskap"),
    ("kostra_accounts/empty.dat", "2012"): (None, "F01", ": filen er tom"),
    ("ledger/without_project_column.csv", "2012"): ("ledger", "VR27", ", overskriften: kolonnen «prosjekt» mangler"),
    ("supplier_invoices/unknown_measure_type.csv", "2012"): (
        "supplier_invoices", "F04", ", linje 3, kolonne «tiltakstype»: fant «instutisjon»"),
    ("supplier_invoices/period_over_the_turn_of_the_year.csv", "2012"): (
        "supplier_invoices", "F21", ", linje 3: perioden 01.12.2018–31.01.2019 går over et årsskifte"),
    ("supplier_invoices/same_stay_twice.csv", "2012"): (
        "supplier_invoices", "F15", ", linje 4: oppholdet etter avtale «A-1» på faktura «F1» står også på linje 2"),
    ("grants/unknown_grant_name.csv", ""): ("grants", "A03", ": linje 3: tilskuddet «kompensasjonn» er ukjent"),
    ("population/unknown_region.json", ""): ("population", "F13", ", value[4]: regionen «9999» finnes ikke"),
    ("kostra_statistics/unknown_region.json", ""): (
        "kostra_statistics", "F13", ", value[6]: regionen «EKG99» finnes ikke"),
    ("kostra_statistics/truncated.json", ""): ("kostra_statistics", "F07", ": JSON-teksten er brutt ved linje 50"),
    ("bufetat/post_3885_60.csv", ""): (
        "bufetat", "VR44", ", linje 3, kolonne «post»: fant «3885.60», som ikke er en post i kapittel 0855 eller 3855. "
        "Skriv 3855.60"),
    ("bufetat/quarter_in_place_of_tertial.csv", ""): (
        "bufetat", "VR43", ", linje 2, kolonne «tertial»: fant «K1», som ikke er et tertial."),
    ("bufetat/without_unit.csv", ""): ("bufetat", "VR45", ", linje 4, kolonne «enhet»: feltet er tomt."),
    ("bufetat/region_of_another_municipality.csv", ""): (
        "bufetat", "F13", ", linje 2: kommune 2012 hører til Bufetat region nord"),
    ("surveys/more_answers_than_people.csv", ""): (
        "surveys", "F20", ", linje 3, kolonne «antall»: 53 ga svaret, men bare 49 svarte"),
    ("supervision/date_that_does_not_exist.csv", ""): (
        "supervision", "F05", ", linje 3, kolonne «dato»: fant «31.04.2019»"),
    ("unknown_form/letter.txt", "2012"): (None, "F00", ": formen er ukjent"),
}
EACH_REFUSED = [(name, folder, *expected) for (name, folder), expected in REFUSED.items()]
CORRECTED = {
    "kostra_accounts": ("kostra_accounts/innocent.dat", "2012"), "ledger": ("ledger/innocent.csv", "2012"),
    "grants": ("grants/known_grant_names.csv", ""), "population": ("population/innocent.json", ""),
    "kostra_statistics": ("kostra_statistics/innocent.json", ""), "bufetat": ("bufetat/innocent.csv", ""),
    "surveys": ("surveys/innocent.csv", ""), "supervision": ("supervision/innocent.csv", ""),
    "supplier_invoices": ("supplier_invoices/innocent.csv", "2012"),
}


def given(name):
    return (DELIVERIES / name).read_bytes()


def in_folder(folder, name):
    return f"{folder}/{Path(name).name}".removeprefix("/")


def with_one_line_of_47_characters(content):
    """The first line lacks one of its blanks."""
    return content.replace(b" ", b"", 1)


def with_a_thousand_more_on_252(content):
    """The first line of residential care's wages or purchases is a million kroner larger."""
    lines = content.decode("latin-1").split("\n")
    at = next(number for number, line in enumerate(lines) if line[31:36] == "1252 ")
    lines[at] = f"{lines[at][:39]}{int(lines[at][39:]) + 1000:>9}"
    return "\n".join(lines).encode("latin-1")


def let_settle(folder):
    """What two seconds of waiting does to files that nobody writes to."""
    for path in folder.rglob("*"):
        os.utime(path, (DEMO_CLOCK.timestamp(), DEMO_CLOCK.timestamp()))


def refusals_in_force(desk):
    gather_findings(desk.connection)
    return rows(desk.connection, "SELECT finding.level, finding.file_name, message FROM findings.finding "
                "INNER JOIN register.delivery ON delivery.delivery_id = finding.delivery_id "
                "WHERE delivery_state = 'refused'")


def printed(capsys, *arguments):
    """The exit code of a command, and what it printed as JSON."""
    code = main([str(argument) for argument in arguments])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("name", "folder", "stem", "rule_id", "text"), EACH_REFUSED)
def test_a_bad_file_is_refused_by_name_and_place_and_kept_in_quarantine(desk, name, folder, stem, rule_id, text):
    content = given(name)
    desk.put(in_folder(folder, name), content)
    (outcome,) = desk.take_in()
    first = outcome.findings[0]
    assert (outcome.state, outcome.stem, first.rule_id, first.level) == ("refused", stem, rule_id, "kritisk_feil")
    assert first.message.startswith(Path(name).name + text)
    quarantine = desk.home.quarantine / hashlib.sha256(content).hexdigest()
    assert (quarantine / Path(name).name).read_bytes() == content
    reason = json.loads((quarantine / "reason.json").read_bytes())
    assert reason["reasons"][0]["message"] == first.message and reason["file"] == Path(name).name
    (row,) = records(desk.connection, "SELECT delivery_state, stem, sender_code, reason FROM register.delivery")
    assert (row["delivery_state"], row["stem"], row["sender_code"]) == ("refused", stem, folder or None)
    assert row["reason"].split("\n")[0] == first.message


def test_every_refusal_is_a_finding_until_a_good_file_comes_under_its_name(desk):
    """Each bad file under a name of its own; then the good one of its source, where its folder is the right one."""
    for name, folder in REFUSED:
        desk.put(in_folder(folder, name.replace("/", "_")), given(name))
    desk.take_in()
    desk.build()
    found = {file_name: (level, message) for level, file_name, message in refusals_in_force(desk)}
    assert set(found) == {name.replace("/", "_") for name, _ in REFUSED}
    assert all(found[name.replace("/", "_")][0] == "kritisk_feil" and text in found[name.replace("/", "_")][1]
               for (name, _), (_, _, text) in REFUSED.items())

    day, corrected = DEMO_CLOCK, set()
    for (name, folder), (stem, _, _) in REFUSED.items():
        good, rightful_folder = CORRECTED[stem or "kostra_accounts"]
        if folder == rightful_folder:
            day, corrected = day + timedelta(days=1), corrected | {name.replace("/", "_")}
            desk.put(in_folder(folder, name.replace("/", "_")), given(good))
            assert {outcome.state for outcome in desk.take_in(day)} <= {"accepted", "duplicate"}
    desk.build(day)
    assert len(corrected) > 10
    assert {file_name for _, file_name, _ in refusals_in_force(desk)} == set(found) - corrected


def test_the_old_file_sent_again_lifts_the_refusal_too(desk):
    for content in (given("rates/innocent.csv"), b"", given("rates/innocent.csv")):
        desk.put("satser.csv", content)
        desk.take_in()
    desk.build()
    assert refusals_in_force(desk) == []


def test_a_corrected_file_from_another_sender_does_not_lift_the_refusal(desk):
    desk.put("2012/satser.csv", b"")
    desk.take_in()
    desk.put("satser.csv", given("rates/innocent.csv"))
    desk.take_in()
    desk.build()
    assert [file_name for _, file_name, _ in refusals_in_force(desk)] == ["satser.csv"]


def test_two_municipalities_refused_files_of_one_name_are_two_findings_each_with_its_unit(desk):
    for folder in ("2012", "0722", "0723"):
        desk.put(f"{folder}/regnskap.dat", b"")
    desk.take_in()
    desk.build()
    gather_findings(desk.connection)
    assert rows(desk.connection, "SELECT unit_code, rule_id, file_name FROM findings.finding WHERE level = 'kritisk_feil' "
                "ORDER BY ALL") == [
        ("0729", "F01", "regnskap.dat"), ("0729", "F01", "regnskap.dat"), ("2012", "F01", "regnskap.dat")]


def test_accounts_delivered_before_the_year_is_over_are_taken_in_when_it_is(desk):
    states = []
    for now in (datetime(2019, 12, 31), datetime(2020, 1, 1)):
        desk.put("2012/regnskap.dat", given("kostra_accounts/year_not_over.dat"))
        states += [outcome.state for outcome in desk.take_in(now)]
    assert states == ["refused", "accepted"]


def test_an_unknown_function_is_a_finding_by_its_line_and_the_file_is_taken_in(desk):
    desk.put("2012/regnskap.dat", given("kostra_accounts/unknown_function.dat"))
    assert [outcome.state for outcome in desk.take_in()] == ["accepted"]
    desk.build()
    gather_findings(desk.connection)
    ((level, file_name, line, message),) = rows(
        desk.connection, "SELECT level, file_name, line_numbers, message FROM findings.finding WHERE rule_id = 'R010'")
    assert (level, file_name, line) == ("feil", "regnskap.dat", "9") and "999" in message


def test_an_innocent_file_of_each_source_has_no_refusal(desk):
    for name, folder in (*CORRECTED.values(), ("rates/innocent.csv", "")):
        desk.put(in_folder(folder, name), given(name))
        assert [outcome.state for outcome in desk.take_in()] == ["accepted"]
    desk.build()
    assert refusals_in_force(desk) == []


def test_status_as_string_array_and_object_are_taken_in_alike(desk):
    found = []
    for form in ("string", "array", "object"):
        desk.put("nokkeltall.json", given(f"kostra_statistics/status_as_{form}.json"))
        (outcome,) = desk.take_in()
        assert outcome.state == "accepted"
        found.append(rows(
            desk.connection, "SELECT region_code, key_figure_code, year, value, status_sign "
            "FROM raw.kostra_statistics_cell WHERE delivery_id = ? ORDER BY cell_number", [outcome.delivery_id]))
    assert found[0] == found[1] == found[2]
    assert [(value, sign) for *_, value, sign in found[0]] == [(None, ":")] * 6


def test_the_same_file_twice_changes_nothing_and_a_third_correction_is_the_newest_version(desk):
    content = given("kostra_accounts/innocent.dat")
    states = []
    for number, delivered in enumerate((content, content, with_a_thousand_more_on_252(content))):
        desk.put("2012/regnskap.dat", delivered)
        states += [outcome.state for outcome in desk.take_in(DEMO_CLOCK + timedelta(days=number))]
    desk.build(DEMO_CLOCK + timedelta(days=9))
    assert states == ["accepted", "duplicate", "accepted"]
    assert rows(desk.connection, "SELECT delivery_id, version FROM core.delivery_in_force") == [(3, 2)]


def test_a_corrected_file_gives_the_new_number_and_the_day_before_still_gives_the_old(demo_desk, demo_files):
    before = demo_desk.value("E2-01", "0729", "2018", WITH_TRIAL)
    demo_desk.put("0729/kostra_0A_2018.dat", with_a_thousand_more_on_252(demo_files["0729/kostra_0A_2018.dat"]))
    demo_desk.take_in(datetime(2019, 10, 15))
    found = {}
    for day in (14, 15):
        demo_desk.build(datetime(2019, 10, day))
        found[day] = demo_desk.value("E2-01", "0729", "2018", WITH_TRIAL)
    assert found[14] == before and found[15] == pytest.approx(before + 1.0, abs=1e-9)


def test_altas_bad_files_never_stop_faerder_and_the_corrected_one_works(
        copied_home, demo_files, monkeypatch, capsys, leave_out_dagster):
    """Two refreshes by the command: every bad file at once beside a good one, then the corrected file."""
    def drop(path, content):
        target = copied_home.inbox / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def cost(unit, *more):
        code, (value,) = printed(capsys, "indicators", "--home", copied_home.root, "--id", "G1-01", "--unit", unit,
                                 "--period", "2018", "--json", *more)
        assert code == 0
        return value["value"]

    before = {unit: cost(unit) for unit in ("2012", "0729")}
    for name, folder in REFUSED:
        drop(in_folder(folder, name.replace("/", "_")), given(name))
    alta = demo_files["2012/kostra_0A_2018.dat"]
    drop("2012/kostra_0A_2018.dat", with_one_line_of_47_characters(alta))
    drop("0729/kostra_0A_2018.dat", with_a_thousand_more_on_252(demo_files["0729/kostra_0A_2018.dat"]))

    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-15")
    monkeypatch.setattr("pipelines.refresh.time.sleep", lambda seconds: let_settle(copied_home.inbox))
    code, outcomes = printed(capsys, "refresh", "--home", copied_home.root, "--json")
    assert code == 11
    assert sorted(outcome["state"] for outcome in outcomes) == ["accepted"] + ["refused"] * (len(REFUSED) + 1)
    assert all(outcome["file_name"] in outcome["messages"][0] for outcome in outcomes if outcome["state"] == "refused")
    assert cost("0729") == pytest.approx(before["0729"] + 1.0) and cost("2012") == before["2012"]

    leave_out_dagster()
    drop("2012/kostra_0A_2018.dat", with_a_thousand_more_on_252(alta))
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-16")
    assert main(["refresh", "--home", str(copied_home.root), "--quiet"]) == 0
    capsys.readouterr()
    assert cost("2012") == pytest.approx(before["2012"] + 1.0)
    assert cost("0729", "--as-of", "2019-10-14") == before["0729"]
    assert cost("0729", "--as-of", "2019-10-15") == pytest.approx(before["0729"] + 1.0)
    assert cost("2012", "--as-of", "2019-10-15") == before["2012"]
    with copy_in_memory(copied_home) as connection:
        open_refusals = {name for (name,) in rows(
            connection, "SELECT delivery.file_name FROM findings.finding "
            "INNER JOIN register.delivery ON delivery.delivery_id = finding.delivery_id WHERE delivery_state = 'refused'")}
    assert open_refusals == {name.replace("/", "_") for name, _ in REFUSED}
