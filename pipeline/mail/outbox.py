"""The outbox on disk: the messages, a table for staff and an index for the sender, complete or not there at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.core import private
from pipeline.core.atomic import beside, exchange, sync_all, write
from pipeline.core.problems import ToolError
from pipeline.mail.recipients import REGISTRATIONS

FOLDER, INDEX, TABLE = "outbox", "outbox.json", "outbox.csv"
COLUMNS = ("number", "id", "file", "kind", "name", "address", "subject", "bytes", "not written because")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One message as the sender knows it: hashes stand for the address, the name and the bytes."""

    id: str
    kind: str
    file: str
    address: str
    namesake: str
    digest: str


@contextmanager
def mail_lock(root: Path) -> Iterator[Path]:
    """Hold the lock under which outboxes are made and sent, and yield the folder of personal data.

    `ToolError` if another process holds it: once that has ended, another number of messages waits to be sent.
    """
    folder = root / REGISTRATIONS
    folder.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
    private.keep_private(folder)
    holder = folder / ".mail.holder"
    lock = FileLock(folder / ".mail.lock", timeout=0, mode=private.FILE)
    try:
        lock.acquire()
    except Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise ToolError(f"Mail is being made or sent here already ({who}); nothing was done.") from None
    try:
        holder.write_text(f"process {os.getpid()}", encoding="utf-8")
        holder.chmod(private.FILE)
        yield folder
    finally:
        lock.release()


def publish(outbox: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Replace the outbox by one with just these files, which only its owner can read.

    The files are written as they are made, so that one message at a time is in memory.
    """
    _recover(outbox)
    new = beside(outbox, "new")
    new.mkdir(mode=private.FOLDER, parents=True)
    try:
        new.chmod(private.FOLDER)  # whatever the caller's umask
        for name, content in files:
            write(new / name, content, private.FILE)
        sync_all([*new.iterdir(), new])
        exchange(new, outbox)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _recover(outbox: Path) -> None:
    """Remove what a killed run left beside the outbox, or put it back if there is no outbox."""
    for left in sorted(outbox.parent.glob(f".old-*-{outbox.name}")):
        shutil.rmtree(left, ignore_errors=True) if outbox.exists() else left.rename(outbox)
    for left in outbox.parent.glob(f".new-*-{outbox.name}"):
        shutil.rmtree(left, ignore_errors=True)


def index(drafts: Iterable[Draft]) -> bytes:
    """Return the index that the sender reads; it contains no personal data."""
    return (json.dumps([asdict(draft) for draft in drafts], indent=1) + "\n").encode()


def drafts(outbox: Path) -> list[Draft]:
    """Return the messages in the outbox; `ToolError` if a file is not as it was made."""
    try:
        found = [Draft(**entry) for entry in json.loads((outbox / INDEX).read_bytes())]
    except (ValueError, TypeError):
        raise ToolError(f"{outbox / INDEX} cannot be read: make the outbox again.") from None
    for draft in found:
        content(outbox, draft)
    return found


def content(outbox: Path, draft: Draft) -> bytes:
    """Return the bytes of one message, which must be those that the index names."""
    try:
        written = (outbox / Path(draft.file).name).read_bytes()
    except FileNotFoundError:
        written = b""
    if sha256(written).hexdigest() != draft.digest:
        raise ToolError(f"{outbox / draft.file} is not as it was made: make the outbox again.")
    return written
