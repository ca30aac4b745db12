"""The search that proves that nothing is left: it finds what is planted, however it is packed, and only that."""

import gzip
import io
import json
import zipfile
from email.message import EmailMessage

import pytest

from assets import traces
from assets.traces import search
from pipelines.withdrawal import Withdrawn
from warehouse.database import writing
from warehouse.database_file import rewrite_file
from warehouse.home import Home

KEY = "0123456789abcdef"
NAME = "Samtale med Åse Plantet"


def zipped(text):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", text * 50)
    return packed.getvalue()


def message(text):
    made = EmailMessage()
    made["Subject"] = "Varsel"
    made.set_content(f"æøå {text}", cte="base64")
    return made.as_bytes()


def parquet(text):
    import pyarrow as pa
    import pyarrow.parquet

    sink = io.BytesIO()
    pyarrow.parquet.write_table(pa.table({"a": [text] * 500}), sink, compression="zstd")
    return sink.getvalue()


PACKED = {
    "plain.txt": str.encode, "utf16.txt": lambda text: text.encode("utf-16"), "old.csv": lambda text: text.encode("latin-1"),
    "LOUD.txt": lambda text: text.upper().encode(), "kept.json": lambda text: json.dumps([text]).encode(),
    "middle.bin": lambda text: b"\x00" * 4096 + text.encode() + b"\xff" * 4096, "book.xlsx": zipped,
    "log.gz": lambda text: gzip.compress(text.encode()), "letter.eml": message, "table.parquet": parquet,
}


@pytest.mark.parametrize("secret", [KEY, NAME])
@pytest.mark.parametrize("name", PACKED)
def test_what_is_planted_is_found_however_it_is_packed(tmp_path, name, secret):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / name).write_bytes(PACKED[name](secret))
    assert {hit.split(" ")[0] for hit in search(Home(tmp_path), [KEY, NAME]).hits} == {f"folder/{name}"}


@pytest.mark.parametrize("name", PACKED)
def test_what_only_looks_like_it_is_not(tmp_path, name):
    (tmp_path / name).write_bytes(PACKED[name]("0123456789abcdeg og Samtale med Åse Planten"))
    found = search(Home(tmp_path), [KEY, NAME])
    assert (found.hits, found.files) == ((), 1)


def test_the_name_of_a_file_is_searched_too(tmp_path):
    (tmp_path / f"{NAME}.txt").write_bytes(b"")
    assert search(Home(tmp_path), [NAME]).hits == (f"{NAME}.txt",)


@pytest.mark.parametrize("before", range(95, 106))
def test_what_stands_across_two_chunks_is_found(tmp_path, monkeypatch, before):
    monkeypatch.setattr(traces, "CHUNK", 101)
    (tmp_path / "a.bin").write_bytes(b"x" * before + KEY.encode() + b"x" * 300)
    assert search(Home(tmp_path), [KEY]).hits == ("a.bin",)


def test_a_broken_archive_stops_nothing(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped("x")[:-30])
    (tmp_path / "b.txt").write_bytes(KEY.encode())
    found = search(Home(tmp_path), [KEY])
    assert (found.hits, found.opaque) == (("b.txt",), ("a.zip",))


@pytest.mark.parametrize("damaged", [lambda content: content[:-30], lambda content: content.replace(b"PK\x01\x02", b"PK\x01\x03")])
def test_an_archive_nobody_can_see_into_proves_nothing(tmp_path, damaged):
    (tmp_path / "a.zip").write_bytes(damaged(zipped("x")))
    assert not Withdrawn((), search(Home(tmp_path), [KEY])).is_proved
    (tmp_path / "a.zip").write_bytes(zipped("x"))
    assert Withdrawn((), search(Home(tmp_path), [KEY])).is_proved


def entered(home, text):
    with writing(home) as connection:
        connection.execute("INSERT INTO register.text_review VALUES (?, 'approved', ?, TIMESTAMP '2019-10-01')",
                           ["0" * 64, text])


def test_a_text_in_a_table_is_found_with_its_column(tmp_path):
    home = Home(tmp_path)
    entered(home, NAME.upper())
    found = search(home, [NAME])
    assert "warehouse/folgeeval.duckdb (register.text_review.reviewed_by)" in found.hits and found.columns > 300


def test_a_deleted_row_is_still_in_the_file_until_the_file_is_written_anew(tmp_path):
    home = Home(tmp_path)
    entered(home, NAME)
    with writing(home) as connection:
        connection.execute("CREATE SCHEMA other; CREATE TABLE other.number AS SELECT 7 AS seven")
        connection.execute("DELETE FROM register.text_review")
    assert search(home, [NAME]).hits == ("warehouse/folgeeval.duckdb",)
    rewrite_file(home)
    assert search(home, [NAME]).hits == ()
    with writing(home) as connection:
        assert connection.execute("SELECT seven FROM other.number").fetchall() == [(7,)]
        entered_twice = "INSERT INTO register.text_review VALUES (?, 'other', 'x', TIMESTAMP '2019-10-01')"
        with pytest.raises(Exception, match="review_state"):
            connection.execute(entered_twice, ["0" * 64])
    assert {path.name for path in home.database.parent.iterdir()} == {"folgeeval.duckdb", "lock"}
