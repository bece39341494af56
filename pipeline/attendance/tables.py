"""The tables of people inside one export, found by their headers; blocks about the meeting and its hosts told apart.

What a header means stands in `core/account_languages`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.core.columns import PREAMBLE, UNREAD, known_words, meanings, name_columns, word
from pipeline.core.csv_file import Row
from pipeline.core.problems import quoted
from pipeline.core.text import one_line

NAMING = {"name", "bare", "given", "family", "address"}
"""Each table of people has a column with one of these meanings."""

NAMES, HALVES = NAMING - {"address"}, NAMING - {"address", "name"}
APPROVALS = ("approved", "pending", "denied")

_NUMBERED = re.compile(r"([12])\. \D+")
"""The titles of the sections of a report of Microsoft Teams, in any language."""


def answer(text: str) -> str:
    """Return `yes`, `no`, `approved`, `pending` or `denied` for a word that is known, else an empty string."""
    return known_words()["answers"].get(word(text), "")


def other_program(rows: Sequence[Row]) -> str:
    """Return the name of the program if the rows are a report of another one than Zoom, else an empty string."""
    known = known_words()["programs"]
    titles = (_NUMBERED.fullmatch(one_line(row.cells[0])) for row in rows if len(row.cells) == 1)
    if [title[1] for title in titles if title][:2] == ["1", "2"]:
        return "Microsoft Teams"
    for row in rows:
        found = Counter(known[header] for cell in row.cells if (header := word(cell)) in known)
        if found.total() > 1:
            return found.most_common(1)[0][0]
    return ""


@dataclass(kw_only=True)
class Table:
    """One table: the line of its header, the headers with their meanings, and its rows.

    The columns before `first` are about the meeting and its host. A table `of_hosts` is so as a whole.
    """

    line: int
    headers: tuple[str, ...]
    meanings: list[str]
    first: int = 0
    of_hosts: bool = False
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Return the column of each meaning that is wanted: of two the first."""
        return {
            meaning: self.meanings.index(meaning, self.first)
            for meaning in self.meanings[self.first :]
            if meaning not in ("", UNREAD, PREAMBLE)
        }

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Return the headers that are not known, as they are shown."""
        pairs = list(zip(self.headers, self.meanings))[self.first :]
        return tuple(quoted(one_line(header)) for header, meaning in pairs if not meaning and header.strip())

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the headers."""
        found = self.meanings[self.first :]
        twice = sorted(meaning for meaning in self.columns if found.count(meaning) > 1)
        return tuple(f"two columns mean `{meaning}`" for meaning in twice)

    @cached_property
    def half(self) -> str:
        """Return `given` or `family` if only this half of the names has a column, else an empty string."""
        halves = {"given", "family"} & self.columns.keys()
        return "" if len(halves) != 1 else halves.pop()

    @cached_property
    def has_sessions(self) -> bool:
        """Whether a row says from when to when somebody was there."""
        return {"joined", "left"} <= self.columns.keys()

    @cached_property
    def has_sums_only(self) -> bool:
        """Whether a row says how long somebody was there, but not when."""
        return not self.has_sessions and bool({"joined", "left", "minutes", "total"} & self.columns.keys())

    @cached_property
    def has_registrations(self) -> bool:
        """Whether a row is a registration."""
        marks = {"registered", "approval", "attended"} & self.columns.keys()
        return not self.has_sums_only and (bool(marks) or not self.has_sessions)

    @cached_property
    def unnamed(self) -> tuple[str, ...]:
        """Return the unknown headers of which one may be that of the names, if a column of names is needed.

        Addresses are enough, unless a header begins with a word for name, or a row has no address.
        """
        if {"name", "given", "family"} & self.columns.keys():
            return ()
        headers = known_words()["headers"].items()
        first_words = {header.partition(" ")[0] for header, meaning in headers if meaning in ("name", "bare")}
        first_words -= {"user", "full", "display"}
        likely = tuple(header for header in self.unknown if word(header).partition(" ")[0] in first_words)
        nobody = any(not self.cell(row, "address") for row in self.rows)
        return likely or (self.unknown if nobody else ())

    def cell(self, row: Row, meaning: str) -> str:
        """Return one cell of a row; empty if the row or the table does not have it."""
        i = self.columns.get(meaning, -1)
        return one_line(row.cells[i]) if 0 <= i < len(row.cells) else ""

    def cells(self, row: Row) -> dict[str, str]:
        """Return the cells of a row by meaning, those that it has and that are not empty."""
        return {meaning: cell for meaning in self.columns if (cell := self.cell(row, meaning))}

    def header(self, meaning: str) -> str:
        """Return the header of the column with a meaning, as the export has it."""
        return one_line(self.headers[self.columns[meaning]])

    def host(self, row: Row) -> tuple[str, str]:
        """Return name and address of the host of the meeting, where a row has them."""
        shown = self.meanings if self.of_hosts else self.meanings[: self.first]
        parts = [one_line(row.cells[i]) for i, meaning in enumerate(shown[: len(row.cells)]) if meaning in NAMES]
        address = next((cell for cell, meaning in zip(row.cells, shown) if meaning == "address"), "")
        return " ".join(filter(None, parts)), one_line(address)


def tables(rows: Sequence[Row]) -> Iterator[Table]:
    """Yield the tables in the order of the file."""
    table, about_others = None, False
    for row in rows:
        if not row.cells:
            continue
        if table and "@" in table.cell(row, "address"):  # no header contains that, and most rows do
            table.rows.append(row)
            continue
        title = known_words()["titles"].get(word(row.cells[0]), "") if len(row.cells) == 1 else ""
        found = () if title else meanings(row.cells)
        if title or PREAMBLE in found or (NAMING & {*found} and sum(map(bool, found)) > 1):
            if table:
                yield _complete(table)
            about_others = title == "others" if title else about_others
            table = None if title else _begun(row, found, about_others=about_others)
        elif table:
            table.rows.append(row)
    if table:
        yield _complete(table)


def _begun(row: Row, found: Sequence[str], *, about_others: bool) -> Table:
    """Return the table below a header. Some exports repeat the columns of the meeting before those of each person."""
    headers = [UNREAD if meaning == "postal" else meaning for meaning in found]
    if PREAMBLE not in found:
        return Table(line=row.line, headers=row.cells, meanings=headers, of_hosts=about_others)
    if "joined" not in found:
        return Table(line=row.line, headers=row.cells, meanings=headers, of_hosts=True)
    before = found[: found.index("joined")]
    names = [i for i, meaning in enumerate(before) if meaning in NAMES]
    first = max(names or [i for i, meaning in enumerate(before) if meaning == "address"], default=0)
    while first and found[first - 1] in HALVES and found[first] in HALVES:
        first -= 1
    return Table(line=row.line, headers=row.cells, meanings=headers, first=first)


def _complete(table: Table) -> Table:
    """Return a table with those meanings that only its rows can tell."""
    first = 0 if table.of_hosts else table.first
    before = ["name" if meaning == "bare" else meaning for meaning in table.meanings[:first]]
    own = name_columns(table.meanings[first:], [row.cells[first:] for row in table.rows])
    complete = replace(table, meanings=before + own)
    if "status" in complete.columns:
        approves = any(answer(complete.cell(row, "status")) in APPROVALS for row in table.rows)
        meaning = "approval" if approves and "approval" not in own else ""
        complete = replace(complete, meanings=[meaning if each == "status" else each for each in complete.meanings])
    return complete
