"""The desk as staff use it: decks go out, come back under any name, and are placed, refused or asked about."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from datetime import date
from email import message_from_bytes
from email.policy import default
from io import BytesIO

import icalendar
from pptx import Presentation

from pipeline.compose.report import views
from pipeline.load import load
from pipeline.workflows.board import board
from tests.conftest import ROOT, build_here, copy_miniature, run_here
from tests.desk import ANSWER, deck_of, filled, give_back, texts


def test_every_speaker_gets_a_deck_with_name_role_segment_and_questions(built):
    deck = Presentation(str(deck_of(built.parent, "africa-fr", "sidi-raliou")))
    title = {shape.name: shape.text_frame.text for shape in deck.slides[0].placeholders if shape.has_text_frame}
    assert title["Name"] == "Sidi RALIOU"
    assert title["Kicker"] == "État de la législation mondiale sur la cybercriminalité"
    assert title["Title"] == ""  # for the talk's own title
    assert title["Role"].startswith("Directeur Économie numérique")
    assert "Alexander Seger" in "".join(shape.text_frame.text for shape in deck.slides[1].placeholders)
    question = "Quelles lois s’appliquent aujourd’hui\u202f?"
    (asked,) = [slide for slide in deck.slides if slide.shapes.title.text == question]
    assert question in asked.notes_slide.notes_text_frame.text


def test_a_speaker_who_is_not_confirmed_is_asked_and_gets_a_draft_marked_as_such(built):
    folder = built / "lac-es/speakers/emilia-navas-aparicio"
    deck = Presentation(str(next(folder.glob("*.pptx"))))
    assert "Borrador" in "".join(s.text_frame.text for s in deck.slides[0].placeholders if s.has_text_frame)
    mail = message_from_bytes((folder / "message.eml").read_bytes(), policy=default)
    assert mail["Subject"] == "Invitación a intervenir el 22 de julio de 2020: Desarrollo de capacidades"
    text = mail.get_body().get_content().replace("\r\n", "\n")
    assert "A la atención de Emilia Navas Aparicio\n" in text
    assert "Sería un honor" in text and "agradecemos que haya aceptado" not in text


def test_the_mail_draft_carries_deck_deadline_and_calendar_entry_and_nobodys_address(built):
    folder = built / "africa-fr/speakers/layla-ezzouine"
    mail = message_from_bytes((folder / "message.eml").read_bytes(), policy=default)
    assert (mail["To"], mail["From"], mail["X-Unsent"], mail["Content-Language"]) == (None, None, "1", "fr-FR")
    text = mail.get_body().get_content().replace("\r\n", "\n")
    assert "2\u00a0juillet\u00a02020" in text
    when = "le jeudi 9\u00a0juillet\u00a02020, de\u00a08\u00a0h\u00a0à\u00a09\u00a0h\u00a045\u00a0(UTC)."
    assert text.startswith("Layla Ezzouine\n\nMadame, Monsieur,\n") and when in text
    assert text.endswith("\n\nUnion européenne et Conseil de l’Europe\n")
    deck, entry = mail.iter_attachments()
    assert deck.get_content() == next(folder.glob("*.pptx")).read_bytes()
    (event,) = icalendar.Calendar.from_ical(entry.get_content()).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2020-07-09T08:00:00+00:00"


def test_a_filled_deck_is_known_again_under_any_name_and_reaches_the_package(sent):
    original = give_back(sent, "final FINAL (3).pptx", filled(deck_of(sent, "harbour-en", "ben-south")))
    before = original.read_bytes()
    done = run_here("collect", "--root", str(sent))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "harbour-en/ben-south" in done.stdout
    assert original.read_bytes() == before
    copy = sent / "sources/presentations/harbour-en/ben-south.pptx"
    assert ANSWER in texts(copy)
    assert build_here(sent).returncode == 0
    (placed,) = (sent / "output/harbour-en/package").glob("*presentation-of-ben-south.pptx")
    assert placed.read_bytes() == copy.read_bytes()
    page = (sent / "output/harbour-en/package/index.html").read_text(encoding="utf-8")
    assert f'href="{placed.name}"' in page
    assert re.search(r"To follow: [^<]*Dora WEST", page)
    listed = json.loads((sent / "output/harbour-en/package/manifest.json").read_text(encoding="utf-8"))["files"]
    assert placed.name in [file["path"] for file in listed]


def test_collecting_twice_changes_nothing(sent):
    give_back(sent, "a.pptx", filled(deck_of(sent, "harbour-en", "ben-south")))
    run_here("collect", "--root", str(sent))
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (sent / "sources").rglob("*") if p.is_file()}
    run_here("collect", "--root", str(sent))
    assert before == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (sent / "sources").rglob("*") if p.is_file()}


def test_a_newer_deck_takes_the_place_and_the_older_copy_is_kept(sent):
    deck = deck_of(sent, "harbour-en", "ben-south")
    first = give_back(sent, "first.pptx", filled(deck))
    os.utime(first, (1_000_000_000, 1_000_000_000))
    run_here("collect", "--root", str(sent))
    old = (sent / "sources/presentations/harbour-en/ben-south.pptx").read_bytes()
    second = BytesIO(filled(deck))
    changed = Presentation(second)
    changed.slides[1].shapes.title.text = "A second thought"
    changed.save(second := BytesIO())
    give_back(sent, "second.pptx", second.getvalue())
    done = run_here("collect", "--root", str(sent))
    assert "older, kept" in done.stdout
    assert "A second thought" in texts(sent / "sources/presentations/harbour-en/ben-south.pptx")
    assert [p.read_bytes() for p in (sent / "sources/presentations/harbour-en/older").iterdir()] == [old]


def test_a_file_of_another_kind_is_refused_in_words_and_places_nothing(sent):
    give_back(sent, "harbour-en/ben-south/slides.pptx", b"%PDF-1.7 not a deck")
    done = run_here("collect", "--root", str(sent))
    assert done.returncode == 0
    assert "refused" in done.stdout
    assert "This is a PDF" in done.stdout
    assert not (sent / "sources/presentations").exists()
    report = (sent / "output/harbour-en/speakers/ben-south/report.html").read_text(encoding="utf-8")
    assert "could not be accepted" in report


def test_a_deck_of_ones_own_is_assigned_by_its_folder_or_by_a_command(sent):
    own = BytesIO()
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "My own slides"
    deck.save(own)
    file = give_back(sent, "mine.pptx", own.getvalue())
    done = run_here("collect", "--root", str(sent))
    assert "make collect FILE=sources/returned/mine.pptx AS=<seminar>/<speaker>" in done.stdout
    wrong = run_here("collect", str(file), "harbour-en/dora-wset", "--root", str(sent))
    assert wrong.returncode == 1
    assert "did you mean `harbour-en/dora-west`?" in wrong.stdout
    assert run_here("collect", str(file), "harbour-en/dora-west", "--root", str(sent)).returncode == 0
    assert "My own slides" in texts(sent / "sources/presentations/harbour-en/dora-west.pptx")
    assert file.exists()
    copy = sent / "sources/returned/harbour-en/dora-west/mine.pptx"
    assert copy.stat().st_mode & 0o077 == 0  # not cleaned, so for its owner alone
    again = run_here("collect", "--root", str(sent))
    assert "2 files: 1 accepted, 1 not judged; `make` next" in again.stdout


def test_the_report_is_in_the_speakers_language(sent):
    give_back(sent, "y.pptx", filled(deck_of(sent, "tal-ar", "dora-west")))
    run_here("collect", "--root", str(sent))
    report = (sent / "output/tal-ar/speakers/dora-west/report.html").read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in report
    assert load(sent).locales["ar"].verdicts["report_original"] in report


def test_a_presentation_that_did_not_come_through_the_cleaner_stops_the_build(sent):
    path = sent / "sources/presentations/harbour-en/ben-south.pptx"
    path.parent.mkdir(parents=True)
    path.write_bytes(filled(deck_of(sent, "harbour-en", "ben-south")))
    done = build_here(sent)
    assert done.returncode == 1
    assert "harbour-en/ben-south.pptx:1: did not come through `make collect`" in done.stdout


def test_collect_killed_at_any_moment_loses_nothing(tmp_path):
    root = copy_miniature(tmp_path / "series")
    build_here(root)
    content = filled(deck_of(root, "harbour-en", "ben-south"))
    original = give_back(root, "deck.pptx", content)
    started = time.monotonic()
    run_here("collect", "--root", str(root))
    length = time.monotonic() - started
    copy = root / "sources/presentations/harbour-en/ben-south.pptx"
    whole = hashlib.sha256(copy.read_bytes()).hexdigest()
    chance = random.Random(7)
    for number in range(8):
        copy.unlink(missing_ok=True)
        victim = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "collect", "--root", str(root)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, length))
        if victim.poll() is None:
            (os.killpg if number % 2 else os.kill)(victim.pid, signal.SIGKILL)  # with its children, and without
        victim.wait()
        assert original.read_bytes() == content
        assert not copy.exists() or hashlib.sha256(copy.read_bytes()).hexdigest() == whole
        assert run_here("collect", "--root", str(root)).returncode == 0
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == whole
    assert list((root / "output/.cache").glob("returned*")) == []
    assert [path for path in root.rglob(".*") if path.name.startswith((".new-", ".old-"))] == []


def test_the_board_says_who_is_missing_and_how_many_days_are_left(sent):
    give_back(sent, "z.pptx", filled(deck_of(sent, "harbour-en", "ben-south")))
    run_here("collect", "--root", str(sent))
    series = load(sent)
    first = board(sent, sent / "output", series, views(series, sent), date(2021, 2, 20))[0]
    assert (first.seminar, first.days) == ("harbour-en", 4)
    assert {row.speaker: row.accepted for row in first.rows} == {
        "ben-south": True,
        "cleo-east": False,
        "dora-west": False,
    }
    done = run_here("status", "--root", str(sent))
    assert "harbour-en: 1 of 3 accepted, return by 2021-02-24 (passed " in done.stdout
    first = done.stdout.partition("\n\n")[0].splitlines()[1:]
    said = {line.split("  ")[1]: line.split()[-1] for line in first}
    assert said["Cleo EAST-OF-THE-HARBOUR AND-THE-HILL (to be confirmed)"] == "missing"
    assert said["Ben SOUTH"] == "accepted"
    page = (sent / "output/status.html").read_text(encoding="utf-8")
    assert "Ben SOUTH" in page
    assert '<td>Cleo EAST-OF-THE-HARBOUR AND-THE-HILL <span class="tag">to be confirmed</span></td>' in page


def test_the_board_says_that_a_seminar_is_called_off(sent):
    seminar = sent / "sources/seminars/harbour-en.yaml"
    seminar.write_text(seminar.read_text(encoding="utf-8") + "status: cancelled\n", encoding="utf-8")
    assert "harbour-en (cancelled): 0 of 3 accepted" in run_here("status", "--root", str(sent)).stdout
    assert '<span class="tag">Cancelled</span></h2>' in (sent / "output/status.html").read_text(encoding="utf-8")


def test_inspect_judges_any_deck_alone(sent, tmp_path):
    deck = deck_of(sent, "harbour-en", "ben-south")
    clean = tmp_path / "clean.pptx"
    done = run_here("inspect", str(deck), "--out", str(clean), "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["identity"]["speaker"] == "ben-south"
    assert "Search and seizure" in texts(clean)
    bad = tmp_path / "bad.pptx"
    bad.write_bytes(b"MZ\x90\x00 a program")
    refused = run_here("inspect", str(bad), "--out", str(tmp_path / "none.pptx"), "--json")
    assert refused.returncode == 1
    assert [each["code"] for each in json.loads(refused.stdout)["refusals"]] == ["program-file"]
    assert not (tmp_path / "none.pptx").exists()
    before = deck.read_bytes()
    nowhere = tmp_path / "nowhere/clean.pptx"
    for arguments in (
        [str(tmp_path / "missing.pptx")], [str(deck), "--out", str(deck)], [str(deck), "--out", str(nowhere)], []
    ):  # fmt: skip
        assert run_here("inspect", *arguments).returncode == 2
    assert deck.read_bytes() == before
    assert not nowhere.parent.exists()
