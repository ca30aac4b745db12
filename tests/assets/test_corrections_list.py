"""The home's list of corrections: what it may hold, and what is said of a line that is none."""

from datetime import date

import pytest

from assets.corrections import HEADING, CorrectionsRefused, corrections_in_words, read_corrections
from warehouse.home import Home
from warehouse.raw_places import PLACES
from warehouse.columns import COLUMNS

GOOD = {
    "correction_id": "2019-001", "stem": "bufetat", "source_unit_code": "0729", "period": "2018-T1",
    "dataset_code": "egenandel", "place_key": "budget_post_code=3855.60", "column_name": "change_since_2015",
    "correction_action": "override", "expected": "178", "corrected": "234",
    "correction_reason_nb": "Endringen er regnet feil; tallene i raden gir 234.", "told_to": "Bufetat",
    "told_on": "2019-10-01", "valid_from": "", "valid_until": "2020-12-31", "recorded_by": "evaluator",
    "recorded_on": "2019-10-01"}


@pytest.fixture
def listed(tmp_path):
    """The function that writes a list of lines, each GOOD with changes, and reads it."""
    def read(*changes, delimiter=",", encoding="utf-8"):
        lines = [delimiter.join(HEADING), *(delimiter.join(
            f'"{value}"' for value in {**GOOD, **change}.values()) for change in changes)]
        path = tmp_path / "corrections.csv"
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return read_corrections(path)
    return read


def test_a_home_without_a_list_has_no_corrections(tmp_path):
    assert read_corrections(Home(tmp_path).corrections) == []


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_line_becomes_a_correction_valid_from_the_day_it_was_recorded(listed, delimiter):
    [one] = listed({}, delimiter=delimiter)
    assert one == {**GOOD, "told_on": date(2019, 10, 1), "recorded_on": date(2019, 10, 1),
                   "valid_from": date(2019, 10, 1), "valid_until": date(2020, 12, 31)}


def test_numbers_and_places_are_kept_in_one_way(listed):
    [one] = listed({"place_key": " measure_type_code=fosterhjem ; budget_post_code=3855.60;", "expected": "1 234,50",
                    "corrected": "\u22122,5"})
    assert one["place_key"] == "budget_post_code=3855.60;measure_type_code=fosterhjem"
    assert (one["expected"], one["corrected"]) == ("1234.50", "-2.5")


@pytest.mark.parametrize("change", [
    {"expected": ""}, {"column_name": "value", "corrected": ".."}, {"correction_action": "drop", "corrected": ""},
    {"correction_action": "flag", "corrected": ""}, {"told_to": "", "told_on": ""}, {"valid_until": ""},
    {"stem": "ledger", "dataset_code": "", "period": "2018", "place_key": "line_number=7", "column_name": "project_code",
     "corrected": ""}])
def test_an_innocent_line_is_taken(listed, change):
    assert len(listed(change)) == 1


@pytest.mark.parametrize(("change", "said"), [
    ({"correction_id": ""}, "correction_id er tom"),
    ({"correction_id": "nr. 1"}, "correction_id «nr. 1» er ikke gyldig"),
    ({"stem": "bankkonto"}, "stem «bankkonto» kan ikke rettes her"),
    ({"stem": "interview_codings"}, "intervjukodinger rettes i kodeprosjektet"),
    ({"period": "våren 2018"}, "period «våren 2018» er ikke gyldig"),
    ({"place_key": "egenandel"}, "skriv felt=verdi skilt med semikolon"),
    ({"place_key": "farge=blå"}, "er ikke et sted i bufetat"),
    ({"place_key": "line_number=1;line_number=2"}, "hvert felt én gang"),
    ({"column_name": "delivery_id"}, "column_name «delivery_id» kan ikke rettes i bufetat"),
    ({"correction_action": "slett"}, "correction_action «slett» er ikke gyldig"),
    ({"correction_action": "drop"}, "corrected skal være tom"),
    ({"corrected": ""}, None),
    ({"corrected": "178"}, "corrected er lik expected"),
    ({"expected": "178.5"}, "skriv det med desimalkomma"),
    ({"column_name": "value", "corrected": ""}, "corrected er tom"),
    ({"correction_reason_nb": ""}, "correction_reason_nb er tom"),
    ({"told_on": ""}, "told_to og told_on hører sammen"),
    ({"recorded_on": "1.10.2019"}, "recorded_on «1.10.2019» er ikke en dato"),
    ({"valid_until": "2019-09-30"}, "er før rettelsen begynner å gjelde"),
    ({"stem": "supplier_invoices", "dataset_code": "", "period": "2018", "place_key": "line_number=2",
      "column_name": "months_count", "corrected": "-1"}, "corrected «-1» kan ikke stå i months_count"),
    ({"stem": "supplier_invoices", "dataset_code": "", "period": "2018", "place_key": "line_number=2",
      "column_name": "amount_nok", "corrected": "1,005"}, "flere enn to desimaler"),
    ({"stem": "surveys", "dataset_code": "", "period": "2018", "place_key": "line_number=2",
      "column_name": "answer_count", "corrected": "2,5"}, "skal være et helt tall"),
    ({"stem": "grants", "dataset_code": "", "period": "2018", "place_key": "line_number=2", "expected": "true",
      "column_name": "is_one_off", "corrected": "nei"}, "skal være true eller false"),
])
def test_a_line_that_is_no_correction_is_named_with_what_to_do(listed, change, said):
    if said is None:
        assert listed(change)[0]["corrected"] is None
        return
    with pytest.raises(CorrectionsRefused) as refused:
        listed({}, {"correction_id": "2019-002", **change})
    assert "corrections.csv, linje 3: " in str(refused.value) and said.lower() in str(refused.value).lower()
    assert "Ingenting er endret" in str(refused.value)


def test_every_fault_of_the_list_is_told_at_once(listed):
    with pytest.raises(CorrectionsRefused) as refused:
        listed({"stem": "x"}, {"recorded_on": "i går", "told_on": ""}, {})
    assert [f"linje {number}:" in str(refused.value) for number in (2, 3, 4)] == [True, True, False]


@pytest.mark.parametrize(("change", "is_refused"), [
    ({}, True), ({"correction_action": "drop", "corrected": "", "column_name": "value"}, True),
    ({"valid_from": "2021-01-01", "valid_until": ""}, False), ({"valid_from": "2020-12-31", "valid_until": ""}, True),
    ({"column_name": "value"}, False), ({"place_key": "line_number=4"}, False), ({"period": "2018-T2"}, False)])
def test_two_corrections_of_one_place_at_once_are_refused(listed, change, is_refused):
    both = ({}, {"correction_id": "2019-002", **change})
    if not is_refused:
        assert len(listed(*both)) == 2
        return
    with pytest.raises(CorrectionsRefused, match="linje 3: stedet er alt rettet på linje 2"):
        listed(*both)


def test_a_key_used_twice_is_refused(listed):
    with pytest.raises(CorrectionsRefused, match="linje 3: rettelsen 2019-001 står alt på linje 2"):
        listed({}, {"period": "2017"})


@pytest.mark.parametrize(("content", "said"), [
    (b"id,verdi\n1,2\n", "overskriftene skal være correction_id"),
    (b"", "overskriftene skal være correction_id"),
    ((",".join(HEADING) + "\n1,2\n").encode(), "linje 2: linjen har 2 felt"),
    ("rettelse æøå".encode("cp1252"), "ikke i UTF-8")])
def test_a_file_of_another_form_is_refused(tmp_path, content, said):
    (tmp_path / "corrections.csv").write_bytes(content)
    with pytest.raises(CorrectionsRefused, match=said):
        read_corrections(tmp_path / "corrections.csv")


def test_a_date_that_comes_and_a_line_that_changes_make_work_for_a_refresh_and_a_day_between_does_not(tmp_path, listed):
    home = Home(tmp_path)
    nothing = corrections_in_words(home, date(2019, 10, 1))
    listed({})
    days = [corrections_in_words(home, day) for day in (
        date(2019, 9, 30), date(2019, 10, 1), date(2020, 12, 31), date(2021, 1, 1))]
    listed({"corrected": "235"})
    assert days[0] != days[1] == days[2] != days[3]
    assert nothing not in days and corrections_in_words(home, date(2019, 10, 1)) != days[1]


def test_the_places_and_values_of_every_source_are_columns_of_its_raw_table():
    for place in PLACES.values():
        assert {*place.names, *place.values, place.number} <= set(place.contract.column_names)
        assert not set(place.values) & {"delivery_id", place.number, "status_sign"}
        assert {COLUMNS[name].type for name in place.values} <= {
            "DOUBLE", "INTEGER", "DECIMAL(15,2)", "DECIMAL(12,2)", "VARCHAR", "BOOLEAN"}
