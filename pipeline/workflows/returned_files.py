"""The files in `sources/returned/` and their owners. Staff put them there under any name; they are never changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from pipeline.collect.accepted import Owner, short
from pipeline.compose import turns
from pipeline.core.atomic import put
from pipeline.core.private import FILE
from pipeline.core.problems import closest
from pipeline.core.sources import Series
from pipeline.core.verdicts import Verdict

RETURNED = Path("sources/returned")


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One returned file, its verdict and its owner; `placed` is whether packages now contain it.

    `copy` is the path of the clean copy until it is placed.
    """

    path: Path
    verdict: Verdict
    owner: Owner | None
    copy: Path
    placed: bool = False
    superseded: bool = False


def returned_files(root: Path, expected: Mapping[str, Collection[str]]) -> tuple[list[Path], dict[Path, str]]:
    """Return the files in `sources/returned` that are to be judged, oldest first, and why the others are not.

    A file with a copy in a speaker's folder is not judged, because `assign` made that copy and it is judged instead.
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
            others[path] = f"the same file is in {same.relative_to(root).as_posix()}, and that copy is judged"
    files = [path for path in files if path not in others]
    return sorted(files, key=lambda p: (p.stat().st_mtime_ns, p.as_posix())), others


def _passed_over(path: Path) -> str:
    """Return the reason why a file is not judged, or an empty string if it is."""
    if path.is_symlink() or not path.is_file():
        return "this is a link; put the file itself here"
    if path.name.startswith("~$"):
        return "PowerPoint leaves this file here while a presentation is open"
    return "notes are not judged" if path.name == "README.md" else ""


def folder_named(path: Path, root: Path) -> str:
    """Return the folders that contain a returned file, as seminar/speaker; an empty string if there are none."""
    steps = path.relative_to(root / RETURNED).parts[:-1]
    return "/".join(steps[:2]) if len(steps) >= 2 else ""


def owner_of(
    path: Path, verdict: Verdict, root: Path, series: str, expected: Mapping[str, Collection[str]]
) -> Owner | None:
    """Return the owner by the folders of the file, else by the identity inside it; None if neither is known.

    A deck that was made for another series has no owner here.
    """
    claims = [folder_named(path, root)]
    if verdict.identity.get("series", series) == series:
        claims.append(f"{verdict.identity.get('seminar', '')}/{verdict.identity.get('speaker', '')}")
    return next((owner for claim in claims if (owner := owner_named(claim, expected))), None)


def expected_speakers(series: Series) -> dict[str, list[str]]:
    """Return the folder names of all speakers, by seminar."""
    return {seminar.id: [turn.folder for turn in turns(seminar)] for seminar in series.seminars.values()}


def similar(name: str, expected: Mapping[str, Collection[str]]) -> str:
    """Return the seminar/speaker that is most similar to an unknown one; an empty string if none is similar."""
    seminar, _, speaker = name.partition("/")
    seminar = seminar if seminar in expected else closest(seminar, expected)
    speaker = closest(speaker, expected.get(seminar, ()))
    return f"{seminar}/{speaker}" if speaker else ""


def owner_named(name: str, expected: Mapping[str, Collection[str]]) -> Owner | None:
    """Return the owner with the name seminar/speaker; None if there is none."""
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
    if target.exists() and target.read_bytes() != content:  # another file has that name: both are kept
        target = folder / f"{target.stem}-{short(content)}{target.suffix}"
    put(target, content, mode=FILE)  # it is not cleaned yet
    os.utime(target, ns=(path.stat().st_mtime_ns,) * 2)
    return target
