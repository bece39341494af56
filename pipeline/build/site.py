"""The site of the series: gathered from the packages as they stand, and put in place at once.

Only a build of the whole series makes it, so that all its pages tell of the same sources; a build of single seminars
leaves the one that stands. Its pages bring their files with them: those of the packages, under second names.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline import package, render
from pipeline.build.fingerprint import Fingerprint, content_of, in_format, of_text
from pipeline.build.state import SITE
from pipeline.build.tasks import PACKAGE
from pipeline.compose import KINDS, View, compose_page, presentation_properties, seminar_view, turns
from pipeline.compose.page import counterparts, index_languages, index_name
from pipeline.compose.schedule import schedule
from pipeline.compose.website import (
    SCHEDULE,
    in_order,
    index,
    series_calendar,
)
from pipeline.core.documents import Artifact, ReadingList
from pipeline.core.sources import Seminar, Series
from pipeline.package.tree import Tree

Report = Callable[[Path, float], None]
Content = tuple[bytes, Fingerprint]
"""A file and what it was made from."""


def publish(
    root: Path,
    output: Path,
    series: Series,
    readings: Mapping[str, ReadingList],
    marks: Mapping[str, str],
    whole: str,
    report: Report,
) -> None:
    """Put the site in place; what has the same mark as the last time, and still stands, is not made again.

    `marks` stand for what the packages are made from, `whole` for what tells of all seminars together.
    """
    with Tree(output / SITE) as tree:
        site = _Site(root, output, series, tree)
        site.seminars(readings, marks)
        site.series_files(whole)
        if tree.publish():
            for name, seconds in site.made:
                report(tree.folder / name, seconds)
        package.note(output / f".cache/{SITE}.json", site.notes, site.known)


class _Site:
    """A site while it is made: `notes` say what its own files were made from, `made` lists those that are new."""

    def __init__(self, root: Path, output: Path, series: Series, tree: Tree) -> None:
        self.root, self.output, self.series, self.tree = root, output, series, tree
        self.known = dict(_standing(output / f".cache/{SITE}.json", tree.folder))
        self.notes: dict[str, dict[str, Any]] = {}
        self.made: list[tuple[str, float]] = []

    def seminars(self, readings: Mapping[str, ReadingList], marks: Mapping[str, str]) -> None:
        """Add each seminar: its page, which has changed where the package or a sister has, and the package's files."""
        mark = {seminar.id: self._mark(seminar, marks[seminar.id]) for seminar in self.series.seminars.values()}
        for seminar in self.series.seminars.values():
            files = _artifacts(self.output / seminar.id / PACKAGE)
            self._put(_page_of(seminar.id), mark[seminar.id], partial(self._seminar_page, seminar, files, readings))
            for file in files:
                self.tree.add(f"{seminar.id}/{file.path}", self.output / seminar.id / PACKAGE / file.path)
            self.tree.add(f"{seminar.id}/{seminar.id}.zip", self._zip(seminar))

    def series_files(self, mark: str) -> None:
        """Add what is for all seminars: calendar, schedule, and the index in each language."""
        calendar = f"{self.series.id}.ics"
        self._put(calendar, mark, self._calendar)
        self._put(SCHEDULE, mark, self._schedule)
        sizes = {name: self.tree.size(name) for name in (calendar, SCHEDULE)}
        for language in index_languages(self.series):
            self._put(index_name(language, self.series), mark, partial(self._index, language, sizes))

    @cached_property
    def _views(self) -> list[View]:
        return [seminar_view(seminar, None, self.series, self.root) for seminar in in_order(self.series)]

    def _calendar(self) -> Content:
        return self._rendered(series_calendar(self._views, self.series), "ics")

    def _schedule(self) -> Content:
        text = schedule(in_order(self.series), self.series, index_languages(self.series)[0]).encode()
        return text, of_text(text)

    def _index(self, language: str, sizes: dict[str, int]) -> Content:
        return self._rendered(index(language, self._views, sizes, self.series, self.root), "html")

    def _mark(self, seminar: Seminar, mark: str) -> str:
        """Return what stands for all that a seminar's page in the site is made from; `mark` stands for its package."""
        sisters = [(s.id, s.title, s.language, s.date) for s in counterparts(seminar, self.series)]
        return content_of((mark, index_name(seminar.language, self.series), sisters, self._zip(seminar).stat().st_size))

    def _zip(self, seminar: Seminar) -> Path:
        return self.output / f"{seminar.id}.zip"

    def _seminar_page(self, seminar: Seminar, files: list[Artifact], readings: Mapping[str, ReadingList]) -> Content:
        own, given = [file for file in files if file.kind in KINDS], self._presentations(seminar, files)
        size = self._zip(seminar).stat().st_size
        view = seminar_view(seminar, readings[seminar.id], self.series, self.root)
        page = compose_page(view, own, given, zip_size=size)
        return self._rendered(page, "html")

    def _presentations(self, seminar: Seminar, files: Iterable[Artifact]) -> dict[str, Artifact]:
        """Return the presentations of a package by speaker."""
        paths = {file.path: file for file in files if file.kind not in KINDS}
        if not paths:
            return {}
        view = seminar_view(seminar, None, self.series, self.root)
        names = {turn.folder: presentation_properties(turn, view) for turn in turns(seminar)}
        return {folder: paths[f"{about.name}.pptx"] for folder, about in names.items() if f"{about.name}.pptx" in paths}

    def _rendered(self, composed: Any, format: str) -> Content:
        content = render.write(format, composed, self.series.brand, self.root / "templates")
        return content, in_format(content_of(composed), format, self.root)

    def _stands(self, name: str, mark: str) -> bool:
        return self.known.get(name, {}).get("mark") == mark

    def _put(self, name: str, mark: str, make: Callable[[], Content]) -> None:
        """Add a file that is the site's own: the one that stands if its mark is the same, else what is made now."""
        if self._stands(name, mark):
            self.notes[name] = self.known[name]
            self.tree.add(name, self.tree.folder / name)
            return
        started = time.perf_counter()
        content, parts = make()
        self.notes[name] = {"mark": mark, "parts": vars(parts), "sha256": package.sha256(content)}
        if self.tree.add(name, content):
            self.made.append((name, time.perf_counter() - started))


def _page_of(seminar: str) -> str:
    return f"{seminar}/index.html"


def _artifacts(folder: Path) -> list[Artifact]:
    """Return the files of a package but its page, which is made anew for the site."""
    known = {field.name for field in fields(Artifact)}
    listed = json.loads((folder / package.MANIFEST).read_bytes())["files"]
    files = (Artifact(**{name: value for name, value in file.items() if name in known}) for file in listed)
    return [file for file in files if file.kind != "page"]


def _standing(notes: Path, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what was noted of each of the site's own files that is still on disk as it was made."""
    try:
        noted = json.loads(notes.read_bytes())["files"]
    except (OSError, ValueError, KeyError):
        return
    for name, note in noted.items():
        try:
            if package.sha256((folder / name).read_bytes()) == note["sha256"]:
                yield name, note
        except (OSError, KeyError):
            continue
