"""References as BibTeX, in the language of a list and with every character escaped that TeX takes for a command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.core.sources import Reference

VERBATIM = frozenset(("url", "doi", "eprint", "file", "date", "urldate", "origdate", "eventdate"))
"""Fields that biblatex and pandoc take as they are typed."""
UNPRINTED = frozenset(("translated", "available", "checked", "why"))
"""Fields of this project: no list cites them and no export has them."""
CASE_KEPT = frozenset(("title", "subtitle", "titleaddon", "origtitle", "booktitle", "eventtitle", "series", "note"))
"""Fields whose words pandoc would put in small letters in English; a pair of braces keeps them."""

_COMMANDS = {
    **{sign: rf"\{sign}" for sign in "&%#_$"},
    **{"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"},
    **{"<i>": r"\textit{", "<b>": r"\textbf{", "<sup>": r"\textsuperscript{", "<sub>": r"\textsubscript{"},
    **{f"</{name}>": "}" for name in ("i", "b", "sup", "sub")},
}
_SPECIAL = re.compile("|".join(map(re.escape, _COMMANDS)))
_KEY = re.compile(r"[^\w:./+()'?!*-]")
"""What pandoc, biber or BibTeX refuses in a citation key."""
_TYPE_KEY = re.compile(
    r"(?:ma|phd|masters|cand|ba|bachelors?)thesis|(?:tech|res)report|software|(?:data|audio)cd|patent\w*"
)
"""Words of biblatex for a type."""
_VARIANT = re.compile(r"(?P<name>[a-z]+)_(?P<language>[a-z]{2,3})")


@dataclass(frozen=True, kw_only=True)
class Work:
    """A reference as a list in one language cites it.

    `list_language` is the BCP 47 tag of the list, `foreign` that of the title where it is in another language, and
    `link` is the address to which the title leads, or empty.
    """

    kind: str
    key: str
    fields: Mapping[str, str]
    list_language: str
    foreign: str = ""
    link: str = ""


def fields_in(reference: Reference, language: str, biblatex: str) -> dict[str, str]:
    """Return the reference's fields with those of `language` in place of the original ones.

    `title_fr` replaces `title` in a French list; the work's language becomes French with it.
    """
    own = {n: value for n, value in reference.fields.items() if not _VARIANT.fullmatch(n) and n not in UNPRINTED}
    for name, value in reference.fields.items():
        match = _VARIANT.fullmatch(name)
        if match and match["language"] == language and match["name"] not in UNPRINTED:
            own[match["name"]] = value
            if match["name"] == "title":
                own["langid"] = biblatex
    return own


def link_in(reference: Reference, language: str) -> str:
    """Return the address of a work: the one for `language`, else that of its DOI, else the one of the original."""
    fields = reference.fields
    doi = fields.get(f"doi_{language}") or fields.get("doi", "")
    return fields.get(f"url_{language}") or (f"https://doi.org/{doi}" if doi else fields.get("url", ""))


def citation_key(key: str) -> str:
    """Return a key as every program reads it."""
    return _KEY.sub("-", key)


def bibtex(kind: str, key: str, fields: Mapping[str, str], *, keep_case: bool = False) -> str:
    """Return one BibTeX entry of the fields that are not empty; `keep_case` is for pandoc's reader."""
    lines = []
    for name, value in fields.items():
        text = value if name in VERBATIM else _SPECIAL.sub(lambda found: _COMMANDS[found[0]], value)
        if keep_case and name in CASE_KEPT:
            text = f"{{{text}}}"
        if value:
            lines.append(f"  {name} = {{{text}}},\n")
    return f"@{kind}{{{citation_key(key)},\n{''.join(lines)}}}\n"


def printed_dates(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the dates that pandoc does not know, as it does: about 1987, the nineties, until 2016."""
    dates = {}
    for name in fields.keys() & {"date", "urldate", "origdate", "eventdate"}:
        text = re.sub("[?%]", "~", fields[name])
        if tens := re.fullmatch("([0-9]+)(X+)", text):
            text = f"{tens[1]}{'0' * len(tens[2])}/{tens[1]}{'9' * len(tens[2])}"
        dates[name] = text.removeprefix("/")
    return dates


def printed_titles(fields: Mapping[str, str]) -> dict[str, str]:
    """Return titles with their subtitles where no colon may stand between the two: "What next? A guide"."""
    joined: dict[str, str] = {}
    for title, subtitle in (("title", "subtitle"), ("booktitle", "booksubtitle"), ("maintitle", "mainsubtitle")):
        if fields.get(subtitle) and fields.get(title, "").rstrip("}")[-1:] in tuple("?!.:…؟"):
            joined |= {title: f"{fields[title]} {fields[subtitle]}", subtitle: ""}
    return joined


def printed_type(kind: str, type: str) -> str:
    """Return the type of a work without the words of biblatex, which pandoc prints in English in every list."""
    return "" if _TYPE_KEY.fullmatch(type) else type
