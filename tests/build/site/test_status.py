"""A seminar that is provisional, postponed or cancelled: every file says so, and calendars follow."""

from __future__ import annotations

import email
import email.policy
import json
from pathlib import Path

import pytest
from docx import Document as word
from lxml import html
from pptx import Presentation
from pypdf import PdfReader

from pipeline.load import load
from tests.build.site.calendars import events, method
from tests.conftest import build_here, copy_miniature, run_here
from tests.faults import remarks, replace
from tests.quality.word_file import all_paragraphs

HARBOUR, HILL = "sources/seminars/harbour-en.yaml", "sources/seminars/tal-ar.yaml"


def built_with(folder: Path, harbour: str, hill: str) -> Path:
    """Return the miniature series, built with a status for each of its seminars."""
    root = copy_miniature(folder / "series")
    replace(root, HARBOUR, ("edition: 2\n", f"edition: 2\nstatus: {harbour}\n"))
    replace(root, HILL, ("language: ar\n", f"language: ar\nstatus: {hill}\n"))
    done = build_here(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="module")
def called_off(tmp_path_factory) -> Path:
    return built_with(tmp_path_factory.mktemp("called-off"), "cancelled", "postponed")


@pytest.fixture(scope="module")
def provisional(tmp_path_factory) -> Path:
    return built_with(tmp_path_factory.mktemp("provisional"), "tentative", "confirmed")


def package(root: Path, seminar: str) -> Path:
    return root / "output" / seminar / "package"


def words(root: Path, seminar: str) -> dict[str, str]:
    series = load(root)
    return dict(series.locales[series.seminars[seminar].language].words)


def calendar(root: Path, seminar: str) -> Path:
    return next(package(root, seminar).glob("*.ics"))


@pytest.mark.parametrize("seminar, status", [("harbour-en", "cancelled"), ("tal-ar", "postponed")])
def test_every_document_of_a_seminar_that_is_called_off_says_so(seminar, status, called_off):
    said = words(called_off, seminar)
    for path in package(called_off, seminar).glob("*.html"):
        cover = html.fromstring(path.read_bytes()).find(".//header").text_content()
        assert said[status] in cover and said[f"{status}_note"] in cover, path.name
    for path in package(called_off, seminar).glob("*.docx"):
        assert any(said[f"{status}_note"] in paragraph.text for paragraph in all_paragraphs(path)), path.name
    decks = [*package(called_off, seminar).glob("*.pptx"), *(called_off / "output" / seminar).glob("speakers/*/*.pptx")]
    for path in decks:
        texts = [shape.text_frame.text for shape in Presentation(path).slides[0].shapes if shape.has_text_frame]
        assert any(said[status] in text for text in texts), path.name
    assert len(decks) > 2


def test_a_pdf_of_a_cancelled_seminar_says_so(called_off):
    paths = list(package(called_off, "harbour-en").glob("*.pdf"))
    assert len(paths) == 4
    for path in paths:
        first = " ".join(PdfReader(path).pages[0].extract_text().split())
        assert words(called_off, "harbour-en")["cancelled_note"] in first, path.name


def test_a_later_edition_says_on_every_document_and_slide_which_it_is(provisional):
    said = words(provisional, "harbour-en")["edition"].format(number=2)
    folder = provisional / "output/harbour-en"
    for path in package(provisional, "harbour-en").glob("*.html"):
        page = html.fromstring(path.read_bytes())
        assert said in page.find(".//header").text_content() and said in page.find(".//footer").text_content(), path
    for path in package(provisional, "harbour-en").glob("*.docx"):
        document = word(path)
        assert any(said in paragraph.text for paragraph in all_paragraphs(path)), path
        footers = (section.footer._element for section in document.sections)
        assert any(said in "".join(footer.itertext()) for footer in footers), path
    for path in package(provisional, "harbour-en").glob("*.pdf"):
        assert all(said in " ".join(page.extract_text().split()) for page in PdfReader(path).pages), path
    for path in (*package(provisional, "harbour-en").glob("*.pptx"), *folder.glob("speakers/*/*.pptx")):
        slides = list(Presentation(path).slides)[1:-1]
        texts = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
        assert sum(said in text for text in texts) > len(slides) / 2, path
    first = package(provisional, "tal-ar") / "index.html"
    assert words(provisional, "tal-ar")["edition"].partition(" ")[0] not in first.read_text(encoding="utf-8")


def test_nobody_is_asked_to_register_for_a_seminar_that_is_called_off(called_off):
    for path in package(called_off, "harbour-en").glob("*"):
        if path.suffix in (".html", ".ics"):
            assert b"example.org/register" not in path.read_bytes(), path.name
    page = html.fromstring((package(called_off, "harbour-en") / "index.html").read_bytes())
    assert page.xpath("//a[contains(@href, 'calendar.google.com') or contains(@href, 'outlook')]") == []
    assert page.xpath("//section//a[contains(@href, '.ics')]")  # by which the entry in a calendar is changed


def test_a_speaker_of_a_seminar_that_is_called_off_is_told_so_and_asked_for_nothing(called_off):
    said = words(called_off, "harbour-en")
    paths = list((called_off / "output/harbour-en/speakers").glob("*/message.eml"))
    assert len(paths) == 3
    for path in paths:
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert mail["Subject"].strip().startswith(f"[{said['cancelled']}]"), path
        text = mail.get_body().get_content()
        assert text.startswith("Dear ") and said["cancelled_note"] in text, path
        assert "Return your presentation" not in text, path
        assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"], path


def test_a_participant_of_a_cancelled_seminar_is_not_told_that_it_takes_place(called_off):
    folder = called_off / "sources/registrations"
    folder.mkdir()
    (folder / "harbour-en-recipients.csv").write_text("name,address\nEve PIER,eve@example.org\n")
    done = run_here("outbox", "harbour-en", "--root", str(called_off))
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = [
        p for p in (called_off / "output/harbour-en/outbox").glob("*.eml") if b"eve@example.org" in p.read_bytes()
    ]
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    said = words(called_off, "harbour-en")
    assert mail["Subject"].strip().startswith(f"[{said['cancelled']}]")
    for kind in ("plain", "html"):
        text = " ".join(mail.get_body((kind,)).get_content().split())
        assert said["cancelled_note"] in text and "takes place" not in text and "will be held" not in text
        assert said["mail_salutation"] in text and said["mail_package"] not in text
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"]
    entry = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert entry.get_content().encode() == calendar(called_off, "harbour-en").read_bytes()
    assert entry.get_param("method") == method(calendar(called_off, "harbour-en")) == "CANCEL"


@pytest.mark.parametrize(
    "seminar, status, told",
    [("harbour-en", "EventCancelled", "cancelled"), ("tal-ar", "EventPostponed", "postponed")],
)
def test_search_engines_are_told_of_the_status(seminar, status, told, called_off):
    page = html.fromstring((package(called_off, seminar) / "index.html").read_bytes())
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert words(called_off, seminar)[told] not in data["name"]


def test_a_provisional_seminar_can_be_registered_for_and_says_that_it_is_provisional(provisional):
    page = html.fromstring((package(provisional, "harbour-en") / "index.html").read_bytes())
    assert words(provisional, "harbour-en")["tentative_note"] in page.find(".//header").text_content()
    assert page.xpath("//a[starts-with(@href, 'https://example.org/register')]")
    assert page.xpath("//a[contains(@href, 'calendar.google.com')]")
    assert [event["status"] for event in events(calendar(provisional, "harbour-en"))] == ["TENTATIVE"]


def test_a_cancelled_seminar_takes_its_entry_out_of_the_calendar(called_off):
    (event,) = events(calendar(called_off, "harbour-en"))
    assert (event["status"], event["transp"], method(calendar(called_off, "harbour-en"))) == (
        "CANCELLED", "TRANSPARENT", "CANCEL",
    )  # fmt: skip


def test_a_postponed_seminar_keeps_its_entry_but_takes_nobodys_time(called_off):
    (event,) = events(calendar(called_off, "tal-ar"))
    assert (event["status"], event["transp"], method(calendar(called_off, "tal-ar"))) == (
        "TENTATIVE", "TRANSPARENT", "PUBLISH",
    )  # fmt: skip
    assert event["summary"].startswith(words(called_off, "tal-ar")["postponed"])


def test_every_change_reaches_the_entry_that_is_in_the_calendar_already(tmp_path):
    """The identifier stays; the sequence grows with each step of the status, and with each edition whatever it is."""
    root = copy_miniature(tmp_path / "series")
    steps = [(1, "tentative"), (1, "confirmed"), (1, "postponed"), (1, "cancelled"), (2, "tentative"), (2, "confirmed")]
    seen, before = [], "edition: 2\n"
    for edition, status in steps:
        after = f"edition: {edition}\nstatus: {status}\n"
        replace(root, HARBOUR, (before, after))
        before = after
        assert build_here(root, "harbour-en").returncode == 0
        seen += events(calendar(root, "harbour-en"))
    assert len({event["uid"] for event in seen}) == 1
    sequences = [event["sequence"] for event in seen]
    assert sequences == sorted(set(sequences))


def test_a_status_is_remarked_on_where_it_stands(called_off):
    line = (called_off / HARBOUR).read_text(encoding="utf-8").splitlines().index("status: cancelled") + 1
    assert f"{line}: the seminar is cancelled: every document says so" in remarks(called_off, HARBOUR)
