"""The files that a page offers, each with its type in words and its size as the language writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.compose import forms
from pipeline.compose.view import named
from pipeline.core.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.compose.view import View
    from pipeline.core.documents import Artifact
    from pipeline.core.sources import Locale


def files_view(artifacts: Iterable[Artifact], view: View) -> list[dict[str, Any]]:
    """Return the package's files by kind, each with its format in words and its size."""
    kinds: dict[str, dict[str, Any]] = {}
    words = view.locale.words
    titles = {**words, "programme": words["programme_kind"]}
    for artifact in artifacts:
        group = kinds.setdefault(artifact.kind, {"title": titles[artifact.kind], "files": []})
        label, shown = FORMATS[artifact.format].label, forms.size(artifact.size, view.locale)
        group["files"].append({"path": artifact.path, "label": label, "size": f"({shown})"})
    return list(kinds.values())


def file_view(name: str, size: int, locale: Locale) -> dict[str, str]:
    """Return a file to download with its size."""
    return {"path": name, "size": f"({forms.size(size, locale)})"}


def presentations_view(presentations: Mapping[str, Artifact], turns: Iterable[Any], view: View) -> list[dict[str, Any]]:
    """Return the speakers' presentations as one group: a file each, and in one line whose are still to follow."""
    words, files, missing = view.locale.words, [], []
    for turn in turns:
        name = named(view.segments[turn.segment].speakers[turn.slot], view.locale)
        artifact = presentations.get(turn.folder)
        if artifact:
            shown = forms.size(artifact.size, view.locale)
            files.append({"path": artifact.path, "label": name, "size": f"({FORMATS[artifact.format].label}, {shown})"})
        else:
            missing.append(name)
    if missing:
        names = forms.listed(missing, view.locale)
        files.append({"path": "", "label": words["to_follow"].format(names=names), "size": ""})
    return [{"title": words["presentations"], "files": files}] if files else []
