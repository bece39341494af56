"""Exports that were saved as workbooks, and that the library for them is loaded for these alone."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

import pytest

from tests.attendance.zoom import messages, minutes, participants, read, registration
from tests.conftest import ROOT
from tests.mail.test_recipients import workbook

ROWS = [["Name", "Email", "Join Time", "Leave Time"]]
AT_8, AT_9 = datetime(2020, 7, 9, 8), datetime(2020, 7, 9, 9)


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        (AT_8, AT_9),
        ("07/09/2020 08:00:00 AM", "07/09/2020 09:00:00 AM"),
        (44021 + 8 / 24, 44021 + 9 / 24),
    ],
)
def test_times_of_a_workbook_are_read_as_dates_texts_or_numbers(tmp_path, joined, left):
    found = read(tmp_path, workbook([*ROWS, ["Zoë", "zoe@example.org", joined, left]]), names=("harbour-en.xlsx",))
    assert (minutes(found), messages(found)) == ({"Zoë": 60}, [])


def test_a_whole_report_is_read_from_a_workbook_below_its_block_about_the_meeting(tmp_path):
    exports = [
        workbook([line.split(",") for line in text.splitlines()])
        for text in (
            registration("fr", "Zoë,Ú,zoe@example.org,Cour,Sénégal"),
            participants("fr", "Zoë Ú,zoe@example.org,07/09/2020 08:00,07/09/2020 09:00"),
        )
    ]
    found = read(tmp_path, *exports)
    assert (minutes(found), messages(found), found.people[0].country) == ({"Zoë Ú": 60}, [], "SN")


def test_a_workbook_is_made_private_and_read_by_its_name(miniature):
    from pipeline.attendance import exports

    folder = miniature / "sources/registrations"
    folder.mkdir()
    for name in ("harbour-en.xlsx", "~$harbour-en.xlsx", "harbour-en-recipients.xlsx", "speakers.xlsx"):
        (folder / name).write_bytes(workbook(ROWS))
    found, problems = exports(miniature, ["harbour-en"])
    assert ([path.name for path in found["harbour-en"]], problems) == (["harbour-en.xlsx"], [])


@pytest.mark.parametrize(("suffix", "loaded"), [("csv", "False"), ("xlsx", "True")])
def test_the_library_of_workbooks_is_loaded_only_for_a_workbook(tmp_path, suffix, loaded):
    path = tmp_path / f"harbour-en.{suffix}"
    path.write_bytes(workbook(ROWS) if suffix == "xlsx" else b"Name,Email,Join Time,Leave Time\n")
    program = (
        "import sys; from pathlib import Path; from tests.attendance.zoom import SEMINAR, read_attendance;"
        "import pipeline.cli.attendance, pipeline.mail.recipients, pipeline.workflows.purge;"
        "path = Path(sys.argv[1]); read_attendance(SEMINAR, [path], path.parent, 'UTC');"
        "print('openpyxl' in sys.modules)"
    )
    words = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == loaded
