"""Logos in SVG: drawings of every drawing program pass, and everything that runs, loads or links is refused."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from pipeline.load.checks.svg import fault_of_svg
from tests.faults import faults, put

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 20">'


def svg(inside: str, before: str = "", head: str = HEAD) -> bytes:
    return f"{before}{head}{inside}</svg>".encode()


def png() -> str:
    out = BytesIO()
    Image.new("RGB", (2, 2), "blue").save(out, "PNG")
    return b64encode(out.getvalue()).decode()


@pytest.mark.parametrize(
    "content",
    [
        svg('<rect width="60" height="20" fill="#0B4EA2"/><g id="a"><path d="M0 0h1" style="fill:red"/></g>'),
        svg('<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><rect fill="url(#g)"/>'),
        svg("<style>.a{fill:url('#g')}</style><use xlink:href='#a'/><use href='#a'/>"),
        svg(f'<image width="2" height="2" xlink:href="data:image/png;base64,{png()}"/>'),
        svg('<title>Logo</title><desc>Of the harbour</desc><a id="x"/>'.replace('<a id="x"/>', "")),
        svg("<rect/>", '<?xml version="1.0" encoding="UTF-8"?><!-- Generator: Adobe Illustrator -->'),
        svg(
            "<rect/>",
            '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        ),
        svg(
            '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" s:zoom="1"/>'
            '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><c:Work '
            'xmlns:c="http://creativecommons.org/ns#"><d:format xmlns:d="http://purl.org/dc/elements/1.1/">x'
            "</d:format></c:Work></r:RDF></metadata><rect/>"
        ),
    ],
)
def test_a_plain_drawing_passes(content):
    assert fault_of_svg(content) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (svg("<script>alert(1)</script>"), "contains `<script>`, which runs"),
        (svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'), "contains `<script>`"),
        (svg('<rect onload="alert(1)"/>'), "has the event handler `onload`"),
        (svg('<rect OnClick="alert(1)"/>'), "has the event handler `OnClick`"),
        (svg("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"), "`<foreignObject>`"),
        (svg('<animate attributeName="href" to="x"/>'), "contains `<animate>`"),
        (svg('<set attributeName="href" to="x"/>'), "contains `<set>`"),
        (svg('<a href="https://example.org/"><rect/></a>'), "contains `<a>`"),
        (svg('<use href="https://example.org/a.svg#b"/>'), "refers to `https://example.org/a.svg#b` outside"),
        (svg('<image xlink:href="https://example.org/a.png"/>'), "refers to `https://example.org/a.png` outside"),
        (svg('<image href="file:///etc/passwd"/>'), "refers to `file:///etc/passwd` outside"),
        (svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "refers to `data:image/svg+xml"),
        (svg('<image href="data:image/png;base64,AAAA"/>'), "refers to `data:image/png;base64,AAAA`"),
        (svg(f'<image href="data:image/jpeg;base64,{png()}"/>'), "refers to `data:image/jpeg"),
        (svg(f'<use href="data:image/png;base64,{png()}"/>'), "refers to `data:image/png"),
        (svg('<rect fill="url(https://example.org/a.svg#b)"/>'), "refers to `url(https://example.org/a.svg#b)`"),
        (svg("<rect style=\"fill:URL( 'http://x.example/')\"/>"), "outside the file"),
        (svg("<style>@import 'https://example.org/a.css';</style>"), "contains `@import` in a style"),
        (svg(r"<style>@\69mport 'a.css';</style>"), "contains `\\` in a style"),
        (svg("<style>@font-face{font-family:x}</style>"), "contains `@font-face` in a style"),
        (svg('<rect xml:base="https://example.org/"/>'), "refers to `https://example.org/` outside"),
        (svg("<rect/>", '<?xml-stylesheet href="https://example.org/a.css"?>'), "instruction `<?xml-stylesheet`"),
        (svg("<rect/>&x;", '<!DOCTYPE svg [<!ENTITY x "y">]>'), "defines entities"),
        (svg("<rect/>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "defines entities"),
        (svg("<text>Harbour</text>"), "contains text, which no PDF would show"),
        (svg('<iframe xmlns="http://www.w3.org/1999/xhtml"/>'), "contains `<iframe>`"),
        (svg("<rect/>")[:-6], "is not a complete picture"),
        (b"<html><svg></svg></html>", "is not a complete picture"),
        (svg("<rect/>", head="<svg>"), "is not a complete picture"),
        (svg("<rect/>" * 300_000), "has 2.1 MB"),
    ],
)
def test_what_is_no_plain_drawing_is_refused_with_its_reason(content, said):
    message, fix = fault_of_svg(content) or ("", "")
    assert said in message and fix


def test_a_logo_with_a_script_is_named_at_its_line_of_the_series(miniature):
    put(miniature, "sources/logos/harbour.svg", svg("<script>alert(1)</script>"))
    said = "sources/logos/harbour.svg contains `<script>`, which runs or moves; save it again as plain SVG"
    assert faults(miniature) == [f"sources/series.yaml:11: {said}"]
