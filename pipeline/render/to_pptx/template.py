"""Reads `deck.pptx` once: its parts, dressed in the brand and mirrored where needed, and its layouts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.core.sources import Brand
from pipeline.render import ooxml
from pipeline.render.to_pptx.layouts import Layout, Placeholder, layouts

FILE = "deck.pptx"
# What a saved template may hold beside master and layouts: sample slides, a thumbnail, the designer's own settings.
_DROPPED = re.compile(
    r"docProps/|customXml/|ppt/(slides|notesSlides|printerSettings|changesInfos|comments|tags|customXml)/"
    r"|ppt/(revisionInfo|commentAuthors|authors)\.xml|ppt/_rels/presentation\.xml\.rels|_rels/\.rels|\[Content_Types\]\.xml|ppt/presentation\.xml"
)


class TemplateMismatch(ValueError):
    """A deck asks for a layout or a placeholder that the template lacks."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """The parts that go into every deck as they are, the parts that are rewritten, and the layouts by name."""

    path: Path
    parts: Mapping[str, bytes]
    content_types: str
    presentation: str
    relations: str
    table_style: str
    width: int
    layouts: Mapping[str, Layout]

    def layout(self, name: str) -> Layout:
        """Return the layout of this name or raise TemplateMismatch."""
        if name not in self.layouts:
            raise TemplateMismatch(f"{self.path}: no layout `{name}`{_nearest(name, self.layouts)}")
        return self.layouts[name]

    def placeholder(self, layout: str, name: str) -> Placeholder:
        """Return the placeholder of this name on a layout or raise TemplateMismatch."""
        known = self.layout(layout).placeholders
        if name not in known:
            hint = _nearest(name, known)
            raise TemplateMismatch(f"{self.path}: layout `{layout}` has no placeholder `{name}`{hint}")
        return known[name]


def template(templates: Path, brand: Brand | None = None, direction: str = "ltr") -> Template:
    """Return the deck template in `templates`, in the brand's colours and, right to left, with every place mirrored."""
    path = templates / FILE
    state = path.stat()
    look = (tuple(sorted(brand.colours.items())), brand.fonts["office"]) if brand else None
    return _dressed(path, state.st_mtime_ns, state.st_size, look, direction)


def contract(templates: Path, needed: Mapping[str, Collection[str]]) -> list[str]:
    """Return a message for every layout and placeholder of `needed` that the template lacks."""
    return missing(template(templates), needed)


def missing(found: Template, needed: Mapping[str, Collection[str]]) -> list[str]:
    """Return what `contract` returns, for a template that is already read."""
    messages = []
    for layout, names in needed.items():
        try:
            found.layout(layout)
        except TemplateMismatch as mismatch:
            messages.append(str(mismatch))
            continue
        messages += filter(None, (_absent(found, layout, name) for name in names))
    return messages


def _absent(found: Template, layout: str, name: str) -> str:
    try:
        found.placeholder(layout, name)
    except TemplateMismatch as mismatch:
        return str(mismatch)
    return ""


def _nearest(name: str, names: Collection[str]) -> str:
    from difflib import get_close_matches

    folded = {each.casefold(): each for each in names}
    close = get_close_matches(name.casefold(), folded, 1, 0.5)
    return f"; did you mean `{folded[close[0]]}`?" if close else f"; it has {', '.join(f'`{each}`' for each in names)}"


# --- reading ---------------------------------------------------------------------------------------------------------


Look = tuple[tuple[tuple[str, str], ...], str]
"""What is used of a brand, as a key: its colours and its office font."""


@lru_cache(maxsize=16)
def _dressed(path: Path, mtime: int, size: int, look: Look | None, direction: str) -> Template:
    found = _read(path, mtime, size, direction)
    if not look:
        return found
    colours, font = dict(look[0]), look[1]
    themes = [name for name in found.parts if name.startswith("ppt/theme/theme")]
    return replace(found, parts={**found.parts, **{n: ooxml.themed(found.parts[n], colours, font) for n in themes}})


@lru_cache(maxsize=4)
def _read(path: Path, _mtime: int, _size: int, direction: str) -> Template:
    """Return the template in the colours that it was saved with, which have no say in its layouts."""
    parts = ooxml.unzipped(path.read_bytes())
    presentation = parts["ppt/presentation.xml"].decode()
    width = int(re.search(r'<p:sldSz[^>]*\bcx="(\d+)"', presentation)[1])
    if direction == "rtl":
        parts = {name: _mirrored(name, content, width) for name, content in parts.items()}
    kept = _kept(parts)
    return Template(
        path=path,
        parts=kept,
        content_types=parts[ooxml.TYPES].decode(),
        presentation=parts["ppt/presentation.xml"].decode(),
        relations=parts["ppt/_rels/presentation.xml.rels"].decode(),
        table_style=re.search(rb'\bdef="([^"]+)"', parts["ppt/tableStyles.xml"])[1].decode(),
        width=width,
        layouts=layouts(kept),
    )


def _kept(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts that go into every deck; of the pictures only those that master and layouts show."""
    kept = {name: content for name, content in parts.items() if not _DROPPED.match(name)}
    links = b"".join(content for name, content in kept.items() if name.endswith(".rels")).decode()
    return {name: kept[name] for name in kept if not name.startswith("ppt/media/") or name[4:] in links}


def _mirrored(name: str, content: bytes, width: int) -> bytes:
    """Return a part read from right to left: places mirrored on master and layouts, text aligned to the other side."""
    if not re.match(r"ppt/(slideMasters/|slideLayouts/|notesMasters/|presentation)[^_]*\.xml$", name):
        return content
    text = re.sub(r"<a:lvl\dpPr\b[^>]*>", _turned, content.decode())
    if "notes" not in name:
        place = r'(<a:off x=")(-?\d+)(" y="-?\d+"\s*/>\s*<a:ext cx=")([1-9]\d*)"'
        text = re.sub(place, lambda m: f'{m[1]}{width - int(m[2]) - int(m[4])}{m[3]}{m[4]}"', text)
        text = re.sub(r'\b([lr])Ins="', lambda m: f'{"r" if m[1] == "l" else "l"}Ins="', text)
    return text.encode()


def _turned(level: re.Match[str]) -> str:
    swapped = re.sub(r'\balgn="([lr])"', lambda m: f'algn="{"r" if m[1] == "l" else "l"}"', level[0])
    return re.sub(r'\brtl="0"', 'rtl="1"', swapped)
