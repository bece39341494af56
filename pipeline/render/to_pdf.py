"""Writer: a document becomes a tagged PDF (PDF/UA-1). The data goes as JSON into one fixed Typst template."""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image
from typst import Compiler, Fonts, TypstError

from pipeline.core.documents import Document, Picture
from pipeline.core.fonts import font_folders, supplied_fonts
from pipeline.core.problems import ToolError
from pipeline.core.sources import Brand
from pipeline.render import emblem
from pipeline.render.vocabulary import UnknownWord, tree, word

INLINE = {"a", "br", "em", "img", "span", "strong"}

_SPACE = re.compile(r"[ \t\r\n\f]+")  # the white space that HTML folds; no-break spaces are not part of it
_UNDRAWN = re.compile("the PDF template cannot draw <([^>]+)>")  # what the template itself says
_of_thread = threading.local()


def write(document: Document, brand: Brand, templates: Path) -> bytes:
    """Return the PDF; raise `ToolError` with Typst's message if it refuses the document or gives a warning."""
    paths = {picture.name: f"picture-{number}.svg" for number, picture in enumerate(document.pictures)}
    files: Any = {  # all files that the compiler can read; its type hints do not include files in memory
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
        if undrawn := _UNDRAWN.search(error.message):
            raise UnknownWord(f"the PDF template cannot draw `{undrawn[1]}`") from error
        raise ToolError(f"typst, {document.properties.name}: {error.message}") from error
    if warnings:  # a missing font or a layout that does not converge: the PDF would look wrong
        raise ToolError(f"typst, {document.properties.name}: " + "; ".join(warning.message for warning in warnings))
    assert isinstance(content, bytes)
    return content


# --- compiler and fonts ----------------------------------------------------------------------------------------------


def _compiler(templates: Path) -> Compiler:
    """Return the compiler; it keeps the results of layout, so the next document takes less time.

    Its root is a file, so that it can read no other file on the disk.
    """
    book = fonts(templates)
    if getattr(_of_thread, "fonts", None) is not book:
        _of_thread.fonts = book
        _of_thread.compiler = Compiler(root=templates / "document.typ", font_paths=book)
    compiler: Compiler = _of_thread.compiler
    return compiler


def fonts(templates: Path) -> Fonts:
    """Return the fonts for PDFs: the installed font packages and `templates/fonts`, but no fonts of the system.

    If the fonts of the style lack a character, Typst uses the first of these fonts that has it.
    """
    return _fonts(templates, tuple((path, path.stat().st_mtime_ns) for path in supplied_fonts(templates)))


@lru_cache(maxsize=4)  # reading the fonts takes as long as a PDF
def _fonts(templates: Path, supplied: tuple[tuple[Path, int], ...]) -> Fonts:
    """Return the fonts; `supplied` is part of the cache key, so that a font that is added later is found."""
    paths = [str(path) for path in font_folders(templates)]
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


# --- the data for the template ---------------------------------------------------------------------------------------


def _vector(picture: Picture) -> bytes:
    """Return the picture as SVG: the compiler accepts files in memory only as text, so a bitmap is put into an SVG."""
    if _labels(picture):
        drawing = _parsed(picture.content)
        for text in list(drawing.iter("{*}text")):
            drawing.remove(text)
        without: bytes = etree.tostring(drawing)
        return without
    if picture.media_type == "image/svg+xml":
        return picture.content
    with Image.open(BytesIO(picture.content)) as image:
        width, height = map(str, image.size)
    address = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
    root = etree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}")
    etree.SubElement(root, "image", width=width, height=height, href=address)
    content: bytes = etree.tostring(root)
    return content


def _labels(picture: Picture) -> list[dict[str, Any]]:
    """Return the texts of an SVG picture as shares of its width and height.

    The template sets them as text of the document: inside a picture, Typst writes letters that join, as in Arabic,
    without the characters that PDF/UA asks for.
    """
    if picture.media_type != "image/svg+xml" or b"<text" not in picture.content:
        return []
    root = _parsed(picture.content)
    _, _, width, height = map(float, root.get("viewBox", "0 0 1 1").split())
    return [
        {
            "text": text.text or "",
            "anchor": text.get("text-anchor", "start"),
            "x": float(text.get("x", "0")) / width,
            "y": float(text.get("y", "0")) / height,
            "size": float(text.get("font-size", "0")) / height,
        }
        for text in root.iter("{*}text")
    ]


def _parsed(svg: bytes) -> etree._Element:
    return etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))


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
        "labels": {picture.name: labels for picture in document.pictures if (labels := _labels(picture))},
        "body": _children(tree(document)),
    }


def _children(element: etree._Element) -> list[Any]:
    """Return the texts and elements inside an element, with white space folded as HTML folds it.

    Blocks have no white space at their edges.
    """
    nodes: list[Any] = [element.text or ""]
    for child in element:
        attributes = {str(name): value for name, value in child.attrib.items() if name != "class"}
        nodes += [{**attributes, "word": word(child), "children": _children(child)}, child.tail or ""]
    for number in range(0, len(nodes), 2):
        text = _SPACE.sub(" ", nodes[number])
        text = text.lstrip(" ") if _is_edge(nodes, number - 1, element) else text
        nodes[number] = text.rstrip(" ") if _is_edge(nodes, number + 1, element) else text
    return [node for node in nodes if node != ""]


def _is_edge(nodes: list[Any], number: int, parent: etree._Element) -> bool:
    """Return whether a text next to this node is at the edge of a block: the node itself, or the parent at its ends."""
    neighbour = nodes[number]["word"].split(".")[0] if 0 <= number < len(nodes) else parent.tag
    return neighbour not in INLINE
