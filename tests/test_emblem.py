"""The EU emblem against its published geometry."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from math import dist, isclose, radians, sin

from PIL import Image

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


def test_the_bitmap_has_the_official_colours_and_proportion():
    image = Image.open(BytesIO(emblem.png(border=False, height=180))).convert("RGB")
    assert image.size == (270, 180)
    assert image.getpixel((5, 5)) == (0x00, 0x33, 0x99)
    assert image.getpixel((135, 30)) == (0xFF, 0xCC, 0x00)  # the middle of the uppermost star


def test_the_border_is_a_twenty_fifth_of_the_height():
    assert isclose(emblem.BORDER, emblem.HEIGHT / 25)
    assert f'viewBox="-{emblem.BORDER:g} -{emblem.BORDER:g}' in emblem.svg(border=True)
