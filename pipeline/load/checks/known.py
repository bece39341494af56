"""The languages, segments, regions and time zones that exist, and whether a text is given in each language.

If a list has a faulty item, nothing is compared with the list: that would repeat one mistake in many places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from zoneinfo import ZoneInfo, available_timezones

from pipeline.core.problems import listed, nearest, quoted
from pipeline.core.sources import Region, Segment, Series, Text
from pipeline.load.files import Loc, Sources
from pipeline.load.ids import fault_of_id


def known_languages(series: Series) -> set[str]:
    """Return the languages that have a locale file or texts: if one of the two is missing, one problem says so."""
    return {*series.locales, *series.texts}


def needed_languages(series: Series) -> set[str]:
    """Return the languages in which the series needs its texts: those of its seminars, without misspelt ones."""
    languages = {seminar.language for seminar in series.seminars.values() if seminar}
    return languages & {*series.texts, *(series.working_languages or ())}


def ids_of(items: Iterable[Segment | Region] | None) -> list[str]:
    """Return the ids of the segments or regions of the series, or none if one of them is faulty."""
    ids = [item.id if item else "" for item in items or ()]
    return [] if any(not id or fault_of_id(id) for id in ids) else ids


def no_language(language: str, known: Collection[str]) -> tuple[str, str]:
    """Return message and fix for a language without a locale file."""
    all_known = f"known are {listed(sorted(known))}; each has a file in templates/locales"
    return f"no language {quoted(language)}", nearest(language, known, otherwise=all_known)


def check_languages(texts: Mapping[str, object], series: Series, sources: Sources, path: str, loc: Loc) -> bool:
    """Note languages that do not exist, and return whether all exist."""
    known = known_languages(series)
    unknown = [language for language in texts if known and language not in known]
    for language in unknown:
        sources.note(path, (*loc, language), *no_language(language, known))
    return not unknown


def check_text(text: Text | None, series: Series, sources: Sources, path: str, loc: Loc) -> None:
    """Note the languages that a text lacks, or has and should not have."""
    if not isinstance(text, Mapping) or not check_languages(text, series, sources, path, loc):
        return
    for language in sorted(needed_languages(series) - text.keys()):
        sources.note(path, loc, f"`{loc[-1]}` has no text in `{language}`", f"add `{language}: …` below it")


def check_zone(zone: str | None, sources: Sources, path: str, loc: Loc) -> None:
    """Note a time zone that does not exist; an empty one is allowed."""
    try:
        ZoneInfo(zone or "UTC")
    except (KeyError, ValueError, OSError):  # unknown; a path; a folder of zones
        otherwise = "zones are called like Africa/Dakar"
        fix = nearest(zone or "", available_timezones(), otherwise=otherwise, likeness=0.8)
        sources.note(path, loc, f"no time zone {quoted(zone or '')}", fix)
