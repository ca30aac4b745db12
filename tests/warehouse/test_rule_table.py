"""The look-up of rules: every rule somebody can break has a name, a level, an actor and advice without numbers."""

import re
from pathlib import Path

import pytest

from expectations.rule import all_rules
from warehouse.finding_levels import LEVELS
from warehouse.reference_data import reference_rows
from warehouse.rule_table import RuleEntry, indicators_of_rule, rule_of

ROOT = Path(__file__).resolve().parents[2]
RULE_ID = re.compile(r'"((?:F|A|L|Q|R|VR|FE|FD|AN)\d{2,3}[a-z]?)"')


def rule_ids_in_the_code():
    return sorted({rule_id for folder in ("assets", "expectations") for path in (ROOT / folder).rglob("*.py")
                   for rule_id in RULE_ID.findall(path.read_text(encoding="utf-8"))})


def test_every_rule_in_the_code_can_be_looked_up():
    unknown = [rule_id for rule_id in rule_ids_in_the_code() if not _is_known(rule_id)]
    assert len(rule_ids_in_the_code()) > 60 and unknown == []


def _is_known(rule_id):
    try:
        return rule_of(rule_id).rule_id == rule_id
    except KeyError:
        return False


def test_a_rule_nobody_has_described_is_an_error():
    with pytest.raises(KeyError):
        rule_of("VR999")
    assert indicators_of_rule("VR999") == ()


@pytest.mark.parametrize("row", reference_rows("rule"), ids=lambda row: row["rule_id"])
def test_a_rule_says_what_to_do_without_any_number_but_a_year_or_a_function(row):
    entry = rule_of(row["rule_id"])
    assert entry.level in LEVELS and entry.name_nb and entry.advice_nb.endswith(".")
    assert set(re.findall(r"\d+", entry.advice_nb)) <= {"244", "251", "252", "285", "2015", "2016", "2018"}


def test_the_indicators_of_a_rule_are_in_the_catalogue_or_of_a_form_field():
    known = {row["indicator_id"] for name in ("indicator", "indicator_field") for row in reference_rows(name)}
    assert {one for row in reference_rows("rule") for one in rule_of(row["rule_id"]).indicator_ids} - known == set()


def test_ssbs_own_rules_have_their_title_and_belong_to_the_municipality():
    entry = rule_of("R015")
    assert (entry.name_nb, entry.actor, entry.is_about_counts) == (
        "Hver kombinasjon av kontoklasse, funksjon og art står én gang", "municipality", False)


def test_every_rule_across_sources_has_a_module_named_after_it():
    names = {path.stem.split("_")[0].upper() for path in (ROOT / "expectations" / "rules").glob("*_*.py")
             if path.stem != "__init__"}
    assert {rule.rule_id for rule in all_rules()} == names


@pytest.mark.parametrize(("first", "last", "period", "judged"), [
    (None, None, "2013", True), (2016, 2016, "2016", True), (2016, 2016, "2016-T3", True), (2016, 2016, "2015", False),
    (2016, 2016, "2017-T1", False), (2018, None, "2017", False), (2018, None, "2030", True), (2016, 2016, None, True)])
def test_a_rule_judges_the_years_it_applies_to(first, last, period, judged):
    entry = RuleEntry("VR28", "", "advarsel", "evaluator", False, "", (), first_year=first, last_year=last)
    assert entry.judges(period) is judged
