"""The outbox on disk: the messages, a table for staff and an index for the sender, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.core import private
from pipeline.core.atomic import beside, exchange, sync_all, write
from pipeline.core.problems import ToolError
from pipeline.mail.recipients import REGISTRATIONS

FOLDER, INDEX, TABLE = "outbox", "outbox.json", "outbox.csv"
COLUMNS = ("number", "id", "file", "kind", "name", "address", "subject", "octets", "not written because")


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
def alone(root: Path) -> Iterator[Path]:
    """Hold the lock under which outboxes are made and sent, and yield the folder of all that is personal.

    Whoever finds it held does not wait: by then the number of messages to be sent is another.
    """
    folder = root / REGISTRATIONS
    folder.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
    private.keep_private(folder)
    try:
        import fcntl
    except ImportError:  # Windows has no lock that the system frees when its holder is killed
        raise ToolError("Mail needs a system with file locks (Linux, macOS, WSL); nothing was done.") from None
    handle = os.open(folder / ".mail.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 100).decode(errors="replace").strip() or "somebody"
            raise ToolError(f"Mail is being made or sent here already ({holder}); nothing was done.") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}".encode(), 0)
        yield folder
    finally:
        os.close(handle)


def publish(place: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Make `place` hold just these files, readable by their owner alone; a new folder takes its place by renaming."""
    _recover(place)
    new = beside(place, "new")
    new.mkdir(mode=private.FOLDER, parents=True)
    try:
        new.chmod(private.FOLDER)  # whatever the caller's umask
        for name, content in files:
            write(new / name, content, private.FILE)
        sync_all([*new.iterdir(), new])
        exchange(new, place)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _recover(place: Path) -> None:
    """Remove what a killed run left beside the outbox, or put it back if nothing stands there."""
    for left in sorted(place.parent.glob(f".old-*-{place.name}")):
        shutil.rmtree(left, ignore_errors=True) if place.exists() else left.rename(place)
    for left in place.parent.glob(f".new-*-{place.name}"):
        shutil.rmtree(left, ignore_errors=True)


def index(drafts: Iterable[Draft]) -> bytes:
    """Return the index that the sender reads; nothing personal stands in it."""
    return (json.dumps([asdict(draft) for draft in drafts], indent=1) + "\n").encode()


def drafts(place: Path) -> list[Draft]:
    """Return what lies in the outbox; `ToolError` if a file is not as it was made."""
    try:
        found = [Draft(**entry) for entry in json.loads((place / INDEX).read_bytes())]
    except (ValueError, TypeError):
        raise ToolError(f"{place / INDEX} cannot be read: make the outbox again.") from None
    for draft in found:
        content(place, draft)
    return found


def content(place: Path, draft: Draft) -> bytes:
    """Return the bytes of one message, which must be those that the index names."""
    try:
        written = (place / Path(draft.file).name).read_bytes()
    except FileNotFoundError:
        written = b""
    if sha256(written).hexdigest() != draft.digest:
        raise ToolError(f"{place / draft.file} is not as it was made: make the outbox again.")
    return written
