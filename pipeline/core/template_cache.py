"""Keeps compiled Jinja templates for the next builds and for other processes."""

from __future__ import annotations

from jinja2 import FileSystemBytecodeCache


class TemplateCache(FileSystemBytecodeCache):
    """Jinja's cache in the user's folder for temporary files: one file per template for all projects and languages.

    The code of a template is the same in every language, since it has no words; Jinja compares the checksum of the
    source before it uses the code.
    """

    def __init__(self, folder: str) -> None:
        super().__init__(pattern=f"{folder}-%s.cache")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(name)
