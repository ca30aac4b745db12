"""Who gets messages where: what the file may say, that nothing goes astray, and that no secret stands in it or is repeated."""

import pytest

from pipelines.alerts.alert_settings import Route, alert_settings
from pipelines.alerts.channels import NotSetUp
from pipelines.alerts.webhook import Webhook, checked_address
from pipelines.command_line import main
from pipelines.failures import WrongUsage

SECRET = "T0PSECRET"


def read(home, text):
    home.root.mkdir(exist_ok=True)
    home.alert_settings.write_text(text, encoding="utf-8")
    return alert_settings(home)


def test_without_the_file_everybody_gets_files_in_bokmaal(fresh_home):
    assert alert_settings(fresh_home).route("2012") == Route("2012", "file", "nb")


@pytest.mark.parametrize(("text", "expected"), [
    ("", Route("2012")),
    ('[2012]\nchannel = "file"', Route("2012", "file", is_in_file=True)),
    ('["2012"]\nchannel = "file"\nlanguage = "nn"', Route("2012", "file", "nn", is_in_file=True)),
    ('[2012]\nchannel = "email"\naddresses = ["a@example.org", "b@example.org", "a@example.org"]',
     Route("2012", "email", "nb", ("a@example.org", "b@example.org"), is_in_file=True)),
    ('[2012]\nchannel = "teams"\nwebhook_variable = "FOLGEEVAL_WEBHOOK_ALTA"\nmessages_per_hour = 1',
     Route("2012", "teams", "nb", (), "FOLGEEVAL_WEBHOOK_ALTA", 1, is_in_file=True)),
    ('\ufeff[2012]\r\nchannel = "slack"\r\nwebhook_variable = "FOLGEEVAL_WEBHOOK_A_2"\r\n',
     Route("2012", "slack", "nb", (), "FOLGEEVAL_WEBHOOK_A_2", is_in_file=True)),
])
def test_a_recipient_has_a_channel_a_language_and_a_bound(fresh_home, text, expected):
    assert read(fresh_home, text).route("2012") == expected


def test_every_recipient_may_stand_in_the_file(fresh_home):
    names = ("2012", "0729", "0627", "evaluators", "bufdir")
    routes = read(fresh_home, "\n".join(f'[{name}]\nchannel = "file"' for name in names)).routes
    assert tuple(routes) == names and all(route.is_in_file for route in routes.values())


@pytest.mark.parametrize(("text", "told"), [
    ('[2012\n', "alerts.toml, linje 1, tegn 6: kan ikke leses som TOML. Skriv for eksempel"),
    ('[2012]\nchannel = "file"\n[2012]\nchannel = "file"', "linje 3, tegn 6: kan ikke leses som TOML"),
    ('[4601]\nchannel = "file"', "linje 1, [4601]: er ikke en mottaker. Mottakerne er 2012, 0729, 0627, evaluators, bufdir."),
    ('[R-NORD]\nchannel = "file"', "[R-NORD]: er ikke en mottaker"),
    ('bufdir = "a@example.org"', "[bufdir]: skal være en tabell"),
    ('[2012]\nlanguage = "nn"', "linje 1, [2012] channel: mangler. Skriv channel = \"email\", eller teams, slack eller file."),
    ('[2012]\n\nchannel = "sms"', "linje 3, [2012] channel: fant «sms». Skriv email, teams, slack eller file."),
    ('[2012]\nchannel = "file"\nlanguage = "se"', "linje 3, [2012] language: fant «se». Skriv nb eller nn."),
    ('[2012]\nchannel = "file"\nadresse = "x"', "linje 3, [2012] adresse: er ikke en nøkkel. Nøklene er channel, language,"),
    ('[2012]\nchannel = "email"', "[2012] addresses: skal være en liste med minst én e-postadresse"),
    ('[2012]\nchannel = "email"\naddresses = "a@example.org"', "linje 3, [2012] addresses: skal være en liste"),
    ('[2012]\nchannel = "email"\naddresses = ["alta"]', "fant «alta», som ikke er en e-postadresse"),
    ('[2012]\nchannel = "email"\naddresses = ["a@b@example.org"]', "ikke er en e-postadresse"),
    ('[2012]\nchannel = "email"\naddresses = ["Alta <a@example.org>"]', "ikke er en e-postadresse"),
    ('[2012]\nchannel = "email"\naddresses = ["a@example.org\\nBcc: x@example.org"]', "ikke er en e-postadresse"),
    ('[2012]\nchannel = "email"\naddresses = [7]', "fant «7», som ikke er en e-postadresse"),
    ('[2012]\nchannel = "file"\naddresses = ["a@example.org"]', "hører til channel = \"email\", men her er channel = \"file\""),
    ('[2012]\nchannel = "email"\naddresses = ["a@example.org"]\nwebhook_variable = "FOLGEEVAL_WEBHOOK_A"',
     "linje 4, [2012] webhook_variable: hører til teams eller slack"),
    ('[2012]\nchannel = "teams"', "[2012] webhook_variable: skal være navnet på en miljøvariabel"),
    ('[2012]\nchannel = "teams"\nwebhook_variable = "HOME"', "linje 3, [2012] webhook_variable: skal være navnet"),
    ('[2012]\nchannel = "teams"\nwebhook_variable = "FOLGEEVAL_SMTP_PASSWORD"', "skal være navnet på en miljøvariabel"),
    ('[2012]\nchannel = "file"\nmessages_per_hour = 0', "fant «0». Skriv et helt tall fra 1 til 60."),
    ('[2012]\nchannel = "file"\nmessages_per_hour = true', "fant «True». Skriv et helt tall"),
    ('[2012]\nchannel = "file"\nmessages_per_hour = "4"', "fant «4». Skriv et helt tall"),
])
def test_anything_else_is_wrong_usage_with_line_and_key_and_what_to_write(fresh_home, text, told):
    with pytest.raises(WrongUsage) as stop:
        read(fresh_home, text)
    assert told in str(stop.value) and str(stop.value).startswith("alerts.toml, ")


@pytest.mark.parametrize("text", [
    f'[2012]\nchannel = "teams"\nwebhook_variable = "https://example.org/{SECRET}"',
    f'[2012]\nchannel = "teams"\nurl = "https://example.org/{SECRET}"',
    f'[2012]\nchannel = "hooks.example.org/{SECRET}"',
    f'[2012]\nchannel = "email"\naddresses = ["https://example.org/{SECRET}"]',
    f'[2012]\nchannel = "teams"\n"https://example.org/{SECRET}" = "x"',
    f'["https://example.org/{SECRET}"]\nchannel = "teams"',
    f'[2012]\nchannel = "teams"\nwebhook_variable = "{SECRET}"',
    f'[2012]\nchannel = "teams"\n[2012.more]\nurl = ["HTTPS:/example.org/{SECRET}"]',
])
def test_the_address_of_a_webhook_in_the_file_is_refused_and_never_repeated(fresh_home, text):
    with pytest.raises(WrongUsage) as stop:
        read(fresh_home, text)
    assert SECRET not in str(stop.value) and "example.org" not in str(stop.value)
    assert "Sett den i en miljøvariabel som begynner med FOLGEEVAL_WEBHOOK_" in str(stop.value)


def test_a_file_in_another_encoding_is_wrong_usage(fresh_home):
    fresh_home.root.mkdir()
    fresh_home.alert_settings.write_bytes("# målform".encode("latin-1"))
    with pytest.raises(WrongUsage, match="alerts.toml er ikke skrevet i UTF-8"):
        alert_settings(fresh_home)


def test_the_list_of_addresses_of_before_is_told_what_replaced_it(fresh_home, capsys):
    fresh_home.root.mkdir()
    (fresh_home.root / "recipients.csv").write_text("recipient;address\n", encoding="utf-8")
    assert main(["alert", "--check", "--home", str(fresh_home.root)]) == 2
    told = capsys.readouterr().err
    assert "recipients.csv brukes ikke lenger. Skriv mottakerne i alerts.toml" in told and "[2012]\nchannel" in told


@pytest.mark.parametrize("address", [
    "https://example.org/hook", "https://example.org:8443/hook?sig=x", "http://127.0.0.1:8080/hook", "http://localhost/hook",
    "http://[::1]:9/hook"])
def test_an_encrypted_address_or_one_on_this_machine_can_be_used(address):
    assert checked_address(address, "FOLGEEVAL_WEBHOOK_A") == address
    assert address not in repr(Webhook("teams", address))


@pytest.mark.parametrize("address", [
    f"http://example.org/{SECRET}", f"ftp://example.org/{SECRET}", SECRET, f"https:///{SECRET}", f"file:///etc/{SECRET}",
    f"https://name:{SECRET}@example.org/", f"https://example.org/{SECRET}\r\nX: y", f"https://example.org/a b{SECRET}",
    f"https://example.org:port/{SECRET}", f"http://127.0.0.1.example.org/{SECRET}", f"https://exæmple.org/{SECRET}"])
def test_any_other_address_is_refused_under_the_name_of_its_variable(address):
    with pytest.raises(NotSetUp) as stop:
        checked_address(address, "FOLGEEVAL_WEBHOOK_A")
    assert str(stop.value).startswith("FOLGEEVAL_WEBHOOK_A har ") and SECRET not in str(stop.value)


def test_the_check_shows_the_way_to_each_and_what_is_lacking(fresh_home, capsys, monkeypatch):
    read(fresh_home, '[2012]\nchannel = "email"\nlanguage = "nn"\naddresses = ["alta@example.org"]\n'
         '[0729]\nchannel = "teams"\nwebhook_variable = "FOLGEEVAL_WEBHOOK_F"\nmessages_per_hour = 2\n'
         '[0627]\nchannel = "slack"\nwebhook_variable = "FOLGEEVAL_WEBHOOK_R"\n')
    monkeypatch.setenv("FOLGEEVAL_WEBHOOK_F", f"https://example.org/{SECRET}")
    assert main(["alert", "--check", "--home", str(fresh_home.root)]) == 2
    out = capsys.readouterr().out
    assert out == (
        "Alta: e-post til alta@example.org, nynorsk, høyst 4 i timen\n"
        "  MANGLER: FOLGEEVAL_SMTP_HOST er ikke satt; uten den sendes ingen e-post\n"
        "Færder: Teams (FOLGEEVAL_WEBHOOK_F), bokmål, høyst 2 i timen\n"
        "Røyken: Slack (FOLGEEVAL_WEBHOOK_R), bokmål, høyst 4 i timen\n"
        "  MANGLER: miljøvariabelen FOLGEEVAL_WEBHOOK_R er ikke satt; den skal ha adressen til webhooken\n"
        "Bufdir: får ingen meldinger (ikke i alerts.toml)\n"
        "evaluatorene: fil i outbox/, bokmål, høyst 4 i timen\n"
        "Ingen meldinger: hjemmet har ikke noe varehus ennå.\n")
    read(fresh_home, "")
    assert main(["alert", "--check", "--home", str(fresh_home.root)]) == 0
