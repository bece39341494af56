"""The landing page of a seminar's package, and the same page in the site of the series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.compose import forms
from pipeline.compose.calendar import calendar_links, seminar_event
from pipeline.compose.kinds import KINDS, PAGE, document_values
from pipeline.compose.series import region_names
from pipeline.compose.speaker import turns
from pipeline.compose.structured import as_json, seminar_data
from pipeline.compose.templates import filled
from pipeline.compose.view import SpeakerView, View, properties
from pipeline.core.documents import Artifact, Document
from pipeline.core.formats import FORMATS
from pipeline.core.sources import Locale, Seminar, Series

FIRST_FORMATS = ("pdf", "pptx", "ics")
"""The formats that a document is offered in first, if it has one of them; the page shows others on demand."""
_EMPTY = {"path": "", "about": "", "label": "", "size": "", "more": (), "given": (), "missing": ""}
"""A tile without its title: the link to a file, other formats of it, presentations that came and those to follow."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link to a page of the site; `tag` is set if that page has another language, `here` marks the page itself."""

    path: str
    text: str
    tag: str = ""
    here: bool = False


def compose_page(
    view: View, artifacts: Sequence[Artifact], presentations: Mapping[str, Artifact], *, zip_size: int | None = None
) -> Document:
    """Return the landing page of a seminar's package; with `zip_size`, in bytes, the seminar's page in the site.

    It lists the files of the package, and for each speaker the returned presentation or a note that it is to follow. In
    the site it also links to the other seminars and to the zip file of the package.
    """
    body = filled(view.templates, "page.html", page_values(view, artifacts, presentations, zip_size))
    title = f"{view.locale.words['page']} – {view.title}, {view.date}"
    placed = tuple(picture for picture in view.pictures if f'src="{picture.name}"' in body)
    return Document(
        properties=properties("page", "index", title, view),
        body=body,
        pictures=placed,
        structured=as_json(seminar_data(view)),
    )


def page_values(
    view: View, artifacts: Sequence[Artifact], presentations: Mapping[str, Artifact], zip_size: int | None
) -> dict[str, Any]:
    """Return the values for the template of the page."""
    seminar, series, locale = view.seminar, view.series, view.locale
    paths = {(artifact.kind, artifact.format): artifact.path for artifact in artifacts}
    in_site = zip_size is not None
    changed = forms.day(seminar.changed, locale, "long") if seminar.changed else ""
    whole = [] if zip_size is None else [_whole(f"{seminar.id}.zip", zip_size, locale)]
    return {
        **document_values(view),
        "colon": forms.colon(locale),
        "people": _people(view),
        "files": [*whole, *_files(artifacts, view), *_presentations(presentations, view)],
        "formats": [FORMATS[format].label for format in ("pdf", "docx", "pptx")],
        "factsheet": paths["factsheet", "pdf"],
        "calendar": paths["calendar", "ics"],
        "calendars": (("iCalendar", paths["calendar", "ics"]), *calendar_links(seminar_event(view))),
        "bibliography": paths["bibliography", "html"],
        "links": _links(seminar, series) if in_site else {},
        "counterparts": _counterparts(seminar, series) if in_site else (),
        "last_change": " · ".join(filter(None, (view.edition, changed))),
    }


def download(name: str, size: int, locale: Locale) -> dict[str, str]:
    """Return the name of a file to download, and its size as printed."""
    return {"path": name, "size": f"({forms.size(size, locale)})"}


def _people(view: View) -> list[dict[str, Any]]:
    """Return the chair and the speakers, each once, with what they do: to chair, or the numbers of their segments."""
    found: dict[str, SpeakerView] = {view.chair.name: view.chair}
    numbers: dict[str, list[str]] = {}
    for segment in view.segments:
        for speaker in segment.speakers:
            found.setdefault(speaker.name, speaker)
            numbers.setdefault(speaker.name, []).append(str(segment.number))
    people = []
    for name, speaker in found.items():
        parts = [view.chair.label] if name == view.chair.name else []
        if name in numbers:
            segments = forms.listed(numbers[name], view.locale)
            parts.append(f"{view.locale.words['segment']}{forms.NBSP}{segments}")
        people.append({"speaker": speaker, "label": " · ".join(parts)})
    return people


def _whole(name: str, size: int, locale: Locale) -> dict[str, Any]:
    """Return the tile of the whole package."""
    words = locale.words
    about = {"title": words["whole_package"], "about": words["describes_package"], "label": FORMATS["zip"].label}
    return {**_EMPTY, "path": name, "size": forms.size(size, locale), **about}


def _files(artifacts: Iterable[Artifact], view: View) -> list[dict[str, Any]]:
    """Return a tile for each kind of document: the file that most people open, and the others."""
    words, found = view.locale.words, dict[str, list[Artifact]]()
    for artifact in artifacts:
        found.setdefault(artifact.kind, []).append(artifact)
    tiles = []
    for kind, files in found.items():
        first = min(files, key=lambda file: file.format not in FIRST_FORMATS)
        more = [
            download(file.path, file.size, view.locale) | {"label": FORMATS[file.format].label}
            for file in files
            if file is not first
        ]
        tiles.append(
            {
                **_EMPTY,
                "title": words[KINDS[kind].title],
                "about": words.get(f"describes_{kind}", ""),
                "path": first.path,
                "label": FORMATS[first.format].label,
                "size": forms.size(first.size, view.locale),
                "more": more,
            }
        )
    return tiles


def _presentations(presentations: Mapping[str, Artifact], view: View) -> list[dict[str, Any]]:
    """Return the speakers' presentations as one tile: each file, and one line with the speakers of missing ones."""
    words, given, missing = view.locale.words, [], []
    for turn in turns(view.seminar):
        name = view.segments[turn.segment].speakers[turn.slot].named
        artifact = presentations.get(turn.folder)
        if artifact:
            size = f"({FORMATS['pptx'].label}, {forms.size(artifact.size, view.locale)})"
            given.append({"path": artifact.path, "label": name, "size": size})
        else:
            missing.append(name)
    if not given and not missing:
        return []
    note = words["to_follow"].format(names=forms.listed(missing, view.locale)) if missing else ""
    return [{**_EMPTY, "title": words["presentations"], "given": given, "missing": note}]


def _links(seminar: Seminar, series: Series) -> dict[str, Any]:
    """Return the links from a seminar's page to the index and, in other languages, to its counterparts."""
    words = series.locales[seminar.language].words
    links = [Link(path=f"../{index_name(seminar.language, series)}", text=words["all_seminars"])]
    for other in counterparts(seminar, series):
        locale = series.locales[other.language]
        links.append(Link(path=f"../{other.id}/{PAGE}", text=locale.name, tag=locale.tag))
    return {"label": words["seminars"], "pages": links}


def _counterparts(seminar: Seminar, series: Series) -> list[dict[str, str]]:
    own = series.locales[seminar.language]
    return [
        {
            "path": f"../{other.id}/{PAGE}",
            "title": forms.spaced(region_names(other, own, series), own),
            "language": forms.language_name(other.language, own),
            "tag": series.locales[other.language].tag,
            "date": forms.day(other.date, own, "long"),
        }
        for other in counterparts(seminar, series)
    ]


def counterparts(seminar: Seminar, series: Series) -> list[Seminar]:
    """Return the seminar for the same region in each other language; if there are several, the nearest in time."""
    nearest: dict[str, Seminar] = {}
    for other in series.seminars.values():
        if set(other.region) & set(seminar.region) and other.language != seminar.language:
            known = nearest.setdefault(other.language, other)
            nearest[other.language] = min(known, other, key=lambda s: (abs(s.date - seminar.date), s.date, s.id))
    return [nearest[language] for language in series.working_languages if language in nearest]


def index_languages(series: Series) -> list[str]:
    """Return the languages in which a seminar is held, in the order of the series; each has an index of the site."""
    held = {seminar.language for seminar in series.seminars.values()}
    return [language for language in series.working_languages if language in held]


def index_name(language: str, series: Series) -> str:
    """Return the file name of the index in a language; in the first language it is the name that web servers open."""
    return PAGE if language == index_languages(series)[0] else f"index.{language}.html"
