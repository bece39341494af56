"""A message becomes an .eml file that a mail program opens as a draft, ready to be addressed and sent by hand."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Brand, Message


def write(message: Message, _brand: Brand, _templates: Path) -> bytes:
    """Return the message in the form of RFC 5322, without sender, recipient or date; equal messages, equal bytes."""
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(message.subject.split())
    mail["X-Unsent"] = "1"  # Outlook then opens the file as a draft
    mail.set_content(message.text, cte="quoted-printable")
    for attachment in message.attachments:
        main, _, sub = attachment.media_type.partition("/")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    if message.attachments:  # the library would draw the boundary by lot
        mail.set_boundary("part-" + sha256(message.text.encode()).hexdigest()[:24])
    mail["Content-Language"] = message.language
    return mail.as_bytes()
