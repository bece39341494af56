"""The plan of the house, kept by tests: who may import whom, and that the map names every stage."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from pipeline.load.checks.seminars import TAKEN

ROOT = Path(__file__).parents[1]
PIPELINE = ROOT / "pipeline"
GROUND = {"model", "record", "problems", "whole", "private", "csv_file"}
CELLAR = {"compiled"}
"""What stages may use besides the ground floor: a library’s workings, kept from one build to the next."""
STAGES = {"load", "curate", "compose", "render", "package", "collect", "outbox", "registrations", "certificates"}
ABOVE = {
    *("__init__", "__main__", "build", "reading", "beside", "press", "make", "workers", "fingerprint", "fresh"),
    *("compiled", "lock", "why", "schema", "website", "changes", "desks", "desk", "desk_commands", "mail"),
    *("mail_commands", "mailing_list", "rolls", "register_commands", "certificate_commands", "verify_commands"),
    *("purge", "traces", "watch"),
}
MODULES = sorted(PIPELINE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PIPELINE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Return the names of all modules that a file imports, those inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_stage_imports_no_other_stage(path):
    room = _room(path)
    rooms = {name.split(".")[1] for name in _imports(path) if name.startswith("pipeline.")}
    if room in STAGES:
        assert rooms <= GROUND | {room} | CELLAR
    if room in GROUND:
        assert rooms <= GROUND


def test_the_ground_floor_imports_only_the_standard_library():
    for name in GROUND:
        for imported in _imports(PIPELINE / f"{name}.py"):
            assert imported.split(".")[0] in sys.stdlib_module_names | {"pipeline"}, imported


def test_every_room_is_known_to_this_plan():
    assert {_room(path) for path in MODULES} <= GROUND | STAGES | ABOVE


def test_the_map_names_every_stage():
    text = (PIPELINE / "__init__.py").read_text(encoding="utf-8")
    present = {_room(path) for path in MODULES} & STAGES
    assert [stage for stage in sorted(present) if f"  {stage}" not in text] == []


def test_no_module_bears_the_name_of_a_module_it_would_hide():
    names = {path.stem for path in MODULES} - {"__init__", "__main__"}
    others = {"docx", "pptx", "yaml", "typst", "babel", "jinja2", "lxml"}
    assert names & (set(sys.stdlib_module_names) | others) == set()


def test_only_the_command_line_and_the_lock_print():
    for path in MODULES:
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        printing = any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)
        assert not printing or _room(path) in {"__main__", "lock"}, path


def test_no_seminar_can_bear_the_name_of_a_command_of_make():
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    commands = {*re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()} - {"$(SEMINARS)"}
    assert TAKEN.keys() == commands | {"site"}
