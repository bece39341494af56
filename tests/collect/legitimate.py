"""The decks that must pass: what honest speakers send, with everything in it that a deck may have."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from tests.collect import decks
from tests.collect.surgery import MS, RELS, added, drawn, packed, related, swapped, unpacked

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A legitimate deck, what may be said to be taken out of it, and what must stand in its clean copy."""

    make: Callable[[], bytes]
    removed: frozenset[str] = frozenset()
    kept: tuple[bytes, ...] = ()
    keep_notes: bool = False
    needs_office: bool = False


LEGITIMATE: dict[str, Case] = {}
USUAL = frozenset(("author", "thumbnail", "printer"))
"""What python-pptx's own template brings along and nobody misses."""


def _case(name: str, *removed: str, kept: tuple[bytes, ...] = (), keep_notes: bool = False):
    def keep(make: Callable[[], bytes]):
        LEGITIMATE[name] = Case(make=make, removed=frozenset(removed), kept=kept, keep_notes=keep_notes)
        return make

    return keep


_case("plain")(decks.plain)
_case("chart", "workbook")(decks.charted)
_case("very-long")(lambda: decks.long_deck(200))
_case("notes", keep_notes=True, kept=(b"Say good morning",))(lambda: noted())
_case("video", kept=(b"<p14:media", b"<a:videoFile"))(lambda: decks.with_media(decks.mp4()))
_case("video-with-timing", kept=(b"togglePause", b"<p14:media"))(lambda: played())
_case("sound-wav", kept=(b"<a:audioFile",))(
    lambda: decks.with_media(decks.sound(), "wav", "audio/wav", tag="audioFile", kind="audio")
)
_case("sound-mp3", kept=(b"<a:audioFile",))(
    lambda: decks.with_media(decks.mp3(), "mp3", "audio/mpeg", tag="audioFile", kind="audio")
)


def noted() -> bytes:
    """Return a deck with notes on every slide."""
    deck = Presentation(io.BytesIO(decks.plain()))
    for slide in deck.slides:
        slide.notes_slide.notes_text_frame.text = "Say good morning"
    return decks.saved(deck)


def played() -> bytes:
    """Return a deck whose video starts on a click, as PowerPoint writes it."""
    deck = unpacked(decks.with_media(decks.mp4()))
    shape = Presentation(io.BytesIO(decks.plain())).slides[2].shapes[1].shape_id
    decks.timed(deck, 3, (
        '<p:par><p:cTn id="2" presetClass="mediacall"><p:childTnLst><p:cmd type="call" cmd="togglePause"><p:cBhvr>'
        f'<p:cTn id="3" dur="1" fill="hold"/><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd>'
        f'</p:childTnLst></p:cTn></p:par><p:video><p:cMediaNode vol="80000"><p:cTn id="4" fill="hold"><p:stCondLst>'
        f'<p:cond delay="indefinite"/></p:stCondLst></p:cTn><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode>'
        "</p:video>"
    ))  # fmt: skip
    return packed(deck)


@_case("all-charts", "workbook")
def _():
    deck = Presentation()
    for kind in (
        XL_CHART_TYPE.PIE,
        XL_CHART_TYPE.LINE_MARKERS,
        XL_CHART_TYPE.BAR_STACKED,
        XL_CHART_TYPE.AREA,
        XL_CHART_TYPE.RADAR,
    ):
        values = CategoryChartData()
        values.categories = ["Élan", "عربي", "中文"]
        values.add_series("A", (1, 2.5, 3))
        values.add_series("B", (3, None, 1))
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(6), Inches(4), values)
    points = XyChartData()
    points.add_series("P").add_data_point(1, 2)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, Inches(1), Inches(1), Inches(6), Inches(4), points)
    return decks.saved(deck)


@_case("table", kept=(b"firstRow", b"<a:tableStyleId>{"))
def _():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "States by region"
    table = slide.shapes.add_table(6, 4, Inches(1), Inches(2), Inches(8), Inches(3)).table
    for row in range(6):
        for column in range(4):
            table.cell(row, column).text = f"cell {row}/{column}"
    table.cell(4, 0).merge(table.cell(5, 1))
    return decks.saved(deck)


@_case("groups-and-connectors")
def _():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    inner = group.shapes.add_group_shape()
    for number in range(4):
        shape = inner.shapes.add_shape(number + 1, Inches(number), Inches(1), Inches(1), Inches(1))
        shape.text_frame.text = f"Part {number}"
    group.shapes.add_picture(io.BytesIO(decks.png()), Inches(5), Inches(1))
    slide.shapes.add_connector(2, Inches(1), Inches(1), Inches(4), Inches(4))
    builder = slide.shapes.build_freeform(Inches(1), Inches(1))
    builder.add_line_segments([(Inches(2), Inches(3)), (Inches(4), Inches(1))])
    builder.convert_to_shape()
    return decks.saved(deck)


@_case("many-pictures", "picture-metadata", kept=(b"NETSCAPE2.0",))
def _():
    deck = Presentation()
    for number in range(12):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        content = (
            decks.png((99, 66), (number * 9, 9, 9)),
            decks.jpeg((90, 60), orientation=number % 8 + 1),
            bitmap(number),
            gif(number),
        )
        for place, each in enumerate(content):
            slide.shapes.add_picture(io.BytesIO(each), Inches(place * 2), Inches(1), Inches(2))
    return decks.saved(deck)


def bitmap(number: int) -> bytes:
    """Return a picture as BMP or TIFF."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (30, 20), (number, 200, 90)).save(out, "BMP" if number % 2 else "TIFF")
    return out.getvalue()


def gif(number: int) -> bytes:
    """Return a GIF that moves when the number is odd."""
    from PIL import Image

    frames = [Image.new("RGB", (20, 20), (60 * each, number, 90)).convert("P") for each in range(1 + number % 2 * 3)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=len(frames) > 1, append_images=frames[1:], duration=80, loop=0)
    return out.getvalue()


@_case(
    "hyperlinks",
    kept=(
        b"https://www.coe.int/cybercrime?a=1&amp;b=%20c#top",
        b"mailto:ada.north@example.org?subject=Hello",
        b"tel:+32-2-123",
        b"http://[2001:db8::1]:8080/x",
        "https://例え.jp/パス".encode(),
    ),
)
def _():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Where to read on"
    frame = slide.placeholders[1].text_frame
    for address in (
        "https://www.coe.int/cybercrime?a=1&b=%20c#top",
        "mailto:ada.north@example.org?subject=Hello",
        "tel:+32-2-123",
        "http://[2001:db8::1]:8080/x",
        "https://例え.jp/パス",
    ):
        run = frame.add_paragraph().add_run()
        run.text, run.hyperlink.address = address, address
    slide.shapes.add_shape(1, 0, 0, 99, 99).click_action.hyperlink.address = "https://www.unodc.org/"
    return decks.saved(deck)


@_case(
    "slide-jumps",
    kept=(
        b"ppaction://hlinksldjump",
        b"jump=nextslide",
        b"jump=lastslide",
        b"ppaction://customshow?id=0",
        b"ppaction://noaction",
    ),
)
def _():
    deck = decks.parts()
    related(deck, "ppt/slides/slide1.xml", "rIdJ", "slide", "slide3.xml")
    for number, (key, action) in enumerate((
        ("rIdJ", "ppaction://hlinksldjump"), ("", "ppaction://hlinkshowjump?jump=nextslide"),
        ("", "ppaction://hlinkshowjump?jump=lastslide"), ("", "ppaction://customshow?id=0&amp;return=true"), ("", "ppaction://noaction"),
    )):  # fmt: skip
        drawn(
            deck, 1, decks.shape(90 + number, f"Jump {number}", about=f'<a:hlinkClick r:id="{key}" action="{action}"/>')
        )
    main = "ppt/presentation.xml"
    key = deck[main].split(b"<p:sldId ")[2].split(b'r:id="')[1].split(b'"')[0].decode()
    swapped(
        deck,
        main,
        "<p:defaultTextStyle>",
        f'<p:custShowLst><p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="{key}"/></p:sldLst></p:custShow></p:custShowLst><p:defaultTextStyle>',
    )
    return packed(deck)


@_case("transitions-and-animations", kept=(b"<p14:vortex", b"<p:fade", b"style.visibility", b"<mc:Choice"))
def _():
    deck = decks.parts()
    swapped(deck, "ppt/slides/slide2.xml", "</p:sld>", (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        f'xmlns:p14="{MS}/powerpoint/2010/main" Requires="p14"><p:transition spd="slow" p14:dur="4000"><p14:vortex dir="r"/>'
        '</p:transition></mc:Choice><mc:Fallback><p:transition spd="slow"><p:fade/></p:transition></mc:Fallback>'
        "</mc:AlternateContent></p:sld>"
    ))  # fmt: skip
    decks.timed(deck, 2, decks.appearing(3))
    return packed(deck)


@_case("sections", kept=(b"<p14:sectionLst", b'name="Opening"'))
def _():
    deck = decks.parts()
    main = "ppt/presentation.xml"
    numbers = [each.split(b'"')[0].decode() for each in deck[main].split(b'<p:sldId id="')[1:]] or [
        each.split(b' id="')[1].split(b'"')[0].decode() for each in deck[main].split(b"<p:sldId ")[1:]
    ]
    ids = "".join(f'<p14:sldId id="{number}"/>' for number in numbers)
    swapped(deck, main, "</p:presentation>", (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        f'xmlns:p14="{MS}/powerpoint/2010/main"><p14:section name="Opening" id="{{11111111-2222-3333-4444-555555555555}}">'
        f"<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>"
    ))  # fmt: skip
    return packed(deck)


@_case("smart-art", kept=(b"<dgm:relIds", b"Prevention", b"<dsp:drawing"))
def _():
    deck, slide = decks.parts(), "ppt/slides/slide2.xml"
    dgm = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    a = f'xmlns:a="{decks.A}"'
    for name, kind, relation, text in (
        ("data", "diagramData", "dm", (
            f'<dgm:dataModel {dgm} {a}><dgm:ptLst><dgm:pt modelId="0" type="doc"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:p/>'
            '</dgm:t></dgm:pt><dgm:pt modelId="1"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:p><a:r><a:t>Prevention</a:t></a:r>'
            '</a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst><dgm:cxn modelId="2" srcId="0" destId="1" srcOrd="0" destOrd="0"/>'
            '</dgm:cxnLst><dgm:bg/><dgm:whole/><dgm:extLst><a:ext uri="http://schemas.microsoft.com/office/drawing/2008/diagram">'
            f'<dsp:dataModelExt xmlns:dsp="{MS}/drawing/2008/diagram" relId="rIdDraw" minVer="12.0"/></a:ext></dgm:extLst></dgm:dataModel>'
        )),
        ("layout", "diagramLayout", "lo", (
            f'<dgm:layoutDef {dgm} {a} uniqueId="urn:x"><dgm:title val=""/><dgm:desc val=""/><dgm:catLst/><dgm:layoutNode name="n">'
            "<dgm:alg type=\"lin\"/></dgm:layoutNode></dgm:layoutDef>"
        )),
        ("quickStyle", "diagramStyle", "qs", f'<dgm:styleDef {dgm} {a} uniqueId="urn:s"><dgm:title val=""/></dgm:styleDef>'),
        ("colors", "diagramColors", "cs", f'<dgm:colorsDef {dgm} {a} uniqueId="urn:c"><dgm:title val=""/></dgm:colorsDef>'),
    ):  # fmt: skip
        word = "diagramQuickStyle" if kind == "diagramStyle" else kind
        added(deck, f"ppt/diagrams/{name}1.xml", text.encode(), f"{OFFICE}.drawingml.{kind}+xml", source=slide,
              key=f"rId_{relation}", kind=word)  # fmt: skip
    shape = decks.shape(1, "x").replace("p:sp", "dsp:sp").replace("<p:", "<dsp:").replace("</p:", "</dsp:")
    added(deck, "ppt/diagrams/drawing1.xml", (
        f'<dsp:drawing xmlns:dsp="{MS}/drawing/2008/diagram" {a}><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/>'
        f"<dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/>{shape}</dsp:spTree></dsp:drawing>"
    ).encode(), "application/vnd.ms-office.drawingml.diagramDrawing+xml", source=slide, key="rIdDraw",
        kind=f"{MS}/2007/relationships/diagramDrawing")  # fmt: skip
    drawn(deck, 2, (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="80" name="Diagram" descr="One step"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="3000000"/></p:xfrm><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds {dgm} xmlns:r="{RELS}" r:dm="rId_dm" '
        'r:lo="rId_lo" r:qs="rId_qs" r:cs="rId_cs"/></a:graphicData></a:graphic></p:graphicFrame>'
    ))  # fmt: skip
    return packed(deck)


@_case("formula", kept=(b"<m:oMath", b"m:val="))
def _():
    deck = decks.parts()
    math = (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        f'xmlns:a14="{MS}/drawing/2010/main" Requires="a14">'
        + decks.shape(70, "Formula", (
            '<a14:m><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:rPr>'
            '<m:sty m:val="p"/></m:rPr><m:t>E=mc²</m:t></m:r></m:oMath></a14:m>'
        ))
        + f'</mc:Choice><mc:Fallback>{decks.shape(70, "Formula")}</mc:Fallback></mc:AlternateContent>'
    )  # fmt: skip
    drawn(deck, 2, math)
    return packed(deck)


@_case("wide-screen-and-other-theme", kept=(b'name="House"', b"AA3300"))
def _():
    deck = Presentation(io.BytesIO(decks.plain()))
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    parts = unpacked(decks.saved(deck))
    (theme,) = (name for name in parts if name == "ppt/theme/theme1.xml")
    parts[theme] = parts[theme].replace(b'name="Office Theme"', b'name="House"').replace(b"4F81BD", b"AA3300")
    return packed(parts)


@_case("arabic", kept=("ما هي الجريمة الإلكترونية؟".encode(), b'rtl="1"', b'lang="ar-SA"'))
def _():
    deck = decks.parts()
    body = '<a:pPr rtl="1" algn="r"/><a:r><a:rPr lang="ar-SA"/><a:t>ما هي الجريمة الإلكترونية؟</a:t></a:r>'
    drawn(deck, 2, decks.shape(90, "نص", body))
    swapped(deck, "ppt/presentation.xml", "<p:presentation ", '<p:presentation rtl="1" ')
    return packed(deck)


@_case("chinese-and-four-to-three", kept=("网络犯罪与刑事司法".encode(), b'altLang="en-US"'))
def _():
    deck = decks.parts()
    body = '<a:r><a:rPr lang="zh-CN" altLang="en-US" sz="2400"><a:ea typeface="宋体"/></a:rPr><a:t>网络犯罪与刑事司法</a:t></a:r>'
    drawn(deck, 2, decks.shape(90, "文本框", body))
    return packed(deck)


@_case("part-names-of-other-programs")
def _():
    deck = decks.parts()
    moved = deck.pop("ppt/slides/slide2.xml")
    deck["ppt/slides/Folie_2(neu).xml"] = moved
    deck["ppt/slides/_rels/Folie_2(neu).xml.rels"] = deck.pop("ppt/slides/_rels/slide2.xml.rels")
    swapped(deck, "ppt/_rels/presentation.xml.rels", "slides/slide2.xml", "/ppt/slides/Folie_2(neu).xml")
    swapped(deck, "[Content_Types].xml", "/ppt/slides/slide2.xml", "/ppt/slides/Folie_2(neu).xml")
    return packed(deck)


@_case("packed-while-streaming")
def _():
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.content += data
            return len(data)

    import zipfile

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in decks.parts().items():
            file.writestr(name, content)
    return bytes(pipe.content)


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def rich(folder: Path | None = None) -> bytes:
    """Return a deck with text, notes, a table, a chart, pictures and links, as a speaker would fill it."""
    deck = Presentation(io.BytesIO(noted()))
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "All together"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(1, 1).text = "Region", "Africa"
    values = CategoryChartData()
    values.categories = ["2019", "2020"]
    values.add_series("Cases", (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(2), values)
    slide.shapes.add_picture(io.BytesIO(decks.jpeg((300, 200))), Inches(6), Inches(3))
    run = slide.shapes.add_textbox(Inches(6), Inches(1), Inches(3), Inches(1)).text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.hyperlink.address = "Council of Europe", Pt(20), "https://www.coe.int/"
    return decks.saved(deck)


_case("filled-by-a-speaker", "workbook", keep_notes=True)(rich)
OFFICE_FORMATS = {"libreoffice-pptx": ("pptx",), "libreoffice-odp-and-back": ("odp", "pptx")}
HAS_OFFICE = shutil.which("soffice") is not None
