"""VR72: what users say is told for at least five informants together, and no code says where somebody lives."""

import pytest

PARTS = "indicators.d1_04\nunit_code | period | role | amount | place_number\n"
CODINGS = "core.interview_coding\ninterview_year | code_name | indicator_id\n"


def informants(count, unit="FORSOK"):
    return PARTS + "\n".join([f"{unit} | 2019 | numerator | 1 | 0", f"{unit} | 2019 | denominator | 1 | 0",
                              *(f"{unit} | 2019 | count_denominator | 1 | {number}" for number in range(1, count + 1))])


@pytest.mark.parametrize("text", [
    informants(5), informants(17), CODINGS + "2019 | Medvirkning i egen sak | D1-04", CODINGS + "2019 | Altan | ~",
    CODINGS + "2019 | Kvalitativ samtale | ~", CODINGS + "2019 | Ventetid | ~\n2019 | Brå flytting | ~"])
def test_five_together_and_codes_without_a_place_are_innocent(found, text):
    assert found("VR72", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (informants(4), ("FORSOK", "4", "minst 5")), (informants(1), ("FORSOK", "1", "minst 5")),
    (informants(0), ("FORSOK", "0", "minst 5")), (informants(9, "2012"), ("2012", "2012", "FORSOK")),
    (informants(40, "R-SOR"), ("R-SOR", "R-SOR", "FORSOK")),
    (CODINGS + "2019 | Medvirkning (Alta) | D1-04", ("FORSOK", "«Medvirkning (Alta)»", "koder uten kommune")),
    (CODINGS + "2019 | røykens barnevern | ~\n2019 | Færder: møter | ~",
     ("FORSOK", "«Færder: møter» og «røykens barnevern»", "koder uten kommune")),
])
def test_fewer_than_five_one_municipality_and_a_code_with_its_name_are_findings(found, text, told):
    (finding,) = found("VR72", text)
    assert (finding.unit_code, finding.found, finding.expected, finding.level) == (*told, "feil")
