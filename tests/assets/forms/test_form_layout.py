"""Where fields stand: every field of the catalogue once, in order, and the periods a form can be about."""

from datetime import date

import pytest

from assets.forms.entry import Entry
from assets.forms.layout import MANDATORY, form_fields, sheet_names
from assets.forms.periods import is_period, period_days, previous_period
from warehouse.reference_data import reference_rows


def test_every_field_of_the_catalogue_has_its_number_in_the_catalogues_order(stem):
    catalogue = [row["field_id"] for row in reference_rows("form_field") if row["stem"] == stem]
    assert [field.field_id for field in form_fields(stem)] == catalogue
    assert [field.number for field in form_fields(stem)] == list(range(1, len(catalogue) + 1))


def test_no_two_fields_share_a_cell(stem):
    cells = [(field.sheet, cell) for field in form_fields(stem)
             for cell in (field.value_cell, field.status_cell, field.explanation_cell) if cell]
    assert len(set(cells)) == len(cells) > 100


def test_the_fields_of_a_sheet_follow_each_other_without_gaps(stem):
    for sheet in sheet_names(stem):
        rows = [field.row for field in form_fields(stem) if field.sheet == sheet]
        assert rows == list(range(4, 4 + len(rows)))


def test_a_place_as_a_reporter_sees_it(fields, stem):
    field = fields["akutt_institusjon"]
    assert (field.sheet, field.value_cell, field.status_cell, field.explanation_cell) == {
        "tertial_reports": ("C Tiltak", "B7", "C7", "D7"),
        "data_requests": ("Akutt og institusjon", "B6", "C6", "D6")}[stem]


def test_only_figures_have_a_reason_for_missing_and_a_text_has_no_explanation_beside_it(stem):
    assert {field.kind for field in form_fields(stem) if field.status_cell is None} <= {"text", "date", "choice"}
    assert {field.kind for field in form_fields(stem) if field.explanation_cell is None} <= {"text"}


def test_what_is_mandatory_is_in_both_forms_and_a_choice_has_its_alternatives(fields):
    assert set(MANDATORY) <= set(fields)
    assert fields["dateringsgrunnlag"].choices[:2] == ("vedtaksdato", "oppstartsdato")
    assert fields["dateringsgrunnlag"].definition.startswith("Velg ")


@pytest.mark.parametrize(("stem", "field_id", "label"), [
    ("tertial_reports", "forsoek_i_alt", "Ført på forsøket så langt i år (1000 kroner)"),
    ("tertial_reports", "ventetid_tiltak", "Lengste ventetid på hjelpetiltak (måneder)"),
    ("tertial_reports", "meldinger", "Meldinger i alt"),
    ("data_requests", "frikjoept_maanedspris",
     "Månedskostnad for kommunalt frikjøpt fosterhjem med veiledning (kroner per måned)"),
])
def test_an_amount_or_a_time_says_its_unit_in_the_label(stem, field_id, label):
    assert next(field.label for field in form_fields(stem) if field.field_id == field_id) == label


def test_a_source_that_is_not_a_form_is_an_error():
    with pytest.raises(KeyError):
        form_fields("ledger")


@pytest.mark.parametrize(("stem", "period", "first", "last", "before"), [
    ("tertial_reports", "2018-T1", date(2018, 1, 1), date(2018, 4, 30), "2017-T3"),
    ("tertial_reports", "2018-T2", date(2018, 5, 1), date(2018, 8, 31), "2018-T1"),
    ("tertial_reports", "2018-T3", date(2018, 9, 1), date(2018, 12, 31), "2018-T2"),
    ("data_requests", "2018", date(2018, 1, 1), date(2018, 12, 31), "2017"),
])
def test_a_period_has_its_first_and_last_day_and_one_before_it(stem, period, first, last, before):
    assert is_period(stem, period)
    assert period_days(stem, period) == (first, last)
    assert previous_period(stem, period) == before


@pytest.mark.parametrize(("stem", "period"), [
    ("tertial_reports", "2018-K3"), ("tertial_reports", "2018"), ("tertial_reports", "2018-T4"),
    ("tertial_reports", "2018-T3 "), ("data_requests", "2018-T3"), ("data_requests", "18"), ("data_requests", "")])
def test_another_period_is_none(stem, period):
    assert not is_period(stem, period)
    with pytest.raises(ValueError, match="er ikke et"):
        period_days(stem, period)


def test_the_days_of_every_period_that_is_to_be_reported_are_those_of_the_calendar():
    for row in reference_rows("reporting_period"):
        days = [date.fromisoformat(row["period_from"]), date.fromisoformat(row["period_to"])]
        assert list(period_days("tertial_reports", row["period"])) == days


@pytest.mark.parametrize("given", [{"sign": ":"}, {"value": 3, "sign": "-"}, {"value": "x", "sign": ".."}])
def test_an_entry_that_says_two_things_is_an_error(given):
    with pytest.raises(ValueError):
        Entry(**given)
