"""A kind of document is one row of the table and one template."""

from __future__ import annotations

import re

import pytest

from pipeline.compose import KINDS, Kind, compose, compose_page, seminar_view
from pipeline.core.documents import Artifact, Document
from pipeline.load import load


def artifact(kind: str, format: str) -> Artifact:
    path = f"{kind}.{format}"
    return Artifact(path=path, title=kind, language="en", kind=kind, format=format, size=1, sha256="", fingerprint="")


@pytest.fixture
def view(miniature):
    """A seminar of the miniature series, whose locale has the names of a new kind."""
    series = load(miniature)
    own = series.locales["en"]
    names = {"words": {**own.words, "notice": "Notice"}, "files": {**own.files, "notice": "notice"}}
    locales = {**series.locales, "en": own.model_copy(update=names)}
    (miniature / "templates/kinds/notice.html").write_text("<h1>{{ words.notice }}</h1>\n", encoding="utf-8")
    series = series.model_copy(update={"locales": locales})
    return seminar_view(series.seminars["harbour-en"], None, series, miniature)


def test_a_new_kind_is_one_row_and_one_template(view, monkeypatch):
    monkeypatch.setitem(KINDS, "notice", Kind(id="notice", title="notice", formats=("pdf",), template="notice.html"))
    document = compose("notice", view)
    assert isinstance(document, Document)
    assert document.body == "<h1>Notice</h1>\n"
    assert document.properties.title.startswith("Notice – ")
    assert document.properties.name.endswith("_notice")
    listed = [artifact(kind.id, format) for kind in KINDS.values() for format in kind.formats]
    page = compose_page(view, listed, {}).body
    assert re.search(r'<a [^>]*href="notice.pdf"[^>]*>Notice</a>', page)


def test_documents_carry_only_the_pictures_that_they_place(view):
    for kind in KINDS.values():
        document = compose(kind.id, view)
        if isinstance(document, Document):
            assert all(f'src="{picture.name}"' in document.body for picture in document.pictures)
            assert document.body.count("<img ") >= len(document.pictures)
