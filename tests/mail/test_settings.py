"""The mail server's settings: from the environment or a file of one's own, and TLS for all that leaves the machine."""

from __future__ import annotations

import subprocess

import pytest
from aiosmtpd.smtp import AuthResult

from pipeline.core.problems import SourceError
from pipeline.mail.settings import FILE, settings
from tests.conftest import tool
from tests.mail.conftest import people
from tests.mail.server import Fault, Server


def write(root, text: str, mode: int = 0o600):
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return root


def test_the_environment_stands_above_the_file(tmp_path):
    write(tmp_path, "host: mail.example.org\nuser: office\npassword: NO\nfrom: Office <office@example.org>\n")
    found = settings(tmp_path, {"SEMINAR_SMTP_HOST": "other.example.org"})
    assert (found.host, found.user, found.password) == ("other.example.org", "office", "NO")
    assert (found.name, found.address, found.port, found.tls) == ("Office", "office@example.org", 587, "starttls")
    assert "NO" not in repr(found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hots: x\n", "no setting `hots`; did you mean `host`?"),
        ("tls: none\nhost: mail.example.org\n", "mail may leave this machine only through TLS"),
        ("tls: none\nhost: 127.0.0.1.example.org\n", "mail may leave this machine only through TLS"),
        ("tls: ssl\n", "`tls`: must be starttls, implicit or none"),
        ("port: many\n", "`port`: must be a number above 0"),
        ("rate: 0\n", "`rate`: must be a number above 0"),
        ("from: a@example.org, b@example.org\n", "`from`: more than one plain mail address"),
        ("packages: javascript:alert(1)\n", "`packages`: must be a web address"),
        ("password: pässword\n", "`password`: may hold only ASCII characters"),
        ("- a\n", "is not a list of `key: text` lines"),
        ("password: [secret]\n", "is not a list of `key: text` lines"),
        ("password: 'secret\n", "is not a list of `key: text` lines"),
    ],
)
def test_a_wrong_setting_is_named_and_a_password_never_shown(tmp_path, text, message):
    with pytest.raises(SourceError) as error:
        settings(write(tmp_path, text), {})
    assert message in str(error.value)
    assert "secret" not in str(error.value) and "pässword" not in str(error.value)


def test_a_file_that_others_can_read_is_refused(tmp_path):
    with pytest.raises(SourceError) as error:
        settings(write(tmp_path, "host: mail.example.org\n", mode=0o644), {})
    assert f"chmod 600 {FILE}" in str(error.value)


def test_without_a_server_or_a_sender_nothing_is_sent(desk):
    desk.write(people("ana@example.org"))
    with pytest.raises(SourceError) as error:
        desk.send()
    said = f"{FILE}:1: there is no such file; make it with `host` and `from` in it (see the README)"
    assert str(error.value).startswith(f"{said}, or set SEMINAR_SMTP_HOST and SEMINAR_SMTP_FROM")
    write(desk.root, "port: 587\n")
    with pytest.raises(SourceError) as error:
        desk.send()
    assert str(error.value).splitlines() == [
        f"{FILE}:1: `{key}` is not set; write it there, or set SEMINAR_SMTP_{key.upper()}" for key in ("from", "host")
    ]


def test_another_sender_than_the_one_that_staff_have_read_sends_nothing(desk, server, mailbox, monkeypatch):
    from pipeline.core.problems import ToolError

    desk.write(people("ana@example.org"))
    monkeypatch.setenv("SEMINAR_SMTP_FROM", "somebody@example.org")
    with pytest.raises(ToolError, match="is not from the sender that is set"):
        desk.send()
    assert mailbox.received == []


@pytest.fixture
def certificate(tmp_path):
    """The paths of a certificate for this machine and its key."""
    paths = [str(tmp_path / name) for name in ("certificate.pem", "key.pem")]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command = [tool("openssl", "mail through TLS"), "req", "-x509", *key, *names, "-out", paths[0], "-keyout", paths[1]]
    subprocess.run(command, check=True, capture_output=True)
    return paths


def _encrypted(mailbox, certificate) -> Server:
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)

    def login(server, session, envelope, mechanism, given):
        mailbox.logins.append(f"{given.login.decode()}:{given.password.decode()}")
        return AuthResult(success=given.password == b"open sesame", handled=False)

    return Server(mailbox, tls_context=context, require_starttls=True, authenticator=login, auth_required=True)


def _set(monkeypatch, server, **more: str) -> None:
    for name, value in server.environment(tls="starttls", user="office", **more).items():
        monkeypatch.setenv(name, value)


def test_mail_goes_through_tls_and_a_login(desk, mailbox, monkeypatch, certificate):
    desk.write(people("ana@example.org"))
    server = _encrypted(mailbox, certificate)
    server.start()
    try:
        _set(monkeypatch, server, password="open sesame", ca=certificate[0])
        assert desk.send()[1] == 0
    finally:
        server.stop()
    assert mailbox.logins == ["office:open sesame"] and mailbox.count() == {"ana@example.org": 1}


def test_an_unknown_certificate_or_a_wrong_password_sends_nothing_and_shows_no_password(
    desk, mailbox, monkeypatch, certificate
):
    desk.write(people("ana@example.org"))
    server = _encrypted(mailbox, certificate)
    server.start()
    try:
        _set(monkeypatch, server, password="open sesame")
        unknown, code = desk.send()
        assert "CERTIFICATE_VERIFY_FAILED" in unknown and code == 1 and mailbox.logins == []
        _set(monkeypatch, server, password="close sesame", ca=certificate[0])
        wrong, code = desk.send()
        assert "535" in wrong and code == 1
    finally:
        server.stop()
    assert "sesame" not in unknown + wrong
    assert mailbox.received == [] and desk.verdicts() == ["to send"]


def test_a_server_without_tls_gets_neither_password_nor_mail(desk, server, mailbox, monkeypatch):
    desk.write(people("ana@example.org"))
    _set(monkeypatch, server, password="open sesame")
    said, code = desk.send()
    assert "STARTTLS extension not supported" in said and code == 1
    assert mailbox.logins == [] and mailbox.received == []


def test_an_address_beyond_ascii_is_refused_once_with_the_reason_where_the_server_does_not_take_it(
    desk, mailbox, monkeypatch
):
    server = Server(mailbox, enable_SMTPUTF8=False)
    server.start()
    try:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        desk.write(people("ana@example.org", "josé@example.org", "bo@example.org"))
        said, code = desk.send()
        assert "refused: the server takes no addresses beyond ASCII (SMTPUTF8)" in said and code == 1
        assert desk.verdicts() == ["sent", "refused", "sent"]
        assert desk.send("0")[1] == 1
    finally:
        server.stop()
    assert mailbox.count() == {"ana@example.org": 1, "bo@example.org": 1}


def test_a_server_that_refuses_such_addresses_with_an_answer_is_not_taken_to_refuse_the_sender(desk, server, mailbox):
    addresses = [f"josé{i}@example.org" for i in range(6)]
    desk.write(people(*addresses, "bo@example.org"))
    mailbox.faults = {"office@example.org": [Fault(stage="MAIL", reply="550 5.6.7 no SMTPUTF8") for _ in addresses]}
    said, code = desk.send()
    assert "stopped" not in said and code == 1
    assert desk.verdicts() == ["refused"] * 6 + ["sent"]


def test_an_address_beyond_ascii_is_sent_where_the_server_takes_it(desk, server, mailbox):
    desk.write(people("用户@example.org"))
    assert desk.send()[1] == 0
    assert mailbox.count() == {"用户@example.org": 1}
