"""The command line: the only place that exits and, beside the lock, that prints; processes that are forked from it end
by themselves, and one that watches shows what broke in them.

Exit codes: 0 all is well; 1 the sources have mistakes, or the answer is no (refused, unknown, not sent); 2 the command,
the project or a tool is broken; 130 somebody stopped it; 141 nobody listens any more.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext
from typing import NoReturn

from pipeline.build import stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.parallel import Workers

USAGE = """\
usage: python -m pipeline COMMAND [NAME …] [--root FOLDER] [--output FOLDER]

commands:
  build [SEMINAR …]   make the packages of these seminars, or of all with the site of the series
  watch [SEMINAR …]   build now, and again after every save, until it is interrupted
  check               read everything and list every mistake and remark, make nothing
  schema              write the JSON Schemas that let an editor complete keys
  why FILE            say why a built file was made again the last time
  collect [FILE SEMINAR/SPEAKER]
                      judge the decks in sources/returned and put clean copies in place
  status              show who has a deck, whose has come back, what is missing
  inspect FILE [--out CLEAN.pptx] [--json]
                      judge one deck alone; exit code 0 accepted or cleaned, 1 refused, 2 no such file
  outbox SEMINAR      write one mail for each participant and speaker into output/SEMINAR/outbox; nothing is sent
  send SEMINAR [--send N] [--show-addresses]
                      say what would be sent (--dry-run, the default), or send it if N messages are to be sent
  resolve SEMINAR ID|changed|refused sent|again
                      decide on messages that may have arrived, have changed or were refused
  registrations [SEMINAR …]
                      count the registrations in sources/registrations by country, and say whom to ask
  certificates SEMINAR [--threshold MINUTES|SHARE%]
                      write a certificate for everybody who was there for more than half of it, or so long
  verify CODE [--show-name]
                      say whether a certificate is genuine; exit code 0 valid, 1 unknown or revoked
  revoke CODE|NUMBER  withdraw a certificate
  purge --before DATE delete what is held of the people of all seminars before a day, and look whether it is gone
  help                show this text
"""
SOURCES = ("sources/", "templates/", "bibliography/")
SWITCHES = ("--json", "--show-addresses", "--show-name", "--dry-run")
LONG = 12  # seminars from which progress is one growing line
GREEN, RED, QUIET, PLAIN = "\033[32m", "\033[31m", "\033[2m", "\033[0m"


def main(arguments: list[str]) -> int:
    """Return the exit code of one command."""
    options = {
        "--root": ".",
        "--output": "",
        "--out": "",
        "--send": "",
        "--threshold": "",
        "--before": "",
        "--scheduler": "",
    }
    words = []
    rest = iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in options:
            options[name] = value if equals else next(rest, None)
            if options[name] is None:
                return _usage(f"`{name}` needs a value")
        elif word in SWITCHES:
            options[word] = word
        elif word in ("-h", "--help"):
            words.insert(0, "help")
        elif word.startswith("-"):
            return _usage(f"unknown option `{word}`")
        else:
            words.append(word)
    command, names = (words[0], words[1:]) if words else ("help", [])
    root, output = options["--root"], options["--output"] or os.path.join(options["--root"], "output")  # noqa: PTH118
    standing = stamp.up_to_date(root, output, names) if command == "build" else None
    if standing:
        print(f"{_mark()} {len(standing)} package{'s' if len(standing) != 1 else ''} up to date in {output}")
        return 0
    return _run(command, names, options, root, output)


def _run(
    command: str, names: list[str], options: dict[str, str], root: str, output: str, workers: Workers | None = None
) -> int:
    """Return the exit code of a command; only our own mistakes show a traceback."""
    gc.set_threshold(50_000, 20, 20)  # there are few cycles to be found, and looking took a twentieth of the time
    from pathlib import Path

    from pipeline.cli import commands as desks
    from pipeline.core.problems import UNHEARD, SourceError, ToolError, nearest

    if command not in {*COMMANDS, *desks.COMMANDS}:
        fix = nearest(command, {*COMMANDS, *desks.COMMANDS}, otherwise="the commands are these:")
        return _usage(f"unknown command `{command}`; {fix}")
    try:
        if command == "build":
            return _build(names, Path(root), Path(output), options.get("--scheduler", ""), workers)
        if command in COMMANDS:
            return COMMANDS[command](names, Path(root), Path(output))
        return _said(*desks.COMMANDS[command](names, desks.Asked(options, Path(root), Path(output), _say_at_once)))
    except desks.Misused as error:
        return _usage(str(error))
    except SourceError as error:
        for problem in error.problems:
            print(problem)
        for remark in error.remarks:
            print(f"  remark: {remark}")
        count = len(error.problems)
        where = " in the sources" if all(problem.path.startswith(SOURCES) for problem in error.problems) else ""
        _say(f"{count} mistake{'s' if count > 1 else ''}{where}; nothing was made.", RED)
        return 1
    except ToolError as error:
        _say(str(error), RED)
        return 2
    except BrokenPipeError:  # as in `make check | head`: nobody reads on
        return UNHEARD
    except OSError as error:
        cure = " (you need the right to read and write there)" if isinstance(error, PermissionError) else ""
        _say(f"{_place(error)}{error.strerror or error}{cure}; what was finished before is untouched.", RED)
        return 2
    except KeyboardInterrupt:
        _say("stopped; the next run takes up where this one ended.", RED)
        return 130
    except Exception as error:
        from pipeline.compose.template_check import place_of

        faults = place_of(error)
        if not faults:
            raise
        print(*faults, sep="\n")
        _say("1 mistake in the templates; what was finished before is untouched.", RED)
        return 1


def _place(error: OSError) -> str:
    """Return where it happened, for a message: not under a name that only a build knows."""
    from pathlib import Path

    path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if path and path.name.startswith((".new-", ".old-", ".lock")):
        path = path.parent
    return f"{path}: " if path else ""


def _build(ids: list[str], root: Path, output: Path, scheduler: str = "", workers: Workers | None = None) -> int:
    from pipeline.build.packages import build
    from pipeline.build.parallel import executor
    from pipeline.core.lock import locked

    started = nullcontext(workers) if workers else executor(root, scheduler)
    with started as workers, locked(output):
        all_ids = list((root / "sources/seminars").glob("*.yaml"))
        made = 0

        def report(path: Path, seconds: float) -> None:
            nonlocal made
            made += 1
            if not sys.stdout.isatty():
                return
            if len(ids or all_ids) > LONG:  # a line for each file would only run past
                print(f"\r{_mark()} {made} files", end="", flush=True)
            else:
                print(f"{_mark()} {QUIET}{seconds * 1000:5.0f} ms{PLAIN}  {path}")

        series, built = build(root, output, ids, report, workers)
    if sys.stdout.isatty() and len(built) > LONG:
        print()
    packages = f"{len(built)} package{'s' if len(built) != 1 else ''}"
    if made:
        print(f"{_mark()} {packages} in {output}, {made} file{'s' if made != 1 else ''} made")
    else:
        print(f"{_mark()} {packages} up to date in {output}")
    if ids and (output / stamp.SITE).exists():
        print(f"  {output / stamp.SITE} is as the last build of all seminars left it: `make` renews it")
    for left in sorted({path.parent for path in output.glob("*/package")} - {output / id for id in series.seminars}):
        print(f"  {left} belongs to no seminar any more: delete it, and {left.name}.zip, once nothing in it is needed")
    if series.remarks:
        print(f"  {len(series.remarks)} remarks: `make check` lists them")
    return 0


def _watch(ids: list[str], root: Path, output: Path) -> int:
    from pipeline.build.watch import watch
    from pipeline.core.problems import ToolError, nearest

    known = [path.stem for path in (root / "sources/seminars").glob("*.yaml")]
    for id in ids:
        if known and id not in known:
            fix = nearest(id, known, otherwise="known are those of sources/seminars")
            raise ToolError(f"no seminar `{id}`; {fix}")
    print("Built now, and again whenever you save one of the sources; Ctrl-C ends it.", flush=True)
    watch(root, lambda workers: _run("build", ids, {}, str(root), str(output), workers), _say_at_once)
    return 0


def _check(names: list[str], root: Path, _output: Path) -> int:
    if names:
        return _usage("`check` takes no name: it looks at all sources together")
    from pipeline.build.check import read

    series = read(root, slides=True)
    same: dict[str, list] = {}
    for remark in series.remarks:
        same.setdefault(remark.message, []).append(remark)
    for message, (first, *others) in same.items():
        names = dict.fromkeys(other.path.rpartition("/")[2].rpartition(".")[0] for other in others)
        also = f" (also: {', '.join(names)})" if names else ""
        print(f"{first.path}:{first.line}: {QUIET if sys.stdout.isatty() else ''}remark:{_plain()} {message}{also}")
    print(f"{_mark()} {len(series.seminars)} seminars, no mistakes, {len(series.remarks)} remarks")
    return 0


def _schema(names: list[str], root: Path, _output: Path) -> int:
    if names:
        return _usage("`schema` takes no name")
    from pipeline.load.schema import schemas

    folder = root / "sources/schema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        print(f"{_mark()} {folder / name}")
    return 0


def _why(names: list[str], _root: Path, output: Path) -> int:
    if len(names) != 1:
        return _usage("`why` takes one file")
    from pathlib import Path

    from pipeline.build.why import why

    print(why(Path(names[0]), output))
    return 0


def _help(_names: list[str], _root: Path, _output: Path) -> int:
    print(USAGE, end="")
    return 0


COMMANDS = {
    "build": _build,
    "watch": _watch,
    "check": _check,
    "schema": _schema,
    "why": _why,
    "help": _help,
}


def _mark() -> str:
    return f"{GREEN}✓{PLAIN}" if sys.stdout.isatty() else "✓"


def _plain() -> str:
    return PLAIN if sys.stdout.isatty() else ""


def _said(lines: list[str], code: int) -> int:
    print(*lines, sep="\n")
    return code


def _say_at_once(line: str) -> None:
    print(line, flush=True)


def _say(text: str, colour: str) -> None:
    shown = f"{colour}{text}{PLAIN}" if sys.stderr.isatty() else text
    print(shown, file=sys.stderr)


def _usage(message: str) -> int:
    _say(message, RED)
    print(USAGE, end="", file=sys.stderr)
    return 2


def _ended() -> int:
    """Return the exit code once all is said; what cannot be said any more is no mistake of ours."""
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python would try once more at its end
        if isinstance(error, BrokenPipeError):
            from pipeline.core.problems import UNHEARD

            return UNHEARD
        _say(f"what there was to say could not be written: {error.strerror}", RED)
        return 2
    return code


def run() -> NoReturn:
    """Run the command of `sys.argv` and exit."""
    code = _ended()
    gc.freeze()  # the process ends here: a last collection of cycles would take as long as a document
    sys.exit(code)
