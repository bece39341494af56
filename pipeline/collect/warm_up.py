"""Judges a small deck when it is imported, so that a fork server has loaded all that its children need.

Libraries load fonts, formats and tables when they first need them. Each child would do so again, which takes half as
long as judging a deck of twenty slides.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from pptx import Presentation

from pipeline.collect.judge import judge


def small_deck() -> bytes:
    """Return a deck of one slide with a title, a text and two pictures."""
    deck, out = Presentation(), BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    for placeholder in slide.placeholders:
        placeholder.text_frame.text = "Text"
    for format_ in ("PNG", "JPEG"):
        picture = BytesIO()
        Image.new("RGB", (64, 64)).save(picture, format_)
        slide.shapes.add_picture(picture, 0, 0)
    deck.save(out)
    return out.getvalue()


judge(small_deck())
