"""The values that all documents of a series print in one language: titles, hosts, funding, partners, contact."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.compose import forms
from pipeline.compose.pictures import logo
from pipeline.core.documents import Picture
from pipeline.core.sources import Locale, Seminar, Series
from pipeline.core.text import is_mail_address

HELD = ("confirmed", "tentative")
"""The statuses of a seminar that is, or may be, held as printed: people can register for it."""


@dataclass(frozen=True, kw_only=True)
class SeriesView:
    """A series in one language; `funding` is empty if it is removed, `contact` if the series has none.

    `hosts_named` are the hosts as a sentence names them ("the European Union"), `pictures` the logos, which `partners`
    refer to by name.
    """

    title: str
    subtitle: str
    hosts: tuple[str, ...]
    hosts_named: tuple[str, ...]
    funding: dict[str, str]
    contact: dict[str, str]
    partners: tuple[dict[str, str], ...]
    pictures: tuple[Picture, ...]


def series_view(series: Series, language: str, root: Path) -> SeriesView:
    """Return the values that every document of the series prints in a language."""
    locale = series.locales[language]
    partners, logos = [], []
    for i, partner in enumerate(series.partners):
        name = f"logo-{i}" if partner.logo else ""
        if name:
            logos.append(logo(name, root / "sources/logos" / partner.logo))
        partners.append({"logo": name, "name": forms.in_language(partner.name, language)})
    return SeriesView(
        title=forms.spaced(forms.in_language(series.title, language), locale),
        subtitle=forms.spaced(forms.in_language(series.subtitle, language), locale),
        hosts=tuple(forms.in_language(host.name, language) for host in series.hosts),
        hosts_named=tuple(forms.in_language(host.named or host.name, language) for host in series.hosts),
        funding=funding_view(series, locale),
        contact=_contact(series.contact),
        partners=tuple(partners),
        pictures=tuple(logos),
    )


def funding_view(series: Series, locale: Locale) -> dict[str, str]:
    """Return the funding statement and the mark of a demonstration copy; empty if they are removed."""
    if series.funding.emblem == "removed":
        return {}
    mark = locale.words["sample"] if series.funding.emblem == "sample" else ""
    return {"statement": forms.in_language(series.funding.statement, locale.language), "sample": mark}


def _contact(contact: str) -> dict[str, str]:
    """Return the text and the link of a mail or web address; any other text has no link."""
    link = f"mailto:{contact}" if is_mail_address(contact) else contact if contact.startswith("https://") else ""
    return {"text": contact, "link": link} if contact else {}


def is_held(seminar: Seminar) -> bool:
    """Return whether a seminar is confirmed or tentative."""
    return seminar.status in HELD


def status_view(seminar: Seminar, locale: Locale) -> dict[str, str]:
    """Return the word and the sentence for the status of a seminar; empty for a confirmed one."""
    if seminar.status == "confirmed":
        return {}
    return {"word": locale.words[seminar.status], "note": locale.words[f"{seminar.status}_note"]}


def region_names(seminar: Seminar, locale: Locale, series: Series) -> str:
    """Return the names of a seminar's regions in a language, joined as a list."""
    names = {one.id: forms.in_language(one.name, locale.language) for one in series.regions}
    return forms.listed([names[region] for region in seminar.region], locale)


def in_order(series: Series) -> list[Seminar]:
    """Return the seminars in the order in which they are held."""
    return sorted(series.seminars.values(), key=lambda seminar: (seminar.begins, seminar.id))
