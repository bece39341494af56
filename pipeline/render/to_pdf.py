"""Writer: a document becomes a tagged PDF (PDF/UA-1), drawn by the one Typst template from data alone."""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.documents import Document, Picture
from pipeline.core.problems import ToolError
from pipeline.core.sources import Brand
from pipeline.render import emblem
from pipeline.render.vocabulary import tree

if TYPE_CHECKING:
    from lxml import etree
    from typst import Compiler, Fonts

FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
PIXELS = {"image/png", "image/jpeg"}
INLINE = {"a", "em", "img", "span", "strong"}
_SPACE = re.compile(r"[ \t\r\n\f]+")  # what HTML folds: never the no-break spaces
_SYMBOL = re.compile(r"(?<!\S)(?=\S*\d)[^\s:/]+(?:/[^\s:/]*)+(?!\S)")  # A/CONF.222/12
_HEAD = re.compile(r"https?://[^/\s]+/?")
LONGEST_WHOLE = 30
"""Letters up to which a symbol, or a part of an address, stays on one line."""
_local = threading.local()


def write(document: Document, brand: Brand, templates: Path) -> bytes:
    """Return the PDF; raise `ToolError` with Typst's own words where it refuses or warns."""
    from typst import TypstError

    files = _files(document, brand, templates)
    day = document.properties.date
    try:
        content, warnings = _compiler(templates).compile_with_warnings(
            input=files, format="pdf", pdf_standards=["ua-1"], timestamp=_midnight(day.toordinal())
        )
    except TypstError as error:
        raise ToolError(f"typst, {document.properties.name}: {error.message}") from error
    if warnings:  # a font that is not there, a layout that does not settle: never a lesser file in silence
        raise ToolError(f"typst, {document.properties.name}: " + "; ".join(warning.message for warning in warnings))
    assert isinstance(content, bytes)
    return content


def _midnight(ordinal: int) -> int:
    return (ordinal - 719_163) * 86_400  # 719163 is 1 January 1970: no time zone has a say


def _compiler(templates: Path) -> Compiler:
    """Return this thread's compiler; its root is a file, so nothing on the disk can be read beside what is given."""
    from typst import Compiler

    compilers: dict[Fonts, Compiler] = _local.__dict__.setdefault("compilers", {})
    book = fonts(templates)
    if book not in compilers:
        compilers[book] = Compiler(root=templates / "document.typ", font_paths=book)
    return compilers[book]


def fonts(templates: Path) -> Fonts:
    """Return the fonts that every PDF may use: the installed ones and those of `templates/fonts`, no others.

    Where the fonts of the style lack a letter, Typst takes the first of these that has it.
    """
    return _fonts(templates, tuple((path, path.stat().st_mtime_ns) for path in supplied_fonts(templates)))


@lru_cache(maxsize=4)
def _fonts(templates: Path, supplied: tuple[tuple[Path, int], ...]) -> Fonts:
    """Return the fonts as `supplied` says they are: one that is added while the program runs counts at once."""
    from typst import Fonts

    spec = find_spec("fontpkg")  # the `fontpkg-*` wheels are found, not imported
    installed = Path(spec.origin).parents[1] if spec and spec.origin else Path()
    folders = [*sorted(installed.glob("fontpkg_*/files")), *([templates / "fonts"] if supplied else [])]
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path) for path in folders])


def supplied_fonts(templates: Path) -> list[Path]:
    """Return the font files that the user has put into `templates/fonts`."""
    return sorted(path for path in (templates / "fonts").rglob("*") if path.suffix.lower() in FONT_ENDINGS)


def font_files(templates: Path) -> list[Path]:
    """Return the files of all fonts that Typst could read; a supplied one that is missing here it could not."""
    return sorted({Path(font.path) for font in fonts(templates).fonts() if font.path})


def _files(document: Document, brand: Brand, templates: Path) -> dict[str, bytes]:
    """Return all that the compiler sees, by path: the template, the data, the emblem and the pictures."""
    paths = {picture.name: f"picture-{i}.svg" for i, picture in enumerate(document.pictures)}
    return {
        "main.typ": _template(templates),
        "document.json": json.dumps(_data(document, brand, paths), ensure_ascii=False).encode(),
        "emblem.svg": emblem.svg().encode(),
        **{paths[picture.name]: _drawing(picture) for picture in document.pictures},
    }


def _drawing(picture: Picture) -> bytes:
    """Return the picture as SVG: the compiler takes files of text only, so pixels travel inside one."""
    if picture.media_type == "image/svg+xml":
        return picture.content
    if picture.media_type not in PIXELS:
        raise ValueError(f"picture `{picture.name}`: {picture.media_type} cannot be placed in a PDF")
    from PIL import Image

    with Image.open(BytesIO(picture.content)) as image:
        width, height = image.size
    address = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{address}"/></svg>'
    ).encode()


@lru_cache(maxsize=4)
def _template(templates: Path) -> bytes:
    return (templates / "document.typ").read_bytes()


def _data(document: Document, brand: Brand, paths: dict[str, str]) -> dict[str, Any]:
    about = document.properties
    fonts = [brand.fonts.get(about.language.split("-")[0]), brand.fonts["screen"]]
    return {
        "properties": {
            name: getattr(about, name)
            for name in ("title", "publisher", "subject", "language", "direction", "running_title")
        },
        "keywords": [about.subject, about.seminar],
        "date": [about.date.year, about.date.month, about.date.day],
        "fonts": [font for font in fonts if font],
        "brand": {"colours": dict(brand.colours), "page": dict(brand.page), "logo_height": brand.logo_height},
        "emblem_height": brand.logo_height * (1 + 2 * emblem.BORDER / emblem.HEIGHT),  # the border stands outside
        "pictures": paths,
        "body": _children(tree(document)),
    }


def _children(element: etree._Element, *, entry: bool = False) -> list[Any]:
    """Return the nodes inside an element, white space folded as HTML folds it and gone at the edges of blocks."""
    nodes: list[Any] = [element.text or ""]
    for child in element:
        nodes += [_node(child, entry=entry), child.tail or ""]
    block = element.tag not in INLINE
    for i in range(0, len(nodes), 2):
        words = _SPACE.sub(" ", nodes[i])
        words = words.lstrip(" ") if _edge(nodes, i - 1, block) else words
        nodes[i] = words.rstrip(" ") if _edge(nodes, i + 1, block) else words
    if entry:
        nodes = [part for node in nodes for part in (_whole(node) if isinstance(node, str) else (node,))]
    return [node for node in nodes if node != ""]


def _whole(text: str) -> list[Any]:
    """Return the text of a work in nodes: symbols and the heads of addresses do not part at the end of a line."""
    if "/" not in text:
        return [text]
    head = _HEAD.match(text)
    if head and all(len(part) <= LONGEST_WHOLE for part in re.split("[/-]", text)):  # else it may break anywhere
        return [_unbroken(head), text[head.end() :]]
    nodes, end = [], 0
    for found in _SYMBOL.finditer(text):
        if len(found[0]) <= LONGEST_WHOLE:
            nodes += [text[end : found.start()], _unbroken(found)]
            end = found.end()
    return [*nodes, text[end:]]


def _unbroken(found: re.Match[str]) -> dict[str, Any]:
    return {"word": "span.whole", "children": [found[0]]}


def _edge(nodes: list[Any], i: int, block: bool) -> bool:
    if not 0 <= i < len(nodes):
        return block
    return nodes[i]["word"].split(".")[0] not in INLINE


def _node(element: etree._Element, *, entry: bool = False) -> dict[str, Any]:
    attributes = {str(name): value for name, value in element.attrib.items() if name != "class"}
    word = ".".join([str(element.tag), *element.get("class", "").split()])
    return {**attributes, "word": word, "children": _children(element, entry=entry or word == "li.entry")}
