"""A number that is held back as a reader meets it: the earlier number, its mark, and why."""

import pytest

from dashboards.figures.block import block, panel
from dashboards.figures.drawn import drawn
from dashboards.figures.lines import line_figure
from dashboards.figures.style import TRIAL_COST
from dashboards.measures import Measure
from dashboards.pages.compensation import balance, verdict
from dashboards.pages.frame import Frame
from dashboards.published import Cell, Series
from dashboards.site import build_site
from dashboards.tables import table_cell
from dashboards.touching import Touch

MEASURE = Measure("G1-02", "Merkostnad", "money", "mill NOK", 1, is_signed=False)
HELD = Cell(23.8, "held_back", "published", Touch(1, 0, "feil", "funn-a"), value_as_of="2019-06-30")
WORDS = "Holdt tilbake: et åpent funn av grad Feil; forrige publiserte verdi (per 30.06.2019) vises"
HELD_ROWS = (
    ("G1-02", "2012", "2018", "", 34.9, "held_back", "published"),
    ("G1-03", "2012", "2018", "", 25.5, "ok", "published"),
    ("G1-04", "2012", "2018", "", -9.4, "held_back", "published"),
    ("G1-02", "0729", "2018", "", None, "held_back", None),
    ("G1-03", "0729", "2018", "", 28.7, "ok", "published"),
    ("G1-04", "0729", "2018", "", None, "held_back", None),
    ("E2-01", "2012", "2018", "trial_cost=included", 109.1, "held_back", "published"),
)


@pytest.fixture(scope="module")
def frame(make_release):
    return Frame(make_release(HELD_ROWS))


@pytest.fixture(scope="module")
def site(make_release):
    return build_site(make_release(HELD_ROWS))


def test_the_cell_shows_the_earlier_number_with_its_mark_in_front_and_leads_to_the_finding():
    cell = table_cell(MEASURE, HELD)
    assert (cell.text, cell.missing, cell.held.sign.sign, cell.held.words, cell.held.href) == (
        "23,8", None, "‡", WORDS, "funn.html#funn-a")
    assert cell.finding.sign.sign == "◆"


def test_without_an_earlier_number_the_cell_says_so_and_the_finding_stands_beside():
    cell = table_cell(MEASURE, Cell(None, "held_back", "published", HELD.touch))
    assert (cell.text, cell.held, cell.finding.sign.sign) == ("holdt tilbake", None, "◆")


@pytest.mark.parametrize("status", ["suppressed", "not_reported", "not_yet"])
def test_what_is_missing_for_another_reason_bears_no_mark(status):
    cell = table_cell(MEASURE, Cell(None, status, "published"))
    assert cell.held is None and cell.finding is None


def test_in_a_figure_the_earlier_number_is_not_firm_and_says_what_it_is():
    series = drawn(MEASURE, Series("2012", "", {"2017": Cell(22.9, "ok", "published"), "2018": HELD}), "M2", TRIAL_COST,
                   ["2017", "2018"])
    assert (series.y, series.said, series.firm, series.held) == (
        (22.9, 23.8), ("22,9", "23,8\u00a0‡"), (True, False), (False, True))
    assert WORDS in series.hover[1] and "Holdt" not in series.hover[0]
    several = block([panel("a", "", "M2", "mill. kroner", [series], line_figure([series], "y"))], [[series]], is_bars=False)
    assert several.notes == ("Også åpent punkt der tallet er holdt tilbake (‡) og forrige publiserte verdi vises.",)


def test_nothing_is_concluded_from_a_balance_that_is_held_back(frame):
    alta, faerder = (balance(frame, code, "2018") for code in ("2012", "0729"))
    assert alta.number == "−9,4" and alta.held.sign.sign == "‡" and alta.sentence.startswith("Holdt tilbake")
    assert (faerder.number, faerder.is_shown, faerder.sentence) == (
        "holdt tilbake", False, "Netto gevinst i 2018 kan ikke vises: holdt tilbake.")
    assert verdict([alta, faerder]) == ""


def test_the_pages_say_it_in_words_beside_the_number_and_under_the_table(site):
    for page in ("index.html", "kommune-alta.html", "delmaal-g.html"):
        text = site[page].decode("utf-8")
        assert "Holdt tilbake: et åpent funn av grad Feil" in text and "holdt tilbake: forrige publiserte verdi vises" in text
    headline = site["kommune-alta.html"].decode("utf-8").partition('class="headline-number"')[2][:400]
    assert headline.index("‡") < headline.index("109,1")


def test_a_held_back_number_has_no_trace(site):
    assert not any(path.startswith("spor-") for path in site)
