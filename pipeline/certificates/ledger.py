"""The list that goes with the files, for a mail merge: a CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

HEADER = ("Number", "Verification code", "Name", "Email", "Language", "Minutes", "File")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows below a header, every cell in quotation marks, as Excel and mail programs read them."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(cell: str) -> str:
    """Return a cell that is shown and never run: what begins like a formula gets a tab before it."""
    # A tab, not an apostrophe: Excel forgets an apostrophe when the file is saved and opened again.
    return f"\t{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
