"""Decks that say the same in a way a careless reader does not see."""

from __future__ import annotations

from tests.collect import decks
from tests.collect.hostile.case import SECRET, SLIDE, case
from tests.collect.surgery import MS, RELS, TYPES, added, drawn, packed, related, swapped, typed, unpacked


@case("relationships-in-utf-16", removed="link", gone=(b"evil.example",))
def _():
    deck = unpacked(decks.linked("file://evil.example/x"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    text = deck[name].decode().partition("?>")[2] or deck[name].decode()
    deck[name] = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")
    return packed(deck)


@case("relationships-with-prefix", removed="link", gone=(b"evil.example",))
def _():
    deck = unpacked(decks.linked("file://evil.example/x"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = (
        deck[name].replace(b"<Relationship", b"<z:Relationship").replace(b"</Relationship", b"</z:Relationship")
    )
    deck[name] = deck[name].replace(b"xmlns=", b"xmlns:z=")
    return packed(deck)


@case("slide-with-other-prefixes", removed="program", gone=(b"ppaction://macro",))
def _():
    deck = unpacked(decks.acting("ppaction://macro?name=x", where="text"))
    text = deck[SLIDE].replace(b"<p:", b"<a0:").replace(b"</p:", b"</a0:").replace(b"xmlns:p=", b"xmlns:a0=")
    deck[SLIDE] = text.replace(b" r:", b" p:").replace(b"xmlns:r=", b"xmlns:p=")
    return packed(deck)


@case("link-in-both-versions", removed="program", gone=(b"ppaction://macro",))
def _():
    deck = decks.parts()
    bad = decks.shape(90, "x", about='<a:hlinkClick r:id="" action="ppaction://macro?name=x"/>')
    drawn(deck, 2, (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice xmlns:q="{MS}/powerpoint/2010/main" Requires="q">{bad}</mc:Choice>'
        f"<mc:Fallback>{bad}</mc:Fallback></mc:AlternateContent>"
    ))  # fmt: skip
    return packed(deck)


@case("unknown-namespace-with-content", removed="unknown-markup", gone=(b"ppaction://macro", b"evil:wrap"))
def _():
    deck = decks.parts()
    bad = decks.shape(90, "x", about='<a:hlinkClick r:id="" action="ppaction://macro?name=x"/>')
    swapped(deck, SLIDE, "<p:sld ", (
        '<p:sld xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:evil="urn:evil" '
        'mc:Ignorable="evil" mc:ProcessContent="evil:wrap" '
    ))  # fmt: skip
    drawn(deck, 2, f"<evil:wrap>{bad}</evil:wrap>")
    return packed(deck)


@case("xinclude", removed="unknown-markup", gone=(b"XInclude", b"passwd"))
def _():
    deck = decks.parts()
    drawn(deck, 2, '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
    return packed(deck)


@case("processing-instruction", removed="markup-notes", gone=(b"xml-stylesheet", SECRET))
def _():
    deck = decks.parts()
    swapped(
        deck,
        SLIDE,
        "<p:cSld>",
        f'<?xml-stylesheet href="http://evil.example/x.xsl"?><!-- {SECRET.decode()} --><p:cSld>',
    )
    return packed(deck)


@case("stray-text", gone=(SECRET,))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:cSld>", f"<p:cSld>{SECRET.decode()}")
    swapped(deck, SLIDE, "</p:cSld>", f"</p:cSld>{SECRET.decode()}")
    return packed(deck)


@case("base-of-relationships", removed="link", gone=(b"evil.example",))
def _():
    deck = unpacked(decks.linked("x/../y"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = deck[name].replace(b"<Relationships ", b'<Relationships xml:base="http://evil.example/" ')
    return packed(deck)


@case("target-mode-in-other-letters", refused="broken-deck")
def _():
    deck = unpacked(decks.linked("file://evil.example/x"))
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = deck[name].replace(b'"External"', b'"external"')
    return packed(deck)


@case("id-twice", refused="broken-deck")
def _():
    deck = unpacked(decks.linked("https://good.example/"))
    related(deck, SLIDE, "rIdLink", "hyperlink", "file://evil.example/x", external=True)
    return packed(deck)


@case("type-said-twice", refused="zip-twice")
def _():
    deck = decks.parts()
    typed(deck, "ppt/slides/SLIDE2.xml", "application/vnd.ms-office.vbaProject")
    return packed(deck)


@case("type-by-name-against-ending", removed=("picture", "macro"), gone=(SECRET,))
def _():
    deck = unpacked(decks.pictured(decks.png()))
    deck[TYPES] = deck[TYPES].replace(b'PartName="/ppt/media/image1.png" ContentType="image/png"',
                                      b'PartName="/ppt/media/image1.png" ContentType="application/vnd.ms-office.vbaProject"')  # fmt: skip
    deck["ppt/media/image1.png"] += SECRET
    return packed(deck)


@case("target-climbs-out", removed=("picture",), gone=(b"..%2F",))
def _():
    deck = decks.parts()
    name = "ppt/slides/_rels/slide3.xml.rels"
    deck[name] = deck[name].replace(b"../media/image1", b"..%2F..%2F..%2F..%2Fetc/image1")
    assert b"%2F" in deck[name]
    return packed(deck)


@case("picture-that-is-a-slide", removed="picture")
def _():
    deck = decks.parts()
    name = "ppt/slides/_rels/slide3.xml.rels"
    deck[name] = deck[name].replace(b"../media/image1.png", b"slide1.xml")
    return packed(deck)


@case("long-attribute", refused="xml-size")
def _():
    deck = decks.parts()
    drawn(deck, 2, decks.shape(90, "n" * 70_000))
    return packed(deck)


@case("processed-content-of-unknown-element", removed="unknown-markup", gone=(b"evil.example", b"oleObj"))
def _():
    deck = unpacked(decks.linked("https://good.example/"))
    swapped(deck, SLIDE, "<p:cSld>", '<x:wrap xmlns:x="urn:x"><a:blip r:link="rIdEvil"/></x:wrap><p:cSld>')
    related(deck, SLIDE, "rIdEvil", "image", "http://evil.example/x", external=True)
    return packed(deck)


@case("link-in-an-addition", removed=("reference",), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, SLIDE, "rIdEvil", f"{MS}/2007/relationships/media", "nowhere.mp4")
    swapped(deck, SLIDE, "</p:sld>", (
        f'<p:extLst><p:ext uri="x"><p14:media xmlns:p14="{MS}/powerpoint/2010/main" r:link="rIdEvil2" '
        'href="http://evil.example/"/></p:ext></p:extLst></p:sld>'
    ))  # fmt: skip
    return packed(deck)


@case("map-chart-that-asks-a-server", removed="object", gone=(b"regionMap",))
def _():
    deck = decks.parts()
    cx = f"{MS}/drawing/2014/chartex"
    text = f'<cx:chartSpace xmlns:cx="{cx}"><cx:chart><cx:plotArea><cx:series layoutId="regionMap"/></cx:plotArea></cx:chart></cx:chartSpace>'
    kind = f"{MS}/2014/relationships/chartEx"
    type_ = "application/vnd.ms-office.chartex+xml"
    added(deck, "ppt/charts/chartEx1.xml", text.encode(), type_, source=SLIDE, key="rIdMap", kind=kind)
    drawn(deck, 2, (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="80" name="Map"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="{cx}">'
        f'<cx:chart xmlns:cx="{cx}" r:id="rIdMap"/></a:graphicData></a:graphic></p:graphicFrame>'
    ))  # fmt: skip
    return packed(deck)


@case("presence-in-an-addition", removed="author", gone=(SECRET,))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "</p:sld>", (
        f'<p:extLst><p:ext uri="x"><p15:presenceInfo xmlns:p15="{MS}/powerpoint/2012/main" userId="TopSecretNeedle" '
        'providerId="AD"/></p:ext></p:extLst></p:sld>'
    ))  # fmt: skip
    return packed(deck)


@case("slide-that-is-listed-as-something-else", refused="broken-deck")
def _():
    deck = decks.parts()
    name = "ppt/_rels/presentation.xml.rels"
    kind, other = f'{RELS}/slide" Target="slides/slide2.xml"', f'{RELS}/image" Target="slides/slide2.xml"'
    swapped(deck, name, kind, other)
    return packed(deck)


@case("slide-listed-twice", refused="broken-deck")
def _():
    deck = decks.parts()
    main = "ppt/presentation.xml"
    first = deck[main].split(b"<p:sldId ")[1].split(b"/>")[0]
    deck[main] = deck[main].replace(
        b"</p:sldIdLst>", b"<p:sldId " + first.replace(b'id="256"', b'id="999"') + b"/></p:sldIdLst>"
    )
    return packed(deck)
