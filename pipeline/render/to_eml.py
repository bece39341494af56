"""A message becomes an .eml file that a mail program opens as a draft, ready to be addressed and sent by hand."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Attachment, Brand, Message

WIDTH = 76  # letters in a line of an attachment


def write(message: Message, _brand: Brand, _templates: Path) -> bytes:
    """Return the message in the form of RFC 5322, without sender, recipient or date; equal messages, equal bytes."""
    from email.message import EmailMessage
    from email.policy import SMTP

    mail, text = EmailMessage(policy=SMTP), EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(message.subject.split())
    mail["X-Unsent"] = "1"  # Outlook then opens the file as a draft
    mail["MIME-Version"] = "1.0"
    mail["Content-Language"] = message.language
    boundary = "part-" + sha256(message.text.encode()).hexdigest()[:24]  # the library would draw it by lot
    text.set_content(message.text, cte="quoted-printable")
    del text["MIME-Version"]
    line = f"--{boundary}".encode()
    kind = f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode()
    parts = [text.as_bytes(), *map(_attached, message.attachments)]
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts)
    return mail.as_bytes().removesuffix(b"\r\n") + kind + body + line + b"--\r\n"


def _attached(attachment: Attachment) -> bytes:
    """Return an attachment as a part; the library splits its name and takes three times as long."""
    text = b64encode(attachment.content).decode()
    lines = "\r\n".join(text[i : i + WIDTH] for i in range(0, len(text), WIDTH))
    name = f'attachment;\r\n filename="{attachment.name}"'  # file names are plain ASCII in this house
    return (
        f"Content-Type: {attachment.media_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {name}\r\nMIME-Version: 1.0\r\n\r\n{lines}\r\n"
    ).encode()
