"""Write the outbox of a seminar: one message per person, with the package or the deck that was built."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pipeline.build.check import read
from pipeline.build.tasks import presentation_of
from pipeline.compose import Turn, View, compose_message, is_held, seminar_view, turns
from pipeline.core.csv_file import as_csv
from pipeline.core.documents import Attachment
from pipeline.core.formats import FORMATS
from pipeline.core.lock import locked
from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Seminar, Series
from pipeline.core.text import Unusable, mail_address
from pipeline.mail import outbox
from pipeline.mail.letter import Details, Letter, page, participant_letter, plain_text, speaker_letter
from pipeline.mail.message import Content, Sender, message
from pipeline.mail.recipients import Recipient, address_hash, once, speakers
from pipeline.mail.settings import Settings, here
from pipeline.workflows.attendance import seminar_named
from pipeline.workflows.mailing_list import mailing_list

ATTACHED_UP_TO = 5_000_000
"""A larger package is linked or asked for: many servers refuse messages of 10 MB, and a message is a third larger."""

PLACEHOLDER = ".seminars.invalid"
"""The end of the sender's domain while the sender is not known; no server sends mail from such a domain."""


@dataclass(kw_only=True)
class Outbox:
    """The messages of an outbox, and the people who get none.

    `silent` are people of `speakers.csv` who speak in no seminar, `returned` are speakers who have returned their
    presentation, `merged` counts people who were listed twice.
    """

    place: Path
    remarks: tuple[str, ...] = ()
    drafts: list[outbox.Draft] = field(default_factory=list)
    unfit: list[tuple[Recipient, str]] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    merged: int = 0
    attached: bool = True
    placeholder: bool = False


def write_outbox(id: str, root: Path, output: Path) -> Outbox:
    """Write the outbox of a seminar, to its speakers and to the participants of its mailing list; return it."""
    series = read(root)
    seminar = seminar_named(id, series)
    to = mailing_list(seminar, series, root)
    with outbox.mail_lock(root), locked(output):
        made = make_outbox(seminar, series, root, output, to.recipients, here(root))
    made.remarks = to.remarks
    return made


def make_outbox(
    seminar: Seminar, series: Series, root: Path, output: Path, participants: Sequence[Recipient], settings: Settings
) -> Outbox:
    """Write the outbox of a seminar, one message for each speaker with an address and each participant; return it."""
    view = seminar_view(seminar, None, series, root)
    package = _package(seminar, output)
    details = _details(view, package, settings)
    sender = _sender(view, series, settings)
    made = Outbox(place=output / seminar.id / outbox.FOLDER, attached=bool(details.attached))
    made.placeholder = sender.address.endswith(PLACEHOLDER)
    people = list(once(participants, seminar.id))
    made.merged = len(participants) - len(people)
    letters = [*_to_speakers(view, root, package, details, made)]
    if people:
        enclosed = package.files(details.attached if details.held else "")
        to_all = _content(participant_letter(details, view.locale.words), series, enclosed)
        letters += [(person, to_all) for person in people]
    outbox.publish(made.place, messages(letters, seminar.id, sender, made))
    return made


@dataclass(frozen=True, kw_only=True)
class _Package:
    """The built files of one seminar."""

    folder: Path
    zip: Path
    calendar: Path
    listed: tuple[dict[str, str], ...]

    def files(self, attached: str) -> tuple[Attachment, ...]:
        """Return the attachments for participants: the calendar entry, and the package unless it is too large."""
        entry = Attachment(
            name=self.calendar.name, media_type=FORMATS["ics"].media_type, content=self.calendar.read_bytes()
        )
        if not attached:
            return (entry,)
        return entry, Attachment(name=attached, media_type=FORMATS["zip"].media_type, content=self.zip.read_bytes())


def _package(seminar: Seminar, output: Path) -> _Package:
    package_zip, built = output / f"{seminar.id}.zip", output / seminar.id
    try:
        listed = tuple(json.loads((built / "package/manifest.json").read_bytes())["files"])
        calendar = next(file["path"] for file in listed if file["format"] == "ics")
        if not package_zip.is_file():
            raise FileNotFoundError
    except (FileNotFoundError, StopIteration):
        raise _not_built(package_zip, seminar) from None
    return _Package(folder=built, zip=package_zip, calendar=built / "package" / calendar, listed=listed)


def _not_built(path: Path, seminar: Seminar) -> SourceError:
    fix = f"type `make {seminar.id}` first"
    return SourceError([Problem(path=str(path), line=1, message="has not been built", fix=fix)])


def _details(view: View, package: _Package, settings: Settings) -> Details:
    """Return the details that the letters print; the package is attached if it is small enough, even with a link."""
    colon = view.locale.spacing.get(" :", ":")
    clocks = " · ".join(" ".join(filter(None, (c["city"], c["time"], c["shift"]))) for c in view.capitals)
    small = package.zip.stat().st_size <= ATTACHED_UP_TO
    return Details(
        language=view.tag,
        direction=view.locale.direction,
        series=view.series_title,
        seminar=view.title,
        date=view.date,
        day=view.day,
        hours=view.hours,
        local_times=f"{view.locale.words['local_times']}{colon} {clocks}" if clocks else "",
        registration=view.registration,
        contents=_contents(package, view),
        hosts=view.host_names,
        status=view.status.get("word", ""),
        notice=view.status.get("note", ""),
        held=view.held,
        attached=package.zip.name if small else "",
        link=f"{settings.packages.rstrip('/')}/{package.zip.name}" if settings.packages else "",
    )


def _contents(package: _Package, view: View) -> tuple[str, ...]:
    """Return the package's documents by kind, each with its formats."""
    words = view.locale.words
    titles = {**words, "programme": words["programme_kind"], "presentation": words["presentations"]}
    formats: dict[str, list[str]] = {}
    for file in package.listed:
        if file["kind"] != "page":  # the letter names it elsewhere, as the first to open
            label = FORMATS[file["format"]].label
            formats.setdefault(titles.get(file["kind"], file["title"]), []).append(label)
    return tuple(f"{title} ({', '.join(dict.fromkeys(labels))})" for title, labels in formats.items())


def _sender(view: View, series: Series, settings: Settings) -> Sender:
    """Return the sender; answers go to the contact of the series if that is a mail address."""
    address = settings.address or f"seminars@{series.id}{PLACEHOLDER}"
    try:
        reply_to = mail_address(series.contact)
    except Unusable:
        reply_to = address
    return Sender(
        name=settings.name or view.host_names, address=address, reply_to=reply_to, domain=address.partition("@")[2]
    )


def _content(letter: Letter, series: Series, attachments: tuple[Attachment, ...]) -> Content:
    return Content(
        language=letter.language,
        subject=letter.subject,
        text=plain_text(letter),
        html=page(letter, series.brand),
        attachments=attachments,
    )


def _to_speakers(
    view: View, root: Path, package: _Package, details: Details, made: Outbox
) -> Iterator[tuple[Recipient, Content]]:
    """Yield each speaker with a known address and the letter that brings the deck; record the other speakers."""
    seminar, series = view.seminar, view.series
    all_turns = {turn.folder: turn for other in series.seminars.values() for turn in turns(other)}
    speaking = {*all_turns, *(turn.person for turn in all_turns.values())}
    addresses = speakers(root, {*speaking, *series.people})
    made.silent = sorted({*addresses} - speaking)
    for turn in turns(seminar):
        address, place = addresses.get(turn.folder) or addresses.get(turn.person) or ("", "")
        if is_held(seminar) and presentation_of(turn, seminar, root).is_file():
            made.returned.append(turn.folder)
            continue
        if not address.strip():
            made.without_address.append(turn.folder)
            continue
        person = series.people[turn.person]
        name = f"{person.given} {person.family}"
        recipient = Recipient(kind="speaker", name=name, address=address, person=turn.folder, place=place)
        draft = compose_message(turn, view)
        letter = speaker_letter(draft.subject, draft.text, details, series.locales[seminar.language].words)
        yield recipient, _content(letter, series, _for_speaker(turn, seminar, package))


def _for_speaker(turn: Turn, seminar: Seminar, package: _Package) -> tuple[Attachment, ...]:
    """Return the attachments for a speaker: the calendar entry, and the deck if the seminar is held."""
    if not is_held(seminar):
        return package.files("")
    own = package.folder / "speakers" / turn.folder
    deck = next(iter(sorted(own.glob("*.pptx"))), None)
    if deck is None:
        raise _not_built(own, seminar)
    entry = package.files("")
    return (*entry, Attachment(name=deck.name, media_type=FORMATS["pptx"].media_type, content=deck.read_bytes()))


def messages(
    letters: Iterable[tuple[Recipient, Content]], seminar: str, sender: Sender, made: Outbox
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the outbox one by one; its table lists the people who get no message, with the reason."""
    rows = []
    for number, (recipient, content) in enumerate(letters, 1):
        id, name, written, reason = recipient.id(seminar), "", b"", ""
        try:
            written = message(content, recipient, seminar, sender)
        except Unusable as error:
            reason = str(error)
            made.unfit.append((recipient, reason))
        else:
            name = f"{number:04}-{id}.eml"
            made.drafts.append(_draft(recipient, seminar, name, written))
            yield name, written
        person = (recipient.kind, recipient.name, recipient.address)
        rows.append((number, id, name, *person, content.subject, len(written), reason))
    yield outbox.INDEX, outbox.index(made.drafts)
    yield outbox.TABLE, as_csv(outbox.COLUMNS, rows)


def _draft(recipient: Recipient, seminar: str, name: str, written: bytes) -> outbox.Draft:
    return outbox.Draft(
        id=recipient.id(seminar),
        kind=recipient.kind,
        file=name,
        address=address_hash(mail_address(recipient.address)),
        namesake=recipient.namesake(seminar),
        digest=sha256(written).hexdigest(),
    )
