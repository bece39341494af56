"""The letters of a seminar: to each speaker with the deck, and one to all participants with the package."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.build.tasks import presentation_of
from pipeline.compose import View, compose_message, forms, is_held, signature, turns
from pipeline.core.documents import Attachment
from pipeline.core.formats import FORMATS
from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Seminar
from pipeline.core.text import Unusable, mail_address
from pipeline.mail.letter import Details, Letter, page, participant_letter, plain_text, speaker_letter
from pipeline.mail.message import Content, Sender
from pipeline.mail.recipients import Recipient, speakers
from pipeline.mail.settings import Settings

ATTACHED_UP_TO = 5_000_000
"""A larger package is linked or asked for: many servers refuse messages of 10 MB, and a message is a third larger."""

PLACEHOLDER = ".seminars.invalid"
"""The end of the sender's domain while the sender is not known; no server sends mail from such a domain."""


@dataclass(frozen=True, kw_only=True)
class Package:
    """The built files of one seminar; `listed` are the entries of its manifest."""

    folder: Path
    zip: Path
    calendar: Path
    listed: tuple[dict[str, str], ...]

    @property
    def is_small(self) -> bool:
        """Whether the package can be attached to a mail."""
        return self.zip.stat().st_size <= ATTACHED_UP_TO


@dataclass(frozen=True, kw_only=True)
class ToSpeakers:
    """The letters to the speakers of a seminar with their recipients, and the speakers who get none.

    `returned` have returned their presentation, `silent` are in `speakers.csv` and speak in no seminar.
    """

    letters: list[tuple[Recipient, Content]]
    returned: list[str]
    without_address: list[str]
    silent: list[str]


def built_package(seminar: Seminar, output: Path) -> Package:
    """Return the built files of a seminar; raise `SourceError` if it has not been built."""
    package_zip, built = output / f"{seminar.id}.zip", output / seminar.id
    try:
        listed = tuple(json.loads((built / "package/manifest.json").read_bytes())["files"])
        calendar = next(file["path"] for file in listed if file["format"] == "ics")
        if not package_zip.is_file():
            raise FileNotFoundError
    except (FileNotFoundError, StopIteration):
        raise _not_built(package_zip, seminar) from None
    return Package(folder=built, zip=package_zip, calendar=built / "package" / calendar, listed=listed)


def _not_built(path: Path, seminar: Seminar) -> SourceError:
    fix = f"type `make {seminar.id}` first"
    return SourceError([Problem(path=str(path), line=1, message="has not been built", fix=fix)])


def details_of(view: View, package: Package, settings: Settings) -> Details:
    """Return the details that the letters print; the package is attached if it is small enough, even with a link."""
    words = view.locale.words
    titles = {**words, "programme": words["programme_kind"], "presentation": words["presentations"]}
    formats: dict[str, list[str]] = {}
    for file in package.listed:
        if file["kind"] != "page":  # the letter names it elsewhere, as the first to open
            label = FORMATS[file["format"]].label
            formats.setdefault(titles.get(file["kind"], file["title"]), []).append(label)
    colon = view.locale.spacing.get(" :", ":")
    clocks = " · ".join(" ".join(filter(None, (*clock.cities, clock.time, clock.shift))) for clock in view.clocks)
    return Details(
        language=view.tag,
        direction=view.locale.direction,
        series=view.series_title,
        seminar=view.title,
        date=view.date,
        day=forms.day_in_sentence(view.seminar.date, view.locale),
        hours=forms.hours_in_sentence(view.seminar, view.locale),
        local_times=f"{words['local_times']}{colon} {clocks}" if clocks else "",
        registration=view.registration,
        contents=tuple(f"{title} ({', '.join(dict.fromkeys(labels))})" for title, labels in formats.items()),
        signature=signature(view),
        status=view.status.get("word", ""),
        notice=view.status.get("note", ""),
        held=view.held,
        attached=package.zip.name if package.is_small else "",
        link=f"{settings.packages.rstrip('/')}/{package.zip.name}" if settings.packages else "",
    )


def sender_of(view: View, settings: Settings) -> Sender:
    """Return the sender; answers go to the contact of the series if that is a mail address."""
    address = settings.address or f"seminars@{view.series.id}{PLACEHOLDER}"
    try:
        reply_to = mail_address(view.series.contact)
    except Unusable:
        reply_to = address
    return Sender(
        name=settings.name or view.host_names, address=address, reply_to=reply_to, domain=address.partition("@")[2]
    )


def to_participants(view: View, package: Package, details: Details) -> Content:
    """Return the letter to all participants, with the calendar entry and, if the seminar is held, the package."""
    attached = _calendar(package)
    if details.held and details.attached:
        media_type, content = FORMATS["zip"].media_type, package.zip.read_bytes()
        attached += (Attachment(name=details.attached, media_type=media_type, content=content),)
    return _content(participant_letter(details, view.locale.words), view, attached)


def to_speakers(view: View, root: Path, package: Package, details: Details) -> ToSpeakers:
    """Return the letters to the speakers of a seminar, each with the calendar entry and the deck.

    Raise `SourceError` if a deck has not been built. Nobody gets a deck for a seminar that is not held.
    """
    seminar, series, held = view.seminar, view.series, is_held(view.seminar)
    all_turns = {turn.folder: turn for other in series.seminars.values() for turn in turns(other)}
    speaking = {*all_turns, *(turn.person for turn in all_turns.values())}
    addresses = speakers(root, {*speaking, *series.people})
    found = ToSpeakers(letters=[], returned=[], without_address=[], silent=sorted({*addresses} - speaking))
    for turn in turns(seminar):
        address, place = addresses.get(turn.folder) or addresses.get(turn.person) or ("", "")
        if held and presentation_of(turn, seminar, root).is_file():
            found.returned.append(turn.folder)
            continue
        if not address.strip():
            found.without_address.append(turn.folder)
            continue
        attached = _calendar(package)
        if held:
            own = package.folder / "speakers" / turn.folder
            deck = next(iter(sorted(own.glob("*.pptx"))), None)
            if deck is None:
                raise _not_built(own, seminar)
            media_type, content = FORMATS["pptx"].media_type, deck.read_bytes()
            attached += (Attachment(name=deck.name, media_type=media_type, content=content),)
        person, draft = series.people[turn.person], compose_message(turn, view)
        name = f"{person.given} {person.family}"
        recipient = Recipient(kind="speaker", name=name, address=address, person=turn.folder, place=place)
        letter = speaker_letter(draft.subject, draft.text, details)
        found.letters.append((recipient, _content(letter, view, attached)))
    return found


def _calendar(package: Package) -> tuple[Attachment, ...]:
    content = package.calendar.read_bytes()
    return (Attachment(name=package.calendar.name, media_type=FORMATS["ics"].media_type, content=content),)


def _content(letter: Letter, view: View, attachments: tuple[Attachment, ...]) -> Content:
    return Content(
        language=letter.language,
        subject=letter.subject,
        text=plain_text(letter),
        html=page(letter, view.series.brand),
        attachments=attachments,
    )
