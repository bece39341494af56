"""Judges a small deck when it is imported, so that a fork server has loaded all that its children need.

Libraries load fonts, formats and tables when they first need them. Each child would do so again, which takes half as
long as judging a deck of twenty slides.
"""

from __future__ import annotations

import gc
from io import BytesIO

from PIL import Image
from pptx import Presentation

from pipeline.collect.judge import judge
from pipeline.collect.large import is_large


def small_deck() -> bytes:
    """Return a deck of one slide with a title, a text, a drawing and a photo with the facts of a camera."""
    deck, out = Presentation(), BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    for placeholder in slide.placeholders:
        placeholder.text_frame.text = "Text"
    facts = Image.Exif()
    facts[0x010F] = "Camera"  # its maker; Pillow loads what it reads TIFF with
    for format_, settings in (("PNG", {}), ("JPEG", {"exif": facts})):
        picture = BytesIO()
        Image.new("RGB", (64, 64)).save(picture, format_, **settings)
        slide.shapes.add_picture(picture, 0, 0)
    deck.save(out)
    return out.getvalue()


_DECK = small_deck()
is_large(BytesIO(_DECK))
judge(_DECK)
gc.collect()
gc.freeze()  # else the collector of each child goes through all that is loaded here, which copies its memory
