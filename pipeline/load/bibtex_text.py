"""The text of a BibTeX field without TeX and HTML.

The text is plain characters with `{…}` around words that keep their case and `<i>`, `<b>`, `<sup>` or `<sub>` around
marked ones.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from html import unescape
from urllib.parse import unquote

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_walker_db
from pylatexenc.macrospec import LatexContextDb, std_macro

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it reports its own configuration

DEEPEST = 40
"""Braces within braces; the reader of TeX calls itself for each."""
_AROUND = {
    "<i>%s</i>": "textit emph mkbibemph textsl mkbibitalic",
    "<b>%s</b>": "textbf mkbibbold",
    "<sup>%s</sup>": "textsuperscript mkbibsuperscript",
    "<sub>%s</sub>": "textsubscript mkbibsubscript",
    "“%s”": "mkbibquote enquote",
    "(%s)": "mkbibparens",
    "[%s]": "mkbibbrackets",
    "%s": "mbox hbox texttt textrm textsf textsc textup textmd textnormal uppercase MakeUppercase lowercase uline ul "
    "underline sout t textgreek textcyrillic textlatin nohyphens nocite textnohyphenation mathrm mathit mathbf mathsf",
    "": "noopsort SortNoop label vspace hspace",
}
_LAST = "foreignlanguage textlang textcolor texorpdfstring"
"""Commands whose last argument is printed and whose first is not."""
_SIGNS = {
    **{"copyright": "©", "S": "§", "P": "¶", "pounds": "£", "euro": "€", "EUR": "€", "EURtm": "€", "texteuro": "€"},
    **{"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/", "textbar": "|", "textunderscore": "_"},
    **{"textquotedbl": '"', "No": "No.", "nobreakspace": "\u00a0", "space": " ", "par": " ", "newline": " "},
    **{"linebreak": " ", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "hyphen": "-"},
    **dict.fromkeys(("/", "!", "-", "@", "string", "relax", "protect", "allowbreak", "ignorespaces", "cyrchar"), ""),
    **dict.fromkeys(("it", "em", "sl", "bf", "sc", "rm", "tt", "itshape", "bfseries", "scshape", "upshape"), ""),
    **dict.fromkeys(("normalfont", "small", "footnotesize", "noindent", "displaystyle", "limits"), ""),
}
_FIRST = {
    r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}": r"\1",
    r"\\href\s*\{[^{}]*\}": "",
    r"\{?\\textless(?:\{\}\s*|\s+|(?![A-Za-z]))\}?": "<",
    r"\{?\\textgreater(?:\{\}\s*|\s+|(?![A-Za-z]))\}?": ">",
    r"\\(?:it|em|sl|bf|sc|rm|tt)(?![A-Za-z])\s*": "",
    r"(?<!\\)%": r"\\%",
}
_TAGS = {"<em>": "<i>", "</em>": "</i>", "<strong>": "<b>", "</strong>": "</b>"}
_SMALL_CAPITALS = re.compile(r"</?(?:span|sc|scp|p|div|br|u|jats:[a-z-]+|mml:[a-z-]+)\b[^<>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_MATHS = re.compile(r"(?<!\\)\$(?=[^\s$])([^$]*[^\s$\\])\$(?![0-9])")
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}]))")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.|$)", re.DOTALL)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")


def decoded(value: str) -> tuple[str, str]:
    r"""Return the text of a field without TeX and HTML, and the first TeX command in it that is unknown, if any."""
    text, unknown = re.sub(r"(?<![\\/])~", "\u00a0", value), ""
    if "$" in text:
        text = _without_maths(text)
    if "\\" in text:
        for tex, plain in _FIRST.items():
            text = re.sub(tex, plain, text)
        text = re.sub(r"(?<!\\)\$", r"\\$", text)
        text, unknown = _without_tex(text)
    for _ in range(3):  # a program that escapes what another has escaped
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: unescape(found[0]).translate({ord("{"): "(", ord("}"): ")"}), text)
    if "<" in text:
        text = re.sub(r'<span class="nocase">(.*?)</span>', r"{\1}", text)
        text = re.sub(r"</?(?:em|strong)>", lambda found: _TAGS[found[0]], _SMALL_CAPITALS.sub("", text))
    return re.sub(r"[ \t\r\n]+", " ", text).strip(), unknown


def _without_maths(text: str) -> str:
    """Return the text with the letters of short formulas; a dollar that begins no formula stays."""
    if len(re.findall(r"(?<!\\)\$", text)) % 2:
        return text

    def script(found: re.Match[str]) -> str:
        inner = found[2] if found[3] is None else found[3]
        if found[1] == "_":
            return f"\\textsubscript{{{inner}}}"
        return f"\\textsuperscript{{{inner}}}" if inner.isalpha() else f"\\textasciicircum{{}}{inner}"

    # TeX takes the spaces after a command: the braces keep those after a formula.
    return _MATHS.sub(lambda found: re.sub(r"(\\[A-Za-z]+)$", r"\1{}", _SCRIPT.sub(script, found[1])), text)


def _without_tex(text: str) -> tuple[str, str]:
    """Return the text with letters for TeX commands, and a command that is unknown or not complete."""
    if braces := re.search(r"\\[{}]", text):
        return text, braces[0]
    try:
        walker, reader = _reader()
        read = str(reader.nodelist_to_text(LatexWalker(text, latex_context=walker).get_latex_nodes()[0]))
    except Exception:  # an unfinished command leads to errors of many kinds
        command = _COMMAND.search(text)
        return text, command[0] if command else ""
    unknown = re.search("\0([^\0]*)\0", read)
    return re.sub("\0([^\0]*)\0", r"\\\1 ", read), f"\\{unknown[1]}" if unknown else ""


@cache  # the tables take 4 ms to build, which is as long as ten works take to read
def _reader() -> tuple[LatexContextDb, LatexNodes2Text]:
    texts, walker = get_default_latex_context_db(), get_default_walker_db()
    printed = {name: text for text, names in _AROUND.items() for name in names.split()}
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in printed.items()]
    macros += [MacroTextSpec(name, simplify_repl="%(2)s") for name in _LAST.split()]
    macros += [MacroTextSpec(name, simplify_repl=text) for name, text in _SIGNS.items()]
    texts.add_context_category("bibliography", macros=macros, prepend=True)
    texts.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=lambda node, **_: f"\0{node.macroname}\0"))
    taking = [std_macro(name, False, 1) for name in printed]
    taking += [std_macro(name, False, 2) for name in _LAST.split()]
    taking += [std_macro(name, False, 0) for name in _SIGNS]
    walker = walker.filter_context(keep_which=("macros", "environments"))  # what is left is plain text
    walker.add_context_category("bibliography", macros=taking, prepend=True)
    return walker, LatexNodes2Text(latex_context=texts, keep_braced_groups=True, math_mode="text")


def verbatim(value: str) -> str:
    """Return an address or a number without the commands that exporters put before its characters."""
    bare = re.sub(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}", r"\1", value.strip(), flags=re.DOTALL)
    bare = re.sub(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}", r"\1", bare)
    bare = re.sub(r"\{?\\([_%&#~$])\}?", r"\1", bare)
    bare = re.sub(r"\{?\\(?:text)?(?:asciitilde|tilde)(?:\{\})?\s*\}?|\$\\sim\$", "~", bare)
    bare = re.sub(r"\{?\\textunderscore(?:\{\})?\s*\}?", "_", bare)
    return unescape(bare) if "&" in bare else bare


def web_address(value: str) -> str:
    """Return the first web address in `value`, or `value` if there is none."""
    bare = re.sub(r"[{}]", "", verbatim(value)).strip()
    found = re.search(r"https?://[^\s<>\"|]+", re.sub(r"^<(?:URL:)?|>$", "", bare), re.IGNORECASE)
    return re.sub("^[hH][tT][tT][pP]", "http", found[0]).rstrip(",;") if found and found.start() == 0 else bare


def bare_doi(value: str) -> str:
    """Return the DOI without the address or the words around it; an empty string if there is none."""
    text = re.sub(r"[{}]", "", verbatim(value))
    if re.search("10\\.[0-9]+%2[fF]", text):
        text = unquote(text)
    text = re.sub(r"\s*/\s*", "/", text) if re.search(r"10\.[0-9.]+\s*/\s*\S+\s*$", text) else text
    found = _DOI.search(text)
    return re.split(r"[?#]", found[0])[0].rstrip(".,;\"'") if found else ""


def literal(value: str) -> str:
    """Return the name of one organisation: in braces if it contains `and`, which would separate two names."""
    return f"{{{value}}}" if re.search(r"\band\b", value, re.IGNORECASE) and "{" not in value else value


def is_deep(value: str) -> bool:
    """Return whether braces are nested more deeply than in any text that is meant."""
    depth = 0
    for brace in re.findall(r"[{}]", value) if value.count("{") > DEEPEST else ():
        depth += 1 if brace == "{" else -1
        if depth > DEEPEST:
            return True
    return False
