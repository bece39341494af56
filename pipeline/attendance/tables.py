"""The tables of people inside one export, found by their headers; blocks about the meeting and its hosts left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.attendance import columns
from pipeline.core.csv_file import Row
from pipeline.core.problems import quoted
from pipeline.core.text import one_line


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
    def has_stays(self) -> bool:
        """Whether a row says from when to when somebody was there."""
        return {"joined", "left"} <= self.columns.keys()

    @cached_property
    def has_sums_only(self) -> bool:
        """Whether a row says how long somebody was there, but not when."""
        return not self.has_stays and bool({"joined", "left", "minutes", "total"} & self.columns.keys())

    @cached_property
    def unnamed(self) -> tuple[str, ...]:
        """Return the headers that may be that of the names, if no column of names is understood and one is needed.

        Addresses alone can do without, unless a column looks as if the names stood there or a row has nothing else.
        """
        if {"name", "given", "family"} & self.columns.keys():
            return ()
        likely = tuple(header for header in self.unknown if columns.is_like_a_name(header))
        nobody = any(not self.cell(row, "address") for row in self.rows)
        return likely or (self.unknown if nobody else ())

    @cached_property
    def has_registrations(self) -> bool:
        """Whether a row is a registration."""
        marks = {"registered", "approval", "attended"} & self.columns.keys()
        return not self.has_sums_only and (bool(marks) or not self.has_stays)

    def cell(self, row: Row, meaning: str) -> str:
        """Return one cell of a row, empty where the row or the table has none."""
        i = self.columns.get(meaning, -1)
        return one_line(row.cells[i]) if 0 <= i < len(row.cells) else ""

    def header(self, meaning: str) -> str:
        """Return the header of the column that has a meaning, as it was written."""
        return one_line(self.headers[self.columns[meaning]])


def tables(rows: Sequence[Row]) -> Iterator[Table]:
    """Yield the tables of participants in the order of the file."""
    table, passed_over = None, False
    for row in rows:
        if not row.cells:
            continue
        if table and "@" in table.cell(row, "address"):  # no header has that: most rows need no closer look
            table.rows.append(row)
            continue
        title = columns.title(row.cells)
        found = () if title else columns.meanings(row.cells)
        if title or columns.is_preamble(found) or columns.is_header(found):
            if table:
                yield table
            passed_over = title == "others" if title else passed_over
            table = _table(row, found) if columns.is_header(found) and not passed_over else None
        elif table:
            table.rows.append(row)
    if table:
        yield table


def _table(row: Row, found: tuple[str, ...]) -> Table:
    named = {meaning: i for i, meaning in reversed(list(enumerate(found))) if meaning and meaning != columns.UNREAD}
    unknown = tuple(quoted(one_line(cell)) for cell, meaning in zip(row.cells, found) if not meaning and cell.strip())
    faults = tuple(f"two columns mean `{meaning}`" for meaning in columns.twice(found))
    return Table(line=row.line, headers=row.cells, columns=named, unknown=unknown, faults=faults)
