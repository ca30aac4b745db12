"""The rules at the door: consent, verification, and who was asked; each fault names the interview by its place only."""

import pytest

SECRET = "Hemmelig Person"


def documents(reading):
    return [(row["informant_group"], row["municipality_code"], row["interview_year"])
            for row in reading.rows.to_pylist() if row["record_kind"] == "document"]


def whole(drawing, **said):
    return drawing.qdpx(drawing.source(1), drawing.source(2), drawing.source(3, name=SECRET, **said))


@pytest.mark.parametrize(("said", "rule_id", "words"), [
    ({"Verifisert": None}, "VR71", "ikke verifisert"), ({"Verifisert": "nei"}, "VR71", "ikke verifisert"),
    ({"Verifisert": SECRET}, "VR71", "ikke verifisert"), ({"Verifisert": "false"}, "VR71", "ikke verifisert"),
    ({"Samtykke": None}, "VR73", "samtykke er ikke registrert"), ({"Samtykke": "nei"}, "VR73", "ikke registrert"),
    ({"Samtykke": "muntlig"}, "VR73", "ikke registrert"), ({"Samtykke": SECRET}, "VR73", "ikke registrert"),
    ({"Samtykke": "trukket"}, "VR73", "trukket tilbake"), ({"Samtykke": "Trukket tilbake"}, "VR73", "trukket tilbake"),
    ({"Informantgruppe": None}, "F09", "«Informantgruppe» mangler"),
    ({"Informantgruppe": SECRET}, "F04", "ikke er kjent"),
    ({"Intervjuår": None}, "F09", "«Intervjuår» mangler"), ({"Intervjuår": "19"}, "F05", "ikke er kjent"),
    ({"Intervjuår": "1919"}, "F05", "fire sifre"), ({"Kommune": SECRET}, "F04", "«Kommune»"),
    ({"Kommune": "Færder", "Intervjuår": "2017"}, "F04", "ikke med i forsøket det året"),
])
def test_a_fault_names_the_rule_and_the_interviews_place_and_never_what_stands_there(
        drawing, refusals, said, rule_id, words):
    ((found, message),) = refusals(whole(drawing, **said))
    assert found == rule_id and words in message
    assert message.startswith("intervjuer.qdpx, intervju nr. 3 i project.qde: ") and SECRET not in message


@pytest.mark.parametrize("said", [
    {"Samtykke": "Ja"}, {"Samtykke": "GITT"}, {"Samtykke": "skriftlig"}, {"Samtykke": "true"},
    {"Verifisert": "Godkjent"}, {"Verifisert": "JA"}, {"Informantgruppe": "Ungdommer"}, {"Kommune": "2012"}, {"Kommune": "ALTA"},
    {"Intervjuår": "2019-04-02"}, {"Alder": SECRET}])
def test_words_are_taken_in_any_case_and_other_variables_passed_by(drawing, read, said):
    assert documents(read(whole(drawing, **said))) == [("ungdom", "2012", 2019)] * 3


@pytest.mark.parametrize(("word", "group"), [
    ("Ungdom", "ungdom"), ("foreldre", "forelder"), ("Fosterforeldre", "fosterforelder"),
    ("foster parent", "fosterforelder"), ("Ansatte", "ansatt"), ("LEDER", "leder")])
def test_groups_have_synonyms(drawing, read, word, group):
    assert documents(read(whole(drawing, Informantgruppe=word)))[-1][0] == group


def test_variables_have_synonyms_and_may_be_boolean_or_whole_numbers(drawing, read):
    typed = drawing.values({"informant group": "youth", "Consent": "true", "Intervjuår": "2019", "Kommune": "Alta",
                            "Verifisert": "true"})
    typed = typed.replace("<TextValue>true</TextValue>", "<BooleanValue>true</BooleanValue>")
    typed = typed.replace("<TextValue>2019</TextValue>", "<IntegerValue>2019</IntegerValue>")
    bare = dict.fromkeys(drawing.informant)
    assert documents(read(drawing.qdpx(drawing.source(1, inner=typed, **bare)))) == [("ungdom", "2012", 2019)]


@pytest.mark.parametrize(("name", "year", "code"), [
    ("Nøtterøy", 2017, "0722"), ("Tjøme", 2016, "0723"), ("Færder", 2018, "0729"), ("0627", 2019, "0627"),
    (None, 2019, None)])
def test_a_municipality_has_the_code_of_the_interviews_year_or_none(drawing, read, name, year, code):
    reading = read(drawing.qdpx(drawing.source(1, Kommune=name, Intervjuår=str(year))))
    assert documents(reading) == [("ungdom", code, year)]


def test_every_faulty_interview_is_named_up_to_twenty_and_the_rest_counted(drawing, refusals):
    found = refusals(drawing.qdpx(*(drawing.source(number, Verifisert=None) for number in range(1, 24))))
    assert [rule_id for rule_id, _ in found] == ["VR71"] * 21
    assert sum("intervju nr." in message for _, message in found) == 20
    assert any("3 flere feil" in message for _, message in found)


def test_several_faults_of_one_interview_are_all_told(drawing, refusals):
    found = refusals(whole(drawing, Samtykke=None, Verifisert=None, Informantgruppe=None))
    assert sorted(rule_id for rule_id, _ in found) == ["F09", "VR71", "VR73"]


# A document nobody has coded

@pytest.mark.parametrize("said", [
    {"Verifisert": None}, {"Samtykke": None}, {"Informantgruppe": None}, {"Intervjuår": "?"}])
def test_a_document_without_codings_is_left_out_when_something_is_missing(drawing, read, said):
    reading = read(drawing.qdpx(drawing.source(1), drawing.source(2, "", **said)))
    assert documents(reading) == [("ungdom", "2012", 2019)]
    assert "1 dokument uten kodinger" in reading.findings[0].message


def test_a_whole_interview_without_codings_is_an_informant(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1), drawing.source(2, "", Informantgruppe="leder")))
    assert [group for group, _, _ in documents(reading)] == ["ungdom", "leder"]


def test_a_withdrawn_interview_is_refused_even_without_codings(drawing, refusals):
    ((rule_id, message),) = refusals(drawing.qdpx(drawing.source(1), drawing.source(2, "", Samtykke="trukket")))
    assert rule_id == "VR73" and "intervju nr. 2" in message


# Source and case

def with_case(drawing, said_by_case, **said_by_source):
    case = (f'<Case>{drawing.values(said_by_case)}<SourceRef targetGUID="{drawing.guid("source", 1)}"/></Case>')
    return drawing.qdpx(drawing.source(1, **said_by_source), more=f"<Cases>{case}</Cases>")


def test_a_source_and_its_case_may_say_the_same_in_different_words(drawing, read):
    content = with_case(drawing, {"Samtykke": "Skriftlig", "Kommune": "alta"})
    assert documents(read(content)) == [("ungdom", "2012", 2019)]


@pytest.mark.parametrize("said", [{"Kommune": "Røyken"}, {"Verifisert": "nei"}, {"Informantgruppe": "leder"}])
def test_a_source_and_its_case_that_disagree_are_refused(drawing, refusals, said):
    assert "Q08" in [rule_id for rule_id, _ in refusals(with_case(drawing, said))]


def test_a_withdrawal_on_either_counts(drawing, refusals):
    for content in (with_case(drawing, {"Samtykke": "trukket"}), with_case(drawing, {}, Samtykke="trukket")):
        assert [rule_id for rule_id, _ in refusals(content)] == ["VR73"]


def test_one_source_twice_would_count_as_two_informants_and_is_refused(drawing, refusals):
    ((rule_id, message),) = refusals(drawing.qdpx(drawing.source(1), drawing.source(1)))
    assert rule_id == "F15" and "intervju nr. 2" in message


def test_a_source_without_guid_is_refused(drawing, refusals):
    text = drawing.qde(drawing.source(1)).replace(f'TextSource guid="{drawing.guid("source", 1)}"', "TextSource")
    assert [rule_id for rule_id, _ in refusals(drawing.archive({"project.qde": text}))] == ["F09"]
