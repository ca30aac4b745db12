"""Delmål A: competence, vacancies, qualified positions and evaluations."""


def test_a1_01_staff_in_training_by_service_and_course_without_a_whole(drawn):
    assert drawn("A1-01", """
        form D 2012 2019 kompetanse_barnevern   3
        form D 2012 2019 kompetanse_tiltaksteam 2
        form D 0627 2018 kurs_cos               2
        form D 0627 2018 kurs_wmci              3
        form D 0627 2018 kurs_traumebasert      2
        form D 0627 2018 kurs_aim2              1
        form D 0627 2018 kurs_icdp              -
        form T 2012 2018-T3 kompetanse_barnevern 7
    """) == {"2012 2019 service=barnevern": 3, "2012 2019 service=tiltaksteam": 2, "0627 2018 course=cos": 2,
             "0627 2018 course=wmci": 3, "0627 2018 course=traumebasert": 2, "0627 2018 course=aim2": 1,
             "0627 2018 course=icdp": 0}


def test_a1_01_a_number_that_is_not_reported_is_missing_and_one_that_cannot_be_does_not_apply(drawn):
    assert drawn("A1-01", """
        form D 0729 2018 kompetanse_barnevern   ..
        form D 0729 2018 kompetanse_tiltaksteam .
    """) == {"0729 2018 service=barnevern": "not_reported", "0729 2018 service=tiltaksteam": "not_applicable"}


def test_a1_07_vacancies_stand_for_their_tertial_and_are_never_summed(drawn):
    assert drawn("A1-07", """
        form T 2012 2018-T1 ledige_stillinger 4
        form T 2012 2018-T2 ledige_stillinger ..
        form T 2012 2018-T3 ledige_stillinger -
        form T 2012 2019-T1 ledige_stillinger 5
    """) == {"2012 2018-T1": 4, "2012 2018-T2": "not_reported", "2012 2018-T3": 0, "2012 2019-T1": 5}


def test_a1_08_qualified_positions_are_the_key_figure_as_delivered(drawn):
    assert drawn("A1-08", """
        figure 0627 2016 FAG ..
        figure 0627 2017 FAG 30.6
        figure 0627 2018 FAG 16
        figure 0627 2018 06  20.4
    """) == {"0627 2016": "not_reported", "0627 2017": 30.6, "0627 2018": 16}


def test_a3_01_evaluations_are_the_internal_and_the_external_ones(drawn):
    assert drawn("A3-01", """
        form D 0729 2018 evalueringer_interne   3
        form D 0729 2018 evalueringer_eksterne  1
        form D 2012 2018 evalueringer_interne   -
        form D 2012 2018 evalueringer_eksterne  2
    """) == {"0729 2018": 4, "0729 2018 evaluator=interne": 3, "0729 2018 evaluator=eksterne": 1,
             "2012 2018": 2, "2012 2018 evaluator=interne": 0, "2012 2018 evaluator=eksterne": 2}


def test_a3_01_where_one_kind_is_not_reported_the_whole_is_missing_and_the_other_stands(drawn):
    assert drawn("A3-01", """
        form D 0627 2018 evalueringer_interne   1
        form D 0627 2018 evalueringer_eksterne  ..
    """) == {"0627 2018": "not_reported", "0627 2018 evaluator=interne": 1, "0627 2018 evaluator=eksterne": "not_reported"}
