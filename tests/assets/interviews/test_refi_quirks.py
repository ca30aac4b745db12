"""What real tools write that the standard does not say, each in a small file of its own, and all that is not kept."""

import pytest


def rows_of(reading, kind):
    return [row for row in reading.rows.to_pylist() if row["record_kind"] == kind]


def codings(reading):
    return [tuple(row[name] for name in ("code_name", "position_from", "position_to", "direction"))
            for row in rows_of(reading, "coding")]


def told(reading, rule_id):
    return [finding for finding in reading.findings if finding.rule_id == rule_id]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_positions_are_the_tools_own_whatever_the_texts_line_breaks_are(drawing, read, line_break):
    """ATLAS.ti counts CR and LF together as one; the text itself is never opened, so its length decides nothing."""
    content = drawing.archive({"project.qde": drawing.qde(drawing.source(1, "own 3-9 A")).replace(
        "<Project", '<Project origin="ATLAS.ti 22"'), "sources/1.txt": f"ab{line_break}cd{line_break}ef"})
    assert codings(read(content)) == [("Medvirkning i egen sak", 3, 9, None)]


def test_two_sources_with_one_name_are_two_interviews(drawing, read):
    reading = read(drawing.qdpx(drawing.source(1, name="Intervju"), drawing.source(2, name="Intervju")))
    assert len({row["document_key"] for row in rows_of(reading, "document")}) == 2
    assert len({row["document_key"] for row in rows_of(reading, "coding")}) == 2


def test_codings_stand_in_the_order_what_they_are_on_begins_however_they_are_nested(drawing, read):
    def on(code, inner=""):
        return f'<Coding><CodeRef targetGUID="{drawing.guid("code", code)}"/></Coding>{inner}'

    nested = f'<PlainTextSelection startPosition="0" endPosition="4">{on("own")}</PlainTextSelection>'
    source = drawing.source(1, "").replace("</TextSource>", f'{nested}{on("early")}</TextSource>')
    reading = read(drawing.qdpx(source, drawing.source(2, "meetings 1-2 A")))
    assert [name for name, *_ in codings(reading)] == ["Tidlig hjelp", "Medvirkning i egen sak", "Blir hørt i møter"]


def test_every_kind_of_thing_that_is_not_kept_is_counted(drawing, read):
    variables = drawing.values({"Alder": "15"})
    sources = "".join(f'<{kind} guid="{drawing.guid(kind)}">{variables}</{kind}>'
                      for kind in ("PictureSource", "PDFSource", "AudioSource", "VideoSource"))
    sound = f'<AudioSource guid="{drawing.guid("b")}"><Transcript guid="{drawing.guid("t")}"/></AudioSource>'
    case = f'<Cases><Case guid="{drawing.guid("c")}" name="hemmelig"/></Cases><Links><Link/><Link/></Links>'
    (finding,) = told(read(drawing.qdpx(drawing.source(1), sources, sound, more=case)), "Q10")
    for words in ("1 bilde", "1 PDF", "2 lydopptak", "1 film", "1 avskrift av lyd eller film", "navnet på 1 case",
                  "2 lenker (relasjoner)", "1 variabel vi ikke bruker",
                  "5 dokumenter uten kodinger som ikke er godkjente intervjuer"):
        assert words in finding.message


def test_a_large_project_is_read_where_it_lies_and_gives_what_its_bytes_give(drawing, read, tmp_path):
    from assets.sources import content_of, interview_codings, recognise

    path = tmp_path / "intervjuer.zip"
    path.write_bytes(drawing.qdpx(drawing.source(1, "own 0-5 A"), drawing.source(2)))
    content = content_of(path)
    assert content == path and recognise(content, path.name) is interview_codings
    assert read(content, path.name) == read(path.read_bytes(), path.name)


@pytest.mark.parametrize(("name", "content"), [
    ("a.csv", b"PK er ikke et arkiv"), ("a.qdpx", b"PK\x03\x04 ikke hele"), ("a.qde", b"<Project/>"), ("a.txt", b"")])
def test_any_other_file_is_given_as_its_bytes(tmp_path, name, content):
    from assets.sources import content_of

    (tmp_path / name).write_bytes(content)
    assert content_of(tmp_path / name) == content


@pytest.mark.parametrize("member", ["xl/workbook.xml", "sources/1.txt"])
def test_an_archive_without_a_project_is_given_as_its_bytes(drawing, tmp_path, member):
    from assets.sources import content_of

    content = drawing.archive({member: "x"})
    (tmp_path / "a.zip").write_bytes(content)
    assert content_of(tmp_path / "a.zip") == content


def test_a_project_that_is_written_to_while_it_is_read_is_left_in_the_inbox(desk, drawing, monkeypatch):
    from assets.sources import interview_codings

    path, read = desk.put("a.qdpx", drawing.qdpx(drawing.source(1))), interview_codings.read
    monkeypatch.setattr(interview_codings, "read", lambda content, name: (
        path.write_bytes(path.read_bytes() + b"x"), read(content, name))[1])
    (outcome,) = desk.take_in()
    assert outcome.state == "left" and "skrev til filen" in outcome.reason and path.exists()
