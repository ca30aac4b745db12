"""Every rule and every text of a control report in nynorsk: all there, good nynorsk, and with the same parts."""

import re

import pytest

from warehouse.reference_data import reference_rows
from warehouse.rule_table import name_and_advice, rule_of

RULES = sorted({row["rule_id"] for name in ("rule", "accounts_rule", "child_record_rule") for row in reference_rows(name)})
ONLY_BOKMAAL = re.compile(
    r"\b(?:ikke|hvor|hva|hvilke[tn]?|hvordan|hvorfor|hver|hvert|noe|noen|bare|også|dem|de|selv|fra|tall|tallene|navn|navnet|"
    r"uten|barneverntjenesten|fosterhjem|meldinger|plasseringer|undersøkelsen|måneder|dager|velg|en|én|annen|flere|hele|"
    r"egen|egne|ble|begynte|gjelder|telles|høyere|bekreftet|filen|linjen|boken|regnskap\w*|skjemaer|datoene|avgiveren|"
    r"tilskudd|forskjellen|enslige|kjøpene|kilden|enheten|listen|disse|deres|høyst|gjøre|gjøres|rettes|leveres)\b",
    re.IGNORECASE)


def told_in_nynorsk():
    return {row["rule_id"]: row for row in reference_rows("rule_text_nn")}


def test_every_rule_has_its_name_and_advice_in_nynorsk():
    missing = [rule_id for rule_id in RULES if rule_id not in told_in_nynorsk()]
    assert missing == [], (
        f"Reglene {', '.join(missing)} har ingen nynorsk tekst. Legg til en linje for hver i "
        "warehouse/reference/rule_text_nn.csv: rule_id, rule_name_nn, advice_nn.")


def test_no_nynorsk_is_for_a_rule_that_is_not_there_and_none_stands_twice():
    ids = [row["rule_id"] for row in reference_rows("rule_text_nn")]
    assert sorted(ids) == sorted(set(ids)) and set(ids) - set(RULES) == set()


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_says_the_same_in_both_languages(rule_id):
    """Numbers, codes and ends of sentences: what a translation cannot change."""
    name, advice = name_and_advice(rule_id, "nn")
    of_bokmaal = name_and_advice(rule_id, "nb")
    assert name and not name.endswith(".") and advice.endswith(".")
    assert ONLY_BOKMAAL.search(f"{name} {advice}") is None
    for nynorsk, bokmaal in zip((name, advice), of_bokmaal, strict=True):
        assert re.findall(r"\d+", nynorsk) == re.findall(r"\d+", bokmaal)


def test_in_bokmaal_a_rule_says_what_the_table_of_rules_says():
    assert name_and_advice("VR05", "nb") == (rule_of("VR05").name_nb, rule_of("VR05").advice_nb)


def test_a_rule_nobody_has_described_says_nothing_in_either_language():
    assert name_and_advice("VR999", "nb") == name_and_advice("VR999", "nn") == ("", "")


@pytest.mark.parametrize(("text", "is_bokmaal"), [
    ("Filen er hel", True), ("Rett linjen", True), ("Det er ikke slik", True), ("Fila er heil", False), ("Rett linja", False),
    ("Éi fil for kvar kommune", False), ("Lever henne", False), ("Tala dei gav", False)])
def test_the_words_looked_for_are_those_nynorsk_does_not_have(text, is_bokmaal):
    assert bool(ONLY_BOKMAAL.search(text)) == is_bokmaal


@pytest.mark.parametrize("row", reference_rows("control_text"), ids=lambda row: row["text_key"])
def test_a_text_of_the_control_report_has_the_same_parts_in_good_nynorsk(row):
    parts = [sorted(re.findall(r"\{\w+\}", row[f"text_{language}"])) for language in ("nb", "nn")]
    assert row["text_nn"] and parts[0] == parts[1]
    assert ONLY_BOKMAAL.search(row["text_nn"]) is None


def test_every_text_of_the_control_report_stands_once():
    keys = [row["text_key"] for row in reference_rows("control_text")]
    assert len(keys) == len(set(keys))
