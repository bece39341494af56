"""What was found in a returned deck, in the words of a language: the same thing said once, with all its slides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.compose.forms import cldr
from pipeline.core.sources import Locale
from pipeline.core.verdicts import Finding

COUNTED = frozenset(("notes-left-out",))
"""Findings whose details are counts, which are added up for all slides."""
QUOTED = frozenset(("language-missing", "hidden-shape"))
"""Findings whose details are samples of what they are about, of which a few are enough."""
PLACES = 3
"""How many places are named of what is found in many."""

_PART = re.compile(r"(?:ppt|docProps|customXml|customUI|_rels|_xmlsignatures)/(?:[^/\s,]+/)*(?=[^/\s,]+)")
_MEGABYTES, _FRACTION = re.compile(r"(\d+(?:\.\d+)?) MB"), re.compile(r"\d+\.\d+")


def gathered(findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Return findings that say the same as one, with the numbers of their slides (`3, 5–7`) and a few places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        key = "" if finding.code in COUNTED | QUOTED else finding.detail
        groups.setdefault((finding.code, key), []).append(finding)
    slides = [sorted({each.slide for each in group if each.slide}) for group in groups.values()]
    return [(_as_one(group), _numbers(each)) for group, each in zip(groups.values(), slides, strict=True)]


def _as_one(group: Sequence[Finding]) -> Finding:
    first, detail = group[0], group[0].detail
    if first.code in COUNTED:
        detail = str(sum(int(each.detail) for each in group))
    if first.code in QUOTED:
        detail = _few([each.detail for each in group])
    return replace(first, where=_few([place for each in group for place in each.where.split(", ")]), detail=detail)


def _few(texts: Sequence[str]) -> str:
    """Return the first of some texts, each once."""
    different = list(dict.fromkeys(texts))
    return ", ".join(different[:PLACES]) + (" …" if len(different) > PLACES else "")


def _numbers(slides: Sequence[int]) -> str:
    """Return numbers, those that follow each other drawn together when there are three of them or more."""
    runs: list[list[int]] = []
    for number in slides:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def sentences(findings: Iterable[Finding], locale: Locale) -> list[str]:
    """Return the findings in words, with the numbers of their slides before them."""
    found, words = [], locale.verdicts
    for finding, slides in gathered(findings):
        where = ", ".join(_place(each, locale) for each in finding.where.split(", "))
        text = words[finding.code].format(where=where, detail=_measured(finding.detail, locale), slide=finding.slide)
        if slides:
            name = "report_slides" if "," in slides or "–" in slides else "report_slide"
            text = f"{words[name].format(number=slides)} – {text}"
        found.append(text)
    return list(dict.fromkeys(found))


def _place(name: str, locale: Locale) -> str:
    """Return a place of our template by its name in the language, and a part of the file without its folders."""
    known = locale.verdicts.get(f"place_{name.casefold()}") if name.istitle() else None
    return known or _PART.sub("", name)


def _measured(detail: str, locale: Locale) -> str:
    """Return a detail with numbers and sizes as the language writes them."""
    from babel.numbers import format_decimal
    from babel.units import format_unit

    table = cldr(locale.tag)
    if _FRACTION.fullmatch(detail):
        return format_decimal(detail, locale=table)
    return _PART.sub(
        "", _MEGABYTES.sub(lambda size: format_unit(float(size[1]), "digital-megabyte", "short", locale=table), detail)
    )
