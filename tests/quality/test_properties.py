"""What a file says of itself is the house's, and nothing of a person, a machine or a clock."""

from __future__ import annotations

import re
import zipfile

from pypdf import PdfReader

from tests.quality import slides, word_file

TERMS = "{http://purl.org/dc/terms/}"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def _office(package):
    """Yield each Office file with what it says of itself and what was composed for it."""
    for path, document in package.written("docx"):
        yield path, word_file.opened(path).core_properties, document.properties
    for path, deck in package.decks.items():
        yield path, slides.opened(path).core_properties, deck.properties


def test_an_office_file_bears_the_title_and_the_publisher_that_were_composed(package):
    for path, said, composed in _office(package):
        assert said.title == composed.title, path.name
        assert (said.subject, said.author) == (composed.subject, composed.publisher), path.name


def test_an_office_file_is_dated_by_the_seminar_and_not_by_a_clock(package):
    for path in package.files("docx", "pptx"):
        core = word_file.part(path, "docProps/core.xml")
        dates = {core.findtext(f"{TERMS}{name}") for name in ("created", "modified")}
        assert dates == {f"{package.seminar.date}T00:00:00Z"}, path.name


def test_no_prefix_of_a_namespace_was_chosen_by_the_library(package):
    """lxml numbers prefixes that nobody chose, and how depends on what the process has imported before."""
    for path in package.files("docx", "pptx"):
        with zipfile.ZipFile(path) as archive:
            texts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
        assert [name for name, text in texts.items() if re.search(rb"<ns\d+:", text)] == [], path.name


def test_an_office_file_says_nothing_of_who_saved_it_or_with_what(package):
    for path, said, _ in _office(package):
        others = ("last_modified_by", "comments", "keywords", "category", "content_status", "identifier", "version")
        assert [name for name in others if getattr(said, name)] == [], path.name
        with zipfile.ZipFile(path) as archive:
            told = archive.read("docProps/app.xml").decode()
            assert not re.findall(r"<(?:Application|AppVersion|Company|Manager|Template)>", told), path.name
            assert not [name for name in archive.namelist() if re.search("thumbnail|printer", name)], path.name


def test_every_entry_of_an_office_file_has_the_first_date_there_is(package):
    for path in package.files("docx", "pptx"):
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {FIRST_DAY}, path.name
            assert archive.testzip() is None, path.name


def test_an_office_file_loads_nothing_from_outside_and_runs_nothing(package):
    for path in package.files("docx", "pptx"):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            assert not [name for name in names if "vba" in name.lower() or name.endswith(".bin")], path.name
            for name in (name for name in names if name.endswith(".rels")):
                for relation in word_file.part(path, name):
                    if relation.get("TargetMode") == "External":
                        assert relation.get("Type").endswith("/hyperlink"), f"{path.name}: {name}"
                        assert relation.get("Target").startswith(("https://", "http://", "mailto:")), path.name


def test_a_pdf_bears_its_publisher_and_is_dated_by_the_seminar(package):
    for path, document in package.written("pdf"):
        said = PdfReader(path).metadata
        assert said.author == document.properties.publisher, path.name
        assert said.creation_date.date() == package.seminar.date, path.name
