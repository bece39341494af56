"""What `series.yaml` must have besides valid values: texts in every language, ids fit for names, logos."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.core.problems import quoted
from pipeline.load.checks.known import check_text, check_zone, known_languages, no_language
from pipeline.load.checks.pictures import check_picture
from pipeline.load.names import FIX, fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.sources import Series, Text
    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc

PATH = "sources/series.yaml"
_LONGEST_PREFIX = 40


def check_series(series: Series, sources: Sources) -> None:
    """Note what is wrong in `series.yaml`."""
    for loc, text in _texts(series):
        check_text(text, series, sources, PATH, loc)
    known = known_languages(series)
    for i, language in enumerate(series.working_languages or ()):
        if series.locales and language and language not in known:
            sources.note(PATH, ("working_languages", i), *no_language(language, known))
    _check_ids(series, sources)
    _check_prefix(series.file_prefix, sources)
    if series.website and not re.fullmatch(r"https://[^\s\\<>\"]+/", series.website):
        message = f"`website` is no secure address of a folder: {quoted(series.website)}"
        sources.note(PATH, ("website",), message, "begin it with https:// and end it with /, or leave it empty")
    check_zone(series.host_zone, sources, PATH, ("host_zone",))
    for i, partner in enumerate(series.partners or ()):
        if partner and partner.logo:
            place = (PATH, ("partners", i, "logo"))
            check_picture(sources, *place, "sources/logos", partner.logo, (".svg", ".png"))


def _texts(series: Series) -> Iterator[tuple[Loc, Text | None]]:
    """Yield every text that is given once for each language."""
    for name in ("title", "subtitle", "file_prefix"):
        yield (name,), getattr(series, name)
    if series.funding:
        yield ("funding", "statement"), series.funding.statement
    named = (("hosts", "name"), ("partners", "name"), ("partners", "slot"), ("segments", "title"), ("regions", "name"))
    for name, part in named:
        for i, item in enumerate(getattr(series, name) or ()):
            yield (name, i, part), getattr(item, part, None)


def _check_ids(series: Series, sources: Sources) -> None:
    """Note ids that cannot stand in a file's name or in a keyword of the bibliography, and those that stand twice."""
    if series.id and fault_of(series.id):
        sources.note(PATH, ("id",), f"{quoted(series.id)} {fault_of(series.id)}", FIX)
    for name in ("segments", "regions"):
        seen: set[str] = set()
        for i, item in enumerate(getattr(series, name) or ()):
            if not item or not item.id:
                continue
            if fault_of(item.id):
                sources.note(PATH, (name, i, "id"), f"{quoted(item.id)} {fault_of(item.id)}", FIX)
            if item.id in seen:
                message = f"another {name.removesuffix('s')} is called `{item.id}`"
                sources.note(PATH, (name, i, "id"), message, "give each its own id")
            seen.add(item.id)


def _check_prefix(prefix: Text | None, sources: Sources) -> None:
    """Note a prefix that cannot begin a file name."""
    prefixes = prefix if isinstance(prefix, Mapping) else {"": prefix}
    for language, text in prefixes.items():
        if text and (fault_of(text) or len(text) > _LONGEST_PREFIX):
            loc = ("file_prefix", language) if language else ("file_prefix",)
            fix = f"use only a to z, 0 to 9 and single hyphens, {_LONGEST_PREFIX} at most"
            sources.note(PATH, loc, f"{quoted(text)} cannot begin a file name", fix)
