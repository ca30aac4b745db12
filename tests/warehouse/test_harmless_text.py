"""A stranger's text is harmless wherever it is shown: terminal, mail, spreadsheet and page."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.finding import Finding
from warehouse.harmless_text import (
    LONGEST_MESSAGE, VisibleStream, as_message, never_calculated, on_one_line, visible)

ESCAPE, OVERRIDE = "\x1b[31m", "\u202e"
TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(("text", "shown"), [
    (ESCAPE, "\\u001b[31m"), (OVERRIDE, "\\u202e"), ("\x9b1m", "\\u009b1m"), ("a\u200bb", "a\\u200bb"), ("\udce5", "\\udce5"),
    ("\x07", "\\u0007"), ("\x7f", "\\u007f"), ("\u2066x\u2069", "\\u2066x\\u2069"),
    ("Tromsø «æøå» – 1\u00a0000 −3 …", "Tromsø «æøå» – 1\u00a0000 −3 …"), ("linje\nneste\tkolonne", "linje\nneste\tkolonne"),
])
def test_what_cannot_be_seen_is_written_out_and_the_rest_is_left_alone(text, shown):
    assert visible(text) == shown


@given(TEXTS)
def test_a_shown_text_can_be_written_anywhere_and_shown_again_without_change(text):
    shown = on_one_line(text)
    assert on_one_line(shown).encode() == shown.encode() and "\n" not in shown


@given(st.dictionaries(TEXTS, TEXTS, max_size=3))
def test_json_says_the_same_after_it_was_made_visible(value):
    assert json.loads(visible(json.dumps(value, ensure_ascii=False))) == value


def test_a_finding_holds_nothing_that_cannot_be_seen_whatever_was_found():
    finding = Finding("F00", "feil", f"{ESCAPE}x{OVERRIDE}\nny linje", file=f"{ESCAPE}.csv", sheet=OVERRIDE, cell="\x00",
                      found=ESCAPE, expected="\r")
    texts = (finding.message, finding.file, finding.sheet, finding.cell, finding.found, finding.expected)
    assert texts == ("\\u001b[31mx\\u202e ny linje", "\\u001b[31m.csv", "\\u202e", "\\u0000", "\\u001b[31m", " ")


def test_a_long_quotation_is_cut_and_the_advice_after_it_stands():
    message = as_message(f"x.csv: fant «{'9' * 70_000}», som ikke er et tall. Skriv tallet med sifre.")
    assert len(message) < 300 and message.endswith("9…», som ikke er et tall. Skriv tallet med sifre.")
    assert as_message(f"x.csv: {'9' * 70_000} finnes ikke. Rett det.").endswith("finnes ikke. Rett det.")
    assert as_message("kort «" + "a" * 200 + "»") == "kort «" + "a" * 200 + "»"


@given(st.text(max_size=9_000))
def test_no_message_is_longer_than_a_page(text):
    assert len(as_message(text)) <= LONGEST_MESSAGE + 3 and as_message(as_message(text)) == as_message(text)


@pytest.mark.parametrize("text", [
    "=1+1", "=HYPERLINK(\"http://x\")", "+47 22", "-1+1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "＠x", " =1+1", "\u00a0=1",
    "--", "-x", "+", "-2018-T1", "1;=1"[2:], "-5 %"])
def test_a_text_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert never_calculated(text) == f"'{text}"


@pytest.mark.parametrize(("text", "written"), [("\r=1", "'\n=1"), ("a\r=1", "a\n=1"), ("a\r\nb", "a\nb"), ("\r", "'\n")])
def test_a_line_end_in_a_text_never_begins_a_new_line_of_the_table(text, written):
    assert never_calculated(text) == written


@pytest.mark.parametrize("value", [
    -1, -1.5, 0, None, True, "-1", "-1,5", "+3", "-1.5e-3", "-", "1-2", "Færder = Nøtterøy + Tjøme", "a@b", "'=1", "", " ", "..", ":",
    "2018-T1", "−3 %"])
def test_a_number_a_sign_and_an_innocent_text_are_written_as_they_are(value):
    assert never_calculated(value) == value


@given(st.lists(st.one_of(TEXTS, st.integers(), st.floats(allow_nan=False)), min_size=1, max_size=5))
def test_no_cell_of_a_csv_line_begins_as_a_formula(values):
    line = io.StringIO()
    csv.writer(line, delimiter=";").writerow([never_calculated(value) for value in values])
    (cells,) = csv.reader(io.StringIO(line.getvalue(), newline=""), delimiter=";")
    for cell, value in zip(cells, values, strict=True):
        assert not isinstance(value, str) or cell == "-" or cell.lstrip(" \u00a0")[:1] not in tuple("=+-@\t\r\n") or not (
            cell.strip("+-0123456789.,eE"))


def test_a_stream_to_a_person_shows_all_that_is_written_to_it():
    written = io.StringIO()
    stream = VisibleStream(written)
    print(f"{ESCAPE}rød{OVERRIDE}", "a\nb", file=stream)
    stream.writelines(["\x07", "x"])
    assert written.getvalue() == "\\u001b[31mrød\\u202e a\nb\n\\u0007x" and stream.getvalue() == written.getvalue()
