"""Whether the fonts have every character that is printed, and works have no field that is too long to be printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.core import fonts
from pipeline.core.links import WEB, fault_of_link
from pipeline.core.markdown import prepared
from pipeline.core.problems import SourceError
from pipeline.core.sources import Series
from pipeline.core.text import unusual
from pipeline.load.checks.texts import markdown_texts
from pipeline.load.files import Loc, Sources

NOT_PRINTED = ("questions", "translation")
"""The keys of sources that only staff read."""

LONGEST = 10_000
"""Characters of a field of a work; the names of several hundred authors."""

_SCHEMES = tuple(f"{scheme}://" for scheme in WEB)  # `load.bibliography` reports every other address

_Place = tuple[str, int]
"""Path and line."""
_Found = tuple[Loc, int, str]
"""Place in a file, line and character."""


def check_characters(series: Series, sources: Sources) -> None:
    """Note each line with a character that no font has; fonts are opened only for characters that are not common."""
    places: dict[_Place, list[str]] = {}
    for file in sources.read:
        for loc, line, character in _without_pasted_bullets(file.path, file.unusual, series):
            if loc[:1] not in [(key,) for key in NOT_PRINTED]:
                places.setdefault((file.path, line), []).append(character)
    for reference in series.references.values():
        for name, text in reference.fields.items():
            line = sources.line(reference.path, (reference.key, name))
            if len(text) > LONGEST:
                sources.note_line(
                    reference.path, line, f"`{name}` has {len(text):,} characters", f"write {LONGEST:,} at most"
                )
                continue
            if name == "url" and text.startswith(_SCHEMES) and (fault := fault_of_link(text, WEB)):
                sources.note_line(reference.path, line, *fault)
            if characters := unusual(text):
                places.setdefault((reference.path, line), []).extend(characters)
    if not places:
        return
    try:
        known = fonts.printable(sources.root / "templates")
    except SourceError as error:
        sources.problems += error.problems
        return
    for (path, line), characters in places.items():
        missing = fonts.missing("".join(characters), known)
        if missing:
            more = len(missing) - 1
            others = f" and {more} more character{'s' * (more > 1)} of this line" if more else ""
            message = f"no font has {fonts.described(missing[0])}{others}"
            fix = f"write it in another way, or {fonts.FIX}"
            private = unicodedata.category(missing[0]) == "Co"
            sources.note_line(path, line, message, "write `- ` for a bullet, or delete it" if private else fix)


def _without_pasted_bullets(path: str, found: Sequence[_Found], series: Series) -> Iterator[_Found]:
    """Yield the unusual characters of a file, except those that begin items of lists in Markdown."""
    language = path.removeprefix("sources/texts/").removesuffix(".yaml")
    texts = series.texts.get(language) if found and path.startswith("sources/texts/") else None
    markdown = {loc: prepared(text or "") for loc, text, _ in (markdown_texts(texts) if texts else ())}
    for loc, line, character in found:
        if loc not in markdown or character in markdown[loc]:
            yield loc, line, character
