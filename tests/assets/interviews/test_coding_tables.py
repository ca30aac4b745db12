"""Tables of codings as the coding tools export them: each heading is known or asked about, and nothing said is kept."""

import pytest

from assets.sources import interview_codings, recognise
from assets.sources.coding_bundle import DOCUMENTS_SUFFIX, bundle_in, bundled
from assets.sources.coding_table_roles import coding_headings
from assets.sources.interview_keys import document_key, table_identity
from assets.sources.mapped_pair import MAPPING_SUFFIX, paired
from assets.sources.reading import ScopeKey

SECRET = "noe ingen skal lese"
REGISTER = """dokument;informantgruppe;kommune;aar;samtykke;verifisert
Samtale A;ungdom;Alta;2019;gitt;ja
Samtale B;forelder;Færder;2019;gitt;ja"""

TAGUETTE = f"""id,document,tag,content
1,Samtale A,D\\Medvirkning i egen sak,"{SECRET}, sa hen"
1,Samtale A,Retning\\Positiv,"{SECRET}, sa hen"
2,Samtale B,Tidlig hjelp,"linje
to"
3,Samtale B,,{SECRET}"""
QUALCODER = "\ufeff" + "\r\n".join([
    '"File","Coder","Coded","Id","Codename","Coded_Memo","Category","Category","FileVar_Samtykke","FileVar_Verifisert",'
    '"CaseVar_Informantgruppe","CaseVar_Kommune","CaseVar_Intervjuår"',
    f'"Samtale A","K1","{SECRET}","ctid:7","Medvirkning i egen sak","","Delmål '
    f'D","","gitt","ja","ungdom","Alta","2019"',
    f'"Samtale A","K1","{SECRET}","ctid:8","Positiv","","","","gitt","ja","ungdom","Alta","2019"',
    f'"Samtale B","K2","noe annet","ctid:9","Tidlig hjelp","{SECRET}","","","gitt","ja","forelder","Færder","2019"'])
MAXQDA_DE = f"""Farbe;Kommentar;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment;Autor;Erstelldatum
●;{SECRET};G;Samtale A;D > Medvirkning i egen sak;3;3;0;{SECRET};K1;01.06.2019
●;;G;Samtale A;Retning\\Positiv;3;3;0;{SECRET};K1;01.06.2019
●;;G;Samtale B;B > Tidlig hjelp;9;9;0;noe annet;K2;01.06.2019"""
MAXQDA_EN = MAXQDA_DE.replace("Farbe;Kommentar;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment;Autor;Erstelldatum",
                              "Color;Comment;Document group;Document name;Code;Begin;End;Weight score;Segment;Author;"
                              "Creation date")
ATLASTI = f"""ID\tQuotation Name\tQuotation Content\tDocument\tCodes\tComment\tReference\tDensity\tCreated by
1:1\t{SECRET}\t{SECRET}\tSamtale A\t"Medvirkning i egen sak
Positiv"\t\t3 - 3\t2\tK1
2:1\t\tnoe annet\tSamtale B\tTidlig hjelp\t{SECRET}\t1\t1\tK2
2:2\t\t{SECRET}\tSamtale B\t\t\t1\t0\tK2"""
NVIVO = f"""File Name;Code;Coverage;Number Of Coding References;Coded By Initials;Coded Text
Samtale A;Codes\\\\D\\\\Medvirkning i egen sak;0,1;1;K1;{SECRET}
Samtale A;Codes\\\\Positiv;0,1;1;K1;{SECRET}
Samtale B;Codes\\\\B\\\\Tidlig hjelp;0,1;1;K2;noe annet"""
NVIVO_DE = NVIVO.replace("File Name;Code;Coverage;Number Of Coding References;Coded By Initials;Coded Text",
                         "Dateiname;Knoten;Abdeckung;Anzahl der Codierreferenzen;Codiert von;Codierter Text")
OWN = f"""Dokument;Kode;Kodet av;Sitat
Samtale A;Medvirkning i egen sak;K1;{SECRET}
Samtale A;Positiv;K1;{SECRET}
Samtale B;Tidlig hjelp;K2;noe annet"""
TABLES = {"Taguette": TAGUETTE, "QualCoder": QUALCODER, "MAXQDA": MAXQDA_DE, "MAXQDA en": MAXQDA_EN, "ATLAS.ti": ATLASTI,
          "NVivo": NVIVO, "NVivo de": NVIVO_DE, "egne overskrifter": OWN}


def delivered(table, register=REGISTER, mapping=None, name="kodinger.csv"):
    beside = {suffix: text.encode() for suffix, text in ((DOCUMENTS_SUFFIX, register), (MAPPING_SUFFIX, mapping))
              if text}
    content = table if isinstance(table, bytes) else table.encode()
    return bundled(name, content, beside) if beside else content


def rows_of(reading, kind):
    return [row for row in reading.rows.to_pylist() if row["record_kind"] == kind]


def workbook(table, separator):
    import csv
    import io

    from openpyxl import Workbook

    book = Workbook()
    for record in csv.reader(io.StringIO(table.lstrip("\ufeff")), delimiter=separator):
        book.active.append(record)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize("tool", TABLES)
def test_every_tools_table_gives_the_same_codings(read, tool):
    register = None if tool == "QualCoder" else REGISTER
    reading = read(delivered(TABLES[tool], register), "kodinger.csv")
    asked = [(row["document_key"], row["informant_group"], row["municipality_code"])
             for row in rows_of(reading, "document")]
    assert asked == [(document_key("samtale a"), "ungdom", "2012"), (document_key("samtale b"), "forelder", "0729")]
    assert [(row["code_name"], row["direction"], row["informant_group"], row["position_from"], row["code_guid"])
            for row in rows_of(reading, "coding")] == [
        ("Medvirkning i egen sak", 1, "ungdom", None, None), ("Tidlig hjelp", None, "forelder", None, None)]
    assert reading.form_version == f"tabell: {tool.removesuffix(' en').removesuffix(' de')}"
    assert reading.scope_keys == (ScopeKey("FORSOK", "2019"),)


@pytest.mark.parametrize("tool", TABLES)
def test_nothing_that_was_said_and_no_name_is_in_what_is_kept_or_told(read, tool):
    reading = read(delivered(TABLES[tool], None if tool == "QualCoder" else REGISTER), "kodinger.csv")
    kept = interview_codings.extract(reading).decode() + str(reading.cells)
    assert not any(word in kept for word in (SECRET, "noe annet", "Samtale", "K1"))
    assert len({row["coder_key"] for row in rows_of(reading, "coding")}) == (1 if tool == "Taguette" else 2)


@pytest.mark.parametrize(("tool", "separator"), [("Taguette", ","), ("ATLAS.ti", "\t"), ("QualCoder", ",")])
def test_a_workbook_reads_like_the_text_file(read, tool, separator):
    register = None if tool == "QualCoder" else REGISTER
    packed = delivered(workbook(TABLES[tool], separator), register, name="kodinger.xlsx")
    as_text, as_book = (read(content, "k")
                        for content in (delivered(TABLES[tool], register), packed))
    drop = [[{**row, "cell": None} for row in reading.rows.to_pylist()] for reading in (as_text, as_book)]
    assert drop[0] == drop[1]
    assert recognise(packed, "kodinger.xlsx") is interview_codings


def test_which_column_was_taken_for_what_is_told(read):
    (finding,) = [one for one in read(delivered(MAXQDA_DE), "k.csv").findings if one.rule_id == "Q14"]
    assert finding.level == "informasjon"
    for words in ("lest som MAXQDA", "«Dokumentname» er dokument", "«Code» er kode", "«Autor» er kodet av",
                  "«Segment» er tekst", "Ikke brukt: «Farbe», «Dokumentgruppe»", "(66 tegn) er lest bare for lengden"):
        assert words in finding.message


def test_a_highlight_without_tag_is_an_annotation_and_counted(read):
    (finding,) = [one for one in read(delivered(TAGUETTE), "k.csv").findings if one.rule_id == "Q10"]
    assert "1 merknad" in finding.message and "2 dokumenter" in finding.message


@pytest.mark.parametrize(("heading", "words"), [
    ("id,document,tag,content,tag", "«tag» og «tag» kan begge være kode"),
    ("id,document,Document,tag,content", "«document» og «Document» kan begge være dokument"),
    ("id,document,label,content", "fant ingen kolonne for kode"), ("id,source,tag,content", "ingen kolonne for "
                                                                                            "dokument"),
    ("Document name,Dokumentname,Code,Segment", "«Document name» og «Dokumentname»")])
def test_a_heading_nobody_knows_or_two_for_one_thing_is_refused_with_the_way_to_say_it(refusals, heading, words):
    ((rule_id, message),) = refusals(f"{heading}\n1,a,b,{SECRET},c\n".encode(), "k.csv")
    assert rule_id == "F02" and words in message and SECRET not in message
    assert "rolle;overskrift" in message and "coding_table_heading.csv" in message


def test_a_table_two_tools_would_read_differently_is_refused_with_both_names(refusals):
    ((_, message),) = refusals(b"Document;Document name;Code;Codes\na;b;c;d\n", "k.csv")
    assert "MAXQDA" in message and "ATLAS.ti" in message


MAPPED = f"Nr;Hvem;Merke;Utdrag;Utdrag 2\n1;Samtale A;Medvirkning i egen sak;{SECRET};x\n2;Samtale B;Tidlig hjelp;y;x"


@pytest.mark.parametrize("mapping", [
    "rolle;overskrift\ndokument;Hvem\nkode;Merke\ntekst;Utdrag 2", "overskrift,rolle\nHVEM,Dokument\nmerke,Kode\n"])
def test_a_mapping_says_what_the_headings_do_not(read, mapping):
    reading = read(delivered(MAPPED, mapping=mapping), "k.csv")
    assert [row["code_name"] for row in rows_of(reading, "coding")] == ["Medvirkning i egen sak", "Tidlig hjelp"]
    assert SECRET not in interview_codings.extract(reading).decode()


def test_a_mapping_chooses_between_two_columns_that_may_be_the_same(read):
    table = f"Document name;Dokumentname;Code;Segment\nx;Samtale A;Tidlig hjelp;{SECRET}\ny;Samtale B;Tidlig hjelp;z\n"
    reading = read(delivered(table, mapping="rolle;overskrift\ndokument;Dokumentname\n"), "k.csv")
    assert [row["document_key"] for row in rows_of(reading, "document")] == [
        document_key("samtale a"), document_key("samtale b")]


@pytest.mark.parametrize(("mapping", "words"), [
    ("rolle;overskrift\nsang;Merke\ndokument;Hvem", "mappingen linje 2: rollen er ukjent"),
    ("rolle;overskrift\ndokument;Hvem\nkode;Finnes ikke", "ingen kolonne for kode")])
def test_a_mapping_that_cannot_be_meant_is_refused(refusals, mapping, words):
    found = refusals(delivered(MAPPED, mapping=mapping), "k.csv")
    assert any(words in message for _, message in found) and SECRET not in str(found)


# Consent, verification, and the register of documents

def test_a_table_without_a_word_of_consent_is_refused_with_what_to_do(refusals):
    found = refusals(delivered(TAGUETTE, None), "k.csv")
    assert sorted(rule_id for rule_id, _ in found) == ["VR71", "VR73"]
    for _, message in found:
        assert DOCUMENTS_SUFFIX in message and "dokument;informantgruppe;kommune;aar" in message


@pytest.mark.parametrize(("line", "rule_id", "words"), [
    ("Samtale B;forelder;Færder;2019;nei;ja", "VR73", "samtykke er ikke registrert"),
    ("Samtale B;forelder;Færder;2019;trukket;ja", "VR73", "trukket tilbake"),
    ("Samtale B;forelder;Færder;2019;gitt;nei", "VR71", "ikke verifisert"),
    ("Samtale B;forelder;Færder;;gitt;ja", "F09", "«Intervjuår» mangler"),
    ("Samtale B;nabo;Færder;2019;gitt;ja", "F04", "ikke er kjent"),
    ("Samtale X;forelder;Færder;2019;gitt;ja", "VR73", "står ikke i dokumentregisteret"),
    ("Samtale A;forelder;Færder;2019;gitt;ja", "F15", "linje 3 i dokumentregisteret"),
    (";forelder;Færder;2019;gitt;ja", "F09", "linje 3 i dokumentregisteret")])
def test_what_the_register_says_of_a_document_is_judged_like_a_projects_variables(refusals, line, rule_id, words):
    register = "\n".join([*REGISTER.split("\n")[:2], line])
    found = refusals(delivered(TAGUETTE, register), "k.csv")
    assert any(rule == rule_id and words in message for rule, message in found)
    assert "Samtale" not in str(found) and "nabo" not in str(found)


def test_a_document_in_the_register_that_is_not_coded_is_an_informant_too(read):
    register = REGISTER + "\nSamtale C;ungdom;Røyken;2019;gitt;ja\nSamtale D;ungdom;Røyken;2019;nei;nei"
    reading = read(delivered(TAGUETTE, register), "k.csv")
    assert [row["cell"] for row in rows_of(reading, "document")] == ["linje 2", "linje 4", "linje 4 i "
                                                                                           "dokumentregisteret"]


@pytest.mark.parametrize("name", ["samtale a", "  SAMTALE   A "])
def test_a_document_is_the_same_however_its_name_is_spaced_and_cased(read, name):
    table = TAGUETTE.replace("1,Samtale A,Retning", f"1,{name},Retning")
    assert len(rows_of(read(delivered(table), "k.csv"), "document")) == 2
    assert table_identity(name) == "samtale a"


def test_a_register_without_its_columns_or_alone_is_refused(refusals):
    found = refusals(delivered(TAGUETTE, "dokument;samtykke\nSamtale A;gitt"), "k.csv")
    assert [rule_id for rule_id, _ in found] == ["F02"] and "«verifisert»" in found[0][1]
    ((rule_id, message),) = refusals(REGISTER.encode(), "register.csv")
    assert rule_id == "F01" and "ved siden av tabellen" in message


# Known for what it is, also when it cannot be read

@pytest.mark.parametrize("table", [*TABLES.values(), REGISTER, "Dokument;Stikkord;Sitat\na;b;c", "tag;content\na;b"])
def test_a_table_that_may_hold_what_somebody_said_is_ours_and_never_kept(table):
    assert recognise(table.encode(), "hva som helst.csv") is interview_codings


@pytest.mark.parametrize("heading", [
    "kommunenr;regnskapsaar;bilagsnr;funksjon;art;tekst;beloep_kr", "Dokument;Dato;Sum", "id;navn;tekst", "code;name;value",
    "undersoekelse;aar;kommunenr;spoersmaal_id;svar;antall;n"])
def test_a_table_of_something_else_is_not_ours(heading):
    assert coding_headings(heading.split(";")) == 0
    assert not interview_codings.recognises(f"{heading}\n1;2;3;4;5;6;7\n".encode(), "t.csv")


def test_the_parts_come_back_as_they_were_and_a_mapped_workbook_is_packed_as_before():
    packed = delivered(TAGUETTE, mapping="rolle;overskrift\n")
    bundle = bundle_in(packed)
    assert (bundle.table, bundle.documents) == (TAGUETTE.encode(), REGISTER.encode())
    assert bundle.mapping == b"rolle;overskrift\n"
    assert bundled("a.xlsx", b"x", {MAPPING_SUFFIX: b"y"}) == paired("a.xlsx", b"x", b"y")
    assert bundle_in(b"PK\x03\x04 ikke et arkiv") is None and bundle_in(TAGUETTE.encode()) is None


def test_a_package_that_is_damaged_is_said_to_be_so_and_is_ours(refusals):
    content = delivered(TAGUETTE)
    broken = content.replace(b"Samtale A,D", b"Samtale X,D")
    assert interview_codings.recognises(broken, "k.csv.zip")
    ((rule_id, message),) = refusals(broken, "k.csv.zip")
    assert rule_id == "Q01" and "skadet" in message


# Through the door

def test_table_and_register_in_the_inbox_become_one_delivery_and_nothing_of_them_is_left(desk):
    desk.put("kodinger.csv", TAGUETTE.encode())
    desk.put(f"kodinger.csv{DOCUMENTS_SUFFIX}", REGISTER.encode())
    (outcome,) = desk.take_in()
    assert (outcome.file_name, outcome.state, outcome.stem) == ("kodinger.csv.zip", "accepted", "interview_codings")
    left = [path for path in desk.home.root.rglob("*") if path.is_file()]
    assert [path.name for path in left] == ["extract.json"]
    assert not any(word in left[0].read_text(encoding="utf-8") for word in (SECRET, "Samtale"))


def test_a_power_cut_between_the_parts_loses_none_of_them(desk, monkeypatch):
    from assets.mapping_side_car import joined

    path = desk.put("kodinger.csv", TAGUETTE.encode())
    register = desk.put(f"kodinger.csv{DOCUMENTS_SUFFIX}", REGISTER.encode())
    desk.put("kodinger.csv.mapping.csv", b"rolle;overskrift\nkode;tag\n")
    unlink = type(path).unlink
    with monkeypatch.context() as patch:
        patch.setattr(type(path), "unlink", lambda self: 1 / 0 if self == register else unlink(self))
        with pytest.raises(ZeroDivisionError):
            joined(path)
    assert path.exists() and register.exists()
    assert joined(path).name == "kodinger.csv.zip" and not path.exists() and not register.exists()
    bundle = bundle_in((desk.home.inbox / "kodinger.csv.zip").read_bytes())
    assert bundle.mapping and bundle.documents and bundle.table


def test_a_withdrawn_document_of_a_table_is_known_by_its_name(desk):
    from assets.sources.interview_keys import keys_meant
    from assets.withdrawal import known_keys, withdraw
    from pipelines.settings import DEMO_CLOCK

    desk.put("a.csv", TAGUETTE.encode())
    desk.put(f"a.csv{DOCUMENTS_SUFFIX}", REGISTER.encode())
    desk.take_in()
    (key,) = known_keys(desk.connection, desk.home, keys_meant("samtale  A"))
    assert withdraw(desk.connection, desk.home, key, "evaluator", DEMO_CLOCK).row_count == 2
    desk.put("b.csv", QUALCODER.encode())
    (outcome,) = desk.take_in()
    assert outcome.state == "refused" and "linje 2: samtykket er trukket tilbake" in outcome.findings[0].message
