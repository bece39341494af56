"""Puts finished files in place: a seminar's package with its zip, and the folders of its speakers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from pathlib import Path

from pipeline import package
from pipeline.build.accepted import Owner, accepted_copy
from pipeline.build.tasks import PACKAGE, SPEAKERS, File
from pipeline.core.atomic import put, put_all, put_folder

Report = Callable[[Path, float], None]
"""Called for each file that was made: its path and the seconds it took."""


def publish_package(files: Collection[File], seminar: str, root: Path, output: Path, report: Report) -> None:
    """Replace a seminar's package and its zip, unless they are the same already."""
    folder = output / seminar / PACKAGE
    contents: dict[str, bytes] = {}
    for file in files:
        name = file.path.removeprefix(f"{PACKAGE}/")
        if file.speaker:
            contents[name] = accepted_copy(Owner(seminar=seminar, speaker=file.speaker), root).read_bytes()
        else:
            contents[name] = (folder / name).read_bytes() if file.content is None else file.content
    put_folder(folder, contents.items())
    started = time.perf_counter()
    if put(output / f"{seminar}.zip", package.zipped(contents)):
        report(output / f"{seminar}.zip", time.perf_counter() - started)


def publish_speakers(files: Collection[File], seminar: str, output: Path) -> None:
    """Put the decks and mails of a seminar's speakers in place, and remove those that are no longer made."""
    folder, expected = output / seminar, {file.path for file in files}
    put_all({folder / file.path: file.content for file in files if file.content is not None})
    own_folders = {path.rpartition("/")[0] for path in expected}
    for inside, _, names in os.walk(folder / SPEAKERS, topdown=False):
        above = Path(inside).relative_to(folder).as_posix()
        for name in names:
            gone = above not in own_folders  # the speaker has left the programme: remove report and patch as well
            if (gone or name.endswith((".pptx", ".eml"))) and f"{above}/{name}" not in expected:
                Path(inside, name).unlink()
        if not any(Path(inside).iterdir()):
            Path(inside).rmdir()
