"""The people to write to, read from lists that stay on this machine, and the hashes that stand for them in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pipeline.core.csv_file import NotCsv, rows_of, text_of
from pipeline.core.problems import Problem, SourceError, listed, nearest
from pipeline.core.text import address_key

REGISTRATIONS = "sources/registrations"
"""The folder of personal data, which git ignores."""

SPEAKERS = f"{REGISTRATIONS}/speakers.csv"

_ADDRESS = dict.fromkeys(("email", "e-mail", "mail", "email address", "e-mail address", "mail address"), "address")
"""What the column of addresses may be called too."""

_TOO_MANY, _IN_QUOTES = "this row has more cells than the first", "put the name in quotes"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who gets one message. `person` tells two people apart and stays when the address changes; where it is
    empty, the address does that. `place` is the file and line of the recipient."""

    kind: Literal["participant", "speaker"]
    name: str
    address: str
    person: str = ""
    place: str = ""

    def id(self, seminar: str) -> str:
        """Return the twelve hexadecimal digits that name this person's message of this seminar, now and later."""
        return _digest(seminar, self.kind, self.person or address_key(self.address) or self.address)[:12]

    def namesake(self, seminar: str) -> str:
        """Return a hash of the name, by which a changed address is noticed; empty without a name."""
        name = " ".join(self.name.casefold().split())
        return _digest(seminar, self.kind, "name", name)[:32] if name else ""


def address_hash(address: str) -> str:
    """Return the hash of an address in the log."""
    return _digest("address", address_key(address))[:32]


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def listed_in(root: Path, seminar: str) -> Path:
    """Return the path of the list of a seminar's participants, which need not exist."""
    return root / REGISTRATIONS / f"{seminar}-recipients.csv"


def participants(root: Path, seminar: str) -> tuple[list[Recipient], list[Problem]]:
    """Return the people in `<seminar>-recipients.csv` (name, address) and remarks; none if there is no such file."""
    rows, remarks = _rows(listed_in(root, seminar), root, ("name", "address"))
    found = [Recipient(kind="participant", name=name, address=address, place=place) for place, name, address in rows]
    return found, remarks


def speakers(root: Path, known: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return address and place by speaker from `speakers.csv`; `SourceError` names each speaker who is not `known`."""
    names, problems = set(known), []
    found: dict[str, tuple[str, str]] = {}
    rows, _ = _rows(root / SPEAKERS, root, ("speaker", "address"))
    for place, name, address in rows:
        line = int(place.rpartition(":")[2])
        if name not in names:
            fix = nearest(name, names, otherwise="write the name of a file in sources/people")
            problems.append(Problem(path=SPEAKERS, line=line, message="no such speaker", fix=fix))
        elif name in found:
            problems.append(Problem(path=SPEAKERS, line=line, message=f"`{name}` is listed twice", fix="keep one"))
        found.setdefault(name, (address, place))
    if problems:
        raise SourceError(problems)
    return found


def _rows(path: Path, root: Path, columns: tuple[str, str]) -> tuple[list[tuple[str, str, str]], list[Problem]]:
    """Return the place of each row with its cells in these columns, and remarks; no rows if there is no such file.

    Columns may be in any order and among others. A row with too many cells is a problem: a comma cut one of them.
    """
    if not path.is_file():
        return [], []
    shown = path.relative_to(root).as_posix()

    def problem(line: int, message: str, fix: str = "") -> Problem:
        return Problem(path=shown, line=line, message=message, fix=fix)

    try:
        text, how = text_of(path.read_bytes())
        rows = [row for row in rows_of(text, lambda cells: sum(map(bool, _meant(cells, columns)))) if row.cells]
    except NotCsv as error:
        raise SourceError([problem(1, str(error))]) from None
    header = _meant(rows[0].cells, columns) if rows else []
    if set(columns) - set(header):
        raise SourceError(
            [problem(1, "the columns are not recognised", f"write {listed(columns)} into the first line")]
        )
    if twice := next((column for column in columns if header.count(column) > 1), ""):
        raise SourceError([problem(rows[0].line, f"two columns mean `{twice}`", "rename the one that is not meant")])
    cut = [problem(row.line, _TOO_MANY, _IN_QUOTES) for row in rows if len(row.cells) > len(header)]
    if cut:
        raise SourceError(cut)
    first, second = map(header.index, columns)
    read = [(f"{shown}:{row.line}", _cell(row.cells, first), _cell(row.cells, second)) for row in rows[1:]]
    return read, [problem(1, remark) for remark in how]


def _meant(cells: Sequence[str], columns: Iterable[str]) -> list[str]:
    """Return for each header which of the columns it means, or nothing."""
    words = (cell.strip().casefold() for cell in cells)
    return [column if (column := _ADDRESS.get(word, word)) in columns else "" for word in words]


def _cell(cells: Sequence[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""


def once(recipients: Iterable[Recipient], seminar: str) -> Iterator[Recipient]:
    """Yield each person once: who is in a list twice gets one message."""
    seen = set()
    for recipient in recipients:
        id = recipient.id(seminar)
        if id not in seen:
            seen.add(id)
            yield recipient
