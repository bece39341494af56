"""Writes mails as bytes (RFC 5322, MIME): drafts for speakers and messages of the outbox, with equal bytes if equal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import Parser
from email.policy import SMTP, EmailPolicy
from functools import lru_cache
from hashlib import sha256
from typing import Any

from pipeline.core.documents import Attachment
from pipeline.core.text import Unusable

PART_HEADS = ("MIME-Version", "Content-Type", "Content-Language")
"""The headers with which `parts` begins, if there is more than a text."""

LONGEST_WORD, LONGEST_LINE = 60, 998
"""Characters (RFC 5322, 2.1.1). Ids and names of files stay on one line, since some programs lose the pieces."""

_HEAD = re.compile(rb"([A-Za-z-]+): ")
_LONE_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_METHOD = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


class _Policy(EmailPolicy):
    """Encodes names and subjects with `Header`: the policies of Python 3.11 lose spaces between encoded words."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == "Subject":
            return f"{name}: {_encoded(str(value), name)}\r\n".encode()
        if name in ("From", "To"):
            return f"{name}: {_mailbox(value.addresses[0], name)}\r\n".encode()
        return SMTP.clone(max_line_length=LONGEST_LINE).fold_binary(name, value)


@lru_cache(maxsize=16)  # thousands of mails have one subject; encoding it takes more than half the time of a head
def _encoded(text: str, name: str) -> str:
    """Return a text in lines of at most 76 characters, its words encoded unless they are short ASCII (RFC 2047, 2)."""
    short = all(len(word) <= LONGEST_WORD for word in text.split())
    charset = "us-ascii" if text.isascii() and short else "utf-8"
    return Header(text, charset, maxlinelen=75, header_name=name).encode(linesep="\r\n")


def _mailbox(address: Address, name: str) -> str:
    """Return name and address as the value of a header: an ASCII name is quoted, any other name is encoded."""
    shown = address.display_name
    if not shown:
        return address.addr_spec
    if not shown.isascii():
        return f"{_encoded(shown, name)}\r\n <{address.addr_spec}>"
    quoted = re.sub(r'(["\\])', r"\\\1", shown)
    return f'"{quoted}" <{address.addr_spec}>'


_POLICY = _Policy(linesep="\r\n")


def head(fields: Mapping[str, str | Address]) -> bytes:
    """Return the headers of a message, each ended by CRLF; raise `Unusable` if a value would begin another header.

    An address beyond ASCII is written in UTF-8 (RFC 6532), which not every mail server accepts.
    """
    mail = EmailMessage(policy=SMTP)
    for name, value in fields.items():
        mail[name] = value
    written = mail.as_bytes(policy=_POLICY).removesuffix(b"\r\n")
    _check_heads(written, fields)
    return written


def parts(language: str, text: str, html: str = "", attachments: Iterable[Attachment] = ()) -> bytes:
    """Return text, page and attachments with the headers of their types; they follow the headers of `head`."""
    mail = EmailMessage(policy=SMTP)
    mail.set_content(text, cte="quoted-printable")
    if html:
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    for attachment in attachments:
        kind, *parameters = attachment.media_type.split("; ")
        main, _, sub = kind.partition("/")
        given = dict(parameter.split("=", 1) for parameter in parameters)
        if kind == "text/calendar":
            given |= _calendar_parameters(attachment.content)
        mail.add_attachment(attachment.content, main, sub, filename=attachment.name, params=given)
    digest = sha256("\0".join((language, text, html)).encode()).hexdigest()
    for number, part in enumerate(mail.walk()):
        del part["MIME-Version"]
        if part.is_multipart():  # the library would choose the boundary at random
            part.set_boundary(f"part-{number}-{digest[:24]}")
    own = dict(mail.items())
    for name in own:
        del mail[name]
    for name, value in {"MIME-Version": "1.0", **own, "Content-Language": language}.items():
        mail[name] = value
    return mail.as_bytes(policy=_POLICY)


def _calendar_parameters(content: bytes) -> dict[str, str]:
    """Return charset and method of a calendar: programs use the method only if header and content have the same one."""
    method = _METHOD.search(content)
    return {"charset": "utf-8", **({"method": method[1].decode()} if method else {})}


def head_of(written: bytes) -> bytes:
    """Return the headers of a message without the empty line after them."""
    end = written.find(b"\r\n\r\n")
    return written[: end + 2] if end >= 0 else written


def read(written: bytes) -> EmailMessage:
    """Return a message, or only its headers, as mail programs read it."""
    return Parser(policy=SMTP).parsestr(written.decode())


def check_parts(written: bytes, language: str, text: str, html: str, attachments: Iterable[Attachment]) -> None:
    """Raise `Unusable` unless text, page and attachments are read back as they were given."""
    _check_heads(head_of(written), PART_HEADS)
    mail = read(written)
    pages = [part for part in mail.walk() if part.get_content_maintype() == "text" and not part.get_filename()]
    texts = [part.get_content().replace("\r\n", "\n") for part in pages]
    files = [(p.get_filename(), p.get_content_type(), p.get_payload(decode=True)) for p in mail.iter_attachments()]
    given = [(a.name, a.media_type.partition(";")[0], a.content) for a in attachments]
    as_given = (texts, files, mail["Content-Language"]) == ([text, html], given, language)
    if not as_given or _LONE_LINE_END.search(written):
        raise Unusable("a text or an attachment that mail programs would read differently")


def _check_heads(written: bytes, wanted: Iterable[str]) -> None:
    """Raise `Unusable` unless exactly the wanted headers are there, in their order.

    They are counted without the library that wrote them: it may read as one line what other programs read as two.
    """
    names = [_HEAD.match(line) for line in written.split(b"\r\n")[:-1] if not line.startswith((b" ", b"\t"))]
    if [found and found[1].decode() for found in names] != list(wanted) or _LONE_LINE_END.search(written):
        raise Unusable("text that would become a line of its own in the head of the mail")
