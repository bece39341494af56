"""Every file is in one language, says so, and says of each passage in another which it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

import pytest
from babel.dates import get_day_names, get_month_names
from docx.oxml.ns import qn
from lxml import html
from pypdf import PdfReader

from pipeline.compose import forms
from pipeline.core.sources import Locale, Seminar
from tests.quality import placed, slides, spoken, word_file
from tests.quality.packages import REAL
from tests.quality.page_content import Said

MINUTES = "{minutes} min"  # the symbol of the unit
SHARED = {
    ("en", "es"): {MINUTES, "provisional"},
    ("es", "fr"): {"{count} en {language}", MINUTES},
    ("en", "fr"): {
        "Biographies",
        "Contact",
        "Date",
        "Documents",
        "Format",
        "Participants",
        "Point",
        "Programme",
        "Segment",
        "Questions",
        "{minutes} minutes, {segments} segments",
        MINUTES,
    },
}
OFFICE = {"en-GB": "en-GB", "fr-FR": "fr-FR", "es-419": "es-MX", "ar": "ar-SA"}
"""By the language of a document: its tag in Office, which wants a region."""


def test_word_names_the_language_in_its_defaults_its_theme_and_its_properties(package):
    tag = OFFICE[package.locale.tag]
    side = qn("w:bidi" if package.locale.direction == "rtl" else "w:val")
    for path, _ in package.written("docx"):
        theme = word_file.part(path, "word/settings.xml").find(qn("w:themeFontLang"))
        assert spoken.language_of_word(path) == tag, path.name
        assert theme.get(side) == tag, path.name
        assert word_file.opened(path).core_properties.language == tag, path.name


def test_every_run_of_every_slide_names_its_language(package):
    tag = OFFICE[package.locale.tag]
    for path in package.decks:
        assert slides.opened(path).core_properties.language == tag, path.name
        said = spoken.in_deck(path)
        assert [piece for piece in said if not piece.language] == [], path.name
        assert tag in {piece.language for piece in said}, path.name


def test_a_pdf_names_its_language(package):
    for path, _ in package.written("pdf"):
        # Typst knows no region of three figures: es-419 is es.
        own = (package.locale.tag, package.locale.tag.partition("-")[0])
        assert PdfReader(path).trailer["/Root"]["/Lang"] in own, path.name


def test_a_page_names_its_language_and_its_direction(package):
    for path, _ in package.written("html"):
        page = html.fromstring(path.read_bytes())
        assert (page.get("lang"), page.get("dir")) == (package.locale.tag, package.locale.direction), path.name


def test_a_passage_in_another_language_is_marked_in_every_format(package):
    readers = {"docx": spoken.in_word, "html": spoken.in_page, "pdf": spoken.in_pdf}
    if package.locale.direction == "rtl":
        del readers["pdf"]  # its words cannot be read back: the open fault in test_read_back.py
    for format, reader in readers.items():
        for path, document in package.written(format):
            own = {package.locale.tag, OFFICE[package.locale.tag]}
            if format == "pdf":  # Typst knows no region of three figures: es-419 is es
                own.add(package.locale.tag.partition("-")[0])
            expected = _by_language(spoken.composed(document), own)
            assert _by_language(reader(path), own) == expected, path.name


def test_a_passage_in_another_language_is_marked_on_the_slides(package):
    own = {package.locale.tag, OFFICE[package.locale.tag]}
    for path, deck in package.decks.items():
        assert _by_language(spoken.in_deck(path), own) == _by_language(spoken.composed_deck(deck), own), path.name


def test_no_word_of_another_language_stands_in_a_package(package):
    for name, said in _own_passages(package):
        for other, words in _foreign(package).items():
            assert _found(words, said) == set(), f"{name}: {other}"


def test_two_languages_share_only_the_words_that_they_are_known_to_share(packages):
    """A word that was copied and never translated would pass for a shared one."""
    locales = packages[REAL[0]].series.locales
    for one, other in combinations(sorted(locales), 2):
        same = {word for name, word in locales[one].words.items() if locales[other].words[name] == word}
        known = SHARED.get((one, other), set())
        assert {word for word in same if re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", word))} == known


def test_no_day_month_or_hour_is_written_in_the_english_way_outside_english(package):
    if package.seminar.language == "en":
        pytest.skip("this one is English")
    english = _english(package)
    for name, said in _own_passages(package):
        assert _found(english, said) == set(), name


def test_a_date_is_not_marked_as_being_in_the_language_of_a_title_beside_it(package, open_fault):
    if package.locale.direction == "rtl":
        open_fault("among lines from right to left a foreign work is marked as a whole, so that it runs from the left")
    own = {package.locale.tag, OFFICE[package.locale.tag]}
    months = {*get_month_names(locale=package.locale.tag.replace("-", "_")).values()}
    for path, _ in package.written("html"):
        foreign = " ".join(piece.text for piece in spoken.in_page(path) if piece.language not in own).casefold()
        assert _found(months, foreign) == set(), path.name


def test_the_english_forms_are_found_where_they_are_at_home(packages):
    """The tests above would pass on any text if they looked for the wrong thing."""
    package = packages["africa-en"]
    _, said = next(_own_passages(package))
    day, hours = forms.day(package.seminar.date, package.locale), forms.hours(package.seminar, package.locale)
    assert len(_found({day, hours}, said)) == 2
    assert _found(_phrases(package.locale), said)


# --- what is looked for, and where -----------------------------------------------------------------------------------


def _own_passages(package) -> Iterator[tuple[str, str]]:
    """Yield each file's name and all that it says in the seminar's own language."""
    own = {package.locale.tag, OFFICE[package.locale.tag]}
    readers = {"docx": spoken.in_word, "html": spoken.in_page, "pdf": spoken.in_pdf}
    for format, reader in readers.items():
        for path, _ in package.written(format):
            yield path.name, _joined(reader(path), own)
    for path in package.decks:
        yield path.name, _joined(spoken.in_deck(path), own)


def _joined(said: Iterable[Said], own: set[str]) -> str:
    text = "".join(piece.text if piece.language in own else spoken.BREAK for piece in said)
    return re.sub(r"\s+", " ", text).casefold()


def _by_language(said: Iterable[Said], own: set[str]) -> dict[str, str]:
    """Return the letters said in each language that is not the document's own."""
    found: dict[str, str] = {}
    for piece in said:
        if piece.language not in own and placed.letters(piece.text):
            tag = next((tag for tag, office in OFFICE.items() if office == piece.language), piece.language)
            found[tag] = found.get(tag, "") + placed.letters(piece.text)
    return found


def _foreign(package) -> dict[str, set[str]]:
    """Return the phrases of every other language that the seminar's own does not share with it."""
    own = _phrases(package.locale)
    others = (other for other in package.series.locales.values() if other is not package.locale)
    return {other.tag: _phrases(other) - own for other in others}


def _phrases(locale: Locale) -> set[str]:
    """Return a locale's words; of those with a gap to fill, what stands around it if that is more than one word."""
    found = set()
    for word in locale.words.values():
        pieces = re.split(r"\{\w+\}", word)
        stripped = {piece.strip(" .:,;–-·").casefold() for piece in pieces}
        found |= {s for s in stripped if re.search(r"[^\W\d_]{3}", s) and (len(pieces) == 1 or " " in s)}
    return found


def _english(package) -> set[str]:
    """Return the seminar's day and hours as English writes them, and the names of days and months not shared."""
    english, seminar = package.series.locales["en"], package.seminar
    names = {*get_month_names(locale="en_GB").values(), *get_day_names(locale="en_GB").values()}
    own = package.locale.tag.replace("-", "_")
    shared = {*get_month_names(locale=own).values(), *get_day_names(locale=own).values()}
    clock = _clock(seminar, english) - _clock(seminar, package.locale)
    return (names - shared) | {forms.day(seminar.date, english), "a.m", "p.m"} | clock


def _clock(seminar: Seminar, locale: Locale) -> set[str]:
    times = (forms.hours(seminar, locale), forms.hour(seminar.start, locale), forms.hour(seminar.end, locale))
    return {re.sub(r"\s+", " ", text) for text in times}


def _found(phrases: Iterable[str], text: str) -> set[str]:
    """Return the phrases that stand in the text as whole words."""
    folded = {re.sub(r"\s+", " ", phrase).casefold() for phrase in phrases}
    return {phrase for phrase in folded if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)}
