"""Packages that many processes import do not load heavy libraries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PIPELINE = Path(__file__).parents[2] / "pipeline"


def test_nothing_in_collect_imports_pydantic():
    modules = [f"pipeline.collect.{path.stem}" for path in (PIPELINE / "collect").glob("[a-z]*.py")]
    code = f"import sys, {', '.join(modules)}; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 0


def test_types_of_documents_and_verdicts_do_not_import_pydantic():
    code = "import sys, pipeline.core.documents, pipeline.core.verdicts; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 0
