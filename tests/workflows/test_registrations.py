"""`registrations` as it is typed: what it says to the desk, and that nothing of it stays anywhere."""

from __future__ import annotations

import pytest

from tests.attendance.zoom import participants, registration
from tests.conftest import run_here

FOLDER = "sources/registrations"
NEITHER = "this line has neither a name nor an address; delete the line, or write who it is"


@pytest.fixture
def typed(miniature):
    """Type the command in a project whose exports are these, by name; return exit code, lines and what was written."""

    def type_it(exports: dict[str, str], *seminars: str):
        (miniature / FOLDER).mkdir(exist_ok=True)
        for name, content in exports.items():
            (miniature / FOLDER / name).write_text(content, encoding="utf-8")
        before = {path for path in miniature.rglob("*") if path.is_file()}
        done = run_here("registrations", *seminars, "--root", str(miniature))
        written = {path for path in miniature.rglob("*") if path.is_file()} - before
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout.splitlines(), written

    return type_it


def test_it_counts_countries_against_the_quota_and_names_whom_to_ask(typed):
    rows = [f"P{i},Q,p{i}@example.org,Court,Côte d'Ivoire" for i in range(5)]
    rows += ["Ana,Lima,ana@example.org,,Atlantis", "Ana,Lima,,,", "Bo,New,p0@example.org,Court,Mali"]
    joins = participants(
        "fr", "P0 Q,p1@example.org,03/01/2021 22:30,03/01/2021 23:30", "Iphone,,03/01/2021 22:30,03/01/2021 22:40"
    )
    code, lines, written = typed({"harbour-en.csv": registration("en", *rows), "harbour-en_2.csv": joins})
    sharing = [
        f"{name} <p0@example.org> ({FOLDER}/harbour-en.csv:{line})" for name, line in (("P0 Q", 6), ("Bo New", 13))
    ]
    assert (code, written) == (0, set())
    assert lines == [
        "harbour-en, 2021-03-01",
        "  13 lines: 10 read, 3 about the meeting and its hosts",
        "  7 people in 8 rows: 7 approved, 0 pending, 0 denied",
        "  2 countries (about 3 participants each):",
        "    Côte d’Ivoire                    5   2 over: choose",
        "    Mali                             1",
        "  registered more than once (counted once): 1",
        f"    Ana Lima <ana@example.org> ({FOLDER}/harbour-en.csv:11) = Ana Lima ({FOLDER}/harbour-en.csv:12)",
        "  no country that is known: ask: 1; `Atlantis` is written there",
        f"    Ana Lima <ana@example.org> ({FOLDER}/harbour-en.csv:11)",
        "  no institution: ask: 1",
        f"    Ana Lima <ana@example.org> ({FOLDER}/harbour-en.csv:11)",
        f"  one address, several names: ask for an address of their own: {'; '.join(sharing)}",
        "  1 of them was there; 2 sessions in all",
        "  joined, and matches no registration: 1; write the registered address into their rows",
        f"    Iphone ({FOLDER}/harbour-en_2.csv:3), 10 minutes",
    ]


def test_a_line_that_cannot_be_read_is_named_and_the_exit_code_says_so(typed):
    code, lines, _ = typed({"harbour-en.csv": "Email,Name,Country\nzoe@example.org,Zoë,Mali\n,,Mali\n"})
    assert code == 1
    assert f"  {FOLDER}/harbour-en.csv:3: {NEITHER}" in lines
    assert "  2 lines: 1 read, 1 not read, named above" in lines


def test_one_of_each_is_counted_in_the_singular(typed):
    joins = participants("en", "Zoë,,2021-03-01 22:30,2021-03-01 22:31")
    exports = {"harbour-en.csv": "Name,Country\nAna,Mali\n"}
    _, lines, _ = typed(exports)
    for said in ("  1 line: 1 read", "  1 person in 1 row: 1 approved", "  1 country (about 3 participants each):"):
        assert any(line.startswith(said) for line in lines), said
    _, lines, _ = typed({**exports, "harbour-en_2.csv": joins})
    assert any(line.startswith("    Zoë (") and line.endswith("), 1 minute") for line in lines)


def test_countries_of_as_many_people_stand_in_the_order_of_their_names(typed):
    named = ("Zambia", "Switzerland", "Austria", "Côte d'Ivoire", "Cuba", "Åland Islands", "Zambia")
    rows = [f"P{i},Q,p{i}@example.org,Court,{country}" for i, country in enumerate(named)]
    _, lines, _ = typed({"harbour-en.csv": registration("en", *rows)})
    shown = [line.split("  ")[2] for line in lines if line.startswith("    ")]
    assert shown == ["Zambia", "Åland Islands", "Austria", "Côte d’Ivoire", "Cuba", "Switzerland"]


def test_what_stands_for_a_country_is_shown_once_and_of_those_to_be_asked_alone(typed):
    rows = [f"P{i},Q,p{i}@example.org,Court,{country}" for i, country in enumerate(("Lemuria", "", "Atlantis", "Mali"))]
    rows += ["P9,Q,p9@example.org,Court,Lemuria", "P3,Q,p3@example.org,Court,Thule"]
    _, lines, _ = typed({"harbour-en.csv": registration("en", *rows)})
    assert "  no country that is known: ask: 4; `Atlantis`, `Lemuria` are written there" in lines


def test_without_exports_it_says_where_to_put_them_and_the_desks_own_files_are_none(typed):
    others = {
        "harbour-en-recipients.csv": "name,address\n",
        "speakers.csv": "speaker,address\n",
        "smtp.yaml": "host: x\n",
    }
    code, lines, _ = typed(others)
    assert (code, len(lines)) == (0, 1)
    assert "Put Zoom's exports there" in lines[0]


def test_a_seminar_that_there_is_not_is_answered_with_the_nearest(typed):
    code, lines, _ = typed({}, "harbor-en")
    assert (code, lines) == (1, ["SEMINAR: no seminar `harbor-en`; did you mean `harbour-en`?"])


def test_the_zone_of_the_seminars_own_account_comes_before_that_of_the_series(typed, miniature):
    source = miniature / "sources/seminars/harbour-en.yaml"
    source.write_text(source.read_text(encoding="utf-8") + "host_zone: Asia/Tokyo\n", encoding="utf-8")
    joins = participants("en", "Zoë,zoe@example.org,03/02/2021 07:30:00 AM,03/02/2021 08:30:00 AM")
    _, lines, _ = typed({"harbour-en.csv": joins})
    assert "  1 of them was there; 1 session in all" in lines
