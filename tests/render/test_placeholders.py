"""What is read from the layouts of a template."""

from __future__ import annotations

import pptx
import pytest
from pptx.oxml.ns import qn
from pptx.util import Emu

from pipeline.render.to_pptx.placeholders import read_layouts

LAYOUT, TITLE, BODY = "Title and Content", "Title 1", "Content Placeholder 2"


@pytest.fixture
def file():
    """The template that comes with python-pptx."""
    return pptx.Presentation()


def title_style(file):
    return file.slide_master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")


def test_a_placeholder_has_the_style_of_the_master(file):
    placeholders = read_layouts(file)[LAYOUT]
    assert list(placeholders)[:2] == [TITLE, BODY]
    title, body = placeholders[TITLE].style, placeholders[BODY].style
    assert (title.size, title.bullets, title.bold) == (44, False, False)
    assert (body.size, body.bullets, body.margin) == (32, True, 27)
    title_style(file).find(qn("a:defRPr")).set("b", "1")
    assert read_layouts(file)[LAYOUT][TITLE].style.bold


def test_the_room_for_text_is_the_box_without_its_margins(file):
    layout = next(each for each in file.slide_layouts if each.name == LAYOUT)
    for properties in file.slide_master.element.iter(qn("a:bodyPr")):
        for side in ("lIns", "rIns", "tIns", "bIns"):
            properties.attrib.pop(side, None)
    body = read_layouts(file)[LAYOUT][BODY]
    assert body.text_width == pytest.approx(Emu(body.box.width).pt - 2 * 7.2)  # what DrawingML leaves at each side
    assert body.text_height == pytest.approx(Emu(body.box.height).pt - 2 * 3.6)
    shape = next(each for each in layout.placeholders if each.name == BODY)
    shape.text_frame.margin_left, shape.text_frame.margin_top = Emu(127_000), Emu(254_000)
    body = read_layouts(file)[LAYOUT][BODY]
    assert body.text_width == pytest.approx(Emu(body.box.width).pt - 10 - 7.2)
    assert body.text_height == pytest.approx(Emu(body.box.height).pt - 20 - 3.6)


def test_the_style_of_the_layout_comes_before_that_of_the_master(file):
    layout = next(each for each in file.slide_layouts if each.name == LAYOUT)
    shape = next(each for each in layout.placeholders if each.name == BODY)
    level = shape.element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}").makeelement(qn("a:lvl1pPr"), {"marL": "127000"})
    shape.element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}").append(level)
    assert read_layouts(file)[LAYOUT][BODY].style.margin == 10
