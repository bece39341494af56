"""Times are read as the whole file tells, in the host's zone; where nothing tells, nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.attendance.zoom import SEMINAR, messages, minutes, participants, read, registration


def stay(joined: str, left: str, name: str = "Zoë") -> str:
    return participants("en", f"{name},zoe@example.org,{joined},{left}")


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ("07/09/2020 08:00:00 AM", "07/09/2020 09:00:00 AM"),
        ("7/9/20 8:00", "7/9/20 9:00"),
        ("09/07/2020 08:00:00", "09/07/2020 09:00:00"),
        ("09.07.2020 08:00", "09.07.2020 09:00"),
        ("2020-07-09 08:00:00", "2020-07-09 09:00:00"),
        ("2020-07-09T08:00:00Z", "2020-07-09T11:00:00+02:00"),
        ('"Jul 9, 2020 08:00:00"', '"Jul 9, 2020 09:00:00"'),
        ('"9 juil. 2020 08:00:00"', '"9 juillet 2020 09:00:00"'),
        ('"9 de julio de 2020, 8:00:00 a. m."', '"9 jul 2020 9:00:00 a.\u00a0m."'),
        ("07/09/2020 08:00:00 a.m.", "07/09/2020 09:00:00 a. m."),
        ('"9. Juli 2020, 08:00 Uhr"', "9. Juli 2020 um 09:00 Uhr"),
        ("9 luglio 2020 alle 08:00:00", "9 lug 2020 09.00.00"),
        ("9 de julho de 2020 às 08:00", "9 de jul. de 2020 09:00:00"),
        ("09/07/2020 à 08h00", "9 juillet 2020 à 09h00"),
        ("44021.333333333", '"44021,375"'),
    ],
)
def test_every_way_of_writing_a_time_is_read(tmp_path, joined, left):
    text = "Name,Email,Join Time,Leave Time\n" + f"Zoë,zoe@example.org,{joined},{left}\n"
    found = read(tmp_path, text)
    assert (minutes(found), messages(found)) == ({"Zoë": 60}, [])


def test_noon_and_midnight_are_told_apart_on_the_clock_of_twelve_hours(tmp_path):
    midnight = stay("07/09/2020 12:00:00 AM", "07/09/2020 12:00:00 PM")
    assert minutes(read(tmp_path, midnight)) == {"Zoë": 105}


def test_a_number_above_twelve_anywhere_in_the_file_tells_the_order(tmp_path):
    seminar = SEMINAR.model_copy(update={"date": date(2020, 9, 7)})  # 07/09, day first
    text = "Name,Email,Registration Time,Join Time,Leave Time\n"
    text += "Zoë,zoe@example.org,31/08/2020 10:00,07/09/2020 08:00,07/09/2020 09:00\n"
    assert minutes(read(tmp_path, text, seminar=seminar)) == {"Zoë": 60}
    # The same stays are in July for an account that writes the month first.
    text = text.replace("31/08", "08/31")
    assert minutes(read(tmp_path, text, seminar=seminar)) == {"Zoë": 0}


def test_without_such_a_number_the_seminars_own_day_decides_if_all_stays_fall_on_it(tmp_path):
    assert minutes(read(tmp_path, stay("09/07/2020 08:00", "09/07/2020 09:00"))) == {"Zoë": 60}


def test_a_date_with_full_stops_has_the_day_first_whatever_the_day_of_the_seminar(tmp_path):
    seminar = SEMINAR.model_copy(update={"date": date(2020, 4, 3)})
    text = stay("03.04.2020 08:00", "03.04.2020 09:00") + "Ada,ada@example.org,04.03.2020 08:00,04.03.2020 09:00,1\n"
    assert minutes(read(tmp_path, text, seminar=seminar)) == {"Zoë": 60, "Ada": 0}


def test_dates_that_may_be_read_in_two_ways_are_a_problem_and_nothing_is_counted(tmp_path):
    found = read(tmp_path, stay("03/04/2020 08:00", "03/04/2020 09:00"))
    assert "nothing tells whether 07/09 is a day in July or in September" in messages(found)[0]
    assert found.sessions == 0


def test_the_name_of_the_file_can_say_how_dates_are_written(tmp_path):
    seminar = SEMINAR.model_copy(update={"date": date(2020, 4, 3)})
    text = participants(
        "en",
        "Zoë,zoe@example.org,03/04/2020 08:00,03/04/2020 09:00",
        "Ada,ada@example.org,02/04/2020 08:00,02/04/2020 09:00",
    )
    assert read(tmp_path, text, seminar=seminar).sessions == 0
    found = read(tmp_path, text, seminar=seminar, names=("harbour-en-day-first.csv",))
    assert minutes(found) == {"Zoë": 60, "Ada": 0}


def test_dates_in_two_orders_are_a_problem(tmp_path):
    text = stay("31/07/2020 08:00", "31/07/2020 09:00") + "Ada,ada@example.org,07/31/2020 08:00,07/31/2020 09:00,1\n"
    assert "in two orders" in messages(read(tmp_path, text))[0]


def test_times_are_in_the_zone_of_the_host_and_summer_time_counts(tmp_path):
    text = stay("07/09/2020 10:00:00 AM", "07/09/2020 11:00:00 AM")
    found = read(tmp_path, text, zone="Europe/Brussels")
    assert (minutes(found), messages(found)) == ({"Zoë": 60}, [])


def test_in_a_zone_far_away_the_seminar_is_on_another_day(tmp_path):
    seminar = SEMINAR.model_copy(update={"start": SEMINAR.start.replace(hour=22), "end": SEMINAR.end.replace(hour=23)})
    text = stay("10/07/2020 11:00", "10/07/2020 12:00")
    assert minutes(read(tmp_path, text, zone="Pacific/Tongatapu", seminar=seminar)) == {"Zoë": 60}


def test_without_a_zone_utc_is_taken_and_said(tmp_path):
    found = read(tmp_path, stay("07/09/2020 08:00", "07/09/2020 09:00"), zone="")
    assert minutes(found) == {"Zoë": 60}
    assert "no `host_zone` is given" in messages(found)[0]


def test_times_that_all_lie_outside_the_seminar_are_remarked_on(tmp_path):
    found = read(tmp_path, stay("07/09/2020 10:00", "07/09/2020 11:45"))
    assert "nobody was there during the seminar: another day" in messages(found)[0]


def test_a_time_of_registration_that_cannot_be_read_is_in_nobodys_way(tmp_path):
    found = read(
        tmp_path, registration("en", "Zoë,Ú,zoe@example.org,,").replace("07/01/2020 10:00:00 AM", "03/04/2020")
    )
    assert (len(found.people), messages(found)) == (1, [])
