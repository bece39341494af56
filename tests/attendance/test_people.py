"""Rows become people: who is the same, who was there how long, and what the desk is told."""

from __future__ import annotations

import pytest

from pipeline.attendance import language, summary
from pipeline.attendance.words import country
from tests.attendance.zoom import minutes, participants, read, registration

DAY = "07/09/2020"


def stays(*rows: tuple[str, str, str, str]) -> str:
    lines = [f"{name},{address},{DAY} {start},{DAY} {end}" for name, address, start, end in rows]
    return participants("en", *lines)


def test_rejoins_and_two_devices_count_each_minute_once_and_only_inside_the_seminar(tmp_path):
    joins = stays(
        ("Zoë Ú", "zoe@example.org", "07:00", "08:10"),  # early
        ("Zoë Ú", "zoe@example.org", "08:20", "09:00"),
        ("iPhone (Zoë Ú)", "", "08:30", "09:10"),  # a second device at the same time
        ("Ú Zoe", "private@example.org", "09:30", "11:00"),  # another address, and after the end
    )
    found = read(tmp_path, registration("en", "Zoë,Ú,zoe@example.org,,"), joins)
    assert minutes(found) == {"Zoë Ú": 10 + 50 + 15}
    assert found.unmatched == ()


def test_half_minutes_are_not_rounded_up_one_by_one(tmp_path):
    joins = stays(*(("Zoë", "zoe@example.org", f"08:{i:02}:00", f"08:{i:02}:30") for i in range(10)))
    assert minutes(read(tmp_path, joins)) == {"Zoë": 5}


def test_the_waiting_room_is_no_attendance(tmp_path):
    row = f"Zoë,zoe@example.org,{DAY} 08:00,{DAY} 09:00,Yes"
    found = read(tmp_path, registration("en", "Zoë,,zoe@example.org,,"), participants("en", row))
    assert (minutes(found), found.sessions) == ({"Zoë": 0}, 0)


def test_who_joined_and_is_not_registered_is_listed(tmp_path):
    joins = stays(("Somebody Else", "", "08:00", "09:00"), ("A", "other@example.org", "08:00", "09:00"))
    found = read(tmp_path, registration("en", "Zoë,Ú,zoe@example.org,,"), joins)
    assert [(s.name, s.address, s.place, s.minutes) for s in found.unmatched] == [
        ("Somebody Else", "", "harbour-en-1.csv:2", 60),
        ("A", "other@example.org", "harbour-en-1.csv:3", 60),
    ]


def test_a_name_that_two_people_bear_finds_neither(tmp_path):
    two = ("Ana,Lima,ana@example.org,Court,Peru", "Ana,Lima,lima@example.com,Embassy,Chile")
    found = read(tmp_path, registration("en", *two), stays(("Ana Lima", "", "08:00", "09:00")))
    assert [attendee.name for attendee in found.unmatched] == ["Ana Lima"]
    assert sorted(person.minutes for person in found.people) == [0, 0]


def test_the_same_address_is_one_person_however_it_is_written(tmp_path):
    rows = ("Zoë,Ú,Zoe@Example.org ,,", "Zoe,U.,zoe@example.org,Ministry,Senegal")
    (person,) = read(tmp_path, registration("en", *rows)).people
    assert (person.name, person.institution, person.country, person.twice) == ("Zoë Ú", "Ministry", "SN", True)


@pytest.mark.parametrize("other", ["ZOE,ÑANDU", "Ñandú,Zoë", "zoë,ñandú"])
def test_the_same_name_is_one_person_whatever_its_accents_capitals_and_order(tmp_path, other):
    rows = ("Zoë,Ñandú,zoe@example.org,,Senegal", f"{other},zn@example.com,,")
    (person,) = read(tmp_path, registration("en", *rows)).people
    assert person.keys == ("zoe@example.org", "zn@example.com")


@pytest.mark.parametrize("other", ["Court,Senegal", "Ministry,Mali"])
def test_namesakes_of_another_country_or_institution_are_kept_apart_and_asked(tmp_path, other):
    rows = ("Moussa,Ba,moussa@example.org,Ministry,Senegal", f"Moussa,Ba,ba@example.com,{other}")
    found = read(tmp_path, registration("en", *rows))
    assert len(found.people) == 2
    assert [len(group) for group in summary(found.people).namesakes] == [2]


def test_letters_of_other_scripts_tell_people_apart(tmp_path):
    names = ("Анна", "Ελένη", "محمد", "李雷", "ሀይለ", "प्रिया")
    rows = [f"{name},,p{i}@example.org,," for i, name in enumerate(names)]
    assert len(read(tmp_path, registration("en", *rows)).people) == len(names)


def test_two_exports_of_one_registration_count_nobody_twice(tmp_path):
    export = registration("en", "Zoë,Ú,zoe@example.org,,")
    found = read(tmp_path, export, export)
    assert [person.twice for person in found.people] == [False]


def test_counts_are_by_country_with_the_pending_apart_and_the_denied_out(tmp_path):
    rows = [f"P,{i},p{i}@example.org,Ministry,{'Mali' if i < 5 else 'Niger'}" for i in range(7)]
    text = registration("en", *rows)
    text = text.replace(
        "p1@example.org,Ministry,Mali,07/01/2020 10:00:00 AM,approved", "p1@example.org,Ministry,Mali,,pending"
    )
    text = text.replace(
        "p2@example.org,Ministry,Mali,07/01/2020 10:00:00 AM,approved", "p2@example.org,Ministry,Mali,,denied"
    )
    counted = summary(read(tmp_path, text).people)
    assert (counted.approved, counted.pending, counted.denied) == (5, 1, 1)
    assert counted.countries == (("ML", 3, 1), ("NE", 2, 0))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sénégal", "SN"), ("SENEGAL", "SN"), ("sn", "SN"), ("SEN", "SN"), ("Côte d’Ivoire", "CI"),
        ("Ivory Coast", "CI"), ("Etats-Unis", "US"), ("Estados Unidos de América", "US"), ("UK", "GB"),
        ("Royaume-Uni", "GB"), ("The Gambia", "GM"), ("Viet Nam", "VN"), ("Saint Lucia", "LC"), ("La France", "FR"),
        ("Türkiye", "TR"), ("Guinea-Bissau", "GW"), ("Kosovo", "XK"),
        ("Corée (République de)", "KR"), ("Plurinational State of Bolivia", "BO"),
        ("Saint Kitts and Nevis", "KN"), ("Swaziland", "SZ"), ("Fédération de Russie", "RU"),
        ("Congo", ""), ("Korea", ""), ("Atlantis", ""), ("", ""),
        ("EU", ""), ("n/a", ""), ("America", ""),
    ],
)  # fmt: skip
def test_a_country_is_known_by_name_or_letters_or_asked(text, code):
    assert country(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("French", "fr"),
        ("français", "fr"),
        ("Francés", "fr"),
        ("FR", "fr"),
        ("العربية", "ar"),
        ("Klingon", ""),
        ("en/fr", ""),
    ],
)
def test_a_language_is_known_by_any_of_its_names(text, code):
    assert language(text, {"en": "English", "fr": "français", "ar": "العربية"}) == code


def test_people_behind_one_mailbox_are_not_one_person(tmp_path):
    rows = ("Ana,Lima,embassy@example.org,Embassy,Peru", "Bo,New,embassy@example.org,Embassy,Peru")
    joins = stays(
        ("Bo New", "embassy@example.org", "08:00", "09:00"), ("Somebody", "embassy@example.org", "08:00", "09:00")
    )
    found = read(tmp_path, registration("en", *rows), joins)
    assert minutes(found) == {"Ana Lima": 0, "Bo New": 60}
    assert [person.keys for person in found.people] == [(), ()]  # the address tells nobody from the other
    assert {person.address for person in found.people} == {"embassy@example.org"}
    assert [attendee.name for attendee in found.unmatched] == ["Somebody"]
    assert [len(group) for group in summary(found.people).shared_addresses] == [2]


def test_a_corrected_spelling_under_one_address_is_one_person(tmp_path):
    rows = ("Zoe,Nandu,zoe@example.org,,", "Z.,Ñandú,zoe@example.org,,", "zoe@example.org,,zoe@example.org,,")
    (person,) = read(tmp_path, registration("en", *rows)).people
    assert (person.name, len(person.rows)) == ("Zoe Nandu", 3)


def test_where_nobody_had_to_register_the_addresses_that_joined_are_the_people(tmp_path):
    joins = stays(
        ("Zoë", "zoe@example.org", "08:00", "08:30"),
        ("Zoë (work)", "zoe@example.org", "08:30", "09:00"),
        ("No Address", "", "08:00", "09:00"),
    )
    found = read(tmp_path, joins)
    assert minutes(found) == {"Zoë": 60}
    assert found.people[0].by_joining
    assert found.people[0].place == "harbour-en-0.csv:2"
    assert [attendee.name for attendee in found.unmatched] == ["No Address"]


def test_a_row_without_a_name_is_whoever_wrote_from_that_mailbox_first(tmp_path):
    box = "office@example.org"
    rows = (f"{box},,{box},,Mali", f"Ana,Lima,{box},,", f"Bo,New,{box},,Niger", f"{box},,{box},Court,")
    people = read(tmp_path, registration("en", *rows)).people
    assert [(p.name, p.country, p.institution, len(p.rows)) for p in people] == [
        ("Ana Lima", "ML", "Court", 3),
        ("Bo New", "NE", "", 1),
    ]
