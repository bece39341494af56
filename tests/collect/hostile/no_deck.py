"""Files that are no deck, or none that can be used."""

from __future__ import annotations

from pptx import Presentation

from tests.collect import decks
from tests.collect.hostile.case import MAIN, OLE, case, replaced
from tests.collect.surgery import RELS, TYPES, bent, entry, packed, swapped


def _office(kind: str) -> bytes:
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, f"application/vnd.openxmlformats-officedocument.{kind}.main+xml")
    return packed(deck)


case("empty", refused="empty")(lambda: b"")
case("too-large", refused="too-large")(lambda: b"PK\3\4" + bytes(64 * 1024 * 1024))
case("old-powerpoint", refused="old-ppt")(lambda: OLE + "PowerPoint Document".encode("utf-16-le") + bytes(99))
case("password", refused="encrypted")(lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99))
case("pdf", refused="pdf")(lambda: b"%PDF-1.7\n%\xe2\xe3")
case("page", refused="html")(lambda: b"\xef\xbb\xbf <!DOCTYPE html><html></html>")
case("rtf", refused="rtf")(lambda: b"{\\rtf1 x}")
case("program", refused="program-file")(lambda: b"MZ\x90\0")
case("shortcut", refused="program-file")(lambda: b"L\0\0\0\x01\x14\x02\0")
case("text", refused="not-a-deck")(lambda: b"Good morning")
case("word", refused="word")(lambda: _office("wordprocessingml.document"))
case("excel", refused="excel")(lambda: _office("spreadsheetml.sheet"))
case("open-document", refused="odp")(
    lambda: bent([entry(b"mimetype", b"application/vnd.oasis.opendocument.presentation", method=0)])
)
case("keynote", refused="keynote")(lambda: packed({"Index/Document.iwa": b"x", TYPES: b"<Types/>"}))
case("any-zip", refused="not-a-deck")(lambda: packed({"x.txt": b"x"}))
case("strict", refused="strict")(
    lambda: replaced(
        decks.parts()["_rels/.rels"].replace(
            f"{RELS}/officeDocument".encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
        ),
        "_rels/.rels",
    )
)
case("no-slides", refused="no-slides")(lambda: decks.saved(Presentation()))


@case("all-slides-hidden", refused="no-slides")
def _():
    deck = decks.parts()
    for number in (1, 2, 3):
        swapped(deck, f"ppt/slides/slide{number}.xml", "<p:sld ", '<p:sld show="0" ')
    return packed(deck)
