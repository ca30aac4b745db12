"""Delmål D from interviews: what those who were asked told, all trial municipalities together."""

import pytest


def informants(count, *, year=2019, codings=("+1",), unit="2012"):
    """So many interviews, each with these codings of participation."""
    lines = []
    for number in range(count):
        lines.append(f"interview d{year}{unit}{number} {year} ungdom {unit}")
        lines += [f"coding d{year}{unit}{number} {year} D1-04 {direction}" for direction in codings]
    return "\n".join(lines)


def test_d1_04_is_the_share_of_positive_among_the_codings_with_a_direction(drawn):
    assert drawn("D1-04", """
        interview a 2019
        coding a 2019 D1-04 +1
        coding a 2019 D1-04 +1
        coding a 2019 D1-04 0
        interview b 2019
        coding b 2019 D1-04 -1
        coding b 2019 D1-04 +1
        coding b 2019 D1-04 -
        coding b 2019 - +1
        coding b 2019 C5-01 +1
    """) == {"FORSOK 2019": 0.6}  # 3 / 5: the one without direction and those of other codes are not counted


def test_d1_04_keeps_years_apart_and_municipalities_together(drawn):
    assert drawn("D1-04", informants(3, year=2018, codings=("+1", "-1")) + "\n" + informants(2, codings=("+1",)) + "\n"
                 + informants(2, codings=("-1",), unit="0729")) == {"FORSOK 2018": 0.5, "FORSOK 2019": 0.5}


def test_d1_04_has_no_number_where_nobody_was_coded(drawn):
    assert drawn("D1-04", "interview a 2019") == {}


def test_d1_04_is_hidden_until_five_informants_stand_behind_however_many_codings_they_have(hidden):
    assert hidden("D1-04", informants(4, codings=("+1", "-1", "+1", "0"))) == {"FORSOK 2019"}
    assert hidden("D1-04", informants(3) + "\n" + informants(2, unit="0729")) == set()


@pytest.mark.parametrize("unspoken", ["coding x 2019 D1-04 -", "coding x 2019 - +1", "coding x 2019 C5-01 +1", ""])
def test_an_informant_without_a_directed_coding_of_participation_does_not_count_towards_the_five(hidden, unspoken):
    assert hidden("D1-04", f"{informants(4)}\ninterview x 2019\n{unspoken}") == {"FORSOK 2019"}
