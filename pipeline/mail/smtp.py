"""One message handed to the mail server, and what its answer means for the recipient."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pipeline.mail.settings import Settings

LONGEST_REPLY = 160
_ADDRESS = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")
_UNPRINTABLE = re.compile(r"[^ -~]+")

TOO_LARGE = 552
"""The one refusal of a sender that speaks of the message."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one attempt. `lost`: the connection is gone; `sender_refused`: no recipient would fare better."""

    state: Literal["sent", "later", "refused", "uncertain"]
    reply: str
    lost: bool = False
    sender_refused: bool = False


class Unreachable(Exception):
    """Why there is no server to hand anything to: nothing has been handed over."""


def connected(settings: Settings) -> smtplib.SMTP:
    """Return a connection that is encrypted (except to this machine) and logged in, else raise `Unreachable`."""
    try:
        return _greeted(settings)
    except smtplib.SMTPResponseException as error:
        raise Unreachable(_words(error.smtp_code, error.smtp_error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_plain(str(error)) or type(error).__name__) from None


def _greeted(settings: Settings) -> smtplib.SMTP:
    """Return the connection after greeting, encryption (whose absence is an error) and login."""
    context = ssl.create_default_context(cafile=settings.ca or None) if settings.tls != "none" else None
    options = {"local_hostname": settings.address.partition("@")[2], "timeout": settings.timeout}
    if settings.tls == "implicit":
        server = smtplib.SMTP_SSL(settings.host, settings.port, context=context, **options)
    else:
        server = smtplib.SMTP(settings.host, settings.port, **options)
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
    """Return what came of handing over one message; `trying` is called when the server waits for it, not before.

    Until then nothing can have arrived. From then on only an answer tells, and without one nobody knows.
    """
    try:
        refusal = _announced(server, settings.address, address, content)
        if refusal:
            return refusal
    except (smtplib.SMTPServerDisconnected, OSError):
        return Outcome(state="later", reply="the server closed the connection before it took the message", lost=True)
    except smtplib.SMTPResponseException as error:
        return Outcome(state="later", reply=_words(error.smtp_code, error.smtp_error, address), lost=True)
    except smtplib.SMTPNotSupportedError:
        return Outcome(state="refused", reply="the server takes no addresses beyond ASCII (SMTPUTF8)")
    trying()
    return _handed_over(server, settings, address, content)


def _announced(server: smtplib.SMTP, sender: str, address: str, content: bytes) -> Outcome | None:
    """Tell the server who writes to whom, and return its refusal, if it refuses."""
    options = [f"size={len(content)}"] if server.has_extn("size") else []
    options += [] if address.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
    steps = (
        (lambda: server.mail(sender, options), 250),
        (lambda: server.rcpt(address), 250),
        (lambda: server.docmd("DATA"), 354),
    )
    for number, (step, wanted) in enumerate(steps):
        code, reply = step()
        if code // 10 == wanted // 10:  # 251 is "will forward"
            continue
        lost = code == 421 or not _reset(server)
        sender_refused = number == 0 and 500 <= code < 600 and code != TOO_LARGE
        state = "refused" if 500 <= code < 600 else "later"
        return Outcome(state=state, reply=_words(code, reply, address), lost=lost, sender_refused=sender_refused)
    return None


def _reset(server: smtplib.SMTP) -> bool:
    """Return whether the server is ready for another message after one that it refused."""
    try:
        return server.rset()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _handed_over(server: smtplib.SMTP, settings: Settings, address: str, content: bytes) -> Outcome:
    """Return the server's verdict on the message itself."""
    try:
        server.sock.settimeout(settings.final)
        server.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
        code, reply = server.getreply()
        if server.sock:
            server.sock.settimeout(settings.timeout)
    except (OSError, smtplib.SMTPException):
        return Outcome(state="uncertain", reply="the connection broke before the server's answer", lost=True)
    states = {2: "sent", 4: "later", 5: "refused"}
    return Outcome(
        state=states.get(code // 100, "uncertain"), reply=_words(code, reply, address), lost=code == 421 or code < 200
    )


def _words(code: int, reply: bytes | str, address: str = "") -> str:
    """Return a server's answer as the log keeps it: on one line, not too long, without anybody's address."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {_plain(text, address)}".strip()


def _plain(text: str, address: str = "") -> str:
    text = _ADDRESS.sub("[address]", text)
    local = address.partition("@")[0]
    for known in {local, *re.split(r"[._+-]", local)}:
        if len(known) > 1:
            text = re.sub(re.escape(known), "[address]", text, flags=re.IGNORECASE)
    return _UNPRINTABLE.sub(" ", text)[:LONGEST_REPLY].strip()
