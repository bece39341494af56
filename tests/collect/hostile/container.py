"""Files whose zip tells two stories, or one that is too long."""

from __future__ import annotations

from collections.abc import Callable

from tests.collect import decks
from tests.collect.hostile.case import SECRET, SLIDE, case
from tests.collect.surgery import bent, entries, entry, packed


def _zip(change: Callable[[list], None] = lambda each: None, **how) -> bytes:
    each = entries(decks.parts())
    change(each)
    return bent(each, **how)


case("zip-bomb", refused="zip-bomb")(
    lambda: _zip(lambda each: each.append(entry(b"ppt/x.xml", bytes(320 * 1024 * 1024))))
)
case("zip-bomb-slide", refused="zip-bomb")(
    lambda: packed(decks.parts() | {SLIDE: b"<a>" + b" " * (17 * 1024 * 1024) + b"</a>"})
)
case("size-that-lies", refused="zip-bomb")(
    lambda: _zip(lambda each: each.__setitem__(_at(each, SLIDE), entry(SLIDE.encode(), b" " * 10**7, size=100)))
)
case("too-many-parts", refused="zip-bomb")(
    lambda: _zip(lambda each: each.extend(entry(b"x%d" % n, b"") for n in range(5_001)))
)
case("overlapping-parts", refused="zip-odd")(lambda: _zip(twice=True))
case("unknown-packing", refused="zip-odd")(lambda: _zip(lambda each: each.append(entry(b"x.xml", b"x", method=99))))
case("encrypted-part", refused="encrypted")(lambda: _zip(lambda each: each.append(entry(b"x.xml", b"x", flags=1))))
case("link-to-a-file", refused="zip-odd")(
    lambda: _zip(lambda each: each.append(entry(b"x.xml", b"/etc/passwd", mode=0o120777)))
)
case("two-names", refused="zip-odd")(lambda: _zip(lambda each: each.append(entry(b"x.xml", b"x", local=b"y.xml"))))
case("joined-files", refused="zip-odd")(lambda: decks.plain() + decks.charted())
case("comment-behind", refused="zip-odd")(lambda: _zip(comment=SECRET))
case("data-before", refused="pdf")(lambda: _zip(prefix=b"%PDF-1.7\n"))
case("data-before-2", refused="zip-odd")(lambda: _zip(prefix=b"PK\3\4" + bytes(60)))
case("data-behind", refused="zip-odd")(lambda: decks.plain() + SECRET)
case("damaged", refused="zip-broken")(
    lambda: _zip(lambda each: each.__setitem__(_at(each, SLIDE), entry(SLIDE.encode(), decks.parts()[SLIDE], crc=7)))
)
case("truncated", refused="truncated")(lambda: decks.plain()[:-4000])
NAMES = (
    b"../evil.xml", b"ppt/../../evil.xml", b"/etc/evil.xml", b"C:/evil.xml", b"ppt\\evil.xml", b"ppt/ev\0il.xml", b"ppt//x.xml",
    "ppt/\u202egpj.xml".encode(), b"ppt/%2e%2e/x.xml", b"ppt/x%2Fy.xml", b"ppt/con:.xml", b"ppt/a.", b"ppt/a ", b"n" * 300, b"ppt/./x",
    b"ppt/\xff\xfe.xml", b"ppt/x?.xml",
)  # fmt: skip
for _number, _bad in enumerate(NAMES):
    case(f"name-{_number}", refused="zip-name")(
        lambda bad=_bad: _zip(
            lambda each: each.append(entry(bad, b"x", flags=0x800 if any(c > 127 for c in bad) else 0))
        )
    )
case("part-twice", refused="zip-twice")(lambda: _zip(lambda each: each.append(entry(SLIDE.encode(), b"<x/>"))))
case("part-twice-in-capitals", refused="zip-twice")(
    lambda: _zip(lambda each: each.append(entry(SLIDE.upper().encode(), b"<x/>")))
)
case("part-twice-by-percent", refused="zip-twice")(
    lambda: _zip(lambda each: each.append(entry(SLIDE.replace("slide2", "%73lide2").encode(), b"<x/>")))
)


def _at(each: list, name: str) -> int:
    return next(number for number, one in enumerate(each) if one[0] == name.encode())
