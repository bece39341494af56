"""One message handed over to the mail server, and what the server's answer means for the recipient."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pipeline.mail.settings import Settings

LONGEST_REPLY = 160
TOO_LARGE = 552
"""The one refusal of a sender that is about the message."""

_ADDRESS = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")
"""Anything in a server's answer that may be an address: more than what is one."""

_NOT_ASCII = re.compile(r"[^ -~]+")

Result = Literal["sent", "later", "refused", "uncertain"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of one attempt. `lost`: the connection is gone; `sender_refused`: the server would refuse all others
    too."""

    state: Result
    reply: str
    lost: bool = False
    sender_refused: bool = False


class Unreachable(Exception):
    """Why no server can be reached; no message was handed over."""


def connected(settings: Settings) -> smtplib.SMTP:
    """Return a connection that is encrypted (except to this machine) and logged in, else raise `Unreachable`."""
    try:
        return _greeted(settings)
    except smtplib.SMTPResponseException as error:
        raise Unreachable(_answer(error.smtp_code, error.smtp_error)) from None
    except OSError as error:  # every SMTPException is one
        raise Unreachable(_without_addresses(str(error)) or type(error).__name__) from None


def _greeted(settings: Settings) -> smtplib.SMTP:
    """Return the connection after greeting, encryption (without which it is an error) and login."""
    host, port, timeout = settings.host, settings.port, settings.timeout
    domain = settings.address.partition("@")[2]
    context = ssl.create_default_context(cafile=settings.ca or None) if settings.tls != "none" else None
    server: smtplib.SMTP
    if settings.tls == "implicit":
        server = smtplib.SMTP_SSL(host, port, local_hostname=domain, timeout=timeout, context=context)
    else:
        server = smtplib.SMTP(host, port, local_hostname=domain, timeout=timeout)
    try:
        server.ehlo_or_helo_if_needed()
        if settings.tls == "starttls":
            server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
        if settings.user:
            server.login(settings.user, settings.password)
    except BaseException:
        server.close()
        raise
    return server


def deliver(
    server: smtplib.SMTP, settings: Settings, address: str, content: bytes, trying: Callable[[], None]
) -> Outcome:
    """Return the result of handing over one message; `trying` is called once the server waits for its bytes.

    Before that call nothing can have arrived. After it only the server's answer tells, and without one nobody knows.
    """
    try:
        refusal = _announced(server, settings.address, address, content)
        if refusal:
            return refusal
    except smtplib.SMTPNotSupportedError:
        return Outcome(state="refused", reply="the server takes no addresses beyond ASCII (SMTPUTF8)")
    except smtplib.SMTPResponseException as error:
        return Outcome(state="later", reply=_answer(error.smtp_code, error.smtp_error, address), lost=True)
    except OSError:  # every SMTPException is one
        return Outcome(state="later", reply="the server closed the connection before it took the message", lost=True)
    trying()
    return _handed_over(server, settings, address, content)


def _announced(server: smtplib.SMTP, sender: str, address: str, content: bytes) -> Outcome | None:
    """Tell the server who writes to whom; return an outcome if it refuses, else None."""
    options = [f"size={len(content)}"] if server.has_extn("size") else []
    options += [] if address.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
    steps: tuple[tuple[Callable[[], tuple[int, bytes]], int], ...] = (
        (lambda: server.mail(sender, options), 250),
        (lambda: server.rcpt(address), 250),
        (lambda: server.docmd("DATA"), 354),
    )
    for number, (step, wanted) in enumerate(steps):
        code, reply = step()
        if code // 10 == wanted // 10:  # 251 is "will forward"
            continue
        for_good = 500 <= code < 600
        lost = code == 421 or not _reset(server)
        return Outcome(
            state="refused" if for_good else "later",
            reply=_answer(code, reply, address),
            lost=lost,
            sender_refused=number == 0 and for_good and code != TOO_LARGE and address.isascii(),
        )
    return None


def _reset(server: smtplib.SMTP) -> bool:
    """Return whether the server is ready for another message after it refused one."""
    try:
        return server.docmd("RSET")[0] == 250
    except OSError:
        return False


def _handed_over(server: smtplib.SMTP, settings: Settings, address: str, content: bytes) -> Outcome:
    """Send the bytes of a message and return what the server answers."""
    try:
        if server.sock:
            server.sock.settimeout(settings.final)
        server.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
        code, reply = server.getreply()
        if server.sock:
            server.sock.settimeout(settings.timeout)
    except OSError:
        return Outcome(state="uncertain", reply="the connection broke before the server's answer", lost=True)
    states: dict[int, Result] = {2: "sent", 4: "later", 5: "refused"}
    state = states.get(code // 100, "uncertain")
    return Outcome(state=state, reply=_answer(code, reply, address), lost=code == 421 or code < 200)


def _answer(code: int, reply: bytes | str, address: str = "") -> str:
    """Return a server's answer as the log keeps it: on one line, not too long, without anybody's address."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {_without_addresses(text, address)}".strip()


def _without_addresses(text: str, address: str = "") -> str:
    """Return a text without addresses and without the parts of this one before its @, which may be a name."""
    text = _ADDRESS.sub("[address]", text)
    local = address.partition("@")[0]
    for known in {local, *re.split(r"[._+-]", local)}:
        if len(known) > 1:
            text = re.sub(re.escape(known), "[address]", text, flags=re.IGNORECASE)
    return _NOT_ASCII.sub(" ", text)[:LONGEST_REPLY].strip()
