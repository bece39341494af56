"""A message becomes an .eml file that a mail program opens as a draft, ready to be addressed and sent by hand."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.core.documents import Attachment, Message
    from pipeline.core.sources import Brand

WIDTH = 76  # letters in a line of an attachment


def write(message: Message, _brand: Brand, _templates: Path) -> bytes:
    """Return the message in the form of RFC 5322, without sender, recipient or date; equal messages, equal bytes.

    The library writes what is not plain ASCII; its whole message objects took ten times as long.
    """
    boundary = "part-" + sha256(message.text.encode()).hexdigest()[:24]
    head = (
        f"Subject: {_subject(message.subject)}\r\n"
        "X-Unsent: 1\r\n"  # Outlook then opens the file as a draft
        "MIME-Version: 1.0\r\n"
        f"Content-Language: {message.language}\r\n"
        f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
    ).encode()
    line = f"--{boundary}".encode()
    parts = [_text(message.text), *map(_attached, message.attachments)]
    return head + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _subject(text: str) -> str:
    from email.header import Header

    text = " ".join(text.split())
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, header_name="Subject").encode(linesep="\r\n")


def _text(text: str) -> bytes:
    """Return the text as a part of printable letters."""
    from binascii import b2a_qp

    body = b2a_qp("\r\n".join(text.split("\n")).encode(), istext=True)
    head = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return head.encode() + body


def _attached(attachment: Attachment) -> bytes:
    """Return an attachment as a part; the library splits its name and takes three times as long."""
    text = b64encode(attachment.content).decode()
    lines = "\r\n".join(text[i : i + WIDTH] for i in range(0, len(text), WIDTH))
    name = f'attachment;\r\n filename="{attachment.name}"'  # file names are plain ASCII in this house
    return (
        f"Content-Type: {attachment.media_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {name}\r\nMIME-Version: 1.0\r\n\r\n{lines}\r\n"
    ).encode()
