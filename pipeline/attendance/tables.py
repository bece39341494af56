"""The tables of people inside one export, found by their headers; blocks about the meeting and its hosts left out.

What a header means stands in `columns.yaml`. The meaning of an unknown header is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from pipeline.attendance.words import word, yaml_list
from pipeline.core.csv_file import Row
from pipeline.core.problems import quoted
from pipeline.core.text import one_line

NAMING = {"name", "given", "family", "address"}
"""Each table of people has a column with one of these meanings."""

UNREAD, PREAMBLE = "unread", "preamble"


@cache  # needed for each row of each export
def _known() -> dict[str, dict[str, str]]:
    """Return what each known word means, by the sections of `columns.yaml`: headers, titles, answers."""
    lists = yaml_list("columns.yaml")
    headers = {word(header): meaning for meaning, found in lists["columns"].items() for header in found}
    headers |= {word(header): kind for kind in (UNREAD, PREAMBLE) for header in lists[kind]}
    titles = {word(text): kind for kind, texts in lists["titles"].items() for text in texts}
    answers = {word(text): answer for answer, texts in lists["answers"].items() for text in texts}
    return {"headers": headers, "titles": titles, "answers": answers}


def meanings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the meaning of each header: empty if it is not known, `unread` if its column is not wanted."""
    headers = _known()["headers"]
    return tuple(headers.get(word(cell), "") for cell in cells)


def known_headers(cells: Sequence[str]) -> int:
    """Return how many of the cells are known headers."""
    return sum(map(bool, meanings(cells))) if len(cells) > 1 else 0


def answer(text: str) -> str:
    """Return `yes`, `no`, `approved`, `pending` or `denied` for a word that is known, else an empty string."""
    return _known()["answers"].get(word(text), "")


@dataclass(kw_only=True)
class Table:
    """One table: the line of its header, the headers, the column of each meaning, and its rows."""

    line: int
    headers: tuple[str, ...]
    columns: dict[str, int]
    unknown: tuple[str, ...]
    faults: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

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
        headers = _known()["headers"].items()
        first_words = {header.partition(" ")[0] for header, meaning in headers if meaning == "name"}
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


def tables(rows: Sequence[Row]) -> Iterator[Table]:
    """Yield the tables of participants in the order of the file."""
    table, about_others = None, False
    for row in rows:
        if not row.cells:
            continue
        if table and "@" in table.cell(row, "address"):  # no header contains that, and most rows do
            table.rows.append(row)
            continue
        title = _known()["titles"].get(word(row.cells[0]), "") if len(row.cells) == 1 else ""
        found = () if title else meanings(row.cells)
        begins_preamble = PREAMBLE in found
        is_header = not begins_preamble and bool(NAMING & set(found)) and sum(map(bool, found)) > 1
        if title or begins_preamble or is_header:
            if table:
                yield table
            about_others = title == "others" if title else about_others
            table = _table(row, found) if is_header and not about_others else None
        elif table:
            table.rows.append(row)
    if table:
        yield table


def _table(row: Row, found: Sequence[str]) -> Table:
    wanted = [meaning for meaning in found if meaning and meaning != UNREAD]
    twice = sorted({meaning for meaning in wanted if wanted.count(meaning) > 1})
    unknown = [one_line(cell) for cell, meaning in zip(row.cells, found) if not meaning and cell.strip()]
    return Table(
        line=row.line,
        headers=row.cells,
        columns={meaning: found.index(meaning) for meaning in wanted},
        unknown=tuple(map(quoted, unknown)),
        faults=tuple(f"two columns mean `{meaning}`" for meaning in twice),
    )
