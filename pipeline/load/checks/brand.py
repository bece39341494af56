"""What the brand must have besides valid values: every colour, font and length that the writers take from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.core.problems import listed, quoted

if TYPE_CHECKING:
    from pipeline.core.sources import Brand
    from pipeline.load.files import Sources

PATH = "templates/brand.yaml"
NEEDED = {
    "colours": ("primary", "accent", "ink", "muted", "panel", "rule", "paper"),
    "fonts": ("screen", "office"),
    "page": ("width", "height", "top", "right", "bottom", "left"),
}
"""What the writers take from the brand, by key."""

LOWEST_LOGO = 10
"""Millimetres: the European Union's rule for its emblem."""


def check_brand(brand: Brand, sources: Sources) -> None:
    """Note what is wrong in the brand."""
    for group, names in NEEDED.items():
        given = getattr(brand, group)
        missing = [name for name in names if given is not None and name not in given]
        if missing:
            fix = f"write {', '.join(f'`{name}: …`' for name in missing)} below it"
            sources.note(PATH, (group,), f"`{group}` has no {listed(missing)}", fix)
    for name, colour in (brand.colours or {}).items():
        if colour and not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
            message = f"`{name}` cannot be {quoted(colour)}"
            sources.note(PATH, ("colours", name), message, 'write six hex digits in quotes, like "003399"')
    if brand.logo_height is not None and brand.logo_height < LOWEST_LOGO:
        message = f"`logo_height` cannot be {brand.logo_height:g}"
        sources.note(PATH, ("logo_height",), message, f"the emblem must be {LOWEST_LOGO} millimetres high at least")
