"""The two tasks of a seminar: make the files of its package, and make the files for each of its speakers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from pipeline import package, render
from pipeline.build.accepted import Owner, accepted_copy
from pipeline.build.cache import Record
from pipeline.build.fingerprint import Fingerprint, Look, digest, of_composed
from pipeline.build.parallel import Files, folder
from pipeline.compose import (
    KINDS,
    Turn,
    View,
    compose,
    compose_message,
    compose_page,
    compose_speaker,
    is_held,
    presentation_properties,
    seminar_view,
    turns,
)
from pipeline.compose.calendar import seminar_event
from pipeline.core.documents import Artifact, Attachment, Deck, Event, Message, ReadingList
from pipeline.core.formats import FORMATS
from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Seminar, Series

PACKAGE, SPEAKERS = "package", "speakers"
"""The folders of a seminar's output: the package for participants, and a folder for each speaker."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """Everything that one seminar's files are made from, except templates and logos.

    `series` is the seminar's part of the series. `known` are the records of the files that are on the disk unchanged.
    `presentations` are the accepted ones by speaker: size, SHA-256, and whether `make collect` made them. `photos` are
    only set for workers on other machines.
    """

    series: Series
    reading: ReadingList
    look: Look
    known: Mapping[str, Record]
    presentations: Mapping[str, tuple[int, str, bool]] = field(default_factory=dict)
    photos: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def seminar(self) -> Seminar:
        (seminar,) = self.series.seminars.values()
        return seminar


@dataclass(frozen=True, kw_only=True)
class File:
    """One file with its path below the seminar's output; without `content`, the file on the disk is up to date.

    For an accepted presentation, `speaker` is set and the content is the accepted copy. Manifest and checksums are made
    from the other files: they have no artifact and no fingerprint in `made_from`.
    """

    path: str
    content: bytes | None
    sha256: str
    artifact: Artifact | None = None
    made_from: Fingerprint | None = None
    speaker: str = ""
    seconds: float = 0

    def record(self) -> Record:
        """Return the record of the file for the cache."""
        return {"sha256": self.sha256, "artifact": vars(self.artifact), "made_from": vars(self.made_from)}


def make_package(job: Job, files: Files) -> list[File]:
    """Return the files of a seminar's package, the accepted presentations without their content."""
    root, seminar = folder(files, job.photos), job.seminar
    view = seminar_view(seminar, job.reading, job.series, root)
    made: list[File] = []
    for kind in KINDS.values():
        composed = compose(kind.id, view)
        about, content = getattr(composed, "properties", composed), of_composed(composed)
        for format in kind.formats:
            if part := FORMATS[format].reading_list:
                text = getattr(job.reading, part).encode()
                made.append(_file(about, PACKAGE, format, Fingerprint(content=digest(text)), partial(bytes, text), job))
            else:
                write = partial(rendered, composed, format, job.series, root)
                made.append(_file(about, PACKAGE, format, job.look.of(content, format), write, job))
    given = _presentations(job, view)
    ready = {file.speaker: file.artifact for file in given if file.artifact}
    page = compose_page(view, [file.artifact for file in made if file.artifact], ready)
    write = partial(rendered, page, "html", job.series, root)
    index = _file(page.properties, PACKAGE, "html", job.look.of(of_composed(page), "html"), write, job)
    listed = {file.artifact.path: file for file in (index, *made, *given) if file.artifact}
    manifest = package.manifest([file.artifact for file in listed.values() if file.artifact], seminar, job.series)
    checksums = {path: file.sha256 for path, file in listed.items()} | {package.MANIFEST: package.sha256(manifest)}
    return [*listed.values(), _derived(package.MANIFEST, manifest), _derived(package.SUMS, package.sums(checksums))]


def make_speakers(job: Job, files: Files) -> list[File]:
    """Return the deck of each speaker, and the draft of the mail with the deck and the calendar entry attached."""
    root, seminar = folder(files, job.photos), job.seminar
    view = seminar_view(seminar, job.reading, job.series, root)
    event = seminar_event(view)
    calendar = cache(partial(rendered, event, "ics", job.series, root))  # made once, if any of the mails is made
    made: list[File] = []
    for turn in turns(seminar):
        place = f"{SPEAKERS}/{turn.folder}"
        deck = compose_speaker(turn, view)
        made_from = job.look.of(of_composed(deck), "pptx")
        write = partial(rendered, deck, "pptx", job.series, root)
        made.append(_file(deck.properties, place, "pptx", made_from, write, job))
        message = compose_message(turn, view)
        about = _MessageProperties(title=message.subject, language=message.language)
        write = partial(_mail, message, deck, made[-1].content, event, calendar, job, root)
        made_from = job.look.of(of_composed((message, made_from, event)), "eml")
        made.append(_file(about, place, "eml", made_from, write, job))
    return made


def _mail(
    message: Message,
    deck: Deck,
    content: bytes | None,
    event: Event,
    calendar: Callable[[], bytes],
    job: Job,
    root: Path,
) -> bytes:
    """Return the mail with its attachments; `content` is the content of the deck if this run has made it."""
    method = "CANCEL" if job.seminar.status == "cancelled" else "PUBLISH"
    media_type = f"{FORMATS['ics'].media_type}; charset=utf-8; method={method}"
    attached = [Attachment(name=f"{event.name}.ics", media_type=media_type, content=calendar())]
    if is_held(job.seminar):
        content = content or rendered(deck, "pptx", job.series, root)
        media_type = FORMATS["pptx"].media_type
        attached.insert(0, Attachment(name=f"{deck.properties.name}.pptx", media_type=media_type, content=content))
    return rendered(replace(message, attachments=tuple(attached)), "eml", job.series, root)


def rendered(composed: Any, format: str, series: Series, root: Path) -> bytes:
    """Return the bytes of a composed document in a format, with the brand of the series and the project's templates."""
    return render.write(format, composed, series.brand, root / "templates")


@dataclass(frozen=True, kw_only=True)
class _MessageProperties:
    title: str
    language: str
    name: str = "message"
    kind: str = "message"


def _file(about: Any, place: str, format: str, made_from: Fingerprint, write: Callable[[], bytes], job: Job) -> File:
    """Return a file; make it unless the file on the disk has the same fingerprint. `about` has its title and name."""
    path, started = f"{place}/{about.name}.{format}", time.perf_counter()
    old = job.known.get(path)
    if old and old["made_from"] == vars(made_from):
        artifact = Artifact(**old["artifact"])
        return File(path=path, content=None, sha256=artifact.sha256, artifact=artifact, made_from=made_from)
    content = write()
    artifact = _artifact(about, format, len(content), package.sha256(content), made_from)
    seconds = time.perf_counter() - started
    sha256 = artifact.sha256
    return File(path=path, content=content, sha256=sha256, artifact=artifact, made_from=made_from, seconds=seconds)


def _artifact(about: Any, format: str, size: int, sha256: str, made_from: Fingerprint) -> Artifact:
    return Artifact(
        path=f"{about.name}.{format}",
        title=about.title,
        language=about.language,
        kind=about.kind,
        format=format,
        size=size,
        sha256=sha256,
        fingerprint=made_from.short(),
    )


def _derived(name: str, content: bytes) -> File:
    return File(path=f"{PACKAGE}/{name}", content=content, sha256=package.sha256(content))


def _presentations(job: Job, view: View) -> list[File]:
    """Return the accepted presentations; raise `SourceError` for one that `make collect` did not make."""
    found: list[File] = []
    problems: list[Problem] = []
    for turn in turns(job.seminar):
        if turn.folder not in job.presentations:
            continue
        size, sha256, made_here = job.presentations[turn.folder]
        if not made_here:
            path = accepted_copy(Owner(seminar=job.seminar.id, speaker=turn.folder), Path()).as_posix()
            message, fix = "did not come through `make collect`", "put it into sources/returned and run `make collect`"
            problems.append(Problem(path=path, line=1, message=message, fix=fix))
            continue
        about = presentation_properties(turn, view)
        artifact = _artifact(about, "pptx", size, sha256, Fingerprint(content=sha256[:16]))
        path = f"{PACKAGE}/{artifact.path}"
        found.append(File(path=path, content=None, sha256=sha256, artifact=artifact, speaker=turn.folder))
    if problems:
        raise SourceError(problems)
    return found


def presentation_of(turn: Turn, seminar: Seminar, root: Path) -> Path:
    """Return the path of the accepted presentation of a turn, whether it exists or not."""
    return accepted_copy(Owner(seminar=seminar.id, speaker=turn.folder), root)
