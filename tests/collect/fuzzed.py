"""What an input of the fuzzer means, and what must hold for each; `fuzz` finds inputs, `test_fuzz` replays them.

Random bytes never pass the checksums of a zip. So most inputs are programs: edits of a small deck, which is then packed
as a valid zip.
"""

from __future__ import annotations

import io
import re
from functools import cache

from lxml import etree

from pipeline.collect import media, pictures
from pipeline.collect.findings import CODES
from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.hostile import HOSTILE
from tests.collect.laws import breaches
from tests.collect.legitimate import LEGITIMATE
from tests.collect.surgery import packed, unpacked

SECONDS = 10
"""The longest time that one input may take, which libFuzzer measures; a usual one takes 0.1."""
LONGEST = 4_096
"""The length of an input in bytes."""

BASES = (
    *(LEGITIMATE[name].make for name in ("plain", "slide-jumps", "smart-art", "formula", "video-with-timing")),
    *(LEGITIMATE[name].make for name in ("transitions-and-animations", "notes", "chart", "sections", "table")),
    decks.object_deck,
    *(HOSTILE[name].make for name in ("svg-behind-picture", "map-chart-that-asks-a-server", "link-in-both-versions")),
    *(LEGITIMATE[name].make for name in ("hyperlinks", "sound-wav")),
    *(HOSTILE[name].make for name in ("foreign-properties", "chart-names-a-folder", "publishing-outside", "ink")),
)
"""A new one comes last: the inputs of the corpus name a deck by its number."""
VALUES = (
    "", "0", "1", "-1", "99999999999999999999", "1e400", "²", "true", "rId1", "rId2", "rId7", "rId99", "/", "..", "%2e%2e",
    "file:///C:/Users/ada/x", "https://example.org/", "http://a@b/", "\\\\host\\x", "mailto:a@example.org?bcc=b@example.org",
    "ppaction://program", "ppaction://hlinksldjump", "ppaction://customshow?id=0", "ppaction://hlinkshowjump?jump=nextslide",
    "External", "Internal", "image/png", "application/xml", "video/mp4", "application/vnd.ms-office.vbaProject",
    "call", "verb", "playFrom(0.0)", "title", "p14", "p14 a14", "x" * 300, "\u202e", "\u0378", "a b", "&", "p:oleObj",
    *(f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" for kind in (
        "slide", "slideLayout", "slideMaster", "theme", "notesSlide", "image", "video", "hyperlink", "oleObject",
        "themeOverride", "officeDocument", "tableStyles", "chart", "diagramData",
    )),
    *(f"application/vnd.openxmlformats-officedocument.presentationml.{kind}+xml" for kind in (
        "slide", "slideLayout", "slideMaster", "notesSlide", "notesMaster", "presentation.main", "template.main",
    )),
)  # fmt: skip
NAMES = (
    "p:sp", "p:pic", "p:graphicFrame", "p:oleObj", "p:control", "p:cNvPr", "p:cmd", "p:timing", "p:extLst", "p:bg", "p:grpSp",
    "a:blip", "a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver", "a:t", "a:p", "a:fld", "a:graphicData", "a:extLst",
    "mc:AlternateContent", "mc:Choice", "mc:Fallback", "p14:media", "a14:m", "m:oMath", "dgm:relIds", "c:chart", "c:f",
    "p:snd", "a:snd", "p:sldId", "p:sldLayoutId", "p:ph", "x:unknown",
    "r:id", "r:embed", "r:link", "id", "name", "action", "hidden", "show", "uri", "Requires", "mc:Ignorable", "type", "spid",
    "Id", "Type", "Target", "TargetMode", "PartName", "Extension", "ContentType", "xml:space", "macro", "descr",
)  # fmt: skip
SPACES = {
    "p": decks.P, "a": decks.A, "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006", "x": "urn:unknown",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main", "xml": "http://www.w3.org/XML/1998/namespace",
}  # fmt: skip


class Program:
    """The bytes of an input, read as numbers and texts; behind their end there are zeros."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)
        self._left = len(content)

    def __bool__(self) -> bool:
        return self._left > 0

    def bytes(self, length: int) -> bytes:
        self._left -= length
        return self._file.read(length)

    def number(self, below: int) -> int:
        """Return a number from 0 to below `below`, of one byte or two."""
        return int.from_bytes(self.bytes(1 if below <= 256 else 2).ljust(1, b"\0"), "little") % max(below, 1)

    def text(self) -> str:
        """Return a known value, or the text that follows."""
        known = self.number(256)
        return VALUES[known] if known < len(VALUES) else self.bytes(self.number(64)).decode("latin-1")

    def name(self) -> str:
        prefix, _, local = NAMES[self.number(len(NAMES))].rpartition(":")
        return f"{{{SPACES[prefix]}}}{local}" if prefix else local


def check(content: bytes) -> None:
    """Raise AssertionError if an input breaks a promise; any other exception breaks one as well."""
    kind, rest = content[:1], content[1:]
    if kind == b"f":
        check_deck(rest)
    elif kind == b"p":
        check_picture(rest)
    elif kind == b"m":
        check_media(rest)
    elif kind == b"d":
        check_deck(edited(Program(rest)))


def check_deck(content: bytes) -> None:
    """Judge a deck: a clean copy keeps the laws and is accepted as it is."""
    verdict = judge(content, language="en")
    assert {each.code for each in (*verdict.refusals, *verdict.removals, *verdict.remarks)} <= CODES
    assert (verdict.status == "refused") == (not verdict.content) == bool(verdict.refusals)
    if verdict.content:
        assert breaches(verdict.content) == []
        again = judge(verdict.content, language="en")
        assert (again.status, again.content == verdict.content) == ("accepted", True), again.removals


def check_picture(content: bytes) -> None:
    """Encode a picture again: a second time changes nothing."""
    try:
        found = pictures.rewritten(content)
    except pictures.Unreadable:
        return
    assert pictures.rewritten(found.content).content == found.content


def check_media(content: bytes) -> None:
    """Clean a video or sound: a second time changes nothing."""
    found = media.rewritten(content)
    if found is not None:
        again = media.rewritten(found.content)
        assert again is not None
        assert again.content == found.content


@cache
def base(number: int) -> dict[str, bytes]:
    """Return the parts of a deck with the layouts that its slides use, so that one input takes little time."""
    deck = unpacked(BASES[number]())
    text = b"".join(deck[name] for name in deck if name.startswith("ppt/slides/_rels/"))
    used = set(re.findall(rb"slideLayouts/(slideLayout\d+\.xml)", text))
    master = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    for line, id, name in re.findall(rb'(<[^<>]*Id="(\w+)"[^<>]*/(slideLayout\d+\.xml)"[^<>]*>)', deck[master]):
        if name not in used:
            deck[master] = deck[master].replace(line, b"")
            listing = "ppt/slideMasters/slideMaster1.xml"
            deck[listing] = re.sub(rb'<p:sldLayoutId [^<>]*r:id="%b"/>' % id, b"", deck[listing])
            for path in (f"ppt/slideLayouts/{name.decode()}", f"ppt/slideLayouts/_rels/{name.decode()}.rels"):
                del deck[path]
    deck.pop("docProps/thumbnail.jpeg", None)
    deck.pop("ppt/printerSettings/printerSettings1.bin", None)
    return deck


def edited(program: Program) -> bytes:
    """Return a deck that is edited as a program says."""
    deck = dict(base(program.number(len(BASES))))
    for _ in range(12):
        if not program:
            break
        names = sorted(deck, key=_order)
        name = names[program.number(len(names))]
        edit = program.number(len(EDITS))
        EDITS[edit](deck, name, program)
    return packed(deck)


def _order(name: str) -> tuple[bool, str]:
    return not name.startswith(("ppt/slides/", "ppt/presentation", "ppt/_rels/", "[", "_rels")), name


def _tree(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _in_tree(change):
    """Return an edit of the bytes of a part from one of its tree; a part that is no XML is left as it is."""

    def edit(deck: dict[str, bytes], name: str, program: Program) -> None:
        root = _tree(deck[name])
        if root is None:
            return
        all = [each for each in root.iter() if isinstance(each.tag, str)]
        try:
            change(root, all[program.number(len(all))], program, deck)
        except (ValueError, TypeError):  # lxml writes no control characters and no cycles
            return
        deck[name] = etree.tostring(root)

    return edit


def _set(root, element, program, deck) -> None:
    element.set(program.name(), program.text())


def _value(root, element, program, deck) -> None:
    keys = element.keys()
    if keys:
        element.set(keys[program.number(len(keys))], program.text())


def _unset(root, element, program, deck) -> None:
    keys = element.keys()
    if keys:
        del element.attrib[keys[program.number(len(keys))]]


def _rename(root, element, program, deck) -> None:
    element.tag = program.name()


def _write(root, element, program, deck) -> None:
    element.text = program.text()


def _delete(root, element, program, deck) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _copied(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def _twice(root, element, program, deck) -> None:
    if element.getparent() is not None:
        element.addnext(_copied(element))


def _nest(root, element, program, deck) -> None:
    """Put an element into a new one."""
    parent = element.getparent()
    if parent is not None:
        outer = etree.Element(program.name())
        parent.replace(element, outer)
        outer.append(element)


def _insert(root, element, program, deck) -> None:
    inner = etree.SubElement(element, program.name())
    for _ in range(program.number(4)):
        inner.set(program.name(), program.text())


def _transplant(root, element, program, deck) -> None:
    """Copy an element of another part into this one."""
    names = sorted(deck, key=_order)
    other = _tree(deck[names[program.number(len(names))]])
    if other is not None:
        found = [each for each in other.iter() if isinstance(each.tag, str)]
        element.append(_copied(found[program.number(len(found))]))


def _retarget(root, element, program, deck) -> None:
    """Lead a relationship or a content type to another part."""
    names = sorted(deck, key=_order)
    key = "PartName" if element.get("PartName") else "Target"
    if element.get(key):
        element.set(key, f"/{names[program.number(len(names))]}")


def _overwrite(deck, name, program) -> None:
    at, gone = program.number(len(deck[name])), program.number(16)
    text = program.text().encode()
    deck[name] = deck[name][:at] + text + deck[name][at + gone :]


def _remove_part(deck, name, program) -> None:
    del deck[name]


def _swap_parts(deck, name, program) -> None:
    other = sorted(deck, key=_order)[program.number(len(deck))]
    deck[name], deck[other] = deck[other], deck[name]


def _recode(deck, name, program) -> None:
    """Write a part in another encoding."""
    code = ("utf-16", "utf-16-be", "utf-8-sig", "latin-1")[program.number(4)]
    text = deck[name].decode("utf-8", "replace")
    deck[name] = text.replace('encoding="UTF-8"', f'encoding="{code[:6]}"').encode(code, "replace")


EDITS = (
    *map(_in_tree, (_value, _set, _unset, _rename, _write, _delete, _twice, _nest, _insert, _transplant, _retarget)),
    _overwrite, _remove_part, _swap_parts, _recode,
)  # fmt: skip
