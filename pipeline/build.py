"""The staircase: the stages in order for the seminars asked for, nothing made twice, both cores used."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import package
from pipeline.compose import KINDS, LAYOUTS, compose, compose_page
from pipeline.curate import curate
from pipeline.fingerprint import Fingerprint, of_document, of_text
from pipeline.load import load
from pipeline.model import Artifact, ReadingList, Seminar, Series
from pipeline.problems import Problem, SourceError, nearest
from pipeline.render import FORMATS, contract
from pipeline.workers import Workers

TEXT_FORMATS = {"bib": "bibtex", "csl.json": "csl_json"}
"""Formats that are written by the reading list itself, by its field."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """One file of a package: `content` is empty when the one on disk still stands; `seconds` is 0 then."""

    artifact: Artifact
    content: bytes
    parts: Fingerprint
    seconds: float


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
    with Workers(root, series, {s.id: _known(cache, output, s) for s in seminars}, make) as workers:
        early = [workers.start(s, kind, None) for s in seminars for kind in KINDS if not _reads(kind)]
        readings = curate(series, seminars, root, cache)
        late = [workers.start(s, kind, readings[s.id]) for s in seminars for kind in KINDS if _reads(kind)]
        made: dict[str, list[Made]] = {s.id: [] for s in seminars}
        for seminar, files in workers.finished(early + late):
            for file in files:
                made[seminar].append(file)
                if file.content:
                    report(output / seminar / "package" / file.artifact.path, file.seconds)
    for seminar in seminars:
        _publish(root, output, series, seminar, made[seminar.id], report)
    return series


def _asked(series: Series, ids: tuple[str, ...]) -> list[Seminar]:
    unknown = [id for id in ids if id not in series.seminars]
    if unknown:
        raise SourceError(
            Problem(path="sources/seminars", line=1, message=f"no seminar `{id}`", fix=nearest(id, series.seminars))
            for id in unknown
        )
    return [series.seminars[id] for id in ids or sorted(series.seminars)]


def _reads(kind: str) -> bool:
    """Return whether a kind needs the reading list, which takes longest and is waited for last."""
    return kind in ("bibliography", "deck")


def make(
    kind: str, seminar: Seminar, reading: ReadingList | None, series: Series, root: Path, known: Mapping[str, Any]
) -> list[Made]:
    """Return every file of one kind of one seminar; those whose fingerprint is `known` are not rendered again."""
    started = time.perf_counter()
    composed = compose(kind, seminar, reading, series, root)
    made = []
    for format in KINDS[kind][1]:
        if format in TEXT_FORMATS:
            text = getattr(reading, TEXT_FORMATS[format]).encode()
            parts = of_text(text)
        else:
            parts = of_document(composed, format, root)
        path = f"{composed.properties.name}.{format}"
        old = known.get(path)
        if old and old["parts"] == asdict(parts):
            made.append(Made(artifact=Artifact(**old["artifact"]), content=b"", parts=parts, seconds=0))
            continue
        content = text if format in TEXT_FORMATS else FORMATS[format](composed, series.brand, root / "templates")
        seconds, started = time.perf_counter() - started, time.perf_counter()
        made.append(_made(composed, path, format, content, parts, seconds))
    return made


def _made(composed: Any, path: str, format: str, content: bytes, parts: Fingerprint, seconds: float) -> Made:
    about = composed.properties
    artifact = Artifact(
        path=path,
        title=about.title,
        language=about.language,
        kind=about.kind,
        format=format,
        size=len(content),
        sha256=package.sha256(content),
        fingerprint=parts.short(),
    )
    return Made(artifact=artifact, content=content, parts=parts, seconds=seconds)


def _known(cache: Path, output: Path, seminar: Seminar) -> dict[str, Any]:
    """Return what the last build noted of a seminar's files, for those that are still on disk as they were made."""
    try:
        noted = json.loads((cache / f"{seminar.id}.json").read_bytes())["files"]
        folder = output / seminar.id / "package"
        return {
            path: file
            for path, file in noted.items()
            if (folder / path).is_file() and package.sha256((folder / path).read_bytes()) == file["artifact"]["sha256"]
        }
    except (OSError, ValueError, KeyError):  # never built, or the note was cut short: everything is made anew
        return {}


def _publish(root: Path, output: Path, series: Series, seminar: Seminar, made: list[Made], report: Report) -> None:
    """Put a seminar's files, its page, manifest and sums in place, and note what they were made from."""
    folder = output / seminar.id / "package"
    order = [(kind, format) for kind, (_, formats) in KINDS.items() for format in formats]
    made = sorted(made, key=lambda m: order.index((m.artifact.kind, m.artifact.format)))
    files = {m.artifact.path: m.content or (folder / m.artifact.path).read_bytes() for m in made}
    started = time.perf_counter()
    page = compose_page(seminar, [m.artifact for m in made], series, root)
    parts = of_document(page, "html", root)
    files["index.html"] = FORMATS["html"](page, series.brand, root / "templates")
    index = _made(page, "index.html", "html", files["index.html"], parts, time.perf_counter() - started)
    files[package.MANIFEST] = package.manifest([index.artifact, *(m.artifact for m in made)], seminar, series)
    files[package.SUMS] = package.sums(files)
    if package.publish(files, folder):
        report(folder / "index.html", time.perf_counter() - started)
    started = time.perf_counter()
    if package.replace(output / f"{seminar.id}.zip", package.zipped(files)):
        report(output / f"{seminar.id}.zip", time.perf_counter() - started)
    _note(output / ".cache" / f"{seminar.id}.json", [index, *made])


def _note(path: Path, made: list[Made]) -> None:
    """Note what each file was made from, and what it was made from the time before when that has changed."""
    try:
        before = json.loads(path.read_bytes())["files"]
    except (OSError, ValueError, KeyError):
        before = {}
    files = {}
    for m in made:
        old = before.get(m.artifact.path, {})
        same = old.get("parts") == asdict(m.parts)
        last = old.get("before") if same else old.get("parts")
        files[m.artifact.path] = {"artifact": asdict(m.artifact), "parts": asdict(m.parts), "before": last}
    package.replace(path, json.dumps({"files": files}, sort_keys=True).encode())
