"""What the copy of a deck leads to: nothing that belongs only to what was removed, and previews in place of objects."""

from __future__ import annotations

import io
import re
import zipfile

from PIL import Image

from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.hostile import HOSTILE
from tests.collect.hostile.case import PPT, SLIDE
from tests.collect.legitimate import LEGITIMATE
from tests.collect.surgery import packed, swapped, unpacked


def copied(deck: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts of the copy of a deck by name."""
    return unpacked(judge(packed(deck)).content)


def test_the_drawing_of_a_diagram_goes_with_the_diagram():
    deck = unpacked(LEGITIMATE["smart-art"].make())
    assert "ppt/diagrams/drawing1.xml" in copied(deck)
    swapped(deck, SLIDE, 'r:lo="rId_lo"', 'r:lo="rIdNone"')
    assert not [name for name in copied(deck) if "diagrams" in name]


def test_a_drawing_that_no_diagram_names_goes():
    deck = unpacked(LEGITIMATE["smart-art"].make())
    swapped(deck, "ppt/diagrams/data1.xml", 'relId="rIdDraw"', 'relId="rIdOther"')
    assert not [name for name in copied(deck) if "drawing1" in name]


def test_a_section_no_longer_lists_a_slide_that_is_left_out():
    deck = unpacked(LEGITIMATE["sections"].make())
    before = re.findall(rb'<p14:sldId id="(\d+)"', deck[PPT])
    swapped(deck, SLIDE, "<p:sld ", '<p:sld show="0" ')
    text = copied(deck)[PPT]
    after, listed = re.findall(rb'<p14:sldId id="(\d+)"', text), re.findall(rb'<p:sldId [^>]*?\bid="(\d+)"', text)
    assert (len(after), after) == (len(before) - 1, listed)


def test_an_object_of_2007_shows_its_preview():
    parts = unpacked(judge(HOSTILE["ole-of-2007-with-drawing"].make()).content)
    pictures = [Image.open(io.BytesIO(content)) for name, content in parts.items() if name.startswith("ppt/media/")]
    assert (9, 90, 9) in {picture.convert("RGB").getpixel((picture.width - 1, 0)) for picture in pictures}


def test_an_object_without_the_id_of_a_shape_has_no_preview_of_2007():
    deck = unpacked(HOSTILE["ole-of-2007-with-drawing"].make())
    swapped(deck, "ppt/slides/slide1.xml", ' spid="_x0000_s1026"', "")
    pictures = [content for name, content in copied(deck).items() if name.startswith("ppt/media/")]
    assert [Image.open(io.BytesIO(each)).mode for each in pictures] == ["L"]  # the grey one


def test_a_copy_compresses_what_gets_smaller_and_tells_nothing_of_the_system():
    archives = [judge(LEGITIMATE["chart"].make()).content, judge(decks.object_deck()).content]
    entries = [entry for content in archives for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()]
    assert {entry.create_system for entry in entries} == {0}
    compressed = {entry.filename.rpartition(".")[2]: entry.compress_type for entry in entries}
    assert compressed == {"xml": zipfile.ZIP_DEFLATED, "rels": zipfile.ZIP_DEFLATED, "png": zipfile.ZIP_STORED}


def test_one_part_cannot_be_two_things():
    deck = decks.parts()
    swapped(deck, "ppt/_rels/presentation.xml.rels", "slides/slide3.xml", "slides/slide2.xml")
    assert [each.code for each in judge(packed(deck)).refusals] == ["broken-deck"]
