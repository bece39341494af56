"""Writer: a document becomes a Word file, made with python-docx from `templates/document.docx`.

`styles` has the style for each element, `walk` adds the elements of the document one by one, with `text` for what is in
a line, `layout` for cover, strips and timeline and `people` for faces and names. `template` opens and fills the file;
`oxml` and `drawings` have the functions for which python-docx has no API.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.core.documents import Document
from pipeline.core.sources import Brand
from pipeline.render import office
from pipeline.render.to_docx.template import contract, open_template
from pipeline.render.to_docx.walk import Walk
from pipeline.render.vocabulary import UnknownWord, tree

__all__ = ["contract", "write"]


def write(document: Document, brand: Brand, templates: Path) -> bytes:
    """Return the Word file; raise `UnknownWord` for an element that has no style here."""
    file = open_template(templates, brand, document.properties)
    try:
        Walk(file, document, brand).add_blocks(tree(document), file)
    except UnknownWord as error:
        raise UnknownWord(f"{document.properties.name}.docx: {error}") from error
    return office.file_bytes(file)
