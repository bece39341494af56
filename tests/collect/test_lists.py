"""The allow-lists hold: each part type, relationship and reference that is taken off its list no longer passes."""

from __future__ import annotations

import re
import struct

import pytest

from pipeline.collect import allowed, media, pictures
from pipeline.collect.allowed import LISTS, qn
from pipeline.collect.findings import CODES, REFUSALS, REMARKS, REMOVALS, for_staff
from pipeline.collect.judge import judge
from pipeline.compose.findings import sentence
from pipeline.core.verdicts import Finding
from pipeline.load import load_locale
from tests.collect import decks
from tests.collect.hostile.sights import emf, emf_with_comment, wmf_with_escape
from tests.collect.legitimate import LEGITIMATE, gif
from tests.collect.surgery import added, packed, swapped, unpacked
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
}


@pytest.mark.parametrize("tag", [f"{prefix}:{name}" for prefix, names in ACTIVE.items() for name in names.split()])
def test_what_acts_or_tells_is_on_no_list(tag):
    assert not allowed.is_allowed(qn(tag))


@pytest.mark.parametrize("name", ("macro", "textlink", "progId", "hashValue", "saltValue", "invalidUrl", "serverSldId"))
def test_what_acts_or_tells_is_no_known_attribute(name):
    assert name not in allowed.ATTRIBUTES


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


@pytest.mark.parametrize("ending", sorted(pictures.TYPES | media.TYPES))
def test_every_kind_of_picture_and_sound_is_made_by_some_deck(ending):
    made = {
        "png": decks.png(), "jpeg": decks.jpeg(), "mp4": decks.mp4(), "m4a": decks.mp4().replace(b"mp42", b"M4A ", 1),
        "mp3": decks.mp3(), "wav": decks.sound(),
    }  # fmt: skip
    made |= {"gif": gif(1), "emf": emf_with_comment(), "wmf": wmf_with_escape()}
    read = pictures.rewritten if ending in pictures.TYPES else media.rewritten
    first = read(made[ending])
    assert first.ending == ending
    assert read(first.content).content == first.content


def test_a_drawing_of_gradients_alone_is_drawn_and_stays():
    gradient = struct.pack("<II4i4I", 118, 88, 0, 0, 50, 50, 2, 1, 0, 0) + bytes(48)
    content = emf(gradient + struct.pack("<IIIII", 14, 20, 0, 16, 20), 3)
    found = pictures.rewritten(content)
    assert found.ending == "emf"
    assert gradient in found.content


@pytest.mark.parametrize(
    "program", ["Microsoft Office PowerPoint", "LibreOffice/7.4.7.2", "Apple Keynote", "WPS Office"]
)
def test_the_program_that_wrote_a_deck_stays_named(program):
    deck = decks.parts()
    swapped(deck, "docProps/app.xml", "Microsoft Macintosh PowerPoint", program)
    assert program.encode() in unpacked(judge(packed(deck)).content)["docProps/app.xml"]


def test_each_code_is_of_one_list_and_every_part_left_out_has_one():
    assert len(CODES) == len(REFUSALS) + len(REMOVALS) + len(REMARKS)
    assert {*LISTS.codes_of_parts.values(), *LISTS.codes_of_elements.values()} <= set(REMOVALS)


@pytest.mark.parametrize("name", LISTS.properties["custom"].kept)
def test_every_word_of_the_identity_comes_back(name, monkeypatch):
    content = identified()  # made before the list is cut, so that the word is in the file
    assert judge(content).identity[name] == f"my-{name}"
    custom = LISTS.properties["custom"]
    fewer = custom.model_copy(update={"kept": tuple(each for each in custom.kept if each != name)})
    monkeypatch.setitem(LISTS.properties, "custom", fewer)
    verdict = judge(content)
    assert name not in verdict.identity
    assert name in next(each.detail for each in verdict.removals if each.code == "custom-properties")


def identified() -> bytes:
    """Return a deck that says whose it is."""
    deck = decks.parts()
    lines = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{name}"><vt:lpwstr>my-{name}</vt:lpwstr></property>'
        for n, name in enumerate(LISTS.properties["custom"].kept, start=2)
    )
    text = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{lines}</Properties>'
    )
    custom = LISTS.properties["custom"]
    added(deck, custom.path, text.encode(), custom.content_type, source="", key="rIdC", kind=custom.relationship)
    return packed(deck)


def test_the_readme_says_once_of_every_code_what_happens():
    rows = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = [code for row in rows for code in re.findall(r"`([a-z-]+)`", row.split(" | ")[-1]) if code in CODES]
    assert sorted(named) == sorted((*REFUSALS, *REMOVALS))


def test_what_is_said_to_staff_names_no_part_and_leaves_no_empty_brackets():
    english = load_locale(ROOT, "en")
    for code in CODES:
        for where in ("ppt/slides/slide1.xml, ppt/media/a b.png … (15)", ""):
            text = sentence(for_staff(Finding(code=code, where=where, detail="ppt/x.xml")), english)
            assert not any(sign in text for sign in ("ppt/", "()", "(:", ": )", ":)", "{")), text
    picture = Finding(code="picture-large", where="ppt/media/image1.png, Picture 3", detail="12000 × 9000")
    assert "(Picture 3: 12000 × 9000)" in sentence(for_staff(picture), english)
    link = Finding(code="link", detail="https://example.org/a.xml")
    assert "(https://example.org/a.xml)" in sentence(for_staff(link), english)
