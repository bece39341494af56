"""Exports are read whatever their language, encoding and shape; what is unknown is named."""

from __future__ import annotations

import pytest

from tests.attendance.zoom import (
    APPROVED,
    PARTICIPANTS,
    REGISTRATION,
    SENEGAL,
    WEBINAR,
    messages,
    minutes,
    participants,
    read,
    registration,
)

STAY = "Zoë Ñandú,zoe@example.org,07/09/2020 08:00:00 AM,07/09/2020 09:00:00 AM"
ROW = "Zoë,Ñandú,zoe@example.org,Ministry,{}"


@pytest.mark.parametrize("language", PARTICIPANTS)
def test_a_report_of_participants_is_read_in_every_language_of_an_account(tmp_path, language):
    found = read(tmp_path, participants(language, STAY))
    assert (minutes(found), messages(found)) == ({"Zoë Ñandú": 60}, [])


@pytest.mark.parametrize("language", REGISTRATION)
def test_a_report_of_registrations_is_read_in_every_language_of_an_account(tmp_path, language):
    found = read(tmp_path, registration(language, ROW.format(SENEGAL[language])))
    (person,) = found.people
    assert messages(found) == []
    assert (person.name, person.keys, person.country) == ("Zoë Ñandú", ("zoe@example.org",), "SN")
    assert (person.institution, person.approval) == ("Ministry", "approved")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_encoding_gives_the_same_names(tmp_path, encoding):
    found = read(tmp_path, participants("fr", STAY).encode(encoding))
    assert minutes(found) == {"Zoë Ñandú": 60}
    said = ["check the accents" in message for message in messages(found)]
    assert said == ([True] if encoding == "cp1252" else [])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_is_told_by_the_headers(tmp_path, separator, ending):
    text = participants("es", STAY).replace(",", separator).replace("\n", ending)
    assert minutes(read(tmp_path, text)) == {"Zoë Ñandú": 60}


def test_the_line_by_which_excel_names_its_separator_is_obeyed(tmp_path):
    text = "sep=;\n" + participants("en", STAY).replace(",", ";")
    assert minutes(read(tmp_path, text)) == {"Zoë Ñandú": 60}


def test_padded_and_empty_lines_change_nothing(tmp_path):
    text = participants("en", STAY).replace("\n", ",,,,\n") + ",,,,,\n\n  \n"
    found = read(tmp_path, text)
    assert (minutes(found), messages(found)) == ({"Zoë Ñandú": 60}, [])


@pytest.mark.parametrize(
    "block",
    [
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n1,T,a,b,h@x.org,9,1\n\n",
        "Topic,Meeting ID,User Email,Duration (Minutes),Start Time,End Time,Participants\nT,1,h@x.org,9,a,b,1\n\n",
        "ID de réunion,Sujet,Heure de début\n1,T,x\n\n",
    ],
)
def test_a_block_about_the_meeting_is_passed_over(tmp_path, block):
    found = read(tmp_path, block + participants("en", STAY))
    assert (minutes(found), messages(found)) == ({"Zoë Ñandú": 60}, [])


def test_a_webinar_report_gives_its_attendees_and_neither_hosts_nor_panelists(tmp_path):
    found = read(tmp_path, WEBINAR)
    assert minutes(found) == {"Mona Vale": 75, "Nils Noshow": 0}
    assert found.unmatched == ()
    assert found.outcomes == {"read": 2, "absent": 1, "outside": 11}
    assert found.people[0].country == ""  # where somebody logs in from is not their country
    assert not found.people[0].twice  # a report has a row for each time that somebody came in
    (said,) = messages(found)
    assert 'unknown, and not read: `Which topic, if any, do you "own"?`' in said
    assert "mostly" not in repr(found)


def test_a_column_that_is_not_understood_is_named_and_kept_out(tmp_path):
    text = "Name,Email,Blood type,Join Time,Leave Time\nA Bee,a@example.org,AB+,07/09/2020 08:00,07/09/2020 09:00\n"
    found = read(tmp_path, text)
    assert messages(found) == ["harbour-en-0.csv:1: unknown, and not read: `Blood type`"]
    assert "AB+" not in repr(found)


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("en", "User Name (Original)"),
        ("fr", "Nom (nom d’origine)"),
        ("fr", "Nom d'utilisateur (nom d'origine)"),
        ("es", "Nombre (nombre de origen)"),
        ("pt", "Nome (nome de origem)"),
    ],
)
def test_the_column_of_names_is_known_by_its_other_headers_too(tmp_path, language, header):
    first, rest = PARTICIPANTS[language].split(",", 1)
    text = participants(language, STAY).replace(f"{first},{rest}", f"{header},{rest}")
    found = read(tmp_path, text)
    assert (minutes(found), messages(found)) == ({"Zoë Ñandú": 60}, [])


@pytest.mark.parametrize("header", ["Nom (celui du passeport)", "Nombre y cargo", "Participant"])
def test_a_table_whose_names_are_not_understood_is_one_problem_and_not_one_for_each_row(tmp_path, header):
    rows = "".join(f"P{i},,07/09/2020 08:00:00 AM,07/09/2020 09:00:00 AM\n" for i in range(9))
    found = read(tmp_path, f"{header},User Email,Join Time,Leave Time\n{rows}")
    message = f"no column of names is known; its header may be `{header}`"
    fix = "call it `Name`, or add it to the file of its language in pipeline/core/account_languages"
    assert [str(problem) for problem in found.problems] == [f"harbour-en-0.csv:1: {message}; {fix}"]
    assert (found.people, found.outcomes) == ((), {"unused": 9, "outside": 0})


def test_addresses_can_do_without_names_beside_a_column_that_is_not_about_them(tmp_path):
    found = read(tmp_path, "Email,Blood type,Registration Time\nzoe@example.org,AB+,07/01/2020 10:00:00 AM\n")
    assert [person.name for person in found.people] == ["zoe@example.org"]
    assert found.problems == ()


def test_a_file_without_any_known_header_is_a_problem(tmp_path):
    found = read(tmp_path, "Nimi,Osoite\nZoë,zoe@example.org\n")
    assert "no table of people is recognised" in messages(found)[0]


def test_two_columns_of_one_meaning_are_a_problem(tmp_path):
    found = read(tmp_path, "Name,Email,E-mail\nZoë,zoe@example.org,z@example.org\n")
    assert "two columns mean `address`" in messages(found)[0]
    assert found.people == ()


def test_sums_without_times_are_not_used(tmp_path):
    found = read(tmp_path, "Name (Original Name),User Email,Total Duration (Minutes),Guest\nZ,z@example.org,90,Yes\n")
    assert "export it again without “Show unique users”" in messages(found)[0]
    assert (found.people, found.sessions) == ((), 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\3\4\0\0\0", "this Excel file is damaged or has a password"),
        (b'Name,Email\n"Zo,zoe@example.org\nA,b@example.org\n', "the quotation marks from line 2 on do not match"),
        (b"\xff\xfeN", "ends in the middle of a character"),
        (b"", "no table of people is recognised"),
        (b"Name,Email\nA,b@example.org,,more\n", ":2: this line has more cells than the header"),
        (b"Email,Guest,Name\n,Yes\n", ":2: this line has neither a name nor an address; delete the line, or write"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_cure(tmp_path, content, said):
    assert any(said in message for message in messages(read(tmp_path, content)))


@pytest.mark.parametrize(
    ("joined", "left", "said"),
    [
        ("02/31/2020 08:00", "07/09/2020 09:00", "`Join Time` is `02/31/2020 08:00`"),
        ("07/09/2020 08:00", "9 o'clock", "`Leave Time` is `9 o'clock`"),
        ("8 h", "9 h", "`Join Time` is `8 h`, `Leave Time` is `9 h`"),
        ("07/09/2020 08:00", "", "`Leave Time` is empty"),
        ("07/09/2020 08:00", "Secret Name", "`Leave Time` contains words"),
        ("secret1@example.org", "07/09/2020 09:00", "`Join Time` contains words"),
    ],
)
def test_a_time_that_cannot_be_read_is_shown_with_its_column_and_its_cure(tmp_path, joined, left, said):
    other = "Zoë,zoe@example.org,07/13/2020 08:00,07/13/2020 09:00"  # by which the month comes first
    (message,) = messages(read(tmp_path, participants("en", other, f"Ana,a@example.org,{joined},{left}")))[:1]
    cure = "write it like 2020-07-09 08:00"
    assert message == f"harbour-en-0.csv:3: a time in this line cannot be read: {said}; {cure}"


def test_an_empty_sign_in_the_file_is_taken_out_and_said(tmp_path):
    found = read(tmp_path, participants("en", STAY).replace("Zoë", "Zo\0ë"))
    assert minutes(found) == {"Zoë Ñandú": 60}
    assert "NUL" in messages(found)[0]


def test_no_message_holds_anything_of_a_person(tmp_path):
    rows = [
        "Secret Name,secret@example.org,02/31/2020 08:00,07/09/2020 09:00",
        "Secret Name,secret@example.org,yesterday,07/09/2020 09:00",
        "Secret Name,secret@example.org,07/09/2020 09:00:00 AM,07/09/2020 08:00:00 AM",
        "Secret Name,secret@example.org,07/30/2020 09:00:00 AM,07/30/2020 09:20:00 AM",
    ]
    status = registration("en", "Secret,Name,secret@example.org,,").replace(APPROVED["en"], "secretly")
    said = messages(read(tmp_path, participants("en", *rows), status))
    assert len(said) >= 4
    assert "secret" not in "\n".join(said).lower()


@pytest.mark.parametrize("separator", [",", ";"])
def test_lines_that_are_quoted_as_a_whole_are_read(tmp_path, separator):
    lines = participants("en", STAY).replace(",", separator).splitlines()
    text = "".join('"' + line.replace('"', '""') + '"\n' for line in lines)
    assert minutes(read(tmp_path, text)) == {"Zoë Ñandú": 60}


def test_of_very_many_unknown_columns_the_first_are_named(tmp_path):
    questions = ",".join(f"Question {i}" for i in range(100))
    (said,) = messages(read(tmp_path, f"Name,Email,{questions}\nAwa,awa@example.org{',x' * 100}\n"))
    assert said.endswith("`Question 10`, `Question 11` and 88 more")
