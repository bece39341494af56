"""The commands of the desks as they are typed: the words and options that each takes, and which of them does the work.

Every command returns what it says and its exit code; `__main__` prints and exits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Lines = tuple[list[str], int]


class Misused(ValueError):
    """What is wrong with the words after a command."""


@dataclass(frozen=True)
class Asked:
    """What a command is given beside its words; `say` shows a line while the command is still at work."""

    options: Mapping[str, str]
    root: Path
    output: Path
    say: Callable[[str], None]


def _collect(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.presentations import collect

    if len(words) not in (0, 2):
        raise Misused("`collect` takes no name, or a file and SEMINAR/SPEAKER")
    return collect(words, asked.root, asked.output)


def _status(_words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.presentations import status

    return status(asked.root, asked.output), 0


def _inspect(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.presentations import inspect

    file = _one(words, "`inspect` takes one file")
    return inspect(Path(file), asked.options["--out"], as_json="--json" in asked.options)


def _outbox(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.mail import outbox

    return outbox(_one(words, "`outbox` takes one seminar"), asked.root, asked.output)


def _send(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.mail import send

    seminar = _one(words, "`send` takes one seminar")
    count = "" if "--dry-run" in asked.options else asked.options["--send"]
    shown = "--show-addresses" in asked.options
    return send(seminar, asked.root, asked.output, count, asked.say, show_addresses=shown)


def _resolve(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.mail import resolve

    if len(words) != 3:
        raise Misused("`resolve` takes a seminar, an id (or `changed`, `refused`), and `sent` or `again`")
    return resolve(*words, asked.root, asked.output)


def _registrations(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.registrations import registrations

    return registrations(words, asked.root)


def _certificates(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.certificates import certificates

    seminar = _one(words, "`certificates` takes one seminar")
    return certificates(seminar, asked.options["--threshold"], asked.root, asked.output)


def _verify(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.verify import verify

    code = _one(words, "`verify` takes one code")
    return verify(code, asked.root, with_name="--show-name" in asked.options)


def _revoke(words: list[str], asked: Asked) -> Lines:
    from pipeline.cli.verify import revoke

    return revoke(_one(words, "`revoke` takes one code or number"), asked.root, asked.output)


def _purge(words: list[str], asked: Asked) -> Lines:
    from pipeline.workflows.purge import purge

    if words or not asked.options["--before"]:
        raise Misused("`purge` takes a day: --before 2021-01-01")
    return purge(asked.options["--before"], asked.root, asked.output)


def _one(words: list[str], otherwise: str) -> str:
    """Return the one word of a command; none or an empty one (`make verify` without CODE=…) is a misuse."""
    if len(words) != 1 or not words[0].strip():
        raise Misused(otherwise)
    return words[0]


COMMANDS: dict[str, Callable[[list[str], Asked], Lines]] = {
    "collect": _collect,
    "status": _status,
    "inspect": _inspect,
    "outbox": _outbox,
    "send": _send,
    "resolve": _resolve,
    "registrations": _registrations,
    "certificates": _certificates,
    "verify": _verify,
    "revoke": _revoke,
    "purge": _purge,
}
