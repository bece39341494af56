"""The style of the template for each element, by its id, which is the same in every language of Word."""

from __future__ import annotations

from lxml import etree

from pipeline.render.vocabulary import UnknownWord, word

PARAGRAPH_STYLES = {
    "header.cover p.kicker": "Kicker",
    "header.cover h1": "Title",
    "header.cover p.subtitle": "Subtitle",
    "header.cover p.when": "When",
    "header.cover p.hosts": "Hosts",
    "header.cover p.notice": "Notice",
    "li.clock": "Clock",
    "li.clock.utc": "Clock",
    "span.cities": "Cities",
    "span.term": "Term",
    "li.fact": "Fact",
    "li.point strong": "PointDate",
    "li.point.earlier strong": "PointEarlier",
    "li.point.here strong": "PointHere",
    "li.point": "Point",
    "li.point.earlier": "Point",
    "li.point.here": "Point",
    "div.funding p": "Funding",
    "div.funding p.sample": "Funding",
    "div.imprint ul.logos": "Partner",
    "p": "Normal",
    "p.lead": "Lead",
    "p.start": "Quiet",
    "p.quiet": "Quiet",
    "div.card p": "Person",
    "div.card p.role": "Role",
    "div.card p.country": "Country",
    "div.bio p": "Biography",
    "div.bio li": "ListBullet",
    "h2": "Heading1",
    "h2.numbered": "SegmentHeading",
    "h3": "Heading2",
    "li": "ListBullet",
    "li.entry": "Entry",
    "p.reading": "Reading",
    "div.first h3": "FirstHeading",
    "div.first li.entry": "FirstEntry",
    "div.first p.why": "FirstNote",
    "ul.plain li": "TableText",
    "th": "TableHead",
    "tbody th": "TableHead",
    "td": "TableText",
    "td.numbered": "SegmentNumber",
    "td p": "TableText",
    "td p.about": "TableNote",
    "td p.start": "TableNote",
    "td p.quiet": "TableNote",
    "td li": "TableBullet",
}
"""The style ids by element, or by surrounding element and element; the nearest surrounding element decides.

An element is `numbered` if it has the number of a segment, which Word then counts itself.
"""

TABLES = {
    "table.programme": (0.07, 0.4, 0.53),
    "table.modalities": (0.2, 0.8),
    "table.rows": (0.07, 0.41, 0.52),
    "table.planning": (),
}
"""The widths of the columns of each table, as shares of the width of the text; without any, their texts decide."""

DATA_TABLE = "Programme"
COVER, STRIP, FACTS, TIMELINE, IMPRINT = "Cover", "Strip", "Facts", "Timeline", "Imprint"
COVER_TEXT, GAP, FUNDING, PARTNER = "CoverText", "Gap", "Funding", "Partner"
CHARACTER_STYLES = {"a": "Hyperlink", "span.tag": "Tag", "span.symbol": "Symbol"}
NEEDED = {
    *PARAGRAPH_STYLES.values(), *CHARACTER_STYLES.values(), DATA_TABLE, COVER, STRIP, FACTS, TIMELINE, IMPRINT,
    COVER_TEXT, GAP,
}  # fmt: skip
"""The ids of the styles that the template must have."""


def paragraph_style(element: etree._Element, *, numbered: bool = False) -> str:
    """Return the id of the style of an element that becomes a paragraph."""
    name = f"{element.tag}.numbered" if numbered else word(element)
    for around in element.iterancestors():
        if style := PARAGRAPH_STYLES.get(f"{word(around)} {name}"):
            return style
    if name not in PARAGRAPH_STYLES:
        raise UnknownWord(f"Word has no style for `{name}`")
    return PARAGRAPH_STYLES[name]
