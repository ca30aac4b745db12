"""AN18, AN19, AN21, AN23 and AN24: grants, rates, prices and what Bufetat tells of everyone."""

import pytest

# AN18

def grants(values, unit="2012", first=2016):
    return "".join(f"grant {unit} {year} kompensasjon {value}\n" for year, value in enumerate(values.split(), first))


@pytest.mark.parametrize("text", [
    grants("18600 24900 25500"), grants("18600 24900"), grants("25500"),
    grants("18600 24900 -25500"),                         # AN11's
    "rate institusjon 2016 66900\nrate institusjon 2017 68740", "rate institusjon 2016 66900\nrate mst_fft 2017 15750",
    "bufetat R-SOR 2017 inntektskrav 900\nbufetat R-SOR 2018 inntektskrav 900\nbufetat R-NORD 2018 inntektskrav 10400",
    "D 2012 2017 frikjoept_maanedspris 67500\nD 2012 2018 frikjoept_maanedspris 69300",
    "D 2012 2017 frikjoept_maanedspris ..\nD 2012 2018 frikjoept_maanedspris 69300",
    "grant 2012 2016 administrasjon 2750 one_off=yes\ngrant 2012 2017 administrasjon 2 one_off=yes",
])
def test_a_yearly_amount_of_the_usual_size_is_innocent(found, text):
    assert found("AN18", text) == []


@pytest.mark.parametrize(("text", "period", "words"), [
    (grants("18600 24900 255000"), "2018", "omkring 10 ganger"),
    (grants("18600 24900 25500000"), "2018", "omkring 1\u00a0000 ganger: tusen kroner og kroner"),
    (grants("18600 24900 25"), "2018", "omkring 1\u00a0000 ganger"),
    (grants("18600 24900 60000"), "2018", "Kontroller"),
    (grants("186 24900 25500"), "2016", "Kontroller"),
    ("rate institusjon 2016 66900\nrate institusjon 2017 687400", "2017", "omkring 10 ganger"),
    ("bufetat R-SOR 2017 inntektskrav 900\nbufetat R-SOR 2018 inntektskrav 9000", "2018", "et siffer for mye"),
    ("D 2012 2017 frikjoept_maanedspris 67500\nD 2012 2018 frikjoept_maanedspris 69", "2018", "omkring 1\u00a0000 ganger"),
    ("D 2012 2017 frikjoept_maanedspris 67500\nD 2012 2018 frikjoept_maanedspris 6930", "2018", "omkring 10 ganger"),
])
def test_an_amount_of_another_size_is_found_with_its_factor(found, text, period, words):
    several = found("AN18", text)
    assert period in {finding.period for finding in several} and len(several) <= 2
    assert any(words in finding.message for finding in several)
    assert {finding.level for finding in several} == {"advarsel"}


# AN19

def compensation(alta, faerder="20900 27900 28700", roeyken="15400 20500 21100"):
    return grants(alta) + grants(faerder, unit="0729") + grants(roeyken, unit="0627")


@pytest.mark.parametrize("text", [
    compensation("18600 24900 25500"), compensation("18600 24900 26000"),     # 4.4 against 2.9 per cent
    grants("18600 24900 55000") + grants("20900 27900 28700", unit="0729"),   # two cannot tell who is right
    compensation("18600 24900 -25500"),                   # AN11's
    compensation("18600 24900 52500"),                    # more than the double: AN18's
])
def test_compensation_that_grows_as_the_others_is_innocent(found, text):
    assert found("AN19", text) == []


@pytest.mark.parametrize(("text", "periods"), [
    (compensation("18600 24900 42500"), ["2018"]), (compensation("18600 29400 25500"), ["2017", "2018"]),
    (compensation("18600 24900 26500"), ["2018"]), (compensation("16800 24900 25500"), ["2017"]),
    (compensation("18600 24900 25500", roeyken="15400 20500 12100"), ["2018"]),
])
def test_compensation_that_grows_at_another_pace_is_found(found, text, periods):
    several = found("AN19", text)
    assert [finding.period for finding in several] == periods and {finding.level for finding in several} == {"advarsel"}


def test_what_the_others_growth_would_have_given_is_told(found):
    (finding,) = found("AN19", compensation("18600 24900 42500"))
    for words in ("fra 24\u00a0900 til 42\u00a0500 tusen kroner, +70,7\u00a0%", "veksten +2,9\u00a0%", "omkring 25\u00a0629"):
        assert words in finding.message


# AN24

def one_off(*amounts, name="administrasjon"):
    return "".join(f"grant {unit} 2016 {name} {amount} one_off=yes\n"
                   for unit, amount in zip(("2012", "0729", "0627"), amounts, strict=False))


@pytest.mark.parametrize("text", [
    one_off(2750, 2750, 2750), one_off(2750, 275),        # two cannot tell who is right
    grants("18600") + grants("20900", unit="0729") + grants("15400", unit="0627"),
    one_off(2750, 2750, 2750) + "grant 2012 2017 administrasjon 5 one_off=yes\n"])
def test_a_one_off_grant_that_all_have_got_alike_is_innocent(found, text):
    assert found("AN24", text) == []


@pytest.mark.parametrize(("text", "values", "words"), [
    (one_off(2750, 2750, 2570), ("2\u00a0570", "2\u00a0750"), "sifrene 5 og 7 har byttet plass"),
    (one_off(2750, 27500, 2750), ("27\u00a0500", "2\u00a0750"), "10 ganger"),
    (one_off(2, 2750, 2750), ("2", "2\u00a0750"), "Kontroller"),
    (one_off(2750, 2750, -2750), ("\u22122\u00a0750", "2\u00a0750"), "fortegnet er snudd")])
def test_a_one_off_grant_of_another_amount_is_found(found, text, values, words):
    (finding,) = found("AN24", text)
    assert (finding.found, finding.expected) == values and words in finding.message


# AN21

def told(*left_out, periods=("2018-T1", "2018"), units=("2012", "0729", "0627")):
    return "".join(f"bufetat {unit} {period} egenandel 100\n" for unit in units for period in periods
                   if (unit, period) not in left_out)


@pytest.mark.parametrize("text", [
    told(), told(units=("2012",)), told() + "bufetat 2012 2018 oppholdsdager 5 measure=mst\n",
    told(("0627", "2020"), periods=("2018", "2020")),     # it has left the trial
    told().replace("0729 2018-T1 egenandel 100", "0729 2018-T1 egenandel .."),
    told() + "bufetat R-SOR 2017 egenandel 5\n",          # a region by itself
])
def test_the_same_periods_for_every_municipality_are_innocent(found, text):
    assert found("AN21", text) == []


@pytest.mark.parametrize(("left_out", "period"), [
    (("0729", "2018-T1"), "2018-T1"), (("2012", "2018"), "2018"), (("0627", "2018"), "2018")])
def test_a_municipality_that_is_left_out_of_a_period_is_found(found, left_out, period):
    (finding,) = found("AN21", told(left_out))
    assert (finding.unit_code, finding.period, finding.level, finding.source) == (left_out[0], period, "advarsel", "bufetat")
    assert "ingen linje for egenandeler" in finding.message


# AN23

def contract(*amounts, days=(31, 30, 31, 30, 31, 30), agreement="001-1", posted="2019"):
    return "".join(f"invoice 0729 2018 fosterhjem A{month} {amount} days={number} agreement={agreement} posted={posted}\n"
                   for month, (amount, number) in enumerate(zip(amounts, days, strict=False), 1))


BY_DAY = (89900, 87000, 89900, 87000, 89900, 87000)       # 2 900 a day
BY_MONTH = (94292, 94292, 94291, 94292, 94292, 94291)     # but for a krone


@pytest.mark.parametrize("text", [
    contract(*BY_DAY), contract(*BY_MONTH),
    contract(89900, 87000, 90000), contract(*BY_DAY[:3]),                              # three invoices
    contract(89900, 87000, 89900, 90000, 93000, 90000),   # 3 000 a day from April: adjusted
    contract(*BY_DAY[:5], 78000, posted="2018") + "ledger 0729 2018 252 370 78000 invoice=A6",   # AN06's
    contract(*BY_DAY) + contract(31000, 30000, 31000, 30000, 31000, 30000, agreement="001-2"),
])
def test_a_contract_with_one_price_or_an_adjusted_one_is_innocent(found, text):
    assert found("AN23", text) == []


@pytest.mark.parametrize(("text", "values", "lines"), [
    (contract(*BY_DAY[:5], 78000), ("78\u00a0000 kroner", "87\u00a0000 kroner"), (6,)),
    (contract(*BY_MONTH[:5], 94229), ("94\u00a0229 kroner", "94\u00a0292 kroner"), (6,)),
    (contract(898990, *BY_DAY[1:]), ("898\u00a0990 kroner", "89\u00a0900 kroner"), (1,)),
    (contract(*BY_DAY[:2], 98900, *BY_DAY[3:]), ("98\u00a0900 kroner", "89\u00a0900 kroner"), (3,)),
    (contract(*BY_DAY[:5], 78000, days=(31, 30, 31, 30, 31, 30)) + contract(
        *(9 * amount for amount in BY_DAY[:5]), 7, agreement="001-2"), ("7 kroner", "783\u00a0000 kroner"), (6, 12)),
])
def test_an_invoice_at_another_price_than_its_contract_is_found(found, text, values, lines):
    (finding,) = found("AN23", text)
    assert (finding.level, finding.found, finding.expected, finding.line_numbers) == ("advarsel", *values, lines)


def test_the_price_and_the_slip_are_told(found):
    (finding,) = found("AN23", contract(*BY_DAY[:5], 78000))
    for words in ("faktura A6 (linje 6", "2\u00a0600 kroner per dag", "samme avtale har 2\u00a0900 kroner",
                  "sifrene 7 og 8 har byttet plass"):
        assert words in finding.message
