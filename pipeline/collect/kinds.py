"""Which parts a deck may have, which relationships lead to them, and which elements may name them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.collect.vocabulary import CX, DGM, DSP, MICROSOFT, OFFICE, P14, PREFIXES, A, C, P, R

_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
_PACKAGE = f"{OFFICE}/package/2006"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of XML part: its content type, its root element and its path in a clean copy."""

    name: str
    content_type: str
    root: str
    path: str
    others: tuple[str, ...] = ()  # content types that are read as this kind


def _presentation(name: str, root: str, path: str) -> Kind:
    return Kind(name=name, content_type=f"{_OFFICE_TYPE}.presentationml.{name}+xml", root=f"{{{P}}}{root}", path=path)


_MACRO = "application/vnd.ms-powerpoint"
PLAIN_MAIN = f"{_OFFICE_TYPE}.presentationml.presentation.main+xml"
TEMPLATES_AND_SHOWS = tuple(
    f"{_OFFICE_TYPE}.presentationml.{kind}" for kind in ("slideshow.main+xml", "template.main+xml")
)
MACRO_MAINS = tuple(f"{_MACRO}.{kind}.macroEnabled.main+xml" for kind in ("presentation", "slideshow", "template"))
"""Other kinds of deck: the copy is always a plain presentation."""

_ALL = (
    Kind(
        name="presentation", content_type=PLAIN_MAIN, root=f"{{{P}}}presentation", path="ppt/presentation.xml",
        others=(*TEMPLATES_AND_SHOWS, *MACRO_MAINS),
    ),
    _presentation("slide", "sld", "ppt/slides/slide{}.xml"),
    _presentation("slideLayout", "sldLayout", "ppt/slideLayouts/slideLayout{}.xml"),
    _presentation("slideMaster", "sldMaster", "ppt/slideMasters/slideMaster{}.xml"),
    _presentation("notesSlide", "notes", "ppt/notesSlides/notesSlide{}.xml"),
    _presentation("notesMaster", "notesMaster", "ppt/notesMasters/notesMaster{}.xml"),
    _presentation("handoutMaster", "handoutMaster", "ppt/handoutMasters/handoutMaster{}.xml"),
    _presentation("presProps", "presentationPr", "ppt/presProps.xml"),
    _presentation("viewProps", "viewPr", "ppt/viewProps.xml"),
    Kind(
        name="tableStyles", content_type=f"{_OFFICE_TYPE}.presentationml.tableStyles+xml",
        root=f"{{{A}}}tblStyleLst", path="ppt/tableStyles.xml",
    ),
    Kind(
        name="theme", content_type=f"{_OFFICE_TYPE}.theme+xml", root=f"{{{A}}}theme", path="ppt/theme/theme{}.xml"
    ),
    Kind(
        name="themeOverride", content_type=f"{_OFFICE_TYPE}.themeOverride+xml", root=f"{{{A}}}themeOverride",
        path="ppt/theme/themeOverride{}.xml",
    ),
    Kind(
        name="chart", content_type=f"{_OFFICE_TYPE}.drawingml.chart+xml", root=f"{{{C}}}chartSpace",
        path="ppt/charts/chart{}.xml",
    ),
    Kind(
        name="chartEx", content_type="application/vnd.ms-office.chartex+xml", root=f"{{{CX}}}chartSpace",
        path="ppt/charts/chartEx{}.xml",
    ),
    Kind(
        name="chartStyle", content_type="application/vnd.ms-office.chartstyle+xml",
        root=f"{{{PREFIXES['cs']}}}chartStyle", path="ppt/charts/style{}.xml",
    ),
    Kind(
        name="chartColors", content_type="application/vnd.ms-office.chartcolorstyle+xml",
        root=f"{{{PREFIXES['cs']}}}colorStyle", path="ppt/charts/colors{}.xml",
    ),
    Kind(
        name="chartShapes", content_type=f"{_OFFICE_TYPE}.drawingml.chartshapes+xml", root=f"{{{C}}}userShapes",
        path="ppt/drawings/drawing{}.xml",
    ),
    Kind(
        name="diagramData", content_type=f"{_OFFICE_TYPE}.drawingml.diagramData+xml", root=f"{{{DGM}}}dataModel",
        path="ppt/diagrams/data{}.xml",
    ),
    Kind(
        name="diagramLayout", content_type=f"{_OFFICE_TYPE}.drawingml.diagramLayout+xml", root=f"{{{DGM}}}layoutDef",
        path="ppt/diagrams/layout{}.xml",
    ),
    Kind(
        name="diagramStyle", content_type=f"{_OFFICE_TYPE}.drawingml.diagramStyle+xml", root=f"{{{DGM}}}styleDef",
        path="ppt/diagrams/quickStyle{}.xml",
    ),
    Kind(
        name="diagramColors", content_type=f"{_OFFICE_TYPE}.drawingml.diagramColors+xml", root=f"{{{DGM}}}colorsDef",
        path="ppt/diagrams/colors{}.xml",
    ),
    Kind(
        name="diagramDrawing", content_type="application/vnd.ms-office.drawingml.diagramDrawing+xml",
        root=f"{{{DSP}}}drawing", path="ppt/diagrams/drawing{}.xml",
    ),
)  # fmt: skip

KINDS = {kind.name: kind for kind in _ALL}
BY_TYPE = {each.lower(): kind for kind in _ALL for each in (kind.content_type, *kind.others)}
"""The kinds by content type in lower case, as types are compared."""

IMAGE, MEDIA, LINK = "image", "media", "link"
"""What is not XML: pictures, video and sound, and external addresses."""

_R = f"{R}/"
RELATIONSHIPS = {
    f"{_R}officeDocument": "presentation",
    f"{_R}slide": "slide",
    f"{_R}slideLayout": "slideLayout",
    f"{_R}slideMaster": "slideMaster",
    f"{_R}notesSlide": "notesSlide",
    f"{_R}notesMaster": "notesMaster",
    f"{_R}handoutMaster": "handoutMaster",
    f"{_R}presProps": "presProps",
    f"{_R}viewProps": "viewProps",
    f"{_R}tableStyles": "tableStyles",
    f"{_R}theme": "theme",
    f"{_R}themeOverride": "themeOverride",
    f"{_R}chart": "chart",
    f"{MICROSOFT}/2014/relationships/chartEx": "chartEx",
    f"{MICROSOFT}/2011/relationships/chartStyle": "chartStyle",
    f"{MICROSOFT}/2011/relationships/chartColorStyle": "chartColors",
    f"{_R}chartUserShapes": "chartShapes",
    f"{_R}diagramData": "diagramData",
    f"{_R}diagramLayout": "diagramLayout",
    f"{_R}diagramQuickStyle": "diagramStyle",
    f"{_R}diagramColors": "diagramColors",
    f"{MICROSOFT}/2007/relationships/diagramDrawing": "diagramDrawing",
    f"{_R}image": IMAGE,
    f"{_R}audio": MEDIA,
    f"{_R}video": MEDIA,
    f"{MICROSOFT}/2007/relationships/media": MEDIA,
    f"{_R}hyperlink": LINK,
}
"""What each relationship may lead to; one of any other type is removed with its part."""

IMPLICIT = {
    "presentation": ("presProps", "viewProps", "theme", "tableStyles"),
    "slideMaster": ("theme",),
    "slideLayout": ("slideMaster", "themeOverride"),
    "slide": ("slideLayout", "notesSlide", "themeOverride", "diagramDrawing"),
    "notesSlide": ("notesMaster", "slide", "themeOverride"),
    "notesMaster": ("theme",),
    "handoutMaster": ("theme",),
    "chart": ("themeOverride", "chartStyle", "chartColors"),
    "chartEx": ("themeOverride", "chartStyle", "chartColors"),
}
"""Parts that belong to a part without any element naming them; everything else must be named to be kept."""

NEEDED = {
    "slideMaster": "theme",
    "slideLayout": "slideMaster",
    "slide": "slideLayout",
    "notesSlide": "notesMaster",
    "notesMaster": "theme",
    "handoutMaster": "theme",
}
"""The part without which a part makes no sense: a deck that lacks it is refused."""

REFERENCES = {
    (f"{{{P}}}sldMasterId", "id"): "slideMaster",
    (f"{{{P}}}sldLayoutId", "id"): "slideLayout",
    (f"{{{P}}}notesMasterId", "id"): "notesMaster",
    (f"{{{P}}}handoutMasterId", "id"): "handoutMaster",
    (f"{{{P}}}sldId", "id"): "slide",
    (f"{{{P}}}sld", "id"): "slide",
    (f"{{{P}}}snd", "embed"): MEDIA,
    (f"{{{P}}}sndTgt", "embed"): MEDIA,
    (f"{{{A}}}blip", "embed"): IMAGE,
    (f"{{{A}}}snd", "embed"): MEDIA,
    (f"{{{A}}}wavAudioFile", "embed"): MEDIA,
    (f"{{{A}}}audioFile", "link"): MEDIA,
    (f"{{{A}}}videoFile", "link"): MEDIA,
    (f"{{{P14}}}media", "embed"): MEDIA,
    (f"{{{C}}}chart", "id"): "chart",
    (f"{{{CX}}}chart", "id"): "chartEx",
    (f"{{{C}}}userShapes", "id"): "chartShapes",
    (f"{{{DGM}}}relIds", "dm"): "diagramData",
    (f"{{{DGM}}}relIds", "lo"): "diagramLayout",
    (f"{{{DGM}}}relIds", "qs"): "diagramStyle",
    (f"{{{DGM}}}relIds", "cs"): "diagramColors",
    (f"{{{DGM}}}shape", "blip"): IMAGE,
}
"""The elements and attributes that may name a part, and the kind it must be; links are judged in `links`."""

REFUSED_WITHOUT = frozenset(f"{{{P}}}{name}" for name in ("sldMasterId", "sldLayoutId"))
"""Elements whose target must exist: without it the deck cannot be shown as it was."""

FRAMES = {
    A.removesuffix("/main") + "/table",
    C,
    DGM,
    CX,
    PREFIXES["lc"],
}
"""What a graphic frame may hold; embedded objects become pictures, everything else is removed."""

PACKAGE_RELATIONSHIPS = f"{_PACKAGE}/relationships"
CORE, CORE_TYPE = (
    f"{_PACKAGE}/relationships/metadata/core-properties",
    ("application/vnd.openxmlformats-package.core-properties+xml"),
)
APP, APP_TYPE = f"{_R}extended-properties", f"{_OFFICE_TYPE}.extended-properties+xml"
CUSTOM, CUSTOM_TYPE = f"{_R}custom-properties", f"{_OFFICE_TYPE}.custom-properties+xml"
ADD_IN = f"{_MACRO}.addin.macroEnabled.main+xml".lower()
WORD, EXCEL = "wordprocessingml", "spreadsheetml"
