"""Decks of honest people that tell more than they should."""

from __future__ import annotations

import io

from pptx import Presentation

from tests.collect import decks
from tests.collect.hostile.case import PPT, SECRET, SLIDE, case
from tests.collect.surgery import MS, RELS, added, drawn, packed, related, swapped, unpacked

PERSONAL = {
    "comments": ("comments", "application/vnd.openxmlformats-officedocument.presentationml.comments+xml", SLIDE, "comments"),
    "comment-authors": ("commentAuthors", "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml", PPT, "comments"),
    "threaded-comments": (f"{MS}/2018/10/relationships/comments", "application/vnd.ms-powerpoint.comments+xml", SLIDE, "comments"),
    "authors": (f"{MS}/2018/10/relationships/authors", "application/vnd.ms-powerpoint.authors+xml", PPT, "comments"),
    "tags": ("tags", "application/vnd.openxmlformats-officedocument.presentationml.tags+xml", SLIDE, "tags"),
    "history": (f"{MS}/2016/11/relationships/changesInfo", "application/vnd.ms-powerpoint.changesinfo+xml", PPT, "history"),
    "revisions": (f"{MS}/2015/10/relationships/revisionInfo", "application/vnd.ms-powerpoint.revisioninfo+xml", PPT, "history"),
    "label": (f"{MS}/2020/02/relationships/classificationlabels", "application/vnd.ms-office.classificationlabels+xml", "", "label"),
    "custom-xml": ("customXml", "application/xml", PPT, "custom-xml"),
    "signature": ("http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
                  "application/vnd.openxmlformats-package.digital-signature-origin", "", "signature"),
}  # fmt: skip
for _name, (_kind, _type, _source, _code) in PERSONAL.items():

    def _make(kind=_kind, type_=_type, source=_source) -> bytes:
        deck = decks.parts()
        added(deck, "ppt/private/one.xml", b"<x>" + SECRET + b"</x>", type_, source=source, key="rIdP", kind=kind)
        return packed(deck)

    case(f"private-{_name}", removed=_code, gone=(SECRET,))(_make)


@case("printer-and-thumbnail", removed=("printer", "thumbnail"))
def _():
    deck = decks.parts()
    added(deck, "ppt/printerSettings/p.bin", SECRET, "application/vnd.openxmlformats-officedocument.presentationml.printerSettings",
          source=PPT, key="rIdPr", kind="printerSettings")  # fmt: skip
    return packed(deck)


@case("author-and-machine", removed=("author",), gone=(SECRET,))
def _():
    deck = Presentation(io.BytesIO(decks.plain()))
    deck.core_properties.author = deck.core_properties.last_modified_by = SECRET.decode()
    deck.core_properties.comments = SECRET.decode()
    parts = unpacked(decks.saved(deck))
    swapped(
        parts,
        "docProps/app.xml",
        "</Properties>",
        f"<Company>{SECRET.decode()}</Company><Manager>{SECRET.decode()}</Manager></Properties>",
    )
    return packed(parts)


@case("foreign-properties", removed="custom-properties", gone=(SECRET, b"MSIP_Label"))
def _():
    deck = decks.parts()
    deck_xml = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505}" '
        b'pid="2" name="MSIP_Label_SiteId"><vt:lpwstr>TopSecretNeedle</vt:lpwstr></property></Properties>'
    )
    added(deck, "docProps/custom.xml", deck_xml, "application/vnd.openxmlformats-officedocument.custom-properties+xml", source="",
          key="rIdC", kind="custom-properties")  # fmt: skip
    return packed(deck)


@case("hidden-slide", removed="hidden-slide", gone=(b"What is at stake",))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:sld ", '<p:sld show="0" ')
    return packed(deck)


@case("hidden-slide-by-word", removed="hidden-slide", gone=(b"What is at stake",))
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:sld ", '<p:sld show="false" ')
    related(deck, "ppt/slides/slide1.xml", "rIdJ", "slide", "slide2.xml")
    drawn(deck, 1, decks.shape(90, "Jump", about='<a:hlinkClick r:id="rIdJ" action="ppaction://hlinksldjump"/>'))
    return packed(deck)


@case("orphan-slide", removed="orphan-slide", gone=(b"What is at stake",))
def _():
    deck = decks.parts()
    start = deck[PPT].index(b"<p:sldId ", deck[PPT].index(b"<p:sldId ") + 5)
    deck[PPT] = deck[PPT][:start] + deck[PPT][deck[PPT].index(b"/>", start) + 2 :]
    return packed(deck)


@case("hidden-shape", removed="hidden-shape", gone=(SECRET,))
def _():
    deck = decks.parts()
    drawn(
        deck,
        2,
        decks.shape(90, "Hidden", f"<a:r><a:t>{SECRET.decode()}</a:t></a:r>").replace(
            'name="Hidden"', 'name="Hidden" hidden="1"'
        ),
    )
    return packed(deck)


@case("hidden-mark-outside-a-shape", refused="broken-deck")
def _():
    deck = decks.parts()
    swapped(deck, SLIDE, "<p:cSld>", '<p:cNvPr id="90" name="Hidden" hidden="1"/><p:cSld>')
    return packed(deck)


@case("notes", removed="notes-left-out", gone=(SECRET,))
def _():
    deck = Presentation(io.BytesIO(decks.plain()))
    deck.slides[1].notes_slide.notes_text_frame.text = SECRET.decode()
    return decks.saved(deck)


@case("folder-in-description", removed="path", gone=(b"ada.north",))
def _():
    deck = decks.parts()
    swapped(deck, "ppt/slides/slide3.xml", "A blue field with a white line", "C:\\Users\\ada.north\\Pictures\\x.png")
    return packed(deck)


@case("password-against-changes", removed="write-protection", gone=(b"hashData",))
def _():
    deck = decks.parts()
    swapped(
        deck,
        PPT,
        "</p:presentation>",
        '<p:modifyVerifier cryptProviderType="rsaFull" hashData="x" saltData="y"/></p:presentation>',
    )
    return packed(deck)


@case("unused-picture", removed="unused-picture")
def _():
    deck = decks.parts()
    deck["ppt/media/other.png"] = decks.png(colour=(1, 2, 3))
    related(deck, SLIDE, "rIdN", "image", "../media/other.png")
    return packed(deck)


@case("unknown-part", removed="unknown-part", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/mystery.bin", SECRET, "application/x-mystery", source=SLIDE, key="rIdM", kind="urn:mystery")
    return packed(deck)


@case("ink", removed=("ink",), gone=(SECRET,))
def _():
    deck = decks.parts()
    added(
        deck,
        "ppt/ink/ink1.xml",
        b"<x>" + SECRET + b"</x>",
        "application/inkml+xml",
        source=SLIDE,
        key="rIdI",
        kind="customXml",
    )
    drawn(deck, 2, f'<p:contentPart xmlns:r="{RELS}" r:id="rIdI"/>')
    return packed(deck)
