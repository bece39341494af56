"""Sentences for the findings of a returned deck; the locale files hold their wording, under `verdicts`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from babel.numbers import format_decimal
from babel.units import format_unit

from pipeline.compose.forms import cldr
from pipeline.core.sources import Locale
from pipeline.core.verdicts import Finding

COUNTED = frozenset(("notes-left-out",))
"""The codes of findings whose details are numbers, which are added up for all slides."""
SAMPLED = frozenset(("language-missing", "hidden-shape"))
"""The codes of findings whose details are samples of text; a few of them are printed."""
MOST = 3
"""The largest number of places or samples in a sentence."""

TECHNICAL = frozenset(
    ("author", "broken-deck", "custom-properties", "object", "program", "reference", "unknown-markup", "xml-encoding")
    + ("zip-broken", "zip-name", "zip-odd", "zip-twice")
)
"""Findings whose details are words of the file format."""
_PART = re.compile(r"/?(?:ppt|docProps|customXml|customUI|_rels|_xmlsignatures|\[trash\])/|\[Content_Types\]")
_BRACKETS = re.compile(r"[ \u00a0]?\(([^()]*\{(?:where|detail)\}[^()]*)\)")
_MEGABYTES, _FRACTION = re.compile(r"(\d+(?:\.\d+)?) MB"), re.compile(r"\d+\.\d+")


def sentences(findings: Iterable[Finding], locale: Locale) -> list[str]:
    """Return findings in words, each with the numbers of its slides before it (`Slides 3, 5–7 – …`)."""
    found, words = [], locale.verdicts
    for finding, slides in gathered(findings):
        text = sentence(finding, locale)
        if slides:
            label = words["report_slides" if "," in slides or "–" in slides else "report_slide"]
            text = f"{label.format(number=slides)} – {text}"
        found.append(text)
    return list(dict.fromkeys(found))


def sentence(finding: Finding, locale: Locale) -> str:
    """Return one finding as a sentence, without the number of its slide.

    The brackets of the sentence are left out if the finding has no place and no detail for them.
    """
    places = [_place(place, locale) for place in finding.where.split(", ")]
    fields = {"where": ", ".join(places), "detail": _measured(finding.detail, locale), "slide": finding.slide}
    empty = [f"{{{name}}}" for name in ("where", "detail") if not fields[name]]

    def filled(brackets: re.Match[str]) -> str:
        parts = [part for part in re.split(r"\s?: ", brackets[1]) if not any(name in part for name in empty)]
        return brackets[0] if not empty else f" ({': '.join(parts)})" if parts else ""

    return _BRACKETS.sub(filled, locale.verdicts[finding.code]).format(**fields)


def gathered(findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Return equal findings as one, with the numbers of their slides (`3, 5–7`) and a few places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in map(_readable, findings):
        key = "" if finding.code in COUNTED | SAMPLED else finding.detail
        groups.setdefault((finding.code, key), []).append(finding)
    found = []
    for group in groups.values():
        first, detail = group[0], group[0].detail
        if first.code in COUNTED:
            detail = str(sum(int(each.detail) for each in group))
        elif first.code in SAMPLED:
            detail = _some([each.detail for each in group if each.detail])
        where = _some([place for each in group for place in each.where.split(", ") if place])
        slides = sorted({each.slide for each in group if each.slide})
        found.append((replace(first, where=where, detail=detail), _ranges(slides)))
    return found


def _readable(finding: Finding) -> Finding:
    """Return a finding without names of parts and of properties, which PowerPoint never shows."""
    places = [place for place in finding.where.split(", ") if not _PART.match(place)]
    technical = finding.code in TECHNICAL or _PART.match(finding.detail)
    return replace(finding, where=", ".join(places), detail="" if technical else finding.detail)


def _some(texts: Sequence[str]) -> str:
    """Return the first few different texts joined, with an ellipsis if there are more; no line begins with it."""
    different = list(dict.fromkeys(texts))
    return ", ".join(different[:MOST]) + ("\u00a0…" if len(different) > MOST else "")


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers as text; three or more consecutive numbers become a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _place(name: str, locale: Locale) -> str:
    """Return the translated name of a placeholder of the template, or any other name as it is."""
    known = locale.verdicts.get(f"place_{name.casefold()}") if name.istitle() else None
    return known or name


def _measured(detail: str, locale: Locale) -> str:
    """Return a detail with numbers and sizes in the format of the language."""
    table = cldr(locale.tag)
    if _FRACTION.fullmatch(detail):
        return format_decimal(detail, locale=table)
    return _MEGABYTES.sub(lambda size: format_unit(float(size[1]), "digital-megabyte", "short", locale=table), detail)
