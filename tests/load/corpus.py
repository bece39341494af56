"""A corpus of invented .bib files in the styles of reference managers, and how many of them are read without a mistake.

`python -m tests.load.corpus` prints the figures; `python -m tests.load.corpus FOLDER` writes the files. The seed is
fixed: every run makes the same files.
"""

# ruff: noqa: E501

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.problems import Problem
from pipeline.load.bibliography import read_references
from pipeline.load.files import Sources

SEED, COPIES = 11, 12
FAMILY = [
    "Doe",
    'M{\\"u}ller',
    "Garc{\\'i}a Vega",
    "N'Diaye",
    "O'Hara",
    "van der Poort",
    "de la Vega",
    "Østby",
    "Ça{\\u g}lar",
]
GIVEN = ["Jane", "J. R.", "Jos{\\'e}", "Am{\\'\\i}na", "Hans-Peter", "Ren{\\'e}e", "X.", "{\\L}ucja"]
TITLES = [
    "Cyber crime and the law of harbours", "{{ZZ Evidence}} in the {{Cloud}}", "R\\&D at 50\\% of the cost",
    "What next? {{A}} guide -- and more", "\\textit{In vitro} evidence", "Law &amp; order at sea", "CO$_2$ and $x^2$",
    "A <i>sui generis</i> ``right''", "Le droit d'{\\'e}t{\\'e} \\`a la mer", "Evidence~2.0: \\href{https://x.example/a_b}{a link}",
    "{\\textquotedblleft}Ports{\\textquotedblright}", "Prices from $5 to $10", "\\emph{Nested {\\textbf{words}} here}",
]  # fmt: skip
JOURNALS = ["Journal of Ports", "Law \\& Harbours", "Revista de Puertos", "Annales du {{Port}}", "J. Seas Stud."]
BODIES = ["{Office of Ports}", "{{Ministry of Seas and Rivers}}", "World Port Organization"]
LANGUAGES = ["english", "en", "en-US", "{british}", "french", "Spanish", "english and french", "fr-FR", "eng"]
DOIS = [
    "10.1234/ab.{}",
    "https://doi.org/10.1234/ab.{}",
    "http://dx.doi.org/10.1234/AB{}",
    "doi:10.1234/a\\_b{}",
    "10.1234%2Fx{}",
]
DATES = [
    "2018", "2018-07", "2018-07-03", "2016/2018", "1987~", "2004?", "199X", "n.d.", "May 2018", "2018/05/03", "forthcoming",
    "2018-21", "2016--2018", "ca. 1987", "2018-07-03T10:00:00Z", "in press", "3 mai 2018", "2018-00-00",
]  # fmt: skip
MONTHS = ["jul", "{July}", "7", "{07}", "{jul.}", "jul # \"~4\"", "{July--August}", "{juillet}", "{Spring}", "{xx}"]  # fmt: skip
MANAGED = [
    "file = {C\\:\\\\Users\\\\jd\\\\a_b.pdf:application/pdf}", "abstract = {Costs rose by 50\\% in \\textit{all} \\unknown{places}}",
    "issn = {1234-5678}", "shortjournal = {S. J.}", "note = {Publisher: Port Press}", "annotation = {x}", "copyright = {(c) 1}",
    "urldate = {2020-05-03}", "groups = {a;b}", "timestamp = {2018-05-04}", "owner = {jd}", "bdsk-url-1 = {x}",
    "publisher = {Taylor and Harbour}", "mendeley-groups = {x/y}", "isbn = {978-1-2}", "internal-note = {\u2028\ufffd}",
    "shorttitle = {\\unknown{x}}", "eprint = {1234.5678}", "archivePrefix = {arXiv}", "edition = {2nd ed.}", "type = {{Paper}}",
]  # fmt: skip
KINDS = [
    "article", "book", "inbook", "incollection", "inproceedings", "conference", "report", "techreport", "thesis", "phdthesis",
    "mastersthesis", "online", "electronic", "www", "misc", "unpublished", "collection", "mvbook", "dataset", "software",
    "patent", "legislation", "jurisdiction", "standard", "video", "webpage", "manual", "booklet", "proceedings",
]  # fmt: skip
MISTAKES = {
    "author = {Doe, J., Roe, R., Poe, E.}": "does not say where one author ends",
    "author = {Doe, J.; Roe, R.}": "does not say where one author ends",
    "author = {Jane Doe \\& Richard Roe}": "does not say where one author ends",
    "date = {the other day}": "`date` cannot be",
    "title = {A \\nonsense{word}}": "contains a TeX command",
    "publisher = undefined": "is not in braces",
    "url = {see the library}": "is not a web address",
    "crossref = {nowhere}": "there is no entry `nowhere`",
}
"""Mistakes that people make, and the message for each."""


@dataclass(frozen=True, kw_only=True)
class Bib:
    """One file: its style, its text, how many entries it has, and the messages that it has to get."""

    style: str
    text: str
    entries: int
    mistakes: tuple[str, ...] = ()


def corpus() -> Iterator[Bib]:
    """Yield the files: correct ones in six styles, then one for each mistake in each of the styles of exports."""
    chance = random.Random(SEED)
    for style in STYLES:
        for number in range(COPIES):
            count = chance.randint(5, 30)
            entries = [_entry(chance, style, f"{number}-{i}") for i in range(count)]
            yield Bib(style=style, text=_wrapped(chance, style, entries), entries=count)
    for typed, message in MISTAKES.items():
        name = typed.partition(" ")[0]
        fields = {"title": "{T}", "date": "{2018}", "langid": "{english}", "keywords": "{segment:search}"}
        fields[name] = typed.partition(" = ")[2]
        entry = "@book{wrong,\n" + "".join(f"  {name} = {text},\n" for name, text in fields.items()) + "}\n"
        yield Bib(style="mistake", text=entry, entries=1, mistakes=(message,))


STYLES = ("zotero", "better-bibtex", "jabref", "scholar", "crossref", "mendeley")


def _entry(chance: random.Random, style: str, number: str) -> str:
    kind = "article" if style in ("scholar", "crossref") and chance.random() < 0.7 else chance.choice(KINDS)
    key = {"zotero": "doe_cyber_{}", "better-bibtex": "doeCyberLaw{}", "scholar": "doe{}cyber", "crossref": "Doe_{}"}
    fields = {"title": f"{{{chance.choice(TITLES)}}}", "author": f"{{{_authors(chance)}}}"}
    if kind == "article":
        fields["journaltitle" if style == "better-bibtex" else "journal"] = f"{{{chance.choice(JOURNALS)}}}"
        fields |= {"volume": "12", "number": "{3}", "pages": chance.choice(["{1--20}", "{1-20}", "{pp. 1–20}"])}
    if kind in ("inbook", "incollection", "inproceedings", "conference"):
        fields |= {"booktitle": "{Proc. of Law and Order}", "pages": "{5--9}"}
    if kind in ("report", "techreport", "thesis", "phdthesis", "mastersthesis"):
        fields |= {"institution": "{Office on Ports and Seas}", "number": "{7}"}
    if style == "better-bibtex" or chance.random() < 0.2:
        fields["date"] = f"{{{chance.choice(DATES)}}}"
    else:
        fields |= {"year": chance.choice(["2018", "{2018}", '"2018"']), "month": chance.choice(MONTHS)}
    if chance.random() < 0.6:
        fields["doi"] = f"{{{chance.choice(DOIS).format(number)}}}"
    if chance.random() < 0.5:
        fields["url"] = chance.choice(
            ["{https://x.example/a_b%20c}", "{\\url{https://x.example/a\\_b}}", "{http://x.example/~y}"]
        )
    fields["langid" if chance.random() < 0.7 else "language"] = f"{{{chance.choice(LANGUAGES)}}}"
    words = chance.choice(["ports, law", "ports;law", ""])
    if chance.random() < 0.6:
        words += ", segment:search" + chance.choice(["", ", region:global", ", region:africa, language:en", ", first"])
    fields["mendeley-tags" if style == "mendeley" else "keywords"] = f"{{{words}}}"
    lines = [f"{name} = {text}" for name, text in fields.items()] + chance.sample(MANAGED, chance.randint(0, 6))
    lines = [
        line for i, line in enumerate(lines) if line.partition(" ")[0] not in {x.partition(" ")[0] for x in lines[:i]}
    ]
    kind = kind.capitalize() if style in ("jabref", "mendeley") else kind
    head = f"@{kind}{{{key.get(style, 'Doe{}:x').format(number)},"
    if style == "crossref":
        return f" {head} {', '.join(lines)} }}\n"
    indent, end = {"zotero": ("\t", ",\n"), "mendeley": ("", ",\n"), "scholar": ("  ", ",\n")}.get(style, ("  ", ",\n"))
    return head + "\n" + end.join(f"{indent}{line}" for line in lines) + chance.choice([",\n}\n", "\n}\n", "}\n"])


def _authors(chance: random.Random) -> str:
    names = [f"{chance.choice(FAMILY)}, {chance.choice(GIVEN)}" for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.15:
        return chance.choice(BODIES)
    return " and ".join(names) + chance.choice(["", "", " and others", " et al."])


def _wrapped(chance: random.Random, style: str, entries: list[str]) -> str:
    head = {
        "jabref": "% Encoding: UTF-8\n\n",
        "mendeley": "Automatically generated by Mendeley Desktop\nAny changes will be lost\n\n",
    }.get(style, "")
    head += '@string{press = "Port Press"}\n' if chance.random() < 0.2 else ""
    tail = "\n@Comment{jabref-meta: databaseType:biblatex;}\n" if style == "jabref" else ""
    text = head + "\n".join(entries) + tail
    return text.replace("\n", "\r\n") if chance.random() < 0.2 else text


def mistakes(bib: Bib, folder: Path) -> list[Problem]:
    """Return the mistake lines of a file that is alone in the bibliography."""
    (folder / "bibliography").mkdir(parents=True, exist_ok=True)
    (folder / "bibliography/references.bib").write_bytes(bib.text.encode())
    sources = Sources(root=folder)
    read_references(sources)
    return sources.problems


def figures(folder: Path) -> dict[str, int]:
    """Return how many files and entries there are, how many have a mistake line, and how many lines are not expected."""
    count = dict.fromkeys(("files", "files with a mistake line", "entries", "entries with a mistake line"), 0)
    count |= {"files with a real mistake": 0, "real mistakes not named": 0, "lines beside them": 0}
    for bib in corpus():
        found = mistakes(bib, folder)
        if bib.mistakes:
            count["files with a real mistake"] += 1
            named = [problem for problem in found if any(message in str(problem) for message in bib.mistakes)]
            count["real mistakes not named"] += len(named) != len(bib.mistakes)
            count["lines beside them"] += len(found) - len(named)
        else:
            count["files"] += 1
            count["entries"] += bib.entries
            count["files with a mistake line"] += bool(found)
            count["entries with a mistake line"] += len(found)
    return count


if __name__ == "__main__":
    if len(sys.argv) > 1:
        for place, bib in enumerate(corpus()):
            Path(sys.argv[1], f"{place:03}-{bib.style}.bib").write_text(bib.text, encoding="utf-8", newline="")
    with tempfile.TemporaryDirectory() as scratch:
        for what, number in figures(Path(scratch)).items():
            print(f"{number:6} {what}")
