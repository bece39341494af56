"""Writer: a document becomes one HTML page that holds all it needs and asks for nothing."""

from __future__ import annotations

from base64 import b64encode
from copy import deepcopy
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.render import emblem
from pipeline.render.vocabulary import tree

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Template
    from lxml import etree

    from pipeline.core.documents import Document, Picture
    from pipeline.core.sources import Brand


def write(document: Document, brand: Brand, templates: Path) -> bytes:
    """Return the page as UTF-8."""
    from markupsafe import Markup

    body = deepcopy(tree(document))  # the parsed tree is shared with the other writers
    _complete(body, {picture.name: picture for picture in document.pictures})
    header = body[0] if len(body) and body[0].get("class") == "cover" else None
    rest = body[1:] if header is not None else body[:]
    text = page(templates).render(
        properties=document.properties,
        brand=brand,
        structured=Markup(document.structured),
        css=Markup(_style(templates)),
        wide=body.find(".//div[@class='columns']") is not None,
        cover=Markup("" if header is None else _markup(header)),
        main=Markup("\n".join(_markup(element) for element in rest)),
    )
    return text.encode()


def _complete(body: etree._Element, pictures: dict[str, Picture]) -> None:
    """Put pictures and emblem into the tree, and give header cells their scope."""
    for image in body.iter("img"):
        image.set("src", _address(pictures[image.get("src", "")]))
    for cell in body.iter("th"):
        cell.set("scope", "col")
    for place in body.iterfind(".//span[@class='emblem']"):
        place.append(_emblem())
    for ornament in body.iterfind(".//span[@class='monogram']"):
        ornament.set("aria-hidden", "true")  # the name beside it says the same
    for panel in body.iter("aside"):
        panel.tag = "section"  # inside `main` it is no landmark of its own


def _address(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"


def _emblem() -> etree._Element:
    """Return the emblem as inline SVG, hidden from screen readers: the statement beside it says it in words."""
    from lxml import etree

    drawing = etree.fromstring(emblem.svg())
    drawing.set("aria-hidden", "true")
    return drawing


def _markup(element: etree._Element) -> str:
    from lxml import etree

    return etree.tostring(element, method="html", encoding="unicode", with_tail=False)


@lru_cache(maxsize=4)
def page(templates: Path) -> Template:
    """Return the template that is around every page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from pipeline.core.template_cache import TemplateCache

    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
        bytecode_cache=TemplateCache("page"),
    )
    environment.filters["digest"] = _digest
    return environment.get_template("page.html")


def _digest(style: str) -> str:
    """Return what a page's policy calls its one style sheet: nothing else that looks like style is then obeyed."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


@lru_cache(maxsize=4)
def _style(templates: Path) -> str:
    return (templates / "page.css").read_text(encoding="utf-8")
