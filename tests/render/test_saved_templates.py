"""A template that was saved in Word or PowerPoint: what these say of the designer and the machine goes no further."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from pipeline import render
from pipeline.compose import compose, seminar_view
from pipeline.load import load

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SECRET = "Ministry of Secrets"
PARTS = {
    "docProps/app.xml": (
        f"{OFFICE}/extended-properties",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Company>{SECRET}</Company></Properties>"
        ),
    ),
    "docProps/custom.xml": (
        f"{OFFICE}/custom-properties",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        (
            f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><!--{SECRET}-->'
            "</Properties>"
        ),
    ),
    "docProps/core.xml": (
        f"{PACKAGE}/relationships/metadata/core-properties",
        "application/vnd.openxmlformats-package.core-properties+xml",
        (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>{SECRET}</dc:description>'
            f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy><cp:keywords>{SECRET}</cp:keywords></cp:coreProperties>"
        ),
    ),
    "docProps/thumbnail.xml": (f"{PACKAGE}/relationships/metadata/thumbnail", "application/xml", f"<a>{SECRET}</a>"),
}


def save_as_office_does(template: Path) -> None:
    """Give a template the parts with which Word and PowerPoint say who saved it."""
    with zipfile.ZipFile(template) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types, relations = etree.fromstring(parts["[Content_Types].xml"]), etree.fromstring(parts["_rels/.rels"])
    for name, (relation, content_type, text) in PARTS.items():
        etree.SubElement(types, f"{{{PACKAGE}/content-types}}Override", PartName=f"/{name}", ContentType=content_type)
        id = f"rIdOffice{len(relations)}"
        etree.SubElement(relations, f"{{{PACKAGE}/relationships}}Relationship", Id=id, Type=relation, Target=name)
        parts[name] = text.encode()
    parts |= {"[Content_Types].xml": etree.tostring(types), "_rels/.rels": etree.tostring(relations)}
    with zipfile.ZipFile(template, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(("kind", "format", "template"), [("factsheet", "docx", "document"), ("deck", "pptx", "deck")])
def test_nothing_of_what_office_wrote_into_a_template_is_in_a_file(kind, format, template, miniature):
    save_as_office_does(miniature / f"templates/{template}.{format}")
    series = load(miniature)
    composed = compose(kind, seminar_view(series.seminars["harbour-en"], None, series, miniature))
    path = miniature / f"made.{format}"
    path.write_bytes(render.write(format, composed, series.brand, miniature / "templates"))
    with zipfile.ZipFile(path) as archive:
        assert [name for name, count in Counter(archive.namelist()).items() if count > 1] == []
        assert [name for name in archive.namelist() if SECRET.encode() in archive.read(name)] == []
