"""The table of formats: each row has one way to be made, and everybody else reads it there."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from pipeline.compose import KINDS
from pipeline.core.documents import ReadingList
from pipeline.core.formats import FORMATS

ROOT = Path(__file__).parents[2]
RENDER = ROOT / "pipeline/render"


@pytest.mark.parametrize("format", [format for format in FORMATS.values() if format.writer], ids=lambda each: each.id)
def test_a_writer_is_a_module_of_render(format):
    assert callable(import_module(f"pipeline.render.{format.writer}").write)


def test_every_writer_has_one_row():
    modules = sorted(path.stem for path in RENDER.iterdir() if path.stem.startswith("to_"))
    assert sorted(format.writer for format in FORMATS.values() if format.writer) == modules


def test_a_format_without_a_writer_is_held_by_the_reading_list_or_is_the_package():
    rest = {format.id: format.reading_list for format in FORMATS.values() if not format.writer}
    assert rest.pop("zip") == ""
    assert set(rest.values()) == {"bibtex", "csl_json"}
    assert set(rest.values()) <= set(ReadingList.__dataclass_fields__)


def test_every_template_of_a_format_is_there_and_belongs_to_one_format():
    names = [name for format in FORMATS.values() for name in format.templates]
    assert len(names) == len(set(names))
    assert [name for name in names if not (ROOT / "templates" / name).is_file()] == []


def test_every_kind_of_document_has_known_formats():
    assert [format for kind in KINDS.values() for format in kind.formats if format not in FORMATS] == []


def test_no_other_module_writes_a_media_type_of_the_table():
    types = {format.media_type for format in FORMATS.values()}
    for path in (ROOT / "pipeline").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found = {name for name in types if f'"{name}"' in text or f'"{name};' in text}
        assert path.name == "formats.py" or "collect" in path.parts or found <= {"text/html", "text/calendar"}, path
