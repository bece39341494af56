"""What the texts of a language must hold beyond their shape: the parts of their original, prose that can be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.core.problems import nearest, quoted
from pipeline.load.checks.braces import FOR_SPEAKERS, check_braces
from pipeline.load.checks.languages import known_segments, no_language, spoken
from pipeline.load.checks.prose import check_prose
from pipeline.load.remarks import TRANSLATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.sources import Series, Texts, Translation
    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc


def check_texts(series: Series, sources: Sources) -> None:
    """Note what is wrong in the texts of every language."""
    for language, texts in series.texts.items():
        if not texts:
            continue
        path = f"sources/texts/{language}.yaml"
        if texts.language and series.locales and texts.language not in series.locales:
            sources.note(path, ("language",), *no_language(texts.language, series.locales))
        _check_lists(texts, sources, path)
        _check_translation(texts, series, sources, path)
        _check_prose(texts, sources, path)
        _check_speakers(texts, series, sources, path)


def _check_lists(texts: Texts, sources: Sources, path: str) -> None:
    """Note rows of the table of modalities that have the same id."""
    ids: set[str] = set()
    for i, row in enumerate(texts.modalities or ()):
        if row and row.id and row.id in ids:
            sources.note(path, ("modalities", i, "id"), f"`{row.id}` stands here twice", "keep one of them")
        ids |= {row.id} if row and row.id else set()


def _check_translation(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note an original that is not there, texts that it does not have, and rows of its table that are not here."""
    translation = texts.translation
    if not translation or not translation.original:
        return
    if translation.original not in series.texts or translation.original == texts.language:
        fix = nearest(translation.original, series.texts.keys() - {texts.language})
        message = f"no original in {quoted(translation.original)}"
        sources.note(path, ("translation", "original"), message, fix)
        return
    for name in translation.made_from:
        if name not in TRANSLATED:
            loc = ("translation", "made_from", name)
            sources.note(path, loc, f"no text is called {quoted(name)}", nearest(name, TRANSLATED))
    _check_rows(texts, translation, series, sources, path)


def _check_rows(texts: Texts, translation: Translation, series: Series, sources: Sources, path: str) -> None:
    original = series.texts[translation.original]
    if not original or original.modalities is None or texts.modalities is None:
        return
    own = {row.id: i for i, row in enumerate(texts.modalities) if row and row.id}
    others = {row.id for row in original.modalities if row and row.id}
    odd = [id for id in own if id not in others]
    for id in odd:
        message = f"{original.language}.yaml has no row {quoted(id)}"
        fix = nearest(id, others - own.keys(), otherwise=f"delete the row, or add it to {original.language}.yaml")
        sources.note(path, ("modalities", own[id], "id"), message, fix)
    for id in sorted(others - own.keys()):
        if not odd and None not in texts.modalities:
            message = f"no row `{id}`, which {original.language}.yaml has"
            sources.note(path, ("modalities",), message, f"add the row `{id}`")


def _prose(texts: Texts) -> Iterator[tuple[Loc, str | None]]:
    for name in ("rationale", "aim", "participants"):
        yield (name,), getattr(texts, name)
    if texts.about:
        yield ("about", "text"), texts.about.text
    for i, objective in enumerate(texts.objectives or ()):
        yield ("objectives", i), objective
    for i, row in enumerate(texts.modalities or ()):
        for j, detail in enumerate((row.details if row else None) or ()):
            yield ("modalities", i, "details", j), detail


def _check_prose(texts: Texts, sources: Sources, path: str) -> None:
    for loc, text in _prose(texts):
        for _, message, fix in check_prose(text or ""):
            sources.note(path, loc, message, fix)


def _check_speakers(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note questions that fit no segment, segments without questions, and words that nothing fills."""
    told = texts.speakers
    if not told:
        return
    segments = known_segments(series)
    for segment in told.questions or {}:
        if segments and segment not in segments:
            loc = ("speakers", "questions", segment)
            sources.note(path, loc, f"no segment {quoted(segment)}", nearest(segment, segments))
    if told.questions is not None and set(told.questions) <= set(segments) and texts.language in spoken(series):
        for segment in segments:
            if segment not in told.questions:
                loc = ("speakers", "questions")
                sources.note(path, loc, f"no questions for the segment `{segment}`", f"add `{segment}:` with a list")
    for loc, text, allowed in _filled(texts):
        for message, fix in check_braces(text or "", allowed):
            sources.note(path, ("speakers", *loc), message, fix)


def _filled(texts: Texts) -> Iterator[tuple[Loc, str | None, frozenset[str]]]:
    """Yield the texts for speakers in which words are filled in, with those words."""
    told = texts.speakers
    yield ("subject",), told.subject, FOR_SPEAKERS
    yield ("message",), told.message, FOR_SPEAKERS
    yield ("alone",), told.alone, frozenset({"minutes"})
    yield ("shared",), told.shared, frozenset({"minutes", "others"})
    for i, rule in enumerate(told.rules or ()):
        yield ("rules", i), rule, FOR_SPEAKERS
