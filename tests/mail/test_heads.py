"""The head of a mail: hostile names, addresses and subjects never become a line, a word or a recipient of their own."""

from __future__ import annotations

import pytest

from pipeline.core.mime import head_of, read
from pipeline.core.text import Unusable, mail_address
from pipeline.mail.message import Content, Sender, mailboxes, message_head, shown_name
from pipeline.mail.recipients import Recipient

SENDER = Sender(name="Büro, Ost", address="office@example.org", reply_to="office@example.org", domain="example.org")
NAMES = [
    "=?UTF-8?Q?=0A?=Bcc: x@example.net é",  # what 3.11.7 writes as a line of its own (CVE-2024-6923)
    "=?utf-8?b?DQpCY2M6IHhAZXhhbXBsZS5uZXQ=?= é",
    "Ana\r\nBcc: x@example.net",
    "Ana\nBcc: x@example.net",
    "Ana\rBcc: x@example.net",
    "Ana\x00",
    "Ana\x0b",
    "Ana\x85Bcc: x@example.net",
    "Ana\u2028Bcc: x@example.net",
    "Ana \u202eanA",
    "\ud800Ana",
    "A" * 101,
]
ADDRESSES = [
    "",
    "ana",
    "@example.org",
    "ana@",
    "ana@example",
    "ana@127.0.0.1",
    "ana@[127.0.0.1]",
    "ana@example..org",
    "ana@-example.org",
    ".ana@example.org",
    "ana..b@example.org",
    "a@example.org, b@example.org",
    "a@example.org b@example.org",
    "a@example.org;b@example.org",
    "a@b@example.org",
    "Ana <ana@example.org>",
    "<ana@example.org>",
    '"ana b"@example.org',
    "ana(x)@example.org",
    "ana@example.org\r\nBcc: x@example.net",
    "ana@example.org\x00",
    "=?utf-8?q?a?=@example.org",
    "ana\u200b@example.org",
    "ana@exam\u2024ple.org\u2028",
    "a" * 65 + "@example.org",
    "ana@" + "a." * 130 + "org",
]
GOOD = [
    ("Ana María Ñandú-O’Neill", "ana@example.org"),
    ("Doe, John", "j.doe+talk@example.org"),
    ('Jean "Jo" (Ministry; Justice) [x]', "jean@example.org"),
    ("دعاء علي، مستشارة", "doaa@example.org"),
    ("Long " * 18 + "Ünal, Ä", "unal@example.org"),
    ("Élise, Directrice; " * 5, "elise@example.org"),
    ("用户", "用户@example.org"),
    ("", "ana@müller.example"),
    ("a\\b", "o'neill@example.org"),
]


def heads(mail: bytes):
    """Return the head of a message as mail programs read it."""
    return read(head_of(mail))


def content(subject: str = "A talk", text: str = "Good morning.\n") -> Content:
    return Content(language="en-GB", subject=subject, text=text, html="<!DOCTYPE html>\n<p>Good morning.</p>\n")


def written(name: str, address: str, **more: str) -> bytes:
    to = Recipient(kind="participant", name=name, address=address)
    letter = content(**more)
    return message_head(to, letter.subject, letter.digest, "talk", SENDER) + letter.parts


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_name_gets_no_message(name):
    with pytest.raises(Unusable) as why:
        written(name, "ana@example.org")
    assert "example.net" not in str(why.value)


@pytest.mark.parametrize("address", ADDRESSES, ids=ascii)
def test_what_is_not_one_plain_address_gets_no_message(address):
    with pytest.raises(Unusable) as why:
        written("Ana", address)
    assert not address or address not in str(why.value)


@pytest.mark.parametrize("subject", NAMES[:-1], ids=ascii)
def test_a_hostile_subject_gets_no_message(subject):
    with pytest.raises(Unusable):
        written("Ana", "ana@example.org", subject=subject)


@pytest.mark.parametrize(("name", "address"), GOOD)
def test_an_unusual_name_or_address_is_read_back_as_it_was_given(name, address):
    mail = heads(written(name, address))
    assert mailboxes(written(name, address), "To") == [(shown_name(name), mail_address(address))]
    assert [to.addr_spec for to in mail["To"].addresses] == [mail_address(address)]
    assert mail["Cc"] is None and mail["Bcc"] is None


@pytest.mark.parametrize("name", ["ana@example.net", "https://example.net", "Ana <x>", "www\\x"])
def test_a_name_that_looks_like_an_address_or_a_link_is_not_shown(name):
    assert heads(written(name, "ana@example.org"))["To"].addresses[0].display_name == ""


def test_a_line_of_text_never_becomes_a_head_or_the_end_of_the_message():
    text = "Bcc: x@example.net\n\n.\nFrom here\n--part-0\n" + "é" * 2000 + "\n"
    mail = written("Ana", "ana@example.org", text=text)
    assert heads(mail).keys() == heads(written("Ana", "ana@example.org")).keys()
    assert max(map(len, mail.split(b"\r\n"))) <= 200


def test_the_heads_are_these_and_no_others():
    mail = heads(written("Ana", "ana@example.org"))
    wanted = "From To Reply-To Subject Message-ID List-Unsubscribe MIME-Version Content-Type Content-Language"
    assert mail.keys() == wanted.split()
    assert mail["From"].addresses[0].display_name == "Büro, Ost"


def test_a_message_id_stands_for_the_recipient_and_the_text():
    ids = {
        heads(written("Ana", "ana@example.org"))["Message-ID"],
        heads(written("Ana", "ana@example.net"))["Message-ID"],
        heads(written("Ana", "ana@example.org", text="Good evening.\n"))["Message-ID"],
    }
    assert len(ids) == 3
    assert written("Ana", "ana@example.org") == written("Ana", "ana@example.org")
