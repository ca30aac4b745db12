"""VR66 and VR75: what the report says of a development and where it points, held up against series and captions."""

import pytest

from warehouse.reference_data import reference_rows

TREND = ("reference.printed_trend\ntrend_id | origin_nb | unit_code | series_code | first_period | last_period | trend | "
         "is_every_step | description_nb\nTR1 | kap. 1 | 0627 | {series} | {window} | {trend} | {every} | Døgn {trend}\n")


def series(*points, code="oppholdsdager/institusjon", trend="up", every="true"):
    """A claim about the whole of a drawn series, and the series: `2018-T1=590`."""
    pairs = [point.split("=") for point in points]
    text = TREND.format(series=code, window=f"{pairs[0][0]} | {pairs[-1][0]}", trend=trend, every=every)
    if code.startswith("oppholdsdager"):
        return text + ("core.bufetat_figure\nunit_code | source_unit_code | period | bufetat_figure_code | measure_type_code | "
                       "value\n") + "\n".join(f"0627 | 0627 | {period} | oppholdsdager | institusjon | {value}"
                                              for period, value in pairs if value != "~")
    return text + "core.key_figure\nunit_code | year | key_figure_code | value\n" + "\n".join(
        f"0627 | {year} | 03 | {value}" for year, value in pairs)


@pytest.mark.parametrize("text", [
    series("2018-T1=590", "2018-T2=720", "2018-T3=845"),
    series("2018-T1=590", "2018-T2=500", "2018-T3=845", every="false"),           # from end to end
    series("2018-T3=845", "2019-T1=838", trend="down"),
    series("2015=38", "2016=40", "2017=44", code="nøkkeltall/03"),
    series("2018-T1=590", "2018-T2=720", "2018-T3=~"),                            # the window is not there
    series("2018-T1=590", "2018-T2=720", "2018-T3=845") + "\n0627 | 0627 | 2018 | oppholdsdager | institusjon | 1",
])
def test_a_text_that_says_what_the_series_shows_is_innocent(found, text):
    assert found("VR66", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (series("2018-T2=720", "2018-T3=845", "2019-T1=838"), ("øker", "845 → 838")),
    (series("2018-T1=590", "2018-T2=500", "2018-T3=845"), ("øker", "590 → 500")),
    (series("2018-T1=590", "2018-T2=720", "2018-T3=580", every="false"), ("øker", "590 → 580")),
    (series("2018-T3=838", "2019-T1=845", trend="down"), ("går ned", "838 → 845")),
    (series("2015=38.1", "2016=36.7", "2017=43.6", code="nøkkeltall/03"), ("øker", "38,1 → 36,7")),
    (series("2018-T1=590", "2018-T2=590"), ("øker", "590 → 590")),
])
def test_a_text_that_says_otherwise_is_a_finding_with_the_step_that_goes_the_other_way(found, text, told):
    (finding,) = found("VR66", text)
    assert (finding.found, finding.expected, finding.unit_code, finding.level) == (*told, "0627", "advarsel")


def test_a_claim_is_about_a_series_there_is():
    figures = {f"nøkkeltall/{row['key_figure_code']}" for row in reference_rows("key_figure")}
    days = {f"oppholdsdager/{row['measure_type_code']}" for row in reference_rows("bufetat_measure_type")}
    assert {row["series_code"] for row in reference_rows("printed_trend")} <= figures | days


# VR75

CAPTIONS = ("reference.report_caption\ncaption_kind | caption_number | subject_nb\nfigur | 27 | netto utgifter\n"
            "figur | 29 | døgn\ntabell | 29 | kjøp\nkapittel | 2.2.4 | medvirkning\nkapittel | 2.2.5 | merforbruk\n"
            "kapittel | 2.2.7 | merforbruk\nkapittel | 2.2.7.1 | fond\n")
POINTER = "reference.report_reference\nreference_id | origin_nb | caption_kind | caption_number | subject_nb\nHV1 | kap. 1 | "


@pytest.mark.parametrize("line", [
    "figur | 29 | døgn", "tabell | 29 | kjøp", "kapittel | 2.2.5 | merforbruk", "kapittel | 2.2.7 | merforbruk",
    "kapittel | 2.2.5.3 | merforbruk", "kapittel | 2.2.7.1 | fond"])
def test_a_reference_that_leads_to_what_it_says_is_innocent(found, line):
    assert found("VR75", CAPTIONS + POINTER + line) == []


@pytest.mark.parametrize(("line", "told"), [
    ("figur | 27 | døgn", ("figur 27", "figur 29")),
    ("figur | 99 | døgn", ("figur 99", "figur 29")),
    ("figur | 2 | døgn", ("figur 2", "figur 29")),                     # not the beginning of 27 or 29
    ("tabell | 29 | døgn", ("tabell 29", "en henvisning som finnes")),
    ("kapittel | 2.2.4.1 | merforbruk", ("kapittel 2.2.4.1", "kapittel 2.2.5 og 2.2.7")),
    ("figur | 29 | alle plasseringer", ("figur 29", "en henvisning som finnes")),
])
def test_a_reference_that_leads_nowhere_or_elsewhere_is_a_finding(found, line, told):
    (finding,) = found("VR75", CAPTIONS + POINTER + line)
    assert (finding.found, finding.expected, finding.level) == (*told, "informasjon")


def test_the_message_says_what_is_there_and_where_the_right_one_is(found):
    (finding,) = found("VR75", CAPTIONS + POINTER + "figur | 27 | døgn")
    assert finding.message == ("Rapporten (kap. 1) viser til figur 27 for «døgn», men figur 27 viser «netto utgifter». Det står i "
                               "figur 29. Rett henvisningen.")
