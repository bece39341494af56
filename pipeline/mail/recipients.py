"""The people to write to, read from lists that stay on this machine, and the hashes that stand for them in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pipeline.core.columns import meanings, name_columns
from pipeline.core.csv_file import NotCsv, Row
from pipeline.core.problems import Problem, SourceError, listed, nearest
from pipeline.core.spreadsheet import read_rows
from pipeline.core.text import address_key, typed_address

REGISTRATIONS = "sources/registrations"
"""The folder of personal data, which git ignores."""

SPEAKERS = f"{REGISTRATIONS}/speakers"
"""The list of speakers, without the ending of the file."""

LISTS = (".csv", ".xlsx")
"""The endings of lists that are read."""

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


def listed_in(root: Path, seminar: str) -> list[Path]:
    """Return the paths of the lists of a seminar's participants: none, one, or two by mistake."""
    return _lists(root / REGISTRATIONS / f"{seminar}-recipients")


def list_of_speakers(root: Path) -> list[Path]:
    """Return the paths of the lists of speakers: none, one, or two by mistake."""
    return _lists(root / SPEAKERS)


def _lists(stem: Path) -> list[Path]:
    return [path for ending in LISTS if (path := stem.with_name(stem.name + ending)).is_file()]


def participants(root: Path, seminar: str) -> tuple[list[Recipient], list[Problem]]:
    """Return the people in the list of a seminar (name, address), and remarks; none if there is no such file."""
    rows, remarks = _rows(listed_in(root, seminar), root, "name")
    found = [Recipient(kind="participant", name=name, address=address, place=place) for place, name, address in rows]
    return found, remarks


def speakers(root: Path, known: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return address and place by speaker from their list; `SourceError` names each speaker who is not `known`."""
    names, problems = set(known), []
    found: dict[str, tuple[str, str]] = {}
    rows, _ = _rows(list_of_speakers(root), root, "speaker")
    for place, name, address in rows:
        path, _, number = place.rpartition(":")
        line = int(number)
        if name not in names:
            fix = nearest(name, names, otherwise="write the name of a file in sources/people")
            problems.append(Problem(path=path, line=line, message="no such speaker", fix=fix))
        elif name in found:
            problems.append(Problem(path=path, line=line, message=f"`{name}` is listed twice", fix="keep one"))
        found.setdefault(name, (address, place))
    if problems:
        raise SourceError(problems)
    return found


def _rows(paths: Sequence[Path], root: Path, who: str) -> tuple[list[tuple[str, str, str]], list[Problem]]:
    """Return the place of each row with its name (or speaker, for `who`) and address, and remarks; no path, no rows.

    Columns may be in any order and among others, below a title. A row with too many cells is a problem: a comma cut
    one of them.
    """
    if not paths:
        return [], []
    shown = paths[0].relative_to(root).as_posix()

    def problem(line: int, message: str, fix: str = "") -> Problem:
        return Problem(path=shown, line=line, message=message, fix=fix)

    if len(paths) > 1:
        raise SourceError([problem(1, f"there is `{paths[1].name}` too", "delete the one that is not meant")])
    try:
        rows, how = read_rows(paths[0].read_bytes(), lambda cells: sum(map(bool, _meant(cells, who))))
    except NotCsv as error:
        raise SourceError([problem(error.line, str(error))]) from None
    header, rows = _below_header([row for row in rows if row.cells], who, shown)
    cut = [problem(row.line, _TOO_MANY, _IN_QUOTES) for row in rows if len(row.cells) > len(header)]
    if cut:
        raise SourceError(cut)
    read = []
    for row in rows:
        found = {column: cell.strip() for column, cell in zip(header, row.cells) if column}
        name, address = typed_address(found.get("address", ""))
        halves = " ".join(filter(None, (found.get("given", ""), found.get("family", ""))))
        read.append((f"{shown}:{row.line}", halves or found.get("name", "") or name, address))
    return read, [problem(1, remark) for remark in how]


def _below_header(rows: list[Row], who: str, shown: str) -> tuple[list[str], list[Row]]:
    """Return the meanings of the headers and the rows below them; `SourceError` if a column is missing or doubtful."""
    known = {"address", "name", "bare", "given", "family"}
    while len(rows) > 1 and not known & {*_meant(rows[0].cells, who)} and "@" not in "".join(rows[0].cells):
        rows = rows[1:]  # a title above the header
    header = name_columns(_meant(rows[0].cells, who), [row.cells for row in rows[1:]]) if rows else []
    named = {"name", "given", "family"} & {*header} or (who == "name" and len(header) == 1)
    if "address" not in header or not named:
        message, fix = "the columns are not recognised", f"write {listed((who, 'address'))} into the first line"
        raise SourceError([Problem(path=shown, line=1, message=message, fix=fix)])
    for column in ("name", "given", "family", "address"):
        if header.count(column) > 1:
            message, fix = f"two columns mean `{column}`", "rename the one that is not meant"
            raise SourceError([Problem(path=shown, line=rows[0].line, message=message, fix=fix)])
    return header, rows[1:]


def _meant(cells: Sequence[str], who: str) -> list[str]:
    """Return for each header which of the columns it means, or nothing."""
    if who == "speaker":
        known = {"speaker": "name", "address": "address"}
        return [known.get(cell.strip().casefold(), "") or _of_address(cell) for cell in cells]
    found = [
        meaning if meaning in ("name", "bare", "given", "family", "address", "postal") else ""
        for meaning in meanings(cells)
    ]
    other = "" if "address" in found else "address"
    return [other if meaning == "postal" else meaning for meaning in found]


def _of_address(header: str) -> str:
    return "address" if meanings([header]) == ("address",) else ""


def once(recipients: Iterable[Recipient], seminar: str) -> Iterator[Recipient]:
    """Yield each person once: who is in a list twice gets one message."""
    seen = set()
    for recipient in recipients:
        id = recipient.id(seminar)
        if id not in seen:
            seen.add(id)
            yield recipient
