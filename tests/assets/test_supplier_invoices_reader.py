"""Suppliers' invoices as raw rows: what each column becomes, what is refused, what is a finding."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.admission import reasons_to_refuse
from assets.sources import recognise
from assets.sources.reading import ScopeKey
from assets.sources.supplier_invoices import read, recognises
from expectations.finding import DeliveryRefused
from warehouse.contracts import contract_of
from warehouse.reference_data import reference_rows

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "supplier_invoices"
HEADINGS = ("kommunenr;fakturanr;leverandoer_orgnr;leverandoer_navn;leverandoer_eierform;tiltakstype;eier;avtale_id;"
            "periode_fra;periode_til;antall_maaneder;antall_doegn;voksne;barn;beloep_kr;egenandel_kr;bokfoert_aar")
NOW = datetime.datetime(2019, 10, 1)


def delivered(name: str):
    return read((DELIVERIES / name).read_bytes(), name)


def refused(name: str) -> list:
    with pytest.raises(DeliveryRefused) as caught:
        delivered(name)
    return caught.value.findings


def line(**cells: str) -> str:
    """A line that is right, with the cells given in place of its own."""
    own = {"kommunenr": "2012", "fakturanr": "F1", "leverandoer_orgnr": "999999018", "tiltakstype": "institusjon",
           "avtale_id": "A-1", "periode_fra": "2018-03-01", "periode_til": "2018-03-31", "antall_maaneder": "1",
           "beloep_kr": "243333,00"}
    return ";".join((own | cells).get(heading, "") for heading in HEADINGS.split(";"))


def invoices(*lines: str) -> bytes:
    return "\n".join([HEADINGS, *lines, ""]).encode()


def findings_of(*lines: str) -> list:
    """Of lines that may be refused or not: what is said."""
    try:
        return list(read(invoices(*lines), "f.csv").findings)
    except DeliveryRefused as refusal:
        return list(refusal.findings)


def test_a_list_becomes_one_raw_row_per_stay():
    reading = delivered("innocent.csv")
    assert reading.rows.column_names == [
        c for c in contract_of("raw", "supplier_invoices_line").column_names if c != "delivery_id"]
    assert reading.rows.to_pylist()[1] == {
        "line_number": 3, "municipality_code": "2012", "invoice_number": "F1", "supplier_org_number": "999999018",
        "supplier_name": "Oppdiktet leverandør", "supplier_ownership": "ideell", "measure_type_code": "institusjon",
        "owner_code": "privat", "contract_id": "A-2", "service_from": datetime.date(2018, 11, 1),
        "service_to": datetime.date(2018, 11, 15), "months_count": 0.5, "days_count": 15, "adults_count": None,
        "children_count": None, "amount_nok": Decimal("121666.50"), "co_payment_nok": Decimal("35160.00"),
        "posting_year": 2018}
    assert reading.findings == ()


def test_every_amount_has_its_line_and_what_may_be_absent_is_missing_and_not_zero():
    reading = delivered("innocent.csv")
    assert [(cell.line, cell.value, cell.unit) for cell in reading.cells] == [
        (2, 243333.33, "NOK"), (3, 121666.5, "NOK"), (4, 164300, "NOK")]
    last = reading.rows.to_pylist()[2]
    assert (last["co_payment_nok"], last["supplier_ownership"], last["adults_count"], last["children_count"]) == (
        None, None, 1, 2)


def test_the_scope_is_the_municipality_and_the_year_of_service_and_not_of_posting():
    reading = read(invoices(
        line(), line(avtale_id="A-2", periode_fra="2017-12-01", periode_til="2017-12-31", bokfoert_aar="2018"),
        line(kommunenr="0729", bokfoert_aar="2019")), "f.csv")
    assert reading.scope_keys == (ScopeKey("0729", "2018"), ScopeKey("2012", "2017"), ScopeKey("2012", "2018"))


@pytest.mark.parametrize(("name", "rule_id", "lines", "found", "told"), [
    ("unknown_measure_type.csv", "F04", (3,), "instutisjon", "Skriv en av disse: institusjon, fosterhjem"),
    ("period_ends_before_it_begins.csv", "F21", (3,), "01.11.2018–15.10.2018", "slutter før den begynner. Rett"),
    ("period_over_the_turn_of_the_year.csv", "F21", (3,), "01.12.2018–31.01.2019", "Del linjen i to"),
    ("no_months.csv", "F03", (3,), "0", "ikke er over null. Skriv hvor mange måneder"),
    ("negative_months.csv", "F03", (3,), "-0,5", "ikke er over null. Skriv hvor mange måneder"),
    ("same_stay_twice.csv", "F15", (4,), "A-1", "står også på linje 2. Behold én av linjene."),
    ("half_a_day.csv", "F03", (2,), "30,5", "Skriv et helt tall uten fortegn."),
    ("unknown_owner.csv", "F04", (2,), "fylke", "Skriv privat, kommune eller stat"),
    ("without_months_column.csv", "F02", (), None, "kolonnen «antall_maaneder» mangler"),
])
def test_a_file_with_one_fault_is_refused_for_that_fault_with_line_and_advice(name, rule_id, lines, found, told):
    (finding,) = refused(name)
    assert (finding.rule_id, finding.level, finding.line_numbers, finding.found) == (
        rule_id, "kritisk_feil", lines, found)
    assert finding.message.startswith(name) and told in finding.message


@pytest.mark.parametrize("cells", [
    {"periode_fra": "2018-03-31"}, {"periode_fra": "2018-01-01", "periode_til": "2018-12-31", "antall_maaneder": "12"},
    {"antall_maaneder": "0,01"}, {"antall_doegn": "0"}, {"eier": ""}, {"beloep_kr": "-100"}, {"avtale_id": ""},
    {"tiltakstype": "besøkshjem"}, {"bokfoert_aar": "2019"}, {"leverandoer_orgnr": ""},
])
def test_what_is_unusual_and_still_right_is_taken_without_a_word(cells):
    assert findings_of(line(**cells)) == []


@pytest.mark.parametrize("cells", [
    {"avtale_id": "A-2"}, {"fakturanr": "F2"}, {"leverandoer_orgnr": "998877665"}, {"tiltakstype": "fosterhjem"},
    {"kommunenr": "0627"}, {"periode_fra": "2018-03-02"}])
def test_lines_that_differ_in_what_makes_a_stay_are_two_stays(cells):
    assert [f.rule_id for f in findings_of(line(), line(**cells)) if f.rule_id == "F15"] == []


def test_the_same_stay_at_another_price_is_still_the_same_stay():
    (finding,) = findings_of(line(), line(beloep_kr="1"))
    assert (finding.rule_id, finding.level, finding.line_numbers) == ("F15", "kritisk_feil", (3,))


def test_equal_lines_without_an_agreement_are_a_finding_since_they_may_be_two_stays():
    reading = delivered("equal_lines_without_agreement.csv")
    (finding,) = reading.findings
    assert (finding.rule_id, finding.level, finding.line_numbers, finding.unit_code, finding.period) == (
        "F15", "advarsel", (2, 4), "2012", "2018")
    assert "fyll ut «avtale_id» på begge" in finding.message
    assert reading.rows.num_rows == 3


def test_lines_without_an_agreement_at_different_prices_are_two_stays():
    assert findings_of(line(avtale_id=""), line(avtale_id="", beloep_kr="200000")) == []


@pytest.mark.parametrize(("number", "kept", "is_finding"), [
    ("999999018", "999999018", False), ("999 999 018", "999999018", False), ("", None, False),
    ("999999019", "999999019", True), ("9999", None, True)])
def test_a_wrong_supplier_number_is_a_finding_and_never_a_refusal(number, kept, is_finding):
    reading = read(invoices(line(leverandoer_orgnr=number)), "f.csv")
    assert reading.rows["supplier_org_number"].to_pylist() == [kept]
    assert [(f.rule_id, f.level, f.line_numbers, f.unit_code, f.period) for f in reading.findings] == (
        [("F10", "feil", (2,), "2012", "2018")] if is_finding else [])


def test_the_advice_on_a_wrong_supplier_number_names_the_list():
    (finding,) = delivered("supplier_with_wrong_check_digit.csv").findings
    assert finding.found == "999999019" and "lever fakturalisten på nytt" in finding.message


def test_only_municipalities_in_the_trial_are_let_in():
    name = "municipality_outside_the_trial.csv"
    (reason,) = reasons_to_refuse(delivered(name), None, name, NOW)
    assert (reason.rule_id, reason.found) == ("A02", "0301")
    assert reasons_to_refuse(delivered("innocent.csv"), "2012", "innocent.csv", NOW) == []


def test_the_lists_headings_are_its_own_and_no_other_sources():
    content = (DELIVERIES / "innocent.csv").read_bytes()
    assert recognises(content, "hva_som_helst.txt")
    assert recognise(content, "x").STEM == "supplier_invoices"
    for other in ("ledger", "grants", "rates"):
        assert not recognises((DELIVERIES.parent / other / "innocent.csv").read_bytes(), "x")


def test_another_systems_headings_are_known():
    headings = ("Kommunenummer;Fakturanummer;Orgnr;Leverandør;Eierform;Type tiltak;Eier;Avtalenr;Fra dato;Til dato;"
                "Antall måneder;Antall døgn;Antall voksne;Antall barn;Beløp NOK;Egenandel;Regnskapsår")
    content = (headings + "\n" + line(eier="privat", antall_doegn="31") + "\n").encode()
    assert recognises(content, "liste.csv")
    (row,) = read(content, "liste.csv").rows.to_pylist()
    assert (row["contract_id"], row["months_count"], row["days_count"], row["amount_nok"]) == (
        "A-1", 1.0, 31, Decimal("243333.00"))


@given(st.lists(st.tuples(
    st.sampled_from([row["measure_type_code"] for row in reference_rows("measure_type")]),
    st.decimals(min_value="0.01", max_value="12", places=2), st.decimals(min_value=-10**9, max_value=10**9, places=2),
    st.dates(datetime.date(2017, 1, 1), datetime.date(2018, 12, 31))), min_size=1, max_size=8))
def test_whatever_is_written_is_read_back_to_the_last_oere(stays):
    lines = [line(tiltakstype=measure, avtale_id=f"A-{number}", antall_maaneder=str(months).replace(".", ","),
                  beloep_kr=str(nok).replace(".", ","), periode_fra=f"{day:%d.%m.%Y}", periode_til=f"{day:%Y-%m-%d}")
             for number, (measure, months, nok, day) in enumerate(stays)]
    rows = read(invoices(*lines), "f.csv").rows.to_pylist()
    assert [(row["measure_type_code"], Decimal(str(row["months_count"])), row["amount_nok"], row["service_from"])
            for row in rows] == [(measure, months, nok, day) for measure, months, nok, day in stays]
