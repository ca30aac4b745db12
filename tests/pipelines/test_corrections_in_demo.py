"""Corrections of the demo's files, all the way: the number, its trace, the list, the finding, the mark on the release."""

import json
from datetime import datetime

import pytest

from assets.build import build_sql_table, rebuild, set_clock
from assets.corrections import HEADING, CorrectionsRefused, corrections_in_words, load_corrections
from assets.findings_in_force import findings_in_force
from assets.publication import release_of
from assets.sql_files import sql_tables
from pipelines.command_line import main
from pipelines.commands.corrections import as_text, listed
from pipelines.commands.trace import as_json
from pipelines.commands.trace import as_text as trace_text
from pipelines.fingerprint import fingerprint
from pipelines.refresh import refresh
from pipelines.progress import Progress
from pipelines.settings import DEMO_CLOCK
from pipelines.trace import trace
from warehouse.database import copy_in_memory, rows
from warehouse.home import Home

pytestmark = pytest.mark.house

GRANT = ("2019-001,grants,2012,2018,,grant_name={name},amount_thousand_nok,override,{amount},{corrected},"
         "Tilskuddet står feil i oversikten.,departementet,2019-09-20,,,evaluator,2019-09-15")
FORM = ("2019-002,tertial_reports,0627,2018-T3,,field_id={field},value,flag,{amount},,"
        "Kommunen har talt på en annen måte.,,,,,evaluator,2019-09-15")
DROPPED = ("2019-003,ledger,0729,2018,,line_number={line},amount_nok,drop,\"{amount}\",,"
           "Linjen er ført to ganger.,,,,,evaluator,2019-09-15")
LATE = "2019-004,grants,2012,2017,,line_number=1,amount_thousand_nok,override,1,2,Ukjent,,,,,evaluator,2019-10-02"


@pytest.fixture(scope="module")
def delivered(demo_home):
    """The delivered values that the corrections are for."""
    with copy_in_memory(demo_home) as connection:
        name, grant = rows(connection, "SELECT grant_name, amount_thousand_nok FROM raw.grants_line WHERE "
                           "municipality_code = '2012' AND year = 2018 AND NOT is_one_off")[0]
        field, flagged = rows(connection, "SELECT value.field_id, value.value FROM core.form_value AS value "
                              "INNER JOIN core.form_part AS part ON part.delivery_id = value.delivery_id "
                              "AND part.place_number = value.cell_number WHERE value.stem = 'tertial_reports' "
                              "AND value.unit_code = '0627' AND value.period = '2018-T3' AND value.value > 0 "
                              "AND part.role = 'numerator' ORDER BY 1")[0]
        line, amount = rows(connection, "SELECT line_number, amount_nok FROM core.ledger_line WHERE unit_code = '0729' "
                            "AND accounting_year = 2018 AND is_trial AND area_code IS NULL AND species_code = '010' "
                            "AND function_code = '285' ORDER BY 1")[0]
        yield {"name": name, "grant": grant, "field": field, "flagged": flagged, "line": line, "amount": amount}


@pytest.fixture(scope="module")
def corrected(demo_home, delivered, tmp_path_factory):
    """The demo with three corrections in force and one that nobody has recorded yet; its home and its connection."""
    home = Home(tmp_path_factory.mktemp("corrected_home"))
    comma = {name: str(value).replace(".", ",") for name, value in delivered.items()}
    write(home, GRANT.format(name=delivered["name"], amount=f'"{comma["grant"]}"', corrected="30000"),
          FORM.format(field=delivered["field"], amount=f'"{comma["flagged"]}"'),
          DROPPED.format(line=delivered["line"], amount=comma["amount"]), LATE)
    with copy_in_memory(demo_home) as connection:
        rebuild(connection, DEMO_CLOCK, home)
        yield home, connection


def write(home, *lines):
    home.corrections.write_text("\n".join([",".join(HEADING), *lines]) + "\n", encoding="utf-8")


def value(connection, indicator_id, unit_code, period, breakdown=""):
    return rows(connection, "SELECT value FROM marts.indicator_value WHERE (indicator_id, unit_code, period, breakdown) "
                "= (?, ?, ?, ?)", [indicator_id, unit_code, period, breakdown])[0][0]


def test_a_corrected_grant_is_the_number_and_its_trace_tells_both_values_and_why(corrected, delivered):
    _, connection = corrected
    [one] = trace(connection, "G1-03", "2012", "2018")
    [part] = one.parts
    assert (one.value, one.from_parts, part["delivered"], part["factor"]) == (30, 30, delivered["grant"], 0.001)
    [told] = part["corrections"]
    assert (told["correction_id"], told["corrected"], told["told_to"]) == ("2019-001", "30000", "departementet")
    assert f"levert {delivered['grant']:.0f}, rettet til 30000: Tilskuddet står feil i oversikten." in trace_text(one)
    assert as_json(one)["parts"][0]["received_on"] == "2019-10-01" and part["version"] == 1


def test_a_dropped_line_is_no_part_and_the_trace_says_it_was_taken_out(corrected, demo_home, delivered):
    _, connection = corrected
    [one] = [found for found in trace(connection, "G1-02", "0729", "2018") if found.breakdown == ""]
    with copy_in_memory(demo_home) as before:
        fell = value(before, "G1-02", "0729", "2018") - one.value
    assert fell == pytest.approx(float(delivered["amount"]) / 1e6) and one.from_parts == pytest.approx(one.value)
    assert "2019-003" in [dropped["correction_id"] for dropped in one.dropped]
    assert "tatt bort: ledger" in trace_text(one)


def test_a_mark_is_a_finding_that_touches_the_indicators_of_its_place(corrected):
    _, connection = corrected
    [finding] = [row for row in findings_in_force(connection) if row["rule_id"].startswith("RT")]
    assert (finding["rule_id"], finding["unit_code"], finding["period"]) == ("RT04", "0627", "2018-T3")
    assert finding["indicator_ids"] and finding["sheet"] and finding["cell"]


def test_the_list_tells_state_values_and_numbers_and_what_is_not_known_yet(corrected):
    home, connection = corrected
    found = {one["correction_id"]: one for one in listed(connection, home)}
    assert [one["state"] for one in found.values()] == ["in_force", "in_force", "in_force", "waiting"]
    assert "G1-03" in found["2019-001"]["indicator_ids"] and "G1-02" in found["2019-003"]["indicator_ids"]
    assert json.loads(json.dumps(list(found.values())))[0]["recorded_on"] == "2019-09-15"
    text = as_text(list(found.values()))
    assert "2019-001  i kraft" in text and "2019-004  ikke i bruk ennå" in text and "rettet til 30000" in text


def test_the_release_marks_the_numbers_that_rest_on_a_correction_and_never_tells_the_delivered_value(
        corrected, delivered):
    _, connection = corrected
    release = release_of(connection, 3)
    marked = {(row["indicator_id"], row["unit_code"], row["period"]): row["correction_ids"] for row in release.values
              if row["correction_ids"]}
    assert marked["G1-03", "2012", "2018"] == "2019-001" and "2019-003" in marked["G1-02", "0729", "2018"]
    assert all(row["status"] == "ok" for row in release.values if row["correction_ids"])
    assert {one["correction_id"] for one in release.corrections} == {"2019-001", "2019-003"}
    reasons = {one["correction_id"]: one["reason"] for one in release.corrections}
    assert reasons["2019-001"] and reasons["2019-003"] == ""


def test_the_numbers_of_a_day_before_the_corrections_were_recorded_come_out_again(demo_home, corrected, delivered):
    home, _ = corrected
    with copy_in_memory(demo_home) as connection:
        load_corrections(connection, home)
        connection.execute("UPDATE register.delivery SET received_at = TIMESTAMP '2019-03-01'")
        set_clock(connection, datetime(2019, 9, 14, 23))
        for name in ("delivery_in_force", "correction", "grant_line"):
            build_sql_table(connection, next(table for table in sql_tables("core") if table.name == name))
        assert rows(connection, "SELECT * FROM core.correction") == []
        assert (delivered["grant"],) in rows(connection, "SELECT amount_thousand_nok FROM core.grant_line "
                                             "WHERE unit_code = '2012' AND year = 2018")


def test_a_changed_list_is_work_for_a_refresh(tmp_path, demo_home):
    home = Home(tmp_path)
    with copy_in_memory(demo_home) as connection:
        sums: list[str] = []
        for lines in ((), (LATE,)):
            write(home, *lines)
            sums.append(fingerprint(connection, DEMO_CLOCK, 3, corrections_in_words(home, DEMO_CLOCK.date())))
    assert sums[0] != sums[1]


def test_a_list_with_a_fault_stops_the_refresh_before_anything_is_taken_in(tmp_path, capsys):
    home = Home(tmp_path / "home")
    home.inbox.mkdir(parents=True)
    (home.inbox / "fil.csv").write_text("a;b\n")
    write(home, LATE.replace("grants", "lotto"))
    with pytest.raises(CorrectionsRefused):
        refresh(home, now=DEMO_CLOCK, as_of=DEMO_CLOCK, threshold=3, progress=Progress(4, quiet=True))
    assert main(["refresh", "--home", str(home.root), "--quiet"]) == 2
    assert "corrections.csv, linje 2: stem «lotto»" in capsys.readouterr().err
    assert (home.inbox / "fil.csv").exists() and not home.database.exists()
