"""The commands of registrations: count them and delete them again; what they say, as lines for `__main__`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline import certificates as desk
from pipeline import registrations as office
from pipeline.model import Seminar, Series
from pipeline.problems import Problem, SourceError, nearest, quoted

LONG = 10
"""Letters of a name that is looked for in the bytes of the register."""

_NONE = "Nothing in sources/registrations. Put Zoom's exports there, named like africa-fr-registration.csv."


def registrations(ids: Sequence[str], root: Path) -> tuple[list[str], int]:
    """Return who registered, by country against the quota, and whom to ask; 1 if something could not be read."""
    from pipeline.build import read

    series = read(root)
    files, problems = office.exports(root, series.seminars)
    asked = [seminar_of(id, series) for id in ids] or [s for id, s in sorted(series.seminars.items()) if files[id]]
    lines = [str(problem) for problem in problems]
    if not asked:
        return lines or [_NONE], 1 if problems else 0
    code = 1 if problems else 0
    for seminar in asked:
        roll = office.roll(seminar, files[seminar.id], root, host_zone(seminar))
        lines += _tally(seminar, roll, series)
        code = 1 if roll.problems else code
    return lines, code


def _tally(seminar: Seminar, roll: office.Roll, series: Series) -> Iterator[str]:
    """Yield what is said of one seminar's registrations."""
    counted = office.tally(roll.people)
    yield f"{seminar.id}, {seminar.date.isoformat()}"
    yield from (f"  {problem}" for problem in roll.problems)
    yield from (f"  remark: {remark}" for remark in roll.remarks)
    yield (
        f"  {counted.people} people in {counted.rows} rows: {counted.approved} approved, {counted.pending} pending, "
        f"{counted.denied} denied"
    )
    yield from _countries(counted, series.participants_per_country)
    for title, people in (
        ("registered more than once (counted once)", counted.duplicates),
        ("no country that is known: ask", counted.without_country),
        ("no institution: ask", counted.without_institution),
        ("no address: ask", counted.without_address),
    ):
        if people:
            yield f"  {title}: {len(people)}"
            yield from (f"    {person_line(person)}" for person in people)
    for group in counted.namesakes:
        yield f"  one name, kept apart: ask whether they are one: {'; '.join(map(person_line, group))}"


def _countries(counted: office.Tally, quota: int) -> Iterator[str]:
    from pipeline.compose.forms import cldr

    names = cldr("en-GB").territories
    if counted.countries:
        yield f"  {len(counted.countries)} countries (about {quota} participants each):"
    for country, approved, pending in counted.countries:
        over = approved + pending - quota
        more = f" + {pending} pending" if pending else ""
        yield f"    {names.get(country, country):32} {approved}{more}{f'   {over} over: choose' if over > 0 else ''}"


def person_line(person: office.Participant) -> str:
    """Return a person as the desk is told of one: name, address and the row."""
    address = f" <{person.keys[0]}>" if person.keys and person.keys[0] != person.name.casefold() else ""
    return f"{person.name}{address} ({person.place})"


def seminar_of(id: str, series: Series) -> Seminar:
    """Return the seminar that was asked for; an unknown one is a `SourceError`."""
    if id not in series.seminars:
        fix = nearest(id, series.seminars)
        raise SourceError([Problem(path="sources/seminars", line=1, message=f"no seminar `{id}`", fix=fix)])
    return series.seminars[id]


def host_zone(seminar: Seminar) -> str:
    """Return the time zone of the Zoom account that ran the seminar, empty where nobody has said it."""
    return getattr(seminar, "host_zone", "")


def purge(before: str, root: Path, output: Path) -> tuple[list[str], int]:
    """Delete all personal data of seminars before a day, read everything again, and return what is left: nothing."""
    from pipeline.build import read
    from pipeline.lock import locked

    day = _day(before)
    series = read(root)
    files, strangers = office.exports(root, series.seminars)
    with locked(output), desk.Register.opened(root) as register:
        old = {seminar.id for seminar in series.seminars.values() if seminar.date < day}
        seminars = sorted(old | set(register.before(day)))
        names = [name for seminar in seminars for name in register.names(seminar)]
        deleted = _deleted(seminars, files, output, register)
    lines = [f"before {day.isoformat()}: {', '.join(seminars) or 'no seminar'}", f"  deleted: {deleted}"]
    left = _left(seminars, names, root, output, series)
    lines.append("  left: " + ", ".join(f"{count} {what}" for what, count in left.items()))
    lines += [f"  not touched, since it belongs to no seminar: {problem.path}" for problem in strangers]
    lines.append("  outside this folder nothing was deleted: backups, mailboxes and Zoom itself are yours to clear")
    return lines, 1 if any(left.values()) else 0


def _deleted(
    seminars: Sequence[str], files: Mapping[str, Sequence[Path]], output: Path, register: desk.Register
) -> str:
    """Delete all that these seminars hold of people, and return in words how much it was."""
    rows = sum(map(register.personal_rows, seminars))
    removed = [path for seminar in seminars for path in files.get(seminar, ())]
    for path in removed:
        path.unlink()
    cleared = sum(desk.clear(output / seminar / desk.CERTIFICATES) for seminar in seminars)
    register.forget(seminars)
    return f"{len(removed)} exports, {cleared} files of certificates, {rows} rows of the register"


def _left(seminars: Sequence[str], names: Sequence[str], root: Path, output: Path, series: Series) -> dict[str, int]:
    """Return how much is left of these seminars after all, by what it is."""
    files, _ = office.exports(root, series.seminars)
    with desk.Register.opened(root) as register:
        rows = sum(map(register.personal_rows, seminars))
    content = (root / desk.REGISTER).read_bytes()
    return {
        "exports": sum(len(files.get(seminar, ())) for seminar in seminars),
        "folders of certificates": sum((output / seminar / desk.CERTIFICATES).exists() for seminar in seminars),
        "rows": rows,
        # A short name may stand inside another word; ten letters do not come about by chance.
        "names in the register's bytes": sum(name.encode() in content for name in names if len(name) >= LONG),
    }


def _day(text: str) -> date:
    """Return the day up to which is purged; it cannot lie ahead, since seminars to come need their registrations."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message, fix = f"{quoted(text)} is no date", "write it like BEFORE=2021-01-01"
        raise SourceError([Problem(path="BEFORE", line=1, message=message, fix=fix)]) from None
    if day > datetime.now(UTC).date():
        message = "this day is still to come: seminars before it may need their registrations"
        raise SourceError([Problem(path="BEFORE", line=1, message=message, fix="name a day that has passed")])
    return day
