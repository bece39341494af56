"""What TeX and HTML in a field mean: letters with accents, italics, bare addresses, and the names of authors.

A text is kept as plain characters with `{…}` around words that keep their case and `<i>`, `<b>`, `<sup>` or `<sub>`
around marked ones.
"""

from __future__ import annotations

import logging
import re
from html import unescape

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from pipeline.load.works import BODY_WORDS

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it would speak of its own configuration

_MARKUP = {
    r"\\(?:textit|emph|mkbibemph|textsl)\s*\{([^{}]*)\}": r"<i>\1</i>",
    r"\\(?:textbf|mkbibbold)\s*\{([^{}]*)\}": r"<b>\1</b>",
    r"\\textsuperscript\s*\{([^{}]*)\}": r"<sup>\1</sup>",
    r"\\textsubscript\s*\{([^{}]*)\}": r"<sub>\1</sub>",
    r"\\(?:mkbibquote|enquote)\s*\{([^{}]*)\}": r"“\1”",
    r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}": r"\1",
    r"\\href\s*\{[^{}]*\}\s*\{([^{}]*)\}": r"\1",
    r"\{?\\textless(?:\{\}\s*|\s+|(?![A-Za-z]))\}?": "<",
    r"\{?\\textgreater(?:\{\}\s*|\s+|(?![A-Za-z]))\}?": ">",
    r"\\(?:it|em|sl|bf|sc|rm|tt)(?![A-Za-z])\s*": "",
    r"(?<!\\)%": r"\\%",
}
_TAGS = {"<em>": "<i>", "</em>": "</i>", "<strong>": "<b>", "</strong>": "</b>"}
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_YOUNGER = re.compile(r"(?:jr|sr|[ivx]+|junior|senior|fils|filho|hijo|neto)\.?", re.IGNORECASE)


def decoded(value: str) -> str:
    r"""Return what a field says; a TeX command that nobody knows is left in it, with its `\`."""
    text = re.sub(r"(?<![\\/])~", "\u00a0", value)
    if "\\" in text:
        for tex, html in _MARKUP.items():
            text = re.sub(tex, html, text)
        if len(re.findall(r"(?<!\\)\$", text)) % 2:  # a dollar, not the beginning of a formula
            text = re.sub(r"(?<!\\)\$", r"\\$", text)
        text = _without_tex(text)
    text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    text = re.sub(r'<span class="nocase">(.*?)</span>', r"{\1}", text)
    text = re.sub(r"</?(?:em|strong)>", lambda found: _TAGS[found[0]], re.sub(r"</?span[^>]*>", "", text))
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _without_tex(text: str) -> str:
    """Return the text with letters for TeX commands, or as it is where a command is unknown or not complete."""
    known = get_default_latex_context_db()
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=lambda node, **_: f"{node.latex_verbatim()} "))
    try:
        read = LatexNodes2Text(latex_context=known, keep_braced_groups=True, math_mode="text").latex_to_text(text)
    except Exception:  # an unfinished command leads to errors of many kinds; its `\` stays, and is named
        return text
    return text if re.search(r"\\[{}]", text) else str(read)


def verbatim(value: str) -> str:
    """Return an address or a number without the commands that exporters put before its characters."""
    bare = re.sub(r"\\(?:url|path)\s*\{(.*)\}", r"\1", value.strip())
    return re.sub(r"\{?\\([_%&#~$])\}?", r"\1", bare).replace("{\\textasciitilde}", "~").strip()


def bare_doi(value: str) -> str:
    """Return the DOI in an address, or in any other form in which it is given."""
    found = _DOI.search(unescape(value))
    return found[0].rstrip(".,;") if found else value


def literal(value: str) -> str:
    """Return the name of a body as one: `and` in it parts no list."""
    return f"{{{value}}}" if re.search(r"\band\b", value) and "{" not in value else value


def names(value: str) -> tuple[str, bool] | None:
    """Return authors with `and` between them, and whether they are one body that has no braces; None for a mistake."""
    outside = value
    while outside != (less := re.sub(r"\{[^{}]*\}", "", outside)):
        outside = less
    if re.search("[;&]", outside):
        return None
    words = set(re.split(r"[^\w]+", outside.lower()))
    if "," not in outside and words & BODY_WORDS:
        return f"{{{value}}}", True
    parted = split_multiple_persons_names(value)
    try:
        people = [parse_single_name_into_parts(name) for name in parted]
    except InvalidNameError:
        return None
    if any(one.jr and not _YOUNGER.fullmatch(" ".join(one.jr)) for one in people):
        return None
    return " and ".join(parted), False
