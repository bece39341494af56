"""A letter to one recipient as one message (RFC 5322, MIME), read back and compared before it is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_string
from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import HeaderParser, Parser
from email.policy import SMTP, EmailPolicy
from email.utils import getaddresses
from functools import cached_property
from hashlib import sha256

from pipeline.core.documents import Attachment
from pipeline.core.text import Unusable, mail_address
from pipeline.mail.address import check_line, shown_name
from pipeline.mail.recipients import Recipient

HEADS = ["From", "To", "Reply-To", "Subject", "Message-ID", "List-Unsubscribe"]
PARTS = ["MIME-Version", "Content-Type", "Content-Language"]
"""The heads of every message in their order, and nothing else: its own, and those that all recipients' have."""

_NAME = re.compile(rb"([A-Za-z-]+): ")
_METHOD = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
_FILE = re.compile(r"[A-Za-z0-9._-]{1,150}")


class _Policy(EmailPolicy):
    """Writes heads itself: the library breaks some names into lines that are no head, and files' names into pieces."""

    def fold_binary(self, name: str, value: object) -> bytes:
        if name in ("From", "To"):
            text = _mailbox(value.addresses[0])
        else:
            text = _encoded(str(value), name) if name == "Subject" else str(value)
        return f"{name}: {text}{self.linesep}".encode()


_POLICY = _Policy(linesep="\r\n")


def _mailbox(address: Address) -> str:
    """Return name and address as one head shows them; a name of plain letters is quoted, any other is encoded."""
    name = address.display_name
    if not name:
        return address.addr_spec
    if name.isascii():
        quoted = re.sub(r'(["\\])', r"\\\1", name)
        return f'"{quoted}" <{address.addr_spec}>'
    return f"{_encoded(name, 'From')}\r\n <{address.addr_spec}>"


def _encoded(text: str, head: str) -> str:
    """Return a text on lines of 76 signs, encoded where it is not ASCII."""
    return Header(text, "us-ascii" if text.isascii() else "utf-8", header_name=head).encode(linesep="\r\n")


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
        """What stands for all of it."""
        parts = [self.language, self.subject, self.text, self.html]
        parts += [f"{a.name} {a.media_type} {sha256(a.content).hexdigest()}" for a in self.attachments]
        return sha256("\0".join(parts).encode()).hexdigest()

    @cached_property
    def parts(self) -> bytes:
        """Text, page and attachments as they end every message, read back once; `Unusable` if they read differently."""
        mail = EmailMessage(policy=SMTP)
        mail.set_content(self.text, cte="quoted-printable")
        mail.add_alternative(self.html, subtype="html", cte="quoted-printable")
        for attachment in self.attachments:
            _attach(mail, attachment)
        for number, part in enumerate(mail.walk()):
            del part["MIME-Version"]
            if part.is_multipart():  # the library would draw the boundary by lot
                part.set_boundary(f"part-{number}-{self.digest[:24]}")
        kind = mail["Content-Type"]
        del mail["Content-Type"]
        for head, value in zip(PARTS, ("1.0", str(kind), self.language)):
            mail[head] = value
        written = mail.as_bytes(policy=_POLICY)
        _check_heads(written, PARTS)
        _check_parts(written, self)
        return written


def message(content: Content, recipient: Recipient, seminar: str, sender: Sender) -> bytes:
    """Return the message without a date, which it gets when it is sent; equal things in, equal bytes out.

    `Unusable` says why there is none: a name, address or text that would become something else in a mail's head.
    """
    name, address = shown_name(recipient.name), mail_address(recipient.address)
    check_line(address)
    check_line(content.subject)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(sender.name, addr_spec=sender.address)
    mail["To"] = Address(name, *address.split("@"))
    mail["Reply-To"] = sender.reply_to
    mail["Subject"] = content.subject
    made_of = "\n".join((recipient.id(seminar), address, sender.address, content.digest))
    mail["Message-ID"] = f"<{sha256(made_of.encode()).hexdigest()[:32]}@{sender.domain}>"
    mail["List-Unsubscribe"] = f"<mailto:{sender.reply_to}>"
    written = mail.as_bytes(policy=_POLICY).removesuffix(b"\r\n") + content.parts
    _check_heads(written, HEADS + PARTS)
    one = mailboxes(written, "To") == [(name, address)] and mailboxes(written, "From") == [
        (sender.name, sender.address)
    ]
    if not one or heads(written)["Subject"] != content.subject:
        raise Unusable("a name or subject that mail programs would read differently")
    return written


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    if not _FILE.fullmatch(attachment.name):
        raise Unusable("a file's name that mail programs read differently")
    main, _, sub = attachment.media_type.partition("/")
    more = _calendar_parameters(attachment.content) if attachment.media_type == "text/calendar" else {}
    mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name, params=more)


def _calendar_parameters(content: bytes) -> dict[str, str]:
    """Return charset and method of a calendar; programs believe it only if head and content name the same method."""
    method = _METHOD.search(content)
    return {"charset": "utf-8", **({"method": method[1].decode()} if method else {})}


def heads(written: bytes) -> EmailMessage:
    """Return the head of a message as mail programs read it."""
    return HeaderParser(policy=SMTP).parsestr(written.partition(b"\r\n\r\n")[0].decode())


def mailboxes(written: bytes, head: str) -> list[tuple[str, str]]:
    """Return the names and addresses of a head; the library's newer reader puts spaces into long names."""
    mail = message_from_string(written.partition(b"\r\n\r\n")[0].decode())
    found = getaddresses(mail.get_all(head, []))
    return [(str(make_header(decode_header(name))), address) for name, address in found]


def _check_heads(written: bytes, wanted: list[str]) -> None:
    """Raise `Unusable` unless the head holds just the heads that are wanted.

    They are counted without the library that wrote them: it may take for one line what others read as two.
    """
    head = written.partition(b"\r\n\r\n")[0]
    names = [_NAME.match(line) for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    if [found and found[1].decode() for found in names] != wanted or re.search(rb"(?<!\r)\n|\r(?!\n)", head):
        raise Unusable("text that would become a line of its own in the head of the mail")


def _check_parts(written: bytes, content: Content) -> None:
    """Raise `Unusable` unless text, page and attachments are read back as they were given."""
    mail = Parser(policy=SMTP).parsestr(written.decode())
    texts = [part.get_content().replace("\r\n", "\n") for part in mail.walk() if _is_text(part)]
    files = [(p.get_filename(), p.get_content_type(), p.get_payload(decode=True)) for p in mail.iter_attachments()]
    given = [(a.name, a.media_type, a.content) for a in content.attachments]
    if texts != [content.text, content.html] or files != given or re.search(rb"(?<!\r)\n|\r(?!\n)", written):
        raise Unusable("a text or an attachment that mail programs would read differently")


def _is_text(part: EmailMessage) -> bool:
    return part.get_content_type() in ("text/plain", "text/html") and not part.get_filename()
