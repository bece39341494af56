"""The staircase: the stages in order for the seminars asked for, nothing made twice, both cores used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline import package
from pipeline.compose import KINDS, LAYOUTS, compose_page, turns
from pipeline.curate import curate
from pipeline.fingerprint import of_composed
from pipeline.load import load
from pipeline.make import Made, Task, made_file, make, presentations
from pipeline.model import Seminar, Series
from pipeline.problems import Problem, SourceError, nearest
from pipeline.render import FORMATS, contract
from pipeline.workers import Workers

PACKAGE, SPEAKERS = "package", "speakers"
NEEDS_READINGS = ("bibliography", "deck", "speaker")
"""Kinds that need the reading list, which takes longest and is waited for last."""

Report = Callable[[Path, float], None]
"""Called for each file that was made: its path and the seconds it took."""


def read(root: Path) -> Series:
    """Return the series; raise `SourceError` with every problem of sources and templates."""
    series = load(root)
    problems = [Problem(path=path, line=1, message=message) for path, message in contract(root / "templates", LAYOUTS)]
    if problems:
        raise SourceError(problems)
    return series


def build(root: Path, output: Path, ids: Iterable[str], report: Report) -> Series:
    """Build the packages of the seminars `ids` (all of them if empty) below `output`; return the series read."""
    series = read(root)
    seminars = _asked(series, tuple(ids))
    output.mkdir(parents=True, exist_ok=True)
    package.recover(output)
    cache = output / ".cache"
    known = {s.id: package.known(cache, output, s.id) for s in seminars}
    made: dict[str, list[Made]] = {s.id: [] for s in seminars}
    with Workers(make, root, series, known) as workers:
        tasks = [task for seminar in seminars for task in _tasks(seminar)]
        early = [workers.start(task, None) for task in tasks if task.kind not in NEEDS_READINGS]
        readings = curate(series, seminars, root, cache)
        late = [workers.start(task, readings[task.seminar]) for task in tasks if task.kind in NEEDS_READINGS]
        for seminar, files in workers.finished(early + late):
            for file in files:
                made[seminar].append(file)
                if file.content:
                    report(output / seminar / file.place, file.seconds)
    for seminar in seminars:
        _publish_package(root, output, series, seminar, made[seminar.id], report)
        _publish_speakers(output, seminar, made[seminar.id])
    return series


def _asked(series: Series, ids: tuple[str, ...]) -> list[Seminar]:
    unknown = [id for id in ids if id not in series.seminars]
    if unknown:
        raise SourceError(
            Problem(path="sources/seminars", line=1, message=f"no seminar `{id}`", fix=nearest(id, series.seminars))
            for id in unknown
        )
    return [series.seminars[id] for id in ids or sorted(series.seminars)]


def _tasks(seminar: Seminar) -> list[Task]:
    kinds = [Task(seminar=seminar.id, kind=kind, folder=PACKAGE) for kind in KINDS]
    own = [
        Task(seminar=seminar.id, kind="speaker", folder=f"{SPEAKERS}/{turn.folder}", turn=turn)
        for turn in turns(seminar)
    ]
    return kinds + own


def _publish_package(
    root: Path, output: Path, series: Series, seminar: Seminar, made: list[Made], report: Report
) -> None:
    """Put a seminar's files, its page, manifest and sums in place, and note what they were made from."""
    folder = output / seminar.id / PACKAGE
    own = [m for m in made if m.folder == PACKAGE]
    order = [(kind, format) for kind, (_, formats) in KINDS.items() for format in formats]
    own.sort(key=lambda m: order.index((m.artifact.kind, m.artifact.format)))
    files = {m.artifact.path: m.content or (folder / m.artifact.path).read_bytes() for m in own}
    returned = presentations(seminar, series, root)
    files |= {m.artifact.path: m.content for m in returned.values()}
    given = {speaker: m.artifact for speaker, m in returned.items()}
    started = time.perf_counter()
    page = compose_page(seminar, [m.artifact for m in own], given, series, root)
    files["index.html"] = FORMATS["html"](page, series.brand, root / "templates")
    seconds = time.perf_counter() - started
    index = made_file(page.properties, PACKAGE, "html", files["index.html"], of_composed(page, "html", root), seconds)
    listed = [index.artifact, *(m.artifact for m in own), *given.values()]
    files[package.MANIFEST] = package.manifest(listed, seminar, series)
    files[package.SUMS] = package.sums(files)
    if package.publish(files, folder):
        report(folder / "index.html", seconds)
    started = time.perf_counter()
    if package.replace(output / f"{seminar.id}.zip", package.zipped(files)):
        report(output / f"{seminar.id}.zip", time.perf_counter() - started)
    made.append(index)


def _publish_speakers(output: Path, seminar: Seminar, made: list[Made]) -> None:
    """Put what leaves for each speaker in place, take away what nobody gets any more, and note it all."""
    folder = output / seminar.id
    for file in made:
        if file.folder != PACKAGE and file.content:
            package.replace(folder / file.place, file.content)
    package.sweep(folder, {file.place for file in made})
    package.note(output / f".cache/{seminar.id}.json", {file.place: file.note() for file in made})
