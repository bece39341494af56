"""The land of the Earth in cells of one degree, from `templates/land.txt`, for the maps of the covers."""

from __future__ import annotations

import re
from pathlib import Path

PATH = Path("templates/land.txt")
ROWS, COLUMNS = 180, 360
_ROW = re.compile(r"[0-9a-f]{90}")


def read_land(text: str) -> tuple[int, ...]:
    """Return the rows of cells from north to south, each with one bit a cell from west to east.

    Raise `ValueError` if the text has another form.
    """
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if len(rows) != ROWS or not all(map(_ROW.fullmatch, rows)):
        raise ValueError(f"a map of the land has {ROWS} rows of {COLUMNS // 4} hexadecimal digits")
    return tuple(int(row, 16) for row in rows)


def is_land(land: tuple[int, ...], latitude: float, longitude: float) -> bool:
    """Return whether the cell at a place in degrees is land; a longitude may lie beyond 180 degrees."""
    row = min(int(90 - latitude), ROWS - 1)
    column = int(longitude + 180) % COLUMNS
    return bool(land[row] >> (COLUMNS - 1 - column) & 1)
