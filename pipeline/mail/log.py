"""What became of each message: a SQLite file, synced to disk before the next step, with hashes and no addresses."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pipeline.core.problems import ToolError
from pipeline.mail.outbox import Draft

FILE = "mail.sqlite"

State = Literal["trying", "sent", "later", "refused", "again"]
"""`trying`: the program was about to hand the message over, and without a later state nobody knows whether it arrived;
`sent`: the server took it; `later`: refused for now; `refused`: refused for good; `again`: staff want it sent again."""

_TABLES = """
CREATE TABLE IF NOT EXISTS message (
  id TEXT PRIMARY KEY, seminar TEXT NOT NULL, kind TEXT NOT NULL, address TEXT NOT NULL, namesake TEXT NOT NULL,
  digest TEXT NOT NULL, state TEXT NOT NULL, reply TEXT NOT NULL, attempts INTEGER NOT NULL, changed TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS history (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL, reply TEXT NOT NULL,
  time TEXT NOT NULL
);
"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """The latest state of one message."""

    id: str
    seminar: str
    kind: str
    address: str
    namesake: str
    digest: str
    state: State
    reply: str
    attempts: int
    changed: str


class Log:
    """The open log of all seminars. One process at a time uses it, under `mail_lock`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, seminar: str) -> dict[str, Row]:
        """Return the rows of a seminar's messages by id."""
        found = self._connection.execute("SELECT * FROM message WHERE seminar = ?", (seminar,))
        return {row["id"]: Row(**dict(row)) for row in found}

    def attempts(self, id: str) -> int:
        """Return how often the server has refused a message for now."""
        row = self._connection.execute("SELECT attempts FROM message WHERE id = ?", (id,)).fetchone()
        return int(row["attempts"]) if row else 0

    def record(self, draft: Draft | Row, seminar: str, state: State, reply: str = "") -> None:
        """Write the state of a message and sync it to disk."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        attempts = int(state == "later")
        known = (draft.id, seminar, draft.kind, draft.address, draft.namesake, draft.digest)
        with self._transaction() as write:
            write(
                "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " address = excluded.address, namesake = excluded.namesake, digest = excluded.digest,"
                " state = excluded.state, reply = excluded.reply, changed = excluded.changed,"
                " attempts = CASE excluded.state WHEN 'again' THEN 0 ELSE attempts + excluded.attempts END",
                (*known, state, reply, attempts, now),
            )
            write(
                "INSERT INTO history (id, digest, state, reply, time) VALUES (?, ?, ?, ?, ?)",
                (draft.id, draft.digest, state, reply, now),
            )

    def forget_seminars(self, seminars: Sequence[str]) -> int:
        """Delete the rows and the history of these seminars' messages; return how many messages there were."""
        with self._transaction() as write:
            marks = ", ".join("?" * len(seminars))
            write(f"DELETE FROM history WHERE id IN (SELECT id FROM message WHERE seminar IN ({marks}))", seminars)
            deleted: int = write(f"DELETE FROM message WHERE seminar IN ({marks})", seminars).rowcount
        return deleted

    @contextmanager
    def _transaction(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection.execute
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


@contextmanager
def opened(folder: Path) -> Iterator[Log]:
    """Yield the log in `folder`, a new one if there is none; `ToolError` if SQLite finds it damaged."""
    path = folder / FILE
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")  # a commit syncs the file and its folder
        connection.execute("PRAGMA secure_delete = ON")
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the file is damaged")
        connection.executescript(_TABLES)
        yield Log(connection)
    except sqlite3.Error as error:
        raise ToolError(f"{path}: {error}; without its log no mail is sent.") from None
    finally:
        connection.close()
