"""What becomes of an accepted presentation when the programme changes after it: it is said, and by whom it is meant."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from tests.conftest import build_here, copy_project, run_here, tool
from tests.desk import deck_of, filled, give_back, texts

SEMINAR, PERSON = "sources/seminars/harbour-en.yaml", "sources/people/ben-south.yaml"


def changed(root: Path, path: str, old: str, new: str) -> None:
    """Change a source file as staff would."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def said(root: Path, command: str = "status") -> str:
    done = build_here(root) if command == "build" else run_here(command, "--root", str(root))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def with_an_accepted_deck(once, built_miniature) -> Path:
    """The miniature series with one presentation accepted."""

    def make(folder: Path) -> None:
        root = copy_project(built_miniature.parent, folder / "series")
        give_back(root, "a.pptx", filled(deck_of(root, "harbour-en", "ben-south")))
        said(root, "collect")
        assert "accepted, but" not in said(root)

    return once("accepted", make) / "series"


@pytest.fixture
def accepted(with_an_accepted_deck, tmp_path) -> Path:
    """A copy of that series, which a test may change."""
    return copy_project(with_an_accepted_deck, tmp_path / "series")


@pytest.mark.parametrize(
    ("path", "old", "new", "now", "before"),
    [
        (SEMINAR, "date: 2021-03-01", "date: 2021-03-08", "8 March 2021", "1 March 2021"),
        (SEMINAR, "start: 22:30\nend", "start: 22:15\nend", "22:15–23:30 UTC", "22:30–23:30 UTC"),
        (SEMINAR, "short: Harbours of the Pacific", "short: Bays", "Bays", "Harbours of the Pacific"),
        (PERSON, "Prosecutor for networks", "Judge", "Judge", "Prosecutor for networks"),
        (PERSON, "given: Ben", "given: Benjamin", "Benjamin SOUTH", "Ben SOUTH"),
    ],
)
def test_an_accepted_deck_that_says_otherwise_than_the_programme_is_named(accepted, path, old, new, now, before):
    changed(accepted, path, old, new)
    assert f"accepted, but says “{before}” instead of “{now}”" in said(accepted)
    page = (accepted / "output/status.html").read_text(encoding="utf-8")
    assert f"accepted, but says “{before}” instead of “{now}”" in page
    collected = said(accepted, "collect")
    assert f"harbour-en/ben-south: accepted, but says “{before}” instead of “{now}”" in collected
    assert "If the speaker is right" not in collected  # it was the programme that changed
    assert not list((accepted / "output").rglob("changes.patch"))
    (accepted / "sources/returned/a.pptx").unlink()
    assert f"harbour-en/ben-south: accepted, but says “{before}” instead of “{now}”" in said(accepted, "collect")


def test_a_deck_that_comes_back_after_the_change_is_named_as_well(sent):
    deck = filled(deck_of(sent, "harbour-en", "ben-south"))
    changed(sent, SEMINAR, "date: 2021-03-01", "date: 2021-03-08")
    give_back(sent, "a.pptx", deck)
    assert "accepted, but says “1 March 2021” instead of “8 March 2021”" in said(sent, "collect")


def test_a_deck_saved_by_libreoffice_is_compared_with_the_programme_too(sent, saved_by_libreoffice):
    tool("soffice", "decks that a speaker saves in LibreOffice")
    give_back(sent, "a.pptx", saved_by_libreoffice("filled", "odp", "pptx"))
    said(sent, "collect")
    changed(sent, SEMINAR, "date: 2021-03-01", "date: 2021-03-08")
    assert "accepted, but says “1 March 2021” instead of “8 March 2021”" in said(sent)
    (sent / "sources/presentations/harbour-en/ben-south.json").unlink()  # as if it were collected only now
    assert "accepted, but says “1 March 2021” instead of “8 March 2021”" in said(sent, "collect")


def test_a_title_of_the_speakers_own_is_nothing_to_be_named_but_a_renamed_segment_is(accepted):
    changed(accepted, "sources/series.yaml", "Search and seizure", "Search and more")
    assert "says “Search and seizure” instead of “Search and more”" in said(accepted)
    deck = Presentation(BytesIO(filled(deck_of(accepted, "harbour-en", "ben-south"))))
    deck.slides[0].shapes.title.text = "What I have seen"
    deck.save(out := BytesIO())
    give_back(accepted, "b.pptx", out.getvalue())
    said(accepted, "collect")
    assert "What I have seen" in texts(accepted / "sources/presentations/harbour-en/ben-south.pptx")
    assert "accepted, but says “Search and seizure” instead of “Search and more”\n" in said(accepted)


def test_a_deck_of_a_speakers_own_and_a_seminar_called_off_are_not_compared(accepted):
    own = Presentation()
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "My own slides"
    own.save(out := BytesIO())
    give_back(accepted, "harbour-en/dora-west/own.pptx", out.getvalue())
    assert "but says" not in said(accepted, "collect")
    changed(accepted, SEMINAR, "edition: 2", "edition: 3\nstatus: cancelled")
    assert "but says" not in said(accepted)


def test_all_differences_of_a_deck_are_named_in_one_sentence(accepted):
    changed(accepted, SEMINAR, "start: 22:30\nend", "start: 22:15\nend")
    changed(accepted, PERSON, "given: Ben", "given: Benjamin")
    sentence = "but says “Ben SOUTH” instead of “Benjamin SOUTH”; “22:30–23:30 UTC” instead of “22:15–23:30 UTC”"
    assert sentence in said(accepted)
    assert sentence in (accepted / "output/status.html").read_text(encoding="utf-8")


def test_a_presentation_that_belongs_to_nobody_any_more_is_named(accepted):
    folder = accepted / "sources/presentations"
    assert "belongs to no speaker" not in said(accepted)
    (folder / "harbour-en").rename(folder / "harbor-en")
    (accepted / "sources/returned/a.pptx").unlink()
    why = "belongs to no speaker of the programme, so no package contains it"
    cure = "did you mean `harbour-en/ben-south`? Rename it, with the .json beside it, or delete both"
    for command in ("status", "collect"):
        assert f"sources/presentations/harbor-en/ben-south.pptx:1: {why}; {cure}\n" in said(accepted, command)
    page = (accepted / "output/status.html").read_text(encoding="utf-8")
    assert "sources/presentations/harbor-en/ben-south.pptx" in page
    (folder / "harbor-en").rename(folder / "harbour-en")
    for ending in ("pptx", "json"):
        (folder / f"harbour-en/ben-south.{ending}").rename(folder / f"harbour-en/somebody-else.{ending}")
    (folder / "harbour-en/older").mkdir()
    (folder / "harbour-en/older/ben-south-0.pptx").write_bytes(b"")
    cure = "rename it, with the .json beside it, or delete both"
    found = [line for line in said(accepted).splitlines() if "belongs to no speaker" in line]
    assert found == [f"sources/presentations/harbour-en/somebody-else.pptx:1: {why}; {cure}"]


def test_nothing_stays_in_the_output_of_a_speaker_who_has_left_the_programme(sent):
    for speaker in ("ben-south", "cleo-east"):
        give_back(sent, f"{speaker}.pptx", filled(deck_of(sent, "harbour-en", speaker), name="Somebody SOUTH"))
    said(sent, "collect")
    speakers = sent / "output/harbour-en/speakers"
    assert (speakers / "ben-south/changes.patch").exists()
    changed(sent, SEMINAR, "      - ben-south\n", "")
    said(sent, "build")
    assert sorted(path.name for path in speakers.iterdir()) == ["cleo-east", "dora-west"]
    assert {"report.html", "changes.patch"} < {path.name for path in (speakers / "cleo-east").iterdir()}
