"""AN14, AN15, AN20 and AN22: published series, cohorts, years that still run and species that move."""

import pytest

# AN14


def series(code, values, unit="EKG12", first=2013):
    return "".join(f"figure {unit} {year} {code} {value}\n" for year, value in enumerate(values.split(), first))


@pytest.mark.parametrize("text", [
    series("08A", "0.345 0.341 0.337 0.332 0.319 0.314"),
    series("N251", "1500 1700 1900 2100"),                # 13 per cent a year
    series("01R", "46.1 46.8 54 55.2"),                   # a step up that stays
    series("08A", "0.345 0.45"),                          # too short: either may be right
    series("06", "30.4 32.6 36.9 30.6 31.2", unit="2012"),
    series("FAG", "24.1 25 26.3 28.7 30.6 16", unit="0627"),        # a series break
    series("01", "50 400 60", unit="2012"),               # a count: VR52's
    series("N", "9500 .. 11600 12700"),
])
def test_a_series_that_moves_slowly_or_steps_once_is_innocent(found, text):
    assert found("AN14", text) == []


@pytest.mark.parametrize(("text", "period", "values"), [
    (series("08A", "0.345 0.341 0.437 0.332 0.319"), "2015", ("0,437", "0,341 til 0,332")),
    (series("N", "9500 1050 11600 12700"), "2014", ("1\u00a0050", "9\u00a0500 til 11\u00a0600")),
    (series("N", "9500 10500 11600 21700"), "2016", ("21\u00a0700", "11\u00a0600 til 10\u00a0500")),
    (series("N", "950 10500 11600 12700"), "2013", ("950", "11\u00a0600 til 10\u00a0500")),
    (series("02", "0.81 0.82 0.28 0.81"), "2015", ("0,28", "0,82 til 0,81")),
    (series("FAG", "13 13.5 31.5 14.1 14.8", unit="2012"), "2015", ("31,5", "13,5 til 14,1")),
    (series("06", "30.4 32.6 3.7 30.6 31.2", unit="2012"), "2015", ("3,7", "32,6 til 30,6")),
    (series("FAG", "24.1 25 62.3 28.7 30.6 16", unit="0627"), "2015", ("62,3", "25 til 28,7")),
])
def test_a_leap_and_back_is_found_in_its_year_only(found, text, period, values):
    (finding,) = found("AN14", text)
    assert (finding.level, finding.period, finding.found, finding.expected) == ("advarsel", period, *values)


def test_the_slip_from_a_neighbouring_year_is_named(found):
    (finding,) = found("AN14", series("N", "9500 10500 16100 11700 12000"))
    assert "mer enn 15\u00a0%" in finding.message and "Mulig grunn" not in finding.message
    (finding,) = found("AN14", series("08A", "0.345 0.341 0.431 0.332 0.319"))
    assert "sifrene 4 og 3 har byttet plass" in finding.message


# AN15

def people(changed=(), unit="2012", size=250, years=range(2013, 2019), ages=range(0, 18)):
    """Cohorts that lose two a year by age, but for the cells that are said to be changed: (year, age, number)."""
    cells = {(year, age): size - 2 * age for year in years for age in ages}
    cells.update({(year, age): number for year, age, number in changed})
    return "".join(f"people {unit} {year} {age:03d} {number}\n" for (year, age), number in cells.items())


@pytest.mark.parametrize("changed", [
    (), ((2015, 3, 256),), ((2015, 3, 230),),             # 14 fewer than 244: many have moved
    ((2015, 0, 275),), ((2018, 17, 190),),                # with one neighbour only
    tuple((year, year - 2010, 300) for year in range(2013, 2019)),      # a large cohort, all the way
])
def test_cohorts_that_grow_older_together_are_innocent(found, changed):
    assert found("AN15", people(changed)) == []


@pytest.mark.parametrize(("changed", "year", "told"), [
    (((2015, 3, 424),), "2015", "424"), (((2015, 3, 24),), "2015", "24"), (((2015, 3, 214),), "2015", "214"),
    (((2015, 3, 2440),), "2015", "2\u00a0440"), (((2013, 0, 520),), "2013", "520"), (((2018, 17, 21),), "2018", "21"),
    (((2015, 3, 424), (2015, 4, 24)), "2015", "24"),
])
def test_a_cell_unlike_its_cohort_is_found_in_its_own_year_only(found, changed, year, told):
    (finding,) = found("AN15", people(changed))
    assert (finding.level, finding.period, finding.found) == ("advarsel", year, told)


def test_a_cohort_is_followed_over_a_merger(found):
    apart = people(unit="0722", years=(2016, 2017)) + people(unit="0723", size=60, years=(2016, 2017))
    together = "".join(f"people 0729 2018 {age:03d} {310 - 4 * age}\n" for age in range(18))
    assert found("AN15", apart + together) == []
    (finding,) = found("AN15", apart + together.replace("people 0729 2018 005 290", "people 0729 2018 005 920"))
    assert (finding.period, finding.found) == ("2018", "920") and "Kommune 0729" in finding.message


# AN20

@pytest.mark.parametrize("text", [
    "D 2012 2018 kjoep_private_institusjon 7", "D 2012 2019 kjoep_private_institusjon ...", "D 2012 2019 aarsverk 25",
    "D 2012 2019 fosterhjem_underkjent 2", "T 2012 2019-T1 akuttplasseringer 4"])
def test_a_count_of_a_year_that_is_over_or_a_state_is_innocent(found, text):
    """The drawn forms come on 1 October 2019."""
    assert found("AN20", text) == []


@pytest.mark.parametrize(("text", "told"), [
    ("D 2012 2019 kjoep_private_institusjon 7", "7"), ("D 0729 2019 akuttplasseringer -", "0"),
    ("D 2012 2019 rekruttert_nettverk 6\nD 2012 2019 rekruttert_ordinaere 4", "6"),
    ("D 2012 2019 bistandsavtale_barn 2", "2"), ("D 2012 2020 kjoept_mst 1", "1")])
def test_a_count_of_a_year_that_still_runs_is_a_finding_a_sheet(found, text, told):
    (finding,) = found("AN20", text)
    assert (finding.level, finding.found, finding.expected) == ("advarsel", told, "...")
    assert "kom 01.10.2019, før året var over" in finding.message


# AN22

def accounts(**changed):
    """Wages on 251 and 252 in four years, thousand kroner; `y2017_251=0` changes a year's; more functions may be named."""
    amounts = {(year, function): amount for year in range(2015, 2019) for function, amount in (("251", 800), ("252", 4000))}
    for name, amount in changed.items():
        year, function = name.lstrip("y").split("_")
        amounts[int(year), function] = amount
    return "".join(f"account 2012 {year} {function} 010 {amount}\n" for (year, function), amount in amounts.items() if amount)


@pytest.mark.parametrize("text", [
    accounts(), accounts(y2017_251=0),                    # it is nowhere else
    accounts(y2017_251=0, y2017_244=3000),                # another size
    accounts(y2017_251=500, y2017_244=300),               # most of it stands
    accounts(y2017_251=0, y2017_252=4800),                # 252 has much of it already: a fifth more is a year like others
    accounts(y2017_251=0, y2016_251=0, y2017_244=800),    # not every other year
    accounts(y2017_251=0, y2017_244=800).replace("account 2012 2017 244 010", "account 2012 2017 244 020"),
    accounts(y2015_251=20, y2016_251=20, y2018_251=20, y2017_251=0, y2017_244=20),     # small
])
def test_a_species_that_stays_or_is_gone_for_good_is_innocent(found, text):
    assert found("AN22", text) == []


@pytest.mark.parametrize(("text", "period", "values"), [
    (accounts(y2017_251=0, y2017_244=800), "2017", ("0", "omkring 800")),
    (accounts(y2018_252=0, y2018_222=4100), "2018", ("0", "omkring 4\u00a0000")),
    (accounts(y2015_252=400, y2015_285=3500), "2015", ("400", "omkring 4\u00a0000")),
    (accounts(y2017_252=0, y2017_251=4800), "2017", ("0", "omkring 4\u00a0000")),
    (accounts(y2017_251=0, y2017_120=780, y2017_222=900), "2017", ("0", "omkring 800")),
])
def test_a_species_that_has_gone_to_another_function_is_found(found, text, period, values):
    (finding,) = found("AN22", text)
    assert (finding.level, finding.period, finding.found, finding.expected) == ("advarsel", period, *values)


def test_where_the_amount_went_is_told(found):
    (finding,) = found("AN22", accounts(y2017_251=0, y2017_120=780, y2017_222=900))
    assert "ført på funksjon 120 i stedet for 251" in finding.message
