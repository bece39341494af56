"""Reads the rows of a list of people, which is a CSV file or an Excel workbook (.xlsx), by what is in the file.

No formula of a workbook is computed, and nothing outside the file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from pipeline.core.csv_file import NotCsv, Row, rows_of, text_of

LARGEST = 200_000_000
"""The largest content of a workbook in bytes, unpacked: some ten times that of the largest seminar."""

MOST_ROWS, MOST_COLUMNS = 100_000, 500


def read_rows(content: bytes, understood: Callable[[tuple[str, ...]], int]) -> tuple[list[Row], list[str]]:
    """Return the rows of a file, and remarks on how it was read; raise `NotCsv` if it cannot be read.

    A CSV file is read with the separator that gives most `understood` headers in one row.
    """
    if content.startswith(b"PK\3\4"):
        return _rows_of_workbook(content), []
    text, remarks = text_of(content)
    return rows_of(text, understood), remarks


def _rows_of_workbook(content: bytes) -> list[Row]:
    """Return the rows of the one worksheet that has any.

    A row's line is its number in the worksheet. Dates become text like 2020-07-09 08:00:00.
    """
    import openpyxl  # here: it takes a fifth of a second to load, and most lists are CSV files

    _check(content)
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheets = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
    except NotCsv:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise NotCsv("this Excel file is damaged; save it again as .xlsx or as “CSV UTF-8”") from error
    filled = {title: rows for title, rows in sheets.items() if any(row.cells for row in rows)}
    if len(filled) > 1:
        names = ", ".join(f"`{title}`" for title in filled)
        raise NotCsv(
            f"this Excel file has several worksheets ({names}); save the one that is meant as a file of its own"
        )
    return next(iter(filled.values()), [])


def _check(content: bytes) -> None:
    """Raise `NotCsv` for what is no workbook, is too large once unpacked, or declares entities."""
    try:
        with ZipFile(BytesIO(content)) as package:
            names = package.namelist()
            if sum(entry.file_size for entry in package.infolist()) > LARGEST:
                raise NotCsv("this file is too large for a list of people")
            if not any(name.startswith("xl/") for name in names):
                raise NotCsv("this is no list of people; save it as .xlsx or as “CSV UTF-8”")
            for name in names:
                if name.endswith((".xml", ".rels")):
                    with package.open(name) as part:
                        if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                            raise NotCsv("this Excel file is not as Excel writes it; save it as “CSV UTF-8”")
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotCsv("this Excel file is damaged or has a password; save it again as .xlsx") from error


def _rows(sheet: Any) -> Iterator[Row]:
    """Yield the rows of a worksheet, also beyond the size that it states."""
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(), 1):
        if line > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise NotCsv(f"this Excel file has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns")
        texts = []
        for cell in cells:
            if what := {"f": "a formula", "e": "an error"}.get(cell.data_type):
                raise NotCsv(f"the cell {cell.coordinate} has {what}; copy its column and paste it as values", line)
            texts.append(_text(cell.value))
        while texts and not texts[-1].strip():
            texts.pop()
        yield Row(line=line, cells=tuple(texts))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
