"""The staircase: the stages in order for the seminars asked for, nothing made twice, both cores used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline import beside, fresh, package, website
from pipeline.compose import KINDS, compose_page, prepare, turns
from pipeline.curate import Readings
from pipeline.fingerprint import of_composed, of_seminar, of_series
from pipeline.make import PACKAGE, Made, Task, made_file, make, presentations
from pipeline.model import ReadingList, Seminar, Series
from pipeline.problems import Problem, SourceError, ToolError, nearest
from pipeline.reading import lacking
from pipeline.render import FORMATS
from pipeline.whole import put, put_all, recover
from pipeline.workers import Workers

TOGETHER = 4
"""Seminars under way at the same time: enough for pandoc to be ready, few enough that their files fit in memory."""
MANY = 32
"""After so many seminars memory that lies free is given back."""
VERY_MANY = 200
"""From so many seminars on pandoc ends before anything is drawn: both together would take more memory than all else."""

SPEAKERS = "speakers"
NEEDS_READINGS = ("bibliography", "deck", "speaker")
"""Kinds that need the reading list, which takes longest and is waited for last."""

LIBRARIES = (
    *("jinja2", "markdown_it", "babel.dates", "lxml.etree", "typst"),
    *(f"pipeline.render.to_{format}" for format in ("docx", "pdf", "html", "pptx", "eml")),
)
"""What documents are made with: it takes as long to be loaded as the sources to be read, and both are done at once."""

Report = Callable[[Path, float], None]
"""Called for each file that was made: its path and the seconds it took."""


def build(root: Path, output: Path, ids: Iterable[str], report: Report) -> tuple[Series, list[str]]:
    """Build the packages of the seminars `ids` below `output`, or if none is named those of all and the site.

    Return the series read and the seminars asked for; those that stand as they are to be are not looked at again.
    """
    ids = tuple(ids)
    inputs = fresh.stamp(str(root))
    reading = beside.begun(partial(_read, root))
    for name in LIBRARIES:
        import_module(name)
    series = reading()
    seminars = _asked(series, ids)
    output.mkdir(parents=True, exist_ok=True)
    recover(output)
    readings = Readings(series, seminars, root, output / ".cache")
    own = {s.id: _own(series, s) for s in seminars}
    marks = {id: of_seminar(part, readings.marks[id], inputs) for id, part in own.items()}
    standing = fresh.standing(str(output), marks)
    known_look = fresh.same_look(str(output), inputs)
    try:
        wanted = {id: part for id, part in own.items() if id not in standing}
        _make(root, output, wanted, readings, report, known_look=known_look)
        if not ids:
            website.publish(root, output, series, readings, marks, of_series(series, inputs), report)
    except (SourceError, ToolError, OSError):
        raise
    except Exception as error:
        from pipeline.compose.contract import place_of
        from pipeline.reading import of_kinds

        faults = [*lacking(root), *of_kinds(root, series)] or place_of(error)
        if faults:
            raise SourceError(faults) from None
        raise
    put(output / fresh.STATE, fresh.note(str(output), inputs, series.seminars, marks, whole=not ids))
    return series, list(marks)


def _read(root: Path) -> Series:
    from pipeline.reading import read  # YAML and all checks: where they run in a process beside, this one needs neither

    return read(root, templates=False)


def _own(series: Series, seminar: Seminar) -> Series:
    """Return the part of the series that one seminar's files are made from, and nothing else."""
    return replace(
        series,
        seminars={seminar.id: seminar},
        people={id: series.people[id] for id in seminar.people},
        texts={seminar.language: series.texts[seminar.language]},
        references={},
        remarks=(),
    )


def _make(
    root: Path, output: Path, own: Mapping[str, Series], readings: Readings, report: Report, *, known_look: bool
) -> None:
    """Make and publish all files of the seminars in `own`, each from its own part of the series.

    Templates of a `known_look` have made files before: what they must hold is not looked at again.
    """
    if not own:
        return
    readings.begin(own)  # pandoc works while the rest gets ready
    if len(own) > VERY_MANY:
        for id in own:
            readings.wait(readings.marks[id])
    known = {id: package.known(output / ".cache", output, id) for id in own}
    for part in own.values():
        prepare(part, root)
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
    workers: Workers, own: Mapping[str, Series], readings: Readings, output: Path, report: Report
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


def _in_order(tasks: Mapping[str, Sequence[Task]], readings: Readings) -> Iterator[tuple[Task, ReadingList | None]]:
    """Yield the tasks of some seminars at a time, those without need of a reading list first."""
    ids = list(tasks)
    for i in range(0, len(ids), TOGETHER):
        some = [task for id in ids[i : i + TOGETHER] for task in tasks[id]]
        yield from ((task, None) for task in some if task.kind not in NEEDS_READINGS)
        yield from ((task, readings[task.seminar]) for task in some if task.kind in NEEDS_READINGS)


def _asked(series: Series, ids: tuple[str, ...]) -> list[Seminar]:
    unknown = [id for id in ids if id not in series.seminars]
    if unknown:
        near = {id: nearest(id, series.seminars, otherwise="known are those of sources/seminars") for id in unknown}
        raise SourceError(
            Problem(path="SEMINAR", line=1, message=f"no seminar `{id}`", fix=f"{fix} (`make help` lists the commands)")
            for id, fix in near.items()
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
    root: Path, output: Path, series: Series, seminar: Seminar, made: list[Made], reading: ReadingList, report: Report
) -> None:
    """Put a seminar's files, its page, manifest and sums in place, and note what they were made from."""
    folder = output / seminar.id / PACKAGE
    own = [m for m in made if m.folder == PACKAGE]
    order = [(kind, format) for kind, (_, formats) in KINDS.items() for format in formats]
    own.sort(key=lambda m: order.index((m.artifact.kind, m.artifact.format)))
    files = {m.artifact.path: m.content for m in own if m.content is not None}
    files |= {m.artifact.path: (folder / m.artifact.path).read_bytes() for m in own if m.content is None}
    returned = presentations(seminar, series, root)
    files |= {m.artifact.path: m.content for m in returned.values()}
    given = {speaker: m.artifact for speaker, m in returned.items()}
    started = time.perf_counter()
    page = compose_page(seminar, reading, [m.artifact for m in own], given, series, root)
    files["index.html"] = FORMATS["html"](page, series.brand, root / "templates")
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
