"""A sender's name of a file is told outside only when it is made of the house's own words."""

import pytest

from assets.lineage import _sheet_name
from assets.public_file_names import public_file_name


@pytest.mark.parametrize("name", [
    "hovedbok_2018.csv", "kostra_0A_2016.dat", "tertialrapport_2017-T1.xlsx", "Hovedbok Alta 2018 (v2).csv",
    "befolkning_07459.json", "leverandørfakturaer_0729_2018.csv", "undersoekelse_agenda_kaupang_2018.csv",
    "dataforespørsel Røyken 2018.xlsx.zip", "kodebok_intervjuer.qdc", "nøkkeltall_kostragrupper.json"])
def test_a_name_of_source_unit_period_and_version_is_told(name):
    assert public_file_name(name, "ledger", 12) == name


@pytest.mark.parametrize(("name", "told"), [
    ("Kari 2018.csv", "leveranse 12.csv"), ("hovedbok_2018_3barn.csv", "leveranse 12.csv"),
    ("hovedbok_2018_3.csv", "leveranse 12.csv"), ("tilsyn_01019912345.csv", "leveranse 12.csv"),
    ("hovedbok_2018.<img src=x onerror=alert(1)>.csv", "leveranse 12.csv"), ("hovedbok.exe", "leveranse 12"),
    ("hovedbok_2018.kari", "leveranse 12"), ("=hovedbok.csv", "leveranse 12.csv"), ("hjemme.xlsx.zip", "leveranse 12.zip"),
    ("hovedbok_1312.csv", "leveranse 12.csv"), ("kari.csv.csv", "leveranse 12.csv")])
def test_a_name_with_any_other_word_or_number_is_not(name, told):
    assert public_file_name(name, "ledger", 12) == told


@pytest.mark.parametrize("name", ["intervjuer_alta_2019.qdpx", "intervjuer_2012.qdpx", "Intervjuer Færder 2018.qdpx"])
def test_a_file_of_interviews_names_no_municipality(name):
    assert public_file_name(name, "interview_codings", 7) == "leveranse 7.qdpx"
    assert public_file_name("intervjuer_2019.qdpx", "interview_codings", 7) == "intervjuer_2019.qdpx"


def test_a_sheet_is_told_by_name_only_when_it_is_the_forms_own():
    assert (_sheet_name("Om rapporten"), _sheet_name("Kari 13 år")) == ("Om rapporten", "eget ark")
