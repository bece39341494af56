"""The functions that one speaker's name passes from YAML to a slide: `python -m tests.bench.walk`.

A function counts if it is given the name, or returns it, while the sources are read and one speaker's deck is composed
and written: in a text, in a record of which it is a field, or in a list or mapping of these. A function that is given
the series or the whole seminar to do something else does not count.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[2]
PIPELINE = str(ROOT / "pipeline")
SEMINAR, SPEAKER, NAME = "africa-fr", "papa-assane-toure", "TOURE"
DEEPEST = 1
"""A list (0) of records (1), whose fields are looked at."""


class Walk:
    """What is seen while a call runs: `functions` in the order in which the name first reaches them."""

    def __init__(self, name: str) -> None:
        self.name, self.functions = name, dict[tuple[str, str], None]()

    def trace(self, call: Callable[[], Any]) -> Any:
        """Return what `call` returns; every function of the pipeline that runs meanwhile is looked at."""
        sys.setprofile(self._look)
        try:
            return call()
        finally:
            sys.setprofile(None)

    def _look(self, frame: FrameType, event: str, value: Any) -> None:
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(PIPELINE):
            return
        place = (str(Path(code.co_filename).relative_to(ROOT)), code.co_qualname)
        if place in self.functions or code.co_qualname.endswith(("<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>")):
            return
        given = [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]]
        if any(self._holds(each) for each in (given if event == "call" else [value])):
            self.functions[place] = None

    def _holds(self, value: Any, depth: int = 0) -> bool:
        if isinstance(value, str):
            return self.name in value
        return depth <= DEEPEST and any(self._holds(inner, depth + 1) for inner in _inside(value))


def _inside(value: Any) -> Iterator[Any]:
    """Yield what a container, a record, a node of YAML or an element of XML holds."""
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, field.name, None) for field in fields(value))
    elif hasattr(type(value), "model_fields"):
        yield from vars(value).values()
    elif type(value).__module__.startswith("yaml"):
        yield getattr(value, "value", None)


def deck(root: Path, seminar: str, speaker: str) -> bytes:
    """Return a speaker's deck, made from the sources as a build makes it."""
    from pipeline.compose import compose_speaker, seminar_view, turns
    from pipeline.curate import curate
    from pipeline.load import load
    from pipeline.render import write

    series = load(root)
    event = series.seminars[seminar]
    view = seminar_view(event, curate(series, [event], root)[seminar], series, root)
    turn = next(turn for turn in turns(event) if turn.person == speaker)
    return write("pptx", compose_speaker(turn, view), series.brand, root / "templates")


def main() -> None:
    """Print the functions and how many files they are in."""
    walk = Walk(NAME)
    walk.trace(lambda: deck(ROOT, SEMINAR, SPEAKER))
    for file, function in walk.functions:
        print(f"{file}: {function}")
    print(f"{len(walk.functions)} functions in {len({file for file, _ in walk.functions})} files")


if __name__ == "__main__":
    main()
