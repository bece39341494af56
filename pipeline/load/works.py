"""What bibliographies hold: kinds of work, fields, and the words that tell a body from a person."""

_KINDS = """
article artwork audio bibnote book bookinbook booklet collection commentary conference dataset electronic image inbook
incollection inproceedings inreference jurisdiction legal legislation letter manual mastersthesis misc movie music
mvbook mvcollection mvproceedings mvreference online patent performance periodical phdthesis proceedings reference
report review software standard suppbook suppcollection suppperiodical techreport thesis unpublished video www
"""
KINDS = frozenset(_KINDS.split())
"""The kinds that the formatter of citations knows."""

_NAMES = "author bookauthor editor editora editorb editorc translator commentator annotator holder"
NAMES = frozenset(_NAMES.split())
"""Fields that list persons and bodies, with `and` between them."""
LITERALS = frozenset(("publisher", "institution", "organization", "school", "location", "address"))
"""Fields in which `and` is a word like any other."""
VERBATIM = frozenset(("doi", "url", "eprint", "isbn", "issn"))
"""Fields that hold no prose."""
DATES = frozenset(("date", "origdate", "eventdate", "urldate", "available"))

_FIELDS = """
addendum authortype booksubtitle booktitle booktitleaddon chapter edition editortype eid entrysubtype eprintclass
eprinttype eventtitle eventtitleaddon foreword howpublished introduction isrn issue issuesubtitle issuetitle journal
journalsubtitle journaltitle keywords langid language mainsubtitle maintitle maintitleaddon month nameaddon note number
origlanguage origlocation origpublisher origtitle pages pagetotal pagination part pubstate series shortauthor
shorteditor shorthand shorttitle subtitle title titleaddon translated type venue version volume volumes year
"""
FIELDS = NAMES | LITERALS | VERBATIM | DATES | frozenset(_FIELDS.split())
"""The fields that can be printed, and our own `available` and `translated`; all others are passed over."""

_OTHERS = """
abstract annotation annote author_keywords authors_id comment crossref day eissn file groups isbn-10 isbn-13 isbn10
isbn13 issn-online issn-print issue_date journalabbr keywords-plus label library notes owner page_count shortjournal
shortseries urlaccessdate xdata xref
"""
OTHERS = frozenset(_OTHERS.split())
"""Fields of reference managers that are never printed; some look like a mistyped field of ours."""

_BODY_WORDS = """
agence agencia agency assembly association asociación authority banco bank banque board bureau center centre centro
comisión comité commission committee company conseil consejo council court departamento department federation fondation
forum foundation fundación government group groupe grupo institut institute instituto ministerio ministry ministère
naciones nations network office oficina organisation organización organization parliament programme project secretaría
secretariat society unión united universidad university université for of the
"""
BODY_WORDS = frozenset(_BODY_WORDS.split())
"""Words, in small letters, that a body has in its name and no person."""
