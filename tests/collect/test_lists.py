"""The allow-lists hold: each part type, relationship and reference that is taken off its list no longer passes."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml

from pipeline.collect import allowed, media, pictures
from pipeline.collect.allowed import LISTS, PROPERTIES, qn
from pipeline.collect.findings import CODES, REFUSALS, REMARKS, REMOVALS
from pipeline.collect.judge import judge
from pipeline.compose import findings
from pipeline.compose.findings import sentences
from pipeline.core.verdicts import Finding
from pipeline.load import load_locale
from tests.collect import decks
from tests.collect.hostile.sights import emf, emf_with_comment, wmf_with_escape
from tests.collect.legitimate import LEGITIMATE, gif
from tests.collect.surgery import MS, RELS, added, drawn, packed, swapped, typed, unpacked
from tests.conftest import ROOT

ACTIVE = {
    "p": """
        control controls oleObj embed link custData custDataLst tags contentPart htmlPubPr webPr smartTags modifyVerifier
        embeddedFont embeddedFontLst cm cmAuthor cmLst cmAuthorLst sldSyncPr
    """,
    "a": "quickTimeFile audioCd",
    "c": "externalData autoUpdate pivotSource pivotFmts",
    "p14": "contentPart nvContentPartPr",
    "a14": "imgProps imgLayer contentPart",
    "p15": "presenceInfo",
    "cx": "externalData geoCache",
    "c14": "pivotOptions",
    "c15": "filteredSourceData pivotSource",
}


@pytest.mark.parametrize("tag", [f"{prefix}:{name}" for prefix, names in ACTIVE.items() for name in names.split()])
def test_what_acts_or_tells_is_on_no_list(tag):
    assert not allowed.is_allowed(qn(tag))


@pytest.mark.parametrize(
    "name",
    "macro textlink fPublished progId clsid verb data href src hashValue saltValue hash salt cryptAlgorithmClass invalidUrl "
    "serverSldId serverSldModifiedTime userId providerId password onload relid".split(),
)
def test_what_acts_or_tells_is_no_known_attribute(name):
    assert name not in allowed.ATTRIBUTES


@pytest.mark.parametrize(
    "namespace",
    [
        "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office", "urn:schemas-microsoft-com:office:powerpoint",
        "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/2001/XInclude", "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2003/InkML", f"{MS}/drawing/2016/SVG/main", f"{MS}/drawing/2016/ink", "http://schemas.microsoft.com/office/2009/07/customui",
        f"{MS}/webextensions/webextension/2010/11", f"{MS}/webextensions/taskpanes/2010/11", f"{MS}/powerpoint/2018/8/main",
        f"{MS}/2006/activeX", f"{MS}/powerpoint/2016/6/main", f"{MS}/powerpoint/2019/9/main/command",
    ],
)  # fmt: skip
def test_a_namespace_of_objects_comments_and_programs_is_on_no_list(namespace):
    assert namespace not in allowed.PREFIXES
    assert not allowed.is_allowed(f"{{{namespace}}}x")


@pytest.mark.parametrize("prefix", sorted(LISTS.namespaces))
def test_only_charts_and_diagrams_may_have_elements_of_any_name(prefix):
    is_open = prefix in "c14 c15 c16 c16r2 c16r3 cs cx cx1 cx2 cx4 dgm14 dsp".split()
    assert allowed.is_allowed(qn(f"{prefix}:of-next-year")) is is_open
    assert (prefix in LISTS.later_namespaces) is (prefix not in "p a c dgm cdr m r mc lc pic".split())


@pytest.mark.parametrize("kind", (
    "oleObject package control vbaProject attachedTemplate externalLinkPath frame slideUpdateInfo slideUpdateUrl customXml font "
    "comments tags printerSettings vmlDrawing activeXControlBinary subDocument aFChunk hdphoto webextension ctrlProp"
).split())  # fmt: skip
def test_a_relationship_to_what_acts_or_tells_leads_to_no_kind_of_part(kind):
    assert not [type_ for type_ in allowed.RELATIONSHIPS if type_.endswith(f"/{kind}")]


@pytest.mark.parametrize("word", (
    "vba ole activex vml comment tags customxml printer font webextension ink signature spreadsheet wordprocessing svg octet "
    "revision author person label"
).split())  # fmt: skip
def test_a_part_that_acts_or_tells_has_no_known_content_type(word):
    assert not [type_ for type_ in allowed.BY_CONTENT_TYPE if word in type_]


@pytest.mark.parametrize("type_", ("presentationml.slideshow", "presentationml.template", "macroEnabled"))
def test_a_show_a_template_and_a_deck_with_macros_are_read_and_never_written(type_):
    assert [each for each in allowed.BY_CONTENT_TYPE if type_.lower() in each]
    assert not [kind for kind in allowed.KINDS.values() if type_ in kind.content_type]


def test_a_reference_leads_to_a_kind_of_part_that_is_copied():
    kinds = {kind for places in allowed.REFERENCES.values() for kind in places.values()}
    assert kinds <= {*allowed.KINDS, "image", "media"}
    assert not {qn("p:oleObj"), qn("p:control"), qn("c:externalData"), qn("p:tags")} & allowed.REFERENCES.keys()
    links = {qn(f"a:{name}") for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver")}
    assert not links & allowed.REFERENCES.keys()  # `links` judges them


@pytest.mark.parametrize(
    ("uri", "stays"),
    [
        ("http://schemas.openxmlformats.org/drawingml/2006/chart", True),
        ("http://schemas.openxmlformats.org/drawingml/2006/diagram", True),
        ("http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas", True),
        ("http://schemas.openxmlformats.org/drawingml/2006/table", True),
        (f"{MS}/drawing/2014/chartex", True),
        ("http://schemas.openxmlformats.org/presentationml/2006/ole", False),
        (f"{MS}/drawing/2010/slicer", False),
        (f"{MS}/webextensions/webextension/2010/11", False),
    ],
)
def test_a_frame_holds_tables_charts_and_diagrams_only(uri, stays):
    assert (uri in LISTS.frames) is stays


ELEMENT_CODES = {
    "p:controls": "activex", "p:control": "activex", "p:custDataLst": "tags", "p:contentPart": "ink", "p:modifyVerifier": "write-protection",
    "p:smartTags": "smart-tags", "p:embeddedFontLst": "embedded-font", "p:htmlPubPr": "publish-settings", "p:webPr": "publish-settings",
    "a14:imgProps": "picture-layers", "p:presenceInfo": "author", "c:pivotSource": "path", "p:commentRel": "comments", "p:other": "unknown-markup",
}  # fmt: skip


@pytest.mark.parametrize("tag", ELEMENT_CODES)
def test_a_removed_element_is_named_by_its_code(tag):
    deck, prefix = decks.parts(), tag.partition(":")[0]
    drawn(deck, 2, f'<{tag} xmlns:{prefix}="{LISTS.namespaces[prefix]}"/>')
    found = {(each.code, each.slide) for each in judge(packed(deck)).removals}
    assert (ELEMENT_CODES[tag], 2) in found


@pytest.mark.parametrize("tag", ("c:autoUpdate", "c:externalData", "c:pivotFmts"))
def test_an_element_that_is_named_with_its_workbook_has_no_finding_of_its_own(tag):
    deck = decks.parts()
    drawn(deck, 2, f'<{tag} xmlns:c="{LISTS.namespaces["c"]}"/>')
    verdict = judge(packed(deck))
    assert [each for each in verdict.removals if each.slide == 2] == []
    assert tag.encode() not in unpacked(verdict.content)["ppt/slides/slide2.xml"]


OFFICE = "application/vnd.openxmlformats-officedocument"
PART_CODES = {
    "application/vnd.ms-office.vbaProject": "macro", "application/vnd.ms-word.vbaData+xml": "macro", "application/vnd.ms-office.activeX+xml": "activex",
    f"{OFFICE}.oleObject": "ole", f"{OFFICE}.vmlDrawing": "ole", f"{OFFICE}.spreadsheetml.sheet": "embedded-file",
    f"{OFFICE}.wordprocessingml.document": "embedded-file", f"{OFFICE}.presentationml.presentation": "embedded-file",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "embedded-file", f"{OFFICE}.presentationml.comments+xml": "comments",
    "application/vnd.ms-powerpoint.authors+xml": "comments", "application/vnd.ms-excel.person+xml": "comments",
    f"{OFFICE}.presentationml.tags+xml": "tags", f"{OFFICE}.presentationml.printerSettings": "printer", f"{OFFICE}.customXmlProperties+xml": "custom-xml",
    "application/x-fontdata": "embedded-font", f"{OFFICE}.obfuscatedFont": "embedded-font",
    "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml": "signature", "application/vnd.ms-powerpoint.revisioninfo+xml": "history",
    "application/vnd.ms-powerpoint.changesinfo+xml": "history", "application/vnd.ms-office.classificationlabels+xml": "label",
    f"{OFFICE}.presentationml.slideUpdateInfo+xml": "external", "application/inkml+xml": "ink", "image/svg+xml": "svg", "image/vnd.ms-photo": "picture-layers",
    f"{OFFICE}.presentationml.slide+xml": "orphan-slide", "image/png": "unused-picture", "application/x-other": "unknown-part",
    "application/vnd.ms-office.webextension+xml": "web-add-in", f"{OFFICE}.custom-properties+xml": "custom-properties",
}  # fmt: skip


@pytest.mark.parametrize("type_", PART_CODES)
def test_a_part_that_nothing_leads_to_is_named_by_its_content_type(type_):
    deck = decks.parts()
    deck["ppt/other.bin"] = b"x"
    typed(deck, "ppt/other.bin", type_)
    verdict = judge(packed(deck))
    assert PART_CODES[type_] in {each.code for each in verdict.removals if "ppt/other.bin" in each.where + each.detail}
    assert b"x" not in unpacked(verdict.content).values()


RELATIONSHIP_CODES = {
    f"{RELS}/control": "activex", f"{MS}/2006/relationships/ui/extensibility": "ribbon", f"{MS}/2006/relationships/ui/userCustomization": "ribbon",
    f"{RELS}/package": "embedded-file", f"{MS}/2018/10/relationships/authors": "comments", f"{MS}/2017/10/relationships/person": "comments",
    f"{RELS}/printerSettings": "printer", f"{RELS}/customXml": "custom-xml", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail": "thumbnail",
    f"{RELS}/font": "embedded-font", f"{MS}/2007/relationships/hdphoto": "picture-layers", f"{RELS}/tags": "tags", f"{RELS}/oleObject": "ole",
    f"{MS}/2020/02/relationships/classificationlabels": "label", f"{RELS}/extended-properties": "author", f"{RELS}/slideUpdateInfo": "external",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties": "author", f"{MS}/2007/relationships/customUI": "ribbon",
}  # fmt: skip


@pytest.mark.parametrize("type_", RELATIONSHIP_CODES)
def test_a_part_that_is_left_out_is_named_by_the_relationships_to_it(type_):
    deck = decks.parts()
    added(deck, "ppt/other.bin", b"x", "application/x-other", source="ppt/slides/slide2.xml", key="rIdX", kind=type_)
    verdict = judge(packed(deck))
    assert RELATIONSHIP_CODES[type_] in {
        each.code for each in verdict.removals if "ppt/other.bin" in each.where + each.detail
    }


def _kept() -> dict[str, bytes]:
    """Return, by name, decks that together use every kind of part."""
    names = ("plain", "chart", "notes", "smart-art", "video", "sound-wav", "many-pictures", "slide-jumps", "hyperlinks")
    return {name: LEGITIMATE[name].make() for name in names}


@pytest.mark.parametrize(
    "kind", sorted({"slide", "chart", "notesSlide", "diagramData", "diagramDrawing", "theme", "slideLayout"})
)
def test_a_content_type_off_the_list_does_not_pass(kind, monkeypatch):
    type_ = allowed.KINDS[kind].content_type.lower()
    before = [type_ in _types(judge(each, keep_notes=True).content) for each in _kept().values()]
    monkeypatch.delitem(allowed.BY_CONTENT_TYPE, type_)
    after = [type_ in _types(judge(each, keep_notes=True).content) for each in _kept().values()]
    assert any(before)
    assert not any(after)


@pytest.mark.parametrize(
    "type_", [key for key, kind in allowed.RELATIONSHIPS.items() if kind in ("image", "media", "link", "chart")]
)
def test_a_relationship_off_the_list_does_not_pass(type_, monkeypatch):
    everything = [decks.with_media(decks.mp4()), *_kept().values()]
    assert any(type_.encode() in b"".join(unpacked(judge(each).content).values()) for each in everything)
    monkeypatch.delitem(allowed.RELATIONSHIPS, type_)
    assert not any(type_.encode() in b"".join(unpacked(judge(each).content).values()) for each in everything)


def _types(content: bytes) -> str:
    return unpacked(content)["[Content_Types].xml"].decode().lower() if content else ""


@pytest.mark.parametrize("ending", sorted(LISTS.pictures["written"] | LISTS.media["written"]))
def test_every_kind_of_picture_and_sound_is_made_by_some_deck(ending):
    made = {
        "png": decks.png(), "jpeg": decks.jpeg(), "mp4": decks.mp4(), "m4a": decks.mp4().replace(b"mp42", b"M4A ", 1),
        "mp3": decks.mp3(), "wav": decks.sound(),
    }  # fmt: skip
    made |= {"gif": gif(1), "emf": emf_with_comment(), "wmf": wmf_with_escape()}
    read = pictures.rewritten if ending in LISTS.pictures["written"] else media.rewritten
    first = read(made[ending])
    assert first.extension == ending
    assert read(first.content).content == first.content


def test_a_drawing_of_gradients_alone_is_drawn_and_stays():
    gradient = struct.pack("<II4i4I", 118, 88, 0, 0, 50, 50, 2, 1, 0, 0) + bytes(48)
    content = emf(gradient + struct.pack("<IIIII", 14, 20, 0, 16, 20), 3)
    found = pictures.rewritten(content)
    assert found.extension == "emf"
    assert gradient in found.content


@pytest.mark.parametrize(
    "program", ["Microsoft Office PowerPoint", "LibreOffice/7.4.7.2", "Apple Keynote", "WPS Office"]
)
def test_the_program_that_wrote_a_deck_stays_named(program):
    deck = decks.parts()
    swapped(deck, "docProps/app.xml", "Microsoft Macintosh PowerPoint", program)
    assert program.encode() in unpacked(judge(packed(deck)).content)["docProps/app.xml"]


def _schema_faults(lists: dict) -> list[str]:
    schema = json.loads((Path(allowed.__file__).with_name("allowed.schema.json")).read_text(encoding="utf-8"))
    return [each.message for each in jsonschema.Draft202012Validator(schema).iter_errors(lists)]


def test_the_lists_have_the_form_that_their_schema_describes():
    lists = yaml.load(Path(allowed.__file__).with_name("allowed.yaml").read_bytes(), Loader=yaml.BaseLoader)
    assert _schema_faults(lists) == []
    kind = lists["parts"]["slide"]
    wrong = (
        lists | {"new_group": ["x"]},
        {name: group for name, group in lists.items() if name != "never"},
        lists | {"indispensable": "p:sldMasterId"},
        lists | {"elements": lists["elements"] | {"p": ["not a name"]}},
        lists | {"parts": lists["parts"] | {"slide": kind | {"keep": "yes"}}},
        lists | {"parts": lists["parts"] | {"slide": kind | {"path": "../slide{}.xml"}}},
        lists | {"references": {"p:sld": {"r:id": "no such kind!"}}},
    )
    assert all(map(_schema_faults, wrong))


def test_each_code_is_of_one_list_and_every_part_left_out_has_one():
    assert len(CODES) == len(REFUSALS) + len(REMOVALS) + len(REMARKS)
    assert {*LISTS.codes_of_parts.values(), *LISTS.codes_of_elements.values()} <= set(REMOVALS)


@pytest.mark.parametrize("name", PROPERTIES["custom"].kept)
def test_every_word_of_the_identity_comes_back(name, monkeypatch):
    content = identified()  # made before the list is cut, so that the word is in the file
    assert judge(content).identity[name] == f"my-{name}"
    custom = PROPERTIES["custom"]
    fewer = replace(custom, kept=[each for each in custom.kept if each != name])
    monkeypatch.setitem(PROPERTIES, "custom", fewer)
    verdict = judge(content)
    assert name not in verdict.identity
    assert name in next(each.detail for each in verdict.removals if each.code == "custom-properties")


def identified() -> bytes:
    """Return a deck that says whose it is."""
    deck = decks.parts()
    lines = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{name}"><vt:lpwstr>my-{name}</vt:lpwstr></property>'
        for n, name in enumerate(PROPERTIES["custom"].kept, start=2)
    )
    text = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{lines}</Properties>'
    )
    custom = PROPERTIES["custom"]
    added(deck, custom.path, text.encode(), custom.content_type, source="", key="rIdC", kind=custom.relationship)
    return packed(deck)


def test_the_readme_says_once_of_every_code_what_happens():
    rows = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = [code for row in rows for code in re.findall(r"`([a-z-]+)`", row.split(" | ")[-1]) if code in CODES]
    assert sorted(named) == sorted((*REFUSALS, *REMOVALS))


def test_the_codes_that_sentences_treat_in_a_way_of_their_own_exist():
    assert findings.COUNTED | findings.SAMPLED | findings.TECHNICAL <= CODES


def test_what_readers_see_names_no_part_and_leaves_no_empty_brackets():
    english = load_locale(ROOT, "en")
    for code in CODES:
        for where in ("ppt/slides/slide1.xml, ppt/media/a b.png … (15)", ""):
            detail = "ppt/x.xml" if code != "notes-left-out" else "1"
            (text,) = sentences([Finding(code=code, where=where, detail=detail)], english)
            assert not any(sign in text for sign in ("ppt/", "()", "(:", ": )", ":)", "{")), text
    picture = Finding(code="picture-large", where="ppt/media/image1.png, Picture 3", detail="12000 × 9000")
    assert "(Picture 3: 12000 × 9000)" in sentences([picture], english)[0]
    link = Finding(code="link", detail="https://example.org/a.xml")
    assert "(https://example.org/a.xml)" in sentences([link], english)[0]
