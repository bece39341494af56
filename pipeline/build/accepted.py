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
CLEANER = "3"
"""The version of the cleaner; a copy that an older one made is cleaned again from its original."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The seminar and the speaker that a presentation belongs to."""

    seminar: str
    speaker: str


@dataclass(frozen=True, kw_only=True)
class Slide:
    """The text of the title slide of an accepted copy, by placeholder; empty for a deck that was not made here.

    `agreed` names the placeholders that once agreed with the programme: a later difference is not the speaker's.
    """

    says: Mapping[str, str] = field(default_factory=dict)
    agreed: Collection[str] = ()


def accepted_copy(owner: Owner, root: Path) -> Path:
    """Return the path of a speaker's accepted copy, whether it exists or not."""
    return root / PRESENTATIONS / owner.seminar / f"{owner.speaker}.pptx"


def place(content: bytes, slide: Slide, owner: Owner, root: Path) -> bool:
    """Make `content` the speaker's accepted copy, record its title slide, and return whether anything changed.

    The order is safe against a crash at any step: the old copy is kept first, the record of what the cleaner made is
    written before the copy itself, and each file is replaced in one step.
    """
    target, note = accepted_copy(owner, root), _noted(content, slide)
    before = target.read_bytes() if target.is_file() else None
    if before == content and _note(target) == note:
        return False
    if before is not None and before != content:
        put(target.parent / "older" / f"{owner.speaker}-{short(before)}.pptx", before)
    put(target.with_suffix(".json"), f"{json.dumps(note, ensure_ascii=False)}\n".encode())
    put(target, content)
    return True


def made_here(path: Path) -> bool:
    """Return whether a presentation is byte for byte what the cleaner made."""
    try:
        return _noted(path.read_bytes(), Slide()).items() <= _note(path).items()
    except OSError:
        return False


def accepted_files(root: Path) -> Iterator[Path]:
    """Yield every presentation in the folders of accepted copies, except those in `older/`."""
    for path in sorted((root / PRESENTATIONS).rglob("*.pptx")):
        if path.parent.name != "older" and not path.name.startswith("."):
            yield path


def slide_of(path: Path) -> Slide:
    """Return what was recorded of the title slide of an accepted copy."""
    note = _note(path)
    return Slide(says=note.get("says", {}), agreed=note.get("agreed", ()))


def _noted(content: bytes, slide: Slide) -> dict[str, Any]:
    """Return what is recorded of an accepted copy."""
    said = {"says": dict(slide.says), "agreed": sorted(slide.agreed)} if slide.says else {}
    return {"sha256": hashlib.sha256(content).hexdigest(), "cleaner": CLEANER, **said}


def _note(path: Path) -> dict[str, Any]:
    """Return the record of a copy, empty if there is none or it cannot be read."""
    try:
        note = json.loads(path.with_suffix(".json").read_bytes())
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
