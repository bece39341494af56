"""Write the outbox of a seminar: one message per person, with the package or the deck that was built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from pipeline.build.check import read
from pipeline.build.parallel import Files, folder, in_order
from pipeline.compose import seminar_view
from pipeline.core.csv_file import as_csv
from pipeline.core.text import Unusable, mail_address
from pipeline.mail import outbox
from pipeline.mail.message import Content, Sender, message_head
from pipeline.mail.recipients import Recipient, address_hash, once
from pipeline.mail.settings import here
from pipeline.workflows.attendance import seminar_named
from pipeline.workflows.letters import PLACEHOLDER, built_package, details_of, sender_of, to_participants, to_speakers
from pipeline.workflows.mailing_list import mailing_list

TOGETHER = 200
"""The number of messages whose heads one task makes, in about half a second."""

Unfit = list[tuple[Recipient, str]]
"""Recipients who get no message, with the reasons."""


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """The messages of an outbox, and the people who get none.

    `silent` are people of `speakers.csv` who speak in no seminar, `returned` are speakers who have returned their
    presentation, `merged` counts people who were listed twice.
    """

    place: Path
    remarks: tuple[str, ...]
    drafts: list[outbox.Draft]
    unfit: Unfit
    without_address: list[str]
    silent: list[str]
    returned: list[str]
    merged: int
    attached: bool
    placeholder: bool


@dataclass(frozen=True, kw_only=True)
class Heads:
    """The argument of the task `make_heads`: recipients with the subject and the digest of what each of them gets."""

    seminar: str
    sender: Sender
    letters: Sequence[tuple[Recipient, str, str]]


def write_outbox(id: str, root: Path, output: Path, scheduler: str = "") -> Outbox:
    """Write the outbox of a seminar, to its speakers and to the participants of its mailing list; return it."""
    series = read(root, templates=())
    seminar = seminar_named(id, series)
    to = mailing_list(seminar, series, root)
    people = list(once(to.recipients, id))
    with outbox.mail_lock(root):
        settings, view, package = here(root), seminar_view(seminar, None, series, root), built_package(seminar, output)
        details, sender = details_of(view, package, settings), sender_of(view, settings)
        speakers = to_speakers(view, root, package, details)
        letters = list(speakers.letters)
        if people:
            to_all = to_participants(view, package, details)
            letters += [(person, to_all) for person in people]
        place = output / id / outbox.FOLDER
        drafts, unfit = write_messages(letters, place, id, sender, root, scheduler)
    return Outbox(
        place=place,
        remarks=to.remarks,
        drafts=drafts,
        unfit=unfit,
        without_address=speakers.without_address,
        silent=speakers.silent,
        returned=speakers.returned,
        merged=len(to.recipients) - len(people),
        attached=bool(details.attached),
        placeholder=sender.address.endswith(PLACEHOLDER),
    )


def write_messages(
    letters: Sequence[tuple[Recipient, Content]],
    place: Path,
    seminar: str,
    sender: Sender,
    root: Path,
    scheduler: str = "",
) -> tuple[list[outbox.Draft], Unfit]:
    """Replace the outbox at `place` by one message for each letter; return the messages, and who gets none and why.

    Tasks make the heads. What follows a head is the same for all recipients of a letter: it stays in this process.
    """
    drafts: list[outbox.Draft] = []
    unfit: Unfit = []
    wanted = [(recipient, content.subject, content.digest) for recipient, content in letters]
    chunks = [
        Heads(seminar=seminar, sender=sender, letters=wanted[i : i + TOGETHER]) for i in range(0, len(wanted), TOGETHER)
    ]

    def files() -> Iterator[tuple[str, bytes]]:
        """Yield the messages, the index, and the table with the people who get no message and the reason."""
        rows = []
        heads = chain.from_iterable(in_order(make_heads, chunks, root, scheduler, ("pipeline.mail.message",)))
        for number, ((recipient, content), head) in enumerate(zip(letters, heads, strict=True), 1):
            id, name, size = recipient.id(seminar), "", 0
            written, reason = _joined(head, content)
            if reason:
                unfit.append((recipient, reason))
            else:
                name, size = f"{number:04}-{id}.eml", len(written)
                drafts.append(
                    outbox.Draft(
                        id=id,
                        kind=recipient.kind,
                        file=name,
                        address=address_hash(mail_address(recipient.address)),
                        namesake=recipient.namesake(seminar),
                        digest=sha256(written).hexdigest(),
                    )
                )
                yield name, written
            person = (recipient.kind, recipient.name, recipient.address)
            rows.append((number, id, name, *person, content.subject, size, reason))
        yield outbox.INDEX, outbox.index(drafts)
        yield outbox.TABLE, as_csv(outbox.COLUMNS, rows)

    outbox.publish(place, files())
    return drafts, unfit


def make_heads(heads: Heads, files: Files) -> list[bytes | str]:
    """Return the head of each message, or the reason why there is none."""
    folder(files)  # raises an error on a worker with another version of the program

    def made(recipient: Recipient, subject: str, digest: str) -> bytes | str:
        try:
            return message_head(recipient, subject, digest, heads.seminar, heads.sender)
        except Unusable as error:
            return str(error)

    return [made(*letter) for letter in heads.letters]


def _joined(head: bytes | str, content: Content) -> tuple[bytes, str]:
    """Return a message, or the reason why there is none."""
    if isinstance(head, str):
        return b"", head
    try:
        return head + content.parts, ""
    except Unusable as error:
        return b"", str(error)
