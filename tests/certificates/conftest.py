"""The miniature series with people who registered and were there, all invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.certificates import certificates
from tests.conftest import said

SEMINAR, ON_THE_HILL = "harbour-en", "tal-ar"
REGISTRATION = "First Name,Last Name,Email,Organization,Country,Language,Registration Time,Approval Status"
PARTICIPANTS = "Name (Original Name),User Email,Join Time,Leave Time"


@dataclass(frozen=True)
class Desk:
    """A project of its own: its root and its output."""

    root: Path
    output: Path

    @property
    def exports(self) -> Path:
        return self.root / "sources/registrations"

    def folder(self, seminar: str = SEMINAR) -> Path:
        return self.output / seminar / "certificates"

    def fill(self, *people: str, seminar: str = SEMINAR, joined: str = "2021-03-01 22:30", left: str = "23:30") -> None:
        """Put exports in place; one of `people` is "given,family,address,language" and was there all the time."""
        rows, stays = [REGISTRATION], [PARTICIPANTS]
        for person in people:
            given, family, address, language = (*person.split(","), "")[:4]
            rows.append(f"{given},{family},{address},Court,Mali,{language},,approved")
            stays.append(f"{given} {family},{address},{joined},{joined[:11]}{left}")
        self.exports.mkdir(exist_ok=True)
        (self.exports / f"{seminar}-registration.csv").write_text("\n".join(rows), encoding="utf-8")
        (self.exports / f"{seminar}-participants.csv").write_text("\n".join(stays), encoding="utf-8")

    def proof(self, seminar: str = SEMINAR, threshold: str = "") -> tuple[list[str], int]:
        """Return what is said before anything is issued, and the exit code."""
        return said(certificates, seminar, threshold, root=self.root, output=self.output)

    def issue(self, seminar: str = SEMINAR, threshold: str = "", count: int | None = None) -> tuple[list[str], int]:
        """Issue as many certificates as the proof says, or try so many; return what is said, and the exit code."""
        if count is None:
            proof = "\n".join(self.proof(seminar, threshold)[0])
            count = int(re.search(r"^(\d+) certificates?, ", proof, re.MULTILINE)[1])
        return said(certificates, seminar, threshold, count, root=self.root, output=self.output)

    def listed(self, seminar: str = SEMINAR) -> dict[str, tuple[str, str]]:
        """Return number and code by name, as the list has them."""
        lines = (self.folder(seminar) / "list.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        rows = [line.strip('"').split('","') for line in lines]
        return {row[2]: (row[0], row[1]) for row in rows}


@pytest.fixture
def desk(miniature) -> Desk:
    return Desk(root=miniature, output=miniature / "output")
