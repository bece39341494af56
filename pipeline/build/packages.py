"""The build: `build` runs all steps from the sources to `output/` in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from pipeline.build import cache, check, site, stamp
from pipeline.build.accepted import PRESENTATIONS, made_here
from pipeline.build.fingerprint import Look, look, of_seminar
from pipeline.build.parallel import KILLED, Files, Workers
from pipeline.build.publish import Report, publish_package, publish_speakers
from pipeline.build.tasks import File, Job, make_package, make_speakers
from pipeline.build.why import inputs_of
from pipeline.compose.template_check import place_of
from pipeline.core.atomic import recover
from pipeline.core.documents import ReadingList
from pipeline.core.problems import Problem, SourceError, ToolError, closest, nearest
from pipeline.core.sources import Seminar, Series
from pipeline.curate import fingerprint
from pipeline.load import Kept
from pipeline.load.checks.seminars import COMMANDS
from pipeline.render.vocabulary import UnknownWord


def build(
    root: Path, output: Path, ids: Iterable[str], report: Report, workers: Workers, kept: Kept | None = None
) -> tuple[Series, list[str]]:
    """Build the packages of the seminars `ids` below `output`; without ids, those of all seminars and the site.

    Return the series that was read and the ids of the seminars that are up to date now. With `kept`, of the sources
    only those are parsed that have changed since earlier builds with the same mapping.
    """
    ids, inputs = tuple(ids), stamp.stamp(str(root))
    series = check.read(root, templates=(), kept=kept)
    seminars = _asked(series, ids)
    output.mkdir(parents=True, exist_ok=True)
    recover(output)

    works = {seminar.id: fingerprint(seminar, series, root) for seminar in seminars}
    parts = {seminar.id: _part(series, seminar) for seminar in seminars}
    fingerprints = {id: of_seminar(part, works[id], inputs) for id, part in parts.items()}
    unchanged = cache.unchanged(output, fingerprints)
    changed = [id for id in parts if id not in unchanged]
    readings = cache.reading_lists(series, {id: works[id] for id in changed}, root, output)
    shared, known_templates = look(root), cache.same_templates(output, inputs)
    with _faults_named(root, series):
        jobs = {id: _job(parts[id], readings[id], shared, root, output, workers) for id in changed}
        for id, made in _made(jobs, known_templates, root, output, report, workers):
            cache.remember(
                output,
                id,
                made,
                jobs[id].known,
                fingerprint=fingerprints[id],
                inputs=inputs_of(inputs, series.seminars[id]),
                reading=(works[id], readings[id]),
            )
        if not ids:
            site.publish(root, output, series, works, fingerprints, inputs, shared, report, workers)
    cache.remember_build(output, inputs, series.seminars, parts if ids else (*parts, stamp.SITE))
    return series, list(parts)


def _asked(series: Series, ids: tuple[str, ...]) -> list[Seminar]:
    unknown = [id for id in ids if id not in series.seminars]
    if unknown:
        raise SourceError(unknown_name(id, series.seminars) for id in unknown)
    return [series.seminars[id] for id in ids or sorted(series.seminars)]


def unknown_name(name: str, seminars: Iterable[str]) -> Problem:
    """Return the problem of a name that is neither a seminar nor a command of `make`, with the nearest of both."""
    meant = closest(name, [*seminars, *COMMANDS])
    fix = nearest(name, seminars, otherwise="known are those of sources/seminars")
    if meant in COMMANDS:
        fix = f"did you mean `make {meant}`?"
    return Problem(
        path="SEMINAR", line=1, message=f"no seminar `{name}`", fix=f"{fix} (`make help` lists the commands)"
    )


def _part(series: Series, seminar: Seminar) -> Series:
    """Return only the part of the series that one seminar's files are made from."""
    return series.model_copy(
        update={
            "seminars": {seminar.id: seminar},
            "people": {id: series.people[id] for id in seminar.people},
            "texts": {seminar.language: series.texts[seminar.language]},
            "references": {},
            "remarks": (),
        }
    )


def _job(part: Series, reading: ReadingList, shared: Look, root: Path, output: Path, workers: Workers) -> Job:
    """Return the argument for the tasks of a seminar."""
    (id,) = part.seminars
    presentations = {}
    for path in sorted((root / PRESENTATIONS / id).glob("*.pptx")):
        content = path.read_bytes()
        presentations[path.stem] = len(content), sha256(content).hexdigest(), made_here(path)
    photos = {}
    if not isinstance(workers[1], Path):  # on another machine
        names = [f"sources/people/{person.photo}" for person in part.people.values() if person.photo]
        photos = {name: (root / name).read_bytes() for name in names}
    known = cache.intact(output, id)
    return Job(series=part, reading=reading, look=shared, known=known, presentations=presentations, photos=photos)


def _made(
    jobs: Mapping[str, Job],
    known_templates: bool,
    root: Path,
    output: Path,
    report: Report,
    workers: Workers,
) -> Iterator[tuple[str, dict[str, cache.Record]]]:
    """Make and publish the files of all jobs, and yield each seminar with its records when both its tasks are done.

    Templates that no build has used yet are checked at the same time, before anything is published.
    """
    pool, files = workers
    tasks: dict[Future[list[File]], tuple[str, Callable[[Job, Files], list[File]]]] = {}
    templates: Future[list[Problem]] | None = None
    for id, job in jobs.items():
        tasks |= {pool.submit(task, job, files): (id, task) for task in (make_package, make_speakers)}
        templates = templates or (pool.submit(list) if known_templates else pool.submit(check.lacking, files))
    made: dict[str, dict[Callable[[Job, Files], list[File]], list[File]]] = {id: {} for id in jobs}
    for future in as_completed(tasks):
        if templates and templates.result():
            raise SourceError(templates.result())
        id, task = tasks.pop(future)  # the future keeps the files in memory until it is removed
        made[id][task] = future.result()
        if len(made[id]) < 2:
            continue
        both = made.pop(id)  # neither is published without the other: both are of the same sources
        publish_package(both[make_package], id, root, output, report)
        publish_speakers(both[make_speakers], id, output)
        files_of_both = [file for files_of_task in both.values() for file in files_of_task]
        for file in files_of_both:
            if file.content is not None and file.artifact:
                report(output / id / file.path, file.seconds)
        yield id, {file.path: file.record() for file in files_of_both if file.made_from}


@contextmanager
def _faults_named(root: Path, series: Series) -> Iterator[None]:
    """Turn errors in templates into problems with path and line, and a killed process into a `ToolError`."""
    try:
        yield
    except BrokenProcessPool:
        raise ToolError(KILLED) from None
    except UnknownWord:
        if faults := list(check.of_kinds(root, series)) or list(check.of_writers(root, series)):
            raise SourceError(faults) from None
        raise
    except (SourceError, ToolError, OSError):
        raise
    except Exception as error:
        faults = [*check.lacking(root), *check.of_kinds(root, series)] or place_of(error)
        if faults:
            raise SourceError(faults) from None
        raise
