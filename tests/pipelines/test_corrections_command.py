"""`folgeeval corrections`: the list as a person and a machine read it."""

import json

from assets.corrections import HEADING
from pipelines.command_line import main


def test_a_home_without_a_list_says_so_and_gives_an_empty_json_list(demo_home, capsys):
    assert main(["corrections", "--home", str(demo_home.root)]) == 0
    assert capsys.readouterr().out == "Ingen rettelser.\n"
    assert main(["corrections", "--home", str(demo_home.root), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_line_written_since_the_last_refresh_waits_and_a_fault_is_named(copied_home, capsys):
    line = "1,grants,2012,2018,,line_number=2,amount_thousand_nok,override,1,2,Feil.,,,,,evaluator,2019-10-01"
    copied_home.corrections.write_text(f"{','.join(HEADING)}\n{line}\n", encoding="utf-8")
    assert main(["corrections", "--home", str(copied_home.root), "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)
    assert (one["state"], one["delivered"], one["indicator_ids"], one["told_on"]) == ("waiting", None, [], None)
    copied_home.corrections.write_text(f"{','.join(HEADING)}\n{line.replace('override', 'endre')}\n", encoding="utf-8")
    assert main(["corrections", "--home", str(copied_home.root)]) == 2
    assert "corrections.csv, linje 2: correction_action «endre» er ikke gyldig" in capsys.readouterr().err
