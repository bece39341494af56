"""The layers of the program: `cli`, `workflows`, `build`, the stages, `core`; each imports only what is below it."""

from __future__ import annotations

import ast
import re
import sys
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

from pipeline.load.checks.seminars import TAKEN

ROOT = Path(__file__).parents[1]
PIPELINE = ROOT / "pipeline"
STAGES = {
    *("load", "curate", "compose", "render", "package"),
    *("collect", "attendance", "certificates", "mail"),
}
LAYERS = [{"core"}, STAGES, {"build"}, {"workflows"}, {"cli"}, {"__main__"}]
"""From the lowest to the highest. A stage imports `core` and itself, but no other stage."""
LEVEL = {package: level for level, packages in enumerate(LAYERS) for package in packages}


def modules(folder: Path) -> dict[str, Path]:
    """Return the files of a package by their dotted names."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        steps = path.relative_to(folder.parent).with_suffix("").parts
        found[".".join(steps[:-1] if steps[-1] == "__init__" else steps)] = path
    return found


def imports(name: str, path: Path, known: dict[str, Path]) -> set[str]:
    """Return the modules of `known` that a module imports: at its top, inside functions, relatively, or by name."""
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module
            found |= {f"{source}.{alias.name}" if f"{source}.{alias.name}" in known else source for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known:
            found.add(node.value)  # `import_module("pipeline.build.site")`, or a table of such names
    return (found & known.keys()) - {name, "pipeline"}


def faults(folder: Path) -> list[str]:
    """Return every import that goes up or sideways between layers, and every circle of modules."""
    known = modules(folder)
    graph = {name: imports(name, path, known) for name, path in known.items()}
    found = []
    for name, imported in graph.items():
        for other in sorted(imported):
            mine, its = package_of(name), package_of(other)
            if mine and its and mine != its and LEVEL[its] >= LEVEL[mine]:
                found.append(f"{name} imports {other}")
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found.append("circle: " + " -> ".join(error.args[1]))
    return found


def package_of(name: str) -> str:
    """Return the first step below `pipeline`; nothing for `pipeline` itself."""
    return (name.split(".") + [""])[1]


def test_every_import_goes_down_and_none_in_a_circle():
    assert faults(PIPELINE) == []


def test_every_package_belongs_to_a_layer():
    assert {package_of(name) for name in modules(PIPELINE)} - {""} == LEVEL.keys()


WAYS = {
    "at the top": "from pipeline.{0} import {1}\n",
    "whole": "import pipeline.{0}.{1}\n",
    "in a function": "def f():\n    from pipeline.{0}.{1} import x\n",
    "relatively": "from ..{0} import {1}\n",
    "by name": "from importlib import import_module\nimport_module('pipeline.{0}.{1}')\n",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lower", sorted(LEVEL.keys() - {"__main__"}))
def test_an_import_that_goes_up_is_found(tmp_path, lower, way):
    higher = next((p for p in sorted(LEVEL) if p not in (lower, "__main__") and LEVEL[p] >= LEVEL[lower]), "__main__")
    for package in {lower, higher} - {"__main__"}:
        (tmp_path / "pipeline" / package).mkdir(parents=True)
        (tmp_path / "pipeline" / package / "__init__.py").write_text("")
    target = "seen" if higher != "__main__" else ""
    if not target:  # the highest layer is a file: `pipeline.__main__`
        (tmp_path / "pipeline/__main__.py").write_text("")
        text = "from pipeline import __main__\n"
    else:
        (tmp_path / "pipeline" / higher / "seen.py").write_text("x = 1\n")
        text = WAYS[way].format(higher, target)
    (tmp_path / "pipeline" / lower / "here.py").write_text(text)
    assert faults(tmp_path / "pipeline") == [
        f"pipeline.{lower}.here imports pipeline.{higher}{'.' * bool(target)}{target}"
    ]


@pytest.mark.parametrize("package", sorted(LEVEL.keys() - {"__main__"}))
def test_a_circle_inside_a_package_is_found(tmp_path, package):
    folder = tmp_path / "pipeline" / package
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        (folder / f"{one}.py").write_text(f"def f():\n    from pipeline.{package}.{other} import f\n")
    (fault,) = faults(tmp_path / "pipeline")
    assert fault.startswith("circle: ")


def test_the_map_names_every_package():
    text = (PIPELINE / "__init__.py").read_text(encoding="utf-8")
    assert [package for package in sorted(LEVEL) if package != "__main__" and f"  {package} " not in text] == []


def test_no_module_has_the_name_of_a_module_it_would_hide():
    names = {path.stem for path in modules(PIPELINE).values() if path.parent == PIPELINE}
    assert names & set(sys.stdlib_module_names) - {"__main__"} == set()


def test_only_the_console_prints():
    for name, path in modules(PIPELINE).items():
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        printing = any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)
        assert not printing or name == "pipeline.cli.console", name


def test_no_seminar_can_have_the_name_of_a_command_of_make():
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    commands = {*re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()} - {"$(SEMINARS)"}
    assert TAKEN.keys() == commands | {"site"}
