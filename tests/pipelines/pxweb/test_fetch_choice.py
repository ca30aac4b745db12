"""What is asked for: only codes the service has, the ready-made choice for the rest, and nothing by guess."""

import pytest

from assets.sources.statistics_tables import statistics_table
from pipelines.failures import FetchFailed, WrongUsage
from pipelines.pxweb.choosing import asked, choice_of, ready_made
from pipelines.pxweb.service import ServiceV0, ServiceV2, service_at
from pipelines.pxweb.table import Table, Variable, table_of_v0, table_of_v2
from pipelines.pxweb.transport import Transport
from warehouse.reference_data import reference_rows


def variable(code, codes, names="", may_be_left_out=False):
    listed = tuple(codes.split(","))
    return Variable(code, code.lower(), listed, tuple(names.split(",")) if names else listed, may_be_left_out)


REGION = variable("Region", "2012,0729,5601", "Alta (-2019),Færder,Alta")
TABLE = Table("prove", "Prøve", (
    REGION, variable("Kjonn", "1,2", "Menn,Kvinner", True), variable("ContentsCode", "Antall"), variable("Tid", "2017,2018")))


def refused(**given) -> str:
    with pytest.raises(WrongUsage) as caught:
        choice_of(TABLE, {code: tuple(text.split(",")) for code, text in given.items()})
    return str(caught.value)


def test_codes_come_once_each_in_the_tables_order_and_what_may_be_left_out_is():
    assert choice_of(TABLE, {"Tid": ("2018", "2017", "2018"), "Region": ("0729",)}) == {
        "Region": ("0729",), "ContentsCode": ("Antall",), "Tid": ("2017", "2018")}
    assert choice_of(TABLE, {"Tid": ("*",), "Region": ("*",), "Kjonn": ("2",)})["Kjonn"] == ("2",)


def test_an_unknown_code_is_refused_with_those_near_it_before_anything_is_asked():
    assert "«2013» finnes ikke i Region, og ville gitt null rader; nær er 2012 (Alta (-2019))" in refused(
        Region="2013,0729", Tid="*")
    assert "nær er 2012 (Alta (-2019)), 5601 (Alta)" in refused(Region="alta", Tid="*")
    assert "«xyz» finnes ikke i Tid, og ville gitt null rader; kodene er 2017, 2018" in refused(Region="2012", Tid="xyz")


def test_every_fault_is_told_at_once():
    said = refused(Region="9999", Alder="001")
    assert all(part in said for part in ("har ikke variabelen «Alder»; den har Region, Kjonn, ContentsCode, Tid",
                                         "«9999» finnes ikke", "velg Tid med --select Tid=…; kodene er 2017, 2018"))


def test_an_unknown_region_is_never_asked_for(counter):
    with pytest.raises(WrongUsage, match="«0728» finnes ikke i Region, og ville gitt null rader; nær er"):
        counter.fetch(Region="2012,0728", Tid="2018")
    assert counter.bank.asked == []


def test_an_unknown_table_is_wrong_usage_and_names_the_service(counter):
    with pytest.raises(WrongUsage, match="har ikke tabellen 99999"):
        counter.fetch("99999")


@pytest.mark.parametrize(("selections", "found"), [
    ([], {}), (["Tid=2017,2018"], {"Tid": ("2017", "2018")}), (["Tid= 2017 , 2018,"], {"Tid": ("2017", "2018")}),
    (["Tid=2017", "Region=0729", "Tid=2018"], {"Tid": ("2017", "2018"), "Region": ("0729",)}),
    (["Alder=105+", "X=a=b"], {"Alder": ("105+",), "X": ("a=b",)}),
])
def test_a_selection_is_a_variable_and_its_codes(selections, found):
    assert asked(selections) == found


@pytest.mark.parametrize("selection", ["Tid", "Tid=", "=2017", "Tid=,", ""])
def test_a_selection_that_says_nothing_is_wrong_usage(selection):
    with pytest.raises(WrongUsage, match="skriv variabel, likhetstegn og koder"):
        asked([selection])


def test_the_ready_made_population_is_the_trials_codes_single_years_of_age_and_2013_on(counter, population):
    counter.bank.tables["07459"] = population
    counter.bank.limit = 100
    fetched = counter.fetch("07459")
    assert fetched.choice["Region"] == ("0627", "0722", "0723", "0729", "2012", "3911")
    assert fetched.choice["Alder"] == tuple(f"{age:03d}" for age in range(20))
    assert (fetched.choice["ContentsCode"], fetched.choice["Tid"], fetched.page_count) == (
        ("Personer1",), ("2017", "2018"), 3)
    assert "Kjonn er ikke valgt; tjenesten gir tallene samlet" in counter.patience.said


def test_what_is_given_goes_before_the_ready_made_choice(counter, population):
    counter.bank.tables["07459"] = population
    fetched = counter.fetch("07459", Region="2012", Tid="2018")
    assert (fetched.choice["Region"], fetched.choice["Tid"], len(fetched.choice["Alder"])) == (("2012",), ("2018",), 20)


def test_every_ready_made_choice_names_variables_and_contents_the_table_is_known_to_have():
    for row in reference_rows("statistics_table"):
        known = {row["region_variable"], "ContentsCode", *row["other_variables"].split()}
        pieces = dict(piece.split("=") for piece in row["selection"].split(";")) if row["selection"] else {}
        assert set(pieces) <= known, row["table_id"]
        assert row["is_confirmed"] == "true" or not pieces
        assert pieces.get("ContentsCode", "*") in ("*", *row["contents_codes"].split())
    assert {row["table_id"] for row in reference_rows("statistics_table") if row["stem"]} == {"07459"}
    assert statistics_table("00000") is None


def test_the_key_figure_tables_are_asked_for_the_trials_regions_and_groups_and_leave_the_rest_to_be_chosen():
    regions = variable("KOKkommuneregion0000", "EAK,EKG11,EKG12,EKG13,0301,0729,2012")
    years = variable("Tid", "2015,2016")
    table = Table("12362", "", (regions, variable("KOKfunksjon0000", "244,252"), variable("ContentsCode", "KOSbelop0000,X"),
                                years))
    assert ready_made(table) == {"KOKkommuneregion0000": ("EAK", "EKG12", "EKG13", "0729", "2012"),
                                 "ContentsCode": ("KOSbelop0000",), "Tid": ("2015", "2016")}
    with pytest.raises(WrongUsage, match="velg KOKfunksjon0000 med --select KOKfunksjon0000=…; kodene er 244, 252"):
        choice_of(table, {})


@pytest.mark.parametrize(("address", "api", "kind", "whole"), [
    ("https://x.example", None, ServiceV2, "https://x.example/api/pxwebapi/v2"),
    ("https://x.example/api", None, ServiceV2, "https://x.example/api/pxwebapi/v2"),
    ("https://x.example/api/pxwebapi/", None, ServiceV2, "https://x.example/api/pxwebapi/v2"),
    ("https://x.example/api/v2", None, ServiceV2, "https://x.example/api/v2"),
    ("https://x.example/api/pxwebapi/v2/tables/", None, ServiceV2, "https://x.example/api/pxwebapi/v2"),
    ("http://x.example:8080/api", "v0", ServiceV0, "http://x.example:8080/api/v0/no"),
    ("https://x.example", "v0", ServiceV0, "https://x.example/api/v0/no"),
    ("https://x.example/api/v0", None, ServiceV0, "https://x.example/api/v0/no"),
    ("https://x.example/api/v0/no/table", None, ServiceV0, "https://x.example/api/v0/no"),
    ("https://x.example/PXWeb/api/v1/fi/StatFin", None, ServiceV0, "https://x.example/PXWeb/api/v1/fi/StatFin"),
])
def test_an_address_leads_to_the_version_it_names_and_else_to_v2(address, api, kind, whole):
    service = service_at(address, api, Transport())
    assert (type(service), service.address) == (kind, whole)


@pytest.mark.parametrize("address", [
    "", "x.example", "ftp://x.example", "file:///etc/x", "https://", "https://a:b@x.example", "https://x.example?a=1",
    "https://x.example:99999", "https://x.example/#a",
])
def test_what_is_no_address_of_a_service_is_wrong_usage(address):
    with pytest.raises(WrongUsage, match="er ikke en adresse til PxWebApi"):
        service_at(address, None, Transport())


def test_a_long_question_to_v2_is_posted_and_a_short_one_stands_in_the_address(bank, draw, request):
    codes = [f"{code:06d}" for code in range(300)]
    bank.tables["lang"] = draw(Region=",".join(codes), ContentsCode="Antall", Tid="2018")
    service = service_at(bank.address, "v2", Transport())
    for chosen, method in ((codes[:3], "GET"), (codes, "POST")):
        answer = service.cells("lang", {"Region": tuple(chosen), "ContentsCode": ("Antall",), "Tid": ("2018",)})
        assert answer.document["size"] == [len(chosen), 1, 1]
        assert bank.asked[-1][0] == method


@pytest.mark.parametrize("document", [
    {}, {"variables": []}, {"variables": [{"code": "A"}]}, {"variables": [{"code": "A", "values": []}]},
    {"variables": [{"code": "A", "values": ["1", "1"]}]}, {"variables": [{"code": "A", "values": [1]}]},
    {"variables": [{"code": "A", "values": ["1"], "valueTexts": ["a", "b"]}]}, {"variables": [7]}, {"variables": 7},
    {"variables": [{"code": "A", "values": ["1"]}] * 2}, {"id": ["A"], "size": [2], "dimension": {}},
    {"id": ["A"], "size": [1], "dimension": {"A": {"category": {"index": ["x"]}, "extension": [1]}}},
])
def test_a_description_that_cannot_be_read_is_a_message(document):
    for read in (table_of_v0, table_of_v2):
        with pytest.raises(FetchFailed, match="beskrivelse av tabellen kan ikke leses"):
            read("prove", document)
