"""The program runs on Linux, macOS and Windows: what only one of them has is used in guarded places alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parents[2] / "pipeline"
ONLY_SOMEWHERE = {"os.fork", "fcntl", "os.sched_getaffinity", "ctypes", "malloc_trim", "/proc", "resource", "pwd"}
GUARDED = {
    ("collect/child.py", "resource"): "limits of memory and time, where the system has them",
    ("collect/child.py", "/proc"): "read only where it exists",
}


def uses(text: str) -> set[str]:
    """Return what a module uses of `ONLY_SOMEWHERE`: imported, as an attribute, or as the beginning of a path."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute):
            names = [node.attr, ast.unparse(node)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            names = [f"/{node.value.split('/')[1]}"] if node.value.startswith("/") else [node.value]
        found |= {name for name in names if name in ONLY_SOMEWHERE}
    return found


def test_what_only_one_system_has_is_used_in_guarded_places():
    modules = {path.relative_to(PIPELINE).as_posix(): path for path in PIPELINE.rglob("*.py")}
    found = {(name, use) for name, path in modules.items() for use in uses(path.read_text(encoding="utf-8"))}
    assert found == GUARDED.keys()


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.fork()",
        "from os import fork",
        "def f():\n    import fcntl",
        "from fcntl import flock",
        "import os\nos.sched_getaffinity(0)",
        "getattr(library, 'malloc_trim')(0)",
        "open('/proc/self/statm')",
    ],
)
def test_a_use_is_found(text):
    assert uses(text)
