"""The table of all seminars of a series, as the documents of one of them print it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.compose import forms
from pipeline.compose.series import is_held, region_names, status_view
from pipeline.core.sources import Locale, Seminar, Series


@dataclass(frozen=True, kw_only=True)
class PlanningRow:
    """One seminar in the table of the series, in the language of another; `here` is true for that one itself.

    `note` says whether people can register, or that the seminar is not held as printed.
    """

    day: str
    hours: str
    heading: str
    language: str
    registration: str
    note: str
    here: bool


def planning(here: Seminar, series: Series) -> tuple[PlanningRow, ...]:
    """Return all seminars in the order in which they are held, in the language of one of them."""
    locale, rows = series.locales[here.language], []
    for seminar in series.planned:
        heading = seminar.short if seminar.language == here.language else ""
        rows.append(
            PlanningRow(
                day=forms.day(seminar.date, locale, "long"),
                hours=forms.hours(seminar, locale),
                heading=forms.spaced(heading or region_names(seminar, locale, series), locale),
                language=forms.language_name(seminar.language, locale),
                registration=seminar.registration if is_held(seminar) else "",
                note=status_view(seminar, locale).get("word") or registration_note(seminar, locale),
                here=seminar.id == here.id,
            )
        )
    return tuple(rows)


def registration_note(seminar: Seminar, locale: Locale) -> str:
    """Return what is printed if there is no link to register."""
    return locale.words["registration_soon" if is_held(seminar) else "registration_closed"]
