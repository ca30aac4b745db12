"""Tables of published series: the text of each cell and the signs listed under the table."""

from dashboards.measures import Measure
from dashboards.published import Cell, Series
from dashboards.tables import series_table, table_cell

CHILDREN = Measure("C6-01", "Barn med institusjonstiltak", "count", "barn", 0, is_signed=False)
MONEY = Measure("G1-04", "Netto gevinst", "money", "mill NOK", 1, is_signed=True)

ALTA = Series("2012", "", {"2016": Cell(1015.0, "ok", "published"), "2017": Cell(None, "suppressed", "published")})
FAERDER = Series("0729", "", {"2017": Cell(8.0, "ok", "constructed"), "2018": Cell(9.0, "ok", "delivered")})


def _table():
    return series_table("t", "Barn", "barn", [(None, [("Alta", CHILDREN, ALTA), ("Færder", CHILDREN, FAERDER)])],
                        ["2016", "2017", "2018"])


def test_a_row_has_a_cell_for_every_period_of_the_table():
    texts = [[cell.text for cell in row.cells] for group in _table().groups for row in group.rows]
    assert texts == [["1\u00a0015", ":", ""], ["", "8", "9"]]


def test_only_the_signs_in_use_are_listed_firm_marks_first():
    table = _table()
    assert [mark.sign for mark in table.marks] == ["●", "○"]
    assert [sign.name for sign in table.missing] == ["skjermet", "ikke i utgivelsen"]


def test_a_delivered_number_carries_no_mark_and_a_missing_one_no_mark_either():
    assert table_cell(CHILDREN, Cell(9.0, "ok", "delivered")).mark is None
    assert table_cell(CHILDREN, Cell(None, "held_back", "constructed")).mark is None
    assert table_cell(CHILDREN, Cell(None, "held_back", "constructed")).text == "holdt tilbake"


def test_rows_of_one_table_are_written_each_by_its_own_indicator():
    series = Series("2012", "", {"2018": Cell(4.9, "ok", "published")})
    table = series_table("t", "Penger", "millioner kroner", [("Alta", [("Netto gevinst", MONEY, series)])], ["2018"])
    assert table.groups[0].label == "Alta"
    assert table.groups[0].rows[0].cells[0].text == "+4,9"
