"""Writer: a document becomes one HTML page that needs no other file and no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from pipeline.core.documents import Document, Picture
from pipeline.core.sources import Brand
from pipeline.core.template_cache import TemplateCache
from pipeline.render import emblem
from pipeline.render.vocabulary import tree
from pipeline.render.web_font import font_address


def write(document: Document, brand: Brand, templates: Path) -> bytes:
    """Return the page as UTF-8."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
        bytecode_cache=TemplateCache("page"),
    )
    environment.filters["digest"] = style_digest
    body = tree(document)
    _complete(body, document)
    text = environment.get_template("page.html").render(
        properties=document.properties,
        brand=brand,
        font=Markup(font_address(brand.fonts["screen"], templates)),
        structured=Markup(document.structured),
        css=Markup((templates / "page.css").read_text(encoding="utf-8")),
        cover=_markup(element for element in body if element.get("class") == "cover"),
        main=_markup(element for element in body if element.get("class") not in ("cover", "imprint")),
        imprint=_markup(element for element in body if element.get("class") == "imprint"),
    )
    return text.encode()


def style_digest(style: str) -> str:
    """Return the digest of the page's style sheet for its Content-Security-Policy, which allows no other style."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def _complete(body: etree._Element, document: Document) -> None:
    """Add the parts that only a page needs: pictures, the emblem, the scope of header cells, the way back."""
    pictures = {picture.name: picture for picture in document.pictures}
    for image in list(body.iter("img")):
        picture = pictures[image.get("src", "")]
        if image.get("class") == "map":
            _place_map(image, picture)
        else:
            image.set("src", f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}")
    for part, scope in (("thead", "col"), ("tbody", "row")):
        for cell in body.iterfind(f".//{part}//th"):
            cell.set("scope", scope)
    for place in body.iterfind(".//span[@class='emblem']"):
        drawing = etree.fromstring(emblem.SVG)
        drawing.set("aria-hidden", "true")  # the funding statement beside it describes it
        place.append(drawing)
    for initials in body.iterfind(".//span[@class='monogram']"):
        initials.set("aria-hidden", "true")  # the name beside them is read instead
    for when in body.iterfind(".//p[@class='when']"):
        # Without the span browsers break the line after the dash of the hours, even before a no-break space.
        day, dot, hours = (when.text or "").partition("· ")
        hours, bracket, next_day = hours.partition(" (")
        if not dot:
            continue
        when.text = day + dot
        unbroken = etree.Element("span", {"class": "unbroken"})
        unbroken.text, unbroken.tail = hours, bracket + next_day
        when.insert(0, unbroken)
    for panel in body.iter("aside"):
        panel.tag = "section"  # an `aside` inside `main` would be a landmark inside a landmark
    cover = body.find("header[@class='cover']")
    if document.home and cover is not None:
        label = document.properties.words["page"]
        nav = etree.Element("nav", {"aria-label": label})
        etree.SubElement(etree.SubElement(etree.SubElement(nav, "ul"), "li"), "a", href=document.home).text = label
        cover.insert(0, nav)


def _place_map(image: etree._Element, picture: Picture) -> None:
    """Replace the image of a map with the drawing itself, which takes the font of the page."""
    drawing = etree.fromstring(picture.content)
    drawing.set("class", "map")
    drawing.set("aria-hidden", "true")  # its names stand in the strip of local times
    for name in drawing.iter("{*}text"):
        del name.attrib["font-family"]
    drawing.tail, parent = image.tail, image.getparent()
    if parent is not None:
        parent.replace(image, drawing)


def _markup(elements: Iterable[etree._Element]) -> Markup:
    texts = (etree.tostring(element, method="html", encoding="unicode", with_tail=False) for element in elements)
    return Markup("\n".join(texts))
