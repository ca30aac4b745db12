"""A mapping line by line: what each may say, and that every slip is named with its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.sources.form_mapping import read_mapping
from expectations.finding import DeliveryRefused

README = Path(__file__).parents[3] / "README.md"
HEADINGS = "felt_id;ark;celle;radtekst;kolonnetekst;enhet;verdi;merknad"
HEAD = ("skjema;;;;;;Tertialrapport;", "kommunenummer;;;;;;2012;", "periode;Forside;B2;;;;;",
        "periode_fra;;;;;;01.09.2018;",
        "periode_til;;;;;;31.12.2018;", "dateringsgrunnlag;;;;;;vedtaksdato;")


def text_of(*lines, head=HEAD, headings=HEADINGS):
    return "\n".join([headings, *head, *lines, ""])


def faults(*lines, **given):
    with pytest.raises(DeliveryRefused) as refusal:
        read_mapping(text_of(*lines, **given).encode(), "hjemme.xlsx.mapping.csv")
    return [(one.rule_id, one.line_numbers, one.message) for one in refusal.value.findings]


def test_a_mapping_is_its_form_its_head_its_fields_and_its_words():
    mapping = read_mapping(text_of("meldinger;B;D14;;;;;fra arkiv", "ord;;;i.a.;;;ikkje aktuelt;",
                                   "ord;;;-;;;bekreftet null;",
                                   "forsoek_i_alt;G;;Brukt;Sum;mill. kr;;").encode(), "m.csv")
    assert (mapping.stem, mapping.signs) == ("tertial_reports", {"i.a.": ".", "-": "-"})
    assert set(mapping.head) == {"skjema", "kommunenummer", "periode"}
    assert (mapping.fields["meldinger"].cell, mapping.fields["meldinger"].line) == ("D14", 8)
    assert mapping.fields["forsoek_i_alt"].scale == 1000


def test_the_mapping_the_readme_shows_can_be_read():
    (shown,) = [block for block in README.read_text(encoding="utf-8").split("```") if block.startswith("\nfelt_id;")]
    mapping = read_mapping(shown.encode(), "m.csv")
    assert set(mapping.fields) > {"meldinger", "aarsverk_barnevern", "forsoek_i_alt"} and mapping.signs == {"-": "-"}


def test_a_title_above_the_headings_is_passed_over():
    assert set(read_mapping(("Mapping for Alta 2018\n" + text_of()).encode(), "m.csv").head) == {
        "skjema", "kommunenummer", "periode"}


@pytest.mark.parametrize("name", ["Tertialrapport", "tertialrapport", "tertial_reports"])
def test_a_form_is_named_as_people_or_as_we_call_it(name):
    head = (f"skjema;;;;;;{name};", *HEAD[1:])
    assert read_mapping(text_of(head=head).encode("utf-8-sig"), "m.csv").stem == "tertial_reports"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_a_text_is_the_same_in_any_encoding_a_spreadsheet_saves(encoding):
    content = text_of("meldinger;Barnevern Ålesund;;Årets meldinger;Sum;;;").encode(encoding)
    assert read_mapping(content, "m.csv").fields["meldinger"].row_text == "Årets meldinger"


@pytest.mark.parametrize(("unit", "scale"), [("kr", "0.001"), ("1000 kr", "1"), ("mill. kr", "1000"), ("KR", "0.001")])
def test_an_amount_says_its_unit(unit, scale):
    mapping = read_mapping(text_of(f"forsoek_i_alt;G;B4;;;{unit};;").encode(), "m.csv")
    assert str(mapping.fields["forsoek_i_alt"].scale) == scale


@pytest.mark.parametrize("line", [
    "meldinger;B;;Meldinger;Sum;;;", "meldinger;B;D;Meldinger;;;;", "meldinger;B;14;;Sum;;;", "meldinger;B;$D$14;;;;;",
    "meldinger;B;d14;;;meldinger;;", "aarsverk_barnevern;B;D14;;;;;", "aarsverk_barnevern;B;D14;;;årsverk;;",
    "ventetid_tiltak;B;D14;;;;;", "tekst_a;B;D14;;;;;", "tekst_a;;;;;;Ingen endring;",
    "meldinger;;;;;;ikke rapportert;"])
def test_a_place_or_a_value_is_said_in_one_of_these_ways(line):
    assert len(read_mapping(text_of(line).encode(), "m.csv").fields) == 4


@pytest.mark.parametrize(("line", "rule_id", "text"), [
    ("meldinger;B;;;;;;", "F43", "ingen entydig plass"), ("meldinger;;D14;;;;;", "F43", "ingen entydig plass"),
    ("meldinger;B;D14;Meldinger;;;;", "F43", "ingen entydig plass"),
    ("meldinger;B;;Meldinger;;;;", "F43", "entydig plass"),
    ("meldinger;B;14;Meldinger;;;;", "F43", "entydig plass"), ("meldinger;B;D;;Sum;;;", "F43", "entydig plass"),
    ("meldinger;B;D;Meldinger;Sum;;;", "F43", "entydig plass"), ("meldinger;B;D14:D16;;;;;", "F43", "entydig plass"),
    ("meldinger;B;=D14;;;;;", "F43", "entydig plass"),
    ("tekst_a;B;D14;;;;Ingen endring;", "F43", "både verdi og plass"),
    ("skjema;;;;;;Dataforespørsel;", "F43", "«skjema» står også på linje 2"),
    ("meldingar;B;D14;;;;;", "F34", "har ikke feltet «meldingar»"),
    ("aarsverk;B;D14;;;;;", "F34", "har ikke feltet «aarsverk»"),
    ("meldinger;B;D14;;;kr;;", "F45", "enheten «kr» er ukjent"),
    ("ventetid_tiltak;B;D14;;;dager;;", "F45", "«dager» er ukjent"),
    ("ledige_stillinger;B;D14;;;prosent;;", "F45", "«prosent» er ukjent"),
    ("tekst_a;B;D14;;;kr;;", "F45", "«kr» er ukjent"),
    ("forsoek_i_alt;G;B4;;;;;", "F45", "enheten mangler"),
    ("forsoek_i_alt;G;B4;;;tkr;;", "F45", "1000 kr, kr, mill. kr"),
    ("ord;;;-;;;null;", "F43", "ikke er et av valgene i listen"), ("ord;;;;;;bekreftet null;", "F43", "skal ha ordet"),
    ("ord;;;-;;;;", "F43", "skal ha ordet"), (";B;D14;;;;;", "F09", "feltet er tomt"),
    ("meldinger;B;D14", "F06", "fant 3 felt"),
])
def test_a_slip_is_named_with_its_line(line, rule_id, text):
    ((found, lines, message),) = faults(line)
    assert (found, lines) == (rule_id, (8,))
    assert text in message and message.startswith("hjemme.xlsx.mapping.csv, linje 8")


def test_a_field_twice_is_a_slip_whichever_line_was_meant():
    ((rule_id, lines, _),) = faults("meldinger;B;D14;;;;;", "meldinger;B;D15;;;;;")
    assert (rule_id, lines) == ("F43", (9,))


@pytest.mark.parametrize("missing", range(len(HEAD)))
def test_what_every_delivery_must_say_is_in_every_mapping(missing):
    (found,) = faults(head=tuple(line for number, line in enumerate(HEAD) if number != missing))
    assert found[0] == "F43" and f"linjen «{HEAD[missing].partition(';')[0]}» mangler" in found[2]


@pytest.mark.parametrize(("given", "rule_id", "text"), [
    ({"headings": HEADINGS.replace("radtekst", "rad_text")}, "F43", "kolonnene rad_text er ukjente"),
    ({"headings": HEADINGS.replace("felt_id", "felt")}, "F02", "kolonnen «felt_id» mangler"),
    ({"head": ("skjema;;;;;;Årsrapport;", *HEAD[1:])}, "F43", "fant «Årsrapport», som ikke er et skjema")])
def test_a_heading_or_a_form_nobody_knows_is_a_slip(given, rule_id, text):
    ((found, _, message),) = faults(**given)
    assert found == rule_id and text in message


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00" * 10, b'felt_id;ark\n"skjema;',
                                     b"PK\x03\x04 ikke en mapping"])
def test_what_is_no_mapping_is_refused_and_nothing_else(content):
    with pytest.raises(DeliveryRefused):
        read_mapping(content, "m.csv")


_PARTS = st.sampled_from(["skjema", "meldinger", "ord", "periode", "B", "D14", "D", "14", "Sum", "kr", "-", "2012",
                          '"', "\x00",
                          "Tertialrapport", "bekreftet null", "", "=1+1", "\u00a0", "9" * 400])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_PARTS, min_size=0, max_size=9).map(";".join), max_size=8))
def test_any_lines_are_read_or_refused_and_nothing_else(lines):
    try:
        assert read_mapping(text_of(*lines).encode(), "m.csv").stem == "tertial_reports"
    except DeliveryRefused as refusal:
        assert all(finding.file == "m.csv" for finding in refusal.findings)
