"""Delmål D1, E2, E3 and F1: participation, overspend, positions, private purchases and agreements with Bufetat."""

import pytest


def test_d1_01_new_measures_for_participation_are_those_of_the_year(drawn):
    assert drawn("D1-01", """
        form D 2012 2018    medvirkningstiltak 3
        form T 2012 2018-T3 medvirkningstiltak 1
        form D 0627 2018    medvirkningstiltak -
    """) == {"2012 2018": 3, "0627 2018": 0}


def test_e2_05_overspend_is_the_trials_cost_minus_the_frame_of_the_last_tertial(drawn):
    assert drawn("E2-05", """
        ledger 2012 2018 285 370 30000 trial purpose=252
        ledger 2012 2018 285 010  5000 trial purpose=244
        ledger 2012 2018 285 700  -100 trial purpose=252
        ledger 2012 2018 285 010   900
        ledger 2012 2018 285 550   700 trial purpose=252
        form T 2012 2018-T1 forsoek_budsjett 20000
        form T 2012 2018-T3 forsoek_budsjett 25450
    """) == {"2012 2018 part=trial": 9.45}  # (30 000 + 5 000 - 100 - 25 450) / 1000; other projects and funds are out


def test_e2_05_a_frame_that_is_not_reported_makes_the_overspend_missing(drawn):
    assert drawn("E2-05", """
        ledger 0729 2018 285 010 23800 trial purpose=252
        form T 0729 2018-T3 forsoek_budsjett ..
    """) == {"0729 2018 part=trial": "not_reported"}


@pytest.mark.parametrize("lines", [
    "ledger 0729 2018 285 010 23800 trial purpose=252\nform T 0729 2018-T2 forsoek_budsjett 20000",
    "form T 0729 2018-T3 forsoek_budsjett 20000",
    "ledger 0729 2018 285 010 23800\nform T 0729 2018-T3 forsoek_budsjett 20000",
])
def test_e2_05_needs_both_the_trials_lines_and_the_last_tertials_frame(drawn, lines):
    assert drawn("E2-05", lines) == {}


def test_e2_08_positions_the_trial_added_in_all_and_by_service(drawn):
    assert drawn("E2-08", """
        form D 2012 2019 aarsverk_tilfoert    22.5
        form D 2012 2019 tilfoert_barnevern   6.5
        form D 2012 2019 tilfoert_tiltaksteam 4
        form D 2012 2019 tilfoert_institusjon 12
        form D 2012 2019 tilfoert_andre       -
        form D 2012 2019 aarsverk             25
    """) == {"2012 2019": 22.5, "2012 2019 service=barnevern": 6.5, "2012 2019 service=tiltaksteam": 4,
             "2012 2019 service=institusjon": 12, "2012 2019 service=andre": 0}


def test_e3_04_purchases_and_suppliers_by_type(drawn):
    assert drawn("E3-04", """
        form D 2012 2018 kjoep_private_fosterhjem   8
        form D 2012 2018 leverandoerer_fosterhjem   3
        form D 2012 2018 kjoep_private_besoekshjem  3
        form D 2012 2018 leverandoerer_besoekshjem  1
        form D 2012 2018 kjoep_private_institusjon  7
        form D 2012 2018 leverandoerer_institusjon  3
        form D 2012 2018 frikjoept_maanedspris      69000
    """) == {"2012 2018 count=kjøp;type=fosterhjem": 8, "2012 2018 count=leverandører;type=fosterhjem": 3,
             "2012 2018 count=kjøp;type=besoekshjem": 3, "2012 2018 count=leverandører;type=besoekshjem": 1,
             "2012 2018 count=kjøp;type=institusjon": 7, "2012 2018 count=leverandører;type=institusjon": 3}


def test_f1_01_agreements_in_force_in_all_and_by_area(drawn):
    assert drawn("F1-01", """
        form T 0729 2018-T3 avtaler_akutt        1
        form T 0729 2018-T3 avtaler_omsorg       2
        form T 0729 2018-T3 avtaler_hjelpetiltak -
        form T 0729 2018-T3 avtaler_fosterhjem   1
        form T 2012 2018-T3 avtaler_akutt        1
        form T 2012 2018-T3 avtaler_omsorg       ..
        form T 2012 2018-T3 avtaler_hjelpetiltak 1
        form T 2012 2018-T3 avtaler_fosterhjem   .
    """) == {"0729 2018-T3": 4, "0729 2018-T3 area=akutt": 1, "0729 2018-T3 area=omsorg": 2,
             "0729 2018-T3 area=hjelpetiltak": 0, "0729 2018-T3 area=fosterhjem": 1, "2012 2018-T3": "not_reported",
             "2012 2018-T3 area=akutt": 1, "2012 2018-T3 area=omsorg": "not_reported",
             "2012 2018-T3 area=hjelpetiltak": 1, "2012 2018-T3 area=fosterhjem": "not_applicable"}


def test_f1_02_children_the_agreement_was_used_for_in_all_and_by_place(drawn):
    assert drawn("F1-02", """
        form D 0729 2018 bistandsavtale_barn          6
        form D 0729 2018 bistandsavtale_institusjon   5
        form D 0729 2018 bistandsavtale_beredskapshjem 1
        form D 0627 2018 bistandsavtale_barn          ..
    """) == {"0729 2018": 6, "0729 2018 place=institusjon": 5, "0729 2018 place=beredskapshjem": 1,
             "0627 2018": "not_reported"}


def test_f1_06_disputes_about_price_stand_for_their_tertial(drawn):
    assert drawn("F1-06", """
        form T 0729 2018-T2 tvistesaker -
        form T 0729 2018-T3 tvistesaker 1
    """) == {"0729 2018-T2": 0, "0729 2018-T3": 1}
