"""`folgeeval check` on a report form: the rules on parts and totals, before anything is delivered."""

import json

import pytest

from assets.forms.entry import Entry
from assets.forms.layout import form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook
from pipelines.command_line import main

STEM = "data_requests"
SOUND = {"akuttplasseringer": 26, "akutt_beredskapshjem": 10, "akutt_institusjon": 13, "akutt_familie": 3,
         "fosterhjem_i_alt": 56, "over_1ks": 20, "kjoept_fosterhjem": 5, "fosterhjem_bufetat": 5}


def place(field_id):
    field = next(field for field in form_fields(STEM) if field.field_id == field_id)
    return field.sheet, field.value_cell


@pytest.fixture
def checked(tmp_path, capsys):
    """Runs check on a filled-in form: exit code and findings. Fields not named are «ikke rapportert»."""
    def run(**numbers):
        first, last = period_days(STEM, "2018")
        given = SOUND | numbers
        entries = {field.field_id: Entry(sign="..") for field in form_fields(STEM) if field.is_figure}
        entries |= {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("vedtaksdato")}
        entries |= {name: entry if isinstance(entry, Entry) else Entry(entry) for name, entry in given.items()}
        path = tmp_path / "svar.xlsx"
        path.write_bytes(workbook(STEM, "2012", "2018", entries))
        code = main(["check", str(path), "--json"])
        return code, json.loads(capsys.readouterr().out)
    return run


def test_a_form_whose_numbers_hang_together_is_fine(checked):
    assert checked() == (0, [])


@pytest.mark.parametrize(("numbers", "code", "rule_id", "field_id"), [
    ({"akuttplasseringer": 25}, 10, "VR05", "akuttplasseringer"),
    ({"fosterhjem_i_alt": 19}, 10, "VR07", "fosterhjem_i_alt"),
    ({"fosterhjem_bufetat": 4}, 0, "VR11", "kjoept_fosterhjem"),
])
def test_each_fault_is_told_at_its_cell_with_its_exit_code(checked, numbers, code, rule_id, field_id):
    given, (found,) = checked(**numbers)
    assert (given, found["rule_id"], found["unit_code"], found["period"]) == (code, rule_id, "2012", "2018")
    assert (found["sheet"], found["cell"]) == place(field_id) and found["cell"] in found["message"]


@pytest.mark.parametrize("missing", [Entry(), Entry(sign="..")])
def test_a_gap_in_a_sum_is_told_and_stops_nothing(checked, missing):
    code, (found,) = checked(akutt_familie=missing)
    assert (code, found["rule_id"], found["level"], found["found"]) == (0, "VR58", "advarsel", "..")
    assert (found["sheet"], found["cell"]) == place("akutt_familie")


@pytest.mark.parametrize("part", [Entry(sign="-"), Entry(sign="."), Entry(sign="...")])
def test_a_part_that_is_zero_not_applicable_or_not_yet_is_no_gap(checked, part):
    assert checked(akuttplasseringer=23, akutt_familie=part) == (0, [])


@pytest.mark.parametrize(("numbers", "rule_id", "state"), [
    ({"akutt_familie": Entry(sign="..", explanation="Ikke talt i år.")}, "VR58", "forklart"),
    ({"kjoept_fosterhjem": Entry(4, explanation="Ett kjøp er fra året før.")}, "VR11", "forklart"),
    ({"akuttplasseringer": Entry(25, explanation="Ett barn ble flyttet samme dag.")}, "VR05", "åpen"),
])
def test_what_the_reporter_has_explained_in_the_field_is_explained_unless_it_is_a_feil(checked, numbers, rule_id, state):
    """As when it is delivered: figures that cannot both be true are explained by the reviewed list only."""
    _, (found,) = checked(**numbers)
    assert (found["rule_id"], found["state"]) == (rule_id, state)


@pytest.mark.parametrize(("mismatches", "disputes", "expected"), [
    (14, 1, ["VR15"]), (1, 2, ["VR15"]), (14, 0, []), (0, 1, []), (Entry(sign=".."), 1, []), (14, Entry(sign=".."), [])])
def test_mismatches_and_an_open_dispute_in_one_tertial_report_are_told_before_it_is_delivered(
        tmp_path, capsys, mismatches, disputes, expected):
    first, last = period_days("tertial_reports", "2018-T3")
    entries = {field.field_id: Entry(sign="..") for field in form_fields("tertial_reports") if field.is_figure}
    entries |= {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("vedtaksdato")}
    entries |= {name: value if isinstance(value, Entry) else Entry(value)
                for name, value in (("avvik_tilbud_faktura", mismatches), ("tvistesaker", disputes))}
    (tmp_path / "rapport.xlsx").write_bytes(workbook("tertial_reports", "2012", "2018-T3", entries))
    main(["check", str(tmp_path / "rapport.xlsx"), "--json"])
    assert [found["rule_id"] for found in json.loads(capsys.readouterr().out)] == expected
