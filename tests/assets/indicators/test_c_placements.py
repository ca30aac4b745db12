"""Delmål C5 to C7: emergency and institution placements, and what is bought from Bufetat."""

PLACEMENTS = """
    form D 2012 2018 akuttplasseringer     26
    form D 2012 2018 akutt_beredskapshjem  10
    form D 2012 2018 akutt_institusjon     13
    form D 2012 2018 akutt_familie         3
    form D 0627 2018 akuttplasseringer     6
    form D 0627 2018 akutt_beredskapshjem  4
    form D 0627 2018 akutt_institusjon     2
    form D 0627 2018 akutt_familie         -
    form D 0729 2018 akuttplasseringer     8
    form D 0729 2018 akutt_institusjon     ..
    form T 2012 2018-T3 akuttplasseringer  16
"""


def test_c5_01_emergency_placements_in_all_and_by_place(drawn):
    assert drawn("C5-01", PLACEMENTS) == {
        "2012 2018": 26, "2012 2018 place=beredskapshjem": 10, "2012 2018 place=institusjon": 13,
        "2012 2018 place=familie": 3, "0627 2018": 6, "0627 2018 place=beredskapshjem": 4,
        "0627 2018 place=institusjon": 2, "0627 2018 place=familie": 0, "0729 2018": 8,
        "0729 2018 place=institusjon": "not_reported"}


def test_c5_03_share_of_the_emergency_placements_in_institutions(drawn):
    assert drawn("C5-03", PLACEMENTS) == {
        "2012 2018": 0.5, "0627 2018": 0.333333333, "0729 2018": "not_reported"}  # 13 / 26 and 2 / 6


def test_c5_02_emergency_share_of_the_placements_that_began_in_the_tertial(drawn):
    assert drawn("C5-02", """
        form T 2012 2018-T3 akuttplasseringer 16
        form T 2012 2018-T3 nye_plasseringer  20
        form T 2012 2019-T1 akuttplasseringer 4
        form T 2012 2019-T1 nye_plasseringer  16
        form T 0729 2019-T1 akuttplasseringer -
        form T 0729 2019-T1 nye_plasseringer  -
        form T 0627 2019-T1 akuttplasseringer ..
        form T 0627 2019-T1 nye_plasseringer  4
    """) == {"2012 2018-T3": 0.8, "2012 2019-T1": 0.25, "0729 2019-T1": "not_applicable", "0627 2019-T1": "not_reported"}


def test_c6_03_new_institution_placements_of_the_year_by_owner(drawn):
    assert drawn("C6-03", """
        form T 2012 2018-T1 nye_institusjon        5
        form T 2012 2018-T2 nye_institusjon        4
        form T 2012 2018-T3 nye_institusjon        5
        form T 2012 2018-T1 nye_institusjon_egen   2
        form T 2012 2018-T2 nye_institusjon_egen   1
        form T 2012 2018-T3 nye_institusjon_egen   2
        form T 2012 2018-T1 nye_institusjon_privat 3
        form T 2012 2018-T2 nye_institusjon_privat 3
        form T 2012 2018-T3 nye_institusjon_privat 3
        form T 2012 2018-T1 nye_institusjon_stat   -
        form T 2012 2018-T2 nye_institusjon_stat   -
        form T 2012 2018-T3 nye_institusjon_stat   -
        form T 2012 2016-T3 nye_institusjon        4
    """) == {"2012 2018": 14, "2012 2018 owner=egen": 5, "2012 2018 owner=privat": 9, "2012 2018 owner=stat": 0}


def test_c7_05_purchases_from_bufetat_by_type_have_no_whole(drawn):
    assert drawn("C7-05", """
        form D 0627 2018 kjoept_institusjon    11
        form D 0627 2018 kjoept_beredskapshjem 8
        form D 0627 2018 kjoept_fosterhjem     5
        form D 0627 2018 kjoept_mst            8
        form D 2012 2018 kjoept_atferd         3
        form D 2012 2018 kjoept_akuttinstitusjon 2
        form D 0729 2018 kjoept_familiehjem    2
        form D 0729 2018 kjoept_senter         1
    """) == {"0627 2018 purchase=institusjon": 11, "0627 2018 purchase=beredskapshjem": 8,
             "0627 2018 purchase=fosterhjem": 5, "0627 2018 purchase=mst": 8, "2012 2018 purchase=atferd": 3,
             "2012 2018 purchase=akuttinstitusjon": 2, "0729 2018 purchase=familiehjem": 2,
             "0729 2018 purchase=senter": 1}
