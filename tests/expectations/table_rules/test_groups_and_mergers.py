"""VR60 and VR61: the comparison group is the year's own, and a merged municipality is counted once."""

import pytest

FIGURES = "core.key_figure\nunit_code | year | key_figure_code | value\n"


# VR60

@pytest.mark.parametrize("text", [
    FIGURES + "2012 | 2018 | 03 | 55\nEKG12 | 2018 | 03 | 44",
    FIGURES + "0729 | 2018 | 03 | 50\nEKG13 | 2018 | 03 | 40\n0627 | 2018 | 03 | 30",
    FIGURES + "2012 | 2020 | 03 | 55",                              # nobody to compare with
    FIGURES + "2012 | 2020 | 03 | 55\nEKG13 | 2020 | 03 | 44",      # not the group it is shown beside
    FIGURES + "EKG12 | 2020 | 03 | 44",
])
def test_a_municipality_beside_its_own_group_is_innocent(found, text):
    assert found("VR60", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (FIGURES + "2012 | 2020 | 03 | 55\nEKG12 | 2020 | 03 | 44", ("2012", "2020", "KOSTRA-gruppe 12", "en kjent gruppe")),
    (FIGURES + "0729 | 2021 | 03 | 50\nEKG13 | 2021 | 03 | 40", ("0729", "2021", "KOSTRA-gruppe 13", "en kjent gruppe")),
    (FIGURES + "2012 | 2018 | 03 | 55\nEKG12 | 2018 | 03 | 44\nreference.kostra_group_member\n"
     "unit_code | kostra_group_code | valid_from_year | valid_to_year\n2012 | EKG13 | 2013 | 2019",
     ("2012", "2018", "KOSTRA-gruppe 12", "KOSTRA-gruppe 13")),
    (FIGURES + "2012 | 2012 | 03 | 55\nEKG12 | 2012 | 03 | 44", ("2012", "2012", "KOSTRA-gruppe 12", "en kjent gruppe")),
])
def test_another_group_than_the_years_own_is_a_finding(found, text, told):
    (finding,) = found("VR60", text)
    assert (finding.unit_code, finding.period, finding.found, finding.expected) == told


def test_money_per_inhabitant_of_any_age_is_a_finding(found):
    text = "reference.key_figure\nkey_figure_code | unit | kind\nN244 | NOK per måned | money\nN | NOK per innb 0-17 | money"
    (finding,) = found("VR60", text)
    assert (finding.found, finding.expected) == ("NOK per måned", "NOK per innb 0-17") and "N244" in finding.message


# VR61

PEOPLE = "core.population_cell\nunit_code | source_municipality_code | year | age_code | inhabitants_count\n"
FORMS = "core.form_value\nunit_code | source_municipality_code | period | value | stem\n"
ACCOUNTS = ("core.account_line\nunit_code | source_municipality_code | accounting_year | function_code | species_code | "
            "amount_thousand_nok | is_internal\n")


@pytest.mark.parametrize("text", [
    PEOPLE + "0729 | 0722 | 2017 | 005 | 4600\n0729 | 0723 | 2017 | 005 | 950\n0729 | 0729 | 2018 | 005 | 5520",
    PEOPLE + "0729 | 0722 | 2017 | 005 | 4600\n0729 | 0723 | 2017 | 005 | 950\n0729 | 0729 | 2018 | 005 | 5273",  # 5 % fewer
    PEOPLE + "0729 | 0722 | 2017 | 005 | 4600\n0729 | 0723 | 2017 | 005 | 950\n0729 | 0729 | 2018 | 005 | 5550\n"
    "0729 | 0729 | 2018 | 040 | 9000",                                       # grown-ups are not children
    PEOPLE + "2012 | 2012 | 2017 | 005 | 4930\n2012 | 2012 | 2018 | 005 | 3000",    # no merger
    FORMS + "0729 | 0722 | 2017-T1 | 90 | tertial_reports\n0729 | 0722 | 2017 | 90 | data_requests",
    ACCOUNTS + "0729 | 0723 | 2017 | 244 | 350 | 3000 | true\n0729 | 0722 | 2017 | 244 | 750 | -3000 | true",
    ACCOUNTS + "0729 | 0722 | 2017 | 244 | 350 | 3000 | false\n0729 | 0723 | 2017 | 120 | 350 | 3000 | false",
    ACCOUNTS + "0729 | 0729 | 2018 | 244 | 350 | 3000 | false",              # there is no guest any more
])
def test_a_municipality_counted_once_is_innocent(found, text):
    assert found("VR61", text) == []


@pytest.mark.parametrize(("text", "level", "told"), [
    (PEOPLE + "0729 | 0722 | 2017 | 005 | 4600\n0729 | 0729 | 2018 | 005 | 4650", "kritisk_feil", ("0722", "0722 og 0723")),
    (PEOPLE + "0729 | 0722 | 2017 | 005 | 4600\n0729 | 0723 | 2017 | 005 | 950\n0729 | 0729 | 2017 | 005 | 5550",
     "kritisk_feil", ("0722, 0723 og 0729", "0722 og 0723")),
    (PEOPLE + "0729 | 0722 | 2017 | 005 | 4600\n0729 | 0723 | 2017 | 005 | 950\n0729 | 0729 | 2018 | 005 | 4600", "feil",
     ("4 600", "5 550")),
    (PEOPLE + "0729 | 0722 | 2017 | 005 | 4600\n0729 | 0723 | 2017 | 005 | 950\n0729 | 0729 | 2018 | 005 | 5828", "feil",
     ("5 828", "5 550")),
    (FORMS + "0729 | 0722 | 2017-T1 | 90 | tertial_reports\n0729 | 0723 | 2017-T1 | 20 | tertial_reports", "kritisk_feil",
     ("0722 og 0723", "én avsender")),
    (ACCOUNTS + "0729 | 0723 | 2017 | 244 | 350 | 3000 | false", "kritisk_feil", ("3 000", "merket som mellomregning")),
    (ACCOUNTS + "0729 | 0722 | 2016 | 252 | 750 | -3000 | false", "kritisk_feil", ("−3 000", "merket som mellomregning")),
])
def test_a_municipality_left_out_or_counted_twice_is_a_finding(found, text, level, told):
    (finding,) = found("VR61", text)
    assert (finding.level, finding.found.replace("\u00a0", " "), finding.expected.replace("\u00a0", " ")) == (level, *told)
    assert finding.unit_code == "0729"
