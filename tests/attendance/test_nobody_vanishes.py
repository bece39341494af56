"""Counts add up: each line becomes a person, a session or an unmatched attendee, or is named by file and line."""

from __future__ import annotations

import random

import pytest

from tests.attendance.zoom import PARTICIPANTS, REGISTRATION, participants, read, registration

NAMES = ("Zoë Ú", "Ú Zoe", "iPhone (Zoë Ú)", "Ana Lima", "Moussa Ba", "Анна", "محمد", "李雷", "Galaxy S9", "")
ADDRESSES = ("", "zoe@example.org", "ZOE@example.org", "office@example.org", "ana@example.org", "no address", "@")
JOINED = ("07/09/2020 08:00:00 AM", "07/09/2020 08:30", "--", "", "yesterday", "02/31/2020 08:00", "07/09/2020 09:30")
LEFT = ("07/09/2020 09:00:00 AM", "07/09/2020 08:45", "--", "", "07/09/2020 08:10")
WAITING = ("No", "No", "No", "Yes")


def stay(chance: random.Random) -> str:
    values = (NAMES, ADDRESSES, JOINED, LEFT, WAITING)
    return ",".join(chance.choice(each) for each in values) + ("," * chance.randrange(3))


def person(chance: random.Random) -> str:
    name, address = chance.choice(NAMES), chance.choice(ADDRESSES)
    return f"{name},,{address},{chance.choice(('Court', ''))},{chance.choice(('Mali', 'Senegal', 'Atlantis', ''))}"


@pytest.mark.parametrize("seed", range(40))
def test_every_line_is_somebody_or_is_named(tmp_path, seed):
    chance = random.Random(seed)
    rows = [person(chance) for _ in range(chance.randrange(1, 40))]
    stays = [stay(chance) for _ in range(chance.randrange(1, 60))]
    language, other = chance.choice(list(REGISTRATION)), chance.choice(list(PARTICIPANTS))
    exports = (registration(language, *rows), participants(other, *stays, "Last,last@example.org,07/13/2020,,No"))
    found = read(tmp_path, *exports)

    lines = sum(bool(line.strip(", ")) for export in exports for line in export.splitlines())
    assert found.outcomes.total() == lines - 2  # all but the two headers
    assert found.outcomes["outside"] == 3  # the block about the meeting
    named = [(problem.path, problem.line) for problem in found.problems]
    assert len(set(named)) == len(named) == found.outcomes["unread"] + found.outcomes["unused"]

    kept = [row for someone in found.people for row in someone.rows]
    nameless = sum(path.endswith("0.csv") for path, _ in named)
    assert len(kept) == len({(row.path, row.line) for row in kept}) == len(rows) - nameless
    counted = sum(someone.sessions for someone in found.people) + sum(attendee.sessions for attendee in found.unmatched)
    assert counted == found.sessions == found.outcomes["read"] - len(kept)


def test_a_table_whose_dates_cannot_be_read_is_named_and_its_people_stay(tmp_path):
    header = "Name,Email,Registration Time,Join Time,Leave Time"
    row = "Zoë,zoe@example.org,,03/04/2020 08:00,03/04/2020 09:00"
    found = read(tmp_path, f"{header}\n{row}\n")
    assert [(p.path, p.line) for p in found.problems] == [("harbour-en-0.csv", 1)]
    assert (len(found.people), found.sessions, found.outcomes) == (1, 0, {"unused": 1, "outside": 0})


def test_sums_and_double_headers_are_counted_as_not_used(tmp_path):
    sums = "Name (Original Name),User Email,Total Duration (Minutes),Guest\nA,a@example.org,90,Yes\nB,,80,No\n"
    twice = "Name,Email,E-mail\nZoë,zoe@example.org,z@example.org\n"
    found = read(tmp_path, sums, twice)
    assert found.outcomes["unused"] == 3
