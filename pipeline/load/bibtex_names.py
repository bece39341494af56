"""Lists of authors and editors: where one name ends, and which of them are organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

_ORGANISATION = """
agence agencia agency assembly association asociación authority banco bank banque board bureau center centre centro
comisión comité commission committee company conseil consejo council court departamento department federation fondation
forum foundation fundación gmbh government group groupe grupo inc initiative institut institute instituto interpol
europol ltd ministerio ministry ministère naciones nations network office oficina organisation organización organization
parliament programme project secretaría secretariat society unión union united universidad university universität
université corporation agenzia académie academia academy laboratory taskforce
for of the
"""
ORGANISATION_WORDS = frozenset(_ORGANISATION.split())
"""Words, in lower case, that occur in names of organisations and not of persons."""
_SUFFIX = re.compile(r"jr|sr|[ivx]+|junior|senior|fils|filho|hijo|neto|phd|esq|md", re.IGNORECASE)
_OTHERS = re.compile(r"[,;]?\s+(?:and\s+)?\{?(?:et\.?\s+al\.?|and others|u\. ?a\.|y otros|et autres)\}?\s*$", re.I)
_VANCOUVER = re.compile(r"[^,]*\s[A-Z]{1,3}\.?,\s*\S.*\s[A-Z]{1,3}\.?")
"""Two people without commas in their names: Doe J, Roe R."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """A list with `and` between the names, organisations in braces, and what a reader should look at.

    `organisations` had no braces; `one` is printed as one name and looks like several; `unclear` cannot be read.
    """

    text: str
    organisations: tuple[str, ...] = ()
    one: str = ""
    unclear: bool = False


def read_names(value: str) -> Names:
    """Return the names in the text of one field."""
    value = re.sub(r"^(?:\s*and\s)+|(?:\sand\s*)+$", "", value, flags=re.IGNORECASE).strip(" ,;")
    outside = _outside(value)
    if _OTHERS.search(value) and not re.search(r"\{[^{}]*$", value):
        value = f"{_OTHERS.sub('', value).strip()} and others"
        outside = _outside(value)
    if re.search("[;&]", outside):
        return Names(text=value, unclear=True)
    each = [name.strip(" ,") for name in split_multiple_persons_names(value) if name.strip(" {},.")]
    if "," not in outside and each and _is_organisation(each[0]):
        whole = re.sub(r"[{}]", "", " and ".join(name for name in each if name != "others"))
        rest = " and others" if each[-1] == "others" else ""
        if whole in value:
            return Names(text=f"{{{whole}}}{rest}", organisations=(whole,))
    organisations = tuple(name for name in each if "," not in _outside(name) and _is_organisation(name))
    try:
        people = [parse_single_name_into_parts(name) for name in each if name not in organisations]
    except InvalidNameError:
        return Names(text=value, unclear=True)
    if any(one.jr and not _SUFFIX.fullmatch(re.sub(r"\W", "", "".join(one.jr))) for one in people):
        return Names(text=value, unclear=True)
    if any(_VANCOUVER.fullmatch(_outside(name)) for name in each):
        return Names(text=value, unclear=True)
    text = " and ".join(f"{{{re.sub(r'[{}]', '', name)}}}" if name in organisations else name for name in each)
    return Names(text=text, organisations=organisations, one=_several(each))


def _outside(value: str) -> str:
    """Return the text outside all braces."""
    depth, kept = 0, []
    for part in re.split(r"([{}])", value):
        depth += (part == "{") - (part == "}")
        kept.append(part if depth <= 0 and part not in "{}" else "")
    return "".join(kept)


def _is_organisation(name: str) -> bool:
    words = re.findall(r"\w+", name.lower()) if not re.fullmatch(r"\{.*\}", name, re.DOTALL) else []
    return len(words) > 1 and bool(ORGANISATION_WORDS & set(words))


def _several(names: list[str]) -> str:
    """Return a name that is probably several: `{Doe, Jane and Roe, Richard}`, or one beside names without commas."""
    for name in names:
        if re.fullmatch(r"\{[^{}]*,[^{}]*\sand\s[^{}]*,[^{}]*\}", name):
            return name
    plain = [name for name in names if "," not in name and "{" not in name and " " in name and name != "others"]
    for name in names:
        halves = [half.split() for half in name.split(",")]
        two = plain and len(halves) == 2 and all(len(half) > 1 for half in halves) and "{" not in name
        if two and all(word[:1].isupper() for half in halves for word in half):
            return name
    return ""
