"""Which languages and segments there are, and whether a text is given in the languages that are needed.

Where the list itself is at fault nothing is held against it: that would repeat one fault in many places.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.core.problems import listed, nearest, quoted
from pipeline.load.names import fault_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.core.sources import Series, Text
    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc


def spoken(series: Series) -> set[str]:
    """Return the languages of the seminars, without those that there are no words or no texts for."""
    languages = {seminar.language for seminar in series.seminars.values() if seminar}
    return languages & set(series.locales) & set(series.texts)


def known_segments(series: Series) -> list[str]:
    """Return the ids of the segments, or none if one of them is at fault."""
    ids = [segment.id if segment else None for segment in series.segments or ()]
    return [] if any(not id or fault_of(id) for id in ids) else ids


def known_regions(series: Series) -> list[str]:
    """Return the ids of the regions, or none if one of them is at fault."""
    ids = [region.id if region else None for region in series.regions or ()]
    return [] if any(not id or fault_of(id) for id in ids) else ids


def no_language(language: str, known: Collection[str]) -> tuple[str, str]:
    """Return message and fix for a language without a locale file."""
    all_known = f"known are {listed(sorted(known))}; each has a file in templates/locales"
    fix = nearest(language, known, otherwise=all_known)
    return f"no language {quoted(language)} is known", fix


def check_languages(texts: Mapping[str, object], series: Series, sources: Sources, path: str, loc: Loc) -> bool:
    """Note languages that nobody knows, and return whether all are known."""
    unknown = [language for language in texts if series.locales and language not in series.locales]
    for language in unknown:
        sources.note(path, (*loc, language), *no_language(language, series.locales))
    return not unknown


def check_text(text: Text | None, series: Series, sources: Sources, path: str, loc: Loc) -> None:
    """Note the languages that a text lacks, or has and should not have."""
    if not isinstance(text, Mapping) or not check_languages(text, series, sources, path, loc):
        return
    for language in sorted(spoken(series) - set(text)):
        sources.note(path, loc, f"`{loc[-1]}` has no text in `{language}`", f"add `{language}: …` below it")
