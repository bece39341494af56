"""The formats of files: for each its label, media type, templates and writer. A new format is one row here."""

from __future__ import annotations

from dataclasses import dataclass

NBSP = "\u00a0"


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format of files.

    `id` is the ending of the file's name, and `label` is the name of the format for readers. `media_type` has no
    parameters. `templates` are the files of `templates/` that the writer reads. `writer` is a module of
    `pipeline.render` with a function `write`. A format without a writer is a package (`zip`), or the text in a field of
    the reading list, which `reading_list` names.
    """

    id: str
    label: str
    media_type: str
    templates: tuple[str, ...] = ()
    writer: str = ""
    reading_list: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ROWS = (
    Format(
        id="docx",
        label="Word",
        media_type=f"{_OFFICE}.wordprocessingml.document",
        templates=("document.docx",),
        writer="to_docx",
    ),
    Format(id="pdf", label="PDF", media_type="application/pdf", templates=("document.typ",), writer="to_pdf"),
    Format(id="html", label="HTML", media_type="text/html", templates=("page.html", "page.css"), writer="to_html"),
    Format(
        id="pptx",
        label="PowerPoint",
        media_type=f"{_OFFICE}.presentationml.presentation",
        templates=("deck.pptx",),
        writer="to_pptx",
    ),
    Format(id="ics", label="iCalendar", media_type="text/calendar", writer="to_ics"),
    Format(id="eml", label="EML", media_type="message/rfc822", writer="to_eml"),
    Format(id="bib", label="BibTeX", media_type="application/x-bibtex", reading_list="bibtex"),
    Format(
        id="csl.json",
        label=f"CSL{NBSP}JSON",
        media_type="application/vnd.citationstyles.csl+json",
        reading_list="csl_json",
    ),
    Format(id="zip", label="ZIP", media_type="application/zip"),
)
FORMATS = {row.id: row for row in _ROWS}
"""Every format by its id."""
