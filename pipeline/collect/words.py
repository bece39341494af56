"""Tables made from the vocabulary: which elements and attributes are kept, hold text, or need content."""

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
"""The elements of slides that hold text; text in other elements of presentations and drawings is removed."""

UNKNOWN, KNOWN, TEXTLESS = 1, 2, 3
STANDING = {tag: TEXTLESS if tag.startswith((f"{{{P}}}", f"{{{A}}}")) else KNOWN for tag in _ELEMENTS - TEXT}
STANDING |= dict.fromkeys(TEXT, KNOWN)
"""What becomes of each element of the lists."""

HOLLOW = frozenset(f"{{{space}}}{name}" for space in (P, A, C, DGM, *ADDITIONS) for name in ("ext", "extLst"))
HOLLOW |= {f"{{{P}}}{name}" for name in ("custShowLst", "custShow", "sldLst", "sndAc", "stSnd")}
"""Elements that mean nothing without content, and are then removed."""

NAMED = {
    "controls": "activex", "control": "activex", "oleObj": "ole", "custDataLst": "tags", "contentPart": "ink",
    "modifyVerifier": "write-protection", "smartTags": "smart-tags", "embeddedFontLst": "embedded-font",
    "htmlPubPr": "publish-settings", "webPr": "publish-settings", "imgProps": "picture-layers", "svgBlip": "svg",
    "presenceInfo": "author", "pivotSource": "path", "commentRel": "comments",
}  # fmt: skip
"""The codes of removed elements; all others have the code of unknown content."""

UNSAID = frozenset(("externalData", "autoUpdate", "pivotFmts"))
"""Elements that are removed without a finding: their workbook has one."""


def standing_of(tag: str) -> int:
    """Return what becomes of an element that is not in the lists: extensions of charts and diagrams are kept."""
    return KNOWN if tag[1:].partition("}")[0] in _DRAWING and tag not in _NEVER else UNKNOWN
