"""Writer: a document becomes a tagged PDF (PDF/UA-1). The data goes as JSON into one fixed Typst template."""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image
from typst import Compiler, Fonts, TypstError

from pipeline.core.documents import Document, Picture
from pipeline.core.problems import ToolError
from pipeline.core.sources import Brand
from pipeline.render import emblem
from pipeline.render.vocabulary import tree, word

FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
INLINE = {"a", "em", "img", "span", "strong"}
LONGEST_UNBROKEN = 30
"""Characters up to which the symbol of a document, or a part of an address, stays on one line."""

_SPACE = re.compile(r"[ \t\r\n\f]+")  # the white space that HTML folds: no-break spaces are none
_SYMBOL = re.compile(r"(?<!\S)(?=\S*\d)[^\s:/]+(?:/[^\s:/]*)+(?!\S)")  # A/CONF.222/12
_HOST = re.compile(r"https?://[^/\s]+/?")
_of_thread = threading.local()


def write(document: Document, brand: Brand, templates: Path) -> bytes:
    """Return the PDF; raise `ToolError` with Typst's own words where it refuses the document or warns."""
    paths = {picture.name: f"picture-{number}.svg" for number, picture in enumerate(document.pictures)}
    files: Any = {  # all that the compiler can read; files in memory are an input that its type hints leave out
        "main.typ": (templates / "document.typ").read_bytes(),
        "document.json": json.dumps(_values(document, brand, paths), ensure_ascii=False).encode(),
        "emblem.svg": emblem.SVG,
        **{paths[picture.name]: _vector(picture) for picture in document.pictures},
    }
    midnight = int(datetime.combine(document.properties.date, time(), UTC).timestamp())
    try:
        content, warnings = _compiler(templates).compile_with_warnings(
            input=files, format="pdf", pdf_standards=["ua-1"], timestamp=midnight
        )
    except TypstError as error:
        raise ToolError(f"typst, {document.properties.name}: {error.message}") from error
    if warnings:  # a missing font or a layout that does not settle: the PDF would look wrong
        raise ToolError(f"typst, {document.properties.name}: " + "; ".join(warning.message for warning in warnings))
    assert isinstance(content, bytes)
    return content


# --- compiler and fonts ----------------------------------------------------------------------------------------------


def _compiler(templates: Path) -> Compiler:
    """Return the compiler of this thread; it keeps what it has laid out, so the next document takes less time.

    Its root is a file: it can read nothing on the disk.
    """
    book = fonts(templates)
    if getattr(_of_thread, "fonts", None) is not book:
        _of_thread.fonts = book
        _of_thread.compiler = Compiler(root=templates / "document.typ", font_paths=book)
    compiler: Compiler = _of_thread.compiler
    return compiler


def fonts(templates: Path) -> Fonts:
    """Return the fonts of every PDF: the installed font packages and `templates/fonts`, but no fonts of the machine.

    Where the fonts of the style lack a character, Typst takes the first of these that has it.
    """
    return _fonts(templates, tuple((path, path.stat().st_mtime_ns) for path in supplied_fonts(templates)))


@lru_cache(maxsize=4)  # reading the fonts takes as long as a PDF
def _fonts(templates: Path, supplied: tuple[tuple[Path, int], ...]) -> Fonts:
    """Return the fonts; `supplied` is part of the key, so that a font which is added while the program runs counts."""
    spec = find_spec("fontpkg")  # the `fontpkg-*` packages are not imported: only their files are used
    installed = Path(spec.origin).parents[1] if spec and spec.origin else Path()
    folders = [*sorted(installed.glob("fontpkg_*/files")), *([templates / "fonts"] if supplied else [])]
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path) for path in folders])


def supplied_fonts(templates: Path) -> list[Path]:
    """Return the font files that the user has put into `templates/fonts`."""
    return sorted(path for path in (templates / "fonts").rglob("*") if path.suffix.lower() in FONT_ENDINGS)


def font_files(templates: Path) -> list[Path]:
    """Return the files of the fonts that Typst can read; a supplied font that is not among them is broken."""
    return sorted({Path(font.path) for font in fonts(templates).fonts() if font.path})


# --- what the template gets ------------------------------------------------------------------------------------------


def _vector(picture: Picture) -> bytes:
    """Return the picture as SVG: the compiler takes files in memory only as text, so pixels travel inside one."""
    if picture.media_type == "image/svg+xml":
        return picture.content
    with Image.open(BytesIO(picture.content)) as image:
        width, height = map(str, image.size)
    address = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
    root = etree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}")
    etree.SubElement(root, "image", width=width, height=height, href=address)
    content: bytes = etree.tostring(root)
    return content


def _values(document: Document, brand: Brand, paths: dict[str, str]) -> dict[str, Any]:
    about = document.properties
    typefaces = [brand.fonts.get(about.language.split("-")[0]), brand.fonts["screen"]]
    return {
        "properties": {
            name: getattr(about, name)
            for name in ("title", "publisher", "subject", "language", "direction", "running_title")
        },
        "keywords": [about.subject, about.seminar],
        "date": [about.date.year, about.date.month, about.date.day],
        "fonts": [font for font in typefaces if font],
        "brand": {"colours": dict(brand.colours), "page": dict(brand.page), "logo_height": brand.logo_height},
        "emblem_height": brand.logo_height
        * (1 + 2 * emblem.BORDER / emblem.HEIGHT),  # the border is outside the height
        "pictures": paths,
        "body": _children(tree(document), unbroken=False),
    }


def _children(element: etree._Element, *, unbroken: bool) -> list[Any]:
    """Return the texts and elements inside an element, with white space folded as HTML folds it.

    There is none at the edges of blocks. With `unbroken`, symbols of documents do not break at the end of a line.
    """
    nodes: list[Any] = [element.text or ""]
    for child in element:
        attributes = {str(name): value for name, value in child.attrib.items() if name != "class"}
        children = _children(child, unbroken=unbroken or word(child) == "li.entry")
        nodes += [{**attributes, "word": word(child), "children": children}, child.tail or ""]
    for number in range(0, len(nodes), 2):
        text = _SPACE.sub(" ", nodes[number])
        text = text.lstrip(" ") if _is_edge(nodes, number - 1, element) else text
        nodes[number] = text.rstrip(" ") if _is_edge(nodes, number + 1, element) else text
    if unbroken:
        nodes = [part for node in nodes for part in (_unbroken(node) if isinstance(node, str) else [node])]
    return [node for node in nodes if node != ""]


def _is_edge(nodes: list[Any], number: int, parent: etree._Element) -> bool:
    """Return whether a text next to this node is at the edge of a block: the node itself, or the parent at its ends."""
    neighbour = nodes[number]["word"].split(".")[0] if 0 <= number < len(nodes) else parent.tag
    return neighbour not in INLINE


def _unbroken(text: str) -> list[Any]:
    """Return the text of a reference in nodes, with symbols and the host of an address as nodes that do not break."""
    host = _HOST.match(text)
    if host and all(len(part) <= LONGEST_UNBROKEN for part in re.split("[/-]", text)):  # else it may break anywhere
        found = [host]
    else:
        found = [symbol for symbol in _SYMBOL.finditer(text) if len(symbol[0]) <= LONGEST_UNBROKEN]
    nodes: list[Any] = []
    end = 0
    for each in found:
        nodes += [text[end : each.start()], {"word": "span.unbroken", "children": [each[0]]}]
        end = each.end()
    return [*nodes, text[end:]]
