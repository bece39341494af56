"""Fields without the words that the style prints itself, and without what programs leave in them."""

from __future__ import annotations

import re

from pipeline.load.bibtex_fields import BOOKS

_EDITION = re.compile(
    r"([0-9]{1,2})(?:\s*(?:st|nd|rd|th|er|re|e|è?me|a|ª|º|o))?\.?"
    r"(?:\s*(?:ed|edn|edition|éd|édition|edición|aufl|auflage|rev)\.?)?",
    re.IGNORECASE,
)
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_NOTHING = re.compile(r"(?:n\.?/?a\.?|none|null|undefined|-+|–|\.|\?|np-np|unknown)?", re.IGNORECASE)
_MANAGER = re.compile(
    r"(?:_eprint|publisher|conference name|isbn|issn|number|section|library catalog|journal abbreviation|place|edition"
    r"|accepted|google-books-id|citation key|tex\.\S*|original-date|page version id|issue|pages|series|reporter|pmid"
    r"|pmcid|arxiv|zscc|qid|container-title|event-place|number-of-pages|last modified|available at|backup publisher"
    r"|accession number|titletranslation|citations|type|medium|version number|running time|num pages|extra|doi"
    r")\s*[:=]\s.*|arxiv:\S+.*|[0-9]+ citations.*|\[?online;? ?(?:accessed.*)?\]?|\[?accessed[: ].*|\*{2,}.*"
    r"|publication title:.*|[0-9]{5,}.*|zscc:.*",
    re.IGNORECASE,
)
"""Lines of the field `note` that a program wrote for itself."""


def tidied(name: str, kind: str, text: str) -> str:
    """Return the text of a field as the style expects it; an empty one if there is nothing to print."""
    if name == "edition":
        number = _EDITION.fullmatch(text)
        word = text.lower().removesuffix("ed.").removesuffix("edition").strip(" .{}")
        return number[1] if number else str(_ORDINALS.index(word) + 1) if word in _ORDINALS else text
    if name == "pages":
        bare = re.sub(r"^(?:pp?|págs?|S)\.?\s*(?=[0-9ivxlce])", "", text)
        bare = "" if _NOTHING.fullmatch(bare) else bare
        return (
            ""
            if kind in BOOKS and re.fullmatch(r"(?:[1ix]\s*[-–]+\s*)?[0-9ivxl, +]+(?:p|pp|pages|S)?\.?", bare)
            else bare
        )
    if name == "volume":
        return "" if _NOTHING.fullmatch(text) else re.sub(r"^vol(?:ume)?\.?\s*(?=[0-9])", "", text, flags=re.IGNORECASE)
    if name in ("number", "issue"):
        bare = "" if _NOTHING.fullmatch(text) else text
        return re.sub(r"^(?:no|n°|nº|issue|iss)\.?\s*(?=[0-9])", "", bare, flags=re.I) if kind == "article" else bare
    if name == "note":
        return "" if _MANAGER.fullmatch(text) else text
    return text
