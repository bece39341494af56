"""Estimates how much memory the judging of a file takes, so that no two large ones are judged at the same time."""

from __future__ import annotations

from io import BytesIO
from mmap import mmap

from PIL import Image

from pipeline.collect import container, limits
from pipeline.collect.pictures import kind_of
from pipeline.collect.verdict import Refused

HEAD = 64 * 1024
"""The first bytes of a part, in which a picture tells its size."""

_POINT = 4  # bytes of a decoded point
_TAG, _ATTRIBUTE = 350, 220  # bytes of an element and of an attribute in a tree
_SHORTEST_TAG, _SHORTEST_ATTRIBUTE = 4, 5  # bytes of `<a/>` and ` a=""`
_TREES = (".xml", ".rels", ".vml")
PACKED = ("PNG", "JPEG")
"""Pictures that are about as large when they are written again."""


def weight(content: mmap | bytes) -> int:
    """Return how many bytes of memory a file takes at most to be judged, beside itself; 0 if it is refused at once."""
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
            points, grown = _picture(package.head(part, HEAD))
            largest = max(largest, 2 * size + 2 * _POINT * points)
            kept += _POINT * points if grown else size
    return largest + 2 * min(kept, limits.KEPT_BYTES)


def _tree(size: int) -> int:
    """Return what the tree of a part may take: its text, its elements and attributes, none more than is allowed."""
    tags, attributes = min(size // _SHORTEST_TAG, limits.TAGS), min(size // _SHORTEST_ATTRIBUTE, limits.ATTRIBUTES)
    return 3 * min(size, limits.XML_BYTES) + max(tags * _TAG, attributes * _ATTRIBUTE)


def _picture(head: bytes) -> tuple[int, bool]:
    """Return how many points a part has as a picture, at most as many as are allowed, and whether it may grow."""
    kind = kind_of(head)
    if not kind:
        return 0, False
    try:
        with Image.open(BytesIO(head), formats=(kind,)) as image:
            points = image.size[0] * image.size[1]
    except Exception:  # it is broken, or tells its size further on
        points = limits.PIXELS
    return min(points, limits.PIXELS), kind not in PACKED
