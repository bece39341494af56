"""Returned decks, sentence by sentence: what is kept, what is said of it, and what a file cannot do by its name."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from pipeline.load import load
from pipeline.workflows.returned_files import wrong_folder
from tests.collect.surgery import packed, swapped, unpacked
from tests.conftest import ROOT, build_here, run_here, tool
from tests.desk import ANSWER, deck_of, filled, give_back, texts


def test_collecting_twice_changes_nothing_in_the_output_either(sent):
    give_back(sent, "a.pptx", filled(deck_of(sent, "harbour-en", "ben-south"), name="Benjamin SOUTH"))
    run_here("collect", "--root", str(sent))
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (sent / "output").rglob("*") if p.is_file()}
    assert run_here("collect", "--root", str(sent)).returncode == 0
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (sent / "output").rglob("*") if p.is_file()}
    lock = sent / "output/.lock"  # names the process that held it last
    assert {p: each for p, each in before.items() if p != lock} == {p: each for p, each in after.items() if p != lock}


@pytest.mark.parametrize(("command", "template"), [("collect", "report.html"), ("status", "status.html")])
def test_only_the_template_that_a_command_fills_can_stop_it(command, template, sent):
    for name in (template, "factsheet.html"):
        path = sent / "templates/kinds" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{{{{ nobody.knows }}}}\n", encoding="utf-8")
        done = run_here(command, "--root", str(sent))
        said = f"templates/kinds/{name}:{len(text.splitlines()) + 1}: nothing is called `nobody` here"
        assert (done.returncode, said in done.stdout) == ((1, True) if name == template else (0, False))
        path.write_text(text, encoding="utf-8")


def noted_and_hidden(path: Path) -> bytes:
    """Return a sent deck with a note on its third slide and its fourth slide hidden."""
    deck = Presentation(path)
    deck.slides[2].notes_slide.notes_text_frame.text = "Only for me"
    deck.slides[3].shapes.title.text = "Not for them"
    deck.slides[3]._element.set("show", "0")
    deck.save(out := BytesIO())
    return out.getvalue()


@pytest.mark.parametrize("kept", [False, True])
def test_notes_are_a_setting_and_hidden_slides_never_reach_participants(sent, kept):
    series = sent / "sources/series.yaml"
    text = series.read_text(encoding="utf-8")
    assert "returns: {days_before: 5}\n" in text
    if kept:
        text = text.replace("{days_before: 5}", "{days_before: 5, keep_notes: true}")
    series.write_text(text, encoding="utf-8")
    give_back(sent, "a.pptx", noted_and_hidden(deck_of(sent, "harbour-en", "ben-south")))
    done = run_here("collect", "--root", str(sent))
    assert "slide 4: The slide is hidden; it is left out (Not for them)." in done.stdout
    assert ("The speaker’s notes are left out" in done.stdout) is not kept
    assert build_here(sent).returncode == 0
    (copy,) = (sent / "output/harbour-en/package").glob("*presentation-of-ben-south.pptx")
    deck = Presentation(copy)
    notes = [s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide]
    assert ("Only for me" in notes) is kept
    assert "Not for them" not in texts(copy)
    sent_slides = Presentation(deck_of(sent, "harbour-en", "ben-south")).slides
    assert len(deck.slides) == len(sent_slides) - 2  # the hidden one and the house rules


@pytest.mark.parametrize("formats", [("pptx",), ("odp", "pptx")], ids=["pptx", "odp-and-back"])
def test_a_deck_saved_by_libreoffice_is_known_kept_and_compared(sent, saved_by_libreoffice, formats):
    tool("soffice", "decks that a speaker saves in LibreOffice")
    content = filled(deck_of(sent, "harbour-en", "ben-south"), name="Benjamin SOUTH")
    give_back(sent, "saved.pptx", saved_by_libreoffice("filled-by-benjamin", *formats))
    done = run_here("collect", "--root", str(sent))
    assert "harbour-en/ben-south" in done.stdout
    assert "The title slide says “Benjamin SOUTH” instead of “Ben SOUTH”." in done.stdout
    copy = sent / "sources/presentations/harbour-en/ben-south.pptx"
    assert ANSWER in texts(copy)
    before, after = ([word for word in texts(each).split() if not word.isdigit()] for each in (BytesIO(content), copy))
    assert after == before  # LibreOffice numbers the slides anew
    patch = (sent / "output/harbour-en/speakers/ben-south/changes.patch").read_text(encoding="utf-8")
    assert "+given: Benjamin" in patch


def test_a_deck_in_another_language_than_its_seminar_is_remarked_on_wherever_it_lies(sent):
    deck = Presentation(deck_of(sent, "tal-ar", "dora-west"))
    title = deck.slides[2].shapes.title.text_frame
    title.text = "Evidence and how it is shared"
    title.paragraphs[0].runs[0]._r.get_or_add_rPr().set("lang", "en-GB")
    deck.save(out := BytesIO())
    give_back(sent, "renamed.pptx", out.getvalue())
    run_here("collect", "--root", str(sent))
    report = (sent / "output/tal-ar/speakers/dora-west/report.html").read_text(encoding="utf-8")
    assert load(sent).locales["ar"].verdicts["language-other"].format(detail="en-GB", where="", slide=3) in report


def test_a_deck_of_another_series_belongs_to_nobody(sent):
    deck = unpacked(deck_of(sent, "harbour-en", "ben-south").read_bytes())
    series = load(sent).id
    swapped(deck, "docProps/custom.xml", f">{series}<", ">another-series<")
    give_back(sent, "foreign.pptx", packed(deck))
    assert "unassigned" in run_here("collect", "--root", str(sent)).stdout
    assert not (sent / "sources/presentations").exists()


def test_each_finding_is_said_once_with_its_slides(sent):
    deck = Presentation(deck_of(sent, "harbour-en", "ben-south"))
    for number in (2, 3, 4):
        deck.slides[number].notes_slide.notes_text_frame.text = "two words"
    deck.save(out := BytesIO())
    give_back(sent, "a.pptx", out.getvalue())
    assert "slides 3–5: The speaker’s notes are left out (6 words)." in run_here("collect", "--root", str(sent)).stdout
    report = (sent / "output/harbour-en/speakers/ben-south/report.html").read_text(encoding="utf-8")
    assert report.count("notes are left out") == 1
    assert "Slides 3–5 – " in report


def test_a_file_name_is_never_read_as_a_command(sent):
    own = Presentation()
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Mine"
    own.save(out := BytesIO())
    name = '$(shell touch pwned) `touch pwned` "it\'s".pptx'
    give_back(sent, name, out.getvalue())
    done = run_here("collect", "--root", str(sent))
    (command,) = [line.partition("Whose is it? ")[2] for line in done.stdout.splitlines() if "Whose is it?" in line]
    command = command.replace("<seminar>/<speaker>", "harbour-en/dora-west")
    rules = f'collect:\n\t@{sys.executable} -m pipeline collect $(if $(FILE),"$$FILE" "$$AS")\n'
    (recipe,) = [line for line in (ROOT / "Makefile").read_text().splitlines() if "$(RUN) collect" in line]
    assert '$(if $(FILE),"$$FILE" "$$AS")' in recipe
    (sent / "Makefile").write_text(rules, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(["sh", "-c", command], cwd=sent, env=environment, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    assert (sent / "sources/presentations/harbour-en/dora-west.pptx").exists()
    assert not list(sent.rglob("pwned"))


def test_a_refused_file_does_not_push_out_the_accepted_one_and_is_reported_on(sent):
    first = give_back(sent, "harbour-en/ben-south/first.pptx", filled(deck_of(sent, "harbour-en", "ben-south")))
    os.utime(first, (1_000_000_000, 1_000_000_000))
    give_back(sent, "harbour-en/ben-south/second.pptx", b"%PDF-1.7 not a deck")
    done = run_here("collect", "--root", str(sent))
    assert "2 files: 1 accepted, 1 refused; `make` next" in done.stdout
    assert ANSWER in texts(sent / "sources/presentations/harbour-en/ben-south.pptx")
    report = (sent / "output/harbour-en/speakers/ben-south/report.html").read_text(encoding="utf-8")
    assert "This is a PDF" in report


def test_both_speakers_of_a_segment_return_their_decks_and_only_a_missing_one_is_to_follow(sent):
    for speaker in ("ben-south", "cleo-east"):
        give_back(sent, f"{speaker}.bin.pptx", filled(deck_of(sent, "harbour-en", speaker)))
    assert "2 files: 2 accepted" in run_here("collect", "--root", str(sent)).stdout
    build_here(sent)
    package = sent / "output/harbour-en/package"
    page = (package / "index.html").read_text(encoding="utf-8")
    assert len(list(package.glob("*presentation-of-*.pptx"))) == 2
    assert page.count("To follow") == 1
    assert "To follow: Dora WEST" in page


def test_a_deck_in_the_folder_of_somebody_else_is_asked_about_and_changes_nobodys_name(sent):
    give_back(sent, "harbour-en/dora-west/x.pptx", filled(deck_of(sent, "harbour-en", "ben-south")))
    done = run_here("collect", "--root", str(sent))
    assert "It was made for harbour-en/ben-south: is it in the right folder?" in done.stdout
    assert "instead of" not in done.stdout
    assert not list((sent / "output").rglob("changes.patch"))


def own() -> bytes:
    """Return a deck of a speaker's own."""
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "My own slides"
    deck.save(out := BytesIO())
    return out.getvalue()


def test_every_file_is_counted_and_stands_under_one_word(sent):
    give_back(sent, "a.pptx", filled(deck_of(sent, "harbour-en", "ben-south")))
    give_back(sent, "b.pptx", own())
    give_back(sent, "c.pptx", b"%PDF-1.7 not a deck")
    give_back(sent, "~$a.pptx", b"open")
    (sent / "sources/returned/link.pptx").symlink_to("a.pptx")
    said = run_here("collect", "--root", str(sent)).stdout
    words = {line.split("sources/returned/")[1].split()[0]: line.split("  ")[0] for line in rows(said)}
    assert words == {
        "a.pptx": "accepted, cleaned",
        "b.pptx": "unassigned",
        "c.pptx": "refused",
        "link.pptx": "not judged",
        "~$a.pptx": "not judged",
    }
    assert "5 files: 1 accepted, 1 refused, 1 unassigned, 2 not judged; `make` next\n" in said
    assert "in place" not in said


def rows(said: str) -> list[str]:
    """Return the first line about each file."""
    return [line for line in said.splitlines() if "  sources/returned/" in line and line[0] != " "]


def test_a_file_that_is_assigned_says_where_it_lies_now_and_its_original_is_counted(sent):
    file = give_back(sent, "mine.pptx", own())
    said = run_here("collect", str(file), "harbour-en/dora-west", "--root", str(sent)).stdout
    copy = "sources/returned/harbour-en/dora-west/mine.pptx"
    assert said.startswith(f"{file}: copied to {sent / copy}; the copy is judged from now on\n")
    assert f"the same file is in {copy}, and that copy is judged\n" in said
    assert "2 files: 1 accepted, 1 not judged" in said
    again = run_here("collect", str(sent / copy), "harbour-en/dora-west", "--root", str(sent)).stdout
    assert "copied" not in again


def test_a_folder_that_is_nearly_called_like_a_speaker_is_asked_about(sent):
    file = give_back(sent, "harbor-en/dora-wset/mine.pptx", own())
    give_back(sent, "march/monday/b.pptx", own() + b"\0")
    said = run_here("collect", "--root", str(sent)).stdout
    assert "No seminar `harbor-en`; did you mean `harbour-en/dora-west`? Then rename the folder." in said
    assert "No seminar `march`; folders are called <seminar>/<speaker>.\n" in said
    assert said.count("Whose is it?") == 1
    assert "2 files: 2 unassigned\n" in said
    said = run_here("collect", str(file), "harbour-en/dora-west", "--root", str(sent)).stdout
    assert "1 accepted, 1 unassigned, 1 not judged" in said
    same = "The same file is in sources/returned/harbour-en/dora-west/mine.pptx, and that copy is judged"
    assert f"No seminar `harbor-en`; did you mean `harbour-en/dora-west`? Then rename the folder. {same}\n" in said


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("harbour-en/Dora West", "No speaker `Dora West` in harbour-en; did you mean `harbour-en/dora-west`?"),
        ("harbour-en/WEST, Dora", "No speaker `WEST, Dora` in harbour-en; did you mean `harbour-en/dora-west`?"),
        ("harbour-en/Dóra_West", "No speaker `Dóra_West` in harbour-en; did you mean `harbour-en/dora-west`?"),
        ("harbour-en/hill", "No speaker `hill` in harbour-en; folders are called"),
        ("Harbour EN/dora-west", "No seminar `Harbour EN`; did you mean `harbour-en/dora-west`?"),
        ("ben south", "No speaker `ben south`; did you mean `harbour-en/ben-south`?"),
        ("march", "No seminar `march`; folders are called <seminar>/<speaker>."),
        ("harbour-en", ""),
        ("", ""),
    ],
)
def test_what_is_wrong_with_a_folder_is_said_with_the_one_that_was_meant(folder, said):
    expected = {"harbour-en": ["ben-south", "cleo-east", "dora-west"], "tal-ar": ["dora-west"]}
    root = Path("project")
    found = wrong_folder(root / "sources/returned" / folder / "x.pptx", root, expected)
    assert found.startswith(said)
    assert bool(found) is bool(said)


def test_one_file_under_two_speakers_belongs_to_neither_until_one_copy_is_deleted(sent):
    deck = own()  # once: python-pptx writes the time of day into the zip
    give_back(sent, "harbour-en/ben-south/a.pptx", deck)
    wrong = give_back(sent, "harbour-en/dora-west/b.pptx", deck)
    said = run_here("collect", "--root", str(sent)).stdout
    assert "2 files: 2 unassigned\n" in said
    for other in ("ben-south/a.pptx", "dora-west/b.pptx"):
        place = f"sources/returned/harbour-en/{other}"
        assert f"The same file is in {place}: delete the one that is in the wrong folder.\n" in said
    assert "Whose is it?" not in said
    assert not (sent / "sources/presentations").exists()
    assert not list((sent / "output").rglob("report.html"))
    wrong.unlink()
    assert "1 file: 1 accepted; `make` next" in run_here("collect", "--root", str(sent)).stdout


def test_a_speaker_of_two_seminars_may_return_one_file_for_both(sent):
    for seminar in ("harbour-en", "tal-ar"):
        give_back(sent, f"{seminar}/dora-west/a.pptx", own())
    assert "2 files: 2 accepted; `make` next" in run_here("collect", "--root", str(sent)).stdout


def test_the_parts_of_a_keynote_folder_and_unfinished_downloads_are_not_judged(sent):
    give_back(sent, "Talk.key/Index.zip", b"PK\3\4")
    give_back(sent, "Talk.pptx.crdownload", own())
    said = run_here("collect", "--root", str(sent)).stdout
    assert "this is a part of a Keynote file; ask the speaker to export it as PowerPoint (.pptx)\n" in said
    assert "this download is not complete; put the file here once it is\n" in said
    assert "2 files: 2 not judged\n" in said


def test_the_terminal_says_each_fact_once_in_words_of_staff_and_names_the_report(sent):
    give_back(sent, "harbour-en/dora-west/mine.pptx", own())
    (sent / "sources/returned/again.pptx").write_bytes(deck_of(sent, "harbour-en", "ben-south").read_bytes())
    said = run_here("collect", "--root", str(sent)).stdout
    assert said.count("Names, dates and other details about the author and the program were removed.\n") == 2
    assert "Printer settings were removed.\n" in said
    report = sent / "output/harbour-en/speakers/dora-west/report.html"
    assert f"2 remarks for the speaker: {report}\n" in said
    rules = "The slide with the instructions, which is for you alone, is left out (For you only: delete this slide)."
    assert f"slide 2: {rules} If this slide is your own, please give it another layout." in said
    for word in ("ppt/", "docProps", "TotalTime", "()"):
        assert word not in said


def test_inspect_says_for_people_what_they_can_use_and_for_programs_everything(sent):
    path = give_back(sent, "mine.pptx", own())
    said = run_here("inspect", str(path)).stdout
    assert said.startswith(f"accepted, cleaned: {path}\n")
    assert said.count("Names, dates and other details") == 1
    assert "ppt/" not in said
    assert "TotalTime" in run_here("inspect", str(path), "--json").stdout
    assert "ppt/printerSettings/printerSettings1.bin" in run_here("inspect", str(path), "--json").stdout
