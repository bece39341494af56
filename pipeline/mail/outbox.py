"""The outbox on disk: the messages, a table for staff and an index for the sender, complete or not there at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.core import private
from pipeline.core.atomic import put_folder
from pipeline.core.lock import locked
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

    def refuse(holder: str) -> None:
        raise ToolError(f"Mail is being made or sent here already ({holder}); nothing was done.")

    with locked(folder, refuse, name=".mail.lock", mode=private.FILE):
        yield folder


def publish(outbox: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Replace the outbox by one with just these files, which only its owner can read.

    The files are written as they are made, so that one message at a time is in memory. They are not synced to the
    disk: before a message is sent, its bytes are compared with the index.
    """
    for left in sorted(outbox.parent.glob(f".old-*-{outbox.name}")):  # from a killed run
        shutil.rmtree(left, ignore_errors=True) if outbox.exists() else left.rename(outbox)
    for left in outbox.parent.glob(f".new-*-{outbox.name}"):
        shutil.rmtree(left, ignore_errors=True)
    put_folder(outbox, files, mode=private.FILE, folder_mode=private.FOLDER, synced=False)


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
