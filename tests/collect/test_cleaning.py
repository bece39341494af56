"""The rules of the cleaning, one by one: what each keeps, and what it removes with which finding."""

from __future__ import annotations

import re

import pytest

from pipeline.collect.judge import judge
from pipeline.core.verdicts import Verdict
from tests.collect import decks
from tests.collect.hostile.case import PPT, SLIDE
from tests.collect.legitimate import LEGITIMATE
from tests.collect.surgery import MS, RELS, drawn, packed, related, swapped, unpacked

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
USUAL = {"author", "thumbnail", "printer"}


def codes(verdict: Verdict) -> set[str]:
    """Return the codes of what was found in a deck, without what the decks of these tests always lose."""
    return {each.code for each in (*verdict.refusals, *verdict.removals)} - USUAL


def cleaned(xml: str) -> tuple[str, set[str]]:
    """Return the second slide of the copy of a deck with more shapes on it, and the codes of what was removed."""
    deck = decks.parts()
    drawn(deck, 2, xml)
    return copied(deck)


def copied(deck: dict[str, bytes], part: str = SLIDE) -> tuple[str, set[str]]:
    """Return a part of the copy of a deck as text, and the codes of what was removed."""
    verdict = judge(packed(deck))
    return unpacked(verdict.content)[part].decode() if verdict.content else "", codes(verdict)


# --- attributes ---


@pytest.mark.parametrize("attribute", ["descr", "title", "name", "tooltip"])
@pytest.mark.parametrize(
    "folder",
    [
        "file:///C:/a/",
        "c:\\Users\\ada\\",
        "D:/x/",
        "\\\\host\\share\\",
        "/Users/ada/",
        "/home/ada/",
        "/Volumes/x/",
        "/tmp/",
        "C:\\",
        "\\\\",
        "/var/x/",
    ],
)
def test_of_a_path_in_a_description_only_the_name_of_the_file_stays(attribute, folder):
    path = f'{attribute}="{folder}map.png"'
    xml = decks.shape(90, "Box", about=f'<a:hlinkClick r:id="" action="ppaction://noaction" {path}/>')
    if attribute != "tooltip":
        xml = decks.shape(90, "Box").replace('name="Box"', path if attribute == "name" else f'name="Box" {path}')
    text, found = cleaned(xml)
    assert f'{attribute}="map.png"' in text
    assert found == {"path"}


def test_the_folders_of_a_path_go_also_beyond_a_line_break():
    text, found = cleaned(decks.shape(90, "Box").replace('name="Box"', 'name="C:/a&#10;b/map.png"'))
    assert ('name="map.png"' in text, found) == (True, {"path"})


@pytest.mark.parametrize("name", ["map.png", "and/or", "1/2", "a:b", "/etc and more", "see /home"])
def test_a_description_that_is_no_path_stays(name):
    text, found = cleaned(decks.shape(90, name))
    assert (f'name="{name}"' in text, found) == (True, set())


def test_the_folders_of_a_path_stay_in_what_describes_nothing():
    font = '<a:latin typeface="/home/font" title="/home/map.png"/>'
    text, found = cleaned(decks.shape(90, "Box").replace("<a:bodyPr/>", f"<a:bodyPr/>{font}"))
    assert ('typeface="/home/font" title="map.png"' in text, found) == (True, {"path"})


def test_an_unknown_attribute_goes_and_is_named_if_it_says_something():
    text, found = cleaned(decks.shape(90, "Box").replace("<a:bodyPr/>", '<a:bodyPr evil="secret" wrap="none"/>'))
    assert ("evil" not in text, 'wrap="none"' in text, found) == (True, True, {"unknown-markup"})
    text, found = cleaned(decks.shape(90, "Box").replace("<a:bodyPr/>", '<a:bodyPr evil=""/>'))
    assert ("evil" not in text, found) == (True, set())


@pytest.mark.parametrize(("attribute", "stays"), [("space", True), ("lang", True), ("base", False), ("id", False)])
def test_of_the_attributes_of_xml_only_space_and_language_stay(attribute, stays):
    body = f'<a:r><a:t xml:{attribute}="preserve">Words</a:t></a:r>'
    text, _ = cleaned(decks.shape(90, "Box", body))
    assert (f"xml:{attribute}" in text) is stays


def test_an_attribute_of_a_later_namespace_stays_and_of_an_unknown_one_goes():
    space = f'xmlns:p14="{MS}/powerpoint/2010/main" xmlns:z="urn:z"'
    text, _ = cleaned(decks.shape(90, "Box").replace("<a:bodyPr/>", f'<a:bodyPr {space} p14:dur="1" z:dur="2"/>'))
    assert ('p14:dur="1"' in text, 'dur="2"' in text, "urn:z" in text) == (True, False, False)


def test_an_element_of_a_later_namespace_keeps_attributes_that_are_not_listed():
    prism = f'<p14:prism xmlns:p14="{MS}/powerpoint/2010/main" isInverted="1" isNew="1"/>'
    deck = decks.parts()
    swapped(deck, SLIDE, "</p:sld>", f"<p:transition>{prism}</p:transition></p:sld>")
    text, found = copied(deck)
    assert ('<p14:prism isInverted="1" isNew="1"/>' in text, found) == (True, set())


def test_the_attributes_of_a_formula_stay_in_a_formula_only():
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    text, _ = cleaned(decks.shape(90, "Box").replace("<a:bodyPr/>", f'<a:bodyPr {math} m:val="p"/>'))
    assert "m:val" not in text


def test_an_attribute_of_an_unknown_namespace_goes_from_a_formula():
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:z="urn:z"'
    formula = f'<a14:m xmlns:a14="{MS}/drawing/2010/main"><m:oMath {space} z:val="secret" m:val="p"/></a14:m>'
    text, found = cleaned(decks.shape(90, "Box").replace("</a:p>", f"{formula}</a:p>"))
    assert ("<m:oMath " in text, 'm:val="p"' in text, "secret" in text, found) == (True, True, False, set())


def test_of_the_ignorable_namespaces_only_later_ones_stay():
    deck = decks.parts()
    swapped(
        deck,
        SLIDE,
        "<p:sld ",
        f'<p:sld {MC} xmlns:p14="{MS}/powerpoint/2010/main" xmlns:z="urn:z" mc:Ignorable="z p14 a" mc:MustUnderstand="z" ',
    )
    text, _ = copied(deck)
    assert 'mc:Ignorable="p14"' in text
    assert "MustUnderstand" not in text


def test_the_namespace_of_a_prefix_counts_and_not_its_name():
    deck = decks.parts()
    swapped(
        deck,
        SLIDE,
        "<p:sld ",
        f'<p:sld {MC} xmlns:q="{MS}/powerpoint/2010/main" xmlns:p14="urn:z" mc:Ignorable="p14 q" ',
    )
    text, _ = copied(deck)
    assert 'mc:Ignorable="p14"' in text
    assert f'xmlns:p14="{MS}/powerpoint/2010/main"' in text


# --- text and empty elements ---


def test_stray_text_goes_and_words_stay():
    text, found = cleaned(
        decks.shape(90, "Box").replace("<p:spPr>", "secret1<p:spPr>secret2").replace("</a:p>", "secret3</a:p>")
    )
    assert ("secret" not in text, ">Words<" in text, found) == (True, True, set())


def test_an_element_that_means_nothing_when_it_is_empty_goes_only_then():
    known, space = "<p14:creationId/>", f'xmlns:p14="{MS}/powerpoint/2010/main"'
    for inner, stays in ((known, True), (known + "<z:x/>", True), ("<z:x/>", False), ("", True)):
        deck = decks.parts()
        more = f'<p:extLst><p:ext {space} xmlns:z="urn:z" uri="x">{inner}</p:ext></p:extLst></p:sld>'
        swapped(deck, SLIDE, "</p:sld>", more)
        text, _ = copied(deck)
        assert ("p:extLst" in text, "creationId" in text) == (stays, known in inner), inner


# --- hidden shapes ---


@pytest.mark.parametrize("value", ["1", "true", "yes", "TRUE", "on", ""])
def test_a_hidden_shape_is_removed(value):
    before, _ = cleaned("")
    text, found = cleaned(decks.shape(90, "Box").replace('name="Box"', f'name="Box" hidden="{value}"'))
    assert (text, found) == (before, {"hidden-shape"})


@pytest.mark.parametrize("value", ["0", "false"])
def test_a_shape_that_is_said_to_be_visible_stays(value):
    text, found = cleaned(decks.shape(90, "Box").replace('name="Box"', f'name="Box" hidden="{value}"'))
    assert ("Box" in text, found) == (True, set())


def test_a_hidden_slide_itself_cannot_be_a_hidden_shape():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:cSld>", '<p:x><p:cNvPr id="9" name="" hidden="1"/></p:x><p:cSld>')
    assert copied(deck) == ("", {"broken-deck"})


def test_all_shapes_of_a_slide_cannot_be_hidden_at_once():
    deck = decks.parts()
    deck[SLIDE] = re.sub(rb"(<p:nvGrpSpPr><p:cNvPr )", rb'\1hidden="1" ', deck[SLIDE], count=1)
    assert copied(deck) == ("", {"broken-deck"})


def test_a_hidden_shape_of_a_layout_stays_hidden():
    deck, layout = decks.parts(), "ppt/slideLayouts/slideLayout1.xml"
    deck[layout] = deck[layout].replace(b"<p:cNvPr id=", b'<p:cNvPr hidden="1" id=')
    text, found = copied(deck, layout)
    assert ('hidden="1"' in text, found) == (True, set())


# --- links ---


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("ppaction://program", "program"), ("ppaction://macro?name=x", "program"), ("ppaction://ole?verb=0", "program"),
        ("PPACTION://Macro?name=x", "program"), ("ppaction://hlinkfile", "link"), ("ppaction://hlinksldjump", "link"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["hlinkClick", "hlinkHover"])
def test_an_action_that_does_more_than_move_is_removed_and_named(tag, action, code):
    text, found = cleaned(decks.shape(90, "Box", about=f'<a:{tag} r:id="" action="{action}"/>'))
    assert ("hlink" not in text, found) == (True, {code})


@pytest.mark.parametrize("tag", ["a:ea", "p14:media", "p:sp"])
def test_an_action_is_removed_from_everything_but_links(tag):
    deck = decks.parts()
    space = f'xmlns:p14="{MS}/powerpoint/2010/main"'
    drawn(
        deck,
        2,
        decks.shape(90, "Box").replace("<a:bodyPr/>", f'<a:bodyPr/><{tag} {space} action="ppaction://program"/>'),
    )
    text, found = copied(deck)
    assert ("action" in text, found) == (False, {"unknown-markup"})


def test_a_jump_needs_a_slide_of_the_copy():
    jump = decks.shape(90, "Box", about='<a:hlinkClick r:id="rIdJ" action="ppaction://hlinksldjump"/>')
    for kind, target, external, stays in (
        ("slide", "slide3.xml", False, True), ("slide", "slide9.xml", False, False), ("image", "slide3.xml", False, False),
        ("slide", "slide3.xml", True, False), ("hyperlink", "slide3.xml", False, False), ("hyperlink", "http://x.example/", True, False),
    ):  # fmt: skip
        deck = decks.parts()
        drawn(deck, 2, jump)
        related(deck, SLIDE, "rIdJ", kind, target, external=external)
        text, found = copied(deck)
        assert ("hlinksldjump" in text) is stays, (kind, target, external)
        assert ("link" in found) is not stays


def test_an_action_with_an_address_is_removed_whatever_the_address():
    verdict = judge(decks.acting("ppaction://hlinkshowjump?jump=nextslide", target="https://good.example/"))
    assert "link" in codes(verdict)
    assert b"good.example" not in b"".join(unpacked(verdict.content).values())


def test_a_link_whose_address_is_missing_is_removed_as_a_reference():
    text, found = cleaned(decks.shape(90, "Box", about='<a:hlinkClick r:id="rIdNone"/>'))
    assert ("hlinkClick" not in text, found) == (True, {"reference"})
    text, found = cleaned(decks.shape(90, "Box", about='<a:hlinkClick r:id=""/>'))
    assert ("hlinkClick" not in text, found) == (True, {"reference"})


def test_an_action_with_an_id_that_leads_nowhere_is_removed():
    action = 'r:id="rIdNone" action="ppaction://hlinkshowjump?jump=nextslide"'
    text, found = cleaned(decks.shape(90, "Box", about=f"<a:hlinkClick {action}/>"))
    assert ("hlinkClick" not in text, found) == (True, {"link"})


def test_a_link_keeps_what_else_it_says():
    deck = unpacked(decks.linked("https://good.example/"))
    swapped(
        deck,
        SLIDE,
        '<a:hlinkClick r:id="rIdLink"',
        '<a:hlinkClick r:id="rIdLink" tooltip="Read on" evil="x" history="0"',
    )
    text, found = copied(deck)
    link = re.search(r"<a:hlinkClick[^>]*>", text)[0]
    assert ("rIdLink" in link, "Read on" in link, 'history="0"' in link, "evil" in link) == (True, True, True, False)
    assert found == {"unknown-markup"}


def test_a_link_of_another_kind_of_relationship_is_removed():
    deck = decks.parts()
    drawn(deck, 2, decks.shape(90, "Box", about='<a:hlinkClick r:id="rIdX"/>'))
    related(deck, SLIDE, "rIdX", "oleObject", "https://good.example/", external=True)
    text, found = copied(deck)
    assert ("hlinkClick" not in text, found) == (True, {"external"})


def test_a_link_to_a_part_is_removed():
    deck = decks.parts()
    drawn(deck, 2, decks.shape(90, "Box", about='<a:hlinkClick r:id="rIdX"/>'))
    related(deck, SLIDE, "rIdX", "hyperlink", "slide3.xml")
    text, _ = copied(deck)
    assert "hlinkClick" not in text


# --- pictures and other references ---

PICTURE = (
    '<p:pic><p:nvPicPr><p:cNvPr id="91" name="Photo"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip {}/>'
    "<a:stretch/></p:blipFill><p:spPr/></p:pic>"
)


def test_a_picture_outside_the_deck_becomes_a_grey_area():
    deck = decks.parts()
    drawn(deck, 2, PICTURE.format('r:link="rIdX"'))
    related(deck, SLIDE, "rIdX", "image", "https://evil.example/x.png", external=True)
    text, found = copied(deck)
    assert ('r:embed="picture1"' in text, "r:link" in text, found) == (True, False, {"external", "picture"})


def test_a_picture_without_any_source_stays_as_it_is():
    text, found = cleaned(PICTURE.format(""))
    assert ("<a:blip/>" in text, found) == (True, set())
    text, found = cleaned(PICTURE.format('r:embed=""'))
    assert ('<a:blip r:embed=""/>' in text, found) == (True, set())


def test_a_picture_that_is_there_twice_loses_its_other_address():
    deck = decks.parts()
    related(deck, "ppt/slides/slide3.xml", "rIdX", "image", "https://evil.example/x.png", external=True)
    swapped(deck, "ppt/slides/slide3.xml", "<a:blip ", '<a:blip r:link="rIdX" ')
    text, found = copied(deck, "ppt/slides/slide3.xml")
    assert ("r:link" in text, "picture1" in text, found) == (False, False, {"external"})


def test_a_grey_area_takes_an_id_that_is_free():
    deck = decks.parts()
    related(deck, SLIDE, "picture1", "hyperlink", "https://good.example/", external=True)
    drawn(
        deck, 2, decks.shape(90, "Box", about='<a:hlinkClick r:id="picture1"/>') + PICTURE.format('r:embed="rIdNone"')
    )
    text, _ = copied(deck)
    assert ('hlinkClick r:id="picture1"' in text, 'r:embed="picture2"' in text) == (True, True)


def test_a_reference_where_none_is_expected_goes_and_its_element_stays():
    deck = decks.parts()
    related(deck, SLIDE, "rIdX", "slide", "slide3.xml")
    drawn(deck, 2, decks.shape(90, "Box").replace("<a:bodyPr/>", '<a:bodyPr r:id="rIdX"/>'))
    text, _ = copied(deck)
    assert ("<a:bodyPr/>" in text, "rIdX" in text) == (True, False)


def test_what_an_element_holds_is_cleaned_also_if_it_loses_a_reference():
    xml = decks.shape(90, "Box").replace("<a:bodyPr/>", '<a:bodyPr r:id="rIdX"><a:evil/></a:bodyPr>')
    text, found = cleaned(xml)
    assert ("<a:bodyPr/>" in text, found) == (True, {"unknown-markup"})


def test_only_the_reference_to_a_picture_may_be_empty():
    text, found = cleaned(PICTURE.format("").replace("<p:nvPr/>", '<p:nvPr><a:videoFile r:link=""/></p:nvPr>'))
    assert ("videoFile" in text, found) == (False, {"reference"})


def test_a_shape_of_a_diagram_needs_the_picture_that_it_names():
    deck, layout = unpacked(LEGITIMATE["smart-art"].make()), "ppt/diagrams/layout1.xml"
    swapped(deck, layout, "<dgm:alg ", f'<dgm:shape xmlns:r="{RELS}" r:blip="rIdNone"/><dgm:alg ')
    text, found = copied(deck, layout)
    assert ("dgm:shape" in text, "reference" in found) == (False, True)
    swapped(deck, layout, 'r:blip="rIdNone"', 'r:blip=""')
    assert "dgm:shape" in copied(deck, layout)[0]


def test_what_goes_with_its_element_is_not_named_as_well():
    about = '<a:videoFile r:link="rIdNone"><a:extLst><a:ext uri="x"><a:evil/></a:ext></a:extLst></a:videoFile>'
    text, found = cleaned(PICTURE.format("").replace("<p:nvPr/>", f"<p:nvPr>{about}</p:nvPr>"))
    assert ("videoFile" in text, found) == (False, {"reference"})


def test_an_element_of_a_later_namespace_with_an_unexpected_reference_goes():
    deck = decks.parts()
    related(deck, SLIDE, "rIdX", "slide", "slide3.xml")
    space = f'xmlns:p14="{MS}/powerpoint/2010/main"'
    swapped(
        deck, SLIDE, "</p:sld>", f'<p:extLst><p:ext uri="x"><p14:prism {space} r:id="rIdX"/></p:ext></p:extLst></p:sld>'
    )
    text, _ = copied(deck)
    assert "p14:prism" not in text


@pytest.mark.parametrize("tag", ["sldLayoutId", "sldMasterId"])
def test_a_deck_without_one_of_its_layouts_or_masters_is_refused(tag):
    deck = decks.parts()
    part = "ppt/slideMasters/slideMaster1.xml" if tag == "sldLayoutId" else PPT
    deck[part] = re.sub(rb'(<p:%b [^>]*r:id=")[^"]*' % tag.encode(), rb"\1rIdNone", deck[part], count=1)
    assert copied(deck) == ("", {"broken-deck"})


# --- animations ---


@pytest.mark.parametrize(
    "command", ["play", "pause", "stop", "resume", "togglePause", "playFrom(0.0)", "playFrom(12)", "onstopaudio"]
)
def test_a_command_that_plays_stays(command):
    deck = unpacked(LEGITIMATE["video-with-timing"].make())
    swapped(deck, "ppt/slides/slide3.xml", 'cmd="togglePause"', f'cmd="{command}"')
    text, found = copied(deck, "ppt/slides/slide3.xml")
    assert (f'cmd="{command}"' in text, found) == (True, set())


def test_a_command_that_plays_is_cleaned():
    deck = unpacked(LEGITIMATE["video-with-timing"].make())
    swapped(deck, "ppt/slides/slide3.xml", "<p:cmd ", '<p:cmd evil="x" ')
    text, found = copied(deck, "ppt/slides/slide3.xml")
    assert ("p:cmd" in text, "evil" in text, found) == (True, False, {"unknown-markup"})


@pytest.mark.parametrize(
    "attributes",
    ['type="verb" cmd="play"', 'type="evt" cmd="play"', 'cmd="play"', 'type="call" cmd="playFrom()"', 'type="call" cmd="open"',
     'type="call" cmd="play "', 'type="call"', 'type="call" cmd="playFrom(1);x"'],
)  # fmt: skip
def test_any_other_command_removes_the_animation(attributes):
    deck = unpacked(LEGITIMATE["video-with-timing"].make())
    swapped(deck, "ppt/slides/slide3.xml", 'type="call" cmd="togglePause"', attributes)
    text, found = copied(deck, "ppt/slides/slide3.xml")
    assert ("p:timing" in text, "p:cmd" in text, "videoFile" in text, found) == (False, False, True, {"verb"})


def test_an_animation_of_a_shape_that_was_removed_goes_with_it():
    deck = decks.parts()
    drawn(deck, 2, decks.shape(90, "Box").replace('name="Box"', 'name="Box" hidden="1"'))
    decks.timed(deck, 2, decks.appearing(90))
    text, found = copied(deck)
    assert ("p:timing" in text, found) == (False, {"hidden-shape", "animation"})


def test_an_animation_goes_with_the_video_that_it_plays():
    deck = unpacked(LEGITIMATE["video-with-timing"].make())
    deck["ppt/media/media1.mp4"] = b"no video"
    text, found = copied(deck, "ppt/slides/slide3.xml")
    assert ("p:timing" in text, "videoFile" in text, found) == (False, False, {"media", "animation"})


def test_an_animation_in_a_version_leaves_no_empty_version():
    deck = decks.parts()
    decks.timed(deck, 2, decks.appearing(90))
    text = deck[SLIDE].decode()
    timing = text[text.index("<p:timing>") : text.index("</p:timing>") + len("</p:timing>")]
    version = f'<mc:AlternateContent {MC}><mc:Choice xmlns:p14="{MS}/powerpoint/2010/main" Requires="p14">{timing}</mc:Choice></mc:AlternateContent>'
    deck[SLIDE] = text.replace(timing, version).encode()
    text, found = copied(deck)
    assert ("mc:" in text.replace("xmlns:mc", ""), found) == (False, {"animation"})


def test_an_animation_in_a_version_leaves_the_other_version():
    deck = decks.parts()
    decks.timed(deck, 2, decks.appearing(90))
    text = deck[SLIDE].decode()
    timing = text[text.index("<p:timing>") : text.index("</p:timing>") + len("</p:timing>")]
    deck[SLIDE] = text.replace(timing, version("p14", timing, "<p:transition/>")).encode()
    text, found = copied(deck)
    assert ("mc:Choice" in text, "<mc:Fallback><p:transition/></mc:Fallback>" in text) == (False, True)
    assert found == {"animation"}


# --- versions ---


def version(requires: str, inner: str, fallback: str | None = "") -> str:
    spaces = f'{MC} xmlns:p14="{MS}/powerpoint/2010/main" xmlns:a14="{MS}/drawing/2010/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:z="urn:z"'
    other = "" if fallback is None else f"<mc:Fallback>{fallback}</mc:Fallback>"
    return f'<mc:AlternateContent {spaces}><mc:Choice Requires="{requires}">{inner}</mc:Choice>{other}</mc:AlternateContent>'


@pytest.mark.parametrize("requires", ["p14", "a14", "p14 a14", "a14  p14"])
def test_a_version_of_known_namespaces_stays(requires):
    text, found = cleaned(version(requires, decks.shape(90, "New"), decks.shape(90, "Old")))
    assert ('name="New"' in text, 'name="Old"' in text, found) == (True, True, set())
    assert f'Requires="{" ".join(requires.split())}"' in text


@pytest.mark.parametrize("requires", ["z", "p14 z", "none", ""])
def test_a_version_of_an_unknown_namespace_goes_and_the_fallback_takes_its_place(requires):
    text, found = cleaned(version(requires, decks.shape(90, "New"), decks.shape(90, "Old")))
    assert ('name="New"' in text, 'name="Old"' in text, found) == (False, True, {"object"})
    assert "AlternateContent" not in text


@pytest.mark.parametrize("space", ["urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:mac:vml"])
def test_a_version_that_needs_vml_goes_without_a_finding_of_its_own(space):
    text, found = cleaned(version("z", decks.shape(90, "New"), decks.shape(90, "Old")).replace("urn:z", space))
    assert ('name="New"' in text, 'name="Old"' in text, found) == (False, True, set())


def test_a_version_of_ink_is_named_as_ink():
    text, found = cleaned(version("z", "<p:contentPart/>", PICTURE.format("")))
    assert ("contentPart" in text, 'name="Photo"' in text, found) == (False, True, {"ink"})


@pytest.mark.parametrize(
    "other", ["<z:x Requires='p14'>secret</z:x>", "<mc:Fallback Requires='p14'>secret</mc:Fallback>"]
)
def test_what_is_neither_a_version_nor_the_first_fallback_goes_and_is_named(other):
    xml = version("p14", decks.shape(90, "New"), decks.shape(90, "Old"))
    text, found = cleaned(xml.replace("</mc:Fallback>", f"</mc:Fallback>{other}"))
    assert ('name="New"' in text, 'name="Old"' in text, "secret" in text) == (True, True, False)
    assert found == {"unknown-markup"}


def test_versions_without_anything_left_go():
    text, found = cleaned(version("p14", "<z:x/>", "<z:x/>"))
    assert ("AlternateContent" in text, found) == (False, {"unknown-markup"})
    text, found = cleaned(version("p14", "<z:x/>", decks.shape(90, "Old")))
    assert ("AlternateContent" in text, 'name="Old"' in text) == (False, True)


def test_versions_within_versions_count_as_levels():
    xml, spaces = decks.shape(90, "New"), f'{MC} xmlns:p14="{MS}/powerpoint/2010/main"'
    for _ in range(123):
        xml = f'<mc:AlternateContent {spaces}><mc:Choice Requires="p14">{xml}</mc:Choice></mc:AlternateContent>'
    assert cleaned(xml) == ("", {"xml-depth"})


def test_an_empty_version_stays_where_it_was_empty():
    text, found = cleaned(version("p14", decks.shape(90, "New"), ""))
    assert ('name="New"' in text, "<mc:Fallback/>" in text, found) == (True, True, set())


def test_text_and_attributes_of_versions_go():
    xml = version("p14", decks.shape(90, "New"), decks.shape(90, "Old")).replace(
        "<mc:Choice", "secret<mc:Choice evil='secret'"
    )
    xml = xml.replace("<mc:Fallback>", "secret<mc:Fallback evil='secret'>secret").replace(
        "</mc:Fallback>", "</mc:Fallback>secret"
    )
    xml = xml.replace("<mc:AlternateContent", "<mc:AlternateContent evil='secret'")
    text, _ = cleaned(xml)
    assert ("secret" in text, 'name="New"' in text) == (False, True)


# --- frames ---


def frame(uri: str, inner: str = "", about: str = '<p:nvPr><p:ph type="obj" idx="7"/></p:nvPr>') -> str:
    return (
        f'<p:graphicFrame xmlns:r="{RELS}"><p:nvGraphicFramePr><p:cNvPr id="92" name="Frame"/><p:cNvGraphicFramePr/>{about}'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="11" y="12"/><a:ext cx="13" cy="14"/></p:xfrm><a:graphic>'
        f'<a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def test_a_frame_of_an_unknown_kind_becomes_a_grey_area_of_its_size_name_and_place():
    text, found = cleaned(frame("urn:unknown"))
    assert found == {"object"}
    assert (
        '<p:pic><p:nvPicPr><p:cNvPr id="92" name="Frame"/><p:cNvPicPr/><p:nvPr><p:ph type="obj" idx="7"/></p:nvPr></p:nvPicPr>'
        '<p:blipFill><a:blip r:embed="picture1"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
        '<a:xfrm><a:off x="11" y="12"/><a:ext cx="13" cy="14"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</p:spPr></p:pic>"
    ) in text
    assert "graphicFrame" not in text


def test_a_frame_of_an_unknown_kind_in_a_version_goes():
    text, found = cleaned(version("p14", frame("urn:unknown"), PICTURE.format("")))
    assert ("graphicFrame" in text, "picture1" in text, 'name="Photo"' in text, found) == (
        False,
        False,
        True,
        {"object"},
    )


def test_a_frame_whose_chart_is_missing_becomes_a_grey_area():
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    text, found = cleaned(frame(chart, f'<c:chart xmlns:c="{chart}" r:id="rIdNone"/>'))
    assert ("graphicFrame" in text, 'r:embed="picture1"' in text, found) == (False, True, {"object"})


@pytest.mark.parametrize("lost", ["dm", "lo", "qs", "cs"])
def test_a_diagram_that_lacks_one_of_its_parts_becomes_a_grey_area(lost):
    deck = unpacked(LEGITIMATE["smart-art"].make())
    swapped(deck, SLIDE, f'r:{lost}="rId_{lost}"', f'r:{lost}="rIdNone"')
    text, found = copied(deck)
    assert ("dgm:relIds" in text, 'r:embed="picture1"' in text) == (False, True)
    assert "object" in found


def test_what_a_frame_holds_is_cleaned():
    table = "http://schemas.openxmlformats.org/drawingml/2006/table"
    text, found = cleaned(frame(table, "<a:tbl><a:evil/><a:tblGrid/></a:tbl>"))
    assert ("<a:tbl><a:tblGrid/></a:tbl>" in text, found) == (True, {"unknown-markup"})


def test_an_object_in_a_frame_of_a_known_kind_is_still_an_object():
    table = "http://schemas.openxmlformats.org/drawingml/2006/table"
    text, found = cleaned(frame(table, '<p:oleObj progId="x"/>'))
    assert ("oleObj" in text, found) == (False, {"ole"})
