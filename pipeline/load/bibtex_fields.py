"""The entry types, fields and names of languages that BibTeX and biblatex know, and what programs write instead."""

from __future__ import annotations

import re
import unicodedata

_TYPES = """
article artwork audio bibnote book bookinbook booklet collection commentary conference dataset electronic image inbook
incollection inproceedings inreference jurisdiction legal legislation letter manual mastersthesis misc movie music
mvbook mvcollection mvproceedings mvreference online patent performance periodical phdthesis proceedings reference
report review software standard suppbook suppcollection suppperiodical techreport thesis unpublished video www
"""
ENTRY_TYPES = frozenset(_TYPES.split())
"""The types of entry that the formatter of citations knows."""
OTHER_TYPES = {
    **dict.fromkeys(("generic", "map", "graphic", "other", "unknown", "personal"), "misc"),
    **dict.fromkeys(("webpage", "website", "web", "internet", "blog", "blogpost", "forumpost", "post"), "online"),
    **dict.fromkeys(("newspaper", "newspaperarticle", "magazine", "magazinearticle", "journalarticle"), "article"),
    **dict.fromkeys(("masterthesis", "bachelorthesis", "bathesis", "diplomathesis", "dissertation"), "thesis"),
    **dict.fromkeys(("techrep", "whitepaper", "workingpaper", "govdoc", "governmentdocument"), "report"),
    **dict.fromkeys(("bill", "statute", "act", "law", "treaty", "directive", "regulation", "hearing"), "legislation"),
    **dict.fromkeys(("case", "judgment", "decision"), "jurisdiction"),
    **dict.fromkeys(("bookchapter", "booksection", "chapter"), "incollection"),
    **dict.fromkeys(("presentation", "manuscript", "speech", "lecture", "posting", "preprint"), "unpublished"),
    **{"film": "movie", "podcast": "audio", "program": "software", "codefragment": "software", "data": "dataset"},
    **{"conferencepaper": "inproceedings", "encyclopedia": "inreference", "dictionary": "inreference"},
}
"""Types of entry that programs write and biblatex does not know, and what is meant."""
CHAPTERS = frozenset(("incollection", "inbook", "inproceedings", "conference", "inreference", "suppbook", "bookinbook"))
BOOKS = frozenset(("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference"))

_NAMES = "author bookauthor editor editora editorb editorc translator commentator annotator holder"
NAMES = frozenset(_NAMES.split())
"""Fields that list persons and organisations, with `and` between them."""
LITERALS = frozenset(("publisher", "institution", "organization", "school", "location", "address"))
"""Fields in which `and` separates nothing."""
VERBATIM = frozenset(("doi", "url", "eprint", "isbn", "issn"))
"""Fields without prose."""
DATES = frozenset(("date", "origdate", "eventdate", "urldate", "available", "checked"))
WORDS = frozenset(("langid", "language", "type", "pubstate", "month", "eprinttype"))
"""Fields in which programs leave a word without braces."""

_FIELDS = """
addendum authortype booksubtitle booktitle booktitleaddon chapter day edition editortype eid entrysubtype eprintclass
eprinttype eventtitle eventtitleaddon foreword howpublished introduction isrn issue issuesubtitle issuetitle journal
journalsubtitle journaltitle keywords langid language mainsubtitle maintitle maintitleaddon month nameaddon note number
origlanguage origlocation origpublisher origtitle pages pagetotal pagination part pubstate series shortauthor
shorteditor shorthand shorttitle subtitle title titleaddon translated type venue version volume volumes why year
"""
FIELDS = NAMES | LITERALS | VERBATIM | DATES | frozenset(_FIELDS.split())
"""The fields that can be printed, and those of this project (`available`, `checked`, `translated`, `why`)."""
OPTIONAL = frozenset(
    (
        *("chapter", "entrysubtype", "eprint", "eprintclass", "foreword", "introduction", "isbn", "isrn", "issn"),
        *("nameaddon", "origlocation", "origpublisher", "pagination", "shortauthor", "shorteditor", "shorthand"),
        *("shorttitle", "origdate", "eventdate", "editortype", "authortype", "version", "pagetotal", "origlanguage"),
    )
)
"""Those of `FIELDS` that no list prints: they are left out where they cannot be read."""
OTHER_FIELDS = {"archiveprefix": "eprinttype", "primaryclass": "eprintclass", "urlaccessdate": "urldate"}
"""What older programs call a field."""

_OTHERS = """
abstract annotation annote author_keywords authors_id comment crossref eissn file groups isbn-10 isbn-13 isbn10
isbn13 issn-online issn-print issue_date journalabbr keywords-plus label library notes owner page_count shortjournal
shortseries xdata xref tags mendeley-tags articleno article_number numpages acknowledgement translation publicationdate
added-at timestamp titles dates
"""
OTHERS = frozenset(_OTHERS.split()) - {"dates", "titles"}
"""Fields of reference managers that are never printed; some look like a mistyped field of `FIELDS`."""

_LANGUAGES = """
ar: arabic العربية arabe árabe ara | bg: bulgarian bul | ca: catalan cat | cs: czech ces cze | cy: welsh
da: danish dan | de: german ngerman austrian swissgerman naustrian nswissgerman deutsch allemand alemán deu ger
el: greek polutonikogreek ell gre | en: english british american ukenglish usenglish canadian australian newzealand
en: anglais inglés eng | es: spanish mexican espagnol español castilian castellano spa | et: estonian | eu: basque
fa: persian farsi fas per | fi: finnish fin | fr: french francais français canadien acadian francés fra fre
ga: irish | gl: galician | he: hebrew heb | hi: hindi | hr: croatian | hu: hungarian magyar hun | hy: armenian
id: indonesian bahasa ind | is: icelandic | it: italian italien italiano ita | ja: japanese jpn | ka: georgian
ko: korean kor | lt: lithuanian | lv: latvian | mk: macedonian | ms: malay | nb: norsk norwegian bokmal nor
nl: dutch nld dut | nn: nynorsk | pl: polish polski pol | pt: portuguese portuges brazilian brazil português por
pt: portugués portugais | ro: romanian ron rum | ru: russian русский rus | sk: slovak slk | sl: slovene slovenian
sq: albanian | sr: serbian serbianc | sv: swedish swe | sw: swahili kiswahili swa | th: thai | tr: turkish tur
uk: ukrainian | ur: urdu | vi: vietnamese | zh: chinese zho chi | sw: swahili | am: amharic
mn: mongolian | af: afrikaans
"""
_CODES = {
    name: row.partition(":")[0].strip()
    for row in re.split(r"[|\n]", _LANGUAGES.strip())
    for name in row.partition(":")[2].split()
}


def languages_in(text: str) -> list[str]:
    """Return the ISO 639-1 codes of the languages that `text` names as biblatex does, as tags or in words."""
    found: dict[str, None] = {}
    for word in re.split(r"[,;/|+&(){}]|\b(?:and|et|y|und)\b", unicodedata.normalize("NFC", text).lower()):
        word = word.strip().removeprefix("lang")
        first = re.split(r"[-_ ]", word)[0]
        if code := _CODES.get(word) or _CODES.get(first) or (first if first in _CODES.values() else ""):
            found[code] = None
    return list(found)


LABELS = ("segment", "region", "language", "only")
"""The labels of keywords, each written as `label:id`."""
KEYWORDS = ("keywords", "keyword", "tags", "mendeley-tags")
"""The fields in which programs write keywords."""
_VARIANT = re.compile(r"(.*)_[a-z]{2,3}")


def base_of(name: str) -> str:
    """Return the field of which `name` is the version in one language: `title` for `title_fr`."""
    variant = _VARIANT.fullmatch(name)
    return variant[1] if variant and variant[1] in FIELDS else name
