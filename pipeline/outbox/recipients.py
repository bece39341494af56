"""The people to write to, read from lists that stay on this machine, and the hashes that stand for them elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pipeline.outbox.address import key
from pipeline.problems import Problem, SourceError, listed, nearest

REGISTRATIONS = "sources/registrations"
"""Everything personal lies here; git never sees it."""

SPEAKERS = f"{REGISTRATIONS}/speakers.csv"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who gets one message. `person` tells two people apart and outlives a change of address; it is the
    address itself where nothing better is known. `place` is where the recipient is written down."""

    kind: Literal["participant", "speaker"]
    name: str
    address: str
    person: str = ""
    place: str = ""

    def id(self, seminar: str) -> str:
        """Return the twelve hex digits by which this person's message of this seminar is known for ever."""
        return _digest(seminar, self.kind, self.person or key(self.address))[:12]

    def namesake(self, seminar: str) -> str:
        """Return what two people of the same name share, by which a changed address is noticed; empty if nameless."""
        name = " ".join(self.name.casefold().split())
        return _digest(seminar, self.kind, "name", name)[:32] if name else ""


def address_hash(address: str) -> str:
    """Return what stands for an address in the log."""
    return _digest("address", key(address))[:32]


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def listed_in(root: Path, seminar: str) -> Path:
    """Return where the list of a seminar's participants stands, if the desk has written one."""
    return root / REGISTRATIONS / f"{seminar}-recipients.csv"


def participants(root: Path, seminar: str) -> list[Recipient]:
    """Return the people of `<seminar>-recipients.csv` (name, address); none if there is no such file."""
    path = listed_in(root, seminar)
    return [
        Recipient(kind="participant", name=row["name"], address=row["address"], place=place)
        for place, row in _rows(path, root, ("name", "address"))
    ]


def speakers(root: Path, known: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return address and place by speaker, of `speakers.csv`; a speaker who is not `known` is a problem."""
    names, found, problems = set(known), {}, []
    for place, row in _rows(root / SPEAKERS, root, ("speaker", "address")):
        name = row["speaker"].strip()
        line = int(place.rpartition(":")[2])
        if name not in names:
            fix = nearest(name, names, otherwise="write the name of a file in sources/people")
            problems.append(Problem(path=SPEAKERS, line=line, message="no such speaker", fix=fix))
        elif name in found:
            problems.append(Problem(path=SPEAKERS, line=line, message=f"`{name}` stands here twice", fix="keep one"))
        found.setdefault(name, (row["address"], place))
    if problems:
        raise SourceError(problems)
    return found


def _rows(path: Path, root: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with its place; columns may stand in any order, and a row that has too few is a problem."""
    if not path.is_file():
        return
    shown = path.relative_to(root).as_posix()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True, restkey="", restval=None)
            if set(columns) - set(reader.fieldnames or ()):
                message, fix = "the columns are not known", f"write {listed(columns)} into the first line"
                raise SourceError([Problem(path=shown, line=1, message=message, fix=fix)])
            for row in reader:
                if any(row[column] is None for column in columns) or "" in row:
                    message, fix = "this row has another number of cells than the first", "mend it"
                    raise SourceError([Problem(path=shown, line=reader.line_num, message=message, fix=fix)])
                yield f"{shown}:{reader.line_num}", {column: row[column] for column in columns}
    except (csv.Error, UnicodeDecodeError):
        fix = "save it as CSV in UTF-8, separated by commas"
        raise SourceError([Problem(path=shown, line=1, message="this is no table that can be read", fix=fix)]) from None


def once(recipients: Iterable[Recipient], seminar: str) -> Iterator[Recipient]:
    """Yield each person once: whoever stands in a list twice gets one message."""
    seen = set()
    for recipient in recipients:
        id = recipient.id(seminar)
        if id not in seen:
            seen.add(id)
            yield recipient
