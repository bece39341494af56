"""What the tests of the mail desk stand on: a small outbox, a server for it, and the miniature series already built."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipeline.cli.mail import resolve, send
from pipeline.core.documents import Attachment
from pipeline.mail import outbox
from pipeline.mail.log import opened
from pipeline.mail.message import Content, Sender
from pipeline.mail.outbox import drafts, mail_lock
from pipeline.mail.plan import Item, plan
from pipeline.mail.recipients import Recipient
from pipeline.workflows.mail import write_messages
from tests.conftest import said
from tests.mail.server import Mailbox, Server

SENDER = Sender(name="Office", address="office@example.org", reply_to="office@example.org", domain="example.org")


def people(*addresses: str) -> list[Recipient]:
    """Return participants named after their addresses."""
    return [Recipient(kind="participant", name=a.partition("@")[0].title(), address=a) for a in addresses]


class Desk:
    """A project with one outbox of short messages, for the seminar `talk`."""

    def __init__(self, root: Path) -> None:
        self.root, self.output = root, root / "output"
        self.place = self.output / "talk" / outbox.FOLDER

    def write(self, to: list[Recipient], text: str = "Good morning.\n.\n..\n") -> None:
        """Make the outbox hold one message with `text` for each recipient."""
        calendar = Attachment(name="talk.ics", media_type="text/calendar", content=b"BEGIN:VCALENDAR\r\n")
        page = "<!DOCTYPE html>\n<html><body><p>Good morning.</p></body></html>\n"
        content = Content(language="en-GB", subject="A talk", text=text, html=page, attachments=(calendar,))
        with mail_lock(self.root):
            write_messages([(one, content) for one in to], self.place, "talk", SENDER, self.root)

    def items(self) -> list[Item]:
        """Return every message with what is to be done with it."""
        with mail_lock(self.root) as place, opened(place) as log:
            return plan(drafts(self.place), log.rows("talk"))

    def verdicts(self) -> list[str]:
        """Return the verdicts in the outbox's order."""
        return [item.verdict for item in self.items()]

    def waiting(self) -> str:
        """Return the number of messages to be sent, as it is typed."""
        return str(self.verdicts().count("to send"))

    def send(self, count: str | None = None) -> tuple[str, int]:
        """Send all that is to be sent, or so many; return all that was said, and the exit code."""
        lines, code = said(send, "talk", int(count or self.waiting()), root=self.root, output=self.output)
        return "\n".join(lines), code

    def planned(self, *, show_addresses: bool = False) -> tuple[list[str], int]:
        """Return what is said that would be sent, and the exit code."""
        return said(send, "talk", show_addresses=show_addresses, root=self.root, output=self.output)

    def resolve(self, which: str, decision: str) -> tuple[list[str], int]:
        """Decide on messages; return what is said, and the exit code."""
        return said(resolve, "talk", which, decision, self.root, self.output)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox, monkeypatch) -> Server:
    """A server that is running and set as the one to send through."""
    running = Server(mailbox)
    running.start()
    for name in [name for name in os.environ if name.startswith("SEMINAR_SMTP_")]:
        monkeypatch.delenv(name)
    for name, value in running.environment().items():
        monkeypatch.setenv(name, value)
    yield running
    running.stop()


@pytest.fixture
def project(built_miniature: Path, tmp_path: Path) -> Path:
    """The miniature series with its packages built, in a folder that a test may change."""
    root = tmp_path / "project"
    shutil.copytree(built_miniature.parent, root)
    (root / "sources/registrations").mkdir(mode=0o700)
    return root
