"""Build the packages, once or after every save, and list the mistakes in the sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.build import stamp
from pipeline.build.check import read, too_long
from pipeline.build.packages import build as build_packages
from pipeline.build.packages import unknown_name
from pipeline.build.parallel import Workers, executor
from pipeline.build.remarks import concerns, keep_remarks, new_remarks
from pipeline.build.watch import watch as watch_sources
from pipeline.build.why import why as why_made
from pipeline.cli import console
from pipeline.cli.errors import exit_code
from pipeline.cli.exits import BROKEN_PIPE
from pipeline.cli.options import Output, Root, Scheduler, SeminarIds, output_of
from pipeline.core.lock import locked
from pipeline.core.problems import SourceError, ToolError, nearest
from pipeline.core.sources import Remark
from pipeline.core.text import number_of
from pipeline.load import Kept
from pipeline.load.schema import schemas

LISTED = 12
"""The largest number of seminars for which every file that is made is listed."""


def build(ids: SeminarIds = None, scheduler: Scheduler = "", root: Root = Path(), output: Output = None) -> int:
    """Make the packages of these seminars, or of all.

    Without a name the site of the series is made, too.
    """
    with executor(root, scheduler) as workers:
        return build_with(workers, ids or [], root, output_of(root, output))


def build_with(workers: Workers, ids: Sequence[str], root: Path, output: Path, kept: Kept | None = None) -> int:
    """Make the packages of these seminars, or of all, with these workers, and print what was made."""
    known = [path.stem for path in (root / "sources/seminars").glob("*.yaml")]
    with locked(output, console.wait), console.Progress(each=len(ids or known) <= LISTED) as progress:
        series, built = build_packages(root, output, ids, progress, workers, kept)
    keep_remarks(series.remarks, output)
    if progress.made:
        made = f"{number_of(len(built), 'package')} in {output}, {number_of(progress.made, 'file')} made"
        console.say(f"{console.DONE} {made}", console.GREEN)
    else:
        console.up_to_date(len(built), str(output))
    if ids and (output / stamp.SITE).exists():
        console.say(f"  {output / stamp.SITE} is from the last build of all seminars: `make` renews it")
    for left in sorted({path.parent for path in output.glob("*/package")} - {output / id for id in series.seminars}):
        what = f"delete it, and {left.name}.zip, once nothing in it is needed"
        console.say(f"  {left} belongs to no seminar any more: {what}")
    if series.remarks:
        console.say(f"  {number_of(len(series.remarks), 'remark')}: `make check` lists them")
    return 0


def watch(ids: SeminarIds = None, root: Root = Path(), output: Output = None) -> int:
    """Build now, and again after every save, until Ctrl-C."""
    known = [path.stem for path in (root / "sources/seminars").glob("*.yaml")]
    for id in ids or ():
        if known and id not in known:
            raise ToolError(f"no seminar `{id}`; {nearest(id, known, otherwise='known are those of sources/seminars')}")
    console.say("Built now, and again whenever you save one of the sources; Ctrl-C ends it.")
    output = output_of(root, output)
    kept: Kept = {}

    def build_once(workers: Workers) -> int:
        code = exit_code(lambda: build_with(workers, ids or [], root, output, kept))
        if code == BROKEN_PIPE:
            raise BrokenPipeError
        return code

    watch_sources(root, build_once, console.say)
    return 0


def check(ids: SeminarIds = None, root: Root = Path(), output: Output = None) -> int:
    """List every mistake and remark, and make nothing.

    With a name, the remarks are those on this seminar. Remarks that are new since the last build come first.
    """
    series = read(root, writers=True)
    if unknown := [id for id in ids or () if id not in series.seminars]:
        raise SourceError(unknown_name(id, series.seminars) for id in unknown)
    shown = [remark for remark in series.remarks if not ids or concerns(remark, ids, series)]
    new = {*new_remarks(shown, output_of(root, output))}
    # Slides are composed only here, so no build has remarked that a text is too long.
    shown += [remark for remark in too_long(series, root) if not ids or concerns(remark, ids, series)]
    shown.sort(key=lambda remark: (remark not in new, remark.path, remark.line))
    same: dict[tuple[bool, str], list[Remark]] = {}
    for remark in shown:
        same.setdefault((remark in new, remark.message), []).append(remark)
    for (is_new, message), (first, *others) in same.items():
        names = dict.fromkeys(Path(other.path).stem for other in others)
        also = f" (also: {', '.join(names)})" if names else ""
        console.say(f"{first.path}:{first.line}: {'new remark' if is_new else 'remark'}: {message}{also}")
    what = ", ".join(ids) if ids else number_of(len(series.seminars), "seminar")
    counted = f"{what}: no mistakes" if ids else f"{what}, no mistakes"
    newly = f", {len(new)} of them new" if new else ""
    console.say(f"{console.DONE} {counted}, {number_of(len(shown), 'remark')}{newly}", console.GREEN)
    return 0


def schema(root: Root = Path(), output: Output = None) -> int:
    """Write the JSON Schemas that editors read.

    With them an editor completes keys and explains each.
    """
    folder = root / "sources/schema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        console.say(f"{console.DONE} {folder / name}", console.GREEN)
    return 0


def why(
    file: Annotated[Path, typer.Argument(help="A file below the output folder.")],
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Explain why a file was made again the last time."""
    console.say(why_made(file, output_of(root, output)))
    return 0
