"""The kinds of work and the fields that the formatter of citations knows (biblatex), and our own `available`."""

_KINDS = """
article artwork audio bibnote book bookinbook booklet collection commentary dataset electronic inbook incollection
inproceedings inreference image jurisdiction legal legislation letter manual mastersthesis misc movie music mvbook
mvcollection mvproceedings mvreference online patent performance periodical phdthesis proceedings reference report
review software standard suppbook suppcollection suppperiodical techreport thesis unpublished video www
"""
KINDS = frozenset(_KINDS.split())

_FIELDS = """
abstract addendum afterword annotation annotator author authortype available bookauthor booksubtitle booktitle
booktitleaddon chapter commentator crossref date doi edition editor editora editorb editorc editortype eid
entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file foreword holder howpublished
institution introduction isbn isrn issn issue issuesubtitle issuetitle journal journalsubtitle journaltitle keywords
label langid language library location mainsubtitle maintitle maintitleaddon nameaddon note number organization
origdate origlanguage origlocation origpublisher origtitle pages pagetotal pagination part publisher pubstate series
shortauthor shorteditor shorthand shorttitle subtitle title titleaddon translated translator type url urldate venue
version volume volumes xdata xref
"""
FIELDS = frozenset(_FIELDS.split())
