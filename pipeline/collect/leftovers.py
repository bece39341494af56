"""Names every part of the file that is not in the copy, so that nothing is removed without a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.collect.names import shown
from pipeline.collect.relations import TYPES, relations
from pipeline.collect.sniff import OLE, ZIP
from pipeline.collect.verdict import Finding, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.collect.rebuild import Rebuild

LEFT_OUT = (
    ("core-properties", "author"),
    ("extended-properties", "author"),
    ("custom-properties", "custom-properties"),
    ("vbaproject", "macro"),
    ("vbadata", "macro"),
    ("activex", "activex"),
    ("relationships/control", "activex"),
    ("customui", "ribbon"),
    ("ui/extensibility", "ribbon"),
    ("ui/usercustomization", "ribbon"),
    ("webextension", "web-add-in"),
    ("oleobject", "ole"),
    ("vmldrawing", "ole"),
    ("spreadsheetml", "embedded-file"),
    ("relationships/package", "embedded-file"),
    ("wordprocessingml", "embedded-file"),
    ("presentationml.presentation", "embedded-file"),
    ("macroenabled", "embedded-file"),
    ("comment", "comments"),
    ("relationships/authors", "comments"),
    ("ms-powerpoint.authors", "comments"),
    ("person", "comments"),
    ("tags", "tags"),
    ("printersettings", "printer"),
    ("customxml", "custom-xml"),
    ("thumbnail", "thumbnail"),
    ("fontdata", "embedded-font"),
    ("obfuscatedfont", "embedded-font"),
    ("relationships/font", "embedded-font"),
    ("digital-signature", "signature"),
    ("revisioninfo", "history"),
    ("changesinfo", "history"),
    ("classificationlabel", "label"),
    ("slideupdate", "external"),
    ("inkml", "ink"),
    ("image/svg", "svg"),
    ("hdphoto", "picture-layers"),
    ("vnd.ms-photo", "picture-layers"),
    ("presentationml.slide+xml", "orphan-slide"),
    ("image/", "unused-picture"),
)
"""Words in the type or relationship of a removed part, and its code; they never keep a part."""

_PROGRAMS = (OLE, ZIP, b"MZ", b"\x7fELF", b"#!", b"%PDF", b"{\\rtf")
_ALARMS = frozenset(("macro", "activex", "ribbon", "web-add-in", "ole", "embedded-file", "external"))
"""Codes that are named even when the part belongs to a hidden slide or to notes."""
_IN_DETAIL = ("author", "custom-properties", "external")
"""Codes whose findings have the names of the parts in `detail`, not in `where`."""

_MOST = 12  # of one kind


def named(deck: Rebuild) -> Iterator[Finding]:
    """Yield one finding for each kind of part that is not in the copy."""
    covered = _behind(deck, [*deck.hidden, *(part for part in deck.read if part not in deck.paths)])
    groups: dict[str, list[str]] = {}
    for part in deck.package:
        if part in deck.read or part == TYPES or part.endswith(".rels") or part in deck.hidden:
            continue
        code = _code(deck, part)
        if deck.shelf.unreadable(part) and code in ("unused-picture", "unknown-part"):  # it has a finding already
            continue
        if part not in covered or code in _ALARMS:
            groups.setdefault(code, []).append(shown(part))
    for code, parts in groups.items():
        more = f" … ({len(parts)})" if len(parts) > _MOST else ""
        names = ", ".join(parts[:_MOST]) + more
        inside = code in _IN_DETAIL
        yield Finding(code=code, where="" if inside else names, detail=names if inside else "")


def _code(deck: Rebuild, part: str) -> str:
    """Return the code of a part, by its content type, the relationships to it and its first bytes."""
    types = deck.seen_types.get(part, set())
    if any(type_.startswith(("chart ", "chartEx ")) and type_.endswith("/package") for type_ in types):
        return "workbook"
    text = " ".join((deck.types.of(part), *sorted(types)))
    code = next((code for word, code in LEFT_OUT if word in text), "unknown-part")
    foreign = code in ("unused-picture", "unknown-part", "thumbnail")
    return "embedded-file" if foreign and deck.package.head(part).startswith(_PROGRAMS) else code


def _behind(deck: Rebuild, parts: list[str]) -> set[str]:
    """Return the unread parts that the given parts lead to, directly or not."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        try:
            targets = [each.target for each in relations(deck.package, part).values() if not each.external]
        except Refused:  # nothing of it is copied, so it need not be readable
            continue
        fresh = {target for target in targets if target and target not in found and target not in deck.read}
        found |= fresh
        waiting += fresh
    return found
