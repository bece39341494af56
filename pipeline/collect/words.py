"""Makes of the vocabulary what is asked of every element and attribute: may it stay, may it hold text, is it hollow."""

from __future__ import annotations

from pipeline.collect.vocabulary import ADDED, ATTRIBUTES, DGM, ELEMENTS, EXTENSIONS, NEVER, PREFIXES, A, C, P

PREFIXES_OF = {space: prefix for prefix, space in PREFIXES.items()}
ADDITIONS = frozenset(EXTENSIONS.values())
KNOWN_ATTRIBUTES = frozenset(name for names in ATTRIBUTES.values() for name in names.split())

_NEVER = {f"{{{PREFIXES[prefix]}}}{name}" for prefix, names in NEVER.items() for name in names.split()}
_ELEMENTS = {f"{{{space}}}{name}" for space, names in ELEMENTS.items() for name in names.split()}
_ELEMENTS |= {f"{{{PREFIXES[prefix]}}}{name}" for prefix, names in ADDED.items() for name in names.split()}
_DRAWING = frozenset(EXTENSIONS[prefix] for prefix in EXTENSIONS.keys() - ADDED.keys())

TEXT = frozenset((f"{{{A}}}t", f"{{{A}}}tableStyleId", f"{{{P}}}attrName"))
"""The elements of slides that hold text; in all others of presentations and drawings text means nothing and goes."""

UNKNOWN, KNOWN, TEXTLESS = 1, 2, 3
STANDING = {tag: TEXTLESS if tag.startswith((f"{{{P}}}", f"{{{A}}}")) else KNOWN for tag in _ELEMENTS - TEXT}
STANDING |= dict.fromkeys(TEXT, KNOWN)
"""What becomes of each element of the lists."""

HOLLOW = frozenset(f"{{{space}}}{name}" for space in (P, A, C, DGM, *ADDITIONS) for name in ("ext", "extLst"))
HOLLOW |= {f"{{{P}}}{name}" for name in ("custShowLst", "custShow", "sldLst", "sndAc", "stSnd")}
"""Elements that mean nothing when everything in them is gone."""

NAMED = {
    "controls": "activex", "control": "activex", "oleObj": "ole", "custDataLst": "tags", "contentPart": "ink",
    "modifyVerifier": "write-protection", "smartTags": "smart-tags", "embeddedFontLst": "embedded-font",
    "htmlPubPr": "publish-settings", "webPr": "publish-settings", "imgProps": "picture-layers", "svgBlip": "svg",
    "presenceInfo": "author", "pivotSource": "path", "commentRel": "comments",
}  # fmt: skip
"""What the taking out of an element is called; all others are content of an unknown kind."""

UNSAID = frozenset(("externalData", "autoUpdate", "pivotFmts"))
"""Elements that go without a word of their own: the workbook they lead to is named."""


def standing_of(tag: str) -> int:
    """Return what to do with an element that the lists do not name: additions to charts and diagrams stay."""
    return KNOWN if tag[1:].partition("}")[0] in _DRAWING and tag not in _NEVER else UNKNOWN
