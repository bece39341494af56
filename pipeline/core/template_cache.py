"""Compiled templates, kept beside the compiled modules: a template is compiled when it has changed, not for each build.

Their code is the same in every language, since no word of one stands in them.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from pipeline.core.atomic import put

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
            with suppress(OSError):  # where the folder cannot be written, the next build compiles again
                put(_path(bucket), out.getvalue(), synced=False)


def _path(bucket: Bucket) -> Path:
    return FOLDER / f"template-{bucket.checksum}.{sys.implementation.cache_tag}"


COMPILED = Compiled()
