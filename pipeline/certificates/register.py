"""The register of certificates: one SQLite file that only its owner can read, in which nobody gets two numbers."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipeline.certificates.codes import code_of, hashed, new_secret, typed
from pipeline.certificates.records import Attendee, Entry, Issued, State
from pipeline.core.private import keep_private
from pipeline.core.problems import ToolError

REGISTER = Path("sources/registrations/register.sqlite")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS secret (value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS seminars (id TEXT PRIMARY KEY, title TEXT NOT NULL, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS certificates (
    number TEXT PRIMARY KEY, seminar TEXT NOT NULL REFERENCES seminars, code_hash TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('valid', 'revoked', 'expired')), name TEXT, language TEXT, minutes INTEGER
);
CREATE TABLE IF NOT EXISTS people (
    seminar TEXT NOT NULL, hash TEXT NOT NULL, number TEXT NOT NULL REFERENCES certificates, PRIMARY KEY (seminar, hash)
);
"""


class Register:
    """The open register; each method is one transaction, which is written completely or not at all."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        self.secret: bytes = base.execute("SELECT value FROM secret").fetchone()[0]

    @classmethod
    @contextmanager
    def opened(cls, root: Path, *, make: bool = True) -> Iterator[Register]:
        """Open the register below `root`, private before anything is written to it; `ToolError` if it is damaged.

        If there is none and none is to be made, it is an empty one in memory.
        """
        path = root / REGISTER
        exists = make or path.exists()
        if exists:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            keep_private(path.parent)
        try:
            base = sqlite3.connect(path if exists else ":memory:", timeout=30)
            try:
                base.execute("PRAGMA secure_delete = ON")  # overwrite what is deleted
                base.executescript(_SCHEMA)
                with base:
                    # One statement, so that two runs that start at once make one secret.
                    base.execute("INSERT INTO secret SELECT ? WHERE NOT EXISTS (SELECT 1 FROM secret)", (new_secret(),))
                yield cls(base)
            finally:
                base.close()
        except sqlite3.DatabaseError as error:
            raise ToolError(f"{REGISTER.as_posix()}: {error}; restore it from your backup, do not delete it") from error

    def issue(
        self, seminar: str, title: str, day: date, attendees: Sequence[Attendee], count: int | None
    ) -> list[Issued]:
        """Return the certificates of these people, which are written to the register only if there are `count` of them.

        Whoever has a number keeps it, whatever else has changed; whoever had a certificate revoked gets none.
        """
        names = Counter(attendee.name_key for attendee in attendees)
        with self.base:
            self.base.execute("INSERT OR REPLACE INTO seminars VALUES (?, ?, ?)", (seminar, title, day.isoformat()))
            held = dict(self.base.execute("SELECT hash, number FROM people WHERE seminar = ?", (seminar,)))
            states = self.states(seminar)
            issued, last = [], self._last(seminar)
            used: set[str] = set()
            # People known by address come first, so that nobody takes their number by having the same name.
            marked = [(attendee, self._hashes(seminar, attendee, names)) for attendee in attendees]
            claimed = {held[mark] for _, (addresses, _) in marked for mark in addresses if mark in held}
            for attendee, (addresses, name) in marked:
                number = self._held(addresses, name, held, claimed, used)
                if not number:
                    last += 1
                    number = f"{seminar}-{day.year}-{last:04}"
                used.add(number)
                self._note(seminar, number, attendee, [*addresses, *name])
                if states.get(number, "valid") == "valid":
                    issued.append(self._issued(number, attendee))
            if count != len(issued):
                self.base.rollback()
        return issued

    def _hashes(self, seminar: str, attendee: Attendee, names: Counter[str]) -> tuple[list[str], list[str]]:
        """Return the hashes of the addresses, and of the name if nobody else here has it."""
        addresses = [hashed("address", f"{seminar}\0{key}", self.secret) for key in attendee.keys]
        alone = attendee.name_key and names[attendee.name_key] == 1
        return addresses, [hashed("name", f"{seminar}\0{attendee.name_key}", self.secret)] if alone else []

    @staticmethod
    def _held(
        addresses: Sequence[str], name: Sequence[str], held: dict[str, str], claimed: set[str], used: set[str]
    ) -> str:
        """Return the number that a person has already: by address, else by name unless it is another's."""
        by_address = sorted({held[mark] for mark in addresses if mark in held} - used)
        by_name = [held[mark] for mark in name if mark in held and held[mark] not in claimed | used]
        return next(iter(by_address or by_name), "")

    def _last(self, seminar: str) -> int:
        """Return the highest number that was ever issued for a seminar."""
        numbers = self.base.execute("SELECT number FROM certificates WHERE seminar = ?", (seminar,))
        return max((int(number.rpartition("-")[2]) for (number,) in numbers), default=0)

    def _note(self, seminar: str, number: str, attendee: Attendee, marks: Sequence[str]) -> None:
        code_hash = hashed("verify", code_of(number, self.secret), self.secret)
        self.base.execute(
            "INSERT INTO certificates VALUES (?, ?, ?, 'valid', ?, ?, ?) ON CONFLICT (number) DO UPDATE"
            " SET name = excluded.name, language = excluded.language, minutes = excluded.minutes"
            " WHERE state = 'valid'",
            (number, seminar, code_hash, attendee.name, attendee.language, attendee.minutes),
        )
        rows = [(seminar, mark, number) for mark in marks]
        self.base.executemany("INSERT OR REPLACE INTO people VALUES (?, ?, ?)", rows)

    def _issued(self, number: str, attendee: Attendee) -> Issued:
        return Issued(
            number=number,
            code=code_of(number, self.secret),
            name=attendee.name,
            address=attendee.address,
            place=attendee.place,
            language=attendee.language,
            minutes=attendee.minutes,
            institution=attendee.institution,
            country=attendee.country,
        )

    def find(self, text: str, *, numbers: bool = False) -> Entry | None:
        """Return the entry of a code, or of a number if `numbers` are allowed; None if there is none."""
        code_hash = hashed("verify", typed(text), self.secret)
        row = self.base.execute(
            "SELECT number, state, seminar, title, day, name FROM certificates JOIN seminars ON id = seminar"
            " WHERE code_hash = ? OR (? AND number = ?)",
            (code_hash, numbers, text.strip().lower()),
        ).fetchone()
        if not row:
            return None
        number, state, seminar, title, day, name = row
        when = date.fromisoformat(day)
        return Entry(number=number, state=state, seminar=seminar, title=title, date=when, name=name or "")

    def revoke(self, number: str) -> None:
        """Revoke a certificate; its person gets no other one for this seminar."""
        with self.base:
            self.base.execute("UPDATE certificates SET state = 'revoked' WHERE number = ?", (number,))

    def states(self, seminar: str) -> dict[str, State]:
        """Return the state of each certificate of a seminar by its number."""
        rows = self.base.execute("SELECT number, state FROM certificates WHERE seminar = ?", (seminar,))
        return dict(rows.fetchall())

    def seminars(self) -> list[str]:
        """Return the seminars for which a certificate was ever issued."""
        return [seminar for (seminar,) in self.base.execute("SELECT id FROM seminars ORDER BY id")]

    def before(self, day: date) -> list[str]:
        """Return the seminars that took place before a day."""
        rows = self.base.execute("SELECT id FROM seminars WHERE day < ? ORDER BY id", (day.isoformat(),))
        return [seminar for (seminar,) in rows]

    def names(self, seminar: str) -> list[str]:
        """Return the names in the register for a seminar."""
        rows = self.base.execute("SELECT name FROM certificates WHERE seminar = ? AND name IS NOT NULL", (seminar,))
        return [name for (name,) in rows]

    def forget(self, seminars: Sequence[str]) -> None:
        """Delete the personal data of these seminars; numbers, hashes of codes and states stay."""
        with self.base:
            for seminar in seminars:
                self.base.execute("DELETE FROM people WHERE seminar = ?", (seminar,))
                self.base.execute(
                    "UPDATE certificates SET name = NULL, language = NULL, minutes = NULL,"
                    " state = CASE state WHEN 'valid' THEN 'expired' ELSE state END WHERE seminar = ?",
                    (seminar,),
                )
        self.base.execute("VACUUM")

    def personal_rows(self, seminar: str) -> int:
        """Return how many rows of a seminar still contain personal data."""
        row = self.base.execute("SELECT count(*) FROM people WHERE seminar = ?", (seminar,)).fetchone()
        return int(row[0]) + len(self.names(seminar))
