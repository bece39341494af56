"""What surrounds the code: dependencies, metadata, types, style."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named_in_code() -> set[str]:
    """Return the first step of every module that the code imports or names in a text, as in `find_spec("x.y")`."""
    found = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("find_spec", "import_module"):
                found |= {arg.value.split(".")[0] for arg in node.args if isinstance(arg, ast.Constant)}
    return found


NOT_IMPORTED = {
    **dict.fromkeys(("fontpkg-arimo", "fontpkg-noto-sans-arabic", "fontpkg-source-sans-3"), "folders of fonts"),
    "tzdata": "zoneinfo imports it where the system has no time zones",
}
"""Dependencies that the code uses without importing them, and how."""


def imported_names() -> dict[str, set[str]]:
    """Return the names under which each installed distribution is imported."""
    found: dict[str, set[str]] = {}
    for module, distributions in packages_distributions().items():
        for distribution in distributions:
            found.setdefault(canonical(distribution), set()).add(module)
    return found


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_the_code_imports_every_dependency(requirement):
    name = canonical(re.match(r"[\w.-]+", requirement)[0])
    assert name in NOT_IMPORTED or imported_names()[name] & named_in_code(), f"no module imports {name}"


def test_every_import_is_a_dependency():
    declared = {canonical(re.match(r"[\w.-]+", each)[0]) for each in PROJECT["project"]["dependencies"]}
    extras = {
        canonical(re.match(r"[\w.-]+", each)[0]) for each in PROJECT["project"]["optional-dependencies"]["distributed"]
    }
    known = {module for name in declared | extras for module in imported_names().get(name, ())}
    assert named_in_code() - known - set(sys.stdlib_module_names) - {"pipeline", "dask", "fontpkg"} == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_every_dependency_is_pinned_with_hashes_and_no_host_is_named(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    pinned = {canonical(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    assert {canonical(re.match(r"[\w.-]+", each)[0]) for each in PROJECT["project"]["dependencies"]} <= pinned
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block for block in blocks if not block.startswith("#") and "--hash=sha256:" not in block] == []


def test_the_readme_names_the_licence_of_the_project():
    assert PROJECT["project"]["license"] == "EUPL-1.2"
    assert "EUPL-1.2" in (ROOT / "README.md").read_text(encoding="utf-8")


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_right():
    run("mypy", "--strict", "-p", "pipeline")


def test_style_is_right():
    run("ruff", "check", "pipeline", "tests")
    run("ruff", "format", "--check", "pipeline", "tests")


def test_output_is_in_the_repository_without_its_contents():
    listed = subprocess.run(["git", "ls-files", "output"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    assert listed.stdout.split() == ["output/README.md"]


@pytest.mark.parametrize("processes", ["0", "2"])
@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_tool_is_named_and_in_ci_it_is_a_failure(processes, ci, code, tmp_path):
    command = [sys.executable, "-m", "pytest", "-n", processes, "tests/cli/test_make.py", "-k", "space"]
    world = {**os.environ, "PATH": str(tmp_path), "CI": ci}
    done = subprocess.run(command, cwd=ROOT, env=world, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    said = "`make` is missing" if ci else "not checked here: the commands of the Makefile: `make` is not installed"
    assert said in done.stdout
