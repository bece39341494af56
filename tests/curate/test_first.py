"""Works marked `first` lead a list, in a panel with the reason to read them, and slides, where few are shown."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from pipeline.compose import compose, compose_speaker, seminar_view, turns
from pipeline.compose.slide_works import short_work
from pipeline.core.documents import Deck
from pipeline.curate import curate
from pipeline.load import load
from pipeline.render import write
from tests.conftest import ROOT

CONVENTION = re.compile("Convention on Cybercrime|Convention sur la cybercriminalité")


def texts(deck: Deck) -> str:
    """Return all that stands on a deck's slides."""
    bodies = (body for slide in deck.slides for body in slide.placeholders.values())
    return "\n".join("".join(run.text for run in paragraph.runs) for body in bodies for paragraph in body)


@pytest.fixture(scope="module")
def series():
    return load(ROOT)


@pytest.fixture(scope="module")
def readings(series):
    return curate(series, series.seminars.values(), ROOT)


@pytest.mark.parametrize("id", ["africa-en", "africa-fr", "asia-pacific-en", "lac-en", "lac-es"])
def test_no_deck_of_the_series_or_of_those_who_speak_of_laws_leaves_the_convention_out(id, series, readings):
    seminar = series.seminars[id]
    view = seminar_view(seminar, readings[id], series, ROOT)
    assert CONVENTION.search(texts(compose("deck", view)))
    of_laws = [turn for turn in turns(seminar) if seminar.segments[turn.segment].segment == "legislation"]
    assert of_laws
    for turn in of_laws:
        assert CONVENTION.search(texts(compose_speaker(turn, view))), turn.folder


def test_a_slide_names_the_language_of_a_work_in_another(series, readings):
    deck = texts(compose("deck", seminar_view(series.seminars["lac-es"], readings["lac-es"], series, ROOT)))
    assert deck.count("Convention on Cybercrime [Convenio sobre la Ciberdelincuencia] [español]") == 1


@pytest.mark.parametrize(
    ("id", "key", "title"),
    [
        ("africa-en", "orji-2015", "“Multilateral legal responses to cyber security in Africa: Any hope for"),
        (
            "lac-es",
            "temperini-macedo-2017",
            "«Nuevas herramientas de investigación penal: el agente encubierto digital»",
        ),
    ],
)
def test_a_slide_names_a_part_of_a_book_by_its_own_title_and_not_by_that_of_the_book(id, key, title, series, readings):
    view = seminar_view(series.seminars[id], readings[id], series, ROOT)
    place = next(
        (i, j) for i, group in enumerate(readings[id].groups) for j, e in enumerate(group.entries) if e.key == key
    )
    segment = view.segments[place[0]]
    entry = segment.entries[place[1]]
    (shown,) = short_work(entry, author=False).runs
    assert shown.text.startswith(title) and not shown.emphasis
    assert "".join(run.text for run in short_work(entry).runs).endswith(shown.text)


def test_works_marked_first_lead_a_list_and_works_in_the_seminars_language_come_before_the_others(series, readings):
    (laws,) = (group for group in readings["lac-es"].groups if group.segment == "legislation")
    first = [entry.key for entry in laws.entries if entry.first]
    assert first == ["coe-ets-185", "tcy-2020-16"] == [entry.key for entry in laws.entries][:2]
    others = [series.references[entry.key].languages for entry in laws.entries if not entry.first]
    assert others == sorted(others, key=lambda languages: "es" not in languages)


def test_the_convention_is_the_first_work_on_laws_in_every_list(readings):
    for reading in readings.values():
        (laws,) = (group for group in reading.groups if group.segment == "legislation")
        assert laws.entries[0].key == "coe-ets-185"


def test_a_work_marked_first_takes_no_place_from_one_in_the_seminars_language(series, readings):
    (concept,) = (group for group in readings["africa-fr"].groups if group.segment == "concept")
    assert "unodc-comprehensive-study-2013" not in [entry.key for entry in concept.entries]
    assert {entry.text_language for entry in concept.entries} == {"fr"}


@pytest.mark.parametrize("id", ["africa-en", "africa-fr", "asia-pacific-en", "lac-en", "lac-es"])
def test_each_segment_has_one_or_two_works_to_start_with_and_a_short_reason_for_each(id, series, readings):
    view = seminar_view(series.seminars[id], readings[id], series, ROOT)
    for segment in view.segments:
        assert 1 <= len(segment.start_with) <= 2
        assert all(0 < len(re.findall(r"\w\S*", entry.why)) <= 25 for entry in segment.start_with)
        assert {*segment.start_with, *segment.others} == {*segment.entries}
        assert 20 <= len(re.findall(r"\w\S*", segment.reading)) <= 40
    body = compose("bibliography", view).body
    lead = re.sub("<[^>]*>", "", re.search(r'<p class="lead">(.*?)</p>', body)[1])
    assert len(lead.split()) <= 45
    assert lead.startswith("28 ") and view.date in lead
    counts = [int(number) for number in re.findall(r"(\d+) (?:in|en) ", lead)]
    assert sum(counts) == 28 or (not counts and "28 works as at" in lead and "all in English" in lead)


def test_the_title_of_a_work_on_a_slide_is_a_link(series, readings):
    deck = compose("deck", seminar_view(series.seminars["africa-fr"], readings["africa-fr"], series, ROOT))
    runs = [run for slide in deck.slides for body in slide.placeholders.values() for each in body for run in each.runs]
    parts = [run.text for run in runs if run.link == "https://undocs.org/fr/A/RES/74/247"]
    assert "".join(parts) == (
        "Lutte contre l’utilisation des technologies de l’information et des communications à des fins criminelles"
    )
    assert all(len(part) <= 34 for part in parts)  # LibreOffice breaks no line within a link


def test_titles_are_links_in_pdf_word_and_page_and_no_symbol_is_parted_at_a_line_end(series, readings):
    document = compose("bibliography", seminar_view(series.seminars["africa-fr"], readings["africa-fr"], series, ROOT))
    pdf, word, page = (write(format, document, series.brand, ROOT / "templates") for format in ("pdf", "docx", "html"))
    expected = "https://undocs.org/fr/A/RES/74/247"
    annotations = [note.get_object() for sheet in PdfReader(BytesIO(pdf)).pages for note in sheet.get("/Annots", [])]
    assert expected in {note["/A"]["/URI"] for note in annotations}
    assert expected in {relation.target_ref for relation in docx.Document(BytesIO(word)).part.rels.values()}
    assert f'<a href="{expected}">' in page.decode()
    lines = [
        line.replace("\u2011", "-")
        for sheet in PdfReader(BytesIO(pdf)).pages
        for line in sheet.extract_text().splitlines()
    ]
    symbols = ("A/RES/74/247", "A/CONF.222/12", "UNODC/CCPCJ/EG.4/2013/2", "T-CY(2016)5")
    assert all(any(symbol in line for line in lines) for symbol in symbols)


def test_the_panel_and_the_sentence_have_styles_of_their_own_in_word(series, readings):
    view = seminar_view(series.seminars["lac-es"], readings["lac-es"], series, ROOT)
    document = compose("bibliography", view)
    file = docx.Document(BytesIO(write("docx", document, series.brand, ROOT / "templates")))
    styles = [paragraph.style.style_id for paragraph in file.paragraphs]
    assert [styles.count(style) for style in ("Reading", "FirstHeading", "FirstEntry", "FirstNote")] == [4, 4, 8, 8]
    notes = [paragraph.text for paragraph in file.paragraphs if paragraph.style.style_id == "FirstNote"]
    assert notes == [entry.why for segment in view.segments for entry in segment.start_with]
