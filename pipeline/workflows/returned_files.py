"""The files in `sources/returned/` and their owners. Staff put them there under any name; they are never changed."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path
from unicodedata import normalize

from pipeline.build.accepted import Owner, short
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

    `copy` is the path of the clean copy until it is placed; `why` is the reason why a file in a speaker's folder has no
    owner.
    """

    path: Path
    verdict: Verdict
    owner: Owner | None
    copy: Path
    placed: bool = False
    superseded: bool = False
    why: str = ""


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
            wrong = wrong_folder(path, root, expected)
            why = f"the same file is in {same.relative_to(root).as_posix()}, and that copy is judged"
            others[path] = f"{wrong} {why[0].upper()}{why[1:]}" if wrong else why
    files = [path for path in files if path not in others]
    return sorted(files, key=lambda p: (p.stat().st_mtime_ns, p.as_posix())), others


def _passed_over(path: Path) -> str:
    """Return the reason why a file is not judged, or an empty string if it is."""
    if path.is_symlink() or not path.is_file():
        return "this is a link; put the file itself here"
    if path.name.endswith((".tmp", ".crdownload", ".part", ".download")):
        return "this download is not complete; put the file here once it is"
    if any(folder.suffix == ".key" for folder in path.parents):
        return "this is a part of a Keynote file; ask the speaker to export it as PowerPoint (.pptx)"
    if path.name.startswith("~$"):
        return "PowerPoint leaves this file here while a presentation is open"
    return "notes are not judged" if path.name == "README.md" else ""


def shared(files: Collection[Path], root: Path, expected: Mapping[str, Collection[str]]) -> dict[Path, str]:
    """Return the files that are in the folders of two speakers, each with the reason why neither gets it.

    The same presentation of one speaker in two seminars is allowed.
    """
    given = [(path, owner) for path in files if (owner := owner_named(folder_named(path, root), expected))]
    found = {}
    for path, owner in given:
        for other, another in given:
            if owner.speaker != another.speaker and cmp(path, other, shallow=False):
                place = other.relative_to(root).as_posix()
                found[path] = f"The same file is in {place}: delete the one that is in the wrong folder."
                break
    return found


def wrong_folder(path: Path, root: Path, expected: Mapping[str, Collection[str]]) -> str:
    """Return what is wrong with the folders of a returned file, and the folder that was probably meant.

    A file that is in no folder, or in the folder of a seminar, has none that could be wrong.
    """
    steps = path.relative_to(root / RETURNED).parts[:-1][:2]
    if not steps or owner_named("/".join(steps), expected) or (len(steps) == 1 and steps[0] in expected):
        return ""
    seminar, speaker = steps[0], steps[-1]
    meant = similar("/".join(steps), expected)
    if len(steps) == 1 and (
        of := [f"{id}/{each}" for id in expected for each in [_meant(speaker, expected[id])] if each]
    ):
        meant = of[0]
    if seminar in expected or (len(steps) == 1 and meant):
        message = f"No speaker `{speaker}`" + (f" in {seminar}" if seminar in expected else "")
    else:
        message = f"No seminar `{seminar}`"
    cure = f"did you mean `{meant}`? Then rename the folder."
    return f"{message}; {cure if meant else 'folders are called <seminar>/<speaker>.'}"


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
    seminar = seminar if seminar in expected else closest(seminar.replace(" ", "-"), expected)
    speaker = _meant(speaker, expected.get(seminar, ()))
    return f"{seminar}/{speaker}" if speaker else ""


def _meant(name: str, speakers: Collection[str]) -> str:
    """Return the folder name of the speaker that a person may write in another way: `MOTA, Ana` is `ana-mota`."""
    plain = normalize("NFD", name).encode("ascii", "ignore").decode().casefold()
    words = set(re.findall(r"[a-z0-9]+", plain))
    same = [each for each in speakers if words and words <= set(each.split("-"))]
    return same[0] if len(same) == 1 else closest("-".join(re.findall(r"[a-z0-9]+", plain)), speakers)


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
