"""Which column of an export means what, by its header alone; a header that is not known is never guessed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.attendance.fold import word

FOLDER = Path(__file__).parent
NAMING = {"name", "given", "family", "address"}
"""One of these is in every table of people."""

UNREAD, PREAMBLE = "unread", "preamble"


@lru_cache(maxsize=2)
def listed(name: str) -> dict[str, Any]:
    """Return one of the lists beside this file, every value as the text that stands there."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (makes nothing but text)


@lru_cache(maxsize=1)
def _headers() -> dict[str, str]:
    lists = listed("columns.yaml")
    meanings = {word(header): meaning for meaning, headers in lists["columns"].items() for header in headers}
    return meanings | {word(header): kind for kind in (UNREAD, PREAMBLE) for header in lists[kind]}


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    return {word(text): kind for kind, texts in listed("columns.yaml")["titles"].items() for text in texts}


@lru_cache(maxsize=1)
def _answers() -> dict[str, str]:
    return {word(text): answer for answer, texts in listed("columns.yaml")["answers"].items() for text in texts}


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Return the words with which headers of names begin."""
    lists = listed("columns.yaml")["columns"]
    return frozenset(word(header).partition(" ")[0] for header in lists["name"]) - {"user", "full", "display"}


def meanings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the meaning of each header: empty if it is not known, `unread` if its column is not wanted."""
    return tuple(_headers().get(word(cell), "") for cell in cells)


def understood(cells: Sequence[str]) -> int:
    """Return how many of the cells are headers that are known."""
    return sum(map(bool, meanings(cells))) if len(cells) > 1 else 0


def is_header(found: Sequence[str]) -> bool:
    """Return whether a row with these meanings is the header of a table of people."""
    return PREAMBLE not in found and bool(NAMING & set(found)) and sum(map(bool, found)) > 1


def is_preamble(found: Sequence[str]) -> bool:
    """Return whether a row with these meanings begins a block about the meeting."""
    return PREAMBLE in found


def title(cells: Sequence[str]) -> str:
    """Return which block a line of one cell begins: `participants`, `others`, or none."""
    return _titles().get(word(cells[0]), "") if len(cells) == 1 else ""


def answer(text: str) -> str:
    """Return `yes`, `no`, `approved`, `pending` or `denied` for a word that is known, else nothing."""
    return _answers().get(word(text), "")


def is_like_a_name(header: str) -> bool:
    """Return whether a header that is not known begins with a word for name."""
    return word(header).partition(" ")[0] in _names()


def twice(found: Sequence[str]) -> Iterator[str]:
    """Yield each meaning that two columns have."""
    wanted = [meaning for meaning in found if meaning and meaning != UNREAD]
    yield from sorted({meaning for meaning in wanted if wanted.count(meaning) > 1})
