"""Estimates how much memory a file takes to be judged, so that no two large ones are judged at the same time."""

from __future__ import annotations

from io import BytesIO
from mmap import mmap

from PIL import Image

from pipeline.collect import container, limits
from pipeline.collect.findings import Refused
from pipeline.collect.pictures import kind_of

HEAD = 64 * 1024
"""The number of first bytes of a part, in which a picture gives its size."""

_PIXEL = 4  # bytes of a decoded pixel
_TAG, _ATTRIBUTE = 350, 220  # bytes of an element and of an attribute in a tree
_SHORTEST_TAG, _SHORTEST_ATTRIBUTE = 4, 5  # bytes of `<a/>` and ` a=""`
_TREES = (".xml", ".rels", ".vml")
PACKED = ("PNG", "JPEG")
"""Formats that are about as large when they are encoded again."""


def weight(content: mmap | bytes) -> int:
    """Return how many bytes of memory a file takes at most, besides itself; 0 if it is refused at once."""
    try:
        package = container.opened(content)
    except Refused:
        return 0
    largest = kept = 0
    for part in package:
        size = package.size(part)
        if part.casefold().endswith(_TREES):
            largest, kept = max(largest, _tree(size)), kept + size
        else:
            pixels, grown = _picture(package.head(part, HEAD))
            largest = max(largest, 2 * size + 2 * _PIXEL * pixels)
            kept += _PIXEL * pixels if grown else size
    return largest + 2 * min(kept, limits.KEPT_BYTES)


def _tree(size: int) -> int:
    """Return how many bytes the tree of a part may take: its text, elements and attributes, within the limits."""
    tags, attributes = min(size // _SHORTEST_TAG, limits.TAGS), min(size // _SHORTEST_ATTRIBUTE, limits.ATTRIBUTES)
    return 3 * min(size, limits.XML_BYTES) + max(tags * _TAG, attributes * _ATTRIBUTE)


def _picture(head: bytes) -> tuple[int, bool]:
    """Return how many pixels a part has as a picture, within the limit, and whether it may become larger."""
    kind = kind_of(head)
    if not kind:
        return 0, False
    try:
        with Image.open(BytesIO(head), formats=(kind,)) as image:
            pixels = image.size[0] * image.size[1]
    except Exception:  # it is damaged, or gives its size later
        pixels = limits.PIXELS
    return min(pixels, limits.PIXELS), kind not in PACKED
