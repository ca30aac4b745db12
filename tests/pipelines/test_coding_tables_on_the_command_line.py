"""`folgeeval read` of a coding tool's table: which column is what, what each code answers, and what is missing."""

import json

import pytest

from pipelines.command_line import main

TABLE = "id,document,tag,content\n1,Samtale A,Tidlig hjelp,noe ingen skal lese\n2,Samtale A,Ny kode,mer\n"
REGISTER = "dokument;informantgruppe;kommune;aar;samtykke;verifisert\nSamtale A;ungdom;Alta;2019;gitt;ja\n"


@pytest.fixture
def files(tmp_path):
    written = {"kodinger.csv": TABLE, "hvem.csv": REGISTER, "hva.csv": "rolle;overskrift\nkode;content\ntekst;tag\n"}
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return lambda name: str(tmp_path / name)


def test_the_table_is_shown_with_its_register_and_each_codes_problemstilling(files, capsys):
    assert main(["read", files("kodinger.csv"), "--documents", files("hvem.csv"), "--json"]) == 0
    shown = capsys.readouterr()
    document, known, unknown = json.loads(shown.out)
    assert (known["keys"]["code_name"], known["keys"]["problemstilling_no"], known["cell"]) == ("Tidlig "
                                                                                                "hjelp", "B1", "linje "
                                                                                                               "2")
    assert unknown["keys"]["problemstilling_no"] == "ingen" and len(document["keys"]["document_key"]) == 16
    assert "«tag» er kode" in shown.err and "«Ny kode»" in shown.err
    assert "ingen skal lese" not in shown.out + shown.err


def test_without_the_register_the_table_is_refused_with_what_to_do(files, capsys):
    assert main(["read", files("kodinger.csv")]) == 11
    told = capsys.readouterr().err
    assert "VR73" in told and ".dokumenter.csv" in told and "ingen skal lese" not in told


def test_a_mapping_is_rehearsed_together_with_the_register(files, capsys):
    assert main(["read", files("kodinger.csv"), "--documents", files("hvem.csv"), "--mapping", files("hva.csv")]) == 0
    assert "«content» er kode" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_register_is_one_tables(files, command, capsys):
    assert main([command, files("kodinger.csv"), files("kodinger.csv"), "--documents", files("hvem.csv")]) == 2
    assert "gjelder én tabell" in capsys.readouterr().err
