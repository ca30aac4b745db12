"""The words of a message: what, where, what to do; nothing of others; the same news is the same message."""

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy

import pytest

from pipelines.alerts.as_text import as_text
from pipelines.alerts.digest import Digest, Section
from pipelines.alerts.finding import Known, Told
from pipelines.alerts.finding_item import items, place
from pipelines.alerts.letter import Traffic, Withheld, digest_of
from pipelines.alerts.message import Message, identity_of
from pipelines.alerts.missing_report import template_command, template_file
from pipelines.alerts.news import EVALUATORS, Change, Recipient, news_for
from pipelines.alerts.occasion import occasion
from pipelines.alerts.words import WORDS, Words
from warehouse.rule_table import RuleEntry

ALTA, FAERDER = Recipient("2012", "Alta"), Recipient("0729", "Færder")
EVALUATOR = Recipient(EVALUATORS, "evaluatorene")
WHEN = occasion(datetime(2019, 2, 1), datetime(2019, 2, 1, 7, 30))
RULES = {"VR05": RuleEntry("VR05", "Delene gir totalen", "feil", "municipality", True, "Rett delene eller totalen.", ())}


@pytest.fixture(autouse=True)
def one_known_rule(monkeypatch):
    monkeypatch.setattr("pipelines.alerts.finding.described_rule", RULES.get)
    monkeypatch.setattr("pipelines.alerts.finding_item.name_and_advice", lambda rule_id, language: (
        (RULES[rule_id].name_nb, RULES[rule_id].advice_nb) if rule_id in RULES else ("", "")))


def finding(finding_id="11112222333344445555", **given):
    columns = {"rule_id": "VR05", "level": "feil", "unit_code": "2012", "period": "2018-T3", "state": "åpen",
               "message": "Delene gir 26, men totalen er 25.", "stem": "tertial_reports", "file_name": "alta.xlsx",
               "sheet": "C", "cell": "D14", "found": "25"}
    return Known(finding_id, **{**columns, **given})


def letter(recipient, *drawn, told=None, traffic=Traffic(), language="nb", withheld=Withheld(), when=WHEN):
    news = news_for(recipient, drawn, told or {})
    digest = digest_of(news, when, language, withheld, traffic)
    return Message(identity_of(news, when), recipient, when.tertial.period, digest, when.now)


def paragraphs(*drawn):
    """The numbered paragraphs of a municipality's findings, as text."""
    found = items([Change(each, None) for each in drawn], Words("nb"), ALTA)
    return as_text(Digest("nb", "", sections=(Section("", found),))).rstrip("\n").split("\n\n")


@pytest.mark.parametrize(("given", "expected"), [
    ({}, "alta.xlsx, ark «C», celle D14"),
    ({"sheet": None}, "alta.xlsx, celle D14"),
    ({"cell": None}, "alta.xlsx, ark «C»"),
    ({"cell": "D14:E20"}, "alta.xlsx, ark «C», celle D14:E20"),
    ({"sheet": None, "cell": "funksjon 285, 2018"}, "alta.xlsx, funksjon 285, 2018"),
    ({"sheet": None, "cell": "value[12]"}, "alta.xlsx, value[12]"),
    ({"sheet": None, "cell": "nøkkeltall 01"}, "alta.xlsx, nøkkeltall 01"),
    ({"sheet": None, "cell": None, "line_numbers": (3, 4, 9)}, "alta.xlsx, linje 3, 4 og 9"),
    ({"sheet": None, "cell": None}, "alta.xlsx"),
    ({"file_name": None, "sheet": None, "cell": None}, "Tertialrapporter, 2018-T3"),
    ({"file_name": None, "sheet": None, "cell": None, "stem": None}, "2018-T3"),
    ({"file_name": None, "sheet": None, "cell": "funksjon 285, 2016", "period": "2016", "stem": "ledger"},
     "Hovedbok, funksjon 285, 2016"),
])
def test_the_place_is_file_sheet_and_cell_or_line(given, expected):
    assert place(finding(**given)) == expected


def test_a_finding_says_what_where_what_to_do_and_asks_for_the_municipalitys_own_explanation():
    text = letter(ALTA, finding()).text
    assert """1. FEIL – VR05 Delene gir totalen
   Hva:  Delene gir 26, men totalen er 25.
   Hvor: alta.xlsx, ark «C», celle D14
   Gjør: Rett delene eller totalen.
   Kommunens forklaring (ref. 11112222): 
""" in text
    assert text.startswith("Til prosjektlederen i Alta\n\n") and "SLIK SVARER DERE" in text
    assert "etter fristen for 2018-T3, som var 30.01.2019" in text


def test_a_rule_without_a_row_is_told_by_its_own_message():
    text = letter(ALTA, finding(rule_id="R015", message="Linje 3 og 4 er like. Slå dem sammen.")).text
    assert "1. FEIL – R015\n   Hva:  Linje 3 og 4 er like. Slå dem sammen.\n   Hvor: " in text and "Gjør:" not in text


def test_a_refused_file_stands_first_and_is_to_be_delivered_again_not_explained():
    refused = finding("ffff", rule_id="A01", level="kritisk_feil", message="tom.xlsx: filen er tom.", is_refusal=True,
                      file_name="tom.xlsx", sheet=None, cell=None)
    text = letter(ALTA, finding(), refused).text
    assert text.index("AVVISTE FILER") < text.index("tom.xlsx: filen er tom.") < text.index("NYE FUNN")
    assert "Kommunens forklaring (ref. ffff)" not in text and "Ref.: ffff" in text


def test_many_of_one_rule_in_one_file_are_one_paragraph_and_none_is_lost():
    drawn = [finding(f"{number:020}", cell=f"D{number}", found=str(number)) for number in range(10, 16)]
    drawn = [replace(each, message=f"{each.cell} gir {each.found}.") for each in drawn]
    (text,) = paragraphs(*drawn)
    assert "Hva:  D10 gir 10." in text and "Også: ark «C», celle D15: fant 15 (ref. 00000000)" in text
    assert [f"D{number}" in text for number in range(10, 16)] == [True] * 6


@pytest.mark.parametrize(("first", "second", "also"), [
    ({"message": "a.xlsx: filen er tom.", "file_name": "a.xlsx"}, {"message": "b.xlsx: filen er tom.",
     "file_name": "b.xlsx", "cell": None, "sheet": None}, "b.xlsx"),
    ({"message": "Rapport 1 mangler.", "file_name": None}, {"message": "Rapport 2 mangler.", "file_name": None},
     "Rapport 2 mangler."),
    ({"file_name": "a.xlsx"}, {"file_name": "b.xlsx", "message": "Noe\nannet.", "found": "3"}, "Noe annet."),
    ({}, {"message": "Ingen verdi her.", "found": None}, "Ingen verdi her."),
    ({}, {"message": "Fant 10 barn.", "cell": "value[346]", "found": "10"}, "Fant 10 barn."),
    ({}, {"message": "Linje 7.", "cell": None, "line_numbers": (7,), "found": "10"}, "linje 7: fant 10"),
    ({}, {"message": "Året etter.", "period": "2019-T1", "found": "3"}, "ark «C», celle D14, 2019-T1: fant 3"),
])
def test_a_further_finding_of_a_rule_says_what_differs(first, second, also):
    (text,) = paragraphs(finding("a", **first), finding("b", **second))
    assert text.endswith(f"\n   Også: {also} (ref. b)") and text.count("FEIL") == 1


def test_different_rules_levels_and_units_are_paragraphs_of_their_own():
    drawn = [finding("a"), finding("b", rule_id="VR07"), finding("c", level="advarsel"), finding("d", unit_code="0729"),
             finding("e", is_refusal=True)]
    assert len(paragraphs(*drawn)) == 5


def test_advice_that_the_message_already_gives_is_not_said_twice():
    text = letter(ALTA, finding(message="Delene gir 26. Rett delene eller totalen.")).text
    assert text.count("Rett delene eller totalen.") == 1


def test_what_is_mended_is_told_with_what_it_was_and_what_comes_back_is_marked():
    mended = finding(state="rettet", message="Delene ga 26.\nTotalen var 25.")
    back = finding("back")
    text = letter(ALTA, mended, back, told={"11112222333344445555": Told("åpen", datetime(2019, 1, 1)),
                                            "back": Told("rettet", datetime(2019, 1, 1))}).text
    assert "RETTET SIDEN SIST\n\n- VR05, 2018-T3: Delene ga 26. Totalen var 25.\n" in text
    assert "1. FEIL – VR05 Delene gir totalen (på nytt)" in text


def test_a_message_with_mended_findings_only_asks_for_nothing():
    text = letter(ALTA, finding(state="rettet"), told={"11112222333344445555": Told("åpen", datetime(2019, 1, 1))}).text
    assert "RETTET SIDEN SIST" in text and "SLIK SVARER DERE" not in text and "Nytt siden sist: ingenting" in text


def test_a_municipality_never_reads_of_another():
    others = [finding("a", unit_code="0729", message="Færder har 14.", file_name="faerder.xlsx", found="14"),
              finding("b", unit_code=None, message="Region nord har 15.", found="15"),
              finding("c", unit_code="0627", message="Røyken har 16.", found="16")]
    text = letter(ALTA, finding(), *others).text
    assert [word for word in ("Færder", "faerder", "Region", "Røyken", "14.", "15", "16.") if word in text] == []


def test_a_municipalitys_own_finding_that_holds_another_against_it_is_told_without_the_others_numbers():
    told = {"m": Told("åpen", datetime(2019, 1, 1))}
    drawn = [finding("a", message="Alta har 4711, det samme som Færder."),
             finding("b", message="Alta: 12.", found="4711 (Røyken)"),
             finding("c", message="Som i kommune 0729: 4711.", cell="D15"),
             finding("m", state="rettet", message="Alta hadde 4711, som Nøtterøy.")]
    for language, instead in (("nb", "Funnet gjelder også en annen kommune"), ("nn", "Funnet gjeld òg ein annan kommune")):
        text = letter(ALTA, *drawn, told=told, language=language).text
        assert "4711" not in text and text.count(instead) == 4 and "celle D14" in text
    assert letter(EVALUATOR, *drawn, told=told).text.count("4711") == 3
    assert "Alta har 26 i 2012." in letter(ALTA, finding(message="Alta har 26 i 2012.")).text


def test_the_evaluators_read_all_units_the_refused_the_missing_and_that_alerting_lives():
    drawn = [
        finding("a"), finding("b", unit_code="0729", level="advarsel", message="Færder har for mange."),
        finding("c", unit_code="0627", rule_id="VR63", level="feil", file_name=None, message="Røykens rapport mangler."),
        finding("d", unit_code="2012", level="kritisk_feil", message="tom.dat er tom.", is_refusal=True),
        finding("e", unit_code="R-SOR", level="informasjon", message="Region sør mangler."),
        finding("f", unit_code=None, level="advarsel", message="Uten eier.")]
    traffic = Traffic(2, 1, 1, (("Alta", "«Emne»: nede. Gitt opp etter 12 forsøk."),))
    text = letter(EVALUATOR, *drawn, traffic=traffic).text
    table = text[text.index("Åpne funn"):text.index("Nytt siden sist")].split("\n")
    assert [line.split() for line in table if line] == [
        ["Åpne", "funn", "Kritisk", "feil", "Feil", "Advarsel", "Informasjon"], ["Alta", "1", "1", "0", "0"],
        ["Færder", "0", "0", "1", "0"], ["Røyken", "0", "1", "0", "0"],
        ["Bufetat", "region", "sør", "0", "0", "0", "1"], ["Uten", "enhet", "0", "0", "1", "0"]]
    order = ["MELDINGER SOM IKKE HAR KOMMET FREM", "- Alta: «Emne»: nede.", "AVVISTE LEVERANSER", "tom.dat er tom.",
             "RAPPORTER SOM MANGLER ETTER FRISTEN", "Røykens rapport mangler.",
             "NYE FUNN: ALTA", "Delene gir 26", "NYE FUNN: FÆRDER", "Færder har for mange.",
             "NYE FUNN: BUFETAT REGION SØR", "NYE FUNN: UTEN ENHET", "Uten eier.", "Varslingen kjører"]
    assert sorted(order, key=text.index) == order
    assert text.endswith("laget 01.02.2019 kl. 07.30. Meldinger tatt imot siste døgn: 2. Venter: 1. "
                         "Gitt opp: 1.\n")
    assert "Kommunens forklaring" not in text


def test_the_subject_says_whom_when_and_how_much():
    drawn = [finding("a"), finding("b", level="advarsel"), finding("c", state="rettet")]
    told = {"c": Told("åpen", datetime(2019, 1, 1))}
    assert letter(ALTA, *drawn, told=told).subject == "Følgeeval 2018-T3 Alta: 1 feil, 1 advarsel, 1 rettet"
    assert letter(EVALUATOR, *drawn, told=told).subject == "Følgeeval 2018-T3: 1 feil, 1 advarsel, 1 rettet"
    assert letter(EVALUATOR).subject == "Følgeeval 2018-T3: ingenting nytt"


def test_any_change_of_recipient_finding_state_or_moment_makes_another_message():
    one = letter(ALTA, finding())
    assert letter(ALTA, finding(message="Samme funn, andre ord.")).message_id == one.message_id
    others = [letter(FAERDER, finding(unit_code="0729")), letter(ALTA, finding("b")), letter(ALTA, finding(), finding("b")),
              letter(ALTA, finding(), told={"11112222333344445555": Told("rettet", datetime(2019, 1, 1))}),
              letter(ALTA, finding(), when=replace(WHEN, now=datetime(2019, 2, 2)))]
    assert len({one.message_id, *(other.message_id for other in others)}) == 6


def test_a_sign_of_life_is_the_same_message_all_day():
    one, later, tomorrow = (letter(EVALUATOR, when=replace(WHEN, now=now)).message_id for now in (
        datetime(2019, 2, 1, 6), datetime(2019, 2, 1, 23), datetime(2019, 2, 2, 6)))
    assert one == later != tomorrow


def test_files_are_named_by_tertial_and_municipality():
    assert letter(FAERDER, finding(unit_code="0729")).file_name.startswith("2018-T3_0729_faerder_")
    assert letter(EVALUATOR, finding()).file_name.startswith("2018-T3_evaluatorene_")


def test_the_message_as_mail_reads_as_it_was_written():
    message = letter(FAERDER, finding(unit_code="0729", message="Særlig ærlig."))
    for mail in (message.email(None, ()), message.email("evaluator@example.org", ("a@example.org", "b@example.org"))):
        read = message_from_bytes(bytes(mail), policy=policy.default)
        assert read["Subject"] == message.subject and read["Message-ID"] == message.message_id
        assert read.get_body(("plain",)).get_content().replace("\r\n", "\n") == message.text
        assert "Særlig ærlig." in read.get_body(("html",)).get_content()
    assert (read["From"], read["To"]) == ("evaluator@example.org", "a@example.org, b@example.org")
    assert all(len(line) < 1000 for line in bytes(mail).split(b"\n"))


@pytest.mark.parametrize(("as_of", "tertial"), [
    (datetime(2016, 12, 1), "2016-T3"), (datetime(2017, 1, 30, 23, 59), "2016-T3"), (datetime(2017, 5, 30), "2016-T3"),
    (datetime(2017, 5, 31), "2017-T1"), (datetime(2019, 1, 31), "2018-T3"), (datetime(2019, 10, 1), "2019-T1"),
    (datetime(2026, 1, 1), "2019-T1"),
])
def test_a_message_is_about_the_latest_tertial_whose_deadline_has_passed(as_of, tertial):
    assert occasion(as_of, as_of).tertial.period == tertial


def test_the_message_is_the_same_bytes_each_time_it_is_tried():
    message = letter(ALTA, finding())
    one, other = (bytes(message.email("e@example.org", ("a@example.org",))) for _ in range(2))
    assert one == other


def test_a_page_escapes_what_strangers_wrote_and_loads_nothing():
    drawn = finding(message="<img src=x onerror=alert(1)> & \x1b[2J", file_name='"><script>.xlsx', sheet="<b>", found="<i>")
    page = letter(ALTA, drawn, finding("b", message="Fant <3.", cell=None)).email(None, ()).get_body(("html",)).get_content()
    assert "<img" not in page and "<script" not in page and "\x1b" not in page and "Fant &lt;3." in page
    assert not [word for word in ("http", "src=", "url(", "@import") if word in page.replace("src=x onerror", "")]


def test_a_message_in_nynorsk_says_the_same_and_that_the_findings_are_worded_in_bokmaal():
    told = {"11112222333344445555": Told("åpen", datetime(2019, 1, 1))}
    text = letter(ALTA, finding(state="rettet"), finding("b", level="advarsel"), finding("c", is_refusal=True), told=told,
                  language="nn", withheld=Withheld(1, 4)).text
    for words in ("Til prosjektleiaren i Alta", "Det som står etter «Kva» om kvart funn, er på bokmål.",
                  "Nytt sidan sist: 1 feil, 1 åtvaring",
                  "Halde attende til denne meldinga: 1 av dei nye (høgst 4 meldingar i timen)", "ÅTVARING – VR05",
                  "   Kva:  Delene gir 26", "   Kvar: alta.xlsx", "   Gjer: Rett delene", "Forklaringa frå kommunen (ref. b): ",
                  "RETTA SIDAN SIST", "SLIK SVARAR DE", "AVVISTE FILER, SOM MÅ LEVERAST PÅ NYTT"):
        assert words in text
    assert "SLIK SVARER DERE" not in text and "ikke" not in text.replace("ikkje", "")


def test_the_two_languages_have_the_same_texts_with_the_same_gaps():
    gaps = {language: {key: sorted(re.findall(r"{(\w+)}", text)) for key, text in words.items()}
            for language, words in WORDS.items()}
    assert gaps["nb"] == gaps["nn"] and len(gaps["nb"]) > 30
    same = [key for key in WORDS["nb"] if WORDS["nb"][key] == WORDS["nn"][key]]
    assert set(same) <= {"to_bufdir", "again", "explained_count", "template", "ref", "reference", "new_in", "nothing",
                         "nothing_new", "template_command"}


@pytest.mark.parametrize(("unit", "period", "code"), [
    ("2012", "2017-T1", "2012"), ("0729", "2017-T3", "0722"), ("0729", "2018-T1", "0729"), ("0627", "2019-T1", "0627")])
def test_the_form_of_a_missing_report_is_that_of_the_municipality_that_reports(unit, period, code):
    assert template_file(unit, period) == f"tertialrapport_{code}_{period}.xlsx"
    assert template_command(unit, period) == f"folgeeval template --unit {code} --period {period}"


def test_a_missing_report_is_told_with_its_form_and_the_evaluators_how_to_make_it():
    missing = finding("a", rule_id="VR63", unit_code="0729", file_name=None, sheet=None, cell="tertialrapporten", found=None,
                      message="Færder: tertialrapporten er ikke levert.", period="2017-T1")
    other = finding("b", rule_id="VR63", unit_code="0729", file_name=None, sheet=None, cell="tertialrapporten", found=None,
                    message="Færder: en til er ikke levert.", period="2018-T1")
    text = letter(FAERDER, missing, other).text
    assert "   Mal:  Skjemaet heter tertialrapport_0722_2017-T1.xlsx. Be evaluatorene om det" in text
    assert "Også: Færder: en til er ikke levert. (tertialrapport_0729_2018-T1.xlsx)" in text
    assert "Lag skjemaet med «folgeeval template --unit 0722 --period 2017-T1», og send det" in letter(EVALUATOR, missing).text
