"""What a mail says, in the seminar's language: the same paragraphs as plain text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html.builder import E

from pipeline.core.sources import Brand

_LINK = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)»”])")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter to many. A paragraph that is a tuple is a list of items; `footer` stands below the signature."""

    language: str
    direction: str
    subject: str
    paragraphs: tuple[str | tuple[str, ...], ...]
    footer: str = ""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What the letters of one seminar tell, as texts in its language. The package is attached if `attached` names its
    file; else `link` leads to it; else the letter says that it can be asked for. `status` and `notice` say that the
    seminar is not held as printed, or may not be."""

    language: str
    direction: str
    series: str
    seminar: str
    date: str
    day: str
    hours: str
    local_times: str
    registration: str
    contents: tuple[str, ...]
    signature: str
    attached: str = ""
    link: str = ""
    status: str = ""
    notice: str = ""
    held: bool = True


def participant_letter(about: Details, words: Mapping[str, str]) -> Letter:
    """Return the letter that brings a registered participant the information package."""
    lead = words["mail_lead"].format(seminar=about.seminar, series=about.series, day=about.day, hours=about.hours)
    named = f"{about.series} – {about.seminar}, {about.day}, {about.hours}"
    paragraphs: list[str | tuple[str, ...]] = [words["mail_salutation"], about.notice]
    if about.held:
        paragraphs += [lead, about.local_times, words["mail_package"], about.contents, _package(about, words)]
        paragraphs.append(words["mail_calendar"])
    else:
        paragraphs.append(named)
    if about.registration:
        paragraphs.append(words["mail_registration"].format(link=about.registration))
    paragraphs += [words["mail_regards"], about.signature]
    subject = _marked(words["mail_subject"].format(seminar=about.seminar, date=about.date), about)
    return Letter(
        language=about.language,
        direction=about.direction,
        subject=_line(subject),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        footer=words["mail_contact"],
    )


def _marked(subject: str, details: Details) -> str:
    """Return the subject, after the word for a seminar that is not held as printed."""
    return f"[{details.status}] {subject}" if details.status else subject


def _package(details: Details, words: Mapping[str, str]) -> str:
    if details.attached:
        return words["mail_attached"].format(file=details.attached)
    return words["mail_link"].format(link=details.link) if details.link else words["mail_too_large"]


def speaker_letter(subject: str, message: str, details: Details) -> Letter:
    """Return the letter that brings a speaker the deck: the text for speakers."""
    paragraphs = [block.strip("\n") for block in message.split("\n\n")]
    return Letter(
        language=details.language,
        direction=details.direction,
        subject=_line(subject),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
    )


def _line(text: str) -> str:
    """Return a text on one line, its no-break spaces as plain ones: some programs show these as other characters."""
    return " ".join(text.split())


def plain_text(letter: Letter) -> str:
    """Return the letter as plain text with a line for each paragraph, which the reader's program wraps."""
    blocks = [
        paragraph if isinstance(paragraph, str) else "\n".join(f"– {item}" for item in paragraph)
        for paragraph in (*letter.paragraphs, *filter(None, (letter.footer,)))
    ]
    return "\n\n".join(blocks) + "\n"


def page(letter: Letter, brand: Brand) -> str:
    """Return the letter as a page without pictures, scripts or anything fetched from elsewhere."""
    family = f"{brand.fonts['office']}, Helvetica, sans-serif"
    look = f"font-family: {family}; font-size: 16px; line-height: 1.5; color: #{brand.colours['ink']}"
    whose = {"lang": letter.language, "dir": letter.direction}  # on the text too: web mail drops the page around it
    body = E.div({**whose, "style": f"max-width: 40em; {look}"})
    for paragraph in letter.paragraphs:
        if isinstance(paragraph, str):
            body.append(_linked(E.p(), paragraph))
        else:
            body.append(E.ul(*(_linked(E.li(), item) for item in paragraph)))
    if letter.footer:
        body.append(_linked(E.p(), letter.footer))
        body[-1].set("style", f"border-top: 1px solid #{brand.colours['rule']}; padding-top: 0.75em")
    page = E.html(
        whose,
        E.head(E.meta({"charset": "utf-8"}), E.title(letter.subject)),
        E.body(body),
    )
    return etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>") + "\n"


def _linked(element: etree._Element, text: str) -> etree._Element:
    """Fill an element with text whose web addresses can be followed and whose lines stay lines, and return it."""
    for i, line in enumerate(text.split("\n")):
        before, *rest = _LINK.split(line)
        if i:
            end = E.br()
            end.tail = before
            element.append(end)
        else:
            element.text = before
        for link, after in zip(rest[::2], rest[1::2]):
            anchor = E.a({"href": link}, link)
            anchor.tail = after
            element.append(anchor)
    return element
