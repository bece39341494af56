"""How the XML of a deck, its content types and its relationships are read: what passes, and what is refused."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.hostile.case import MAIN, PPT, SLIDE
from tests.collect.surgery import MS, RELS, TYPES, added, packed, related, relations_of, swapped, typed, unpacked
from tests.collect.test_cleaning import codes

SLIDE_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
LISTED = "ppt/_rels/presentation.xml.rels"


def found(deck: dict[str, bytes]) -> set[str]:
    """Return the codes of what is found in a deck, besides what every deck of these tests loses."""
    return codes(judge(packed(deck)))


def written(declaration: str, code: str = "utf-8", mark: bytes = b"") -> dict[str, bytes]:
    """Return the plain deck with its second slide in an encoding, and with a declaration of its own."""
    deck = decks.parts()
    text = deck[SLIDE].decode().partition("?>")[2].strip()
    deck[SLIDE] = mark + (declaration + text).encode(code)
    return deck


# --- encodings ---


@pytest.mark.parametrize("name", ["utf-8", "UTF-8", "utf8", "US-ASCII", "ascii"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_part_in_utf_8_passes_by_any_of_its_names(name, quote):
    assert found(written(f"<?xml version={quote}1.0{quote} encoding={quote}{name}{quote}?>")) == set()


def test_a_part_without_a_declaration_or_with_a_byte_order_mark_passes():
    assert found(written("")) == set()
    assert found(written('<?xml version="1.0"?>')) == set()
    assert found(written('<?xml version="1.0" encoding="UTF-8"?>', mark=b"\xef\xbb\xbf")) == set()


@pytest.mark.parametrize("name", ["utf-16", "UTF-16", "utf-16le", "utf-16be"])
@pytest.mark.parametrize(("code", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_a_part_in_utf_16_with_its_mark_passes(code, mark, name):
    assert found(written(f'<?xml version="1.0" encoding="{name}"?>', code, mark)) == set()
    assert found(written("", code, mark)) == set()


@pytest.mark.parametrize("name", ["utf-7", "utf-16", "utf-32", "iso-8859-1", "windows-1252", "cp037", "x"])
def test_a_part_that_declares_another_encoding_is_refused(name):
    assert found(written(f'<?xml version="1.0" encoding="{name}"?>')) == {"xml-encoding"}
    assert found(written(f"<?xml version='1.0' encoding = '{name}' standalone='yes'?>")) == {"xml-encoding"}


@pytest.mark.parametrize("name", ["utf-8", "utf-7", "ascii"])
def test_a_part_in_utf_16_that_declares_another_encoding_is_refused(name):
    assert found(written(f'<?xml version="1.0" encoding="{name}"?>', "utf-16")) == {"xml-encoding"}


def test_a_part_with_half_a_character_or_with_a_nul_is_refused():
    deck = decks.parts()
    assert found(deck | {SLIDE: deck[SLIDE].decode().partition("?>")[2].encode("utf-16") + b"\0"}) == {"xml-encoding"}
    assert found(deck | {SLIDE: deck[SLIDE] + b"\0"}) == {"xml-encoding"}
    assert found(deck | {SLIDE: deck[SLIDE].replace(b"What", b"\xff")}) == {"xml-broken"}


# --- markup ---


@pytest.mark.parametrize(
    "word", ["<!DOCTYPE x>", "<!ENTITY x 'y'>", "<!ELEMENT x ANY>", "<!ATTLIST x>", "<!NOTATION x>"]
)
def test_a_document_type_is_refused_wherever_it_stands(word):
    assert found(written(word)) == {"doctype"}
    assert found(written(f'<?xml version="1.0"?><!-- -->{word}')) == {"doctype"}
    assert found(written(word, "utf-16")) == {"doctype"}


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("note", ["<!-- secret -->", "<?secret x?>"])
def test_comments_and_instructions_go_and_are_named_in_every_encoding(code, note):
    deck = written("")
    text = deck[SLIDE].decode().replace("<p:cSld>", f"{note}<p:cSld>")
    deck[SLIDE] = (b"\xfe\xff" if code == "utf-16-be" else b"") + text.encode(code)
    verdict = judge(packed(deck))
    assert codes(verdict) == {"markup-notes"}
    assert b"secret" not in unpacked(verdict.content)[SLIDE]


def test_a_section_of_characters_becomes_plain_text():
    deck = decks.parts()
    swapped(deck, SLIDE, "What is at stake", "<![CDATA[a < b]]>")
    assert b"<a:t>a &lt; b</a:t>" in unpacked(judge(packed(deck)).content)[SLIDE]


@pytest.mark.parametrize("text", ["<a/><b/>", "<a>", "<a></b>", "<a b='1' b='2'/>", "<x:a/>", "&evil;", "", "text"])
def test_what_is_no_xml_is_refused(text):
    assert found(decks.parts() | {SLIDE: text.encode()}) == {"xml-broken"}


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_long_attribute_is_refused_in_either_quotes(quote):
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:cSld>", f"<p:cSld name={quote}{'n' * 70_000}{quote}>")
    assert found(deck) == {"xml-size"}


def test_a_part_with_prefixes_of_its_own_gets_the_usual_ones():
    deck = decks.parts()
    text = deck[SLIDE].replace(b"<p:", b"<z:").replace(b"</p:", b"</z:").replace(b"xmlns:p=", b"xmlns:z=")
    other, usual = (unpacked(judge(packed(each)).content)[SLIDE] for each in (deck | {SLIDE: text}, deck))
    assert b"<z:" not in other
    first, second = (etree.tostring(etree.fromstring(each), method="c14n2") for each in (other, usual))
    assert first == second


# --- content types ---


def test_a_type_of_one_part_counts_before_that_of_its_extension():
    deck = decks.parts()
    typed(deck, "ppt/media/image1.png", "application/x-none")
    assert "picture" in found(deck)


@pytest.mark.parametrize("given", [SLIDE_TYPE.upper(), f" {SLIDE_TYPE} ", SLIDE_TYPE.replace("slide", "Slide")])
def test_the_letters_and_the_spaces_of_a_type_do_not_matter(given):
    deck = decks.parts()
    swapped(
        deck, TYPES, f'PartName="/{SLIDE}" ContentType="{SLIDE_TYPE}"', f'PartName="/{SLIDE}" ContentType="{given}"'
    )
    assert found(deck) == set()


def test_an_extension_may_be_in_capitals():
    deck = unpacked(decks.pictured(decks.png()))
    for name in [each for each in deck if each.startswith("ppt/media/")]:
        deck[name.replace(".png", ".PNG")] = deck.pop(name)
    deck[TYPES] = deck[TYPES].replace(b'PartName="/ppt/media/image1.png"', b'PartName="/ppt/media/other.png"')
    swapped(deck, relations_of("ppt/slides/slide3.xml"), ".png", ".PNG")
    assert found(deck) == set()


@pytest.mark.parametrize(
    "line", [f'<Override PartName="/{SLIDE}" ContentType="x/y"/>', '<Default Extension="XML" ContentType="x/y"/>']
)
def test_two_types_of_one_part_or_extension_are_refused(line):
    deck = decks.parts()
    swapped(deck, TYPES, "</Types>", f"{line}</Types>")
    assert found(deck) == {"zip-twice"}


def test_the_same_type_twice_passes_and_an_unknown_element_is_not_read():
    deck = decks.parts()
    line = f'<Override PartName="/{SLIDE}" ContentType="{SLIDE_TYPE}"/>'
    swapped(
        deck, TYPES, "</Types>", f'{line}<x:Override xmlns:x="urn:x" PartName="/{SLIDE}" ContentType="x/y"/></Types>'
    )
    assert found(deck) == set()


def test_a_slide_without_a_type_is_refused():
    deck = decks.parts()
    swapped(deck, TYPES, f'PartName="/{SLIDE}"', 'PartName="/other.xml"')
    assert found(deck) == {"broken-deck"}


# --- relationships ---


@pytest.mark.parametrize(
    "line",
    [
        '<Relationship Type="x" Target="y"/>', '<Relationship Id="" Type="x" Target="y"/>', '<Relationship Id="1" Type="x" Target="y"/>',
        '<Relationship Id="a b" Type="x" Target="y"/>', f'<Relationship Id="{"a" * 102}" Type="x" Target="y"/>',
        '<Relationship Id="rId1" Type="x" Target="y"/>', '<Relationship Id="rIdX" Type="x" Target="y" TargetMode="external"/>',
        '<Relationship Id="rIdX" Type="x" Target="y" TargetMode=""/>', '<z:Relationship xmlns:z="urn:z" Id="rIdX" Type="x" Target="y"/>',
        '<Other Id="rIdX" Type="x" Target="y"/>',
    ],
)  # fmt: skip
def test_a_relationship_that_two_programs_may_read_differently_is_refused(line):
    deck = decks.parts()
    swapped(deck, relations_of(SLIDE), "</Relationships>", f"{line}</Relationships>")
    assert found(deck) == {"broken-deck"}


@pytest.mark.parametrize("id", ["_x", "a.b-c_1", "a" * 101])
def test_a_relationship_of_a_plain_id_passes(id):
    deck = decks.parts()
    related(deck, SLIDE, id, "hyperlink", "https://example.org/", external=True)
    assert found(deck) == {"link"}


@pytest.mark.parametrize("part", ["", PPT, SLIDE])
def test_a_relationship_of_strict_open_xml_refuses_the_deck(part):
    deck = decks.parts()
    related(deck, part, "rIdX", "http://purl.oclc.org/ooxml/officeDocument/relationships/slide", "x.xml")
    assert found(deck) == {"strict"}


@pytest.mark.parametrize(
    "target",
    ["slides/slide2.xml", "/ppt/slides/slide2.xml", "./slides/../slides/SLIDE2.xml", "../ppt/slides/slide%32.xml"],
)
def test_a_target_is_found_however_it_is_written(target):
    deck = decks.parts()
    swapped(deck, LISTED, '"slides/slide2.xml"', f'"{target}"')
    verdict = judge(packed(deck))
    assert (codes(verdict), verdict.slides) == (set(), 3)


def test_a_deck_has_one_main_part_of_the_right_type():
    for change in (
        lambda deck: related(deck, "", "rIdX", "officeDocument", "ppt/presentation.xml"),
        lambda deck: swapped(deck, "_rels/.rels", "ppt/presentation.xml", "ppt/other.xml"),
        lambda deck: swapped(deck, "_rels/.rels", f"{RELS}/officeDocument", f"{MS}/relationships/officeDocument"),
        lambda deck: swapped(deck, TYPES, MAIN, SLIDE_TYPE),
        lambda deck: swapped(deck, TYPES, MAIN, "application/x-none"),
        lambda deck: swapped(
            deck, "_rels/.rels", '"ppt/presentation.xml"', '"ppt/presentation.xml" TargetMode="External"'
        ),
    ):
        deck = decks.parts()
        change(deck)
        assert found(deck) == {"not-a-deck"}


@pytest.mark.parametrize("kind", ["presProps", "viewProps", "tableStyles", "theme"])
def test_two_parts_of_which_a_deck_has_one_are_refused(kind):
    deck = decks.parts()
    (name,) = (each for each in deck if each in (f"ppt/{kind}.xml", "ppt/theme/theme1.xml") and kind in each)
    type_ = (
        f"application/vnd.openxmlformats-officedocument.{'theme' if kind == 'theme' else f'presentationml.{kind}'}+xml"
    )
    added(deck, "ppt/second.xml", deck[name], type_, source=PPT, key="rIdX", kind=kind)
    assert found(deck) == {"broken-deck"}


@pytest.mark.parametrize(
    ("part", "needed"),
    [
        (SLIDE, "slideLayout"),
        ("ppt/slideLayouts/slideLayout1.xml", "slideMaster"),
        ("ppt/slideMasters/slideMaster1.xml", "theme"),
    ],
)
def test_a_part_without_the_part_that_it_needs_refuses_the_deck(part, needed):
    deck = decks.parts()
    swapped(deck, relations_of(part), f"relationships/{needed}", "relationships/none")
    assert found(deck) == {"broken-deck"}
