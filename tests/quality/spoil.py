"""Files that are not as they should be: whoever judges the good ones must refuse these."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pypdf import PdfWriter


def docx(source: Path, target: Path) -> Path:
    """Copy a Word file with an element in it that there is not."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w") as copy:
        for name in whole.namelist():
            content = whole.read(name)
            copy.writestr(name, content.replace(b"<w:body>", b"<w:body><w:nonsense/>"))
    return target


def pdf(source: Path, target: Path) -> Path:
    """Copy a PDF without its language."""
    writer = PdfWriter(clone_from=source)
    del writer.root_object["/Lang"]
    writer.write(target)
    return target


def html(source: Path, target: Path) -> Path:
    """Copy a page without its language, with a picture that nobody described, and with something too wide."""
    text = source.read_text(encoding="utf-8")
    text = text.replace("<html lang=", "<html data-lang=")
    text = text.replace("</main>", '<hr width="900"><img src="missing.png"></main>')
    target.write_text(text, encoding="utf-8")
    return target
