"""Writes the pictures of a slide and the EU emblem as PresentationML text."""

from __future__ import annotations

import struct
from functools import lru_cache

from pipeline.core.documents import Picture
from pipeline.render import emblem
from pipeline.render.ooxml import escape
from pipeline.render.to_pptx.layouts import Box, Placeholder
from pipeline.render.to_pptx.shapes import Sheet, frame, mark

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpeg"}


# --- pictures --------------------------------------------------------------------------------------------------------


def picture(sheet: Sheet, place: Placeholder, content: Picture, alt: str) -> str:
    """Return a picture in its placeholder: a portrait fills its circle, any other picture is shown whole."""
    if content.media_type not in EXTENSIONS:
        raise sheet.fault(f"`{place.name}`: a picture must be PNG or JPEG, not {content.media_type}")
    if not alt:
        raise sheet.fault(f"`{place.name}`: the picture `{content.name}` has no alternative text")
    from hashlib import sha256

    name = f"{sha256(content.content).hexdigest()[:16]}.{EXTENSIONS[content.media_type]}"
    sheet.media[f"ppt/media/{name}"] = content.content
    crop, box = _fitted(place, *_pixels(sheet, content))
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{sheet.identity()}" name="{escape(place.name)}" descr="{escape(alt)}"/>'
        f'<p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr><p:nvPr>{mark(place)}</p:nvPr></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{sheet.related("image", f"../media/{name}")}"/>{crop}<a:stretch><a:fillRect/>'
        f"</a:stretch></p:blipFill><p:spPr>{frame(box)}"
        f'<a:prstGeom prst="{place.shape}"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _fitted(place: Placeholder, width: int, height: int) -> tuple[str, Box]:
    """Return the crop and the box by which a picture keeps its proportions."""
    box, wide = place.box, width * place.box.height - height * place.box.width
    if place.shape == "ellipse":
        share = abs(wide) / max(width * box.height, height * box.width) / 2
        sides = "lr" if wide > 0 else "tb"
        return f'<a:srcRect {sides[0]}="{round(share * 100_000)}" {sides[1]}="{round(share * 100_000)}"/>', box
    scale = min(box.width / width, box.height / height)
    whole = contained(box, round(width * scale), round(height * scale))
    return "<a:srcRect/>", whole._replace(y=box.y)  # level with the text beside it


def contained(box: Box, width: int, height: int) -> Box:
    """Return a box of this size in the middle of `box`."""
    return Box(box.x + (box.width - width) // 2, box.y + (box.height - height) // 2, width, height)


def _pixels(sheet: Sheet, content: Picture) -> tuple[int, int]:
    """Return width and height from the head of a PNG or JPEG file."""
    data = content.content
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return struct.unpack_from(">II", data, 16)
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 < len(data) and data[at] == 0xFF:
        if 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in (0xC4, 0xC8, 0xCC):
            return struct.unpack_from(">HH", data, at + 5)[::-1]
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    raise sheet.fault(f"the picture `{content.name}` is no {content.media_type} file")


# --- emblem ----------------------------------------------------------------------------------------------------------


def eu_emblem(sheet: Sheet, place: Placeholder, alt: str) -> str:
    """Return the emblem as vectors in its zone, with its white border; its colours are its own, never the theme's."""
    if not alt:
        raise sheet.fault("`Emblem`: the emblem has no alternative text")
    edge = emblem.BORDER
    width, height = emblem.WIDTH + 2 * edge, emblem.HEIGHT + 2 * edge
    scale = min(place.box.width / width, place.box.height / height)
    whole = contained(place.box, round(width * scale), round(height * scale))
    inset = round(edge * scale)
    field_ = Box(whole.x + inset, whole.y + inset, whole.width - 2 * inset, whole.height - 2 * inset)
    place_ = frame(whole).replace("</a:xfrm>", frame(whole)[8:].replace("a:off", "a:chOff").replace("a:ext", "a:chExt"))
    square = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{sheet.identity()}" name="{escape(place.name)}" descr="{escape(alt)}"/>'
        f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{place_}</p:grpSpPr>"
        f"{_figure(sheet, 'Border', whole, square, emblem.WHITE)}{_figure(sheet, 'Field', field_, square, emblem.BLUE)}"
        f"{_figure(sheet, 'Stars', field_, _stars(), emblem.GOLD)}</p:grpSp>"
    )


def _figure(sheet: Sheet, name: str, box: Box, geometry: str, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{sheet.identity()}" name="{name}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{frame(box)}{geometry}<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


@lru_cache(maxsize=1)
def _stars() -> str:
    """Return the twelve stars as one path of a thousandth of a unit."""
    points = ([f'<a:pt x="{round(x * 1000)}" y="{round(y * 1000)}"/>' for x, y in star] for star in emblem.stars())
    stars = (
        f"<a:moveTo>{first}</a:moveTo>{''.join(f'<a:lnTo>{point}</a:lnTo>' for point in rest)}<a:close/>"
        for first, *rest in points
    )
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="27000" h="18000">{"".join(stars)}</a:path></a:pathLst></a:custGeom>'
    )
