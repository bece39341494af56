"""Decks that hide in places which no element of the standard has: at the root of a part, between elements, in lists."""

from __future__ import annotations

import re
import struct

from tests.collect import decks
from tests.collect.hostile.case import OLE, SECRET, SLIDE, case
from tests.collect.legitimate import noted
from tests.collect.surgery import MS, TYPES, added, bent, drawn, entries, packed, related, swapped, unpacked

_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def _at_the_root(deck: dict[str, bytes], part: str = SLIDE) -> None:
    """Let the root of a part name a relationship."""
    swapped(deck, part, "<p:sld ", '<p:sld r:id="rIdRoot" ')


@case("link-at-the-root-of-a-slide", removed="link", gone=(b"evil.example", b"rIdRoot"))
def _():
    deck = decks.parts()
    related(deck, SLIDE, "rIdRoot", "hyperlink", "file://evil.example/share", external=True)
    _at_the_root(deck)
    return packed(deck)


@case("object-at-the-root-of-a-slide", removed="ole", gone=(SECRET, b"rIdRoot"))
def _():
    deck = decks.parts()
    type_ = "application/vnd.openxmlformats-officedocument.oleObject"
    added(deck, "ppt/embeddings/x.bin", OLE + SECRET, type_, source=SLIDE, key="rIdRoot", kind="oleObject")
    _at_the_root(deck)
    return packed(deck)


@case("notes-at-the-root-of-a-slide", removed="notes-left-out", gone=(b"notesSlide",))
def _():
    deck = unpacked(noted())
    lists = "ppt/slides/_rels/slide2.xml.rels"
    id_ = re.search(rb'Id="(\w+)"[^>]*notesSlide"|notesSlide"[^>]*Id="(\w+)"', deck[lists])
    swapped(deck, SLIDE, "<p:sld ", f'<p:sld r:id="{(id_[1] or id_[2]).decode()}" ')
    return packed(deck)


@case("nothing-at-the-root-of-a-slide", removed="author", gone=(b"rIdRoot",))
def _():
    deck = decks.parts()
    _at_the_root(deck)
    return packed(deck)


@case("text-of-a-root", removed="author", gone=(SECRET,))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:cSld", "TopSecretNeedle<p:cSld")
    return packed(deck)


@case("text-behind-versions", removed="author", gone=(SECRET,))
def _():
    deck = decks.parts()
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = f'<mc:Choice xmlns:p14="{MS}/powerpoint/2010/main" Requires="p14">{decks.shape(90, "a")}TopSecretNeedle</mc:Choice>'
    drawn(deck, 2, f'<mc:AlternateContent xmlns:mc="{mc}">{choice}</mc:AlternateContent>TopSecretNeedle')
    return packed(deck)


@case("version-outside-versions", removed="unknown-markup", gone=(b"Choice",))
def _():
    deck = decks.parts()
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawn(deck, 2, f'<mc:Choice xmlns:mc="{mc}" Requires="mc">{decks.shape(90, "a")}</mc:Choice>')
    return packed(deck)


@case("silent-name-of-another-namespace", removed="unknown-markup", gone=(SECRET,))
def _():
    deck = decks.parts()
    drawn(deck, 2, '<x:autoUpdate xmlns:x="urn:x">TopSecretNeedle</x:autoUpdate>')
    return packed(deck)


@case("part-that-is-called-a-list", removed="unknown-part", gone=(SECRET,))
def _():
    deck = decks.parts()
    deck["ppt/payload.rels"] = SECRET
    return packed(deck)


@case("part-with-the-name-of-the-grey-picture", removed="unknown-part", gone=(SECRET,))
def _():
    deck = decks.parts()
    deck["(grey)"] = SECRET
    return packed(deck)


@case("properties-that-are-missing", removed="author")
def _():
    deck = decks.parts()
    swapped(deck, TYPES, "</Types>", f'<Override PartName="/" ContentType="{_CORE_TYPE}"/></Types>')
    text = deck["_rels/.rels"].decode()
    line = next(each for each in re.findall(r"<Relationship [^>]*/>", text) if _CORE in each)
    deck["_rels/.rels"] = text.replace(line, re.sub('Target="[^"]*"', 'Target="docProps/none.xml"', line)).encode()
    return packed(deck)


@case("sound-as-picture", removed=("picture",), gone=(b"audio/",))
def _():
    deck = decks.parts()
    added(deck, "ppt/media/x.mp3", decks.mp3(), "audio/mpeg", source=SLIDE, key="rIdS", kind="image")
    drawn(deck, 2, (
        '<p:pic><p:nvPicPr><p:cNvPr id="91" name="Sound"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
        '<a:blip r:embed="rIdS"/></p:blipFill><p:spPr/></p:pic>'
    ))  # fmt: skip
    return packed(deck)


@case("list-of-a-zip64-file-before-the-end", refused="zip-odd")
def _():
    content = bent(entries(decks.parts()))
    at = content.rindex(b"PK\5\6")
    start, count = struct.unpack_from("<I", content, at + 16)[0], struct.unpack_from("<H", content, at + 10)[0]
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 20, 20, 0, 0, count, count, at - start, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, at, 1)
    size = at - start + len(record) + len(locator)
    end = content[at : at + 12] + struct.pack("<I", size) + content[at + 16 :]
    return content[:at] + record + locator + end
