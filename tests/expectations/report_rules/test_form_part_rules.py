"""VR05, VR07 and VR11: parts and totals of one form. Each rule has as many innocent tables as guilty ones."""

import pytest

from warehouse.reference_data import reference_rows


def drawn(form, unit, period, values):
    return "\n".join(f"{form} {unit} {period} {pair.replace('=', ' ')}" for pair in values.split())


ALTA = "akutt_beredskapshjem=10 akutt_institusjon=13 akutt_familie=3"


@pytest.mark.parametrize("values", [
    f"akuttplasseringer=26 {ALTA}",
    "akuttplasseringer=6 akutt_beredskapshjem=4 akutt_institusjon=2 akutt_familie=-",
    "akuttplasseringer=6 akutt_beredskapshjem=4 akutt_institusjon=2 akutt_familie=.",
    "akuttplasseringer=26 akutt_beredskapshjem=10 akutt_institusjon=13 akutt_familie=..",    # a part is missing
    f"akuttplasseringer=.. {ALTA}",                                                          # the total is missing
    "akuttplasseringer=5 akutt_beredskapshjem=.. akutt_institusjon=.. akutt_familie=..",
    "aarsverk_tilfoert=22.5 tilfoert_barnevern=1 tilfoert_tiltaksteam=1",                    # positions are VR55's
    "bistandsavtale_barn=4 bistandsavtale_institusjon=5 bistandsavtale_beredskapshjem=1",    # children, not placements
])
def test_parts_that_sum_to_the_total_are_innocent(found, values):
    assert found("VR05", drawn("D", "2012", "2018", values)) == []


@pytest.mark.parametrize(("values", "told"), [
    (f"akuttplasseringer=25 {ALTA}", ("25", "26")),
    (f"akuttplasseringer=27 {ALTA}", ("27", "26")),
    ("akuttplasseringer=7 akutt_beredskapshjem=4 akutt_institusjon=2 akutt_familie=-", ("7", "6")),
    ("akuttplasseringer=22 akutt_beredskapshjem=10 akutt_institusjon=13 akutt_familie=..", ("22", "minst 23")),
    (f"akuttplasseringer=- {ALTA}", ("0", "26")),
])
def test_parts_that_do_not_sum_are_a_finding_with_both_sums(found, values, told):
    (finding,) = found("VR05", drawn("D", "2012", "2018", values))
    assert (finding.found, finding.expected) == told
    assert (finding.unit_code, finding.period, finding.cell, finding.level) == ("2012", "2018", "D1", "feil")


@pytest.mark.parametrize("values", [
    "meldinger=40 meldinger_0_og_ufoedt=4 meldinger_1_5=10 meldinger_6_12=16 meldinger_13_17=10",
    "nye_plasseringer=9 akuttplasseringer=7 nye_institusjon=5",        # an emergency placement may be in an institution
    "undersoekelser=20 undersoekelser_innen_frist=20",
    "kjoep_private=5 kjoep_med_tre_tilbud=..",
    "forsoek_i_alt=11000 forsoek_244=2000 forsoek_251=1001 forsoek_252=7001 forsoek_udelt=1000",  # rounded one by one
])
def test_a_tertial_report_whose_parts_fit_is_innocent(found, values):
    assert found("VR05", drawn("T", "0729", "2018-T1", values)) == []


@pytest.mark.parametrize("values", [
    "meldinger=40 meldinger_0_og_ufoedt=4 meldinger_1_5=10 meldinger_6_12=16 meldinger_13_17=11",
    "nye_plasseringer=9 akuttplasseringer=10 nye_institusjon=5",
    "undersoekelser=20 undersoekelser_innen_frist=21",
    "kjoep_private=5 kjoep_med_tre_tilbud=6",
    "forsoek_i_alt=11000 forsoek_244=2000 forsoek_251=1001 forsoek_252=7002 forsoek_udelt=1000",
])
def test_a_tertial_report_whose_parts_exceed_the_total_is_a_finding(found, values):
    (finding,) = found("VR05", drawn("T", "0729", "2018-T1", values))
    assert (finding.unit_code, finding.period, finding.source) == ("0729", "2018-T1", "tertial_reports")


def test_a_project_leader_can_read_what_is_wrong_where_and_what_to_do(found):
    (finding,) = found("VR05", drawn("D", "2012", "2018", f"akuttplasseringer=25 {ALTA}"))
    assert finding.message == (
        "Fant 25 i celle D1 i arket «Akutt og institusjon» (Akuttplasseringer i alt). Delsummene 10 + 13 + 3 gir 26, men "
        "totalen er 25; forskjellen er 1. Delene står i celle D2, D3 og D4. Rett totalen eller en av delene, eller "
        "forklar avviket i forklaringsfeltet.")
    assert (finding.file, finding.sheet, finding.source) == (
        "data_requests_2012_2018", "Akutt og institusjon", "data_requests")
    assert finding.indicators == ("C5-01", "C5-03")


def test_the_part_that_is_too_large_is_named_with_its_cell(found):
    (finding,) = found("VR05", drawn("T", "0729", "2018-T1", "undersoekelser=20 undersoekelser_innen_frist=21"))
    assert "«Undersøkelser avsluttet innen tre måneder» (21 i celle D2)" in finding.message
    assert (finding.found, finding.expected) == ("20", "minst 21")


def test_each_total_of_the_catalogue_says_how_its_parts_hang_together():
    told = {(row["stem"], row["total_field_id"], row["part_field_id"]) for row in reference_rows("field_part")}
    drawn_up = {(row["stem"], row["total_field_id"], row["field_id"]) for row in reference_rows("form_field")
                if row["total_field_id"]}
    assert drawn_up - told == set()


def test_every_part_and_total_is_a_figure_field_of_its_form_and_a_total_has_one_relation_in_a_rule():
    fields = {(row["stem"], row["field_id"]): row["field_kind"] for row in reference_rows("form_field")}
    relations = {}
    for row in reference_rows("field_part"):
        kinds = {fields[row["stem"], row[name]] for name in ("total_field_id", "part_field_id")}
        assert kinds <= {"count", "fte", "amount"} and len(kinds) == 1
        relations.setdefault((row["rule_id"], row["stem"], row["total_field_id"]), set()).add(row["relation"])
    assert all(len(several) == 1 for several in relations.values())


# VR55

POSITIONS = "tilfoert_barnevern=6.5 tilfoert_tiltaksteam=4 tilfoert_institusjon=12"


@pytest.mark.parametrize("values", [
    f"aarsverk_tilfoert=22.5 {POSITIONS} tilfoert_andre=-",
    "aarsverk_tilfoert=15.4 tilfoert_barnevern=4.5 tilfoert_tiltaksteam=10.9",
    "aarsverk_tilfoert=15.5 tilfoert_barnevern=4.5 tilfoert_tiltaksteam=10.9",             # a tenth, lost by rounding
    f"aarsverk_tilfoert=25 {POSITIONS} tilfoert_andre=..",
    f"aarsverk_tilfoert=.. {POSITIONS}",
    "akuttplasseringer=26 akutt_beredskapshjem=10 akutt_institusjon=13 akutt_familie=1",   # counts are VR05's
])
def test_positions_that_sum_to_the_total_within_a_tenth_are_innocent(found, values):
    assert found("VR55", drawn("D", "2012", "2019", values)) == []


@pytest.mark.parametrize(("values", "told"), [
    (f"aarsverk_tilfoert=22.5 {POSITIONS} tilfoert_andre=1", ("22,5", "23,5")),
    (f"aarsverk_tilfoert=25.2 {POSITIONS} tilfoert_andre=-", ("25,2", "22,5")),
    ("aarsverk_tilfoert=15.6 tilfoert_barnevern=4.5 tilfoert_tiltaksteam=10.9", ("15,6", "15,4")),
    ("aarsverk_tilfoert=15.2 tilfoert_barnevern=4.5 tilfoert_tiltaksteam=10.9", ("15,2", "15,4")),
    (f"aarsverk_tilfoert=22.3 {POSITIONS} tilfoert_andre=..", ("22,3", "minst 22,5")),
    (f"aarsverk_tilfoert=- {POSITIONS}", ("0", "22,5")),
])
def test_positions_that_do_not_sum_are_a_finding_with_both_sums(found, values, told):
    (finding,) = found("VR55", drawn("D", "2012", "2019", values))
    assert (finding.found, finding.expected, finding.level, finding.cell) == (*told, "feil", "D1")
    assert finding.indicators == ("E2-08",)


# VR07

REINFORCED = "over_1ks=20 veiledning_individuell=24 veiledning_gruppe=10 besoekshjem=30"


@pytest.mark.parametrize("values", [
    f"fosterhjem_i_alt=56 {REINFORCED}",             # the kinds overlap: their sum is above the total
    "fosterhjem_i_alt=30 besoekshjem=30",
    "fosterhjem_i_alt=.. besoekshjem=30",
    "fosterhjem_i_alt=10 besoekshjem=..",
    "fosterhjem_i_alt=72 over_1ks=35",
])
def test_reinforcement_within_the_number_of_homes_is_innocent(found, values):
    assert found("VR07", drawn("D", "0729", "2018", values)) == []


@pytest.mark.parametrize(("values", "expected"), [
    (f"fosterhjem_i_alt=23 {REINFORCED}", "minst 30"),
    ("fosterhjem_i_alt=29 besoekshjem=30", "minst 30"),
    ("fosterhjem_i_alt=- over_1ks=1", "minst 1"),
    ("fosterhjem_i_alt=10 besoekshjem=.. utgiftsdekning=11", "minst 11"),
    ("fosterhjem_i_alt=35 over_1ks=72", "minst 72"),
])
def test_reinforcement_of_more_homes_than_there_are_is_one_finding(found, values, expected):
    (finding,) = found("VR07", drawn("D", "0729", "2018", values))
    assert (finding.expected, finding.cell, finding.sheet) == (expected, "D1", "Fosterhjem")


def test_every_kind_that_is_too_many_is_named_with_its_cell(found):
    (finding,) = found("VR07", drawn("D", "0729", "2018", f"fosterhjem_i_alt=23 {REINFORCED}"))
    assert "24 i celle D3 (Fosterhjem med økt individuell veiledning)" in finding.message
    assert "30 i celle D5 (Fosterhjem med besøkshjem)" in finding.message and "D2" not in finding.message


# VR11

@pytest.mark.parametrize("values", ["kjoept_fosterhjem=5 fosterhjem_bufetat=5", "kjoept_fosterhjem=- fosterhjem_bufetat=0",
                                    "kjoept_fosterhjem=5 fosterhjem_bufetat=..", "kjoept_fosterhjem=. fosterhjem_bufetat=4"])
def test_foster_homes_told_alike_or_once_are_innocent(found, values):
    assert found("VR11", drawn("D", "0627", "2018", values)) == []


@pytest.mark.parametrize(("values", "told"), [
    ("kjoept_fosterhjem=5 fosterhjem_bufetat=4", ("5", "4")), ("kjoept_fosterhjem=4 fosterhjem_bufetat=5", ("4", "5")),
    ("kjoept_fosterhjem=- fosterhjem_bufetat=1", ("0", "1")), ("kjoept_fosterhjem=1 fosterhjem_bufetat=0", ("1", "0"))])
def test_foster_homes_told_as_four_and_as_five_are_a_finding(found, values, told):
    (finding,) = found("VR11", drawn("D", "0627", "2018", values))
    assert (finding.found, finding.expected, finding.level) == (*told, "advarsel")
    assert "«Kjøp fra Bufetat»" in finding.message and "«Rekruttering»" in finding.message
