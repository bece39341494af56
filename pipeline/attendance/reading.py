"""The files of one seminar become registrations and joins; what is not understood is said with its file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from pipeline.attendance import columns, times
from pipeline.attendance.countries import country
from pipeline.attendance.records import Approval, Exports, Join, Outcome, Registration
from pipeline.attendance.tables import Table, tables
from pipeline.core.csv_file import NotCsv, Row, rows_of, text_of
from pipeline.core.problems import Problem, quoted

STATED: Mapping[str, times.Order] = {"-day-first": "day", "-month-first": "month"}
"""What a file's name may end with to say how its dates are written."""

_SUMS = "this export adds up each person's minutes without saying when: it is not used"
_SUMS_FIX = "export it again without “Show unique users”"
_ORDER = "nothing tells whether 07/09 is a day in July or in September here"
_NEITHER = "neither name nor address stands in this line"
_NEITHER_FIX = "delete the line, or write there who it is"
_TIME_FIX = "write it like 2020-07-09 08:00"
_NOBODY = "no table of people is recognised here"
_NOBODY_FIX = "export it again from Zoom's reports, or add its headers to pipeline/attendance/columns.yaml"


@dataclass(kw_only=True)
class _File:
    """One file while it is read: its name, what its dates need, and where everything goes."""

    name: str
    zone: tzinfo
    days: frozenset[date]
    stated: times.Order
    exports: Exports

    def problem(self, line: int, message: str, fix: str = "") -> None:
        self.exports.problems.append(Problem(path=self.name, line=line, message=message, fix=fix))

    def unread(self, line: int, message: str, fix: str = "") -> Outcome:
        self.problem(line, message, fix)
        return "unread"

    def remark(self, line: int, message: str, fix: str = "") -> None:
        self.exports.remarks.append(Problem(path=self.name, line=line, message=message, fix=fix))


def read(paths: Sequence[Path], root: Path, start: datetime, end: datetime, zone: tzinfo) -> Exports:
    """Return what the files say of the seminar from `start` to `end`; times without a zone are in the host's `zone`."""
    exports = Exports(files=len(paths))
    days = frozenset(moment.astimezone(zone).date() for moment in (start, end, start - timedelta(hours=1)))
    for path in paths:
        stated = next((first for ending, first in STATED.items() if path.stem.casefold().endswith(ending)), "")
        name = path.relative_to(root).as_posix()
        file = _File(name=name, zone=zone, days=days, stated=stated, exports=exports)
        try:
            _read_file(path.read_bytes(), file)
        except NotCsv as error:
            file.problem(1, str(error))
    return exports


def _read_file(content: bytes, file: _File) -> None:
    text, how = text_of(content)
    for remark in how:
        file.remark(1, remark)
    rows = rows_of(text, columns.understood)
    found = list(tables(rows))
    inside = sum(1 + len(table.rows) for table in found)
    file.exports.outcomes["outside"] += sum(bool(row.cells) for row in rows) - inside
    if not found:
        file.problem(1, _NOBODY, _NOBODY_FIX)
    first = _order(found, file)
    for table in found:
        if table.unknown:
            file.remark(table.line, f"not understood, and not read: {', '.join(table.unknown)}")
        for fault in table.faults:
            file.problem(table.line, fault, "rename the one that is not meant")
        if table.has_sums_only:
            file.remark(table.line, _SUMS, _SUMS_FIX)
        elif table.unnamed:
            message = f"no column for names is understood; the header is {', '.join(table.unnamed)}"
            file.problem(table.line, message, "add it to pipeline/attendance/columns.yaml")
        if table.faults or table.has_sums_only or table.unnamed:
            file.exports.outcomes["unused"] += len(table.rows)
        else:
            _read_table(table, first, file)


def _read_table(table: Table, first: times.Order, file: _File) -> None:
    stays = table.has_stays
    if stays and first in ("", "both"):
        what = "dates stand here in two orders, 31/12 and 12/31" if first == "both" else _ORDER
        file.problem(table.line, what, "let the file's name end with `-day-first` or `-month-first`")
        stays = False
    for row in table.rows:
        file.exports.outcomes[_read_row(table, row, first if stays else "", file)] += 1


def _read_row(table: Table, row: Row, first: times.Order, file: _File) -> Outcome:
    """Add what a row says; the stay in it only if `first` tells how to read its dates."""
    if len(row.cells) > len(table.headers):
        return file.unread(row.line, "this line has more cells than the header", "look at its quotation marks")
    name, address = _name(table, row), table.cell(row, "address")
    if not name and not address:
        return file.unread(row.line, _NEITHER, _NEITHER_FIX)
    if table.has_registrations:
        _add_registration(table, row, name, address, file)
    if not table.has_stays:
        return "read"
    return _add_join(table, row, name, address, first, file) if first else "unused"


def _name(table: Table, row: Row) -> str:
    parts = (table.cell(row, "given"), table.cell(row, "family"))
    whole = " ".join(part for part in parts if part)
    return whole or table.cell(row, "name")


def _add_registration(table: Table, row: Row, name: str, address: str, file: _File) -> None:
    """Add a row of a registration; an approval that is not understood is a problem and counts as pending."""
    typed = table.cell(row, "approval")
    approval: Approval = "approved"
    known = columns.answer(typed)
    if known in ("pending", "denied"):
        approval = known  # type: ignore[assignment]
    elif typed and known != "approved":
        approval = "pending"
        file.problem(row.line, "the approval status of this line is not understood", "add it to columns.yaml")
    file.exports.registrations.append(
        Registration(
            path=file.name,
            line=row.line,
            name=name or address,
            address=address,
            country=country(table.cell(row, "country")),
            typed_country=table.cell(row, "country"),
            institution=table.cell(row, "institution"),
            language=table.cell(row, "language"),
            approval=approval,
            stay=table.has_stays,
        )
    )


def _add_join(table: Table, row: Row, name: str, address: str, first: times.Order, file: _File) -> Outcome:
    """Add the stay of one row; somebody who was not there, or only in the waiting room, has none."""
    texts = {meaning: table.cell(row, meaning) for meaning in ("joined", "left")}
    if columns.answer(table.cell(row, "waiting")) == "yes":
        return "waiting"
    if all(text.strip("-– ") == "" for text in texts.values()):
        return "absent"
    if columns.answer(table.cell(row, "attended")) == "no":
        return file.unread(row.line, "this line says both that somebody was absent and when")
    moments = {meaning: times.moment(text) for meaning, text in texts.items()}
    start, end = (times.at(moment, first, file.zone) if moment else None for moment in moments.values())
    if not start or not end:
        wrong = [meaning for meaning, time in (("joined", start), ("left", end)) if not time]
        shown = ", ".join(f"{quoted(table.header(meaning))} {_shown_time(texts[meaning])}" for meaning in wrong)
        return file.unread(row.line, f"a time in this line cannot be read: {shown}", _TIME_FIX)
    if end < start:
        return file.unread(row.line, "this line leaves before it joins")
    file.exports.joins.append(Join(path=file.name, line=row.line, name=name, address=address, start=start, end=end))
    return "read"


def _shown_time(text: str) -> str:
    """Return what stands in place of a time, unless it may be a name or an address that slipped there."""
    if "@" in text or not any(map(str.isdigit, text)):
        return "holds words" if text else "is empty"
    return f"is {quoted(text)}"


def _order(found: Sequence[Table], file: _File) -> times.Order:
    """Return whether day or month comes first in the file: as its name says, else as its dates tell."""
    if file.stated:
        return file.stated
    stays = [
        times.moment(t.cell(row, name)) for t in found if t.has_stays for row in t.rows for name in ("joined", "left")
    ]
    others = [times.moment(t.cell(row, "registered")) for t in found for row in t.rows if "registered" in t.columns]
    known = [moment for moment in stays if moment]
    return times.order([*known, *(moment for moment in others if moment)], known, file.days)
