"""An attacker with the demo's release tries to find months of stay and small numbers of the forms in it."""

import json
from datetime import date
from itertools import product

import pytest

from assets.build import rebuild
from assets.findings import gather_findings
from assets.publication import publish, published_values, release_of
from pipelines.settings import DEMO_CLOCK
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, copy_in_memory, records, rows
from warehouse.home import Home

DAYS_A_MONTH = 365 / 12
HALF_A_KRONE = 0.5
# How far off the ledger may be and still be thought the same purchases: pennies of rounding on each invoice.
ROUNDING_NOK = 100


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


def key_of(row):
    return row["indicator_id"], row["unit_code"], row["period"], row["breakdown"]


@pytest.fixture(scope="module")
def shown(warehouse):
    """{key: value} of every number that leaves the house."""
    return {key_of(row): row["value"] for row in published_values(warehouse, 3) if row["status"] == "ok"}


@pytest.fixture(scope="module")
def known(warehouse):
    return {key_of(row): row["value"] for row in records(warehouse, "FROM marts.indicator_value")}


def months_of_price(price, precision):
    """Months, in hundredths, whose whole kroner give the price as precisely as it is told."""
    found = []
    for hundredths in range(1, 9000):
        days = hundredths / 100 * DAYS_A_MONTH
        if abs(price * days - round(price * days)) <= precision * days + 1e-9:
            found.append(hundredths / 100)
    return found


def test_a_price_with_nine_decimals_is_the_price_of_one_number_of_months_and_its_double(known):
    exact = known["E3-06", "0729", "2018", "type=fosterhjem"]
    children = known["E3-05", "0729", "2018", "type=fosterhjem"]
    one, twice = months_of_price(exact, 5e-10)
    assert (one, twice) == (pytest.approx(12 * children), pytest.approx(24 * children))


def test_a_price_that_is_shown_is_the_price_of_any_number_of_months(shown):
    prices = {key: value for key, value in shown.items() if key[0] == "E3-06"}
    assert ("E3-06", "0729", "2018", "type=fosterhjem") in prices
    assert all(len(months_of_price(price, HALF_A_KRONE)) > 8900 for price in prices.values())
    assert all(value == round(value) for value in prices.values())


def sums_told(shown, unit_code, year):
    """Every form in which the year's private purchases can be read, in kroner."""
    millions = [shown.get(("E3-02", unit_code, year, f"source={source}")) for source in ("invoices", "ledger")]
    parts = {producer: shown.get(("E3-01", unit_code, year, f"producer={producer}"))
             for producer in ("own", "state", "other", "private")}
    whole, share = (shown.get((name, unit_code, year, "")) for name in ("E3-01", "E3-03"))
    others = [parts[name] for name in ("own", "state", "other")]
    told = [1e6 * number for number in millions if number is not None]
    told += [1e3 * parts["private"]] if parts["private"] is not None else []
    told += [1e3 * (whole - sum(others))] if whole is not None and None not in others else []
    return told + ([1e3 * whole * share] if whole is not None and share is not None else [])


def test_the_printed_prices_and_the_ledger_would_tell_the_months_of_alta_in_2017(known, shown):
    prices = [shown["E3-06", "2012", "2017", f"type={name}"] for name in ("institusjon", "fosterhjem")]
    ledger = 1e6 * known["E3-02", "2012", "2017", "source=ledger"]
    assert [months for months in product(range(60), range(120))
            if abs(sum(number * price * DAYS_A_MONTH for number, price in zip(months, prices, strict=True)) - ledger)
            < ROUNDING_NOK] == [(24, 36)]
    assert sums_told(known, "2012", "2017") and not sums_told(shown, "2012", "2017")


def test_where_average_children_are_hidden_and_every_price_is_shown_no_sum_is(known, shown):
    hidden = {key for key in known if key[0] == "E3-05" and key not in shown}
    assert hidden
    for unit_code, year in {(key[1], key[2]) for key in hidden}:
        types = {key[3] for key in known if key[:3] == ("E3-06", unit_code, year)}
        if all(("E3-06", unit_code, year, name) in shown for name in types):
            assert not sums_told(shown, unit_code, year)


def test_the_printed_prices_and_what_is_not_hidden_for_a_reason_stay(shown):
    for year in ("2017", "2018"):
        assert {key[3] for key in shown if key[:3] == ("E3-06", "2012", year)} == {"type=institusjon", "type=fosterhjem"}
    for year in ("2015", "2016", "2018"):
        assert len([key for key in shown if key[:3] == ("E3-01", "2012", year)]) == 5
        assert {("E3-03", "2012", year, ""), ("G2-02", "2012", year, "")} <= set(shown)
    assert {("E3-01", "2012", "2017", ""), ("E3-02", "0729", "2018", "source=invoices")} <= set(shown)


def test_the_number_of_lines_is_told_only_of_sources_whose_lines_are_not_cases(warehouse):
    lines = {source["stem"]: source["row_count"] for source in release_of(warehouse, 3).sources}
    assert {stem for stem, count in lines.items() if count is None} == {
        "ledger", "supplier_invoices", "supervision", "surveys", "bufetat", "interview_codings"}
    months = rows(warehouse, "SELECT count(*), sum(months_count) FROM core.supplier_invoice_line "
                  "WHERE unit_code = '2012' AND service_year = 2017")
    assert months == [(60, 60)]  # in the invoice list of 2017 the lines are the months


# Planted numbers of the forms: other small numbers in their place make the same release. Parts keep adding up, and the
# tertials what the year's form says, for a finding tells it where they do not.


def recruited(ordinary, network):
    """The homes Røyken recruited in 2018, told in the year's form and in the first of its tertials."""
    numbers = {"rekruttert_ordinaere": ordinary, "rekruttert_nettverk": network}
    return {("data_requests", "0627", "2018", field): number for field, number in numbers.items()} | {
        ("tertial_reports", "0627", f"2018-T{tertial}", field): number if tertial == 1 else 0
        for field, number in numbers.items() for tertial in (1, 2, 3)}


def bought_of_bufetat(first):
    """Alta's purchases in the tertials of 2017, of which the year's form tells the kinds."""
    return {("tertial_reports", "2012", f"2017-T{tertial}", "kjoep_bufetat"): number
            for tertial, number in ((1, first), (2, 3), (3, 3))}


TWOS = recruited(2, 2) | bought_of_bufetat(2) | {
    ("data_requests", "0627", "2018", "kurs_cos"): 2, ("data_requests", "0627", "2018", "stoettekontakt"): 2,
    ("data_requests", "0729", "2018", "akutt_beredskapshjem"): 5, ("data_requests", "0729", "2018", "akutt_familie"): 2,
    ("data_requests", "0729", "2018", "utgiftsdekning"): 2, ("data_requests", "2012", "2017", "kjoept_mst"): 2,
    ("data_requests", "2012", "2018", "kjoep_private_besoekshjem"): 2,
    ("data_requests", "2012", "2018", "leverandoerer_institusjon"): 2,
    ("data_requests", "0627", "2018", "bistandsavtale_institusjon"): 2,
    ("data_requests", "0627", "2018", "bistandsavtale_beredskapshjem"): 2,
    ("data_requests", "0627", "2018", "ventetid_antall"): 2,
    ("tertial_reports", "0627", "2018-T1", "ledige_stillinger"): 2,
    ("tertial_reports", "0722", "2016-T3", "flyttinger_utilsiktet"): 2,
    ("tertial_reports", "0627", "2019-T1", "akuttplasseringer"): 2,
    ("tertial_reports", "0627", "2019-T1", "akutt_beredskapshjem"): 1,
    ("tertial_reports", "0627", "2019-T1", "akutt_institusjon"): 1, ("tertial_reports", "0627", "2019-T1", "akutt_familie"): 0,
}
OTHERS = TWOS | recruited(3, 1) | bought_of_bufetat(3) | {
    ("data_requests", "0627", "2018", "kurs_cos"): 1, ("data_requests", "0627", "2018", "stoettekontakt"): 3,
    ("data_requests", "0729", "2018", "akutt_beredskapshjem"): 4, ("data_requests", "0729", "2018", "akutt_familie"): 3,
    ("data_requests", "0729", "2018", "utgiftsdekning"): 1, ("data_requests", "2012", "2017", "kjoept_mst"): 3,
    ("data_requests", "2012", "2018", "kjoep_private_besoekshjem"): 3,
    ("data_requests", "2012", "2018", "leverandoerer_institusjon"): 1,
    ("data_requests", "0627", "2018", "bistandsavtale_institusjon"): 1,
    ("data_requests", "0627", "2018", "bistandsavtale_beredskapshjem"): 3,
    ("data_requests", "0627", "2018", "ventetid_antall"): 1,
    ("tertial_reports", "0627", "2018-T1", "ledige_stillinger"): 3,
    ("tertial_reports", "0722", "2016-T3", "flyttinger_utilsiktet"): 1,
    ("tertial_reports", "0627", "2019-T1", "akuttplasseringer"): 3,
    ("tertial_reports", "0627", "2019-T1", "akutt_beredskapshjem"): 2,
    ("tertial_reports", "0627", "2019-T1", "akutt_institusjon"): 1, ("tertial_reports", "0627", "2019-T1", "akutt_familie"): 0,
}


def corrected_to(connection, numbers, corrected):
    """Every one of these form cells corrected to another number."""
    contract = contract_of("register", "correction")
    append(connection, contract, arrow_table(contract, [
        {**dict.fromkeys(contract.column_names), "correction_id": f"2019-{number}", "stem": stem, "period": period,
         "source_unit_code": unit_code, "place_key": f"field_id={field_id}", "column_name": "value",
         "correction_action": "override", "expected": str(delivered), "corrected": corrected,
         "correction_reason_nb": "Feil.", "told_to": "Alta", "told_on": date(2019, 9, 1), "valid_from": date(2019, 9, 1),
         "recorded_by": "evaluator", "recorded_on": date(2019, 9, 1)}
        for number, ((stem, unit_code, period, field_id), delivered) in enumerate(numbers.items())]))


def more_lines(connection, stem, amounts):
    """A line of nothing beside every line of the source, as one more voucher or month: only their number differs."""
    table = f"raw.{stem}_line"
    columns = [name for (name,) in rows(connection, f"SELECT column_name FROM (DESCRIBE {table})")]
    shown = ", ".join("line_number + 100000" if name == "line_number" else "0" if name in amounts else name
                      for name in columns)
    where = "area_code IS NULL" if stem == "ledger" else "TRUE"  # lines of unaccompanied minors are counted in a finding
    connection.execute(f"INSERT INTO {table} SELECT {shown} FROM {table} WHERE {where}")
    connection.execute(f"UPDATE register.delivery SET row_count = 2 * row_count WHERE stem = '{stem}'")


def release_with(home, numbers, folder, change=lambda connection: None):
    """The files of the release when these form cells hold these numbers and more is changed: {relative path: bytes}."""
    with copy_in_memory(home) as connection:
        for (stem, unit_code, period, field_id), number in numbers.items():
            where = "WHERE municipality_code = ? AND period = ? AND field_id = ?"
            assert rows(connection, f"SELECT count(*) FROM raw.{stem}_cell {where}", [unit_code, period, field_id]) == [(1,)]
            connection.execute(f"UPDATE raw.{stem}_cell SET value = ?, status_sign = NULL {where}",
                               [number, unit_code, period, field_id])
        change(connection)
        rebuild(connection, DEMO_CLOCK)
        gather_findings(connection)
        release = publish(connection, Home(folder), 3).folder
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in sorted(release.rglob("*"))
            if path.is_file()}


def further(connection):
    """What else a reader must not see: corrections of hidden numbers, in force or not, and how many lines there are."""
    parts = [key for key in OTHERS if key[3].startswith(("akutt", "rekruttert", "kjoep_bufetat"))]
    single = {key: number for key, number in OTHERS.items() if key not in parts}
    assert len(single) > 10
    changed = {key: 9 for key in list(single)[:4]}  # not what is delivered: the source has changed
    corrected_to(connection, {**single, **changed}, "2")
    more_lines(connection, "ledger", ("amount_nok",))
    more_lines(connection, "supplier_invoices", ("amount_nok", "co_payment_nok", "months_count", "days_count"))


@pytest.mark.house
def test_other_small_numbers_corrections_of_them_and_more_lines_make_the_same_release_to_the_last_byte(
        demo_home, tmp_path):
    twos = release_with(demo_home, TWOS, tmp_path / "twos")
    others = release_with(demo_home, OTHERS, tmp_path / "others", further)
    assert {name for name in twos if twos[name] != others[name]} == set() and twos.keys() == others.keys()
    hidden = {key_of(row) for row in json.loads(twos["tables/indicator_value.json"]) if row["status"] == "suppressed"}
    assert {("C2-01", "0627", "2018", ""), ("C2-03", "0627", "2018", ""), ("C2-06", "0627", "2018", ""),
            ("C5-01", "0729", "2018", "place=institusjon"), ("C5-02", "0627", "2019-T1", ""),
            ("E3-04", "2012", "2018", "count=kjøp;type=besoekshjem"), ("A1-07", "0627", "2018-T1", "")} <= hidden


@pytest.mark.house
def test_a_number_of_the_forms_that_is_shown_does_change_the_release(demo_home, tmp_path):
    field = ("data_requests", "2012", "2018", "besoekshjem")
    some, more = (release_with(demo_home, {field: number}, tmp_path / str(number)) for number in (20, 22))
    assert "site/delmaal-c.html" in {name for name in some if some[name] != more[name]}
