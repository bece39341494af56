"""The staircase: the stages in order for the seminars asked for, and nothing made twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build import beside, state
from pipeline.build.check import lacking, of_kinds, read
from pipeline.build.fingerprint import of_seminar, of_series
from pipeline.build.reading import reading_lists
from pipeline.core.atomic import put, recover
from pipeline.core.problems import Problem, SourceError, ToolError, nearest
from pipeline.core.sources import Seminar, Series
from pipeline.curate import fingerprint

if TYPE_CHECKING:
    from pipeline.build.schedule import Report

LIBRARIES = (
    *("pipeline.build.schedule", "jinja2", "markdown_it", "babel.dates", "lxml.etree", "typst"),
    *(f"pipeline.render.to_{format}" for format in ("docx", "pdf", "html", "pptx", "eml")),
)
"""What documents are made with: it takes as long to be loaded as the sources to be read, and both are done at once."""


def build(root: Path, output: Path, ids: Iterable[str], report: Report) -> tuple[Series, list[str]]:
    """Build the packages of the seminars `ids` below `output`, or if none is named those of all and the site.

    Return the series read and the seminars asked for; those that stand as they are to be are not looked at again.
    """
    ids = tuple(ids)
    inputs = state.stamp(str(root))
    reading = beside.begun(partial(read, root, templates=False))
    for name in LIBRARIES:
        import_module(name)
    from pipeline.build import schedule

    series = reading()
    seminars = _asked(series, ids)
    output.mkdir(parents=True, exist_ok=True)
    recover(output)
    own = {s.id: _own(series, s) for s in seminars}
    works = {s.id: fingerprint(s, series, root) for s in seminars}
    marks = {id: of_seminar(part, works[id], inputs) for id, part in own.items()}
    standing = state.standing(str(output), marks)
    known_look = state.same_look(str(output), inputs)
    try:
        wanted = {id: part for id, part in own.items() if id not in standing}
        needed = {id: works[id] for id in works if id in wanted or not ids}  # the site may need the others
        readings = reading_lists(series, needed, root, output / ".cache")
        schedule.make_all(root, output, wanted, readings, report, known_look=known_look)
        if not ids:
            from pipeline.build import site

            site.publish(root, output, series, readings, marks, of_series(series, inputs), report)
    except (SourceError, ToolError, OSError):
        raise
    except Exception as error:
        from pipeline.compose.template_check import place_of

        faults = [*lacking(root), *of_kinds(root, series)] or place_of(error)
        if faults:
            raise SourceError(faults) from None
        raise
    put(output / state.STATE, state.note(str(output), inputs, series.seminars, marks, whole=not ids))
    return series, list(marks)


def _own(series: Series, seminar: Seminar) -> Series:
    """Return the part of the series that one seminar's files are made from, and nothing else."""
    return series.model_copy(
        update={
            "seminars": {seminar.id: seminar},
            "people": {id: series.people[id] for id in seminar.people},
            "texts": {seminar.language: series.texts[seminar.language]},
            "references": {},
            "remarks": (),
        }
    )


def _asked(series: Series, ids: tuple[str, ...]) -> list[Seminar]:
    unknown = [id for id in ids if id not in series.seminars]
    if unknown:
        near = {id: nearest(id, series.seminars, otherwise="known are those of sources/seminars") for id in unknown}
        raise SourceError(
            Problem(path="SEMINAR", line=1, message=f"no seminar `{id}`", fix=f"{fix} (`make help` lists the commands)")
            for id, fix in near.items()
        )
    return [series.seminars[id] for id in ids or sorted(series.seminars)]
