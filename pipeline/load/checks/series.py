"""Checks and remarks on `series.yaml` (texts in every language, ids, addresses, logos), and checks of `brand.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.core.links import SCHEMES, WEB, fault_of_link
from pipeline.core.problems import listed, quoted
from pipeline.core.sources import Brand, Series, Text
from pipeline.core.text import is_mail_address
from pipeline.load.checks.known import check_text, check_zone, known_languages, no_language
from pipeline.load.checks.people import check_picture
from pipeline.load.files import Loc, Sources
from pipeline.load.ids import ID_FIX, fault_of_id

PATH, BRAND = "sources/series.yaml", "templates/brand.yaml"
LONGEST_PREFIX = 40
REQUIRED = {
    "colours": ("primary", "accent", "ink", "muted", "panel", "rule", "paper"),
    "fonts": ("screen", "office"),
    "page": ("width", "height", "top", "right", "bottom", "left"),
}
"""What the writers take from the brand, by key."""
PAIRS = (("ink", "paper"), ("ink", "panel"), ("muted", "paper"), ("muted", "panel"), ("primary", "paper"))
"""The colours of text, and those behind it; table heads are `paper` on `primary`, which is the same contrast."""
LEAST_CONTRAST = 4.5
LOWEST_LOGO = 10
"""Millimetres: the European Union's rule for its emblem."""


def check_series(series: Series, sources: Sources) -> None:
    """Note what is wrong in `series.yaml`."""
    for loc, text in _texts(series):
        check_text(text, series, sources, PATH, loc)
    known = known_languages(series)
    for i, language in enumerate(series.working_languages or ()):
        if series.locales and language and language not in known:
            sources.note(PATH, ("working_languages", i), *no_language(language, known))
    _check_ids(series, sources)
    prefix = series.file_prefix
    for language, text in prefix.items() if isinstance(prefix, Mapping) else [("", prefix)]:
        if text and (fault_of_id(text) or len(text) > LONGEST_PREFIX):
            loc = ("file_prefix", language) if language else ("file_prefix",)
            fix = f"use only a to z, 0 to 9 and single hyphens, {LONGEST_PREFIX} at most"
            sources.note(PATH, loc, f"{quoted(text)} cannot begin a file name", fix)
    if series.website.startswith("https://") and (fault := fault_of_link(series.website, WEB)):
        sources.note(PATH, ("website",), *fault)
    elif series.website and not re.fullmatch(r"https://[^?#]+/", series.website):
        message = f"`website` is not the secure address of a folder: {quoted(series.website)}"
        sources.note(PATH, ("website",), message, "begin it with https:// and end it with /, or leave it empty")
    if series.contact.lower().startswith(SCHEMES) and (fault := fault_of_link(series.contact)):
        sources.note(PATH, ("contact",), *fault)
    check_zone(series.host_zone, sources, PATH, ("host_zone",))
    for i, partner in enumerate(series.partners or ()):
        if partner and partner.logo:
            check_picture(sources, PATH, ("partners", i, "logo"), "sources/logos", partner.logo, (".svg", ".png"))


def _texts(series: Series) -> Iterator[tuple[Loc, Text | None]]:
    """Yield every text that is given once for each language."""
    for name in ("title", "subtitle", "file_prefix", "issuer"):
        yield (name,), getattr(series, name)
    if series.funding:
        yield ("funding", "statement"), series.funding.statement
    if series.signed_by:
        yield ("signed_by", "function"), series.signed_by.function
    named = (("hosts", "name"), ("hosts", "named"), ("partners", "name"))
    for name, part in (*named, ("segments", "title"), ("regions", "name")):
        for i, item in enumerate(getattr(series, name) or ()):
            yield (name, i, part), getattr(item, part, None)


def _check_ids(series: Series, sources: Sources) -> None:
    """Note ids that cannot be part of a file name or of a keyword of the bibliography, and those given twice."""
    if series.id and fault_of_id(series.id):
        sources.note(PATH, ("id",), f"{quoted(series.id)} {fault_of_id(series.id)}", ID_FIX)
    for name in ("segments", "regions"):
        seen: set[str] = set()
        for i, item in enumerate(getattr(series, name) or ()):
            if not item or not item.id:
                continue
            loc = (name, i, "id")
            if fault_of_id(item.id):
                sources.note(PATH, loc, f"{quoted(item.id)} {fault_of_id(item.id)}", ID_FIX)
            if item.id in seen:
                message = f"another {name.removesuffix('s')} is called `{item.id}`"
                sources.note(PATH, loc, message, "give each its own id")
            seen.add(item.id)


def remark_on_series(series: Series, sources: Sources) -> None:
    """Remark what is open, and an emblem, an address or a logo that documents print in another way."""
    sources.remark_questions(PATH, series.questions)
    if series.funding.emblem == "sample":
        sources.remark(PATH, ("funding", "emblem"), "the emblem is marked as a demonstration copy")
    if not series.signed_by:
        sources.remark(PATH, ("signed_by",), "nobody signs the mails: the hosts are printed below them")
    if series.contact and not (is_mail_address(series.contact) or re.fullmatch(r"https://\S+", series.contact)):
        sources.remark(PATH, ("contact",), "this is not a mail or web address: it is printed without a link")
    for i, partner in enumerate(series.partners):
        if not partner.logo:
            name = partner.name if isinstance(partner.name, str) else next(iter(partner.name.values()))
            sources.remark(PATH, ("partners", i, "logo"), f"no logo of {name} yet: the name is printed")


def remark_on_brand(brand: Brand, sources: Sources) -> None:
    """Remark colours of text that are too like the colour behind them."""
    for text, behind in PAIRS:
        ratio = _contrast(brand.colours[text], brand.colours[behind])
        if ratio < LEAST_CONTRAST:
            message = f"`{text}` on `{behind}` has a contrast of {ratio:.2f} to 1, but text needs {LEAST_CONTRAST} to 1"
            sources.remark(BRAND, ("colours", text), message)


def _contrast(one: str, two: str) -> float:
    """Return the contrast of two colours by WCAG 2.2: from 1 for the same colour to 21 for black on white."""
    darker, lighter = sorted(map(_luminance, (one, two)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))


def check_brand(brand: Brand, sources: Sources) -> None:
    """Note what is wrong in `brand.yaml`: every colour, font and length that the writers take must be there."""
    for group, names in REQUIRED.items():
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
        sources.note(BRAND, ("logo_height",), message, f"the emblem must be at least {LOWEST_LOGO} millimetres high")
