"""The results as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from tests.bench.cases import Result
from tests.bench.growth import MEGABYTE

HEAD = ("case", "pipeline", "reference", "wall", "CPU", "memory", "to be reached", "", "goal")


def table(results: Iterable[Result]) -> str:
    """Return one line a case; `wall` and `CPU` are ratios."""
    rows = [HEAD, *map(_row, results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _row(result: Result) -> tuple[str, ...]:
    verdict = {True: "reached", False: "MISSED", None: ""}[result.reached]
    memory = f"{result.memory / MEGABYTE:.0f} MB" if result.memory else ""
    return (
        result.case,
        _time(result.pipeline.wall),
        _time(result.reference.wall) if result.reference else "",
        f"{result.wall:.2f}×" if result.wall else "",
        f"{result.cpu:.2f}×" if result.cpu else "",
        memory,
        result.target,
        verdict,
        result.goal,
    )


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def as_json(results: Iterable[Result]) -> str:
    """Return everything that was measured, in seconds and bytes."""
    return json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2) + "\n"
