"""Returned files find their speaker, and accepted copies their place; an original is never touched.

`sources/returned/` holds what staff dropped there, under any name. The clean copy of a speaker's newest acceptable file
goes to `sources/presentations/<seminar>/<speaker>.pptx`; the copy that stood there before is kept in `older/`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from filecmp import cmp
from pathlib import Path
from typing import Any

from pipeline.model import Verdict
from pipeline.private import FILE
from pipeline.record import Record
from pipeline.whole import put

RETURNED, PRESENTATIONS = Path("sources/returned"), Path("sources/presentations")
CLEANER = "2"
"""The version of the cleaner; a copy that an older one made is cleaned again from its original."""


class Owner(Record):
    """Whose file it is: a seminar and the speaker's folder in it."""

    seminar: str
    speaker: str


class Slide(Record):
    """What the title slide of an accepted copy says, by placeholder; nothing for a deck that was not made here.

    Where it has `agreed` with the programme once, a difference is none that the speaker made.
    """

    says: Mapping[str, str] = field(default_factory=dict)
    agreed: Collection[str] = ()


class Receipt(Record):
    """One returned file, its verdict and its owner; `placed` says whether it is what participants now get.

    The clean copy waits at `copy` until it is placed.
    """

    path: Path
    verdict: Verdict
    owner: Owner | None
    copy: Path
    placed: bool = False
    superseded: bool = False


def returned_files(root: Path, expected: Mapping[str, Collection[str]]) -> tuple[list[Path], dict[Path, str]]:
    """Return the files in `sources/returned` that are to be judged, oldest first, and why the others are not.

    One of those is a file of which a copy lies in a speaker's folder, since that is where `assign` put it.
    """
    files, others = [], {}
    for path in sorted((root / RETURNED).rglob("*")):
        if path.name.startswith(".") or path.is_dir() and not path.is_symlink():
            continue
        why = _passed_over(path)
        if why:
            others[path] = why
        else:
            files.append(path)
    given = [path for path in files if owner_named(claimed(path, root), expected)]
    for path in (path for path in files if path not in given):
        same = next((each for each in given if cmp(path, each, shallow=False)), None)
        if same:
            others[path] = f"the same file lies in {same.relative_to(root).as_posix()}, which is judged"
    files = [path for path in files if path not in others]
    return sorted(files, key=lambda p: (p.stat().st_mtime_ns, p.as_posix())), others


def _passed_over(path: Path) -> str:
    """Return why a file is not looked into, empty if it is."""
    if path.is_symlink() or not path.is_file():
        return "this is no file but a way to one; put the file itself here"
    if path.name.startswith("~$"):
        return "PowerPoint leaves this file here while a presentation is open"
    return "notes are not judged" if path.name == "README.md" else ""


def claimed(path: Path, root: Path) -> str:
    """Return in whose folder, as seminar/speaker, a returned file lies; nothing for one that lies in none."""
    steps = path.relative_to(root / RETURNED).parts[:-1]
    return "/".join(steps[:2]) if len(steps) >= 2 else ""


def owner_of(
    path: Path, verdict: Verdict, root: Path, series: str, expected: Mapping[str, Collection[str]]
) -> Owner | None:
    """Return the owner by the folders the file lies in, else by the identity inside it; None if neither is known.

    A deck that was made for another series belongs to nobody here.
    """
    claims = [claimed(path, root)]
    if verdict.identity.get("series", series) == series:
        claims.append(f"{verdict.identity.get('seminar', '')}/{verdict.identity.get('speaker', '')}")
    return next((owner for claim in claims if (owner := owner_named(claim, expected))), None)


def owner_named(name: str, expected: Mapping[str, Collection[str]]) -> Owner | None:
    """Return the owner that is called seminar/speaker; None if nobody is."""
    seminar, _, speaker = name.partition("/")
    return Owner(seminar=seminar, speaker=speaker) if speaker in expected.get(seminar, ()) else None


def assign(path: Path, owner: Owner, root: Path) -> Path:
    """Put a copy of a file into its owner's folder below `sources/returned`, and return the copy's path."""
    folder = root / RETURNED / owner.seminar / owner.speaker
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    if target.resolve() == path.resolve():
        return path
    content = path.read_bytes()
    if target.exists() and target.read_bytes() != content:  # another file of that name came before: both are kept
        target = folder / f"{target.stem}-{_short(content)}{target.suffix}"
    put(target, content, mode=FILE)  # nobody has cleaned it yet
    os.utime(target, ns=(path.stat().st_mtime_ns,) * 2)
    return target


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
        put(target.parent / "older" / f"{owner.speaker}-{_short(before)}.pptx", before)
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


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
