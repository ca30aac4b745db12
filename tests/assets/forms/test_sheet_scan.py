"""What one pass over a sheet finds: formulas without a value, errors, and how far out the values lie."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.sources.sheet_scan import NOT_CALCULATED, _looked_at_closely, _plain, place_of_cell, scanned

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


# What is merged and what is hidden

@pytest.mark.parametrize(("around", "merged", "rows", "columns"), [
    ('<mergeCells count="1"><mergeCell ref="B4:C5"/></mergeCells>', [(4, 2, 5, 3)], set(), []),
    ('<x:mergeCells xmlns:x="y"><x:mergeCell ref="A1"/></x:mergeCells>', [(1, 1, 1, 1)], set(), []),
    ('<cols><col min="2" max="3" hidden="1"/></cols>', [], set(), [(2, 3)]),
    ('<cols><col min="2" max="2" width="0"/><col min="3" max="3" hidden="true"/></cols>', [], set(), [(2, 2), (3, 3)]),
    ('<sheetData><row r="7" hidden="1"/><row r="8" ht="0"/><row r="9" ht="0.75"/></sheetData>', [], {7, 8}, []),
    ("<sheetData><row r='7' hidden='1'/></sheetData>", [], {7}, []),
    ('<cols><col hidden="false" min="1" max="1"/></cols><sheetData><row r="7" hidden="0" ht="15"/></sheetData>', [],
     set(), [])])
def test_merged_and_hidden_ranges_are_found(around, merged, rows, columns):
    found = scanned(f'<worksheet xmlns="a">{around}</worksheet>'.encode())
    assert (found.merged, found.hidden_rows, found.hidden_columns) == (merged, rows, columns)


@pytest.mark.parametrize("reference", ["", "B4:", "B4:XFE9", ":C5", "b4:c5"])
def test_a_merged_range_that_is_none_is_an_error(reference):
    with pytest.raises(ValueError):
        scanned(f'<worksheet><mergeCells><mergeCell ref="{reference}"/></mergeCells></worksheet>'.encode())


def test_a_sheet_with_more_hidden_rows_than_people_make_is_odd_and_not_kept_whole():
    rows = "".join(f'<row r="{number}" hidden="1"/>' for number in range(1, 20_001))
    found = scanned(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode())
    assert found.is_odd and len(found.hidden_rows) < 20_000 and not scan("<c/>").is_odd


# The quick look and the close one

_CELLS = st.sampled_from([
    '<c r="B4"><v>1</v></c>', '<c r="C4" s="3" t="s"><v>0</v></c>', '<c r="XFD4" s="1"/>',
    '<c r="A4" t="e"><v>#REF!</v></c>',
    '<c r="D4"><f>1+2</f></c>', '<c r="D4"><f>1+2</f><v>3</v></c>', '<c r="D4"><f\n>1</f></c>',
    "<c r='E4'><v>1</v></c>",
    "<c><v>1</v></c>", '<c t="n" r="F4"><v>1</v></c>', '<c r="G4"  ><v/></c>',
    '<c r="AB4" t="inlineStr"><is><t>a &gt; b</t></is></c>',
    '<x:c xmlns:x="a" r="Z4"><x:f>1</x:f></x:c>', '<c r="H4" s="1"></c>', "<!-- <c r='ZZ4'/> -->",
    '<c r="I4" t="str"><f/><v></v></c>'])
_ROWS = st.sampled_from(['r="4"', 'r="4" hidden="1"', 'r="4" hidden="false" ht="15"', "r='4'", "", 'ht="0" r="4"',
                         'r="4" ht="0"'])
_REST = st.sampled_from(["", '<mergeCells><mergeCell ref="B4:C4"/></mergeCells>', '<pageMargins left="0.7"/>',
                         '<dataValidation><formula1>"a,b"</formula1></dataValidation>'])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_ROWS, st.lists(_CELLS, max_size=4)), max_size=3), _REST)
def test_a_quick_look_never_misses_what_a_close_one_finds(rows, rest):
    lines = "".join(f"<row {row}>{''.join(cells)}</row>" for row, cells in rows)
    text = f'<worksheet xmlns="a"><sheetData>{lines}</sheetData>{rest}</worksheet>'.encode()
    quick, close = _plain(text), _looked_at_closely(text)
    if quick is not None:
        assert (quick.troubles, quick.merged, quick.hidden_rows, quick.hidden_columns) == ({}, [], set(), [])
        assert (close.troubles, close.merged, close.hidden_rows, close.hidden_columns) == ({}, [], set(), [])
        assert quick.rows >= close.rows and quick.columns >= close.columns


def test_the_forms_own_sheets_need_only_a_quick_look(filled):
    with zipfile.ZipFile(io.BytesIO(filled())) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if re.fullmatch(r"xl/worksheets/\w+\.xml", name)]
    assert len(sheets) == 10 and all(_plain(text) == _looked_at_closely(text) for text in sheets)
