"""What stands around every seminar of a series, in one language: status, contact, funding and partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.compose import forms
from pipeline.compose.photos import logo
from pipeline.core.text import is_mail_address

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.core.documents import Picture
    from pipeline.core.sources import Locale, Seminar, Series

HELD = ("confirmed", "tentative")
"""The status of a seminar that is held as printed, or may be: one can register for it."""


def is_held(seminar: Seminar) -> bool:
    """Return whether a seminar is held as printed, or may be."""
    return seminar.status in HELD


def status_view(seminar: Seminar, locale: Locale) -> dict[str, str]:
    """Return the word and the sentence for a seminar that is not held as printed, or may not be."""
    if seminar.status == "confirmed":
        return {}
    return {"word": locale.words[seminar.status], "note": locale.words[f"{seminar.status}_note"]}


def region_name(region: str, language: str, series: Series) -> str:
    """Return what a language calls a region of the series."""
    return next(forms.in_language(one.name, language) for one in series.regions if one.id == region)


def contact_view(contact: str) -> dict[str, str]:
    """Return the text and the link of whom to ask, or nothing; what is no address of mail or web has no link."""
    if not contact:
        return {}
    link = f"mailto:{contact}" if is_mail_address(contact) else contact if contact.startswith("https://") else ""
    return {"text": contact, "link": link}


def funding_view(series: Series, locale: Locale) -> dict[str, str]:
    """Return statement and mark, or nothing when emblem and statement are taken out together."""
    if series.funding.emblem == "removed":
        return {}
    mark = locale.words["sample"] if series.funding.emblem == "sample" else ""
    return {"statement": forms.in_language(series.funding.statement, locale.language), "sample": mark}


def partners_view(series: Series, language: str, root: Path) -> tuple[tuple[dict[str, str], ...], tuple[Picture, ...]]:
    rows, logos = [], []
    for i, partner in enumerate(series.partners):
        name = f"logo-{i}" if partner.logo else ""
        if name:
            logos.append(logo(name, root / "sources/logos" / partner.logo))
        texts = {"name": forms.in_language(partner.name, language), "slot": forms.in_language(partner.slot, language)}
        rows.append({"logo": name, **texts})
    return tuple(rows), tuple(logos)
