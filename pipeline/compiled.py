"""Compiled templates, kept beside the compiled modules: a template is compiled when it has changed, not for each build.

Their code is the same in every language, since no word of one stands in them.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

FOLDER = Path(__file__).parent / "__pycache__"


class Compiled(BytecodeCache):
    """Hands the code of a template from one language's environment, and from one build, to the next."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        content = self.codes.get(bucket.checksum)
        if content is None:
            try:
                content = _path(bucket).read_bytes()
            except OSError:
                return
            self.codes[bucket.checksum] = content
        bucket.load_bytecode(BytesIO(content))  # looks whether template, Jinja and Python are the same

    def dump_bytecode(self, bucket: Bucket) -> None:
        out = BytesIO()
        bucket.write_bytecode(out)
        self.codes[bucket.checksum] = out.getvalue()
        if not sys.dont_write_bytecode:
            _store(_path(bucket), out.getvalue())


def _path(bucket: Bucket) -> Path:
    return FOLDER / f"template-{bucket.checksum}.{sys.implementation.cache_tag}"


def _store(path: Path, content: bytes) -> None:
    """Keep the code if the folder can be written; without it the next build compiles again."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)


COMPILED = Compiled()
