"""One page of a PDF, operator by operator: what it says under each mark, and in which colours it sets text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream


class Said(NamedTuple):
    """Text as it is read out; `language` is empty where nothing but the elements around it tells."""

    text: str
    language: str = ""


@dataclass(kw_only=True)
class Page:
    """A page while it is read and after.

    `marks` is what is said by the number of the marked content it stands in, None being what nobody marked; what is
    marked as no part of the document (an artifact) is left out there, but not from the colours of the text.
    """

    marks: dict[int | None, list[Said]] = field(default_factory=dict)
    colours: set[str] = field(default_factory=set)
    fonts: dict[str, dict[bytes, str]] = field(default_factory=dict)
    font: dict[bytes, str] = field(default_factory=dict)
    open: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    replaced: set[int] = field(default_factory=set)
    colour: str = "000000"
    kept: list[str] = field(default_factory=list)

    def inner(self, name: str) -> Any:
        """Return a property of the innermost open mark that has it."""
        return next((values[name] for _, values in reversed(self.open) if name in values), None)


@lru_cache(maxsize=64)
def pages(path: Path) -> dict[int, Page]:
    """Return the pages of a PDF by the numbers of their objects, in order."""
    reader = PdfReader(path)
    return {page.indirect_reference.idnum: _page(page, reader) for page in reader.pages}


def _page(source: Any, reader: PdfReader) -> Page:
    fonts = source["/Resources"].get("/Font", {})
    page = Page(fonts={name: _characters(font.get_object()) for name, font in fonts.items()})
    for operands, operator in ContentStream(source["/Contents"].get_object(), reader).operations:
        if operator in OPERATORS:
            OPERATORS[operator](page, operands)
    return page


def _characters(font: Any) -> dict[bytes, str]:
    """Return a font's characters by their two-byte codes."""
    text = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    singles = re.findall(r"<(\w{4})>\s*<(\w*)>\s*\n", "".join(re.findall(r"beginbfchar(.*?)endbfchar", text, re.S)))
    return {bytes.fromhex(code): bytes.fromhex(value).decode("utf-16-be") for code, value in singles}


# --- operators -------------------------------------------------------------------------------------------------------


def _begin(page: Page, operands: Any) -> None:
    values = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
    page.open.append((operands[0], values))


def _end(page: Page, _operands: Any) -> None:
    page.replaced.discard(len(page.open))
    page.open.pop()


def _set_font(page: Page, operands: Any) -> None:
    page.font = page.fonts[operands[0]]


def _set_colour(page: Page, operands: Any) -> None:
    page.colour = "".join(f"{round(float(part) * 255):02X}" for part in operands)


def _keep(page: Page, _operands: Any) -> None:
    page.kept.append(page.colour)


def _restore(page: Page, _operands: Any) -> None:
    page.colour = page.kept.pop()


def _show(page: Page, operands: Any) -> None:
    page.colours.add(page.colour)
    if not any(tag == "/Artifact" for tag, _ in page.open):
        said = Said(_text(page, operands[0]), str(page.inner("/Lang") or ""))
        page.marks.setdefault(page.inner("/MCID"), []).append(said)


OPERATORS = {
    b"BDC": _begin, b"BMC": _begin, b"EMC": _end, b"Tf": _set_font, b"Tj": _show, b"TJ": _show, b"scn": _set_colour,
    b"q": _keep, b"Q": _restore,
}  # fmt: skip


def _text(page: Page, shown: Any) -> str:
    """Return what one operator says; a replacement text is said once, however many glyphs it stands for."""
    for depth, (_, values) in enumerate(page.open, 1):
        if "/ActualText" in values:
            first = depth not in page.replaced
            page.replaced.add(depth)
            return str(values["/ActualText"]) if first else ""
    strings = [each for each in (shown if isinstance(shown, list) else [shown]) if not isinstance(each, int | float)]
    codes = b"".join(each if isinstance(each, bytes) else each.original_bytes for each in strings)
    glyphs = [page.font.get(codes[i : i + 2], "\ufffd") for i in range(0, len(codes), 2)]
    backwards = any(tag == "/ReversedChars" for tag, _ in page.open)
    return "".join(reversed(glyphs) if backwards else glyphs)
