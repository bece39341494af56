"""What locale files and the brand must hold beyond their shape: the same words in every language, colours and sizes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.core.problems import listed, quoted
from pipeline.load.checks.words import check_words
from pipeline.load.names import FIX, fault_of

if TYPE_CHECKING:
    from pipeline.core.sources import Locale, Series
    from pipeline.load.files import Sources

BRAND = "templates/brand.yaml"
NEEDED = {
    "colours": ("primary", "accent", "ink", "muted", "panel", "rule", "paper"),
    "fonts": ("screen", "office"),
    "page": ("width", "height", "top", "right", "bottom", "left"),
}
"""What the writers take from the brand, by group."""

LOWEST_LOGO = 10
"""Millimetres: the European Union's rule for its emblem."""


def check_locales(series: Series, sources: Sources) -> None:
    """Note what is wrong in the locale files."""
    locales = {language: locale for language, locale in series.locales.items() if locale}
    for language, locale in locales.items():
        path = f"templates/locales/{language}.yaml"
        _check_tag(locale, sources, path)
        _check_clock(locale, sources, path)
        known = {kind for other in locales.values() if other is not locale for kind in other.files or ()}
        _check_files(locale, known, sources, path)
    _check_biblatex(locales, sources)
    check_words(locales, series.working_languages or (), sources)


def _check_tag(locale: Locale, sources: Sources, path: str) -> None:
    """Note a tag that CLDR does not know, or that is another language's, as after copying a file."""
    if not locale.tag or not locale.language:
        return
    if locale.tag.partition("-")[0] != locale.language.partition("-")[0]:
        message = f"`tag` is {quoted(locale.tag)}, which is not the language `{locale.language}`"
        sources.note(path, ("tag",), message, f"begin it with `{locale.language}`")
    elif not _is_known(locale.tag):
        fix = "write a language, or a language and a country, like pt or pt-BR"
        sources.note(path, ("tag",), f"no language {quoted(locale.tag)} is known", fix)


def _is_known(tag: str) -> bool:
    import babel

    try:
        babel.Locale.parse(tag, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        return False
    return True


def _check_clock(locale: Locale, sources: Sources, path: str) -> None:
    clock = locale.clock
    for name in ("pattern", "full_hour") if clock else ():
        pattern = getattr(clock, name)
        if pattern and not re.fullmatch(r"[^A-Za-z]*[Hhk]{1,2}[Hhkma\W\d]*", re.sub("'[^']*'", "", pattern)):
            fix = "write hours as H or HH, minutes as mm, other letters in '…'"
            sources.note(path, ("clock", name), f"`{name}` cannot be {quoted(pattern)}", fix)
    if clock and clock.range and sorted(re.findall(r"\{.*?\}", clock.range)) != ["{end}", "{start}"]:
        message = f"`range` cannot be {quoted(clock.range)}"
        sources.note(path, ("clock", "range"), message, "write `{start}` and `{end}` in it")


def _check_files(locale: Locale, known: set[str], sources: Sources, path: str) -> None:
    """Note names that cannot name a file, or that two kinds of document share; unknown kinds are noted elsewhere."""
    first: dict[str, str] = {}
    for kind, name in (locale.files or {}).items():
        if known and kind not in known:
            continue
        if name and fault_of(name):
            sources.note(path, ("files", kind), f"{quoted(name)} {fault_of(name)}", FIX)
        elif name in first:
            message = f"`{kind}` has the same name as `{first[name]}`"
            sources.note(path, ("files", kind), message, "give each kind of file its own name")
        first.setdefault(name, kind)


def _check_biblatex(locales: dict[str, Locale], sources: Sources) -> None:
    """Note a name by which BibTeX would take one language for another, as after copying a file."""
    first: dict[str, str] = {}
    for language, locale in locales.items():
        if locale.biblatex in first:
            message = f"{first[locale.biblatex]}.yaml has {quoted(locale.biblatex)} too"
            path = f"templates/locales/{language}.yaml"
            sources.note(path, ("biblatex",), message, "write what BibTeX calls this language")
        if locale.biblatex:
            first.setdefault(locale.biblatex, language)


def check_brand(series: Series, sources: Sources) -> None:
    """Note what is wrong in the brand."""
    brand = series.brand
    if not brand:
        return
    for group, names in NEEDED.items():
        given = getattr(brand, group)
        missing = [name for name in names if given is not None and name not in given]
        if missing:
            fix = f"write {', '.join(f'`{name}: …`' for name in missing)} below it"
            sources.note(BRAND, (group,), f"`{group}` has no {listed(missing)}", fix)
    for name, colour in (brand.colours or {}).items():
        if colour and not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
            message = f"`{name}` cannot be {quoted(colour)}"
            sources.note(BRAND, ("colours", name), message, 'write six hex digits in quotes, like "003399"')
    if brand.logo_height is not None and brand.logo_height < LOWEST_LOGO:
        message = f"`logo_height` cannot be {brand.logo_height:g}"
        sources.note(BRAND, ("logo_height",), message, f"the emblem must be {LOWEST_LOGO} millimetres high at least")
