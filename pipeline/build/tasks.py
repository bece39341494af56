"""One task of a build: a kind of document of one seminar, or one speaker's deck and mail, in all its formats."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline import render
from pipeline.build.fingerprint import Fingerprint, content_of, in_format, of_composed, of_text
from pipeline.collect.accepted import PRESENTATIONS, made_here
from pipeline.compose import (
    KINDS,
    Turn,
    compose,
    compose_message,
    compose_speaker,
    is_held,
    presentation_properties,
    seminar_view,
    turns,
)
from pipeline.core.documents import Artifact, Attachment, ReadingList
from pipeline.core.formats import FORMATS
from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Seminar, Series

PACKAGE, MESSAGE = "package", "message.eml"


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be made: a kind of a seminar, for a folder of the seminar's output; `turn` for a speaker's deck."""

    seminar: str
    kind: str
    folder: str
    turn: Turn | None = None


@dataclass(frozen=True, kw_only=True)
class Made:
    """One file: `content` is None when the one on disk still stands; `seconds` is 0 then."""

    folder: str
    artifact: Artifact
    content: bytes | None
    parts: Fingerprint
    seconds: float

    @property
    def place(self) -> str:
        """The file's path below the seminar's output."""
        return f"{self.folder}/{self.artifact.path}"

    def note(self) -> dict[str, Any]:
        """Return what the next build wants to know of this file."""
        return {"artifact": vars(self.artifact), "parts": vars(self.parts)}


def make(task: Task, reading: ReadingList | None, series: Series, root: Path, known: Mapping[str, Any]) -> list[Made]:
    """Return every file of a task; those that are `known` to be made from the same things are not made again."""
    if task.turn:
        return _speaker(task, reading, series, root, known)
    composed = compose(task.kind, seminar_view(series.seminars[task.seminar], reading, series, root))
    made, mark = [], content_of(composed)
    for format in sorted(KINDS[task.kind].formats, key=lambda format: format != "pdf"):  # Typst leaves Python to others
        if field := FORMATS[format].reading_list:
            text = getattr(reading, field).encode()
            made.append(_text(task, made[0].artifact, format, text, known))
        else:
            made.append(_rendered(task, composed, in_format(mark, format, root), format, series, root, known))
    return made


def _rendered(
    task: Task, composed: Any, parts: Fingerprint, format: str, series: Series, root: Path, known: Mapping[str, Any]
) -> Made:
    """Return one format of what was composed, made now or standing from before."""
    started = time.perf_counter()
    about = getattr(composed, "properties", composed)
    old = known.get(f"{task.folder}/{about.name}.{format}")
    if old and old["parts"] == vars(parts):
        return Made(folder=task.folder, artifact=Artifact(**old["artifact"]), content=None, parts=parts, seconds=0)
    content = render.write(format, composed, series.brand, root / "templates")
    return made_file(about, task.folder, format, content, parts, time.perf_counter() - started)


def made_file(about: Any, folder: str, format: str, content: bytes, parts: Fingerprint, seconds: float) -> Made:
    """Return a file that was just made; `about` says its name, title, language and kind."""
    artifact = Artifact(
        path=f"{about.name}.{format}",
        title=about.title,
        language=about.language,
        kind=about.kind,
        format=format,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        fingerprint=parts.short(),
    )
    return Made(folder=folder, artifact=artifact, content=content, parts=parts, seconds=seconds)


def _text(task: Task, first: Artifact, format: str, content: bytes, known: Mapping[str, Any]) -> Made:
    """Return a file that is its own text; `first` is the document whose title and language it shares."""
    parts = of_text(content)
    path = f"{first.path.removesuffix(first.format)}{format}"
    artifact = replace(
        first,
        path=path,
        format=format,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        fingerprint=parts.short(),
    )
    stands = known.get(f"{task.folder}/{path}", {}).get("parts") == vars(parts)
    return Made(folder=task.folder, artifact=artifact, content=None if stands else content, parts=parts, seconds=0)


def _speaker(task: Task, reading: ReadingList, series: Series, root: Path, known: Mapping[str, Any]) -> list[Made]:
    """Return a speaker's deck and the draft of the mail that carries it with the calendar entry."""
    seminar = series.seminars[task.seminar]
    view = seminar_view(seminar, reading, series, root)
    deck, event = compose_speaker(task.turn, view), compose("calendar", view)
    first = _rendered(task, deck, of_composed(deck, "pptx", root), "pptx", series, root, known)
    draft = compose_message(task.turn, view)
    parts = of_composed((draft, first.parts, event), "eml", root)
    old = known.get(f"{task.folder}/{MESSAGE}")
    if old and old["parts"] == vars(parts) and first.content is None:
        return [
            first,
            Made(folder=task.folder, artifact=Artifact(**old["artifact"]), content=None, parts=parts, seconds=0),
        ]
    started = time.perf_counter()
    content = (
        first.content if first.content is not None else render.write("pptx", deck, series.brand, root / "templates")
    )
    enclosed = Attachment(name=first.artifact.path, media_type=FORMATS["pptx"].media_type, content=content)
    calendar = render.write("ics", event, series.brand, root / "templates")
    asks = "CANCEL" if seminar.status == "cancelled" else "PUBLISH"
    entry = Attachment(
        name=f"{event.name}.ics",
        media_type=f"{FORMATS['ics'].media_type}; charset=utf-8; method={asks}",
        content=calendar,
    )
    message = replace(draft, attachments=(enclosed, entry) if is_held(seminar) else (entry,))
    mail = render.write("eml", message, series.brand, root / "templates")
    about = _MailProperties(name="message", title=message.subject, language=message.language, kind="message")
    return [first, made_file(about, task.folder, "eml", mail, parts, time.perf_counter() - started)]


@dataclass(frozen=True, kw_only=True)
class _MailProperties:
    name: str
    title: str
    language: str
    kind: str


def presentation_of(turn: Turn, seminar: Seminar, root: Path) -> Path:
    """Return where the accepted presentation of a turn stands, if there is one."""
    return root / PRESENTATIONS / seminar.id / f"{turn.folder}.pptx"


def presentations(seminar: Seminar, series: Series, root: Path) -> dict[str, Made]:
    """Return the accepted presentations by speaker; one that the cleaner did not make is a `SourceError`."""
    found, problems, view = {}, [], seminar_view(seminar, None, series, root)
    for turn in turns(seminar):
        path = presentation_of(turn, seminar, root)
        if not path.is_file():
            continue
        if not made_here(path):
            message, fix = "did not come through `make collect`", "put it into sources/returned and run `make collect`"
            problems.append(Problem(path=path.relative_to(root).as_posix(), line=1, message=message, fix=fix))
            continue
        about = presentation_properties(turn, view)
        content = path.read_bytes()
        found[turn.folder] = made_file(about, PACKAGE, "pptx", content, of_text(content), 0)
    if problems:
        raise SourceError(problems)
    return found
