"""Send the outbox of a seminar, each message at most once, and record decisions on messages with an unknown result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.core import mime
from pipeline.core.problems import Problem, SourceError, nearest
from pipeline.mail.log import Log, opened
from pipeline.mail.outbox import FOLDER, INDEX, content, drafts, mail_lock
from pipeline.mail.plan import Item, plan
from pipeline.mail.sending import Run
from pipeline.mail.settings import ENVIRONMENT, FILE, Settings, here

Decision = Literal["sent", "again"]
TOGETHER = ("changed", "refused")
"""Verdicts that may be decided for all messages at once; each uncertain one needs a decision of its own."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """The plan for sending: every message with its verdict, and the server, if one is set.

    `addresses` holds the address of each message that is to be sent, by its id.
    """

    items: tuple[Item, ...]
    host: str
    addresses: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The result of sending: of `waiting` messages `sent` were sent; `stopped` is the reason why sending ended early.

    `items` are all messages of the outbox afterwards; there are none if nothing was tried.
    """

    waiting: int
    sent: int = 0
    stopped: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """The number of messages `decided`, the ids that are `open`, and whether a message to be sent again is `gone`."""

    decided: int
    open: tuple[str, ...] = ()
    gone: bool = False


def planned(seminar: str, root: Path, output: Path) -> Planned:
    """Return what `send` would do with the outbox of a seminar."""
    settings, place = here(root), _outbox(seminar, output)
    with mail_lock(root) as registrations, opened(registrations) as log:
        items = _items(place, seminar, log)
    addresses = {
        item.id: mime.read(mime.head_of(content(place, item.draft)))["To"].addresses[0].addr_spec
        for item in items
        if item.draft and item.verdict == "to send"
    }
    return Planned(items=items, host=settings.host, addresses=addresses)


def send(seminar: str, count: int, root: Path, output: Path, say: Callable[[str], None]) -> Sent:
    """Send the outbox of a seminar if exactly `count` messages are to be sent; call `say` with a line for each."""
    settings, place = here(root), _outbox(seminar, output)
    with mail_lock(root) as registrations, opened(registrations) as log:
        waiting = [item.draft for item in _items(place, seminar, log) if item.draft and item.verdict == "to send"]
        if count != len(waiting):
            return Sent(waiting=len(waiting))
        _check_sender(settings, root)
        run = Run(place, seminar, settings, log, say)
        run.send(waiting)
        items = _items(place, seminar, log)
    return Sent(waiting=len(waiting), sent=run.states["sent"], stopped=run.stopped, items=items)


def resolve(seminar: str, which: str, decision: Decision, root: Path, output: Path) -> Resolved:
    """Record a decision of staff: that a message has arrived (`sent`), or is to be sent once more (`again`).

    `which` is a message's id, or `changed` or `refused` for all of these.
    """
    place = _outbox(seminar, output)
    with mail_lock(root) as registrations, opened(registrations) as log:
        undecided = [item for item in _items(place, seminar, log) if item.verdict not in ("to send", "sent")]
        chosen = [item for item in undecided if which == item.id or (which in TOGETHER and which == item.verdict)]
        if not chosen:
            return Resolved(decided=0, open=tuple(item.id for item in undecided))
        if decision == "again" and not all(item.draft for item in chosen):
            return Resolved(decided=0, gone=True)
        for item in chosen:
            if known := item.draft or item.row:
                log.record(known, seminar, decision, "decided by hand")
    return Resolved(decided=len(chosen))


def _items(place: Path, seminar: str, log: Log) -> tuple[Item, ...]:
    return tuple(plan(drafts(place), log.rows(seminar)))


def _outbox(seminar: str, output: Path) -> Path:
    """Return the folder of a seminar's outbox; `SourceError` if there is none."""
    place = output / seminar / FOLDER
    if not (place / INDEX).is_file():
        made = [path.parents[1].name for path in output.glob(f"*/{FOLDER}/{INDEX}")]
        fix = nearest(seminar, made, otherwise=f"type `make outbox SEMINAR={seminar}` first")
        raise SourceError([Problem(path=str(place), line=1, message="there is no outbox", fix=fix)])
    return place


def _check_sender(settings: Settings, root: Path) -> None:
    """Raise `SourceError` unless the settings name a server and a sender."""
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
