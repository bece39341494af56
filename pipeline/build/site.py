"""The site of the series, gathered from the packages and put in place at once.

Only a build of all seminars makes it, so that all its pages come from the same sources; a build of single seminars
does not change the site. Files of packages are in it as hard links; each page links only to files in the same folder.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline import package
from pipeline.build import cache
from pipeline.build.fingerprint import Fingerprint, Look, digest, of_composed, of_series
from pipeline.build.parallel import Files, Workers, folder
from pipeline.build.publish import Report
from pipeline.build.stamp import SITE, load
from pipeline.build.tasks import PACKAGE, rendered
from pipeline.build.why import inputs_of
from pipeline.compose import KINDS, compose_page, presentation_properties, seminar_view, turns
from pipeline.compose.page import counterparts, index_languages, index_name
from pipeline.compose.schedule import schedule
from pipeline.compose.series import in_order
from pipeline.compose.website import SCHEDULE, index, series_calendar
from pipeline.core.atomic import put_folder
from pipeline.core.documents import Artifact, ReadingList
from pipeline.core.sources import Seminar, Series


@dataclass(frozen=True, kw_only=True)
class Page:
    """A file that only the site has: its name, its content, and what it was made from."""

    name: str
    content: bytes
    made_from: Fingerprint
    seconds: float


def publish(
    root: Path,
    output: Path,
    series: Series,
    works: Mapping[str, str],
    fingerprints: Mapping[str, str],
    inputs: Sequence[str],
    look: Look,
    report: Report,
    workers: Workers,
) -> None:
    """Replace the site, unless it is the same already; a page is made again only if its fingerprint has changed.

    `works` and `fingerprints` are those of the reading lists and of the seminars.
    """
    pool, files = workers
    known = cache.intact(output, SITE)
    marks = {f"{id}/index.html": _mark(series.seminars[id], fingerprints[id], series, output) for id in fingerprints}
    stale = [name for name, mark in marks.items() if known.get(name, {}).get("mark") != mark]
    ids = {name: name.partition("/")[0] for name in stale}
    readings = cache.reading_lists(series, {id: works[id] for id in ids.values()}, root, output)
    tasks: list[Future[list[Page]]] = []
    for id in ids.values():
        part, artifacts = _neighbours(series.seminars[id], series), _artifacts(output / id / PACKAGE)
        size = (output / f"{id}.zip").stat().st_size
        tasks.append(pool.submit(make_page, id, part, readings[id], artifacts, size, look, files))
    mark = of_series(series, inputs)
    own = [name for name in load(str(output), SITE).get("files", {}) if "/" not in name]
    if not own or any(known.get(name, {}).get("mark") != mark for name in own):
        own = []
        tasks.append(
            pool.submit(make_series_files, series.model_copy(update={"references": {}, "remarks": ()}), look, files)
        )

    made = {page.name: page for task in tasks for page in task.result()}
    kept = {name: known[name] for name in (*marks, *own) if name not in made}
    entries = [(name, made[name].content if name in made else output / SITE / name) for name in (*made, *kept)]
    changed = put_folder(output / SITE, [*entries, *_of_packages(series.seminars, output)])
    for name in changed:
        if name in made:
            report(output / SITE / name, made[name].seconds)
    records = {
        page.name: {
            "mark": marks.get(page.name, mark),
            "sha256": package.sha256(page.content),
            "made_from": vars(page.made_from),
        }
        for page in made.values()
    }
    cache.remember(output, SITE, records | kept, known, inputs=inputs_of(inputs))


def make_page(
    id: str,
    series: Series,
    reading: ReadingList,
    artifacts: Sequence[Artifact],
    size: int,
    look: Look,
    files: Files,
) -> list[Page]:
    """Return a seminar's page in the site; `artifacts` are the files of its package, `size` is that of its zip."""
    started, root, seminar = time.perf_counter(), folder(files), series.seminars[id]
    view = seminar_view(seminar, reading, series, root)
    paths = {file.path: file for file in artifacts if file.kind not in KINDS}
    names = {turn.folder: f"{presentation_properties(turn, view).name}.pptx" for turn in turns(seminar)}
    given = {speaker: paths[name] for speaker, name in names.items() if name in paths}
    own = [file for file in artifacts if file.kind in KINDS]
    page = compose_page(view, own, given, zip_size=size)
    content = rendered(page, "html", series, root)
    return [_page(f"{id}/index.html", content, look.of(of_composed(page), "html"), started)]


def make_series_files(series: Series, look: Look, files: Files) -> list[Page]:
    """Return the files about all seminars: calendar, schedule, and the index in each language."""
    started, root = time.perf_counter(), folder(files)
    views, languages = [seminar_view(one, None, series, root) for one in in_order(series)], index_languages(series)
    calendar = series_calendar(views, series)
    content = rendered(calendar, "ics", series, root)
    made = [_page(f"{series.id}.ics", content, look.of(of_composed(calendar), "ics"), started)]
    text = schedule(in_order(series), series, languages[0]).encode()
    made.append(_page(SCHEDULE, text, Fingerprint(content=digest(text)), started))
    sizes = {page.name: len(page.content) for page in made}
    for language in languages:
        started = time.perf_counter()
        page = index(language, views, sizes, series, root)
        content = rendered(page, "html", series, root)
        made.append(_page(index_name(language, series), content, look.of(of_composed(page), "html"), started))
    return made


def _page(name: str, content: bytes, made_from: Fingerprint, started: float) -> Page:
    return Page(name=name, content=content, made_from=made_from, seconds=time.perf_counter() - started)


def _neighbours(seminar: Seminar, series: Series) -> Series:
    """Return the part of the series that a seminar's page in the site is made from.

    It has the seminars that the page links to, and one in each language, since the indexes depend on the languages.
    """
    languages = {other.language: other for other in series.seminars.values()}
    people = {id: series.people[id] for id in seminar.people}
    seminars = {one.id: one for one in (seminar, *counterparts(seminar, series), *languages.values())}
    return series.model_copy(update={"seminars": seminars, "people": people, "references": {}, "remarks": ()})


def _mark(seminar: Seminar, fingerprint: str, series: Series, output: Path) -> str:
    """Return the digest of everything that a seminar's page in the site is made from."""
    others = [(other.id, other.region, other.language, other.date) for other in counterparts(seminar, series)]
    size = (output / f"{seminar.id}.zip").stat().st_size
    return of_composed((fingerprint, index_name(seminar.language, series), others, size))


def _of_packages(ids: Iterable[str], output: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name in the site and the path of every package file that the site contains."""
    for id in ids:
        for artifact in _artifacts(output / id / PACKAGE):
            yield f"{id}/{artifact.path}", output / id / PACKAGE / artifact.path
        yield f"{id}/{id}.zip", output / f"{id}.zip"


def _artifacts(package_folder: Path) -> list[Artifact]:
    """Return the files of a package except its page: the site has another page of its own."""
    known = {field.name for field in fields(Artifact)}
    entries = json.loads((package_folder / package.MANIFEST).read_bytes())["files"]
    artifacts = [Artifact(**{name: value for name, value in entry.items() if name in known}) for entry in entries]
    return [artifact for artifact in artifacts if artifact.kind != "page"]
