"""Accounts cut as a matrix of bytes: the same rows, and the same refusals, as when each line is read by itself."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.sources import kostra_accounts
from assets.sources.fixed_width import numbered_lines, records
from assets.sources.reading import Cell, CellsOfRows
from expectations.finding import DeliveryRefused
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of

SOUND = f"0A2018 201200{'':18}1252 010    10946".encode()
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def put(start: int, text: bytes, line: bytes = SOUND) -> bytes:
    return line[:start] + text + line[start + len(text):]


def line_by_line(content: bytes) -> tuple[list[dict], set[tuple[str, int]]]:
    """The rows of a file and what refuses it (rule and line), as one would read it who has one line to read."""
    rows, faults, refused = [], set(), set()
    for number, line in enumerate(content.split(b"\n"), 1):
        text = line.decode("iso-8859-1").rstrip("\r")
        if not text:
            continue
        if len(text) != 48 or "\t" in text:
            refused.add(("R001", number))
            continue
        keys = re.fullmatch(r"(0[A-Y])(20[0-9]{2})([ 1-4])([0-9]{6})( {9}|[0-9]{9})( {9}|[0-9]{9})", text[:31])
        if not keys or int(keys[2]) < 2003:
            faults.add(("R002", number))
        amount = re.fullmatch(r" *(-?[0-9]+)", text[39:])
        if not amount:
            faults.add(("R014", number))
        if keys and amount:
            rows.append({
                "line_number": number, "form_code": keys[1], "accounting_year": int(keys[2]),
                "quarter": keys[3].strip() or None, "region_code": keys[4], "org_number": keys[5].strip() or None,
                "company_number": keys[6].strip() or None, "account_class": text[31],
                "function_code": text[32:36].rstrip(" "), "species_code": text[36:39],
                "amount_thousand_nok": float(int(amount[1]))})
    return rows, refused or faults or (set() if rows else {("F01", 0)})


def read(content: bytes, name: str = "x.dat") -> tuple[list[dict], set[tuple[str, int]]]:
    """The same from the reader. A line's rule is told once however many of its fields are unreadable."""
    try:
        return kostra_accounts.read(content, name).rows.to_pylist(), set()
    except DeliveryRefused as refused:
        return [], {(one.rule_id, number) for one in refused.findings for number in one.line_numbers or (0,)}


ANY_BYTE = st.integers(0, 255).map(lambda byte: bytes([byte])).filter(lambda byte: byte != b"\n")
AMOUNTS = st.one_of(
    st.integers(-99_999_999, 999_999_999).map(lambda amount: b"%9d" % amount),
    st.text("0123456789-+ .,x", min_size=9, max_size=9).map(str.encode),
    st.sampled_from([b"        -", b"         ", b"       -0", b"     0x10", b"000000500", b"500      ", b"      -\xb15"]))
SOUND_LINES = st.builds(
    lambda letter, year, quarter, numbers, tail, amount: put(39, b"%9d" % amount, put(31, tail, (
        f"0{letter}{year}{quarter}201200{numbers}{'':9}".encode() + SOUND[31:]))),
    st.sampled_from("ABFY"), st.integers(2003, 2099), st.sampled_from(" 1234"), st.sampled_from([" " * 9, "123456785"]),
    st.lists(st.sampled_from([b" ", b"0", b"2", b"\x00", b"\x85", b"\xa0", b"\xf8", b"\xff", b"\r"]), min_size=8,
             max_size=8).map(b"".join), st.integers(-99_999_999, 999_999_999))
ODD_LINES = st.one_of(
    st.just(b""), st.just(SOUND[:-1]), st.just(SOUND + b" "), st.just(SOUND[:-1] + b"\r"), st.just(put(35, b"\t")),
    AMOUNTS.map(lambda amount: put(39, amount)),
    st.builds(put, st.integers(0, 47), ANY_BYTE), st.binary(max_size=60).map(lambda text: text.replace(b"\n", b" ")))


def file_of(lines: list[bytes], ends: list[bytes], mark: bytes, is_cut: bool) -> bytes:
    """The lines with their ends by turns, after a byte order mark or none; the last end may be missing."""
    whole = b"".join(line + ends[number % len(ends)] for number, line in enumerate(lines))
    return mark + (whole.removesuffix(ends[(len(lines) - 1) % len(ends)]) if is_cut and lines else whole)


ENDS = st.sampled_from([[b"\n"], [b"\r\n"], [b"\n", b"\r\n"], [b"\n\n"], [b"\r\r\n"]])
SOUND_FILES = st.builds(file_of, st.lists(SOUND_LINES, max_size=6), ENDS, st.just(b""), st.booleans())
FILES = st.builds(file_of, st.lists(st.one_of(SOUND_LINES, SOUND_LINES, ODD_LINES), max_size=6), ENDS,
                  st.sampled_from([b"", b"", b"", BYTE_ORDER_MARK]), st.booleans())


@given(SOUND_FILES)
def test_sound_lines_give_the_rows_they_give_one_by_one(content):
    assert read(content) == line_by_line(content)


@settings(max_examples=200)
@given(FILES)
def test_any_file_is_read_or_refused_for_the_same_lines_as_one_by_one(content):
    rows, refused_for = line_by_line(content)
    assert read(content) == ([] if refused_for else rows, refused_for)


@given(st.lists(st.one_of(SOUND_FILES, FILES), min_size=1, max_size=4))
def test_many_files_together_give_what_each_gives_alone(contents):
    files = [(f"{number}.dat", content) for number, content in enumerate(contents)]
    alone = [read(content, name) for name, content in files]
    refused = next((number for number, (_, refused_for) in enumerate(alone) if refused_for), None)
    if refused is None:
        table, counts = kostra_accounts.rows_of_many(files)
        assert table.to_pylist() == [row for rows, _ in alone for row in rows]
        assert counts == [len(rows) for rows, _ in alone]
    else:
        with pytest.raises(DeliveryRefused) as stopped:
            kostra_accounts.rows_of_many(files)
        assert {one.file for one in stopped.value.findings} == {f"{refused}.dat"}


@pytest.mark.parametrize("odd", [
    SOUND[:-1], SOUND + b"0", put(35, b"\t"), put(32, b"\t252"), put(39, b"     0x10"), put(39, b"        -"),
    put(39, b"         "), put(39, b"500      "), put(39, b"    1e3  "), put(0, b"0Z"), put(2, b"2002"), put(6, b"5"),
    put(7, b"20120x"), put(13, b"12345678 "), put(22, b"        1"), put(2, b"201\xb2"), BYTE_ORDER_MARK + SOUND, b"",
])
def test_one_unsound_file_among_sound_ones_is_refused_as_when_alone(odd):
    alone, sound = read(odd), SOUND + b"\n" + SOUND
    assert alone == ([], line_by_line(odd)[1]) and alone[1]
    with pytest.raises(DeliveryRefused) as stopped:
        kostra_accounts.rows_of_many([("a.dat", sound), ("odd.dat", odd), ("b.dat", sound)])
    assert {(one.file, one.rule_id) for one in stopped.value.findings} == {("odd.dat", rule) for rule, _ in alone[1]}


def test_the_types_are_those_of_the_raw_table_whatever_the_lines_hold():
    wanted = arrow_table(contract_of("raw", "kostra_accounts_line"), [], without=("delivery_id",)).schema
    for content in (SOUND, put(6, b"1"), put(13, b"123456785"), put(32, b"\xe6\xf8\xe5"), b"\n" + SOUND):
        assert kostra_accounts.read(content, "x.dat").rows.schema == wanted


@pytest.mark.parametrize("content", [
    SOUND + b"\n" + SOUND + b"\n", SOUND + b"\r\n" + SOUND, SOUND + b"\n\n\n" + SOUND, b"\r\n" + SOUND + b"\r\r\n" + SOUND,
    SOUND + b"\n" + put(32, b"2\x855") + b"\r\n", SOUND[:20] + b"\r" + SOUND[21:] + b"\n", b"", b"\n\r\n",
])
def test_the_matrix_holds_the_lines_with_their_numbers(content):
    found = records(content, 48)
    assert [(number, bytes(line).decode("iso-8859-1")) for number, line in zip(
        found.numbers.tolist(), found.bytes, strict=True)] == numbered_lines(content)
    assert found.bytes.dtype == np.uint8


@pytest.mark.parametrize("content", [
    SOUND[:-1] + b"\n" + SOUND, SOUND + b" \n", SOUND[:-1] + b"\r\n", SOUND * 2, SOUND + b"\n" + SOUND[:20],
    SOUND[:24] + b"\n" + SOUND[24:] + b"x", BYTE_ORDER_MARK + SOUND, SOUND[:-1] + b"\r\r\n" + SOUND[:-1] + b"\r\r\n",
])
def test_lines_of_unlike_length_are_no_matrix(content):
    assert records(content, 48) is None


def test_cells_are_made_when_looked_at():
    made = []

    def cell(row):
        made.append(row["line_number"])
        return Cell({}, row["amount_thousand_nok"], None, line=row["line_number"])

    rows = kostra_accounts.read(b"\n".join(put(39, b"%9d" % amount) for amount in range(5)), "x.dat").rows
    cells = CellsOfRows(rows, cell)
    assert (len(cells), made) == (5, [])
    assert (cells[1].value, cells[-1].value, made) == (1.0, 4.0, [2, 5])
    assert [one.value for one in cells[1:4:2]] == [1.0, 3.0]
    assert [one.line for one in cells] == [1, 2, 3, 4, 5]
    with pytest.raises(IndexError):
        cells[5]
