"""The press: files of the seminars that have changed, made on both cores, and put in place seminar by seminar."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import package, render
from pipeline.build.check import lacking
from pipeline.build.fingerprint import of_composed
from pipeline.build.parallel import Workers
from pipeline.build.tasks import PACKAGE, Made, Task, made_file, make, presentations
from pipeline.compose import KINDS, compose_page, seminar_view, turns
from pipeline.core.atomic import put, put_all
from pipeline.core.problems import SourceError

if TYPE_CHECKING:
    from pipeline.core.documents import ReadingList
    from pipeline.core.sources import Seminar, Series

TOGETHER = 4
"""Seminars under way at the same time: enough for pandoc to be ready, few enough that their files fit in memory."""
MANY = 32
"""After so many seminars memory that lies free is given back."""

SPEAKERS = "speakers"
NEEDS_READINGS = ("bibliography", "deck", "speaker")
"""Kinds that need the reading list."""

Report = Callable[[Path, float], None]
"""Called for each file that was made: its path and the seconds it took."""


def make_all(
    root: Path,
    output: Path,
    own: Mapping[str, Series],
    readings: Mapping[str, ReadingList],
    report: Report,
    *,
    known_look: bool,
) -> None:
    """Make all files of the seminars in `own`, each from its own part of the series, and put them in place.

    Templates of a `known_look` have made files before: what they must hold is not looked at again.
    """
    if not own:
        return
    known = {id: package.known(output / ".cache", output, id) for id in own}
    with Workers(partial(_made, own=own, known=known, root=root)) as workers:
        looked_at = workers.submit(list if known_look else partial(lacking, root))  # Typst needs no Python meanwhile
        for number, (id, made) in enumerate(_finished(workers, own, readings, output, report), start=1):
            if looked_at.result():
                raise SourceError(looked_at.result())
            seminar = own[id].seminars[id]
            _publish_package(root, output, own[id], seminar, made, readings[id], report)
            _publish_speakers(output, seminar, made, known[id])
            if number % MANY == 0:
                _give_back()


def _give_back() -> None:
    """Give the system the memory that lies free between what is used; a C library that cannot keeps it."""
    import ctypes
    import gc

    gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _made(task: Task, reading: ReadingList | None, *, own: Mapping[str, Series], known: Any, root: Path) -> list[Made]:
    return make(task, reading, own[task.seminar], root, known[task.seminar])


def _finished(
    workers: Workers, own: Mapping[str, Series], readings: Mapping[str, ReadingList], output: Path, report: Report
) -> Iterator[tuple[str, list[Made]]]:
    """Yield each seminar with all its files as soon as the last of them is made."""
    tasks = {id: _tasks(part.seminars[id]) for id, part in own.items()}
    made: dict[str, list[Made]] = {id: [] for id in own}
    left = {id: len(of_seminar) for id, of_seminar in tasks.items()}
    for task, files in workers.results(_in_order(tasks, readings)):
        made[task.seminar] += files
        for file in files:
            if file.content is not None:
                report(output / task.seminar / file.place, file.seconds)
        left[task.seminar] -= 1
        if not left[task.seminar]:
            yield task.seminar, made.pop(task.seminar)


def _in_order(
    tasks: Mapping[str, Sequence[Task]], readings: Mapping[str, ReadingList]
) -> Iterator[tuple[Task, ReadingList | None]]:
    """Yield the tasks of some seminars at a time, those without need of a reading list first."""
    ids = list(tasks)
    for i in range(0, len(ids), TOGETHER):
        some = [task for id in ids[i : i + TOGETHER] for task in tasks[id]]
        yield from ((task, None) for task in some if task.kind not in NEEDS_READINGS)
        yield from ((task, readings[task.seminar]) for task in some if task.kind in NEEDS_READINGS)


def _tasks(seminar: Seminar) -> list[Task]:
    kinds = [Task(seminar=seminar.id, kind=kind, folder=PACKAGE) for kind in KINDS]
    own = [
        Task(seminar=seminar.id, kind="speaker", folder=f"{SPEAKERS}/{turn.folder}", turn=turn)
        for turn in turns(seminar)
    ]
    return kinds + own


def _publish_package(
    root: Path, output: Path, series: Series, seminar: Seminar, made: list[Made], reading: ReadingList, report: Report
) -> None:
    """Put a seminar's files, its page, manifest and sums in place, and note what they were made from."""
    folder = output / seminar.id / PACKAGE
    own = [m for m in made if m.folder == PACKAGE]
    order = [(kind, format) for kind in KINDS for format in KINDS[kind].formats]
    own.sort(key=lambda m: order.index((m.artifact.kind, m.artifact.format)))
    files = {m.artifact.path: m.content for m in own if m.content is not None}
    files |= {m.artifact.path: (folder / m.artifact.path).read_bytes() for m in own if m.content is None}
    returned = presentations(seminar, series, root)
    files |= {m.artifact.path: m.content for m in returned.values()}
    given = {speaker: m.artifact for speaker, m in returned.items()}
    started = time.perf_counter()
    page = compose_page(seminar_view(seminar, reading, series, root), [m.artifact for m in own], given)
    files["index.html"] = render.write("html", page, series.brand, root / "templates")
    seconds = time.perf_counter() - started
    index = made_file(page.properties, PACKAGE, "html", files["index.html"], of_composed(page, "html", root), seconds)
    listed = [index.artifact, *(m.artifact for m in own), *given.values()]
    files[package.MANIFEST] = package.manifest(listed, seminar, series)
    files[package.SUMS] = package.sums(files)
    if package.publish(files, folder):
        report(folder / "index.html", seconds)
    started = time.perf_counter()
    if put(output / f"{seminar.id}.zip", package.zipped(files)):
        report(output / f"{seminar.id}.zip", time.perf_counter() - started)
    made.append(index)


def _publish_speakers(output: Path, seminar: Seminar, made: list[Made], known: Mapping[str, Any]) -> None:
    """Put what leaves for each speaker in place, take away what nobody gets any more, and note it all."""
    folder = output / seminar.id
    own = (file for file in made if file.folder != PACKAGE and file.content is not None)
    put_all({folder / file.place: file.content for file in own})
    package.sweep(folder, {file.place for file in made})
    package.note(output / f".cache/{seminar.id}.json", {file.place: file.note() for file in made}, known)
