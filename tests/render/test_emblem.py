"""The EU emblem against its published geometry."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from math import dist, isclose, radians, sin

import typst
from PIL import Image, ImageChops

from pipeline.render import emblem


def test_there_are_twelve_upright_stars_of_ten_vertices():
    stars = emblem.stars()
    assert len(stars) == 12
    assert sum(map(len, stars)) == 120
    for star in stars:
        centre_y = (max(y for _, y in star) + min(y for _, y in star)) / 2
        assert min(y for _, y in star) < centre_y


def test_the_centres_lie_on_a_circle_of_a_third_of_the_height_at_equal_distances():
    centres = [(x, y + 1) for (x, y), *_ in emblem.stars()]  # the first vertex is the upper point, one unit above
    assert all(isclose(dist(centre, (13.5, 9)), 6) for centre in centres)
    steps = [dist(a, b) for a, b in pairwise([*centres, centres[0]])]
    assert all(isclose(step, 12 * sin(radians(15))) for step in steps)
    assert min(steps) > 2  # the points do not touch


def test_the_stars_stay_within_the_published_bounds():
    points = [point for star in emblem.stars() for point in star]
    assert min(y for _, y in points) >= 2 - 1e-9
    assert max(y for _, y in points) <= 16
    assert min(x for x, _ in points) >= 6.5 - 1e-9
    assert max(x for x, _ in points) <= 20.5 + 1e-9


def test_the_bitmap_is_what_the_drawing_gives(golden):
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("emblem.svg", height: 180pt)'
    files = {"main.typ": page, "emblem.svg": emblem.SVG}
    drawn = typst.compile(files, format="png", ppi=72.0, ignore_system_fonts=True)
    if golden:
        emblem.BITMAP.write_bytes(drawn)
    with Image.open(BytesIO(drawn)) as one, Image.open(BytesIO(emblem.BITMAP.read_bytes())) as other:
        assert one.size == other.size
        difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
        assert max(high for _, high in difference.getextrema()) <= 8  # another release may smooth edges otherwise


def test_the_bitmap_has_the_official_colours():
    image = Image.open(BytesIO(emblem.BITMAP.read_bytes())).convert("RGB")
    scale = image.height / (emblem.HEIGHT + 2 * emblem.BORDER)
    assert isclose(image.width / image.height, (27 + 1.44) / (18 + 1.44), rel_tol=0.01)
    assert image.getpixel((1, 1)) == (0xFF, 0xFF, 0xFF)
    assert image.getpixel((round(2 * scale), round(2 * scale))) == (0x00, 0x33, 0x99)
    star = (round((13.5 + emblem.BORDER) * scale), round((3 + emblem.BORDER) * scale))  # the middle of the uppermost
    assert image.getpixel(star) == (0xFF, 0xCC, 0x00)


def test_the_border_is_a_twenty_fifth_of_the_height():
    assert isclose(emblem.BORDER, emblem.HEIGHT / 25)
    assert f'viewBox="-{emblem.BORDER:g} -{emblem.BORDER:g}' in emblem.SVG.decode()
