"""The messages of an outbox are sent one after the other; each is recorded before and after, and sent at most once."""

from __future__ import annotations

import contextlib
import smtplib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from pipeline.core.mime import head_of, read
from pipeline.core.problems import ToolError
from pipeline.core.text import number_of
from pipeline.mail.log import Log
from pipeline.mail.outbox import Draft, content
from pipeline.mail.recipients import address_hash
from pipeline.mail.settings import Settings
from pipeline.mail.smtp import Outcome, Result, Unreachable, connected, deliver

ATTEMPTS = 10
"""After so many temporary refusals a message counts as refused."""

FAILURES = 5
"""After so many lost connections or refused senders in a row a run stops: the recipients are not the reason."""


def wait_before(last: float | None, now: float, rate: float) -> float:
    """Return the seconds to wait before the next message, so that no minute has more than `rate` of them."""
    return 0 if last is None else max(0, last + 60 / rate - now)


def addressed(outbox: Path, draft: Draft, settings: Settings) -> tuple[str, bytes]:
    """Return the one address that a message is to, and its bytes; `ToolError` if the index says otherwise."""
    written = content(outbox, draft)
    head = read(head_of(written))
    to, sender = head["To"].addresses, head["From"].addresses
    if len(to) != 1 or address_hash(to[0].addr_spec) != draft.address:
        raise ToolError(f"{outbox / draft.file} is to somebody else than its index says: make the outbox again.")
    if sender[0].addr_spec != settings.address:
        raise ToolError(f"{outbox / draft.file} is not from the sender that is set: make the outbox again.")
    return to[0].addr_spec, written


class Run:
    """One run over the messages to be sent; `stopped` says why it ended early, `states` counts the results."""

    def __init__(self, outbox: Path, seminar: str, settings: Settings, log: Log, say: Callable[[str], None]) -> None:
        self._outbox, self._seminar, self._settings, self._log, self._say = outbox, seminar, settings, log, say
        self._server: smtplib.SMTP | None = None
        self._last: float | None = None
        self._failures = 0
        self.stopped = ""
        self.states: Counter[str] = Counter()

    def send(self, drafts: Sequence[Draft]) -> None:
        """Send these messages; those refused for now are tried again after a pause, as often as is set."""
        waiting = list(drafts)
        try:
            for number in range(self._settings.rounds):
                if number:
                    pause = number_of(round(self._settings.pause), "second")
                    self._say(f"{len(waiting)} refused for now; trying again in {pause}.")
                    time.sleep(self._settings.pause)
                waiting = self._round(waiting)
                if not waiting or self.stopped:
                    break
            if self._server:
                with contextlib.suppress(OSError):
                    self._server.quit()
        finally:
            self._close()

    def _round(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Send each message once and return those that the server refused for now."""
        later = []
        for number, draft in enumerate(drafts, 1):
            outcome = self._message(draft)
            if outcome is None:
                break
            state = self._recorded(draft, outcome)
            self._say(f"{number} of {len(drafts)}  {draft.id}  {state}: {outcome.reply}")
            if state == "later":
                later.append(draft)
            if self._failures >= FAILURES:
                self.stopped = f"stopped after {FAILURES} failures in a row: {outcome.reply}"
                break
        return later

    def _message(self, draft: Draft) -> Outcome | None:
        """Return the outcome of one message; None if no server can be reached, and then nothing was tried."""
        address, written = addressed(self._outbox, draft, self._settings)
        try:
            self._server = self._server or connected(self._settings)
        except Unreachable as error:
            self.stopped = f"stopped: {error}"
            return None
        wait = wait_before(self._last, time.monotonic(), self._settings.rate)
        if wait:
            time.sleep(wait)
        self._last = time.monotonic()
        dated = f"Date: {format_datetime(datetime.now(UTC))}\r\n".encode() + written
        trying = lambda: self._log.record(draft, self._seminar, "trying")  # noqa: E731 (called once, by `deliver`)
        return deliver(self._server, self._settings, address, dated, trying)

    def _recorded(self, draft: Draft, outcome: Outcome) -> Result:
        """Record the outcome of a message and return its state; what may have arrived stays recorded as `trying`."""
        state, reply = outcome.state, outcome.reply
        if state == "later" and self._log.attempts(draft.id) + 1 >= ATTEMPTS:
            state, reply = "refused", f"given up after {ATTEMPTS} attempts: {reply}"
        if state != "uncertain":
            self._log.record(draft, self._seminar, state, reply)
        self.states[state] += 1
        self._failures = self._failures + 1 if outcome.lost or outcome.sender_refused else 0
        if outcome.lost:
            self._close()
        return state

    def _close(self) -> None:
        """Close the connection without QUIT: in the middle of a message it would become part of the message."""
        if self._server:
            self._server.close()
        self._server = None
