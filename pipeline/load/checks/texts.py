"""What texts must have besides valid values: the parts of their original, prose that can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.core.problems import nearest, quoted
from pipeline.load.checks.known import known_segments, needed_languages, no_language
from pipeline.load.checks.prose import FOR_SPEAKERS, check_braces, check_prose
from pipeline.load.remarks import TRANSLATED

if TYPE_CHECKING:
    from pipeline.core.sources import Series, SpeakerTexts, Texts
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
        _check_translation(texts, series, sources, path)
        _check_modalities(texts, series, sources, path)
        for loc, text in _prose(texts):
            for _, message, fix in check_prose(text or ""):
                sources.note(path, loc, message, fix)
        if texts.speakers:
            _check_questions(texts, series, sources, path)
            for loc, text, allowed in _with_braces(texts.speakers):
                for message, fix in check_braces(text or "", allowed):
                    sources.note(path, ("speakers", *loc), message, fix)


def _check_translation(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note an original that does not exist, and names of texts that it does not have."""
    translation = texts.translation
    if not translation or not translation.original:
        return
    if translation.original not in series.texts or translation.original == texts.language:
        fix = nearest(translation.original, series.texts.keys() - {texts.language})
        sources.note(path, ("translation", "original"), f"no original in {quoted(translation.original)}", fix)
        return
    for name in translation.made_from:
        if name not in TRANSLATED:
            loc = ("translation", "made_from", name)
            sources.note(path, loc, f"no text is called {quoted(name)}", nearest(name, TRANSLATED))


def _check_modalities(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note rows of the table of modalities with the same id, and rows that only a translation or its original has."""
    own: dict[str, int] = {}
    for i, row in enumerate(texts.modalities or ()):
        if row and row.id in own:
            sources.note(path, ("modalities", i, "id"), f"`{row.id}` stands here twice", "keep one of them")
        elif row and row.id:
            own[row.id] = i
    translation = texts.translation
    original = series.texts.get(translation.original or "") if translation else None
    if not original or original.language == texts.language or not (original.modalities and texts.modalities):
        return
    others = {row.id for row in original.modalities if row and row.id}
    odd = [id for id in own if id not in others]
    for id in odd:
        message = f"{original.language}.yaml has no row {quoted(id)}"
        fix = nearest(id, others - own.keys(), otherwise=f"delete the row, or add it to {original.language}.yaml")
        sources.note(path, ("modalities", own[id], "id"), message, fix)
    if not odd and all(texts.modalities):
        for id in sorted(others - own.keys()):
            message = f"no row `{id}`, which {original.language}.yaml has"
            sources.note(path, ("modalities",), message, f"add the row `{id}`")


def _prose(texts: Texts) -> Iterator[tuple[Loc, str | None]]:
    """Yield the texts that are Markdown."""
    yield ("rationale",), texts.rationale
    yield ("aim",), texts.aim
    yield ("participants",), texts.participants
    if texts.about:
        yield ("about", "text"), texts.about.text
    for i, objective in enumerate(texts.objectives or ()):
        yield ("objectives", i), objective
    for i, row in enumerate(texts.modalities or ()):
        for j, detail in enumerate((row.details if row else None) or ()):
            yield ("modalities", i, "details", j), detail


def _check_questions(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note questions for a segment that does not exist, and segments without questions."""
    questions, segments = texts.speakers.questions, known_segments(series)
    if not segments or questions is None:
        return
    loc: Loc = ("speakers", "questions")
    unknown = [segment for segment in questions if segment not in segments]
    for segment in unknown:
        sources.note(path, (*loc, segment), f"no segment {quoted(segment)}", nearest(segment, segments))
    if not unknown and texts.language in needed_languages(series):
        for segment in segments:
            if segment not in questions:
                sources.note(path, loc, f"no questions for the segment `{segment}`", f"add `{segment}:` with a list")


def _with_braces(speakers: SpeakerTexts) -> Iterator[tuple[Loc, str | None, frozenset[str]]]:
    """Yield the texts for speakers in which words in braces are filled in, with those words."""
    yield ("subject",), speakers.subject, FOR_SPEAKERS
    yield ("message",), speakers.message, FOR_SPEAKERS
    yield ("alone",), speakers.alone, frozenset({"minutes"})
    yield ("shared",), speakers.shared, frozenset({"minutes", "others"})
    for i, rule in enumerate(speakers.rules or ()):
        yield ("rules", i), rule, FOR_SPEAKERS
