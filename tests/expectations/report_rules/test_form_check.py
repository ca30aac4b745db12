"""One form checked by itself gives what the rules across deliveries give for the same form."""

import pytest

FAULTY = """
    D 2012 2018 akuttplasseringer 25
    D 2012 2018 akutt_beredskapshjem 10
    D 2012 2018 akutt_institusjon 13
    D 2012 2018 akutt_familie 3
    D 2012 2018 fosterhjem_i_alt 20
    D 2012 2018 over_1ks 24
    D 2012 2018 kjoept_fosterhjem 5
    D 2012 2018 fosterhjem_bufetat 4
"""


@pytest.mark.parametrize("text", [
    "D 2012 2018 akuttplasseringer 26\n D 2012 2018 akutt_beredskapshjem 26\n D 2012 2018 akutt_institusjon -\n"
    "D 2012 2018 akutt_familie .",
    "D 2012 2018 fosterhjem_i_alt ..\n D 2012 2018 over_1ks 24",                   # kinds that overlap are no sum
    "D 2012 2018 akutt_beredskapshjem 26",                                  # a form without the total's field
    "T 0722 2017-T1 meldinger ...\n T 0722 2017-T1 undersoekelser 12",
])
def test_a_form_whose_numbers_hang_together_has_nothing_to_mend(checked, text):
    assert checked(text) == []


def test_each_rule_finds_its_fault_in_the_one_form(checked):
    assert [(finding.rule_id, finding.level, finding.cell) for finding in checked(FAULTY)] == [
        ("VR05", "feil", "D1"), ("VR07", "feil", "D5"), ("VR11", "advarsel", "D7")]
    assert {finding.file for finding in checked(FAULTY)} == {"skjema.xlsx"}


@pytest.mark.parametrize("rule_id", ["VR05", "VR07", "VR11"])
def test_the_words_are_the_same_before_and_after_delivery(checked, found, rule_id):
    (before,) = [finding for finding in checked(FAULTY) if finding.rule_id == rule_id]
    (after,) = found(rule_id, FAULTY)
    assert (before.message, before.sheet, before.cell, before.indicators, before.finding_id) == (
        after.message, after.sheet, after.cell, after.indicators, after.finding_id)


ALONE = {
    "VR12": "D 2012 2018 bistandsavtale_beredskapshjem 3\n D 2012 2018 kjoept_beredskapshjem 2",
    "VR15": "T 2012 2018-T3 avvik_tilbud_faktura 14\n T 2012 2018-T3 tvistesaker 1",
    "VR68": "D 2012 2018 ansatte_tiltaksteam 3 vi satset mer",
    "AN02": "D 2012 2018 fosterhjem_private 3\n D 2012 2018 kjoep_private_fosterhjem 4",
    "AN12": "D 2012 2018 leverandoerer_institusjon 4\n D 2012 2018 kjoep_private_institusjon 3",
}
NOTHING_ALONE = {
    "VR12": ["D 2012 2018 bistandsavtale_beredskapshjem 2\n D 2012 2018 kjoept_beredskapshjem 2",
             "D 2012 2018 bistandsavtale_institusjon 9\n D 2012 2018 kjoept_institusjon 2\n D 2012 2018 kjoept_akuttinstitusjon .."],
    "VR15": ["T 2012 2018-T3 avvik_tilbud_faktura 14\n T 2012 2018-T3 tvistesaker -"],
    "VR68": ["D 2012 2018 ansatte_tiltaksteam 3 på grunn av forsøket", "D 2012 2018 ansatte_tiltaksteam -",
             "D 2012 2018 ansatte_tiltaksteam .."],
    "AN02": ["D 2012 2018 fosterhjem_private 4\n D 2012 2018 kjoep_private_fosterhjem 4",
             "D 2012 2018 fosterhjem_private ..\n D 2012 2018 kjoep_private_fosterhjem 4"],
    "AN12": ["D 2012 2018 leverandoerer_institusjon 3\n D 2012 2018 kjoep_private_institusjon 3",
             "D 2012 2018 leverandoerer_institusjon 4\n D 2012 2018 kjoep_private_institusjon .."],
}


@pytest.mark.parametrize("rule_id", ALONE)
def test_what_one_form_alone_can_break_is_told_in_the_same_words_before_and_after_delivery(checked, found, rule_id):
    (before,) = [finding for finding in checked(ALONE[rule_id]) if finding.rule_id == rule_id]
    (after,) = found(rule_id, ALONE[rule_id])
    of_file = after.message.replace(after.file, before.file)
    assert (before.message, before.sheet, before.cell, before.indicators, before.found, before.expected, before.finding_id) == (
        of_file, after.sheet, after.cell, after.indicators, after.found, after.expected, after.finding_id)


@pytest.mark.parametrize(("rule_id", "text"), [(rule_id, text) for rule_id, texts in NOTHING_ALONE.items() for text in texts])
def test_a_form_that_does_not_break_a_rule_hears_nothing_of_it_before_or_after(checked, found, rule_id, text):
    assert [finding for finding in checked(text) if finding.rule_id == rule_id] == found(rule_id, text) == []


def test_a_fault_that_is_explained_in_its_own_field_is_explained_unless_it_is_a_feil(checked):
    words = FAULTY.replace("akuttplasseringer 25", "akuttplasseringer 25 Ett barn ble flyttet samme dag")
    words = words.replace("kjoept_fosterhjem 5", "kjoept_fosterhjem 5 Ett kjøp er fra året før")
    assert [(finding.rule_id, finding.state) for finding in checked(words)] == [
        ("VR05", "åpen"), ("VR07", "åpen"), ("VR11", "forklart")]


def test_a_total_that_is_missing_though_its_parts_are_told_is_a_gap_at_the_total(checked):
    (finding,) = checked("D 2012 2018 akuttplasseringer ..\n D 2012 2018 akutt_beredskapshjem 10\n "
                         "D 2012 2018 akutt_institusjon .")
    assert (finding.rule_id, finding.level, finding.cell) == ("VR58", "advarsel", "D1")
    assert "aldri som null" in finding.message and "celle D2" in finding.message


def test_a_sum_of_which_nothing_is_told_and_fields_without_a_sum_are_no_gaps(checked):
    assert checked("D 2012 2018 akuttplasseringer ..\n D 2012 2018 akutt_beredskapshjem ..\n "
                   "D 2012 2018 over_1ks ..\n D 2012 2018 fosterhjem_i_alt 4") == []
