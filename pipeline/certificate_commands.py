"""The commands of certificates: issue, verify, revoke; what they do and what they say, as lines for `__main__`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from pipeline import certificates as desk
from pipeline import registrations as office
from pipeline.compose.certificate import Frame, certificate, frame, languages
from pipeline.model import Brand, Seminar, Series
from pipeline.problems import Problem, SourceError, quoted
from pipeline.register_commands import host_zone, person_line, seminar_of

THRESHOLD = "50%"
"""The share of a seminar that somebody must attend, unless another is asked for: the majority of the time."""

LONGEST_NAME = 150
LIST = "list.csv"
FONT_FIX = "put a font that has it (.ttf or .otf, like Noto Sans for that script) into templates/fonts"


def certificates(id: str, threshold: str, root: Path, output: Path) -> tuple[list[str], int]:
    """Issue a seminar's certificates; return what is said, and 1 if somebody's could not be made."""
    from pipeline.build import read
    from pipeline.lock import locked

    series = read(root)
    seminar = seminar_of(id, series)
    needed = _needed(threshold or THRESHOLD, seminar)
    roll = _roll(seminar, series, root)
    present = [person for person in roll.people if person.minutes >= needed]
    reasons = {person: _reason(person, root) for person in present}
    attendees = [_attendee(person, seminar, series) for person in present if not reasons[person]]
    folder = output / id / desk.CERTIFICATES
    with locked(output), desk.Register.opened(root) as register:
        _refuse_purged(register, id)
        issued = register.issue(id, seminar.title, seminar.date, attendees)
        draw = partial(_drawn, frames=_frames(issued, seminar, series, root), brand=series.brand, root=root)
        changed = sum(desk.write_all(issued, folder, draw))
        desk.write_private(folder / LIST, desk.as_csv(map(_listed, issued)))
        counts = register.counts(id)
    said = _said(roll, reasons, counts["valid"] - len(issued))
    first = f"{id}: {len(roll.people)} people, {len(present)} of them there for {needed} minutes or more"
    last = f"{len(issued)} certificates in {folder}, {changed} made or changed, {counts['revoked']} revoked"
    return [first, *said, last], 1 if any(reasons.values()) else 0


def _said(roll: office.Roll, reasons: Mapping[office.Participant, str], more: int) -> Iterator[str]:
    """Yield what the desk has to look at: who was there and gets nothing, and whom nobody knows."""
    yield from (f"  remark: {remark}" for remark in roll.remarks)
    yield from (f"  no certificate: {person_line(person)}: {why}" for person, why in reasons.items() if why)
    yield from (f"  joined, but nobody registered under this name: {name}" for name in roll.unknown)
    if more > 0:
        yield f"  {more} more were issued before and are valid; revoke one to withdraw it"


def _roll(seminar: Seminar, series: Series, root: Path) -> office.Roll:
    """Return the people of a seminar; raise `SourceError` unless all that its exports say is understood."""
    files, _ = office.exports(root, series.seminars)
    roll = office.roll(seminar, files[seminar.id], root, host_zone(seminar))
    if roll.problems:
        raise SourceError(roll.problems)
    if not roll.stays:
        message, fix = "no times of participants are in sources/registrations", "put Zoom's participants report there"
        raise SourceError([Problem(path=f"sources/seminars/{seminar.id}.yaml", line=1, message=message, fix=fix)])
    return roll


def _needed(threshold: str, seminar: Seminar) -> int:
    """Return the minutes to be attended, given as minutes (60) or as a share of the seminar (75%)."""
    start, end = office.window(seminar)
    whole = int((end - start).total_seconds()) // 60
    found = re.fullmatch(r"(\d{1,4})\s*(%?)", threshold.strip())
    needed = -(-int(found[1]) * whole // 100) if found and found[2] else int(found[1]) if found else 0
    if not 0 < needed <= whole:
        message, fix = f"{quoted(threshold)} cannot be attended", f"write minutes (1 to {whole}) or a share, like 75%"
        raise SourceError([Problem(path="THRESHOLD", line=1, message=message, fix=fix)])
    return needed


def _reason(person: office.Participant, root: Path) -> str:
    """Return why a person who was there gets no certificate, or nothing."""
    if person.approval != "approved":
        return f"the registration is {person.approval}"
    if not person.name_key or person.name.casefold() in person.keys:
        return "no name is registered"
    if len(person.name) > LONGEST_NAME:
        return f"the name has {len(person.name)} letters; the certificate has room for {LONGEST_NAME}"
    script = "" if person.name.isascii() else desk.script_without_letters(person.name, _letters(root / "templates"))
    return f"no font here has {script} letters; {FONT_FIX}" if script else ""


@lru_cache(maxsize=2)
def _letters(templates: Path) -> frozenset[int]:
    from pipeline.render.to_pdf import font_folders

    return desk.covered(font_folders(templates))


def _attendee(person: office.Participant, seminar: Seminar, series: Series) -> desk.Attendee:
    """Return a person for the register, in the language that was asked for if the series has it."""
    known = {language: series.locales[language].name for language in languages(series)}
    chosen = office.language(person.language, known) if person.language else ""
    return desk.Attendee(
        name=person.name,
        keys=person.keys,
        name_key=person.name_key,
        language=chosen or seminar.language,
        minutes=person.minutes,
    )


def _refuse_purged(register: desk.Register, id: str) -> None:
    if sum(register.counts(id).values()) and not register.personal_rows(id):
        message = f"the personal data of {id} has been purged: no certificate is issued any more"
        raise SourceError([Problem(path=desk.REGISTER.as_posix(), line=1, message=message)])


def _frames(issued: Sequence[desk.Issued], seminar: Seminar, series: Series, root: Path) -> dict[str, Frame]:
    return {language: frame(seminar, language, series, root) for language in sorted({i.language for i in issued})}


def _drawn(issued: desk.Issued, frames: Mapping[str, Frame], brand: Brand, root: Path) -> bytes:
    """Return one certificate as PDF."""
    from pipeline.render import FORMATS

    name, minutes, number = issued.name, issued.minutes, issued.number
    document = certificate(
        frames[issued.language], name=name, minutes=minutes, number=number, code=desk.shown(issued.code)
    )
    return FORMATS["pdf"](document, brand, root / "templates")


def _listed(issued: desk.Issued) -> tuple[str, ...]:
    """Return the row of the list from which mails are made."""
    file = f"{issued.number}.pdf"
    code = desk.shown(issued.code)
    return (issued.number, code, issued.name, issued.address, issued.language, str(issued.minutes), file)


def verify(code: str, root: Path, *, with_name: bool = False) -> tuple[list[str], int]:
    """Return whether a code is that of a certificate, and 0 if it is a valid one; a name only where it is asked for."""
    found = None
    if (root / desk.REGISTER).exists():
        with desk.Register.opened(root) as register:
            found = register.find(code)
    if not found:
        return ["unknown: no certificate has this code"], 1
    what = f"certificate {found.number}, {found.title}, {found.date.isoformat()}"
    name = f"; issued to {found.name}" if with_name and found.name else ""
    said = {
        "valid": f"valid: {what}{name}",
        "revoked": f"revoked: {what}",
        "expired": f"issued: {what}; the name has been deleted since and can no longer be checked",
    }
    return [said[found.state]], 1 if found.state == "revoked" else 0


def revoke(text: str, root: Path, output: Path) -> tuple[list[str], int]:
    """Withdraw the certificate with this code or number, remove its file, and return what is said."""
    from pipeline.lock import locked

    with locked(output), desk.Register.opened(root) as register:
        found = register.find(text, numbers=True)
        if not found:
            return ["unknown: no certificate has this code or number; nothing was changed"], 1
        register.revoke(found.number)
        (output / found.seminar / desk.CERTIFICATES / f"{found.number}.pdf").unlink(missing_ok=True)
    return [f"revoked: certificate {found.number}, {found.title}, {found.date.isoformat()}"], 0
