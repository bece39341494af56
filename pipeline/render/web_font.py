"""The font of the pages: a part of the brand's font that is small enough to stand in every page."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from pipeline.core.atomic import put
from pipeline.core.fonts import ENDINGS, font_folders
from pipeline.core.template_cache import TemplateCache

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x1EA0, 0x1EFA),
    *map(ord, "ȘșȚț‐‑‒–—―‘’‚“”„†•…‹›€™−≤≥←→⁰ⁱⁿᵉʳᵒʼ\u2009\u202f"),
]
"""The letters of European languages and Vietnamese, and the signs of our texts; the reader's fonts have the others."""
FEATURES = ["ccmp", "kern", "locl", "mark"]


@lru_cache(maxsize=4)
def font_address(family: str, templates: Path) -> str:
    """Return the Latin letters of a variable font as a `data:` address of a WOFF file; empty if it is not at hand.

    They are kept in the user's folder for temporary files, since it takes half a second to cut them out.
    """
    fonts = [path for folder in font_folders(templates) for path in folder.rglob("*") if path.suffix.lower() in ENDINGS]
    made_from = [family, FEATURES, LATIN, sorted((path.name, path.stat().st_size) for path in fonts)]
    digest = sha256(Path(__file__).read_bytes() + repr(made_from).encode()).hexdigest()[:24]
    kept = Path(TemplateCache("font").directory) / f"font-{digest}.woff"
    content = kept.read_bytes() if kept.is_file() else _cut(family, fonts)
    put(kept, content, mode=None, synced=False)
    return f"data:font/woff;base64,{b64encode(content).decode()}" if content else ""


def _cut(family: str, fonts: list[Path]) -> bytes:
    """Return the Latin letters of the upright variable font of this name; empty if there is none."""
    from fontTools.subset import Options, Subsetter  # here: it takes 250 ms to import, and is needed once
    from fontTools.ttLib import TTFont

    for path in fonts:
        if path.suffix.lower() not in (".ttf", ".otf"):
            continue
        with TTFont(path, lazy=True, recalcTimestamp=False) as font:
            if font["name"].getBestFamilyName() != family or "fvar" not in font or font["post"].italicAngle:
                continue
            # The name of the font is left out and its licence kept: what is cut out may not have the name.
            options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 13, 14])
            cutter = Subsetter(options)
            cutter.populate(unicodes=LATIN)
            cutter.subset(font)
            font.flavor, file = "woff", BytesIO()
            font.save(file)
            return file.getvalue()
    return b""
