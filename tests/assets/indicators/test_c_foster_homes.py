"""Delmål C2 to C4: foster homes, from the data requests and the tertial reports."""


def test_c2_01_and_c2_02_are_the_homes_recruited_as_told_in_the_data_request(drawn):
    text = """
        form D 0729 2018    rekruttert_ordinaere 9
        form D 0729 2018    rekruttert_nettverk  8
        form D 0627 2018    rekruttert_ordinaere 1
        form D 0627 2018    rekruttert_nettverk  2
        form T 0729 2018-T1 rekruttert_ordinaere 4
        form D 0729 2019    rekruttert_ordinaere ..
    """
    assert drawn("C2-01", text) == {"0729 2018": 9, "0627 2018": 1, "0729 2019": "not_reported"}
    assert drawn("C2-02", text) == {"0729 2018": 8, "0627 2018": 2}


def test_c2_03_share_in_family_and_network_of_those_recruited(drawn):
    assert drawn("C2-03", """
        form D 0729 2018 rekruttert_ordinaere 9
        form D 0729 2018 rekruttert_nettverk  8
        form D 0627 2018 rekruttert_ordinaere 1
        form D 0627 2018 rekruttert_nettverk  2
        form D 0627 2018 fosterhjem_bufetat   4
        form D 2012 2018 rekruttert_ordinaere -
        form D 2012 2018 rekruttert_nettverk  -
        form D 2012 2017 rekruttert_ordinaere ..
        form D 2012 2017 rekruttert_nettverk  5
    """) == {"0729 2018": 0.470588235, "0627 2018": 0.666666667,  # 8 / 17 and 2 / 3
             "2012 2018": "not_applicable", "2012 2017": "not_reported"}


def test_c2_04_and_c2_05_homes_from_bufetat_and_from_private_suppliers(drawn):
    text = """
        form D 0627 2018 fosterhjem_bufetat 4
        form D 0627 2018 kjoept_fosterhjem  5
        form D 0627 2018 fosterhjem_private 1
    """
    assert drawn("C2-04", text) == {"0627 2018": 4}
    assert drawn("C2-05", text) == {"0627 2018": 1}


def test_c2_06_waiting_time_is_the_average_and_not_its_ends(drawn):
    assert drawn("C2-06", """
        form D 0729 2018 ventetid_fosterhjem 4
        form D 0729 2018 ventetid_nedre      1
        form D 0729 2018 ventetid_oevre      9
        form D 0729 2018 ventetid_antall     17
        form D 2012 2018 ventetid_fosterhjem ..
    """) == {"0729 2018": 4, "2012 2018": "not_reported"}


def test_c2_07_children_in_foster_homes_stand_on_the_last_day_of_each_tertial(drawn):
    assert drawn("C2-07", """
        form T 0627 2018-T3 barn_i_fosterhjem        30
        form T 0627 2019-T1 barn_i_fosterhjem        28
        form T 0627 2019-T1 barn_fra_andre_kommuner  38
        figure 0627 2018 16 33
    """) == {"0627 2018-T3": 30, "0627 2019-T1": 28}


def test_c2_08_share_of_moves_that_were_unintended(drawn):
    assert drawn("C2-08", """
        form T 2012 2016-T3 flyttinger_utilsiktet 8
        form T 2012 2016-T3 flyttinger_tilsiktet  10
        form T 2012 2018-T1 flyttinger_utilsiktet 3
        form T 2012 2018-T2 flyttinger_utilsiktet 1
        form T 2012 2018-T3 flyttinger_utilsiktet 4
        form T 2012 2018-T1 flyttinger_tilsiktet  2
        form T 2012 2018-T2 flyttinger_tilsiktet  -
        form T 2012 2018-T3 flyttinger_tilsiktet  4
    """) == {"2012 2016": 0.444444444, "2012 2018": 0.571428571}  # 8 / 18 and 8 / 14


def test_c2_08_moves_not_reported_in_one_tertial_are_not_reported_for_the_year(drawn):
    assert drawn("C2-08", """
        form T 2012 2017-T1 flyttinger_utilsiktet 3
        form T 2012 2017-T2 flyttinger_utilsiktet ..
        form T 2012 2017-T3 flyttinger_utilsiktet 2
        form T 2012 2017-T1 flyttinger_tilsiktet  1
        form T 2012 2017-T2 flyttinger_tilsiktet  ..
        form T 2012 2017-T3 flyttinger_tilsiktet  2
    """) == {"2012 2017": "not_reported"}


HOMES = """
    form D 2012 2018 fosterhjem_i_alt       56
    form D 2012 2018 over_1ks               24
    form D 2012 2018 veiledning_individuell 23
    form D 2012 2018 veiledning_gruppe      .
    form D 0729 2018 fosterhjem_i_alt       72
    form D 0729 2018 over_1ks               35
    form D 0729 2018 veiledning_individuell 28
    form D 0729 2018 veiledning_gruppe      22
    form D 0729 2018 stoettekontakt         1
    form D 0627 2016 fosterhjem_i_alt       ..
    form D 0627 2016 over_1ks               ..
"""


def test_c3_01_share_of_the_homes_with_more_than_the_ordinary_rate(drawn):
    assert drawn("C3-01", HOMES) == {
        "2012 2018": 0.428571429, "0729 2018": 0.486111111, "0627 2016": "not_reported"}  # 24 / 56 and 35 / 72


def test_c3_02_homes_in_all_and_by_reinforcement_are_never_summed(drawn):
    found = drawn("C3-02", HOMES)
    assert (found["2012 2018"], found["0729 2018"], found["0627 2016"]) == (56, 72, "not_reported")
    assert found["0729 2018 reinforcement=stoettekontakt"] == 1
    assert found["2012 2018 reinforcement=veiledning_gruppe"] == "not_applicable"
    assert found["0729 2018 reinforcement=veiledning_individuell"] == 28


def test_c4_01_and_c4_02_guidance(drawn):
    assert drawn("C4-01", HOMES) == {"2012 2018": 0.410714286, "0729 2018": 0.388888889}  # 23 / 56 and 28 / 72
    assert drawn("C4-02", HOMES) == {"2012 2018": "not_applicable", "0729 2018": 22}


def test_c4_01_a_form_without_one_of_the_two_fields_gives_no_share(drawn):
    assert drawn("C4-01", """
        form D 2012 2018 fosterhjem_i_alt       56
        form D 0729 2018 veiledning_individuell 28
    """) == {}


def test_c2_08_a_tertial_whose_form_lacks_the_field_makes_no_year(drawn):
    assert drawn("C2-08", """
        form T 2012 2018-T1 flyttinger_utilsiktet 3
        form T 2012 2018-T1 flyttinger_tilsiktet  2
        form T 2012 2018-T2 flyttinger_utilsiktet 3
        form T 2012 2018-T3 flyttinger_utilsiktet 2
        form T 2012 2018-T3 flyttinger_tilsiktet  4
    """) == {}
