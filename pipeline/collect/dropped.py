"""Names every part of the file that is not in the copy.

Threat: a removal that nobody hears of, so that a speaker misses something or staff never learn of an attack. It removes
nothing itself: what `deck` did not copy is not in the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.collect.allowed import LISTS
from pipeline.collect.deck import Deck
from pipeline.collect.filetype import OLE, ZIP
from pipeline.collect.findings import Refused, shown
from pipeline.collect.package import TYPES, Package, relationships_of
from pipeline.core.verdicts import Finding

_PROGRAMS = (OLE, ZIP, b"MZ", b"\x7fELF", b"#!", b"%PDF", b"{\\rtf")
_ALWAYS = frozenset(("macro", "activex", "ribbon", "web-add-in", "ole", "embedded-file", "external"))
"""Codes that are named even when the part belongs to a hidden slide or to notes."""
_IN_DETAIL = ("author", "custom-properties", "external")
"""Codes whose findings have the names of the parts in `detail`, not in `where`."""
_MOST = 12  # names in a finding


def dropped_parts(deck: Deck) -> Iterator[Finding]:
    """Yield one finding for each kind of part that is not in the copy."""
    unused = [*deck.left_out, *(part for part in deck.read if part not in deck.copied)]
    explained = _reached(deck.package, unused, deck.read)
    lists = {TYPES, relationships_of(""), *map(relationships_of, deck.package)}
    groups: dict[str, list[str]] = {}
    for part in deck.package:
        if part in deck.read or part in lists or part in deck.left_out:
            continue
        code = _code(deck, part)
        if deck.embedded.is_unreadable(part) and code in ("unused-picture", "unknown-part"):  # it has a finding already
            continue
        if part not in explained or code in _ALWAYS:
            groups.setdefault(code, []).append(shown(part))
    for code, parts in groups.items():
        names = ", ".join(parts[:_MOST]) + (f" … ({len(parts)})" if len(parts) > _MOST else "")
        yield Finding(code=code, detail=names) if code in _IN_DETAIL else Finding(code=code, where=names)


def _code(deck: Deck, part: str) -> str:
    """Return the code of a part, by its content type, the relationships to it and its first bytes."""
    leading = deck.leading.get(part, set())
    if any(each.startswith(("chart ", "chartEx ")) and each.endswith("/package") for each in leading):
        return "workbook"
    text = " ".join((deck.package.type_of(part), *sorted(leading)))
    code = next((code for word, code in LISTS.codes_of_parts.items() if word in text), "unknown-part")
    is_disguise = code in ("unused-picture", "unknown-part", "thumbnail")
    return "embedded-file" if is_disguise and deck.package.first_bytes(part).startswith(_PROGRAMS) else code


def _reached(package: Package, parts: Iterable[str], read: set[str]) -> set[str]:
    """Return the unread parts that the given parts lead to, directly or not."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        try:
            relationships = package.relationships(waiting.pop()).values()
        except Refused:  # nothing of it is copied, so it need not be readable
            continue
        fresh = {each.target for each in relationships if each.target and not each.external} - found - read
        found |= fresh
        waiting += fresh
    return found
