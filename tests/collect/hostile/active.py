"""Decks that run something when they are opened, clicked or played."""

from __future__ import annotations

import re

from tests.collect import decks
from tests.collect.hostile.case import MAIN, OLE, PPT, SECRET, SLIDE, case
from tests.collect.legitimate import LEGITIMATE
from tests.collect.surgery import MS, TYPES, added, drawn, packed, related, swapped, unpacked

VBA = "application/vnd.ms-office.vbaProject"
VBA_KIND = f"{MS}/2006/relationships/vbaProject"


@case("macro", removed=("macro", "macro-file"), gone=(SECRET,))
def _():
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml")
    added(deck, "ppt/vbaProject.bin", OLE + SECRET, VBA, source=PPT, key="rIdV", kind=VBA_KIND)
    return packed(deck)


@case("macro-renamed-picture", removed=("picture", "embedded-file"), gone=(SECRET,))
def _():
    return decks.pictured(OLE + SECRET)


@case("macro-orphan", removed="macro", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/other.bin", OLE + SECRET, VBA)
    return packed(deck)


@case("macro-declared-as-slide", refused="xml-encoding")
def _():
    deck = decks.parts()
    deck[SLIDE] = OLE
    return packed(deck)


@case("show-that-starts-itself", removed="other-kind")
def _():
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, MAIN.replace("presentation.main", "slideshow.main"))
    return packed(deck)


@case("add-in", refused="add-in")
def _():
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, "application/vnd.ms-powerpoint.addin.macroEnabled.main+xml")
    return packed(deck)


@case("activex", removed="activex", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/activeX/activeX1.xml", SECRET, "application/vnd.ms-office.activeX+xml", source=SLIDE, key="rIdX",
          kind="control")  # fmt: skip
    swapped(
        deck,
        SLIDE,
        "</p:cSld>",
        '<p:controls><p:control spid="7" name="TopSecretNeedle" r:id="rIdX"/></p:controls></p:cSld>',
    )
    return packed(deck)


@case("add-in-pane", removed="web-add-in", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/webextensions/taskpanes.xml", SECRET, "application/vnd.ms-office.webextensiontaskpanes+xml",
          source="", key="rIdW", kind=f"{MS}/2011/relationships/webextensiontaskpanes")  # fmt: skip
    return packed(deck)


@case("ribbon", removed="ribbon", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "customUI/customUI14.xml", SECRET, "application/xml", source="", key="rIdU",
          kind=f"{MS}/2007/relationships/ui/extensibility")  # fmt: skip
    return packed(deck)


@case("ole-package", removed="ole", gone=(b"not a real document",))
def _():
    return decks.object_deck()


@case("ole-with-hostile-preview", removed=("ole", "picture"), gone=(b"This program cannot",))
def _():
    deck = unpacked(decks.object_deck())
    (preview,) = (name for name in deck if name.startswith("ppt/media/"))
    deck[preview] = b"MZ This program cannot be run"
    return packed(deck)


@case("ole-of-2007-with-drawing", removed="ole", gone=(b"CONTENTS",))
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


@case("ole-linked", removed=("ole", "external"), gone=(b"evil.example",))
def _():
    deck = unpacked(decks.object_deck())
    name = "ppt/slides/_rels/slide1.xml.rels"
    key = deck[name].split(b'relationships/package"')[0].rpartition(b'Id="')[2].split(b'"')[0].decode()
    start = deck[name].index(b"<Relationship ", deck[name].index(key.encode()) - 40)
    end = deck[name].index(b"/>", start) + 2
    deck[name] = deck[name][:start] + deck[name][end:]
    related(deck, "ppt/slides/slide1.xml", key, "oleObject", "file://evil.example/x.docx", external=True)
    return packed(deck)


@case("ole-in-both-versions", removed="ole", gone=(b"not a real document", b"oleObj"))
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


@case("embedded-document-with-macros", removed="embedded-file", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/embeddings/x.docm", b"PK" + SECRET, "application/vnd.ms-word.document.macroEnabled.12", source=SLIDE,
          key="rIdE", kind="package")  # fmt: skip
    return packed(deck)


@case("command-outside-an-animation", removed="verb", gone=(b"<p:cmd",))
def _():
    deck = decks.parts()
    drawn(deck, 2, '<p:cmd type="verb" cmd="0"/>')
    return packed(deck)


@case("link-to-a-show-that-is-removed", removed=("link", "reference"), gone=(b"ppaction://customshow",))
def _():
    deck = unpacked(LEGITIMATE["slide-jumps"].make())
    deck[PPT] = re.sub(rb'(?<=<p:sldLst><p:sld r:id=")[^"]*', b"rIdNone", deck[PPT])
    return packed(deck)


@case("animation-starts-object", removed="verb")
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
    case(f"program-on-{_name}", removed=("program", "link"), gone=(b"ppaction://program", b"calc.exe"))(
        lambda where=_where: decks.acting("ppaction://program", where=where, target="file:///C:/Windows/calc.exe")
    )
    case(f"macro-on-{_name}", removed="program", gone=(b"ppaction://macro",))(
        lambda where=_where: decks.acting("ppaction://macro?name=Run", where=where)
    )
for _action in (
    "ppaction://hlinkfile", "ppaction://ole?verb=0", "ppaction://hlinkpres?slideindex=1", "PPACTION://PROGRAM",
    "ppaction://hlinkshowjump?jump=nextslide&amp;x=1", "ppaction://customshow?id=77", "ppaction://unknown", "javascript:x",
):  # fmt: skip
    case(f"action-{_action}", removed=("program",) if "ole" in _action or "PROGRAM" in _action else ("link",))(
        lambda action=_action: decks.acting(action, where="text")
    )
case("action-show-verb-with-file", removed="link", gone=(b"x.exe",))(
    lambda: decks.acting("ppaction://hlinkshowjump?jump=nextslide", target="file://h/x.exe")
)

ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#9;script:alert(1)", "&#106;avascript:alert(1)", "vbscript:x",
    "file:///C:/Windows/System32/calc.exe", "file://evil.example/share", "\\\\evil.example\\share\\x", "//evil.example/x",
    "ms-word:ofe|u|https://evil.example/x.docm", "ms-msdt:/id", "search-ms:query=x", "data:text/html,x", "smb://evil.example",
    "http://bank.example@evil.example/", "http://evil.example\\@bank.example/", "http:\\\\evil.example\\x", "http:evil",
    "https:///evil.example", "mailto:a@b.org?bcc=spy@evil.example", "mailto:a@b.org?BCC=spy@evil.example",
    "mailto:a@b.org?%62cc=spy@evil.example", "mailto:a@b.org?attach=C:/x", "mailto:a@b.org,spy@evil.example",
    "mailto:a@b.org%0d%0aBcc:spy@evil.example", "mailto:a@b.org?subject=x%0D%0ABcc:spy@evil.example", "http://a.example/%0d%0aX", "http://a.example/\u202egpj.exe", "ftp://x.example",
    "%6aavascript:alert(1)", "tel:+32;x=javascript:y", "slide3.xml", "http://a b.example/", "mhtml:http://x.example!x",
)  # fmt: skip
for _number, _address in enumerate(ADDRESSES):
    case(f"address-{_number}-{_address[:24]!a}", removed="link", gone=(b"evil.example", b"avascript:"))(
        lambda address=_address, where=tuple(PROGRAMS)[_number % 4]: decks.linked(address, where=where)
    )
