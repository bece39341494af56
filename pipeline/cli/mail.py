"""The commands of the mail desk: what they do and what they say, as lines; `__main__` prints them.

No line holds a name or an address unless `show_addresses` asks for it; what was written for one and is none is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.problems import Problem, SourceError, nearest, quoted
from pipeline.core.text import is_mail_address, number_of, printable

if TYPE_CHECKING:
    from pipeline.mail.plan import Item
    from pipeline.mail.recipients import Recipient
    from pipeline.mail.settings import Settings
    from pipeline.workflows.mail import Outbox

Lines = tuple[list[str], int]
"""What is said, and the exit code."""

DECISIONS = ("sent", "again")
TOGETHER = ("changed", "refused")
"""Verdicts that may be decided for all at once; where nobody knows what has arrived, each message is asked for."""


def outbox(seminar: str, root: Path, output: Path, participants: Iterable[Recipient] | None = None) -> Lines:
    """Write a seminar's outbox and say what is in it; without `participants` they are those of its mailing list."""
    from pipeline.build.check import read
    from pipeline.core.lock import locked
    from pipeline.mail.outbox import mail_lock
    from pipeline.mail.settings import here
    from pipeline.workflows.mail import make_outbox
    from pipeline.workflows.mailing_list import MailingList, mailing_list
    from pipeline.workflows.people import seminar_of

    series = read(root)
    asked = seminar_of(seminar, series)
    to = MailingList(recipients=tuple(participants or ()))
    if participants is None:
        to = mailing_list(asked, series, root)
    with mail_lock(root), locked(output):
        made = make_outbox(asked, series, root, output, to.recipients, here(root))
    return _made(made, seminar, to.remarks), 1 if made.unfit or not made.drafts else 0


def _made(made: Outbox, seminar: str, remarks: Iterable[str]) -> list[str]:
    kinds = Counter(draft.kind for draft in made.drafts)
    to = " and ".join(number_of(kinds[kind], kind) for kind in ("speaker", "participant"))
    lines = [f"{number_of(len(made.drafts), 'message')} in {made.place}: to {to}; nothing was sent"]
    lines += [f"  {remark}" for remark in remarks]
    lines += [f"  no message: {to.place or to.kind}: {reason}{_no_address(to.address)}" for to, reason in made.unfit]
    lines += [f"  no message: the presentation has come back: {speaker}" for speaker in made.returned]
    lines += [f"  no message: no address in speakers.csv: {speaker}" for speaker in made.without_address]
    lines += [
        f"  no message: in speakers.csv, but speaks in no seminar (only speakers get mails): {person}"
        for person in made.silent
    ]
    if made.merged:
        found = number_of(made.merged, "person", "people")
        lines.append(f"  stood in the list twice, and one message goes there: {found}")
    if not made.attached:
        lines.append(
            "  the package is too large to be attached: the letters link to it, or say that it can be asked for"
        )
    if made.placeholder:
        lines.append("  no sender is set: write `from:` into sources/registrations/smtp.yaml before you send")
    if made.drafts:
        lines.append(f"Read them in any mail program, then type: make send SEMINAR={seminar}")
    return lines


def _no_address(text: str) -> str:
    """Return what was written for an address and is none, as it is shown; nothing of what is one."""
    return "" if not text or is_mail_address(text) else f": {printable(quoted(text))}"


def send(
    seminar: str, root: Path, output: Path, count: str, say: Callable[[str], None], *, show_addresses: bool = False
) -> Lines:
    """Send an outbox if `count` is the number of messages to be sent; without it, say what would be sent."""
    from pipeline.mail.log import opened
    from pipeline.mail.outbox import mail_lock
    from pipeline.mail.sending import Run
    from pipeline.mail.settings import here

    settings = here(root)
    place = _place(seminar, output)
    with mail_lock(root) as registrations, opened(registrations) as log:
        items = _items(place, seminar, log)
        waiting = [item.draft for item in items if item.verdict == "to send"]
        if not count:
            return _would(items, place, seminar, settings, show_addresses), 0
        if count != str(len(waiting)):
            found = number_of(len(waiting), "message is", "messages are")
            return [f"{found} to be sent, not {count}; nothing was sent."], 1
        _check_sender(settings, root)
        run = Run(place, seminar, settings, log, say)
        run.send(waiting)
        items = _items(place, seminar, log)
    lines = _open(items)
    if run.stopped:
        lines.append(run.stopped)
    lines.append(f"{run.states['sent']} sent now. In all: {_counted(items)}.")
    settled = not run.stopped and all(item.verdict == "sent" for item in items)
    return lines, 0 if settled else 1


def _items(place: Path, seminar: str, log) -> list[Item]:
    from pipeline.mail.outbox import drafts
    from pipeline.mail.plan import plan

    return plan(drafts(place), log.rows(seminar))


def _place(seminar: str, output: Path) -> Path:
    from pipeline.mail.outbox import FOLDER, INDEX

    place = output / seminar / FOLDER
    if not (place / INDEX).is_file():
        made = [path.parents[1].name for path in output.glob(f"*/{FOLDER}/{INDEX}")]
        fix = nearest(seminar, made, otherwise=f"type `make outbox SEMINAR={seminar}` first")
        raise SourceError([Problem(path=str(place), line=1, message="there is no outbox", fix=fix)])
    return place


def _check_sender(settings: Settings, root: Path) -> None:
    """Raise `SourceError` unless it is set through whom and from whom mail goes."""
    from pipeline.mail.settings import ENVIRONMENT, FILE

    found = {"host": settings.host, "from": settings.address}
    missing = {key: ENVIRONMENT + key.upper() for key, value in found.items() if not value}
    if missing and not (root / FILE).is_file():
        keys = " and ".join(f"`{key}`" for key in missing)
        fix = f"make it with {keys} in it (see the README), or set {' and '.join(missing.values())}"
        raise SourceError([Problem(path=FILE, line=1, message="there is no such file", fix=fix)])
    if missing:
        fix = "write it there, or set "
        raise SourceError(
            Problem(path=FILE, line=1, message=f"`{key}` is not set", fix=fix + name) for key, name in missing.items()
        )


def _would(items: Sequence[Item], place: Path, seminar: str, settings: Settings, show_addresses: bool) -> list[str]:
    """Return the dry run: every message that would be sent, those that would not and why, and how to send."""
    lines = []
    for item in items:
        if item.verdict == "to send":
            reply = f", refused for now before: {item.row.reply}" if item.row and item.row.state == "later" else ""
            shown = f"  {_address(place, item)}" if show_addresses else ""
            lines.append(f"to send    {item.id}  {item.kind}{shown}{reply}")
    lines += _open(items)
    count = sum(item.verdict == "to send" for item in items)
    lines.append(f"{_counted(items)}. Nothing was sent.")
    if count:
        through = f" through {settings.host}" if settings.host else ", once a server is set (see the README)"
        lines.append(f"To send {count}{through}: make send SEMINAR={seminar} SEND={count}")
    return lines


def _address(place: Path, item: Item) -> str:
    from pipeline.core.mime import head_of, read
    from pipeline.mail.outbox import content

    return read(head_of(content(place, item.draft)))["To"].addresses[0].addr_spec


def _open(items: Iterable[Item]) -> list[str]:
    """Return a line for each message that somebody has to decide on, or that will not arrive."""
    from pipeline.mail.plan import WHY

    lines = []
    for item in items:
        if item.verdict in ("changed", "uncertain", "refused"):
            reply = f" ({item.row.reply})" if item.row and item.row.reply else ""
            gone = "" if item.draft else ", no longer in the outbox"
            lines.append(f"{item.verdict:10} {item.id}  {item.kind}: {WHY[item.verdict]}{reply}{gone}")
    return lines


def _counted(items: Iterable[Item]) -> str:
    from pipeline.mail.plan import WHY

    counts = Counter(item.verdict for item in items)
    return "; ".join(f"{counts[verdict]} {why}" for verdict, why in WHY.items() if counts[verdict]) or "no messages"


def resolve(seminar: str, which: str, decision: str, root: Path, output: Path) -> Lines:
    """Write down what somebody has decided: that a message has arrived (`sent`), or is to be sent once more (`again`).

    `which` is a message's id, or `changed` or `refused` for all of these.
    """
    from pipeline.mail.log import opened
    from pipeline.mail.outbox import mail_lock

    place = _place(seminar, output)
    if decision not in DECISIONS:
        return [f"`{decision}` is no decision: write `sent` or `again`."], 2
    with mail_lock(root) as registrations, opened(registrations) as log:
        undecided = [item for item in _items(place, seminar, log) if item.verdict not in ("to send", "sent")]
        chosen = [item for item in undecided if which == item.id or (which in TOGETHER and which == item.verdict)]
        if not chosen:
            known = [item.id for item in undecided]
            many = f"{len(known)} are open: `make send SEMINAR={seminar}` lists them" if known else "nothing is open"
            return [f"nothing to decide for `{which}`; {nearest(which, known) or many}"], 1
        if decision == "again" and not all(item.draft for item in chosen):
            return [f"`{which}` is no longer in the outbox and cannot be sent again."], 1
        for item in chosen:
            log.record(item.draft or item.row, seminar, decision, "decided by hand")
    return [f"{len(chosen)} decided: {decision}. Type: make send SEMINAR={seminar}"], 0
