"""Makes the decks that tests begin with, by python-pptx, with pictures, videos and sounds made here."""

from __future__ import annotations

import io
import struct
import wave
from functools import cache

from PIL import Image, ImageDraw, PngImagePlugin
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from tests.collect.surgery import MS, RELS, drawn, packed, related, swapped, typed, unpacked

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def saved(presentation) -> bytes:
    """Return a python-pptx deck as bytes."""
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def png(size=(60, 40), colour=(0, 80, 160), **metadata: str) -> bytes:
    """Return a PNG, with metadata as its text chunks."""
    image, out, info = Image.new("RGB", size, colour), io.BytesIO(), PngImagePlugin.PngInfo()
    ImageDraw.Draw(image).line((0, 0, *size), fill=(250, 250, 250), width=3)
    for name, text in metadata.items():
        info.add_text(name, text)
    image.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def jpeg(size=(60, 40), *, orientation: int = 0, place: bool = False) -> bytes:
    """Return a JPEG, on request lying on its side or with the place where it was taken."""
    image, out, exif = Image.radial_gradient("L").resize(size).convert("RGB"), io.BytesIO(), Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if place:
        exif[0x010F] = "Secret Camera"
        exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    image.save(out, "JPEG", quality=80, **({"exif": exif} if exif else {}))
    return out.getvalue()


def sound() -> bytes:
    """Return half a second of silence as WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 4000, "NONE", ""))
        file.writeframes(bytes(8000))
    return out.getvalue()


def box(kind: bytes, content: bytes = b"") -> bytes:
    """Return a box of an MP4."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def mp4(*, place: bool = False) -> bytes:
    """Return the frame of an MP4: the boxes are right, the pictures inside are zeros."""
    metadata = box(b"udta", box(b"\xa9xyz", b"+52.5200+013.4050/")) if place else b""
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", box(b"hdlr", b"vide".rjust(12, b"\0") + bytes(13))))
    moov = box(b"moov", box(b"mvhd", bytes(100)) + track + metadata)
    return box(b"ftyp", b"mp42\0\0\0\0mp42isom") + moov + box(b"mdat", bytes(5000))


def mp3() -> bytes:
    """Return twenty frames of MP3 at 128 kbit/s, 44.1 kHz."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * 20


@cache
def plain() -> bytes:
    """Return a deck of three slides: title, text, picture with text."""
    deck = Presentation()
    deck.core_properties.title = "Cybercrime"
    title = deck.slides.add_slide(deck.slide_layouts[0])
    title.shapes.title.text, title.placeholders[1].text = "Opening words", "Ada North"
    text = deck.slides.add_slide(deck.slide_layouts[1])
    text.shapes.title.text, text.placeholders[1].text = "What is at stake", "First point\nSecond point"
    picture = deck.slides.add_slide(deck.slide_layouts[5])
    picture.shapes.title.text = "A picture"
    shape = picture.shapes.add_picture(io.BytesIO(png()), Inches(1), Inches(2), Inches(3))
    shape._element.nvPicPr.cNvPr.set("descr", "A blue field with a white line")
    return saved(deck)


@cache
def worded() -> bytes:
    """Return a deck of words only."""
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Words"
    return saved(deck)


def parts() -> dict[str, bytes]:
    """Return the parts of the plain deck, to be changed."""
    return unpacked(plain())


@cache
def charted() -> bytes:
    """Return a deck with a chart and the workbook behind it."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Cases a year"
    values = CategoryChartData()
    values.categories = ["2018", "2019", "2020"]
    values.add_series("Cases", (120, 180, 260))
    place = (Inches(1), Inches(2), Inches(6), Inches(4))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, values)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "Cases rise from 120 to 260")
    return saved(deck)


def object_deck(*, preview: bytes | None = None) -> bytes:
    """Return a deck with an embedded Word document shown by its preview."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "An object"
    held = io.BytesIO(b"PK\3\4 this is not a real document")
    shown = io.BytesIO(preview or png(colour=(200, 30, 30)))
    slide.shapes.add_ole_object(held, "Word.Document.12", Inches(1), Inches(2), Inches(2), Inches(2), icon_file=shown)
    return saved(deck)


def shape(number: int, name: str, body: str = "", *, about: str = "", inside: str = "", kind: str = "") -> str:
    """Return a text box as XML; `about` stands inside its name, `kind` inside its properties."""
    return (
        f'<p:sp xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{RELS}"><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{about}'
        f'</p:cNvPr><p:cNvSpPr/><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="914400" y="914400"/>'
        f'<a:ext cx="3000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{inside}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{body or '<a:r><a:t>Words</a:t></a:r>'}</a:p></p:txBody></p:sp>"
    )


def linked(address: str, *, where: str = "shape") -> bytes:
    """Return a deck with a link to an address, on a shape, a text or a mouse-over."""
    deck = parts()
    related(deck, "ppt/slides/slide2.xml", "rIdLink", "hyperlink", address, external=True)
    drawn(deck, 2, _link(where, 'r:id="rIdLink"'))
    return packed(deck)


def acting(action: str, *, where: str = "shape", target: str = "") -> bytes:
    """Return a deck with an action, with or without a file that it names."""
    deck, key = parts(), ""
    if target:
        related(deck, "ppt/slides/slide2.xml", "rIdLink", "hyperlink", target, external=True)
        key = "rIdLink"
    drawn(deck, 2, _link(where, f'r:id="{key}" action="{action}"'))
    return packed(deck)


def _link(where: str, attributes: str) -> str:
    if where == "text":
        return shape(90, "Linked", f"<a:r><a:rPr><a:hlinkClick {attributes}/></a:rPr><a:t>click</a:t></a:r>")
    if where == "text-hover":
        return shape(90, "Linked", f"<a:r><a:rPr><a:hlinkMouseOver {attributes}/></a:rPr><a:t>hover</a:t></a:r>")
    tag = "hlinkHover" if where == "hover" else "hlinkClick"
    return shape(90, "Linked", about=f"<a:{tag} {attributes}/>")


def pictured(content: bytes, ending: str = "png", declared: str = "image/png") -> bytes:
    """Return the plain deck with other bytes for its picture."""
    deck = parts()
    (old,) = (name for name in deck if name.startswith("ppt/media/"))
    del deck[old]
    new = f"ppt/media/image1.{ending}"
    deck[new] = content
    if ending != "png":
        swapped(deck, "ppt/slides/_rels/slide3.xml.rels", old.removeprefix("ppt/"), new.removeprefix("ppt/"))
    typed(deck, new, declared)
    return packed(deck)


def with_media(
    content: bytes, ending="mp4", declared="video/mp4", *, tag="videoFile", kind="video", external=""
) -> bytes:
    """Return a deck with a video or sound, its poster and its timing."""
    deck = parts()
    source = "ppt/slides/slide3.xml"
    if external:
        related(deck, source, "rIdFilm", kind, external, external=True)
    else:
        deck[f"ppt/media/media1.{ending}"] = content
        typed(deck, f"ppt/media/media1.{ending}", declared)
        related(deck, source, "rIdFilm", kind, f"../media/media1.{ending}")
        related(deck, source, "rIdMedia", f"{MS}/2007/relationships/media", f"../media/media1.{ending}")
    media = "" if external else (
        '<p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"><p14:media '
        f'xmlns:p14="{MS}/powerpoint/2010/main" r:embed="rIdMedia"/></p:ext></p:extLst>'
    )  # fmt: skip
    swapped(deck, source, "</p:cNvPicPr><p:nvPr/>", f'</p:cNvPicPr><p:nvPr><a:{tag} r:link="rIdFilm"/>{media}</p:nvPr>')
    return packed(deck)


def timed(deck: dict[str, bytes], number: int, inner: str) -> None:
    """Give a slide an animation with one step."""
    swapped(deck, f"ppt/slides/slide{number}.xml", "</p:sld>", (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>'
        f"{inner}</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing></p:sld>"
    ))  # fmt: skip


def appearing(spid: int) -> str:
    """Return the step of an animation that shows a shape."""
    return (
        '<p:par><p:cTn id="2" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:set><p:cBhvr>'
        f'<p:cTn id="3" dur="1" fill="hold"/><p:tgtEl><p:spTgt spid="{spid}"/></p:tgtEl><p:attrNameLst><p:attrName>'
        'style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to><p:strVal val="visible"/></p:to></p:set>'
        "</p:childTnLst></p:cTn></p:par>"
    )


def long_deck(slides: int = 20) -> bytes:
    """Return a deck of many slides, half of them with a picture."""
    deck = Presentation()
    for number in range(slides):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Slide {number + 1}"
        frame = slide.placeholders[1].text_frame
        frame.text = f"The first point of slide {number + 1}"
        for line in range(4):
            frame.add_paragraph().text = f"A further point, number {line}, which says a little more than the first"
        frame.paragraphs[0].runs[0].font.size = Pt(24)
        if number % 2:
            slide.shapes.add_picture(io.BytesIO(png((320, 200), (number * 7 % 255, 90, 120))), Inches(6), Inches(5))
    return saved(deck)
