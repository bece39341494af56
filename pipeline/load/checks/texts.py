"""Checks and remarks on `sources/texts`: the parts of the original, Markdown that can be printed, words in braces."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator

from pipeline.core import markdown
from pipeline.core.problems import listed, nearest, quoted
from pipeline.core.sources import Series, SpeakerTexts, Texts
from pipeline.load.checks.known import ids_of, needed_languages, no_language
from pipeline.load.files import Loc, Sources

TRANSLATED = tuple(name for name in Texts.model_fields if name not in ("language", "translation"))
"""The texts that a translation translates, by field of `Texts`."""
FOR_SPEAKERS = frozenset(
    ("name", "series", "seminar", "segment", "day", "date", "hours", "duration", "deadline", "remarks", "signature")
)
"""The words in braces that the rules and the mail for speakers may contain."""

_BRACES = re.compile(r"\{(\w*)\}")


def check_texts(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note what is wrong in the texts of one language."""
    if texts.language and series.locales and texts.language not in series.locales:
        sources.note(path, ("language",), *no_language(texts.language, series.locales))
    translation = texts.translation
    if translation and translation.original:
        if translation.original not in series.texts or translation.original == texts.language:
            fix = nearest(translation.original, series.texts.keys() - {texts.language})
            message = f"no original in {quoted(translation.original)}"
            sources.note(path, ("translation", "original"), message, fix)
        else:
            for name in translation.made_from:
                if name not in TRANSLATED:
                    message, fix = f"there is no text {quoted(name)}", nearest(name, TRANSLATED)
                    sources.note(path, ("translation", "made_from", name), message, fix)
    _check_modalities(texts, series, sources, path)
    for loc, text, blocks in markdown_texts(texts):
        for line, message, fix in markdown.faults(text or "", blocks=blocks):
            sources.note(path, loc, message, fix, line)
    known = ids_of(series.segments)
    for segment in (texts.segments or {}) if known else ():
        if segment not in known:
            sources.note(path, ("segments", segment), f"no segment {quoted(segment)}", nearest(segment, known))
    if texts.speakers:
        _check_questions(texts, series, sources, path)
        for loc, text, allowed in _with_braces(texts.speakers):
            for message, fix in check_braces(text or "", allowed):
                sources.note(path, ("speakers", *loc), message, fix)


def _check_modalities(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note rows of the table of modalities with the same id, and rows that only a translation or its original has."""
    own: dict[str, int] = {}
    for i, row in enumerate(texts.modalities or ()):
        if row and row.id in own:
            sources.note(path, ("modalities", i, "id"), f"`{row.id}` is given twice", "keep one")
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


def markdown_texts(texts: Texts) -> Iterator[tuple[Loc, str | None, bool]]:
    """Yield each text that is printed as Markdown, and whether it may have paragraphs and lists."""
    yield ("summary",), texts.summary, False
    yield ("context",), texts.context, True
    yield ("rationale",), texts.rationale, True
    yield ("aim",), texts.aim, False
    yield ("participants",), texts.participants, True
    if texts.about:
        yield ("about", "text"), texts.about.text, True
    for i, objective in enumerate(texts.objectives or ()):
        yield ("objectives", i), objective, False
    for i, row in enumerate(texts.modalities or ()):
        for j, detail in enumerate((row.details if row else None) or ()):
            yield ("modalities", i, "details", j), detail, False
    if texts.speakers:
        yield ("speakers", "unconfirmed"), texts.speakers.unconfirmed, False
        for i, rule in enumerate(texts.speakers.rules or ()):
            yield ("speakers", "rules", i), rule, False


def _check_questions(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Note questions for a segment that does not exist, and segments without questions."""
    questions, segments = texts.speakers.questions, ids_of(series.segments)
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
    """Yield the texts for speakers in which words in braces are replaced, with those words."""
    yield ("subject",), speakers.subject, FOR_SPEAKERS
    yield ("message",), speakers.message, FOR_SPEAKERS
    yield ("invitation_subject",), speakers.invitation_subject, FOR_SPEAKERS
    yield ("invitation",), speakers.invitation, FOR_SPEAKERS
    yield ("alone",), speakers.alone, frozenset({"minutes"})
    yield ("shared",), speakers.shared, frozenset({"minutes", "others"})
    for i, rule in enumerate(speakers.rules or ()):
        yield ("rules", i), rule, FOR_SPEAKERS


def words_in_braces(text: str) -> list[str]:
    """Return the words in braces, in order: `{name}` gives `name`."""
    return _BRACES.findall(text)


def check_braces(text: str, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield message and fix for each word in braces that is not `allowed`, and for a single brace."""
    for word in words_in_braces(text):
        if word not in allowed:
            yield f"nothing is filled in for `{{{word}}}`", nearest(word, allowed, otherwise="delete the braces")
    if re.search(r"[{}]", _BRACES.sub("", text)):
        yield "a brace in this text has no matching brace", "write `{word}`, or delete it"


def remark_on_texts(texts: Texts, series: Series, sources: Sources) -> None:
    """Remark numbers that contradict `series.yaml`, and a translation that is not reviewed or may be out of date."""
    path = f"sources/texts/{texts.language}.yaml"
    _remark_numbers(texts, series, sources, path)
    _remark_segments(texts, series, sources, path)
    translation = texts.translation
    if translation is None:
        _remark_unnamed_original(texts, series, sources, path)
        return
    if not translation.reviewed_by:
        sources.remark(path, ("translation", "reviewed_by"), "this translation has not been reviewed yet")
    original = series.texts[translation.original]
    now = {name: state(original, name) for name in TRANSLATED}
    changed = [name for name in TRANSLATED if translation.made_from.get(name) != now[name]]
    if changed:
        states = ", ".join(f"{name}: {now[name]}" for name in changed)
        message = f"{listed(changed)} of {original.language}.yaml may have changed since they were translated"
        sources.remark(path, ("translation", "made_from"), f"{message}: compare them, then write {states}")


def _remark_segments(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Remark segments without the line and the sentence about them, if a seminar is held in the language."""
    if texts.language not in {seminar.language for seminar in series.seminars.values()}:
        return
    missing = [segment.id for segment in series.segments if segment.id not in texts.segments]
    if missing:
        message = (
            f"`segments` has no line about {listed(missing)}: programme and bibliography do not say what it is about"
        )
        sources.remark(path, ("segments",), message)


def _remark_unnamed_original(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Remark texts that do not say of which original they are the translation, with the lines to paste."""
    named = {each.translation.original for each in series.texts.values() if each.translation}
    original = min(named, default="") or next((each for each in series.working_languages if each in series.texts), "")
    if not original or texts.language in {*named, original}:
        return
    states = ", ".join(f"{name}: {state(series.texts[original], name)}" for name in TRANSLATED)
    block = f"translation: {{original: {original}, made_from: {{{states}}}}}"
    message = (
        f"no `translation:` says from which text this one is made; if it is a translation, paste this line: {block}"
    )
    sources.remark(path, (), message)


def state(texts: Texts, name: str) -> str:
    """Return twelve hex digits that change when one of the texts changes."""
    return hashlib.sha256(repr(getattr(texts, name)).encode()).hexdigest()[:12]


def _remark_numbers(texts: Texts, series: Series, sources: Sources, path: str) -> None:
    """Remark numbers in the table of modalities that `series.yaml` contradicts."""
    stated = {
        "duration": ("minutes", series.minutes.stated),
        "format": ("minutes of one presentation", series.minutes.presentation),
        "number": ("participants per country", series.participants_per_country),
    }
    for i, row in enumerate(texts.modalities):
        what, number = stated.get(row.id, ("", 0))
        for j, detail in enumerate(row.details):
            found = [int(digits) for digits in re.findall(r"\d+", detail)]
            if what and found and number not in found:
                message = f"this says {found[0]}, but series.yaml says {number} ({what})"
                sources.remark(path, ("modalities", i, "details", j), message)
