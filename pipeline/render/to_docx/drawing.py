"""The pictures and links of one Word document: inline drawings with alternative text, and their relationships."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.render import emblem
from pipeline.render.ooxml import escape

if TYPE_CHECKING:
    from pipeline.core.documents import Document, Picture
    from pipeline.core.sources import Brand

EMU = 36000  # to the millimetre
PHOTO, QR = 26.0, 30.0  # millimetres
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


class Drawings:
    """Collects what a document places: `media` by part name, `relationships` as (id, type, target, external)."""

    def __init__(self, document: Document, brand: Brand) -> None:
        self.pictures = {picture.name: picture for picture in document.pictures}
        self.words = document.properties.words
        self.brand = brand
        self.media: dict[str, bytes] = {}
        self.relationships: list[tuple[str, str, str, bool]] = []
        self.count = 0

    def link(self, address: str) -> str:
        """Return the id of a link to a web or mail address; any other scheme is a fault."""
        if not re.match(r"(https?://|mailto:)", address, re.IGNORECASE):
            raise ValueError(f"`{address}` is no web address")
        return self._relate("hyperlink", address, external=True)

    def emblem(self) -> str:
        """Return the EU emblem as a vector with a bitmap for programs that draw none, at the height of the brand."""
        height = self.brand.logo_height
        width = height * (emblem.WIDTH + 2 * emblem.BORDER) / (emblem.HEIGHT + 2 * emblem.BORDER)
        bitmap = self._part("emblem.png", emblem.png())
        vector = self._part("emblem.svg", emblem.svg().encode())
        return self._inline(bitmap, self.words["emblem_alt"], width, height, vector)

    def logo(self, name: str, alt: str) -> str:
        picture = self.pictures[name]
        width, height = proportions(picture)
        return self._placed(picture, alt, self.brand.logo_height * width / height, self.brand.logo_height)

    def photo(self, name: str, alt: str) -> str:
        picture = self.pictures[name]
        width, height = proportions(picture)
        return self._placed(picture, alt, PHOTO, PHOTO * height / width)

    def qr(self, name: str, alt: str) -> str:
        return self._placed(self.pictures[name], alt, QR, QR)

    def _placed(self, picture: Picture, alt: str, width: float, height: float) -> str:
        suffix = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}[picture.media_type]
        part = self._part(f"{picture.name}.{suffix}", picture.content)
        if suffix != "svg":
            return self._inline(part, alt, width, height, "")
        return self._inline(self._part(f"{picture.name}.png", bitmap(picture.content)), alt, width, height, part)

    def _part(self, name: str, content: bytes) -> str:
        self.media[f"word/media/{name}"] = content
        return self._relate("image", f"media/{name}", external=False)

    def _relate(self, kind: str, target: str, *, external: bool) -> str:
        for known, _, other, _ in self.relationships:
            if other == target:
                return known
        self.relationships.append((f"rIdD{len(self.relationships) + 1}", kind, target, external))
        return self.relationships[-1][0]

    def _inline(self, blip: str, alt: str, width: float, height: float, vector: str) -> str:
        """Return a run with the picture in line with the text, `width` and `height` in millimetres."""
        self.count += 1
        size = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
        name = f'id="{self.count}" name="Picture {self.count}" descr="{escape(alt)}"'
        svg = (
            f'<a:extLst><a:ext uri="{_SVG}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
            f' r:embed="{vector}"/></a:ext></a:extLst>'
            if vector
            else ""
        )
        return (
            f'<w:r><w:drawing><wp:inline {_NAMESPACES} distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr {name}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{blip}">{svg}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def proportions(picture: Picture) -> tuple[float, float]:
    """Return width and height of a picture in its own units."""
    if picture.media_type == "image/svg+xml":
        return _size(picture.content)
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(picture.content)) as image:
        return float(image.width), float(image.height)


def _size(svg: bytes) -> tuple[float, float]:
    """Return width and height of a drawing; of one that gives none, those of a square."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(svg, parser)
    box = re.findall(r"[-\d.]+", root.get("viewBox", ""))[2:]
    size = box or re.findall(r"[\d.]+", f"{root.get('width')} {root.get('height')}")
    return (float(size[0]), float(size[1])) if len(size) == 2 else (1.0, 1.0)


def bitmap(svg: bytes) -> bytes:
    """Return a vector picture as PNG, for programs that draw no vectors."""
    import typst

    source = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.svg", height: 40mm)'
    files = {"main.typ": source, "picture.svg": svg}
    return typst.compile(files, format="png", ppi=300.0, ignore_system_fonts=True)
