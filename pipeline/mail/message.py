"""The bytes of a message: the head for one recipient, and what all recipients of a letter get; each is read back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email import message_from_string
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.utils import getaddresses
from functools import cached_property
from hashlib import sha256

from pipeline.core.documents import Attachment
from pipeline.core.mime import check_parts, head, head_of, parts, read
from pipeline.core.text import Unusable, forbidden, mail_address
from pipeline.mail.recipients import Recipient

LONGEST_NAME = 100

_LIKE_AN_ADDRESS = re.compile(r'[@<>":/\\]')
_FILE_NAME = re.compile(r"[A-Za-z0-9._-]{1,150}")


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes: name and address as shown, where answers go, and the domain that message ids end with."""

    name: str
    address: str
    reply_to: str
    domain: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """What every recipient of one letter gets."""

    language: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Return the hash that stands for all of it."""
        found = [self.language, self.subject, self.text, self.html]
        found += [f"{a.name} {a.media_type} {sha256(a.content).hexdigest()}" for a in self.attachments]
        return sha256("\0".join(found).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def parts(self) -> bytes:
        """Return all that follows a recipient's heads, made and read back once for all recipients; or `Unusable`."""
        if not all(_FILE_NAME.fullmatch(attachment.name) for attachment in self.attachments):
            raise Unusable("the name of an attachment, which mail programs would read differently")
        written = parts(self.language, self.text, self.html, self.attachments)
        check_parts(written, self.language, self.text, self.html, self.attachments)
        return written


def message_head(recipient: Recipient, subject: str, digest: str, seminar: str, sender: Sender) -> bytes:
    """Return the head of the message with which a recipient gets the content that has this digest.

    It has no date, which is added when the message is sent. `Unusable` says why there is none: a name, address or
    subject that a mail program would read as something else.
    """
    name, address = shown_name(recipient.name), mail_address(recipient.address)
    for text in (address, subject):
        check_line(text)
    made_of = "\n".join((recipient.id(seminar), address, sender.address, digest))
    written = head(
        {
            "From": Address(sender.name, *sender.address.rsplit("@", 1)),
            "To": Address(name, *address.rsplit("@", 1)),
            "Reply-To": sender.reply_to,
            "Subject": subject,
            "Message-ID": f"<{sha256(made_of.encode()).hexdigest()[:32]}@{sender.domain}>",
            "List-Unsubscribe": f"<mailto:{sender.reply_to}>",
        }
    )
    shown = mailboxes(written, "From") + mailboxes(written, "To")
    if shown != [(sender.name, sender.address), (name, address)] or read(written)["Subject"] != subject:
        raise Unusable("a name or a subject that mail programs would read differently")
    return written


def shown_name(text: str) -> str:
    """Return a name as a head shows it, empty if it looks like an address or a link; raise `Unusable` for others."""
    text = unicodedata.normalize("NFC", text)
    check_line(text)
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise Unusable(f"the name is longer than {LONGEST_NAME} characters")
    return "" if _LIKE_AN_ADDRESS.search(name) else name


def check_line(text: str) -> None:
    """Raise `Unusable` if a text for a head contains what breaks lines, or what is decoded into such."""
    if forbidden(text):
        raise Unusable("a control character, line break or change of direction")
    if "=?" in text:  # an encoded word may contain a line break, which some libraries write as one (CVE-2024-6923)
        raise Unusable("the characters =?, which mail programs decode")


def mailboxes(written: bytes, name: str) -> list[tuple[str, str]]:
    """Return the names and addresses in a head of a message.

    The older parser of the library reads them: the newer one puts spaces into names that take several lines.
    """
    found = getaddresses(message_from_string(head_of(written).decode()).get_all(name, []))
    return [(str(make_header(decode_header(shown))), address) for shown, address in found]
