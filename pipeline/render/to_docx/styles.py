"""The style of the template for each element, by its id, which is the same in every language of Word."""

from __future__ import annotations

from lxml import etree

from pipeline.render.vocabulary import UnknownWord, word

PARAGRAPH_STYLES = {
    "header.cover p.kicker": "Kicker",
    "header.cover h1": "Title",
    "header.cover p.subtitle": "Subtitle",
    "header.cover p.when": "When",
    "header.cover p.notice": "When",
    "header.cover p.hosts": "Subtitle",
    "li.clock": "Normal",
    "li.clock.utc": "Normal",
    "li.fact": "Normal",
    "li.point": "Normal",
    "li.point.earlier": "Normal",
    "li.point.here": "Normal",
    "li strong": "Normal",
    "p.about": "TableText",
    "td p.about": "TableText",
    "td p.role": "TableText",
    "td p.country": "TableText",
    "td p.start": "TableText",
    "td p.quiet": "TableText",
    "div.funding": "Funding",
    "p": "Normal",
    "p.lead": "Lead",
    "p.start": "Start",
    "p.quiet": "Quiet",
    "p.role": "Role",
    "p.country": "Country",
    "img.photo": "Role",
    "div.bio p": "Biography",
    "h2": "Heading1",
    "h3": "Heading2",
    "aside.panel h2": "PanelHeading",
    "dt": "PanelTerm",
    "dd": "PanelDetail",
    "dd.strong": "PanelStrong",
    "img.logo": "PanelDetail",
    "li": "ListBullet",
    "li.entry": "Entry",
    "p.reading": "Reading",
    "div.first h3": "FirstHeading",
    "div.first li.entry": "FirstEntry",
    "div.first p.why": "FirstNote",
    "ul.plain li": "TableText",
    "th": "TableHead",
    "tbody th": "TableText",
    "ul.logos li": "Funding",
    "td": "TableText",
    "td p": "TableText",
    "td li": "TableBullet",
}
"""The style ids by element, or by surrounding element and element; the nearest surrounding element decides."""

TABLES = {
    "table.programme": (0.09, 0.5, 0.41),
    "table.modalities": (0.24, 0.76),
    "table.rows": (0.08, 0.44, 0.48),
    "table.planning": (0.2, 0.26, 0.24, 0.12, 0.18),
}
"""The widths of the columns of each table, as shares of the width of the text."""

TABLE_STYLE, PANEL_STYLE = "Programme", "Panel"
CHARACTER_STYLES = {"a": "Hyperlink", "span.tag": "Tag", "span.number": "Number"}
NEEDED = {*PARAGRAPH_STYLES.values(), *CHARACTER_STYLES.values(), TABLE_STYLE, PANEL_STYLE}
"""The ids of the styles that the template must have."""


def paragraph_style(element: etree._Element) -> str:
    """Return the id of the style of an element that becomes a paragraph."""
    name = word(element)
    for around in element.iterancestors():
        if style := PARAGRAPH_STYLES.get(f"{word(around)} {name}"):
            return style
    if name not in PARAGRAPH_STYLES:
        raise UnknownWord(f"Word has no style for `{name}`")
    return PARAGRAPH_STYLES[name]
