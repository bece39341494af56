"""Reports that repeat the meeting in each row, that name its host, or that are of another program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attendance.zoom import WEBINAR, messages, minutes, participants, read, registration

CASES = Path(__file__).parent / "cases"
STAY = "07/09/2020 08:00:00 AM,07/09/2020 09:00:00 AM"
BLOCK = "Meeting ID,Topic,Start Time,User Name,User Email\n1,T,a,Otto Host,otto@example.org\n\n"


def test_the_columns_of_the_meeting_in_every_row_are_not_those_of_the_person(tmp_path):
    found = read(tmp_path, (CASES / "meeting-inline-meta.csv").read_bytes())
    assert (minutes(found), messages(found)) == ({"Awa Diop": 105, "Moussa Ba": 47}, [])
    assert [person.address for person in found.people] == ["awa@example.org", "moussa@example.org"]
    assert found.outcomes == {"read": 2, "outside": 0}


@pytest.mark.parametrize(
    ("before", "own"),
    [
        (
            "Sujet,ID de réunion,Nom d'utilisateur,Adresse e-mail",
            "Nom (nom original),Adresse e-mail,Heure d'arrivée,Heure de départ",
        ),
        ("Tema,ID de reunión,Nombre de usuario,E-mail", "Nombre,Apellido,E-mail,Hora de entrada,Hora de salida"),
        (
            "Thema,Meeting-ID,Benutzername,Benutzer-E-Mail",
            "Vorname,Nachname,Benutzer-E-Mail,Beitrittszeit,Austrittszeit",
        ),
        ("Topic,Meeting ID,User Name,User Email", "First Name,Last Name,User Email,Join Time,Leave Time"),
    ],
)
def test_the_meeting_is_told_apart_in_every_language_and_with_halves_of_names(tmp_path, before, own):
    name = "Awa,Diop" if own.count(",") == 4 else "Awa Diop"
    row = f"T,1,Otto Host,otto@example.org,{name},awa@example.org,{STAY}"
    found = read(tmp_path, f"{before},{own}\n{row}\n")
    assert (minutes(found), messages(found)) == ({"Awa Diop": 60}, [])


def test_a_german_report_is_read(tmp_path):
    found = read(tmp_path, (CASES / "german.csv").read_bytes())
    assert (minutes(found), messages(found)) == ({"Awa Diop": 100}, [])


@pytest.mark.parametrize(
    "row",
    [
        f"Otto Host,otto@example.org,{STAY}",
        f"Otto,OTTO@example.org,{STAY}",
        f"Otto Host,,{STAY}",
        f"Otto (Host),,{STAY}",
        f"Eva (Co-host),eva@example.org,{STAY}",
        f"Eva (Hôte),eva@example.org,{STAY}",
    ],
)
def test_the_host_is_neither_a_participant_nor_somebody_to_be_asked(tmp_path, row):
    report = BLOCK + participants("en", f"Zoë Ú,zoe@example.org,{STAY}", row)
    for exports in ((report,), (registration("en", "Zoë,Ú,zoe@example.org,Court,Mali"), report)):
        found = read(tmp_path, *exports)
        assert [person.name for person in found.people] == ["Zoë Ú"]
        assert [attendee.is_host for attendee in found.unmatched] == [True]


def test_a_host_who_registered_is_a_person_and_a_namesake_with_another_address_is_no_host(tmp_path):
    report = BLOCK + participants("en", f"Otto Host,otto@example.net,{STAY}", f"Otto H,otto@example.org,{STAY}")
    assert minutes(read(tmp_path, report)) == {"Otto Host": 60}
    found = read(tmp_path, registration("en", "Otto,Host,otto@example.org,Court,Mali"), report)
    assert minutes(found) == {"Otto Host": 60}


def test_a_panelist_who_joined_by_another_report_is_no_participant(tmp_path):
    found = read(tmp_path, WEBINAR, participants("en", f"Paula Panel,panel@example.org,{STAY}"))
    assert [(attendee.name, attendee.is_host) for attendee in found.unmatched] == [("Paula Panel", True)]


TEAMS_OLD = "Full Name\tUser Action\tTimestamp\nAwa Diop\tJoined\t7/9/2020, 8:00:00 AM\n"
OTHERS = {
    "teams-old": (TEAMS_OLD, "Microsoft Teams"),
    "teams-fr": (
        "1. Résumé\nTitre de la réunion\tS\n\n2. Participants\nNom\tPremière participation\tDernier départ\n",
        "Microsoft Teams",
    ),
    "teams-de": (
        "Name\tErster Beitritt\tLetztes Verlassen\tE-Mail\nAwa\t9.7.20\t9.7.20\tawa@example.org\n",
        "Microsoft Teams",
    ),
    "meet": (
        "First name,Last name,Email,Duration,Time joined,Time exited\nAwa,Diop,awa@example.org,1 hr,8:00 AM,9:00 AM\n",
        "Google Meet",
    ),
    "webex": (
        "Meeting Name,Meeting Start Time,Meeting End Time,Display Name,Attendee Email\nS,a,b,Awa,awa@example.org\n",
        "Webex",
    ),
}


def test_a_report_of_teams_is_named_and_nothing_of_it_is_read(tmp_path):
    found = read(tmp_path, (CASES / "teams-utf16.csv").read_bytes())
    said = "this is a report of Microsoft Teams: only those of Zoom are read, and nothing of this one is; copy its list"
    (message,) = messages(found)
    assert message.startswith(f"harbour-en-0.csv:1: {said}")
    assert (found.people, found.sessions, found.unmatched) == ((), 0, ())


@pytest.mark.parametrize("name", OTHERS)
def test_a_report_of_another_program_is_named(tmp_path, name):
    content, program = OTHERS[name]
    found = read(tmp_path, content.encode("utf-16"))
    assert f"this is a report of {program}: " in messages(found)[0]
    assert (found.people, found.sessions) == ((), 0)


def test_the_list_of_times_of_teams_is_read_from_a_file_of_its_own(tmp_path):
    text = (CASES / "teams-utf16.csv").read_text(encoding="utf-16").partition("3. In-Meeting Activities\n")[2]
    assert minutes(read(tmp_path, text)) == {"Awa Diop": 100}
