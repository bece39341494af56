"""Accepted copies of speakers' decks, and where they are kept.

The clean copy of a speaker's newest acceptable file is `sources/presentations/<seminar>/<speaker>.pptx`; the copy that
it replaces is kept in `older/`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.atomic import put

PRESENTATIONS = Path("sources/presentations")
CLEANER = "2"
"""The version of the cleaner; a copy that an older one made is cleaned again from its original."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose file it is: a seminar and the speaker's folder in it."""

    seminar: str
    speaker: str


@dataclass(frozen=True, kw_only=True)
class Slide:
    """What the title slide of an accepted copy says, by placeholder; nothing for a deck that was not made here.

    Where it has `agreed` with the programme once, a difference is none that the speaker made.
    """

    says: Mapping[str, str] = field(default_factory=dict)
    agreed: Collection[str] = ()


def accepted_copy(owner: Owner, root: Path) -> Path:
    """Return where the accepted copy of a speaker stands, or would stand."""
    return root / PRESENTATIONS / owner.seminar / f"{owner.speaker}.pptx"


def place(content: bytes, slide: Slide, owner: Owner, root: Path) -> bool:
    """Make `content` the speaker's accepted copy, note what its title slide says, and return whether that is new.

    The order is safe against a crash at any step: the old copy is kept first, the note of what the cleaner made comes
    before the copy itself, and each is written whole by one renaming.
    """
    target = accepted_copy(owner, root)
    before = target.read_bytes() if target.is_file() else None
    if before == content and _note(target) == _noted(content, slide):
        return False
    if before is not None and before != content:
        put(target.parent / "older" / f"{owner.speaker}-{short(before)}.pptx", before)
    text = json.dumps(_noted(content, slide), ensure_ascii=False)
    put(target.with_suffix(".json"), f"{text}\n".encode())
    put(target, content)
    return True


def made_here(path: Path) -> bool:
    """Return whether a presentation is what the cleaner made, byte for byte."""
    try:
        return _noted(path.read_bytes(), Slide()).items() <= _note(path).items()
    except OSError:
        return False


def accepted_files(root: Path) -> Iterator[Path]:
    """Yield every presentation that lies where accepted copies do, those that were kept in `older/` left out."""
    for path in sorted((root / PRESENTATIONS).rglob("*.pptx")):
        if path.parent.name != "older" and not path.name.startswith("."):
            yield path


def slide_of(path: Path) -> Slide:
    """Return what was noted of the title slide of an accepted copy."""
    note = _note(path)
    return Slide(says=note.get("says", {}), agreed=note.get("agreed", ()))


def _noted(content: bytes, slide: Slide) -> dict[str, Any]:
    """Return what is noted of an accepted copy."""
    said = {"says": dict(slide.says), "agreed": sorted(slide.agreed)} if slide.says else {}
    return {"sha256": hashlib.sha256(content).hexdigest(), "cleaner": CLEANER, **said}


def _note(path: Path) -> dict[str, Any]:
    """Return the note beside a copy, empty if there is none that can be read."""
    try:
        note = json.loads(path.with_suffix(".json").read_bytes())
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
