"""The exports of one seminar become registrations and sessions; what cannot be read is a problem with file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from pipeline.attendance import dates
from pipeline.attendance.records import Approval, Exports, Outcome, Registration, Session
from pipeline.attendance.tables import APPROVALS, Table, answer, other_program, tables
from pipeline.attendance.words import country, name_key
from pipeline.core.columns import OTHER_HALF, WORDS, known_headers
from pipeline.core.csv_file import NotCsv, Row
from pipeline.core.problems import Problem, quoted
from pipeline.core.spreadsheet import read_rows
from pipeline.core.text import address_key, typed_address

STATED: Mapping[str, dates.Order] = {"-day-first": "day", "-month-first": "month"}
"""How the name of a file may end to say how its dates are written."""

SHOWN = 12
"""The largest number of unknown headers that are named."""

_SUMS = "this export has only the sum of each person's minutes: it is not used"
_SUMS_FIX = "export it again without “Show unique users”"
_ORDER = "nothing tells whether 07/09 is a day in July or in September here"
_NEITHER = "this line has neither a name nor an address"
_NEITHER_FIX = "delete the line, or write who it is"
_TIME_FIX = "write it like 2020-07-09 08:00"
_OTHER_FIX = "copy its list of times into a file of its own, with the columns Name, Email, Join Time and Leave Time"
_NO_TABLE = "no table of people is recognised here"
_NO_TABLE_FIX = f"export it again from Zoom's reports, or add its headers to the file of their language in {WORDS}"


@dataclass(kw_only=True)
class _File:
    """One file while it is read: its name, what tells the order of its dates, and the lists that it fills."""

    name: str
    zone: tzinfo
    days: frozenset[date]
    stated: dates.Order
    exports: Exports

    def problem(self, line: int, message: str, fix: str = "") -> None:
        self.exports.problems.append(Problem(path=self.name, line=line, message=message, fix=fix))

    def unread(self, line: int, message: str, fix: str = "") -> Outcome:
        self.problem(line, message, fix)
        return "unread"

    def remark(self, line: int, message: str, fix: str = "") -> None:
        self.exports.remarks.append(Problem(path=self.name, line=line, message=message, fix=fix))


def read_exports(paths: Sequence[Path], root: Path, start: datetime, end: datetime, zone: tzinfo) -> Exports:
    """Return what the files say of the seminar from `start` to `end`; times without a time zone are in `zone`."""
    exports = Exports()
    days = frozenset(moment.astimezone(zone).date() for moment in (start, end, start - timedelta(hours=1)))
    for path in paths:
        stem = path.stem.casefold()
        stated: dates.Order = next((order for ending, order in STATED.items() if stem.endswith(ending)), "")
        name = path.relative_to(root).as_posix()
        file = _File(name=name, zone=zone, days=days, stated=stated, exports=exports)
        try:
            _read_file(path.read_bytes(), file)
        except NotCsv as error:
            file.problem(error.line, str(error))
    return exports


def _read_file(content: bytes, file: _File) -> None:
    rows, how = read_rows(content, known_headers)
    for remark in how:
        file.remark(1, remark)
    if program := other_program(rows):
        message = f"this is a report of {program}: only those of Zoom are read, and nothing of this one is"
        file.problem(1, message, _OTHER_FIX)
        file.exports.outcomes["unused"] += sum(bool(row.cells) for row in rows)
        return
    every = list(tables(rows))
    found = [table for table in every if not table.of_hosts]
    inside = sum(1 + len(table.rows) for table in found)
    hosts = [table.host(row) for table in every for row in table.rows if table.of_hosts or table.first]
    file.exports.hosts.update({key for name, address in hosts for key in (name_key(name), address_key(address))} - {""})
    file.exports.outcomes["outside"] += sum(bool(row.cells) for row in rows) - inside
    if not found:
        file.problem(1, _NO_TABLE, _NO_TABLE_FIX)
    first = _order(found, file)
    for table in found:
        if table.unknown:
            more = f" and {len(table.unknown) - SHOWN} more" if len(table.unknown) > SHOWN else ""
            file.remark(table.line, f"unknown, and not read: {', '.join(table.unknown[:SHOWN])}{more}")
        for fault in table.faults:
            file.problem(table.line, fault, "rename the one that is not meant")
        if table.has_sums_only:
            file.remark(table.line, _SUMS, _SUMS_FIX)
        elif table.unnamed:
            message = f"no column of names is known; its header may be {', '.join(table.unnamed)}"
            file.problem(table.line, message, f"call it `Name`, or add it to the file of its language in {WORDS}")
        elif table.half:
            file.problem(table.line, *_half(table))
        if table.faults or table.has_sums_only or table.unnamed:
            file.exports.outcomes["unused"] += len(table.rows)
        else:
            _read_table(table, first, file)


def _half(table: Table) -> tuple[str, str]:
    """Return the problem of a table in which one half of each name has no column, and its cure."""
    other = {"given": "First Name", "family": "Last Name"}[OTHER_HALF[table.half]]
    message = f"only one half of each name is read, {quoted(table.header(table.half))}"
    if table.unknown:
        return f"{message}; the other half may be {', '.join(table.unknown)}", f"call its column `{other}`"
    return message, f"export it again with the other half, or add a column `{other}`"


def _read_table(table: Table, first: dates.Order, file: _File) -> None:
    if table.has_sessions and first in ("", "both"):
        what = "this file contains dates in two orders, 31/12 and 12/31" if first == "both" else _ORDER
        file.problem(table.line, what, "end the name of the file with `-day-first` or `-month-first`")
        first = ""
    for row in table.rows:
        file.exports.outcomes[_read_row(table, row, first if table.has_sessions else "", file)] += 1


def _read_row(table: Table, row: Row, first: dates.Order, file: _File) -> Outcome:
    """Add what a row says; its session only if `first` tells how to read the dates."""
    if len(row.cells) > len(table.headers):
        return file.unread(row.line, "this line has more cells than the header", "look at its quotation marks")
    cells = table.cells(row)
    parts = (cells.get("given", ""), cells.get("family", ""))
    name, address = " ".join(filter(None, parts)) or cells.get("name", ""), cells.get("address", "")
    if address:
        shown, address = typed_address(address)
        name = name or shown
    if not name and not address:
        return file.unread(row.line, _NEITHER, _NEITHER_FIX)
    if table.has_registrations:
        _add_registration(table, row, cells, name, address, file)
    if not table.has_sessions:
        return "read"
    return _add_session(table, row, cells, name, address, first, file) if first else "unused"


def _add_registration(table: Table, row: Row, cells: Mapping[str, str], name: str, address: str, file: _File) -> None:
    """Add a registration; an unknown approval status is a problem and counts as pending."""
    typed = cells.get("approval", "")
    approval: Approval = "approved"
    known = answer(typed)
    if known == "denied":
        approval = "denied"
    elif known == "pending" or (typed and known != "approved"):
        approval = "pending"
    if typed and known not in APPROVALS:
        fix = f"write approved, pending or denied, or add it to the file of its language in {WORDS}"
        file.problem(row.line, "the approval status in this line is unknown", fix)
    file.exports.registrations.append(
        Registration(
            path=file.name,
            line=row.line,
            name=name or address,
            address=address,
            country=country(cells.get("country", "")),
            typed_country=cells.get("country", ""),
            institution=cells.get("institution", ""),
            language=cells.get("language", ""),
            approval=approval,
            with_session=table.has_sessions,
        )
    )


def _add_session(
    table: Table, row: Row, cells: Mapping[str, str], name: str, address: str, first: dates.Order, file: _File
) -> Outcome:
    """Add the session of a row; who was not there, or only in the waiting room, has none."""
    texts = {meaning: cells.get(meaning, "") for meaning in ("joined", "left")}
    if answer(cells.get("waiting", "")) == "yes":
        return "waiting"
    if all(text.strip("-– ") == "" for text in texts.values()):
        return "absent"
    if answer(cells.get("attended", "")) == "no":
        return file.unread(row.line, "this line says that somebody was absent, and also when")
    moments = {meaning: dates.moment(text) for meaning, text in texts.items()}
    start, end = (dates.at(moment, first, file.zone) if moment else None for moment in moments.values())
    if not start or not end:
        wrong = [meaning for meaning, time in (("joined", start), ("left", end)) if not time]
        shown = ", ".join(f"{quoted(table.header(meaning))} {_shown_time(texts[meaning])}" for meaning in wrong)
        return file.unread(row.line, f"a time in this line cannot be read: {shown}", _TIME_FIX)
    if end < start:
        return file.unread(row.line, "the leave time is before the join time", "correct one of them")
    file.exports.sessions.append(
        Session(path=file.name, line=row.line, name=name, address=address, start=start, end=end)
    )
    return "read"


def _shown_time(text: str) -> str:
    """Return what is written instead of a time, unless it may be a name or an address in the wrong column."""
    if "@" in text or not any(map(str.isdigit, text)):
        return "contains words" if text else "is empty"
    return f"is {quoted(text)}"


def _order(found: Sequence[Table], file: _File) -> dates.Order:
    """Return whether day or month comes first in the file: as its name says, else as its dates show."""
    if file.stated or not any(table.has_sessions for table in found):
        return file.stated
    of_sessions, others = [], []
    for table in found:
        for row in table.rows:
            if table.has_sessions:
                of_sessions += [dates.moment(table.cell(row, name)) for name in ("joined", "left")]
            others.append(dates.moment(table.cell(row, "registered")))
    known = [moment for moment in of_sessions if moment]
    return dates.order([*known, *(moment for moment in others if moment)], known, file.days)
