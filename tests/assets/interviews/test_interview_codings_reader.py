"""What is read of a project: codes, positions, coders and groups, however the tool wrote them; and what is told."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.sources import interview_codings, read_cells
from assets.sources.interview_keys import document_key
from assets.sources.reading import ScopeKey

KEPT = ("code_name", "position_from", "position_to", "direction")


def rows_of(reading, kind):
    return [row for row in reading.rows.to_pylist() if row["record_kind"] == kind]


def codings(reading, *names):
    return [tuple(row[name] for name in names or KEPT) for row in rows_of(reading, "coding")]


def told(reading, rule_id):
    return [finding for finding in reading.findings if finding.rule_id == rule_id]


def test_each_coding_stands_with_its_code_its_place_and_its_group(drawing, read):
    reading = read(drawing.qdpx(
        drawing.source(1, "own 0-5 A\nearly 7-12 B"), drawing.source(2, "own 3-3 A", Informantgruppe="forelder")))
    assert codings(reading, "code_name", "position_from", "position_to", "informant_group") == [
        ("Medvirkning i egen sak", 0, 5, "ungdom"), ("Tidlig hjelp", 7, 12, "ungdom"),
        ("Medvirkning i egen sak", 3, 3, "forelder")]
    assert reading.scope_keys == (ScopeKey("FORSOK", "2019"),)
    assert [row["cell_number"] for row in reading.rows.to_pylist()] == [0, 1, 2, 3, 4]


def test_an_interview_is_a_row_of_its_own_and_only_there_stands_the_municipality(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1), drawing.source(2, Kommune="Færder")))
    assert [(row["municipality_code"], row["cell"], row["code_name"]) for row in rows_of(reading, "document")] == [
        ("2012", "intervju nr. 1 i project.qde", None), ("0729", "intervju nr. 2 i project.qde", None)]
    assert {row["municipality_code"] for row in rows_of(reading, "coding")} == {None}


def test_documents_and_coders_are_keys_that_come_from_their_guids_and_not_from_their_names(drawing, read):
    first = read(drawing.qdpx(drawing.source(1, "own 0-5 A\nown 6-8 B", name="Et navn")))
    again = read(drawing.qdpx(drawing.source(1, "own 0-5 A\nown 6-8 B", name="Et annet"), users=("C", "D")))
    assert first.rows == again.rows
    (document,), (one, other) = rows_of(first, "document"), rows_of(first, "coding")
    wanted = hashlib.sha256(f"document:{drawing.guid('source', 1)}".encode()).hexdigest()[:16]
    assert document["document_key"] == one["document_key"] == other["document_key"] == wanted
    assert one["coder_key"] != other["coder_key"]
    assert drawing.guid("user", "A") not in str(first.rows.to_pylist())


def test_a_coding_is_found_again_by_its_own_guid(drawing, read):
    (row,) = rows_of(read(drawing.qdpx(drawing.source(1, "own 0-5 A"))), "coding")
    assert row["cell"] == drawing.guid("coding", 1, 0, "own")


@pytest.mark.parametrize("change", [
    str.upper, lambda text: f"{{{text}}}", lambda text: f"{{{text.upper()}}}", lambda text: f" {text} "])
def test_guids_in_braces_and_either_case_are_the_same_guid(drawing, read, change):
    text = drawing.qde(drawing.source(1, "own 0-5 A"))
    source, code, user = drawing.guid("source", 1), drawing.guid("code", "own"), drawing.guid("user", "A")
    changed = text
    for one in (source, code, user):
        changed = changed.replace(f'targetGUID="{one}"', f'targetGUID="{change(one)}"')
        changed = changed.replace(f'creatingUser="{one}"', f'creatingUser="{change(one)}"')
    changed = changed.replace(f'TextSource guid="{source}"', f'TextSource guid="{change(source)}"')
    assert changed != text
    assert read(drawing.archive({"project.qde": changed})).rows == read(drawing.archive({"project.qde": text})).rows


@pytest.mark.parametrize("case_name", ['', 'name="Et navn"'])
def test_the_variables_of_a_case_without_name_are_those_of_its_sources(drawing, read, case_name):
    def case(number, said):
        return (f'<Case guid="{drawing.guid("case", number)}" {case_name}>{drawing.values(said)}'
                f'<SourceRef targetGUID="{drawing.guid("source", number)}"/></Case>')

    bare = dict.fromkeys(drawing.informant)
    cases = case(1, drawing.informant) + case(2, {**drawing.informant, "Kommune": "Røyken"})
    reading = read(drawing.qdpx(drawing.source(1, **bare), drawing.source(2, **bare), more=f"<Cases>{cases}</Cases>"))
    assert [row["municipality_code"] for row in rows_of(reading, "document")] == ["2012", "0627"]


@pytest.mark.parametrize(("users", "expected"), [
    ('creatingUser="A" modifyingUser="B"', "A"), ('modifyingUser="B"', "B"), ("", "S"), ('creatingUser=""', "S")])
def test_the_coder_is_the_creator_else_whoever_changed_it_else_the_selections(drawing, read, users, expected):
    inner = (f'<PlainTextSelection startPosition="0" endPosition="4" creatingUser="S"><Coding {users}>'
             f'<CodeRef targetGUID="{drawing.guid("code", "own")}"/></Coding></PlainTextSelection>')
    (row,) = rows_of(read(drawing.qdpx(drawing.source(1, "", inner=inner))), "coding")
    assert row["coder_key"] == hashlib.sha256(f"coder:{expected.lower()}".encode()).hexdigest()[:16]
    assert row["cell"] == "koding nr. 1 i project.qde"


def test_a_coding_on_a_whole_source_has_no_positions(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1, "own whole A\nearly 2-4 A")))
    assert codings(reading)[0] == ("Medvirkning i egen sak", None, None, None)
    assert codings(reading)[1] == ("Tidlig hjelp", 2, 4, None)


def test_selections_with_only_a_description_are_annotations_and_counted(drawing, read):
    note = ('<PlainTextSelection startPosition="1" endPosition="2"><Description>hemmelig</Description>'
            "</PlainTextSelection>")
    reading = read(drawing.qdpx(drawing.source(1, inner=note * 2), drawing.source(2, inner=note)))
    assert len(codings(reading)) == 2
    assert "3 merknader (utsnitt uten kode)" in told(reading, "Q10")[0].message


def test_codings_in_pictures_and_pdf_are_kept_without_place_and_those_in_the_pdfs_text_with_it(drawing, read):
    def owner(kind, span, code):
        return (f'<{kind} {span}><Coding guid="{drawing.guid(kind)}"><CodeRef '
                f'targetGUID="{drawing.guid("code", code)}"/></Coding></{kind}>')

    said = drawing.values(drawing.informant)
    text = owner("PlainTextSelection", 'startPosition="3" endPosition="9"', "early")
    pdf = (f'<PDFSource guid="{drawing.guid("pdf")}">{said}' + owner("PDFSelection", 'page="1"', "own")
           + f"<Representation>{text}</Representation></PDFSource>")
    sound = (f'<AudioSource guid="{drawing.guid("lyd")}">{said}' + owner("AudioSelection", 'begin="1"', "meetings")
             + "</AudioSource>")
    reading = read(drawing.qdpx(pdf, sound))
    assert codings(reading) == [("Medvirkning i egen sak", None, None, None), ("Tidlig hjelp", 3, 9, None),
                                ("Blir hørt i møter", None, None, None)]
    assert "plassen til 2 utsnitt i bilde, lyd eller PDF" in told(reading, "Q10")[0].message


@pytest.mark.parametrize("span", ["9-5", "-1-5", "a-5", "0-99999999999"])
def test_a_place_that_cannot_be_right_is_left_out_and_told(drawing, read, span):
    start, _, end = span.rpartition("-")
    inner = (f'<PlainTextSelection startPosition="{start}" endPosition="{end}"><Coding><CodeRef '
             f'targetGUID="{drawing.guid("code", "own")}"/></Coding></PlainTextSelection>')
    reading = read(drawing.qdpx(drawing.source(1, "", inner=inner)))
    assert codings(reading) == [("Medvirkning i egen sak", None, None, None)]
    (finding,) = told(reading, "Q13")
    assert (finding.level, finding.found) == ("advarsel", "1") and "lest uten plass" in finding.message


def test_a_coding_of_a_code_the_codebook_lacks_is_left_out_and_told(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1, "own 0-5 A\nstranger 0-5 A")))
    assert codings(reading) == [("Medvirkning i egen sak", 0, 5, None)]
    assert "kode som ikke er i kodeboken" in told(reading, "Q13")[0].message


@pytest.mark.parametrize(("namespace", "count"), [("urn:QDA-XML:project:1.0", 0), ("urn:QDA-XML:project:1.5", 1)])
def test_another_version_is_read_with_a_warning(drawing, read, namespace, count):
    reading = read(drawing.qdpx(drawing.source(1), namespace=namespace))
    assert len(codings(reading)) == 1
    assert [finding.level for finding in told(reading, "Q11")] == ["advarsel"] * count


def test_the_loss_report_counts_what_is_not_kept_and_names_nothing(drawing, read):
    more = ('<Notes><Note name="hemmelig"/><Note/></Notes><Links><Link name="hemmelig"/></Links>'
            '<Sets><Set name="hemmelig"/></Sets>')
    sources = (drawing.source(1, name="hemmelig"), drawing.source(2))
    reading = read(drawing.qdpx(*sources, users=("hemmelig", "B"), more=more))
    (finding,) = told(reading, "Q10")
    assert finding.level == "informasjon" and "hemmelig" not in str(reading.findings)
    for words in ("tekst og navn på 2 dokumenter", "navnene på 2 kodere", "2 notater", "1 lenke", "1 samling"):
        assert words in finding.message


def test_codes_without_mapping_are_named_once_and_mapped_ones_are_not(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1, "own 0-5 A\nodd 0-5 B\nodd 7-9 A")))
    (finding,) = told(reading, "Q12")
    assert (finding.level, finding.unit_code, finding.found) == ("advarsel", "FORSOK", "Ukjent kode")
    assert "«Ukjent kode»" in finding.message and "Medvirkning" not in finding.message
    assert told(read(drawing.qdpx(drawing.source(1))), "Q12") == []


# Direction

@pytest.mark.parametrize(("name", "expected"), [
    ("Tidlig hjelp (+)", ("Tidlig hjelp", 1)), ("Tidlig hjelp(−)", ("Tidlig hjelp", -1)),
    ("Tidlig hjelp (-)", ("Tidlig hjelp", -1)), ("Tidlig  hjelp ( 0 )", ("Tidlig hjelp", 0)),
    ("Tidlig hjelp", ("Tidlig hjelp", None)), ("Tidlig hjelp (ny)", ("Tidlig hjelp (ny)", None)),
    ("Tidlig hjelp +", ("Tidlig hjelp +", None))])
def test_a_sign_in_parentheses_is_the_codes_direction_and_not_part_of_its_name(drawing, read, name, expected):
    reading = read(drawing.qdpx(drawing.source(1, "own 0-5 A"), codes={"own": name}))
    assert codings(reading, "code_name", "direction") == [expected]


@pytest.mark.parametrize(("beside", "direction"), [
    ("plus 0-5 A", 1), ("zero 0-5 A", 0), ("minus 0-5 A", -1),
    ("plus 0-5 B", None),               # another coder's opinion
    ("plus 6-9 A", None),               # another stretch
    ("plus 0-5 A\nminus 0-5 A", None),  # two ways at once
])
def test_a_direction_code_by_the_same_coder_on_the_same_stretch_gives_the_others_theirs(
        drawing, read, beside, direction):
    reading = read(drawing.qdpx(drawing.source(1, f"own 0-5 A\n{beside}")))
    assert codings(reading, "code_name", "direction") == [("Medvirkning i egen sak", direction)]
    assert bool(told(reading, "Q13")) == ("\n" in beside)


def test_the_codes_own_sign_goes_before_the_code_beside_it(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1, "own 0-5 A\nearly 0-5 A\nminus 0-5 A"),
                                codes={**drawing.codes, "own": "Medvirkning i egen sak (+)"}))
    assert codings(reading, "code_name", "direction") == [("Medvirkning i egen sak", 1), ("Tidlig hjelp", -1)]


def test_a_selection_for_each_code_is_one_stretch_when_the_positions_are_equal(drawing, read):
    def alone(code):
        return (f'<PlainTextSelection startPosition="0" endPosition="4"><Coding creatingUser="a"><CodeRef '
                f'targetGUID="{drawing.guid("code", code)}"/></Coding></PlainTextSelection>')

    reading = read(drawing.qdpx(drawing.source(1, "", inner=alone("own") + alone("plus"))))
    assert codings(reading, "code_name", "direction") == [("Medvirkning i egen sak", 1)]


def test_a_direction_alone_is_no_coding_and_is_counted(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1, "own 0-5 A\nplus 7-9 A")))
    assert len(codings(reading)) == 1
    assert "1 retning uten en kode ved siden av" in told(reading, "Q10")[0].message


# Codebook and showing

def test_a_codebook_alone_gives_its_codable_codes_and_no_codings(read):
    book = ('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="Delmål D" isCodable="false">'
            '<Code guid="{2}" name="Medvirkning i egen sak (+)" isCodable="true"><Code guid="3" name="Finere"/></Code>'
            '</Code><Code guid="4" name="Retning" isCodable="true"><Code guid="5" name="Positiv"/></Code></Codes>'
            "</CodeBook>")
    reading = read(book.encode(), "kodebok.qdc")
    assert [(row["record_kind"], row["code_guid"], row["code_name"], row["direction"], row["document_key"])
            for row in reading.rows.to_pylist()] == [
        ("code", "2", "Medvirkning i egen sak", 1, None), ("code", "3", "Finere", None, None)]
    assert reading.scope_keys == (ScopeKey("FORSOK", "2016", "codebook"),)
    assert [(finding.rule_id, finding.found) for finding in reading.findings] == [("Q12", "Finere")]


@pytest.mark.parametrize("content", [
    b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>',
    b'<CodeBook><Codes><Code guid="1" name="Overskrift" isCodable="false"/></Codes></CodeBook>'])
def test_a_codebook_without_codes_is_refused(refusals, content):
    assert [rule_id for rule_id, _ in refusals(content, "kodebok.qdc")] == ["F01"]


def test_a_project_without_codings_is_refused_with_the_way_to_deliver_a_codebook(drawing, refusals):
    ((rule_id, message),) = refusals(drawing.qdpx(drawing.source(1, "")))
    assert rule_id == "F01" and ".qdc" in message


def test_a_coding_is_shown_with_code_and_group_and_without_municipality(drawing):
    cells, _ = read_cells(interview_codings, drawing.qdpx(drawing.source(1, "own 0-5 A\nplus 0-5 A")), "i.qdpx")
    document, one = cells
    assert document.keys == {"informant_group": "ungdom", "municipality_code": "2012", "interview_year": "2019",
                             "document_key": document_key(drawing.guid("source", 1))}
    assert one.keys == {"code_name": "Medvirkning i egen sak", "informant_group": "ungdom", "interview_year": "2019",
                        "position_from": "0", "position_to": "5", "problemstilling_no": "D1"}
    assert (one.value, one.unit, one.status, one.cell) == (1, "retning", "ok", drawing.guid("coding", 1, 0, "own"))


# Extract

def test_the_extract_reads_back_as_what_it_was_written_from(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1, "own 0-5 A\nodd 7-9 B"), drawing.source(2, Intervjuår="2018")))
    assert len(reading.scope_keys) == 2 and len(reading.findings) == 2
    kept = interview_codings.extract(reading)
    assert interview_codings.read(kept, "extract.json") == reading
    assert interview_codings.extract(interview_codings.read(kept, "x")) == kept


def test_an_extract_is_no_form_anybody_delivers(drawing, read):
    kept = interview_codings.extract(read(drawing.qdpx(drawing.source(1))))
    assert not interview_codings.recognises(kept, "intervjuer.json")


# Any project at all

SPANS = st.tuples(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1)).map(lambda pair: tuple(sorted(pair)))
NAMES = st.text(st.characters(categories=("L", "M")), min_size=1, max_size=12)
DRAWN = st.lists(st.lists(st.tuples(st.integers(0, 3), SPANS, st.sampled_from("AB")), min_size=1, max_size=6),
                 min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(documents=DRAWN, names=st.lists(NAMES, min_size=4, max_size=4, unique=True))
def test_positions_and_codes_of_any_project_survive_reading_and_storing(drawing, read, documents, names):
    import unicodedata

    codes = {str(number): f"kode {number} {name}" for number, name in enumerate(names)}
    sources = [drawing.source(number, "\n".join(f"{code} {start}-{end} {coder}" for code, (start, end), coder in lines))
               for number, lines in enumerate(documents, 1)]
    reading = read(drawing.qdpx(*sources, codes=codes))
    again = interview_codings.read(interview_codings.extract(reading), "extract.json")
    wanted = sorted((unicodedata.normalize("NFC", codes[str(code)]), start, end)
                    for lines in documents for code, (start, end), _ in lines)
    assert sorted(codings(again, "code_name", "position_from", "position_to")) == wanted
    assert again == reading
