"""The files in `sources/returned/`, which staff put there under any name: whose they are. They are never changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from pipeline.collect.accepted import Owner, short
from pipeline.core.atomic import put
from pipeline.core.private import FILE
from pipeline.core.verdicts import Verdict

RETURNED = Path("sources/returned")


@dataclass(frozen=True, kw_only=True)
class Receipt:
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
    given = [path for path in files if owner_named(folder_named(path, root), expected)]
    for path in (path for path in files if path not in given):
        same = next((each for each in given if cmp(path, each, shallow=False)), None)
        if same:
            others[path] = f"the same file lies in {same.relative_to(root).as_posix()}, which is judged"
    files = [path for path in files if path not in others]
    return sorted(files, key=lambda p: (p.stat().st_mtime_ns, p.as_posix())), others


def _passed_over(path: Path) -> str:
    """Return why a file is not looked into, empty if it is."""
    if path.is_symlink() or not path.is_file():
        return "this is a link; put the file itself here"
    if path.name.startswith("~$"):
        return "PowerPoint leaves this file here while a presentation is open"
    return "notes are not judged" if path.name == "README.md" else ""


def folder_named(path: Path, root: Path) -> str:
    """Return the folders that a returned file lies in, as seminar/speaker; nothing for one that lies in none."""
    steps = path.relative_to(root / RETURNED).parts[:-1]
    return "/".join(steps[:2]) if len(steps) >= 2 else ""


def owner_of(
    path: Path, verdict: Verdict, root: Path, series: str, expected: Mapping[str, Collection[str]]
) -> Owner | None:
    """Return the owner by the folders the file lies in, else by the identity inside it; None if neither is known.

    A deck that was made for another series belongs to nobody here.
    """
    claims = [folder_named(path, root)]
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
        target = folder / f"{target.stem}-{short(content)}{target.suffix}"
    put(target, content, mode=FILE)  # nobody has cleaned it yet
    os.utime(target, ns=(path.stat().st_mtime_ns,) * 2)
    return target
