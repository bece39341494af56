"""Writer: a document becomes one HTML page that needs no other file and no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from pipeline.core.documents import Document
from pipeline.core.sources import Brand
from pipeline.core.template_cache import TemplateCache
from pipeline.render import emblem
from pipeline.render.vocabulary import tree


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
        structured=Markup(document.structured),
        css=Markup((templates / "page.css").read_text(encoding="utf-8")),
        wide=body.find(".//div[@class='columns']") is not None,
        cover=_markup(element for element in body if element.get("class") == "cover"),
        main=_markup(element for element in body if element.get("class") != "cover"),
    )
    return text.encode()


def style_digest(style: str) -> str:
    """Return the digest of the page's style sheet for its Content-Security-Policy, which allows no other style."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def _complete(body: etree._Element, document: Document) -> None:
    """Add the parts that only a page needs: the data of pictures, the emblem, the scope of header cells."""
    pictures = {picture.name: picture for picture in document.pictures}
    for image in body.iter("img"):
        picture = pictures[image.get("src", "")]
        image.set("src", f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}")
    for cell in body.iter("th"):
        cell.set("scope", "col")
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
        unbroken = etree.SubElement(when, "span", {"class": "unbroken"})
        unbroken.text, unbroken.tail = hours, bracket + next_day
    for panel in body.iter("aside"):
        panel.tag = "section"  # an `aside` inside `main` would be a landmark inside a landmark


def _markup(elements: Iterable[etree._Element]) -> Markup:
    texts = (etree.tostring(element, method="html", encoding="unicode", with_tail=False) for element in elements)
    return Markup("\n".join(texts))
