"""Figures from published series: gaps, firm and loose points, styles, and the JSON that lies in the page."""

import json

import pytest

from dashboards.figures.bars import bar_figure
from dashboards.figures.block import block, draws_as_bars, panel
from dashboards.figures.drawn import drawn
from dashboards.figures.embedding import figure_json
from dashboards.figures.layout import common_range
from dashboards.figures.lines import line_figure
from dashboards.figures.sentence import figure_sentence
from dashboards.figures.style import GROUPS, MUNICIPALITIES, PAPER, TRIAL_TOGETHER, unit_styles, with_trial, without_trial
from dashboards.figures.swatch import swatch
from dashboards.measures import Measure, measure_of
from dashboards.published import Cell, Series

BLUE = MUNICIPALITIES[0]
CHILDREN = Measure("C6-01", "Barn med institusjonstiltak", "count", "barn", 0, is_signed=False)
YEARS = ["2016", "2017", "2018"]


def _drawn(cells, label="Alta", measure=CHILDREN, periods=YEARS, style=BLUE):
    return drawn(measure, Series("2012", "", cells), label, style, periods)


ALTA = _drawn({"2016": Cell(9.0, "ok", "published"), "2017": Cell(None, "suppressed", "published"),
               "2018": Cell(22.0, "ok", "constructed")})


def test_a_hidden_number_is_null_in_the_json_and_named_in_the_hover():
    content = json.loads(figure_json(line_figure([ALTA], "barn")))
    assert content["data"][0]["y"] == [9, None, 22]
    assert content["data"][0]["hovertext"][1].startswith("Alta 2017<br><b>skjermet</b>")
    assert content["data"][0]["connectgaps"] is False


QUALIFIED = Measure("A1-08", "Stillinger med fagutdanning", "fte", "stillinger", 1, is_signed=False)
POSITIONS = {"2016": Cell(28.7, "ok", "constructed"), "2017": Cell(30.6, "ok", "published"),
             "2018": Cell(16.0, "ok", "published")}


def test_no_line_is_drawn_from_before_to_after_a_new_way_of_counting():
    royken = drawn(QUALIFIED, Series("0627", "", POSITIONS), "Røyken", BLUE, YEARS)
    line = line_figure([royken], "stillinger").data[0]
    assert (list(line.x), list(line.y)) == (["2016", "2017", "2018", "2018"], [28.7, 30.6, None, 16])
    assert list(line.marker.color) == [PAPER, BLUE.color, BLUE.color, BLUE.color]
    assert "Linjen er brutt der måten å telle på er lagt om." in block([], [[royken]], is_bars=False).notes


def test_a_series_without_a_break_is_one_line():
    alta = drawn(QUALIFIED, Series("2012", "", POSITIONS), "Alta", BLUE, YEARS)
    assert list(line_figure([alta], "stillinger").data[0].y) == [28.7, 30.6, 16]
    assert not any("brutt" in note for note in block([], [[alta]], is_bars=False).notes)


def test_a_loose_point_is_open_and_a_loose_bar_is_light():
    line, (firm, loose) = line_figure([ALTA], "barn").data[0], bar_figure([ALTA], "barn").data
    assert list(line.marker.color) == [BLUE.color, BLUE.color, PAPER]
    assert (firm.marker.color, list(firm.y)) == (BLUE.color, [9, None, None])
    assert (loose.marker.color, list(loose.y)) == (BLUE.tint, [None, None, 22])
    assert firm.offsetgroup == loose.offsetgroup


def test_bars_have_patterns_only_where_there_is_something_to_tell_apart():
    other = _drawn({"2018": Cell(5.0, "ok", "delivered")}, "Færder", style=MUNICIPALITIES[1])
    assert {bars.marker.pattern.shape for bars in bar_figure([other], "barn").data} == {""}
    assert {bars.marker.pattern.shape for bars in bar_figure([ALTA, other], "barn").data} == {"", "/"}


@pytest.mark.parametrize("style", MUNICIPALITIES)
def test_a_unit_with_and_without_the_trial_is_told_apart_by_line_and_marker(style):
    assert with_trial(style).color == without_trial(style).color == style.color
    assert with_trial(style).dash != without_trial(style).dash
    assert with_trial(style).symbol != without_trial(style).symbol


def test_bars_write_their_numbers_only_where_there_is_one():
    firm, loose = bar_figure([ALTA], "barn", with_numbers=True).data
    assert (list(firm.text), list(loose.text)) == (["9", "", ""], ["", "", "22"])


def test_the_hover_says_number_unit_and_basis_in_words():
    assert ALTA.hover[2] == "Alta 2018<br><b>22</b> barn<br>○ konstruert"


def test_the_json_has_no_default_template_and_nothing_that_ends_a_script():
    sneaky = _drawn({"2018": Cell(5.0, "ok", "delivered")}, label="</script><b>")
    text = str(figure_json(line_figure([sneaky], "barn")))
    assert "<" not in text
    assert "template" not in json.loads(text)["layout"]
    assert json.loads(text)["data"][0]["name"] == "</script><b>"


def test_the_layout_speaks_norwegian_and_cannot_be_zoomed():
    shown = line_figure([ALTA], "barn").layout
    assert shown.separators == ",\u00a0"
    assert shown.yaxis.title.text == "barn"
    assert (shown.xaxis.fixedrange, shown.yaxis.fixedrange, shown.showlegend) == (True, True, False)


@pytest.mark.parametrize(("values", "wanted"), [
    ([[10.0, 20.0]], (0.0, 22.4)), ([[-10.0, 10.0]], (-12.4, 12.4)), ([[-5.0, -10.0]], (-11.2, 0.0)),
    ([[None]], None), ([[0.0]], (0.0, 0.0)),
])
def test_a_common_range_holds_every_value_and_zero(values, wanted):
    panels = [[_drawn({str(2016 + place): Cell(value, "ok", "published") for place, value in enumerate(row)
                       if value is not None})] for row in values]
    assert common_range(panels) == wanted


def test_the_sentence_tells_highest_lowest_and_latest():
    other = _drawn({"2016": Cell(7.0, "ok", "published"), "2018": Cell(None, "suppressed", "published")}, "Færder")
    assert figure_sentence("Institusjon", "barn", [ALTA, other]) == (
        "Institusjon, barn, 2016–2018: høyest Alta i 2018 (22), lavest Færder i 2016 (7); "
        "i 2018 Alta 22, Færder skjermet.")


def test_the_sentence_of_a_figure_without_numbers_says_so():
    hidden = _drawn({"2018": Cell(None, "suppressed", "published")}, periods=["2018"])
    assert figure_sentence("Institusjon", "barn", [hidden]) == "Institusjon, barn, 2018: ingen tall kan vises."


def test_the_notes_of_a_figure_tell_about_loose_and_missing_points():
    one = panel("figur", "", "Institusjon", "barn", [ALTA], line_figure([ALTA], "barn"))
    assert block([one], [[ALTA]], is_bars=False).notes == (
        "Åpne punkter: tallet er konstruert eller bundet.",
        "Der en søyle eller et punkt mangler, er tallet skjermet eller finnes ikke.")
    firm = _drawn({"2018": Cell(22.0, "ok", "delivered")}, periods=["2018"])
    assert block([one], [[firm]], is_bars=True).notes == ()


@pytest.mark.parametrize(("indicator_id", "periods", "wanted"), [
    ("G1-04", 6, True), ("B3-02", 6, True), ("G1-03", 3, True), ("E2-02", 4, False), ("B1-03", 6, False),
])
def test_changes_and_short_series_are_bars_and_the_rest_lines(small_release, indicator_id, periods, wanted):
    assert draws_as_bars(measure_of(small_release.indicators[indicator_id]), ["år"] * periods) is wanted


def test_the_look_of_a_unit_follows_its_place_in_the_unit_table(small_release):
    styles = unit_styles(small_release.units)
    assert [styles[code] for code in ("2012", "0729", "0627")] == list(MUNICIPALITIES[:3])
    assert [styles[code] for code in ("EKG12", "EKG13")] == list(GROUPS)
    assert styles["FORSOK"] == TRIAL_TOGETHER[0]


def test_no_two_municipalities_share_colour_dash_marker_or_pattern():
    for name in ("color", "dash", "symbol", "pattern"):
        assert len({getattr(style, name) for style in MUNICIPALITIES}) == len(MUNICIPALITIES)


@pytest.mark.parametrize("style", MUNICIPALITIES + GROUPS + TRIAL_TOGETHER)
def test_every_series_stands_out_from_the_paper(style):
    assert _contrast(style.color) >= 3


@pytest.mark.parametrize("is_bar", [True, False])
def test_a_swatch_shows_the_colour_and_is_hidden_from_screen_readers(is_bar):
    drawing = swatch(MUNICIPALITIES[1], is_bar)
    assert MUNICIPALITIES[1].color in drawing
    assert 'aria-hidden="true"' in drawing


def _contrast(color: str) -> float:
    parts = [int(color[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
