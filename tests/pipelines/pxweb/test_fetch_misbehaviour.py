"""A service that misbehaves: busy, broken, cut, slow, endless, sending us away. No test here sleeps."""

import pytest

from assets.sources.json_stat import read_cube
from pipelines.failures import FetchFailed
from pipelines.pxweb import transport


def cells(fetched):
    cube = read_cube("kostra_statistics", fetched.content, "tabell.json")
    names = ("Region", "ContentsCode", "Tid")
    return {tuple(cell.keys[name] for name in names): cell.sign or cell.value for cell in cube.cells()}


def failure(counter, **given) -> str:
    with pytest.raises(FetchFailed) as caught:
        counter.fetch(**given)
    return str(caught.value)


@pytest.mark.parametrize(("headers", "wait"), [
    ({}, 1), ({"Retry_After": "17"}, 17), ({"Retry_After": "Tue, 01 Oct 2019 12:00:45 GMT"}, 45),
    ({"Retry_After": "Tue, 01 Oct 2019 11:00:00 GMT"}, 0), ({"Retry_After": "snart"}, 1), ({"Retry_After": "-3"}, 1),
])
def test_a_busy_service_is_asked_again_when_it_says_or_after_a_second(counter, misbehave, headers, wait):
    counter.bank.script.append(misbehave["status"](429, **headers))
    assert cells(counter.fetch(Region="*", Tid="*")) == dict(counter.bank.tables["prove"].cells)
    assert counter.patience.waits == [wait]
    assert f"tjenesten svarer at vi spør for ofte (429); prøver igjen om {wait} s" in counter.patience.said


def test_a_service_that_stays_busy_is_given_up_after_a_minute_of_waiting(counter, misbehave):
    counter.bank.script.extend([misbehave["status"](429)] * 99)
    assert "spør for ofte (429). Prøvde 7 ganger" in failure(counter, Region="*", Tid="*")
    assert counter.patience.waits == [1, 2, 4, 8, 16, 32]


def test_a_service_that_asks_for_an_hour_is_told_to_the_user_and_not_waited_for(counter, misbehave):
    counter.bank.script.append(misbehave["status"](429, Retry_After="3600"))
    assert "vente 60 minutter; prøv igjen da" in failure(counter, Region="*", Tid="*")
    assert counter.patience.waits == []


@pytest.mark.parametrize("number", [500, 502, 503])
def test_a_passing_fault_of_the_service_is_waited_out_and_a_lasting_one_given_up(counter, misbehave, number):
    counter.bank.script.extend([misbehave["status"](number)] * 2)
    assert len(cells(counter.fetch(Region="*", Tid="*"))) == 12
    assert counter.patience.waits == [1, 2]
    counter.bank.script.extend([misbehave["status"](number)] * 99)
    assert f"tjenesten har en feil ({number}). Prøvde 4 ganger" in failure(counter, Region="*", Tid="*")


def test_a_service_down_for_maintenance_says_when_to_come_back(counter, misbehave):
    counter.bank.script.append(misbehave["status"](503, Retry_After="30"))
    counter.fetch(Region="*", Tid="*")
    assert counter.patience.waits == [30]


@pytest.mark.parametrize("count", [1, 40])
def test_a_truncated_answer_is_asked_for_again_and_never_stored(counter, misbehave, count):
    counter.bank.script.append(misbehave["cut"](count))
    assert cells(counter.fetch(Region="*", Tid="*")) == dict(counter.bank.tables["prove"].cells)
    counter.bank.script.extend([misbehave["cut"](count)] * 99)
    assert "svaret er avkortet eller ødelagt. Prøvde 4 ganger" in failure(counter, Region="*", Tid="*")


def test_json_that_ends_too_early_though_all_bytes_came_is_asked_for_again(counter, misbehave):
    counter.bank.script.append(misbehave["status"](200, b'{"class": "dataset", "value": [1, 2'))
    assert len(cells(counter.fetch(Region="*", Tid="*"))) == 12
    assert counter.patience.waits == [1]


@pytest.mark.parametrize(("body", "told"), [
    (b"[1, 2]", "svaret kan ikke brukes: filen er JSON, men ikke et datasett"),
    (b'{"dataset": {}}', "Eldre JSON-stat leses ikke"),
    (b'{"class": "collection"}', "«class» «collection» og ikke «dataset»"),
    (b'{"value": [NaN]}', "fant NaN"),
])
def test_an_answer_that_is_whole_but_no_data_set_is_refused_at_once(counter, misbehave, body, told):
    counter.bank.script.append(misbehave["status"](200, body))
    assert told in failure(counter, Region="*", Tid="*")
    assert counter.patience.waits == []


def test_the_services_own_words_about_an_error_are_shown_on_one_line_without_controls(counter, misbehave):
    counter.bank.script.append(misbehave["status"](400, b'{"title": "Non-existent\\nvalue\\u001b[2J"}'))
    assert failure(counter, Region="*", Tid="*") == "tjenesten svarer 400: Non-existent value [2J"


def test_a_redirect_to_another_host_is_not_followed(counter, misbehave):
    counter.bank.script.append(misbehave["status"](307, Location="http://annensteds.example/data"))
    assert "viser videre til annensteds.example, og dit spør vi ikke" in failure(counter, Region="*", Tid="*")


def test_a_redirect_to_another_port_or_scheme_is_another_service(counter, misbehave):
    for place in ("http://127.0.0.1:9/x", counter.bank.address.replace("http", "https") + "/x"):
        counter.bank.script.append(misbehave["status"](302, Location=place))
        assert "dit spør vi ikke" in failure(counter, Region="*", Tid="*")


def test_a_redirect_within_the_service_is_followed_but_not_for_ever(counter, misbehave):
    place = counter.service.cells("prove", {"Region": ("2012",), "ContentsCode": ("Antall",), "Tid": ("2018",)})
    assert place.status == 200
    path = counter.bank.asked[-1][1]
    query = "" if counter.api == "v0" else "?lang=no&outputFormat=json-stat2&" + "&".join(
        f"valueCodes[{name}]={codes}" for name, codes in (
            ("Region", "2012"), ("ContentsCode", "Antall"), ("Tid", "2016,2017,2018")))
    counter.bank.script.append(misbehave["status"](307, Location=path + query))
    assert len(cells(counter.fetch(Region="2012", Tid="*"))) == 3
    counter.bank.script.extend([misbehave["status"](307, Location=path + query)] * 99)
    assert "viser bare videre til seg selv" in failure(counter, Region="2012", Tid="*")


def test_an_answer_without_end_is_left_at_the_bound(counter, monkeypatch):
    monkeypatch.setattr(transport, "MOST_BYTES", 2 ** 20)
    counter.bank.script.append(lambda reply: type(reply)(200, b"{", endless=True))
    assert "svaret er større enn 1 megabyte" in failure(counter, Region="*", Tid="*")


def test_an_answer_that_drips_is_left_after_five_minutes(counter):
    counter.patience.seconds_a_look = 200
    counter.bank.script.append(lambda reply: type(reply)(200, b"{", endless=True))
    assert "svaret tok mer enn 5 minutter" in failure(counter, Region="*", Tid="*")


def test_nobody_at_the_address_is_a_message(counter):
    counter.bank.server_close()
    counter.bank.shutdown()
    assert f"får ikke kontakt med 127.0.0.1:{counter.bank.server_port}. Prøvde 4 ganger" in failure(counter)
