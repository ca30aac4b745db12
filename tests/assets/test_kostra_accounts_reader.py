"""The reader of SSB's accounts extract: what it takes, what it refuses, and how it says so."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources import kostra_accounts, recognise
from assets.sources.reading import ScopeKey
from expectations.finding import DeliveryRefused
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, one

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "kostra_accounts"


def delivery(name):
    return (DELIVERIES / name).read_bytes()


def record(function="252 ", species="010", amount=10946, *, form="0A", year="2018", quarter=" ", region="201200",
           org=" " * 9, company=" " * 9, account_class="1"):
    return f"{form}{year}{quarter}{region}{org}{company}{account_class}{function}{species}{amount:>9}"


def read(*lines, end="\n"):
    return kostra_accounts.read((end.join(lines) + end).encode("iso-8859-1"), "0a.dat")


def refusal(content, name="0a.dat"):
    with pytest.raises(DeliveryRefused) as refused:
        kostra_accounts.read(content, name)
    return refused.value.findings


def test_each_field_stands_at_its_own_place():
    row = read(record(org="123456785", company="987654321", quarter="4", account_class="3")).rows.to_pylist()[0]
    assert row == {
        "line_number": 1, "form_code": "0A", "accounting_year": 2018, "quarter": "4", "region_code": "201200",
        "org_number": "123456785", "company_number": "987654321", "account_class": "3", "function_code": "252",
        "species_code": "010", "amount_thousand_nok": 10946.0}


def test_what_is_blank_in_the_file_is_missing_in_the_row():
    row = read(record()).rows.to_pylist()[0]
    assert (row["quarter"], row["org_number"], row["company_number"]) == (None, None, None)


def test_species_keep_their_leading_zero():
    assert read(record(species="010")).rows.column("species_code").to_pylist() == ["010"]


def test_windows_line_ends_give_the_same_rows():
    assert kostra_accounts.read(delivery("line_ends_as_in_windows.dat"), "a").rows == kostra_accounts.read(
        delivery("innocent.dat"), "b").rows


def test_empty_lines_are_passed_over_but_counted():
    assert read(record(), "", record(), "").rows.column("line_number").to_pylist() == [1, 3]


def test_only_a_line_feed_ends_a_line():
    strange = record(function="2\x855 ")
    assert read(strange, record()).rows.column("function_code").to_pylist() == ["2\x855", "252"]


def test_an_unknown_function_or_species_is_read():
    rows = read(record(function="999 "), record(species="9x9"), record(function="    ")).rows.to_pylist()
    assert [(row["function_code"], row["species_code"]) for row in rows] == [
        ("999", "010"), ("252", "9x9"), ("", "010")]


def test_a_function_that_is_not_left_justified_stays_visible():
    assert read(record(function=" 252")).rows.column("function_code").to_pylist() == [" 252"]


@pytest.mark.parametrize("lines, scope", [
    ((record(),), [("2012", "2018")]),
    ((record(), record(year="2017")), [("2012", "2017"), ("2012", "2018")]),
    ((record(), record(region="062700")), [("0627", "2018"), ("2012", "2018")]),
    ((record(quarter="4"),), [("2012", "2018-K4")]),
])
def test_a_file_is_about_each_municipality_and_period_in_it(lines, scope):
    assert read(*lines).scope_keys == tuple(ScopeKey(*key) for key in scope)


def test_the_form_is_told_so_that_intake_can_choose():
    assert kostra_accounts.read(delivery("balance_0b.dat"), "b").form_version == "0B"
    assert read(record(), record(form="0B")).form_version == "0A, 0B"


def test_a_balance_holds_chapter_and_sector_in_the_same_fields():
    rows = kostra_accounts.read(delivery("balance_0b.dat"), "b").rows.to_pylist()
    assert [(row["function_code"], row["species_code"]) for row in rows][:4] == [
        ("10", "080"), ("27", "000"), ("32", "110"), ("5990", "000")]


def test_each_value_is_shown_with_its_line_and_keys():
    cell = read("", record(amount=-50)).cells[0]
    assert (cell.value, cell.unit, cell.line) == (-50, "1000 NOK", 2)
    assert cell.keys == {"form": "0A", "year": "2018", "quarter": "", "region": "201200", "account_class": "1",
                         "function_code": "252", "species_code": "010"}


def test_rows_fit_the_raw_table_whatever_the_codes_are():
    reading = read(record(), record(function="Z   ", species="   "), record(function="    ", quarter="1"))
    contract = contract_of("raw", "kostra_accounts_line")
    with in_memory() as connection:
        rows = reading.rows.append_column("delivery_id", [[1] * reading.rows.num_rows])
        append(connection, contract, rows)
        assert one(connection, "SELECT count(*) FROM raw.kostra_accounts_line") == 3


def test_a_line_of_47_characters_stops_the_file():
    [finding] = refusal(delivery("line_of_47_characters.dat"), "alta.dat")
    assert (finding.rule_id, finding.level, finding.line_numbers) == ("R001", "kritisk_feil", (4,))
    assert finding.message.startswith("alta.dat: linje 4 har 47 tegn")
    assert finding.found == "47 tegn" and finding.expected == "48 tegn"


def test_a_tab_stops_the_file_also_when_the_length_is_right():
    [finding] = refusal(delivery("tab_in_place_of_spaces.dat"))
    assert (finding.rule_id, finding.line_numbers, finding.found) == ("R001", (4,), "tabulator")


def test_wrong_length_and_tab_are_two_findings_with_all_their_lines():
    content = "\n".join([record(), record()[:-1], record() + "  ", record()[:39] + "\t" + record()[40:]]).encode()
    assert [(finding.rule_id, finding.line_numbers) for finding in refusal(content)] == [
        ("R001", (2, 3)), ("R001", (4,))]


def test_a_byte_order_mark_is_named():
    findings = refusal(b"\xef\xbb\xbf" + record().encode())
    assert "UTF-8-merke" in findings[0].message


@pytest.mark.parametrize("amount", ["    500,0", "    500.0", "     500-", "    - 500", "         ", "     +500",
                                    "    5 000", "500      "])
def test_an_amount_that_is_no_whole_number_stops_the_file(amount):
    [finding] = refusal((record()[:39] + amount + "\n" + record()).encode())
    assert (finding.rule_id, finding.level, finding.line_numbers) == ("R014", "feil", (1,))
    assert f"«{amount}»" in finding.message


@pytest.mark.parametrize("amount, value", [("      500", 500), ("     -500", -500), ("000000500", 500),
                                           ("-00000500", -500), ("        0", 0)])
def test_an_amount_that_is_a_whole_number_is_read(amount, value):
    assert read(record()[:39] + amount).rows.column("amount_thousand_nok").to_pylist() == [value]


@pytest.mark.parametrize("field, line", [
    ("årgang", record(year="20x8")), ("årgang", record(year="1818")), ("region", record(region="2012  ")),
    ("kvartal", record(quarter="5")), ("skjema", record(form="1A")), ("organisasjonsnummer", record(org="12345678 ")),
    ("foretaksnummer", record(company="x" * 9)),
])
def test_a_key_field_that_cannot_be_read_stops_the_file(field, line):
    [finding] = refusal((record() + "\n" + line).encode())
    assert (finding.rule_id, finding.line_numbers) == ("R002", (2,))
    assert f"har {field} «" in finding.message


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\r\n"])
def test_an_empty_file_is_refused(content):
    [finding] = refusal(content)
    assert finding.level == "kritisk_feil" and "tom" in finding.message


@pytest.mark.parametrize("content", [
    record().encode(), record()[:-1].encode(), (record() + "   ").encode(), b"\xef\xbb\xbf" + record().encode(),
    record(form="0B").encode(), b"\r\n" + record().encode(), b"odelagt\n" + b"\n".join([record().encode()] * 3),
])
def test_accounts_are_recognised_also_when_they_will_be_refused(content):
    assert kostra_accounts.recognises(content, "hva_som_helst.txt")
    assert recognise(content, "hva_som_helst.txt") is kostra_accounts


@pytest.mark.parametrize("content", [
    b"", b"\n", b'{"version": "2.0"}', b"kommunenr;regnskapsaar;bilagsnr\n2012;2018;1\n", b"0729;2016;1\n0729;2016;2\n",
    b"PK\x03\x04", b"aar;tiltak;sats_kr_per_maaned;kilde\n2018;institusjon;70320;x\n",
])
def test_other_files_are_not_taken_for_accounts(content):
    assert not kostra_accounts.recognises(content, "0A2018.dat")


DIGITS = st.text("0123456789", min_size=1, max_size=4)
LEGAL = st.builds(
    record,
    form=st.sampled_from(["0A", "0B", "0C", "0F", "0M"]), year=st.integers(2003, 2099).map(str),
    quarter=st.sampled_from(" 1234"), region=st.integers(0, 999999).map("{:06}".format),
    org=st.one_of(st.just(" " * 9), st.integers(0, 10**9 - 1).map("{:09}".format)),
    account_class=st.sampled_from("0123 "), function=DIGITS.map("{:<4}".format),
    species=st.integers(0, 999).map("{:03}".format), amount=st.integers(-10**8 + 1, 10**9 - 1))


@given(st.lists(LEGAL, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_any_legal_line_can_be_written_again_from_its_row(lines, end):
    rows = read(*lines, end=end).rows.to_pylist()
    assert lines == [
        record(f"{row['function_code']:<4}", row["species_code"], int(row["amount_thousand_nok"]),
               form=row["form_code"], year=str(row["accounting_year"]), quarter=row["quarter"] or " ",
               region=row["region_code"], org=row["org_number"] or " " * 9,
               company=row["company_number"] or " " * 9, account_class=row["account_class"])
        for row in rows]


@given(LEGAL, st.integers(1, 47))
def test_any_truncated_line_is_refused(line, length):
    assert {finding.rule_id for finding in refusal((record() + "\n" + line[:length]).encode())} == {"R001"}


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(content):
    try:
        assert kostra_accounts.read(content, "x").rows.num_rows > 0
    except DeliveryRefused as refused:
        assert all(finding.level == "kritisk_feil" for finding in refused.findings)
