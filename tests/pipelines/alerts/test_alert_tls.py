"""Mail over a real TLS handshake with a server on this machine: its certificate is vouched for, or nothing is said to it."""

import datetime as dt
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipelines.alerts.channels import NotAccepted
from pipelines.alerts.digest import Digest
from pipelines.alerts.message import Message
from pipelines.alerts.news import Recipient
from pipelines.alerts.smtp import Smtp
from pipelines.alerts.webhook import Webhook
from pipelines.failures import WrongUsage
from pipelines.settings import SmtpSettings, smtp
from warehouse.home import Home

MESSAGE = Message("0" * 32, Recipient("2012", "Alta"), "2019-T1", Digest("nb", "Emne"), dt.datetime(2019, 10, 1))
PASSWORD = "hemmelig"


@dataclass(frozen=True)
class Certificate:
    """A certificate that vouches for itself, and the server's context that shows it."""

    path: Path
    context: ssl.SSLContext


def make_certificate(folder: Path, name: str) -> Certificate:
    """A certificate for `name`, an address or a host."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "prøve")])
    is_address = name.replace(".", "").isdigit()
    known_as = x509.IPAddress(ipaddress.ip_address(name)) if is_address else x509.DNSName(name)
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([known_as]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256()))
    path, secret = folder / f"{name}.pem", folder / f"{name}.key"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                         serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, secret)
    return Certificate(path, context)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"), "127.0.0.1")


@pytest.fixture(scope="module")
def of_another_host(tmp_path_factory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"), "post.example.org")


@pytest.fixture
def deliver(mail_server, certificate):
    """Sends one message to the server, which encrypts with its certificate."""
    mail_server.tls = certificate.context

    def send(tls, ca_file=str(certificate.path), user=""):
        mail_server.is_implicit = tls == "tls"
        settings = SmtpSettings("127.0.0.1", mail_server.port, "evaluator@example.org", tls, user, PASSWORD, ca_file)
        return Smtp(settings, ("alta@example.org",), Home(Path("nowhere")), timeout_seconds=5.0).deliver(MESSAGE)

    return send


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize("user", ["", "evaluator"])
def test_password_and_message_cross_an_encrypted_line_only(deliver, mail_server, tls, user):
    deliver(tls, user=user)
    assert len(mail_server.accepted) == 1
    said = {line.split(" ")[0].lower() for line in mail_server.heard}
    assert {"tls:mail", "tls:rcpt", "tls:data"} <= said and ("tls:auth" in said) is bool(user)
    in_the_clear = [line for line in mail_server.heard if not line.startswith("tls:")]
    assert [line.split(" ")[0].lower() for line in in_the_clear] == (["ehlo", "starttls"] if tls == "starttls" else [])


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_nobody_vouches_for_hears_neither_password_nor_message(deliver, mail_server, tls):
    with pytest.raises(NotAccepted, match="sertifikatet til 127.0.0.1:.* ble ikke godtatt .*FOLGEEVAL_SMTP_CA"):
        deliver(tls, ca_file="", user="evaluator")
    assert mail_server.accepted == [] and not any("AUTH" in line or "MAIL" in line for line in mail_server.heard)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_certificate_of_another_host_is_refused_though_it_is_vouched_for(deliver, mail_server, of_another_host, tls):
    mail_server.tls = of_another_host.context
    with pytest.raises(NotAccepted, match="ble ikke godtatt"):
        deliver(tls, ca_file=str(of_another_host.path), user="evaluator")
    assert mail_server.accepted == [] and not any("AUTH" in line for line in mail_server.heard)


def test_a_login_that_is_refused_tells_the_code_and_nothing_the_server_repeats(deliver, mail_server):
    mail_server.behaviour = "refuse_login"
    with pytest.raises(NotAccepted) as stop:
        deliver("starttls", user="evaluator")
    assert "godtok ikke innloggingen (svarte 535)" in str(stop.value) and PASSWORD not in str(stop.value)
    assert stop.value.__cause__ is None and stop.value.__suppress_context__ and mail_server.accepted == []


def test_the_authority_is_a_setting_that_has_to_be_a_file_of_certificates(monkeypatch, certificate, tmp_path):
    monkeypatch.setenv("FOLGEEVAL_SMTP_HOST", "post.example.org")
    monkeypatch.setenv("FOLGEEVAL_SMTP_FROM", "evaluator@example.org")
    monkeypatch.setenv("FOLGEEVAL_SMTP_CA", str(certificate.path))
    assert smtp().ca_file == str(certificate.path)
    (tmp_path / "empty.pem").write_text("ingen sertifikater", encoding="utf-8")
    for wrong in (tmp_path / "missing.pem", tmp_path / "empty.pem"):
        monkeypatch.setenv("FOLGEEVAL_SMTP_CA", str(wrong))
        with pytest.raises(WrongUsage, match=f"FOLGEEVAL_SMTP_CA: «.*{wrong.name}» er ikke en lesbar fil med sertifikater"):
            smtp()


def test_a_room_whose_server_nobody_vouches_for_gets_nothing_and_one_that_is_vouched_for_gets_the_message(room, certificate):
    room.socket = certificate.context.wrap_socket(room.socket, server_side=True)
    address = room.address.replace("http:", "https:")
    with pytest.raises(NotAccepted, match="sertifikatet til Slack ble ikke godtatt"):
        Webhook("slack", address, 5.0).deliver(MESSAGE)
    assert room.posted == []
    Webhook("slack", address, 5.0, ssl.create_default_context(cafile=certificate.path)).deliver(MESSAGE)
    assert len(room.posted) == 1
