"""Decks whose XML attacks the one who reads it."""

from __future__ import annotations

from tests.collect import decks
from tests.collect.hostile.case import SLIDE, case, replaced
from tests.collect.surgery import TYPES


def _declared(doctype: str, *, coding: str = "utf-8") -> bytes:
    slide = decks.parts()[SLIDE].decode().partition("?>")[2]
    return f'<?xml version="1.0" encoding="{coding}"?>{doctype}{slide}'.encode(coding)


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or chr(0)[:0]};" * 10}">' for n in range(1, 9))
    + "]>"
)
case("entity-from-a-file", refused="doctype")(
    lambda: replaced(_declared('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))
)
case("billion-laughs", refused="doctype")(lambda: replaced(_declared(LAUGHS)))
case("doctype-in-utf-16", refused="doctype")(
    lambda: replaced(_declared('<!DOCTYPE s SYSTEM "http://evil.example/x">', coding="utf-16"))
)
case("doctype-in-relationships", refused="doctype")(
    lambda: replaced(b'<!DOCTYPE s><Relationships xmlns="x"/>', "ppt/slides/_rels/slide2.xml.rels")
)
case("doctype-in-content-types", refused="doctype")(lambda: replaced(b"<!DOCTYPE s><Types/>", TYPES))
case("doctype-in-properties", refused="doctype")(lambda: replaced(b"<!DOCTYPE s><x/>", "docProps/core.xml"))
case("doctype-in-hidden-slide", refused="doctype")(
    lambda: replaced(_declared("<!DOCTYPE s>").replace(b"<p:sld ", b'<p:sld show="0" '))
)
case("odd-encoding", refused="xml-encoding")(lambda: replaced(b'<?xml version="1.0" encoding="UTF-7"?><x/>'))
case("odd-encoding-ebcdic", refused="xml-broken")(
    lambda: replaced('<?xml version="1.0" encoding="cp500"?><x/>'.encode("cp500"))
)
case("utf-16-without-mark", refused="xml-encoding")(lambda: replaced("<x/>".encode("utf-16-le")))
case("100000-levels", refused="xml-depth")(lambda: replaced("<a>" * 50_000 + "</a>" * 50_000))
case("251-levels-of-known-elements", refused="xml-depth")(
    lambda: replaced(
        decks.parts()[SLIDE].replace(b"</p:spTree>", b"<p:grpSp>" * 249 + b"</p:grpSp>" * 249 + b"</p:spTree>")
    )
)
case("too-many-elements", refused="xml-size")(lambda: replaced("<a>" + "<b/>" * 300_001 + "</a>"))
case("too-many-attributes", refused="xml-size")(lambda: replaced("<a>" + '<b c="" d="" e="" f=""/>' * 63_000 + "</a>"))
case("broken-slide", refused="xml-broken")(lambda: replaced("<p:sld"))
case("wrong-root", refused="broken-deck")(lambda: replaced("<x/>"))
