"""A draft is read back as it was given, whatever its subject, its text and the names of its files."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from pathlib import Path

import pytest

from pipeline.core.documents import Attachment, Message
from pipeline.render.to_eml import write

DECK = Attachment(name="africa-fr_deck.pptx", media_type="application/vnd.ms-powerpoint", content=bytes(range(256)) * 9)
SUBJECTS = [
    "Your presentation",
    "Cybercriminalité et justice pénale – " * 6,
    "دعوة إلى الندوة: الأدلة الإلكترونية عبر الحدود، " * 4,
    *(f"{'y' * i} دعوة إلى الندوة: الأدلة الإلكترونية عبر الحدود، دعوة إلى الندوة" for i in range(12)),
    "x" * 150,
    "word " * 60,
    "é" * 200,
    "a=_b ?c (é), ; <d@example.org>",
    "=?utf-8?q?Bcc: x?=",
]


def written(subject: str = "One", text: str = "Good morning.\n", *attachments: Attachment) -> bytes:
    message = Message(language="fr", subject=subject, text=text, attachments=attachments)
    return write(message, None, Path())


def read(content: bytes):
    return message_from_bytes(content, policy=SMTP)


@pytest.mark.parametrize("subject", SUBJECTS[:-1], ids=ascii)
def test_a_subject_of_any_length_and_script_is_read_back_by_old_and_new_programs(subject):
    content, wanted = written(subject), " ".join(subject.split())
    assert read(content)["Subject"] == wanted
    folded = str(message_from_bytes(content)["Subject"])
    assert str(make_header(decode_header(re.sub(r"\r?\n", "", folded)))).strip() == wanted
    head = content.partition(b"\r\n\r\n")[0]
    assert all(len(word) <= 75 for word in re.findall(rb"=\?[^ ]*\?=", head))  # RFC 2047, 2


def test_no_subject_adds_a_head():
    wanted = read(written()).keys()
    for subject in ("One\r\nBcc: x@example.net", "One\nBcc: x@example.net", *SUBJECTS):
        found = read(written(subject))
        assert found.keys() == wanted and found["Bcc"] is None


def test_a_draft_has_no_sender_recipient_or_date_and_opens_unsent():
    assert read(written("One", "Text\n", DECK)).keys() == [
        "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Language",
    ]  # fmt: skip
    assert read(written())["X-Unsent"] == "1"


@pytest.mark.parametrize(
    "name", ["deck.pptx", "a" * 140 + ".pptx", "présentation finale.pptx", "عرض الندوة.pptx", 'a"b;c.pptx']
)
def test_text_and_attachments_are_read_back_with_their_names(name):
    text = "Bcc: x@example.net\n\n.\nFrom here\n" + "é" * 2000 + "\nעברית\n"
    deck = Attachment(name=name, media_type="application/vnd.ms-powerpoint", content=DECK.content)
    content = written("One", text, deck)
    found = read(content)
    assert found.get_body(("plain",)).get_content().replace("\r\n", "\n") == text
    (part,) = found.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == (name, deck.media_type)
    assert part.get_payload(decode=True) == deck.content
    assert found["Content-Language"] == "fr" and not re.search(rb"(?<!\r)\n", content)
    if name.isascii():
        assert b"filename*" not in content  # some programs cannot put a name together


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL"])
@pytest.mark.parametrize("media_type", ["text/calendar", "text/calendar; charset=utf-8"])
def test_a_calendar_is_attached_with_the_method_that_it_names(method, media_type):
    content = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n".encode()
    (part,) = read(
        written("One", "Text\n", Attachment(name="a.ics", media_type=media_type, content=content))
    ).iter_attachments()
    assert part["Content-Type"].params == {"method": method, "charset": "utf-8"}
    assert part.get_payload(decode=True) == content


def test_equal_messages_have_equal_bytes_and_other_texts_another_boundary():
    assert written("One", "Text\n", DECK) == written("One", "Text\n", DECK)
    boundaries = {read(written("One", text, DECK)).get_boundary() for text in ("Text\n", "Other\n")}
    assert len(boundaries) == 2
