"""The fields of BibTeX: which are known, and their text without TeX and HTML.

The text is plain characters with `{…}` around words that keep their case and `<i>`, `<b>`, `<sup>` or `<sub>` around
marked ones.
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

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it reports its own configuration

_TYPES = """
article artwork audio bibnote book bookinbook booklet collection commentary conference dataset electronic image inbook
incollection inproceedings inreference jurisdiction legal legislation letter manual mastersthesis misc movie music
mvbook mvcollection mvproceedings mvreference online patent performance periodical phdthesis proceedings reference
report review software standard suppbook suppcollection suppperiodical techreport thesis unpublished video www
"""
ENTRY_TYPES = frozenset(_TYPES.split())
"""The types of entry that the formatter of citations knows."""

_NAMES = "author bookauthor editor editora editorb editorc translator commentator annotator holder"
NAMES = frozenset(_NAMES.split())
"""Fields that list persons and organisations, with `and` between them."""
LITERALS = frozenset(("publisher", "institution", "organization", "school", "location", "address"))
"""Fields in which `and` separates nothing."""
VERBATIM = frozenset(("doi", "url", "eprint", "isbn", "issn"))
"""Fields without prose."""
DATES = frozenset(("date", "origdate", "eventdate", "urldate", "available"))

_FIELDS = """
addendum authortype booksubtitle booktitle booktitleaddon chapter edition editortype eid entrysubtype eprintclass
eprinttype eventtitle eventtitleaddon foreword howpublished introduction isrn issue issuesubtitle issuetitle journal
journalsubtitle journaltitle keywords langid language mainsubtitle maintitle maintitleaddon month nameaddon note number
origlanguage origlocation origpublisher origtitle pages pagetotal pagination part pubstate series shortauthor
shorteditor shorthand shorttitle subtitle title titleaddon translated type venue version volume volumes year
"""
FIELDS = NAMES | LITERALS | VERBATIM | DATES | frozenset(_FIELDS.split())
"""The fields that can be printed, and `available` and `translated` of this project; all others are ignored."""

_OTHERS = """
abstract annotation annote author_keywords authors_id comment crossref day eissn file groups isbn-10 isbn-13 isbn10
isbn13 issn-online issn-print issue_date journalabbr keywords-plus label library notes owner page_count shortjournal
shortseries urlaccessdate xdata xref
"""
OTHERS = frozenset(_OTHERS.split())
"""Fields of reference managers that are never printed; some look like a mistyped field of `FIELDS`."""

_ORGANISATION = """
agence agencia agency assembly association asociación authority banco bank banque board bureau center centre centro
comisión comité commission committee company conseil consejo council court departamento department federation fondation
forum foundation fundación government group groupe grupo institut institute instituto ministerio ministry ministère
naciones nations network office oficina organisation organización organization parliament programme project secretaría
secretariat society unión united universidad university université for of the
"""
ORGANISATION_WORDS = frozenset(_ORGANISATION.split())
"""Words, in lower case, that occur in names of organisations and not of persons."""

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
_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|junior|senior|fils|filho|hijo|neto)\.?", re.IGNORECASE)


def decoded(value: str) -> str:
    r"""Return the text of a field without TeX and HTML; an unknown TeX command stays in it, with its `\`."""
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
    except Exception:  # an unfinished command leads to errors of many kinds; its `\` stays, and is reported
        return text
    return text if re.search(r"\\[{}]", text) else str(read)


def verbatim(value: str) -> str:
    """Return an address or a number without the commands that exporters put before its characters."""
    bare = re.sub(r"\\(?:url|path)\s*\{(.*)\}", r"\1", value.strip())
    return re.sub(r"\{?\\([_%&#~$])\}?", r"\1", bare).replace("{\\textasciitilde}", "~").strip()


def bare_doi(value: str) -> str:
    """Return the DOI without the address or the words around it."""
    found = _DOI.search(unescape(value))
    return found[0].rstrip(".,;") if found else value


def literal(value: str) -> str:
    """Return the name of one organisation: in braces if it contains `and`, which would separate two names."""
    return f"{{{value}}}" if re.search(r"\band\b", value) and "{" not in value else value


def names(value: str) -> tuple[str, bool] | None:
    """Return names with `and` between them, and whether they are one organisation without braces; None if unclear."""
    outside = value
    while outside != (less := re.sub(r"\{[^{}]*\}", "", outside)):
        outside = less
    if re.search("[;&]", outside):
        return None
    words = set(re.split(r"[^\w]+", outside.lower()))
    if "," not in outside and words & ORGANISATION_WORDS:
        return f"{{{value}}}", True
    each = split_multiple_persons_names(value)
    try:
        people = [parse_single_name_into_parts(name) for name in each]
    except InvalidNameError:
        return None
    if any(one.jr and not _SUFFIX.fullmatch(" ".join(one.jr)) for one in people):
        return None
    return " and ".join(each), False
