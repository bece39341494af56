"""Writer: a message becomes an .eml file that a mail program opens as a draft; staff add the address and send it."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.documents import Message
from pipeline.core.mime import head, parts
from pipeline.core.sources import Brand


def write(message: Message, _brand: Brand, _templates: Path) -> bytes:
    """Return the message without sender, recipient or date; equal messages give equal bytes."""
    subject = " ".join(message.subject.split())
    heads = head({"Subject": subject, "X-Unsent": "1"})  # with X-Unsent, Outlook opens the file as a draft
    return heads + parts(message.language, message.text, attachments=message.attachments)
