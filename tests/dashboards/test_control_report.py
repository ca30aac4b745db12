"""The control report as a page: every finding told once, worst first, in both languages, by itself, and readable."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.control_findings import ControlReport, Delivered, finding_groups, verdict
from dashboards.control_report import control_report_page
from dashboards.control_sentence import place_of, told
from dashboards.control_words import counted_levels, period_name, value_text, words
from warehouse.finding_levels import LEVELS

GOLDEN = Path(__file__).parents[1] / "golden" / "control_report.html"
ROOT = Path(__file__).parents[2]
SCRIPT = "<script>alert(1)</script>&copy;\"'"
DELIVERED = Delivered("svar.xlsx", "data_requests", ("Alta",), ("2018",), "ab" * 32, "in_force", 50, "2019-10-01", 1,
                      "data_requests 1", "2019-10-01")
CONTROLS = (("F30", "kritisk_feil"), ("VR05", "feil"), ("VR58", "advarsel"), ("F40", "informasjon"))


def row(**changes):
    return {"finding_id": "0123456789abcdef", "rule_id": "VR05", "level": "feil", "state": "åpen", "sheet": "Akutt",
            "cell": "B4", "line_numbers": None, "found": "25", "expected": "26", "message": "Fant 25 i celle B4. Rett den.",
            "explanation_nb": None, "explained_by": None, **changes}


def page(findings=(), language="nb", delivered=DELIVERED, **more):
    return control_report_page(ControlReport(delivered, CONTROLS, tuple(findings), **more), language).decode()


def shown(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)))


ROWS = st.builds(
    row, rule_id=st.sampled_from(["VR05", "VR58", "F40", "F30", "R015"]), level=st.sampled_from(LEVELS),
    state=st.sampled_from(["åpen", "forklart", "akseptert"]), cell=st.sampled_from(["B4", "B12", None, "område, 2012"]),
    found=st.sampled_from(["25", "..", None]), line_numbers=st.sampled_from([None, "7", "7,12"]))


@given(st.lists(ROWS, max_size=8))
def test_every_finding_is_told_once_in_the_group_of_its_control_and_the_worst_stand_first(drawn):
    findings = [{**one, "message": f"Funn nummer {number}."} for number, one in enumerate(drawn)]
    groups = finding_groups(ControlReport(DELIVERED, CONTROLS, tuple(findings)), "nb")
    told_of = [line.told.what for group in groups for line in group.lines]
    assert sorted(told_of) == sorted(one["message"] for one in findings)
    assert [LEVELS.index(group.level) for group in groups] == sorted(
        (LEVELS.index(group.level) for group in groups), reverse=True)
    for group in groups:
        states = [line.state_name != "Åpen" for line in group.lines]
        assert states == sorted(states)
        assert {line.told.rule_name for line in group.lines} == {group.name}


@settings(max_examples=40)
@given(st.lists(ROWS, max_size=5), st.sampled_from(["nb", "nn"]))
def test_the_summary_has_every_control_that_was_run_and_every_one_that_found_something_once(drawn, language):
    text = page(drawn, language)
    ids = re.findall(r'class="rule">([^<]+)</th>', text)
    assert sorted(ids) == sorted({rule_id for rule_id, _ in CONTROLS} | {one["rule_id"] for one in drawn})
    clean = len(set(ids) - {one["rule_id"] for one in drawn})
    assert text.count(f'class="result">{words(language)["no_faults"]}<') == clean


@pytest.mark.parametrize(("language", "words_of_it"), [("nb", "Ingen feil funnet."), ("nn", "Ingen feil funne.")])
def test_without_a_finding_the_report_says_so_and_asks_for_nothing(language, words_of_it):
    text = shown(page(language=language))
    assert words_of_it in text and words(language)["nothing_to_do"] in text
    assert page(language=language).count("<section class=\"group-findings") == 0


@pytest.mark.parametrize(("states", "expected"), [
    ([("feil", "åpen")], "Fant 1 feil som ikke er forklart."),
    ([("feil", "åpen"), ("advarsel", "åpen"), ("advarsel", "åpen")], "Fant 1 feil og 2 advarsler som ikke er forklart."),
    ([("advarsel", "forklart")], "Ingen åpne funn. 1 funn er forklart eller akseptert."),
    ([("feil", "åpen"), ("feil", "akseptert")], "Fant 1 feil som ikke er forklart. I tillegg er 1 funn forklart eller akseptert."),
    ([], "Ingen feil funnet."),
])
def test_the_verdict_counts_open_findings_by_level_and_tells_how_many_are_explained(states, expected):
    findings = tuple(row(level=level, state=state) for level, state in states)
    assert verdict(ControlReport(DELIVERED, CONTROLS, findings), "nb") == expected


def test_a_finding_has_level_control_place_message_values_what_to_do_state_and_reference():
    text = shown(page([row(explanation_nb=None)]))
    for part in ("Feil VR05 Delene summerer til totalen", "Hva du skal gjøre: Rett totalen eller delene", "Ark «Akutt», celle B4",
                 "Fant 25 i celle B4. Rett den.", " 25 ", " 26 ", "Åpen Referanse 01234567"):
        assert part in text


def test_the_head_says_which_delivery_it_is_in_full():
    text = shown(page([row()]))
    for part in ("Kontrollrapport for Alta, 2018", "svar.xlsx", "1. oktober 2019", "Leveranse 50", "Versjon 1",
                 "abababababab", "data_requests 1", "Godtatt, og gjelder nå"):
        assert part in text
    assert "ab" * 7 not in text


def test_in_nynorsk_the_sentence_is_made_of_the_parts_and_the_message_stands_under_it_as_bokmaal():
    text = page([row()], "nn")
    assert "Fann 25 i ark «Akutt», celle B4. Venta 26. Kontrollen: Delane summerer til totalen." in shown(text)
    assert '<span lang="nb">Fant 25 i celle B4. Rett den.</span>' in text and '<html lang="nn">' in text


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"found": ".."}, "Fann ikkje noko tal i ark «Akutt», celle B4. Venta 26. Kontrollen: Delane summerer til totalen."),
    ({"found": None, "expected": None}, "Sjå ark «Akutt», celle B4. Kontrollen: Delane summerer til totalen."),
    ({"sheet": None, "cell": None, "line_numbers": "7,12", "expected": "høyst 3"},
     "Fann 25 i linje 7 og 12. Venta høgst 3. Kontrollen: Delane summerer til totalen."),
    ({"sheet": None, "cell": "formål på 285", "found": "14,20 millioner kroner", "expected": None},
     "Fann 14,20 millionar kroner (formål på 285). Kontrollen: Delane summerer til totalen."),
    ({"sheet": None, "cell": None, "rule_id": "VR999", "found": None, "expected": None}, "Sjå heile fila."),
])
def test_a_sentence_in_nynorsk_has_what_the_finding_has(changes, sentence):
    assert told(row(**changes), "nn").what == sentence


@pytest.mark.parametrize(("value", "in_nynorsk"), [
    ("minst 26", "minst 26"), ("høyst 3", "høgst 3"), ("60 linjer", "60 linjer"), ("3 måneder", "3 månader"),
    ("«ikke sett dette før»", "«ikke sett dette før»")])
def test_the_words_beside_a_number_are_told_in_nynorsk_and_a_text_of_the_file_is_left_alone(value, in_nynorsk):
    assert value_text(value, "nn") == in_nynorsk and value_text(value, "nb") == value


@pytest.mark.parametrize(("changes", "place"), [
    ({}, "ark «Akutt», celle B4"), ({"sheet": None, "cell": None}, "hele filen"),
    ({"sheet": None, "cell": None, "line_numbers": "7"}, "linje 7"),
    ({"sheet": None, "cell": None, "line_numbers": ",".join(map(str, range(1, 21)))},
     "linje 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 og 8 linjer til"),
    ({"sheet": None, "cell": "nøkkeltall 14"}, "nøkkeltall 14"), ({"cell": None}, "ark «Akutt»")])
def test_a_place_is_written_so_that_it_can_be_found(changes, place):
    assert place_of(row(**changes), "nb") == place


def test_the_lines_of_a_text_file_are_shown_with_their_fields():
    lines = {7: (("Funksjon", "285"), ("Art", "370")), 8: (("Funksjon", "251"),)}
    text = shown(page([row(sheet=None, cell=None, line_numbers="7,9")], lines=lines))
    assert "Linje 7: Funksjon 285 · Art 370" in text and "251" not in text


def test_a_finding_that_is_withheld_tells_its_place_and_the_rule_and_nothing_of_its_text():
    secret = row(is_withheld=True, message="Færder har 4711", found="4711", expected="4712", explanation_nb="4713",
                 line_numbers="7")
    for language in ("nb", "nn"):
        text = page([secret], language, lines={7: (("Beløp", "4715"),)})
        assert words(language)["withheld"] in text and "VR05" in text and "471" not in shown(text)
        assert "celle B4, linje 7" in text


def test_an_explained_finding_has_its_explanation_and_who_gave_it():
    text = shown(page([row(state="forklart", explanation_nb="Ett barn flyttet.", explained_by="kommunen")], "nn"))
    assert "Forklart av kommunen: Ett barn flyttet." in text


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_text_of_a_delivery_becomes_markup(language):
    hostile = row(**dict.fromkeys(("sheet", "cell", "found", "expected", "message", "explanation_nb", "explained_by"), SCRIPT))
    delivered = Delivered(SCRIPT, "data_requests", (SCRIPT,), (SCRIPT,), "ab" * 32, "in_force")
    text = page([hostile, row(line_numbers="7", sheet=None, cell=None)], language, delivered, lines={7: ((SCRIPT, SCRIPT),)})
    assert "<script" not in text and "&copy;\"" not in text and text.count("&lt;script&gt;alert(1)") >= 9


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_nothing_beside_it_runs_nothing_and_has_headers_for_every_table():
    text = page([row(), row(rule_id="F40", level="informasjon")])
    parser = Tags()
    parser.feed(text)
    addresses = [value for _, attrs in parser.tags for name, value in attrs.items() if name in ("src", "href", "action")]
    assert all(address.startswith(("#", "data:,")) for address in addresses)
    assert not {"script", "img", "iframe", "form", "object"} & {tag for tag, _ in parser.tags}
    assert not re.search(r"url\(|@import|https?:", text)
    assert all(attrs.get("scope") in ("row", "col") for tag, attrs in parser.tags if tag == "th")
    ids = [attrs["id"] for _, attrs in parser.tags if "id" in attrs]
    assert len(ids) == len(set(ids)) and {address[1:] for address in addresses if len(address) > 1} - {"ata:,"} <= set(ids)


def test_the_level_of_a_finding_is_said_in_words_and_not_by_colour_alone():
    for level in LEVELS:
        assert f'<span class="grade">{words("nb")["level_" + level]}</span>' in page([row(level=level)])


def luminance(colour):
    channels = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_a_level_can_be_read_on_its_ground():
    style = (ROOT / "dashboards/static/control_report.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", (ROOT / "dashboards/static/site.css").read_text(encoding="utf-8")))
    pairs = re.findall(r"\.grade \{ color: ([^;]+); background: ([^;]+);", style)
    assert len(pairs) == len(LEVELS)
    for pair in pairs:
        ink, ground = (tokens.get(colour.removeprefix("var(").rstrip(")"), colour) for colour in pair)
        lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, pair


@pytest.mark.parametrize(("outcome", "expected"), [
    ("in_force", False), ("would_be_taken", False), ("refused", True), ("would_be_refused", True)])
def test_a_refused_file_is_not_said_to_be_free_of_what_was_not_looked_for(outcome, expected):
    delivered = Delivered("x.xlsx", "data_requests", (), (), "ab" * 32, outcome)
    assert (words("nb")["summary_stopped"] in page([row()], delivered=delivered)) is expected


@pytest.mark.parametrize(("counts", "nb", "nn"), [
    ({}, "", ""), ({"feil": 1}, "1 feil", "1 feil"), ({"advarsel": 1}, "1 advarsel", "1 åtvaring"),
    ({"informasjon": 2, "kritisk_feil": 3, "advarsel": 2}, "3 kritiske feil, 2 advarsler og 2 informasjoner",
     "3 kritiske feil, 2 åtvaringar og 2 informasjonar")])
def test_levels_are_counted_worst_first(counts, nb, nn):
    assert (counted_levels(counts, "nb"), counted_levels(counts, "nn")) == (nb, nn)


@pytest.mark.parametrize(("period", "name"), [
    ("2018-T3", "3. tertial 2018"), ("2018", "2018"), ("2018-K1", "1. kvartal 2018"), ("ukjent", "ukjent")])
def test_a_period_is_said_as_people_say_it(period, name):
    assert period_name(period, "nb") == period_name(period, "nn") == name


def test_a_small_report_is_what_it_has_always_been():
    """The page without its style, line by line; a change here is a change a reporter sees."""
    findings = [row(), row(rule_id="VR58", level="advarsel", cell="B7", found="..", expected=None, state="forklart",
                           message="Fant ikke noe tall i celle B7.", explanation_nb="Ikke talt i år.", explained_by="kommunen")]
    text = page(findings, workbook_name="50_svar.xlsx", is_across=True)
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)
    assert text == GOLDEN.read_text(encoding="utf-8")
