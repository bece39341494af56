"""Makes `templates/land.txt`, the land of the maps, from Natural Earth: `python -m tests.land land-110m.json`.

The file `land-110m.json` is in version 2.0.2 of the npm package `world-atlas`: Natural Earth's land at 1:110 million as
TopoJSON. Natural Earth is in the public domain (https://www.naturalearthdata.com/about/terms-of-use/).
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate
from pathlib import Path

from PIL import Image, ImageDraw

FILE = Path(__file__).parents[1] / "templates/land.txt"
HEAD = """\
# The land of the Earth in cells of one degree, for the maps of the covers. It has no borders.
# 180 rows from north to south; in each row 360 cells from 180° west to the east, four in each hexadecimal digit.
# Made from Natural Earth's 1:110m land (public domain) by `python -m tests.land`.
"""
FINER = 8
"""Points to each side of a cell: a cell is land if half of its points are."""


def rings(topology: dict) -> list[list[tuple[float, float]]]:
    """Return the outlines of a topology in degrees; later ones may be holes in earlier ones."""
    (scale_x, scale_y), (x, y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        steps = accumulate(arc, lambda one, two: [one[0] + two[0], one[1] + two[1]])
        arcs.append([(scale_x * a + x, scale_y * b + y) for a, b in steps])
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = [point for id in ring for point in (arcs[id] if id >= 0 else arcs[~id][::-1])]
                found.append(points)
    return found


def main(source: Path) -> None:
    """Write the file from the TopoJSON at `source`."""
    image = Image.new("L", (360 * FINER, 180 * FINER))
    draw = ImageDraw.Draw(image)
    holes = []
    for ring in rings(json.loads(source.read_text(encoding="utf-8"))):
        points = [((x + 180) * FINER, (90 - y) * FINER) for x, y in ring]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))
        if area < 0:  # seas like the Caspian run the other way round
            holes.append(points)
        else:
            draw.polygon(points, fill=255)
    for points in holes:
        draw.polygon(points, fill=0)
    cells = image.resize((360, 180), Image.Resampling.BOX)
    rows = []
    for row in range(180):
        bits = "".join("1" if cells.getpixel((column, row)) >= 128 else "0" for column in range(360))
        rows.append(f"{int(bits, 2):090x}")
    FILE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
