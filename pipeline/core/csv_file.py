"""Reads CSV files in any encoding and with any separator, and writes them so that no spreadsheet runs a cell.

A part that cannot be read is an error; a guess is a remark.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

SEPARATORS = (",", ";", "\t", "|")
LARGEST = 50_000_000
"""The largest file in bytes: about a hundred times the export of the largest seminar."""
_BOMS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONGEST_CELL = 100_000
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")
"""A spreadsheet takes a cell that begins with one of these for a formula, or for a command to run."""


class NotCsv(ValueError):
    """A file cannot be read from a line on; the message is for the person who saved or exported it."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: the line on which it begins, and its cells without empty cells at the end."""

    line: int
    cells: tuple[str, ...]


def text_of(content: bytes) -> tuple[str, list[str]]:
    """Return the file's text and remarks on its encoding; raise `NotCsv` if it is not a text."""
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise NotCsv("this is an old Excel file or has a password; save it as .xlsx or as “CSV UTF-8”")
    if len(content) > LARGEST:
        raise NotCsv("this file is too large for a list of people")
    text, remarks = _decoded(content)
    if "\0" in text:
        text = text.replace("\0", "")
        remarks.append("this file contains empty characters (NUL); they were removed")
    return text.replace("\r\n", "\n").replace("\r", "\n"), remarks


def _decoded(content: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding), []
    head = content[:400]
    if len(head) > 3 and head.count(0) > len(head) // 3:  # UTF-16 without a byte order mark: every second byte is 0
        return _strict(content, "utf-16-le" if head[1] == 0 else "utf-16-be"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    how = f"not UTF-8 (line {line}); read as Western European: check the accents of the names"
    try:
        return content.decode("cp1252"), [how]
    except UnicodeDecodeError:
        return content.decode("latin-1"), [how]


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise NotCsv("this file ends in the middle of a character; save or export it again") from None


def rows_of(text: str, understood: Callable[[tuple[str, ...]], int]) -> list[Row]:
    """Return the rows, read with the separator that gives most `understood` headers in one row; else raise `NotCsv`."""
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel adds
        return list(_rows("\n" + rest, first.strip()[-1]))
    head = text[:20_000]
    scores = {separator: max(map(understood, _cells(head, separator)), default=0) for separator in SEPARATORS}
    rows = list(_rows(text, max(SEPARATORS, key=scores.__getitem__)))
    if not any(scores.values()) and all(len(row.cells) < 2 for row in rows):
        # Some programs put each line as a whole into quotation marks: what is inside is the line.
        inside = "\n".join("".join(row.cells) for row in rows)
        if inside != text.rstrip("\n") and len(inside) < len(text):
            return rows_of(inside, understood)
    return rows


def _cells(head: str, separator: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the first rows, as far as they can be read with this separator."""
    try:
        for row in _rows(head, separator):
            yield row.cells
    except NotCsv:
        return


def _rows(text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            message = f"the quotation marks from line {line} on do not match; save or export the file again"
            raise NotCsv(message) from None
        while cells and not cells[-1].strip():
            cells.pop()
        yield Row(line=line, cells=tuple(cells))
        line = reader.line_num + 1


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the rows below a header, every cell in quotation marks, as Excel and mail programs read them."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never runs: one that begins like a formula gets a tab before it."""
    # A tab, not an apostrophe: Excel forgets an apostrophe when the file is saved and opened again.
    return f"\t{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
