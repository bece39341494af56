"""Reads sources and templates before any file is made, and reports every problem and every remark at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.build.parallel import Files, folder
from pipeline.compose import LAYOUTS, compose, compose_speaker, seminar_view, turns
from pipeline.core.documents import Deck
from pipeline.core.formats import FORMATS
from pipeline.core.problems import Problem, SourceError, ToolError
from pipeline.core.sources import Remark, Series
from pipeline.curate import STYLE, listed_works
from pipeline.curate.remarks import remark_on_works
from pipeline.load import Kept, load
from pipeline.render import contract, overflow, unbalanced, write
from pipeline.render.vocabulary import CLASSES, ELEMENTS, UnknownWord, tree, word


def read(
    root: Path, *, templates: Collection[str] | None = None, writers: bool = False, kept: Kept | None = None
) -> Series:
    """Return the series; raise `SourceError` with every problem of sources and templates.

    `templates` names the templates of documents that are checked: those that the caller fills. Without it, all are,
    and those of Word and PowerPoint; this takes long, and if the sources are correct, a build leaves it to its workers.
    With `writers`, the templates are also written in every format, which takes long, too.
    `kept` are the files of earlier calls, as `load` takes them.
    """
    series, problems = None, list(_missing(root))
    try:
        series = load(root, kept)
    except SourceError as error:
        problems += error.problems
    if templates is None or problems:
        problems += lacking(root)
    if templates is None or templates:
        problems += of_kinds(root, series, templates)
    if writers and series and not problems:
        problems += of_writers(root, series)
    if problems or series is None:
        raise SourceError(problems)
    found = [*series.remarks, *_unlisted(series), *remark_on_works(listed_works(series))]
    remarks = sorted(found, key=lambda remark: (remark.path, remark.line))
    return series.model_copy(update={"remarks": tuple(remarks)})


def _missing(root: Path) -> Iterator[Problem]:
    """Yield a problem for each missing template of a format."""
    for name in (STYLE.as_posix(), *(f"templates/{name}" for format in FORMATS.values() for name in format.templates)):
        if not (root / name).is_file():
            yield Problem(path=name, line=1, message="this file is missing")


def lacking(files: Files) -> list[Problem]:
    """Return a problem for each thing that a template of a format lacks, or has and must not have."""
    found = []
    for path, message in contract(folder(files) / "templates", LAYOUTS):
        message, _, fix = message.partition("; ")
        found.append(Problem(path=path, line=1, message=message, fix=fix))
    return found


def of_kinds(root: Path, series: Series | None, templates: Collection[str] | None = None) -> Iterator[Problem]:
    """Yield a problem for each value, word or element in these templates of documents, or in all, that does not
    exist."""
    from pipeline.compose.template_check import check_templates

    return check_templates(root, series.locales if series else {}, ELEMENTS, CLASSES, templates)


def of_writers(root: Path, series: Series) -> Iterator[Problem]:
    """Yield a problem for each element of a template of a kind that a format cannot write, though another can."""
    from pipeline.compose.template_check import place_of_word, sample_documents

    found, tried = set[str](), set[tuple[str, str, str]]()
    for kind, document in sample_documents(root, series.locales):
        inside = ((parent, each) for parent in tree(document).iter() for each in parent)
        nested = {(kind.id, word(parent), word(each)) for parent, each in inside}
        if nested <= tried:
            continue  # writing takes long, and would find nothing new
        tried |= nested
        for format in kind.formats:
            if FORMATS[format].reading_list:
                continue
            try:
                write(format, document, series.brand, root / "templates")
            except (ToolError, ValueError, LookupError) as error:
                message = str(error).removeprefix(f"{document.properties.name}.{format}: ")
                if message not in found and isinstance(error, ToolError) and not isinstance(error, UnknownWord):
                    name = f"templates/{FORMATS[format].templates[0]}"
                    yield Problem(path=name, line=1, message=f"this cannot be drawn: {message}")
                elif message not in found:
                    path, line = place_of_word(root, kind.template, "".join(message.split("`")[1:2]))
                    fix = "use an element and a class that all formats of this document have"
                    yield Problem(path=path, line=line, message=message, fix=fix)
                found.add(message)


def _unlisted(series: Series) -> Iterator[Remark]:
    """Yield a remark for each work with a segment that no seminar lists, and one for all works without a segment."""
    others = [work for work in series.references.values() if not work.segments]
    if others:
        count = "1 work has" if len(others) == 1 else f"{len(others)} works have"
        message = f"{count} no keyword `segment:…` and so no list; the first is `{others[0].key}`"
        yield Remark(path=others[0].path, line=others[0].line, message=message)
    seminars = series.seminars.values()
    listed = {work.key for works in listed_works(series).values() for work in works}
    for work in series.references.values():
        if work.key in listed or not work.segments:
            continue
        fit = [s for s in seminars if {"global", *s.region} & set(work.regions)]
        fit = [s for s in fit if {item.segment for item in s.segments} & set(work.segments)]
        why = "no seminar of its regions has its segments"
        if fit:
            why = f"other works come before it (works_per_segment is {series.works_per_segment})"
        if fit and all(work.available > seminar.date for seminar in fit):
            why = f"it became available after the last seminar ({max(seminar.date for seminar in fit)})"
        yield Remark(path=work.path, line=work.line, message=f"no seminar lists `{work.key}`: {why}")


def too_long(series: Series, root: Path) -> Iterator[Remark]:
    """Yield a remark for each text that is too long for its box on a slide, and for each crowded or empty slide.

    The works are not on these slides: their lists continue on more slides. The rules for a speaker are not presented.
    """
    for seminar in series.seminars.values():
        view = seminar_view(seminar, None, series, root)
        decks = [(f"sources/seminars/{seminar.id}.yaml", compose("deck", view))]
        decks += [(f"sources/people/{turn.person}.yaml", compose_speaker(turn, view)) for turn in turns(seminar)]
        for path, deck in decks:
            assert isinstance(deck, Deck)
            for message in overflow(deck, root / "templates"):
                yield Remark(path=path, line=1, message=f"{deck.properties.name}.pptx, {message}")
            for message in unbalanced(deck, root / "templates") if deck.properties.kind == "deck" else ():
                yield Remark(path=path, line=1, message=f"{deck.properties.name}.pptx, {message}")
