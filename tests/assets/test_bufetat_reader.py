"""Bufetat's figures as raw rows: periods, posts, units and signs; each fault is a small file of its own."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources import recognise
from assets.sources.bufetat import STEM, read
from assets.sources.bufetat_fields import figure, likely_post, measure_type, post, region, tertial, unit
from assets.sources.fields import NotAccepted
from assets.sources.reading import ScopeKey
from expectations.finding import DeliveryRefused
from warehouse.columns import COLUMNS

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "bufetat"
HEADINGS = "region;kommunenr;aar;tertial;post;maal;tiltakstype;verdi;enhet;endring_fra_2015\n"
CO_PAYMENT = "nord;2012;2018;1;3855.60;egenandel;;3437;1000 NOK;157"


def delivered(name):
    return read((DELIVERIES / name).read_bytes(), name)


def drawn(*lines):
    return read((HEADINGS + "\n".join(lines) + "\n").encode(), "bufetat.csv")


def refused(*lines):
    with pytest.raises(DeliveryRefused) as caught:
        drawn(*lines)
    return caught.value.findings


def test_figures_become_one_raw_row_per_line():
    first, *_ = delivered("innocent.csv").rows.to_pylist()
    assert first == {
        "line_number": 2, "bufetat_region_code": "R-NORD", "municipality_code": "2012", "year": 2018, "tertial_number": 1,
        "budget_post_code": "3855.60", "bufetat_figure_code": "egenandel", "measure_type_code": None, "value": 3437.0,
        "status_sign": None, "unit": "1000 NOK", "change_since_2015": 157.0}


def test_the_scope_is_the_municipality_or_the_region_with_its_period_and_figure():
    assert delivered("innocent.csv").scope_keys == (
        ScopeKey("2012", "2018-T1", "egenandel"), ScopeKey("2012", "2018-T1", "oppholdsdager"),
        ScopeKey("2012", "2019", "egenandel"), ScopeKey("R-NORD", "2017", "budsjettendring"),
        ScopeKey("R-NORD", "2018", "inntektskrav"))


def test_a_sign_keeps_its_line_without_a_number_and_is_never_zero():
    cells = {cell.line: (cell.value, cell.unit, cell.status) for cell in delivered("innocent.csv").cells}
    assert cells == {2: (3437, "1000 NOK", "ok"), 3: (None, "1000 NOK", "not_yet"), 4: (541, "dager", "ok"),
                     5: (10400, "1000 NOK", "ok"), 6: (-3400, "1000 NOK", "ok")}


@pytest.mark.parametrize(("written", "value", "sign", "status"), [
    (".", None, ".", "not_applicable"), ("..", None, "..", "not_reported"), ("...", None, "...", "not_yet"),
    (":", None, ":", "suppressed"), ("-", 0, "-", "ok"), ("0", 0, None, "ok"), ("12 535", 12535, None, "ok"),
    ("−1 378", -1378, None, "ok"),
])
def test_a_number_and_a_sign_are_told_apart(written, value, sign, status):
    reading = drawn(CO_PAYMENT.replace("3437", written))
    (row,) = reading.rows.to_pylist()
    assert (row["value"], row["status_sign"], reading.cells[0].status) == (value, sign, status)


@pytest.mark.parametrize(("written", "change"), [("", None), (".", None), ("178", 178.0), ("−56", -56.0)])
def test_bufetats_own_change_is_kept_as_delivered(written, change):
    assert drawn(CO_PAYMENT.replace("157", written)).rows["change_since_2015"].to_pylist() == [change]


@pytest.mark.parametrize(("name", "rule_id", "cell", "advice"), [
    ("post_3885_60.csv", "VR44", "post[3]", "Skriv 3855.60, hvis det er posten som er ment."),
    ("co_payment_on_an_expense_post.csv", "VR44", "post[3]", "føres på post 3855.60"),
    ("budget_change_without_post.csv", "VR44", "post[6]", "skriv for eksempel 0855.01"),
    ("quarter_in_place_of_tertial.csv", "VR43", "tertial[2]", "Skriv 1, 2 eller 3"),
    ("kvartal_as_heading.csv", "VR43", "tertial", "Bufetat rapporterer per tertial"),
    ("without_unit.csv", "VR45", "enhet[4]", "Skriv enheten på hver linje"),
    ("without_unit_column.csv", "VR45", "enhet", "Skriv enheten på hver linje"),
    ("money_in_days.csv", "VR45", "enhet[2]", "Skriv 1000 NOK eller NOK eller mill NOK"),
    ("region_of_another_municipality.csv", "F13", "region[2]", "kommune 2012 hører til Bufetat region nord"),
    ("unknown_figure.csv", "F04", "maal[4]", "Skriv egenandel, inntektskrav"),
    ("days_without_measure.csv", "F09", "tiltakstype[4]", "telles per tiltakstype"),
    ("number_left_empty.csv", "F09", "verdi[3]", ".. (ikke rapportert)"),
    ("same_number_twice.csv", "F15", None, "står også på linje 2"),
])
def test_a_file_with_one_fault_is_refused_for_that_fault_with_advice(name, rule_id, cell, advice):
    with pytest.raises(DeliveryRefused) as caught:
        delivered(name)
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.cell, finding.source, finding.level) == (rule_id, cell, STEM, "kritisk_feil")
    assert finding.message.startswith(name) and advice in finding.message


@pytest.mark.parametrize("name", sorted(path.name for path in DELIVERIES.glob("*.csv")))
def test_the_files_are_recognised_by_their_headings(name):
    assert recognise((DELIVERIES / name).read_bytes(), "hva_som_helst.txt").STEM == STEM


def test_each_faulty_line_is_named():
    findings = refused(CO_PAYMENT.replace("nord;2012", "sør;2012"), CO_PAYMENT,
                       CO_PAYMENT.replace("2018;1;3855.60", "2018;2;"))
    assert [(finding.rule_id, finding.line_numbers) for finding in findings] == [("F13", (2,)), ("VR44", (4,))]


@pytest.mark.parametrize(("line", "key"), [
    ("sør;0722;2016;1;3855.60;egenandel;;2738;1000 NOK;", ("0722", "2016-T1", "egenandel")),
    ("sør;0729;2018;;3855.60;egenandel;;5420;1000 NOK;", ("0729", "2018", "egenandel")),
    ("R-SOR;;2018;;3855.60;egenandel;;29040;1000 NOK;", ("R-SOR", "2018", "egenandel")),
    ("nord;5403;2020;2;;oppholdsdager;institusjon;12;dager;", ("5403", "2020-T2", "oppholdsdager")),
    ("nord;0301;2018;;;kjøp;mst;1;kjøp;", ("0301", "2018", "kjøp")),
])
def test_a_region_holds_its_municipalities_under_every_code_and_strangers_are_left_to_admission(line, key):
    assert drawn(line).scope_keys == (ScopeKey(*key),)


def test_the_same_figure_for_two_measures_posts_or_periods_is_not_told_twice():
    lines = [f"nord;2012;2018;{tertial};;oppholdsdager;{measure};1;dager;" for tertial in (1, 2)
             for measure in ("institusjon", "fosterhjem")]
    lines += [f"nord;;2017;;{code};budsjettendring;;1;1000 NOK;" for code in ("0855.01", "3855.60")]
    assert drawn(*lines).rows.num_rows == 6


# The ways a field may be written

@pytest.mark.parametrize(("parse", "written", "meant"), [
    (region, "nord", "R-NORD"), (region, "Sør", "R-SOR"), (region, "R-SOR", "R-SOR"), (region, "R-NORD", "R-NORD"),
    (region, "Bufetat, region sør", "R-SOR"), (tertial, "3", 3), (post, "0855.01", "0855.01"),
    (figure, "Egenandeler", "egenandel"), (figure, "kjop", "kjøp"), (figure, "inntjeningskrav", "inntektskrav"),
    (unit, "1000 kr", "1000 NOK"), (unit, "mill. kr", "mill NOK"), (unit, "kroner", "NOK"), (unit, "døgn", "dager"),
    (measure_type, "Senter for foreldre og barn", "senter_foreldre_barn"), (measure_type, "mst", "mst"),
])
def test_what_is_written_in_other_ways_means_the_same(parse, written, meant):
    assert parse(written) == meant


@pytest.mark.parametrize(("parse", "written", "rule_id"), [
    (region, "øst", "F13"), (region, "", "F13"), (tertial, "K1", "VR43"), (tertial, "Q1", "VR43"),
    (tertial, "1. kvartal", "VR43"), (tertial, "4", "VR43"), (tertial, "0", "VR43"), (tertial, "T1", "VR43"),
    (figure, "fravær", "F04"), (unit, "1000", "VR45"), (unit, "euro", "VR45"), (measure_type, "hotell", "F04"),
])
def test_what_could_mean_something_else_is_refused(parse, written, rule_id):
    with pytest.raises(NotAccepted) as caught:
        parse(written)
    assert caught.value.rule_id == rule_id


@given(st.one_of(
    st.text(max_size=9), st.from_regex(r"[0-9]{3,5}[.,]?[0-9]{1,3}", fullmatch=True),
    st.builds("{}.{:02d}".format, st.sampled_from(["0855", "3855", "3885", "855"]), st.integers(0, 99))))
def test_a_post_is_taken_exactly_when_the_warehouse_would_hold_it(written):
    taken = True
    try:
        assert post(written) == written
    except NotAccepted as fault:
        taken = False
        assert fault.rule_id == "VR44" and fault.advice.startswith("Skriv ")
    assert taken == (re.fullmatch(r"(?:0855|3855)\.[0-9]{2}", written) is not None)
    assert not taken or all(constraint.holds(written) for constraint in COLUMNS["budget_post_code"].constraints)


@given(st.text(max_size=9) | st.from_regex(r"[0-9]{3,4}[ .,/-]?[0-9]{2}", fullmatch=True))
def test_a_suggested_post_is_itself_a_post_with_the_same_last_figures(written):
    likely = likely_post(written)
    assert likely is None or (post(likely) == likely and likely[-2:] == written[-2:])


@pytest.mark.parametrize(("written", "likely"), [
    ("3885.60", "3855.60"), ("855.01", "0855.01"), ("3855,60", "3855.60"), ("385560", "3855.60"), ("0885.22", "0855.22"),
    ("8055.01", None), ("3855.6", None), ("1234.56", None), ("post 60", None), ("", None),
])
def test_the_post_that_was_meant_is_suggested_only_where_one_is_nearest(written, likely):
    assert likely_post(written) == likely
