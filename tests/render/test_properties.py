"""The properties of Office files, for texts that the libraries refuse."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pptx
import pytest

from pipeline import render
from pipeline.compose import compose, seminar_view
from pipeline.load import load


@pytest.mark.parametrize(
    ("kind", "format", "opened"), [("factsheet", "docx", docx.Document), ("deck", "pptx", pptx.Presentation)]
)
def test_a_title_may_be_long_and_hold_what_xml_forbids(kind, format, opened, miniature):
    series = load(miniature)
    composed = compose(kind, seminar_view(series.seminars["harbour-en"], None, series, miniature))
    long = replace(
        composed, properties=replace(composed.properties, title="\a" + "Harbour " * 40, running_title="\aHarbour")
    )
    content = render.write(format, long, series.brand, miniature / "templates")
    title = opened(BytesIO(content)).core_properties.title
    assert (title[:16], title[-1], len(title)) == ("Harbour Harbour ", "…", 255)
