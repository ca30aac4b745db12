"""What one pass over a sheet finds: formulas without a value, errors, and how far out the values lie."""

import pytest

from assets.sources.sheet_scan import NOT_CALCULATED, place_of_cell, scanned

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def scan(cells, row='r="4"'):
    return scanned(f"{HEAD}<row {row}>{cells}</row></sheetData></worksheet>".encode())


@pytest.mark.parametrize(("cell", "trouble"), [
    ('<c r="B4"><f>1+2</f></c>', NOT_CALCULATED),
    ('<c r="B4"><f>1+2</f><v/></c>', NOT_CALCULATED),
    ('<c r="B4"><f>1+2</f><v></v></c>', NOT_CALCULATED),
    ('<c r="B4" t="str"><f>A1</f></c>', NOT_CALCULATED),
    ('<c r="B4" t="shared"><f si="0"/></c>', NOT_CALCULATED),
    ('<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "cellen viser feilen #DIV/0!"),
    ('<c r="B4" t="e"><v>#REF!</v></c>', "cellen viser feilen #REF!"),
    # innocent
    ('<c r="B4"><f>1+2</f><v>3</v></c>', None),
    ('<c r="B4" t="str"><f>A1</f><v></v></c>', None),
    ('<c r="B4" t="str"><f>A1</f><v>ord</v></c>', None),
    ('<c r="B4"><v>3</v></c>', None),
    ('<c r="B4"/>', None),
    ('<c r="B4" t="inlineStr"><is><t>=1+2</t></is></c>', None),
    ('<c r="C4"><f>1+2</f></c>', None),
])
def test_a_cell_whose_value_cannot_be_known_is_told(cell, trouble):
    assert scan(cell).troubles.get("B4") == trouble


def test_a_cell_without_a_reference_stands_beside_the_one_before():
    assert scan('<c><v>1</v></c><c><f>1</f></c>', row="").troubles == {"B1": NOT_CALCULATED}
    assert scan('<c r="Z4"><v>1</v></c><c><f>1</f></c>').troubles == {"AA4": NOT_CALCULATED}


def test_the_rectangle_holds_every_value_and_no_empty_cell():
    found = scan('<c r="A4"/><c r="C4"><v>1</v></c><c r="XFD4" s="3"/>')
    assert (found.rows, found.columns) == (4, 3)


@pytest.mark.parametrize("text", [b"", b"<a>", b"\x00", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>&b;</a>"])
def test_xml_that_is_broken_or_defines_anything_is_an_error(text):
    with pytest.raises(ValueError):
        scanned(text)


@pytest.mark.parametrize("cells", ['<c r="4B"/>', '<c r="AAAA1"/>', '<c r="A99999999"/>', '<c r=""/>'])
def test_a_reference_that_is_none_is_an_error(cells):
    with pytest.raises(ValueError):
        scan(cells)


@pytest.mark.parametrize("row", ['r="x"', 'r=""', f'r="{"9" * 5000}"'])
def test_a_row_number_that_is_none_is_an_error(row):
    with pytest.raises(ValueError):
        scan("", row=row)


@pytest.mark.parametrize(("reference", "place"), [
    ("A1", (1, 1)), ("Z2", (2, 26)), ("AA3", (3, 27)), ("XFD1048576", (1048576, 16384)),
    ("XFE1", None), ("A1048577", None), ("A0", None), ("$A$1", None), ("a1", None), ("A1:B2", None)])
def test_a_reference_is_a_row_and_a_column_counted_from_one(reference, place):
    assert place_of_cell(reference) == place
