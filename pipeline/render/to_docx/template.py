"""`templates/document.docx`, opened once: what a designer made, with the brand's colours, ready to be filled."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.render.ooxml import HEADER, escape, property_parts, tag, theme, unzipped, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.core.documents import Properties
    from pipeline.core.sources import Brand
    from pipeline.render.to_docx.drawing import Drawings

TEMPLATE = "document.docx"
FILLED = ("running_title", "title")
"""The tags of the content controls in header and footer that are filled for each document."""

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# Which colour of the brand Word means by the names in `w:themeColor` and `w:themeFill`.
_THEME_COLOURS = {
    "text1": "ink", "dark1": "ink", "background1": "paper", "light1": "paper", "text2": "primary", "dark2": "primary",
    "background2": "panel", "light2": "panel", "accent1": "primary", "accent2": "accent", "accent3": "muted",
    "accent4": "rule", "hyperlink": "primary",
}  # fmt: skip


def template_parts(templates: Path) -> dict[str, bytes]:
    """Return the template's parts by name; they are read again only when the file has changed."""
    path = templates / TEMPLATE
    stat = path.stat()
    return _parts(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _parts(path: Path, _changed: int, _size: int) -> dict[str, bytes]:
    return unzipped(path.read_bytes())


def assembled(body: str, drawings: Drawings, properties: Properties, brand: Brand, templates: Path) -> bytes:
    """Return the Word file with `body` in place of the template's sample text."""
    parts = dict(template_parts(templates))
    section = _section(parts["word/document.xml"].decode(), properties, brand)
    parts["word/document.xml"] = f"{HEADER}<w:document {_W}><w:body>{body}{section}</w:body></w:document>".encode()
    parts["word/_rels/document.xml.rels"] = _relations(parts["word/_rels/document.xml.rels"].decode(), drawings)
    for name in [n for n in parts if re.fullmatch(r"word/(header|footer)\d*\.xml", n)]:
        parts[name] = _filled(parts[name].decode(), properties).encode()
    parts["word/styles.xml"] = _styles(parts["word/styles.xml"].decode(), properties, brand).encode()
    parts["word/numbering.xml"] = _coloured(parts["word/numbering.xml"].decode(), brand).encode()
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"].decode(), properties).encode()
    parts["word/theme/theme1.xml"] = theme(parts["word/theme/theme1.xml"], brand)
    parts |= drawings.media | property_parts(properties)
    parts["[Content_Types].xml"] = _content_types(parts["[Content_Types].xml"].decode(), parts).encode()
    parts["_rels/.rels"] = _package_relations().encode()
    return zipped({name: content for name, content in parts.items() if not name.startswith("docProps/thumbnail")})


def _section(document: str, properties: Properties, brand: Brand) -> str:
    """Return the template's page set-up with the brand's margins, mirrored for right-to-left documents.

    The top is the template's own: there the title area begins higher than the text of later pages.
    """
    section = re.search(r"<w:sectPr.*?</w:sectPr>", document, re.DOTALL)[0]
    for side in ("right", "bottom", "left"):
        twentieths = round(brand.page[side] * 56.6929)
        section = re.sub(rf'(<w:pgMar [^>]*?w:{side}=")-?\d+', rf"\g<1>{twentieths}", section)
    size = f'<w:pgSz w:w="{round(brand.page["width"] * 56.6929)}" w:h="{round(brand.page["height"] * 56.6929)}"/>'
    section = re.sub(r"<w:pgSz [^>]*/>", size, section)
    return section.replace("<w:titlePg/>", "<w:titlePg/><w:bidi/>") if properties.direction == "rtl" else section


def _filled(text: str, properties: Properties) -> str:
    """Return a header or footer with its content controls replaced by the document's own words."""
    values = {"running_title": properties.running_title, "title": properties.title}

    def replaced(control: re.Match[str]) -> str:
        name = re.search(r'<w:tag w:val="([^"]*)"', control[0])
        if not name or name[1] not in values:
            return control[0]
        look = re.search(r"<w:rPr>.*?</w:rPr>", control[0].partition("<w:sdtContent>")[2], re.DOTALL)
        rtl = "" if properties.direction == "ltr" else "<w:rPr><w:rtl/></w:rPr>"
        return f'<w:r>{look[0] if look else rtl}<w:t xml:space="preserve">{escape(values[name[1]])}</w:t></w:r>'

    filled = re.sub(r"<w:sdt>.*?</w:sdt>", replaced, text, flags=re.DOTALL)
    if properties.direction == "rtl":
        filled = re.sub(r'(<w:pStyle w:val="(?:Header|Footer)"/>)', r"\1<w:bidi/>", filled)
    return filled


def _coloured(text: str, brand: Brand) -> str:
    """Return a part with the brand's colours beside the names of theme colours.

    Word reads the names; other programs read only the digits, so both must say the same.
    """
    named = re.compile(r'w:(val|color|fill)="[0-9A-Fa-f]{6}"((?: w:color="auto")?) w:(theme(?:Color|Fill))="(\w+)"')

    def coloured(match: re.Match[str]) -> str:
        value = brand.colours[_THEME_COLOURS[match[4]]].upper()
        return f'w:{match[1]}="{value}"{match[2]} w:{match[3]}="{match[4]}"'

    return named.sub(coloured, text)


def _styles(text: str, properties: Properties, brand: Brand) -> str:
    """Return the styles in the document's language and the brand's colours."""
    text = _coloured(text, brand)
    own = escape(tag(properties.language))
    if properties.direction == "rtl":
        return re.sub(r'(<w:lang [^>]*?w:bidi=")[^"]*', rf"\g<1>{own}", text)
    return re.sub(r'(<w:lang w:val=")[^"]*', rf"\g<1>{own}", text)


def _settings(text: str, properties: Properties) -> str:
    side = "bidi" if properties.direction == "rtl" else "val"
    return re.sub(rf'(<w:themeFontLang [^>]*?w:{side}=")[^"]*', rf"\g<1>{escape(tag(properties.language))}", text)


def _relations(text: str, drawings: Drawings) -> bytes:
    new = "".join(
        f'<Relationship Id="{id}" Type="{_RELATION}{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for id, kind, target, external in drawings.relationships
    )
    return text.replace("</Relationships>", f"{new}</Relationships>").encode()


def _content_types(text: str, parts: dict[str, bytes]) -> str:
    """Return the list of content types with the pictures and the document properties."""
    kinds = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
    present = {name.rpartition(".")[2] for name in parts}
    new = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in kinds.items()
        if ending in present and f'Extension="{ending}"' not in text
    )
    office = "application/vnd.openxmlformats-officedocument."
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    own = (("core", core), ("app", f"{office}extended-properties+xml"), ("custom", f"{office}custom-properties+xml"))
    for name, kind in own:
        text = re.sub(rf'<Override PartName="/docProps/{name}\.xml"[^>]*/>', "", text)
        new += f'<Override PartName="/docProps/{name}.xml" ContentType="{kind}"/>'
    return text.replace("</Types>", f"{new}</Types>")


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    rows = (
        ("rId1", f"{_RELATION}officeDocument", "word/document.xml"),
        ("rId2", core, "docProps/core.xml"),
        ("rId3", f"{_RELATION}extended-properties", "docProps/app.xml"),
        ("rId4", f"{_RELATION}custom-properties", "docProps/custom.xml"),
    )
    each = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in rows)
    return f'{HEADER}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'
