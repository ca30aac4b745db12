"""SSB's 58 rules for form 15F: each with individuals that break it, and as many that come near and do not.

Where a drawing begins with a word in brackets, it is about the file: `[year=2017]` is what the file was announced as.
"""

import pytest

from warehouse.reference_data import reference_rows
from warehouse.rule_table import rule_of

REPORT = "report 2018-01-10 2018-01-15 1"
TAKEN = "report 2018-01-10 2018-01-15 2"
STUDY = f"child 2010-05\n{TAKEN}\nstudy "
MEASURE = "child 2010-05\nmeasure "

RULES = {  # rule: (individuals that break it), (individuals that do not)
    "15F_individ_01a": (
        ("child 2010-05 start=1992-12-31\n" + REPORT, "child 2010-05\nplan 2018-01-01 2044-01-01 1",
         "child 2010-05\nmove 1990-01-01 1.3"),
        ("child 2010-05 start=1993-01-01\n" + REPORT, "child 2010-05\nplan 2018-01-01 2043-12-31 1",
         "child 2010-05\nmove 2018-01-01 1.3")),
    "15F_individ_02a": (
        ("child 2010-05 start=2018-05-02 end=2018-05-01", "child 2010-05 start=2019-01-01 end=2018-12-31"),
        ("child 2010-05 start=2018-05-01 end=2018-05-01", "child 2010-05 start=2018-05-02")),
    "15F_individ_02b": (
        ("child 2010-05 end=2017-12-30", "child 2010-05 end=2016-01-01"),
        ("child 2010-05 end=2017-12-31", "child 2010-05")),
    "15F_individ_02d": (
        ("child 2010-05 closed=1",),
        ("child 2010-05 closed=1 end=2018-03-01", "child 2010-05 closed=2")),
    "15F_individ_03": (
        ("child -", "child - id=1234-56-78901", "child - id=1234", "child - duf=2012-3456-7890",
         "child - id=3102-18-55555"),
        ("child 2010-05", "child - duf=[right]", "child - id=0505-18-00100", "child - id=0505-18-55555",
         "child - id=0505-19-99999")),
    "15F_individ_04": (
        ("child - id=[same] journal=A\nchild - id=[same] journal=B",
         "child - id=[same]\nchild 2010-05\nchild - id=[same]"),
        ("child - id=[same] journal=A\nchild - id=[same] journal=A", "child 2010-05\nchild 2010-05",
         "child - id=0505-18-00100\nchild - id=0505-18-00100")),
    "15F_individ_05": (
        ("child 2010-05 journal=A\nchild 2011-05 journal=A", "child - journal=A\nchild 2011-05 journal=A"),
        ("child 2010-05 journal=A\nchild 2011-05 journal=B", "child 2010-05 journal=A")),
    "15F_individ_06": (
        ("child 2010-05", "child 2010-05\nmove 2018-01-01 1.3"),
        ("child 2010-05\n" + REPORT, "child 2010-05\nplan 2018-01-01 - 1", MEASURE + "2018-01-01 - 4.1")),
    "15F_individ_07": (
        ("child 1994-12\nmeasure 2018-01-01 - 4.6", "child 1990-01"),
        ("child 1995-01", "child 2017-01")),
    "15F_individ_08": (
        ("child 1999-12", "child 1996-02\n" + REPORT),
        ("child 2000-01", "child 1999-12\nmeasure 2018-01-01 - 4.6", "child -")),
    "15F_individ_09": (("[oslo] child 2010-05 name=Sagene",), ("[oslo] child 2010-05 district=03", "child 2010-05")),
    "15F_individ_10": (("[oslo] child 2010-05 district=03",), ("[oslo] child 2010-05 name=Sagene", "child 2010-05")),
    "15F_individ_11": (
        ("child -", "child - id=0505-18-55555", "child - id=1234-56-78901"),
        ("child 2010-05", "child - id=[same]", "child 2018-05")),
    "15F_individ_12": (
        ("child -", "child - id=1234-56-78901"),
        ("child 2010-05", "child - id=0505-18-00200", "child - id=0505-19-99999")),
    "15F_individ_19": (
        ("child 2010-05 duf=2012-3456-7890", "child - duf=12"),
        ("child 2010-05", "child - duf=[right]")),
    "15F_melding_02a": (
        ("child 2010-05\nreport 2018-01-11 2018-01-10 1",),
        ("child 2010-05\nreport 2018-01-11 2018-01-11 1", "child 2010-05\nreport 2018-01-11 -")),
    "15F_melding_02c": (
        ("child 2010-05 end=2018-01-14\n" + TAKEN, "child 2010-05 end=2018-01-14\nreport 2018-01-10 2018-01-15 3"),
        ("child 2010-05 end=2018-01-14\n" + REPORT, "child 2010-05 end=2018-01-15\n" + TAKEN,
         "child 2010-05\n" + TAKEN)),
    "15F_melding_02d": (
        ("child 2010-05 closed=1 end=2018-12-01\nreport 2018-11-11 -", "child 2010-05 closed=1\n" + REPORT,
         "child 2010-05 closed=1 end=2018-12-01\nreport 2018-11-11 2019-01-01 1"),
        ("child 2010-05 closed=1 end=2018-12-01\n" + REPORT, "child 2010-05\nreport 2018-11-11 -",
         "child 2010-05 closed=1 end=2018-12-01\nreport 2018-11-11 2018-12-31 1")),
    "15F_melding_02e": (
        ("child 2010-05 start=2018-01-11\n" + REPORT,),
        ("child 2010-05 start=2018-01-10\n" + REPORT,)),
    "15F_melding_03": (
        ("child 2010-05\nreport 2018-01-10 2018-01-18 1",),
        ("child 2010-05\nreport 2018-01-10 2018-01-17 1", "child 2010-05\nreport 2018-01-10 -")),
    "15F_melding_04": (
        (f"child 2010-05\n{REPORT} by=", f"child 2010-05\n{TAKEN} by="),
        (f"child 2010-05\n{REPORT}", "child 2010-05\nreport 2018-01-10 2018-01-15 3 by=",
         "child 2010-05\nreport 2017-01-10 2017-12-31 1 by=", "child 2010-05\nreport 2018-01-10 2018-01-15 by=")),
    "15F_melding_05": (
        (f"child 2010-05\n{REPORT} of=", f"child 2010-05\n{TAKEN} of="),
        (f"child 2010-05\n{REPORT}", "child 2010-05\nreport 2018-01-10 2018-01-15 4 of=",
         "child 2010-05\nreport 2017-01-10 2017-12-31 1 of=")),
    "15F_melder_02": (
        (f"child 2010-05\n{REPORT} by=22", f"child 2010-05\n{REPORT} by=11,22"),
        (f"child 2010-05\n{REPORT} by=22+", f"child 2010-05\n{REPORT} by=21,23")),
    "15F_saksinnhold_02": (
        (f"child 2010-05\n{REPORT} of=18", f"child 2010-05\n{REPORT} of=7,19"),
        (f"child 2010-05\n{REPORT} of=18+,19+", f"child 2010-05\n{REPORT} of=17,20")),
    "15F_undersokelse_02a": ((STUDY + "2018-02-02 2018-02-01 3",), (STUDY + "2018-02-01 2018-02-01 3",)),
    "15F_undersokelse_02b": (
        (STUDY + "2018-02-02 2019-01-01 3", STUDY + "2017-02-02 2017-12-31 3"),
        (STUDY + "2017-11-02 2018-01-01 3", STUDY + "2018-11-02 -")),
    "15F_undersokelse_02c": (
        ("child 2010-05 end=2018-03-01\n" + TAKEN + "\nstudy 2018-02-02 2018-03-02 3",),
        ("child 2010-05 end=2018-03-01\n" + TAKEN + "\nstudy 2018-02-02 2018-03-01 3",)),
    "15F_undersokelse_02d": (
        ("child 2010-05 closed=1 end=2018-03-01\n" + TAKEN + "\nstudy 2018-02-02 -",),
        ("child 2010-05 closed=1 end=2018-03-01\n" + TAKEN + "\nstudy 2018-02-02 2018-03-01 3",)),
    "15F_undersokelse_02e": (
        ("child 2010-05 start=2018-02-03\n" + TAKEN + "\nstudy 2018-02-02 -",),
        ("child 2010-05 start=2018-02-02\n" + TAKEN + "\nstudy 2018-02-02 -",)),
    "15F_undersokelse_03": (
        (STUDY + "2018-02-02 2018-03-01 5",),
        (STUDY + "2018-02-02 2018-03-01 5 said=yes", STUDY + "2018-02-02 2018-03-01 4")),
    "15F_undersokelse_04": (
        (STUDY + "2018-02-02 2018-03-01",),
        (STUDY + "2018-02-02 -", STUDY + "2018-02-02 2018-03-01 4")),
    "15F_undersokelse_07": (
        (STUDY + "2018-02-02 2018-03-01 1 why=", STUDY + "2018-02-02 2018-03-01 2 why="),
        (STUDY + "2018-02-02 2018-03-01 1 why=7", STUDY + "2018-02-02 2018-03-01 3 why=")),
    "15F_undersokelse_08": (
        (STUDY + "2018-06-30 -", STUDY + "2017-06-30 -"),
        (STUDY + "2018-07-01 -", STUDY + "2018-06-30 2018-12-31 3")),
    "15F_vedtaksgrunnlag_02": (
        (STUDY + "2018-02-02 2018-03-01 1 why=18",),
        (STUDY + "2018-02-02 2018-03-01 1 why=18+,7",)),
    "15F_plan_02a": (
        ("child 2010-05\nplan 2018-01-02 2018-01-01 1",),
        ("child 2010-05\nplan 2018-01-02 2018-01-02 1",)),
    "15F_plan_02c": (
        ("child 2010-05 end=2018-02-01\nplan 2018-01-02 2018-02-02 1",),
        ("child 2010-05 end=2018-02-01\nplan 2018-01-02 2018-02-01 1",)),
    "15F_plan_02d": (
        ("child 2010-05 closed=1 end=2018-02-01\nplan 2018-01-02 - 1",),
        ("child 2010-05 closed=1 end=2018-02-01\nplan 2018-01-02 2018-02-01 1",)),
    "15F_plan_02e": (
        ("child 2010-05 start=2018-01-03\nplan 2018-01-02 - 1",),
        ("child 2010-05 start=2018-01-02\nplan 2018-01-02 - 1",)),
    "15F_tiltak_02a": ((MEASURE + "2018-01-02 2018-01-01 4.1",), (MEASURE + "2018-01-02 2018-01-02 4.1",)),
    "15F_tiltak_02b": (
        (MEASURE + "2017-01-02 2017-12-31 4.1", MEASURE + "2018-01-02 2019-01-01 4.1"),
        (MEASURE + "2017-01-02 2018-12-31 4.1", MEASURE + "2017-01-02 - 4.1")),
    "15F_tiltak_02c": (
        ("child 2010-05 end=2018-02-01\nmeasure 2018-01-02 2018-02-02 4.1",),
        ("child 2010-05 end=2018-02-01\nmeasure 2018-01-02 2018-02-01 4.1",)),
    "15F_tiltak_02d": (
        ("child 2010-05 closed=1 end=2018-02-01\nmeasure 2018-01-02 - 4.1",),
        ("child 2010-05 closed=1 end=2018-02-01\nmeasure 2018-01-02 2018-02-01 4.1",)),
    "15F_tiltak_02e": (
        ("child 2010-05 start=2018-01-03\nmeasure 2018-01-02 - 4.1",),
        ("child 2010-05 start=2018-01-02\nmeasure 2018-01-02 - 4.1",)),
    "15F_tiltak_04": (
        (MEASURE + "2017-01-02 2018-02-02 2.1 law=BVL/4/12", MEASURE + "2017-01-02 2018-02-02 2.1 law=BVL/4/8/2",
         MEASURE + "2017-01-02 2018-02-02 2.1 law=BVL/4/8/1 also=BVL/4/12",
         MEASURE + "2017-01-02 2018-02-02 2.1 law=BVL2021/5/1"),
        (MEASURE + "2017-01-02 2018-02-02 2.1 law=BVL/4/12 lift=1", MEASURE + "2017-01-02 - 2.1 law=BVL/4/12",
         MEASURE + "2017-01-02 2018-02-02 2.1 law=BVL/4/8/1", MEASURE + "2017-01-02 2018-02-02 2.1 law=BVL2021/5/2")),
    "15F_tiltak_05": (
        ("child 2011-12\nmeasure 2018-01-02 - 4.1",),
        ("child 2012-01\nmeasure 2018-01-02 - 4.1", "child 2011-12\nmeasure 2018-01-02 - 4.2")),
    "15F_tiltak_06": (
        ("child 2007-12\nmeasure 2018-01-02 - 4.2",),
        ("child 2008-01\nmeasure 2018-01-02 - 4.2", "child 2007-12\nmeasure 2018-01-02 - 4.3")),
    "15F_tiltak_07": (
        (MEASURE + "2018-01-02 - 3.7", MEASURE + "2018-01-02 - 8.99"),
        (MEASURE + "2018-01-02 - 3.7+", MEASURE + "2018-01-02 - 3.10")),
    "15F_tiltak_08": (
        (MEASURE + "2018-01-02 2018-02-01 2.1 lift=4",),
        (MEASURE + "2018-01-02 2018-02-01 2.1 lift=4+", MEASURE + "2018-01-02 2018-02-01 2.1 lift=3")),
    "15F_tiltak_09": (
        (MEASURE + "2018-01-01 2018-06-01 2.1\nmeasure 2018-02-01 2018-05-02 1.1",
         MEASURE + "2018-01-01 - 2.1\nmeasure 2018-09-30 - 8.2"),
        (MEASURE + "2018-01-01 2018-06-01 2.1\nmeasure 2018-02-01 2018-05-01 1.1",
         MEASURE + "2018-01-01 - 2.1\nmeasure 2018-10-01 - 8.2",
         MEASURE + "2018-01-01 - 2.1\nmeasure 2018-02-01 - 4.1")),
    "15F_tiltak_24": (
        (MEASURE + "2018-01-02 - 4.1 law=BVL2021/3/1", MEASURE + "2018-01-02 - 4.1 also=BL/4/12",
         "[2024] child 2014-05\nmeasure 2023-01-01 - 4.1 law=BL/4/12"),
        (MEASURE + "2018-01-02 - 4.1 also=BVL/4/12", "[2024] child 2014-05\nmeasure 2023-01-01 - 4.1 law=BVL2021/3/1",
         "[2024] child 2014-05\nmeasure 2023-01-01 - 4.1 law=BVL/4/4")),
    "15F_lovhjemmel_03": (
        ("child 1999-12\nmeasure 2018-01-02 - 2.1 law=BVL/4/12",),
        ("child 2000-01\nmeasure 2018-01-02 - 2.1 law=BVL/4/12",
         "child 1999-12\nmeasure 2018-01-02 - 2.1 law=BVL/1/3")),
    "15F_lovhjemmel_04": (
        (MEASURE + "2018-01-02 - 2.1 law=BVL/0/12", MEASURE + "2018-01-02 - 2.1 law=BVL/4/0"),
        (MEASURE + "2018-01-02 - 2.1 law=BVL/4/10", MEASURE + "2018-01-02 - 2.1 law=BVL/4/4/0")),
    "15F_flytting_02c": (
        ("child 2010-05 end=2018-02-01\nmove 2018-02-02 1.3",),
        ("child 2010-05 end=2018-02-01\nmove 2018-02-01 1.3", "child 2010-05\nmove 2018-02-02 1.3")),
    "15F_flytting_02f": (
        ("child 2010-05 start=2018-02-03\nmove 2018-02-02 1.3",),
        ("child 2010-05 start=2018-02-02\nmove 2018-02-02 1.3",)),
}
OF_SENDER = {  # rule: (year, municipality the file is announced as), what the sender lacks, whether it is broken
    "15F_avgiver_02": [((2017, None), {}, True), ((2018, None), {}, False), ((None, None), {}, False)],
    "15F_avgiver_03": [((None, None), {"Organisasjonsnummer": ""}, True), ((None, None), {}, False)],
    "15F_avgiver_04": [((None, "0627"), {}, True), ((None, "201200"), {}, False), ((None, "2012"), {}, False)],
    "15F_avgiver_06": [((None, None), {"Kommunenavn": " "}, True), ((None, None), {}, False)],
}
GUILTY = [(rule_id, text) for rule_id, (broken, _) in RULES.items() for text in broken]
INNOCENT = [(rule_id, text) for rule_id, (_, kept) in RULES.items() for text in kept]


@pytest.fixture
def found(read, draw):
    """The findings in a drawing, by rule."""
    def findings(text):
        drawn = {"[oslo]": {"municipality": "0301"}, "[2024]": {"year": 2024}}.get(text.split()[0], {})
        text = text.split("] ")[-1] if drawn else text
        text = text.replace("[same]", draw.identity_number(2012, 3, 250)).replace("[right]", draw.duf_number(7))
        return {finding.rule_id: finding for finding in read(text, **drawn).findings}

    return findings


@pytest.mark.parametrize(("rule_id", "text"), GUILTY)
def test_an_individual_that_breaks_the_rule_is_found_by_its_order_and_line(found, draw, rule_id, text):
    finding = found(text)[rule_id]
    assert (finding.level, finding.unit_code, finding.source) == (
        rule_of(rule_id).level, "0301" if "[oslo]" in text else "2012", "child_records")
    assert finding.found in ("1 individ", "2 individer") and "nr. 1 (linje 4)" in finding.message
    assert finding.line_numbers and min(finding.line_numbers) >= 4


@pytest.mark.parametrize(("rule_id", "text"), INNOCENT)
def test_an_individual_that_comes_near_but_keeps_the_rule_is_innocent(found, rule_id, text):
    assert rule_id not in found(text)


@pytest.mark.parametrize(("rule_id", "announced", "lacks", "is_broken"), [
    (rule_id, *row) for rule_id, rows in OF_SENDER.items() for row in rows])
def test_the_sender_is_held_against_what_the_file_was_announced_as(read, rule_id, announced, lacks, is_broken):
    reading = read("child 2010-05\n" + REPORT, announced=announced, **lacks)
    assert (rule_id in {finding.rule_id for finding in reading.findings}) is is_broken


def test_every_rule_of_ssbs_table_is_here_with_its_level_and_advice():
    rows = reference_rows("child_record_rule")
    assert {row["rule_id"] for row in rows} == {*RULES, *OF_SENDER} and len(rows) == 58
    assert [row["rule_id"] for row in rows if row["level"] == "advarsel"] == [
        "15F_individ_08", "15F_individ_11", "15F_individ_12", "15F_individ_19", "15F_melding_03", "15F_undersokelse_08",
        "15F_tiltak_04", "15F_tiltak_05", "15F_tiltak_06", "15F_tiltak_09"]
    assert all(rule_of(row["rule_id"]).is_about_counts and row["advice_nb"].endswith(".") for row in rows)


def test_each_rule_has_at_least_as_many_innocent_as_guilty():
    assert [rule_id for rule_id, (guilty, innocent) in RULES.items() if len(innocent) < len(guilty)] == []


@pytest.mark.parametrize(("year", "born", "is_broken"), [
    (2020, "1996-12", True), (2020, "1997-01", False), (2021, "1996-12", False), (2021, "1995-12", True)])
def test_the_age_limit_is_23_years_until_2020_and_25_from_2021(read, year, born, is_broken):
    reading = read(f"child {born}\nmeasure {year}-01-01 - 4.6", year=year)
    assert ("15F_individ_07" in {finding.rule_id for finding in reading.findings}) is is_broken


def test_many_individuals_are_counted_in_full_and_the_first_of_them_named(read):
    (finding,) = [one for one in read("child 2010-05\n" * 25).findings if one.rule_id == "15F_individ_06"]
    assert finding.found == "25 individer" and len(finding.line_numbers) == 25
    assert "nr. 1 (linje 4), nr. 2 (linje 5)" in finding.message and "nr. 20 (linje 23) og 5 til" in finding.message


def test_the_second_and_third_file_of_one_child_are_told_with_the_first(read, draw):
    same = draw.identity_number(2012, 3, 250)
    text = "\n".join(f"child - id={same} journal={letter}\n{REPORT}" for letter in "ABC")
    (finding,) = [one for one in read(text).findings if one.rule_id == "15F_individ_04"]
    assert finding.found == "3 individer"


@pytest.mark.parametrize("text", [text for _, text in GUILTY])
def test_no_finding_repeats_a_number_a_date_of_birth_a_journal_or_a_word(found, draw, text):
    if text.startswith("["):
        text = text.split("] ")[1]
    told = "\n".join(f"{one.message} {one.found} {one.expected} {one.cell}" for one in found(text).values())
    text = text.replace("[same]", draw.identity_number(2012, 3, 250)).replace("[right]", draw.duf_number(7))
    planted = draw.planted(text)
    assert told and [one for one in planted if len(one) > 1 and one in told] == []
